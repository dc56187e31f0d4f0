"""Promise and cash: deals and instruments on the ladder, how it was climbed, and who has spoken.

All sums are USD billion, nominal. `legs` are rows of `ledger.ladder` with one column more,
`direction`, by `accounts.directions`.
"""

from __future__ import annotations

import math

import pandas as pd

from tightrope import accounts, counting, dealbook, ledger, units
from tightrope.dealbook import Dealbook
from tightrope.quantities import Quantities, Quantity

WORDS = {
    "both": "Both sides have spoken",
    "payer": "Only the payer",
    "payee": "Only the payee",
    "third_party": "Neither: press, or derived",
}
"""Who has spoken of a promise or a payment, as readers read it."""
SAYINGS = {
    "payer_value": "payer_says_usd_bn",
    "payee_value": "payee_says_usd_bn",
    "difference": "difference_usd_bn",
}
"""What the columns of `statements.two_sided` are called in tables."""
_YEAR = pd.Timedelta(days=365)
_DRAWN = 7
"""So many deals are drawn on either side."""
_ALIKE = 1e-9
"""USD billion by which two statements may differ and be the same."""


def finding(q: Quantities, who: str) -> str:
    """The finding as a headline: whether most has come in, and hardly anything gone out.

    Else what of each sum is known to be paid, as stated; loans where nothing else goes out.
    """
    if is_one_sided(q):
        return f"Investors have mostly paid. {who}’s own bills mostly lie ahead."
    lends = not q["to_pay"].stated > 0
    going, went = ("to_pay_with_loans", "paid_out_with_loans") if lends else ("to_pay", "paid_out")
    verb = "to be lent or guaranteed is drawn" if lends else "is paid out"
    parts = [
        f"{_known(q[paid], q[named])} of {units.usd_bn(q[named].stated)} {verb}"
        for paid, named, verb in (("paid_in", "to_come_in", "is paid in"), (went, going, verb))
        if q[named].stated > 0
    ]
    if not parts:
        return "No sum is known that is paid or promised"
    said = f"{', and '.join(parts)}, as far as is known"
    return f"{said[0].upper()}{said[1:]}"


def _known(paid: Quantity, named: Quantity) -> str:
    """What is paid as stated, or its range where nobody states it."""
    if not (paid.stated > 0 or paid.high > 0):
        return "nothing"
    if paid.stated == named.stated:
        return "all"
    return units.usd_bn(paid.stated) if paid.stated > paid.low else paid.written


def is_one_sided(q: Quantities) -> bool:
    """Whether more than half has come in, and less than a tenth, but something, gone out."""
    to_come, came, to_go, went = (
        q[one].stated for one in ("to_come_in", "paid_in", "to_pay", "paid_out")
    )
    return came > 0.5 * to_come and 0 < went < 0.1 * to_go


def by_deal(legs: pd.DataFrame, layer: str, book: Dealbook) -> pd.DataFrame:
    """`accounts.rungs` deal by deal; a deal of several instruments has a row for each."""
    several = legs.groupby(["deal_id", "direction"]).instrument.transform("nunique").gt(1)
    deal = legs.deal_id.map(book.deals.set_index("deal_id")["name"])
    named = deal.mask(several, deal + ": " + legs.instrument.str.replace("_", " "))
    return accounts.rungs(legs.assign(name=named), layer)


def largest(deals: pd.DataFrame) -> pd.DataFrame:
    """The largest rows of `by_deal` in each direction, by the larger of their known ends."""
    size = deals[["low", "high"]].max(axis=1)
    return deals[size.groupby(deals.direction).rank(method="first", ascending=False).le(_DRAWN)]


def part_paid(paid: Quantity, named: Quantity) -> str:
    """What part of a sum, as it is named, has been paid at the least and at the most: "83 to 90%".

    No part is more than all of it. "" where nothing is named or nothing can have been paid.
    """
    if not named.stated or not paid.high:
        return ""
    parts = (100 * end / named.stated for end in (paid.low, paid.high))
    return f"{' to '.join(_percents(*parts))}%"


def _percents(*parts: float) -> list[str]:
    known = (f"{min(part, 100):.0f}" for part in parts if not math.isnan(part))
    return list(dict.fromkeys(known))


def panels(book: Dealbook, focal: str) -> pd.DataFrame:
    """The spells of `ledger.history` in two panels: rows with `name` and `direction`.

    What comes into `focal` and what it pays, loans and guarantees apart, each as it counts as
    stated: the last day comes to the book's totals.
    """
    history, sums = ledger.history(book), counting.spells(book)
    counted = history.assign(**{layer: sums[f"{layer}_stated"] for layer in dealbook.LAYERS})
    own = counting.given(counted.assign(direction=accounts.directions(counted, focal)))
    name = book.party_name(focal)
    words = {"in": f"Into {name}", "out": f"Out of {name}"}
    own = own[own.direction.isin(list(words))]
    return own.assign(name=own.direction.map(words)).sort_values("direction", kind="stable")


def last_by_panel(levels: pd.DataFrame) -> pd.DataFrame:
    """The rungs on the last day of `accounts.rungs_by_day`: one row a panel, in their order."""
    return levels.groupby("name", sort=False)[accounts.RUNGS].last()


def changes(levels: pd.DataFrame) -> pd.DataFrame:
    """The rows of `accounts.rungs_by_day` on whose day their own panel changed.

    A row holds until the next of its panel; nothing stood on any rung before the first.
    """
    before = levels.groupby("name", sort=False)[accounts.RUNGS].shift(fill_value=0.0)
    return levels[levels[accounts.RUNGS].ne(before).any(axis=1)]


def came_within_a_year(levels: pd.DataFrame, share: float) -> bool:
    """Whether so large a share of what all panels come to was added within some 365 days.

    `levels` are rows of `accounts.rungs_by_day`. False where they cover less than two such years,
    and where less than that share of what once stood is left.
    """
    by_panel = levels.assign(total=levels[accounts.RUNGS].sum(axis=1)).pivot_table(
        index="day", columns="name", values="total", aggfunc="last"
    )
    totals = by_panel.ffill().fillna(0.0).sum(axis=1)
    if totals.empty or totals.index[-1] - totals.index[0] < 2 * _YEAR:
        return False
    before = totals.asof(totals.index - _YEAR).fillna(0.0).to_numpy()
    last = totals.iloc[-1]
    return bool((totals - before).max() >= share * last and last >= share * totals.max())


def numbers_of(spoken: pd.DataFrame) -> pd.Series[int]:
    """How many rows of `statements.two_sided` were spoken of by whom, in the order of `WORDS`."""
    return spoken.spoken.value_counts().reindex(list(WORDS), fill_value=0)


def numbered(sides: pd.DataFrame) -> pd.DataFrame:
    """The rows of `statements.two_sided` for which payer and payee each gave a number."""
    return sides[sides.payer_value.notna() & sides.payee_value.notna()]


def differing(sides: pd.DataFrame) -> pd.DataFrame:
    """The rows of `numbered` whose two numbers are not the same."""
    both = numbered(sides)
    return both[both.difference.abs().gt(_ALIKE)]


def agreement(sides: pd.DataFrame) -> str:
    """In how many cases the numbers of both sides agree, as a clause of a sentence."""
    both = numbered(sides)
    if both.empty:
        return "nothing can be compared yet"
    return f"the numbers agree in {len(both) - len(differing(sides))} of {len(both)} cases"
