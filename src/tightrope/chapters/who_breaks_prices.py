"""Who breaks by a price: what owners lose if the focal party is worth less, and whose debt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import repricing, units
from tightrope.chapters.who_breaks import Case
from tightrope.charts.falls import fall_words, falls
from tightrope.charts.figure import Figure
from tightrope.charts.table import Table
from tightrope.publish.facts import Facts
from tightrope.repricing import Leverage, Owners, Stake
from tightrope.units import share_range

HALF = 0.5
FALLS = (0.1, HALF, 0.9)
_ASSUMED = {
    0.0: "{focal} alone falls",
    0.5: "All else falls half as far",
    1.0: "All else falls as far",
}


@dataclass(frozen=True, eq=False)
class Prices:
    """What a fall of the focal party's value does: to its owners, and to one that has borrowed.

    `losses` are `repricing.losses` at FALLS; `own` is None, and `crossings` empty, where the debt
    of the borrower or its limits are not known.
    """

    held: list[Stake]
    losses: pd.DataFrame
    own: Leverage | None
    crossings: pd.DataFrame

    @property
    def rows(self) -> list[str]:
        """The rows behind all of it, each once."""
        behind = [row for one in self.held for row in one.rows]
        return list(dict.fromkeys([*behind, *(self.own.rows if self.own else ())]))


def prices(case: Case, owners: Owners, borrower: str) -> Prices:
    """What a fall of the focal party's value does to `owners`, and to the debt of one of them."""
    held = repricing.holders(case.book, case.focal, owners)
    own = repricing.leverage(case.book, case.focal, borrower, owners[borrower][1])
    return Prices(
        held,
        repricing.losses(case.book, case.focal, held, FALLS),
        own,
        repricing.crossings(own) if own else pd.DataFrame(columns=["limit", "drag", "low", "high"]),
    )


def state_losses(fact: Facts, case: Case, found: Prices, owners: Sequence[str]) -> None:
    """PARTY-half and PARTY-half-share of owners: what they lose at half the value."""
    table = found.losses[found.losses.fall.eq(HALF)].set_index("party")
    rows = {one.party: list(one.rows) for one in found.held}
    how = f"if {case.name} is worth half: its part in the books, and at the last price"
    for party in owners:
        behind = rows.get(party, [f"parties/{case.focal}"])
        amounts, parts = (math.nan, math.nan), ""
        if party in table.index:
            row = table.loc[party]
            amounts = float(row.low), float(row.high)
            parts = share_range(row.low_share / 100, row.high_share / 100)
        fact.span(f"{party}-half", *amounts, how, behind)
        fact.words(f"{party}-half-share", parts, f"{how}; over the owner’s equity", behind)


def state_limits(fact: Facts, case: Case, found: Prices) -> None:
    """limit-… and ceiling-… of the borrower, and what-binds: which fall takes it there."""
    behind = list(found.own.rows) if found.own else [f"parties/{case.focal}"]
    limits = found.own.limits if found.own else ()
    for place, key in enumerate(("limit", "ceiling")):
        known = len(limits) > place
        text = f"{limits[place]:.0f}%" if known else ""
        fact.words(key, text, "the borrower’s own limit of loan to value", behind)
        for drag, word in ((0.0, "alone"), (HALF, "half")):
            how = (
                f"fall of {case.name} at which net debt is {text or 'that part'} of the holdings, "
                f"the others falling {drag:g} times as far; strict to mild end"
            )
            words = _met(found, limits[place], drag) if known else ""
            fact.words(f"{key}-{word}", words, how, behind)
    how = "whether the fall alone that meets the first limit is half of the value or more"
    fact.words("what-binds", _what_binds(case, found), how, behind)


def _what_binds(case: Case, found: Prices) -> str:
    """What to make of the crossings of the first limit; "" where a fall alone may meet it soon."""
    first = found.crossings.head(len(repricing.DRAGS)).set_index("drag").low
    if first.empty or first[0.0] < 100 * HALF or not first[HALF] < first[0.0]:
        return ""
    return (
        f"So it is not the price of {case.name} alone that would bind, but that of all that falls "
        "with it."
    )


def _met(found: Prices, limit: float, drag: float) -> str:
    row = found.crossings[found.crossings.limit.eq(limit) & found.crossings.drag.eq(drag)].iloc[0]
    return fall_words(row.low, row.high)


def figure(case: Case, found: Prices) -> Figure | None:
    """From which fall on the borrower's debt is above each limit; None where it is not known."""
    own = found.own
    if own is None:
        return None
    name, focal = case.book.party_name(own.party), case.name
    table = found.crossings.assign(
        assumption=[_ASSUMED[drag].format(focal=focal) for drag in found.crossings.drag],
        base="net debt as a part of its holdings",
    )
    drawn = table.assign(limit=[f"Limit of {limit:.0f}%" for limit in table.limit])
    said = [
        f"{row.limit}, {row.assumption}: {fall_words(row.low, row.high)}."
        for row in drawn.itertuples()
    ]
    return Figure(
        id="who-breaks-prices",
        title=_title(case, found, name),
        subtitle=f"Fall of {focal}’s value from which on {name}’s net debt is above a limit of its "
        f"own, {case.as_known}",
        description="For each limit three assumptions about the other holdings. " + " ".join(said),
        draw=lambda width: falls(drawn, width, f"if {focal} is worth so much less:"),
        # Infinite ends mean that no fall is enough: a cell without a number, and the words say so.
        frame=table.replace(math.inf, math.nan)
        .rename(columns={"low": "low_percent", "high": "high_percent"})
        .assign(met=[fall_words(*ends) for ends in zip(table.low, table.high, strict=True)]),
        labels={
            "limit": "Limit, percent of the holdings",
            "assumption": "Assumption",
            "met": f"Met by a fall of {focal}",
            "low_percent": "Met from a fall of, strict end",
            "high_percent": "Met from a fall of, mild end",
        },
        rows=list(own.rows),
        book=case.book,
        note=f"Mildest reading: {name}’s own figures of one day. Harshest: its holdings at the "
        "newest prices, and what it has paid for shares since as if it were borrowed. How far the "
        "other holdings fall is our assumption; nothing is sold, and no lender acts first.",
    )


def _title(case: Case, found: Prices, name: str) -> str:
    assert found.own is not None
    limit = found.own.limits[0]
    half = _met(found, limit, HALF)
    said = f"to take {name} to its limit of {limit:.0f}%"
    low = float(found.crossings.low.iloc[0])
    if math.isinf(low):
        return f"A fall of {case.name} alone is not enough {said}"
    return (
        f"{case.name} alone has to fall by {share_range(low / 100, low / 100)} or more {said}; "
        f"with all else falling half as far, it gets there {half}"
    )


def table(case: Case, found: Prices) -> Table:
    """What each owner loses at each of FALLS, in dollars and of its own equity."""
    rows = []
    for one in found.held:
        own = found.losses[found.losses.party.eq(one.party)].set_index("fall")
        cells = {f"fall_{fall}": _lost(own.loc[fall]) for fall in FALLS}
        equity = f"{units.usd_bn(one.equity)}, {units.day(one.equity_on)}"
        rows.append({"party": case.book.party_name(one.party), "equity": equity, **cells})
    labels = {"party": "Owner", "equity": "Its equity"}
    labels |= {f"fall_{fall}": f"{fall:.0%} less" for fall in FALLS}
    frame = pd.DataFrame(rows, columns=list(labels))
    return Table(frame, f"What owners lose if {case.name} is worth less", labels)


def _lost(row: pd.Series) -> str:
    parts = share_range(row.low_share / 100, row.high_share / 100)
    return f"{units.usd_bn_range(row.low, row.high)} ({parts})"
