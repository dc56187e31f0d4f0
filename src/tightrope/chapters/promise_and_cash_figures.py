"""The figures and the table of promise and cash."""

from __future__ import annotations

import pandas as pd

from tightrope import accounts, units
from tightrope.chapters import promise_and_cash as chapter
from tightrope.charts.by_day import ladder_by_day
from tightrope.charts.counts import counts
from tightrope.charts.figure import Figure
from tightrope.charts.ladder import END_LABELS, RUNG_LABELS, ladder
from tightrope.charts.table import Table
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantities

_SIDES = {
    "payer": "Payer",
    "payee": "Payee",
    "kind": "Promised or paid",
    "payer_says_usd_bn": "Payer says",
    "payee_says_usd_bn": "Payee says",
    "difference_usd_bn": "Difference",
}
_MOST_IN_A_YEAR = 0.8
"""So large a part of all promises within one year is worth a title."""


def by_deal(page: Opening, own: pd.DataFrame, aside: str = "") -> Figure | None:
    """The largest deals into and out of the focal party, rung by rung; None where there is none.

    `own` are the legs that it pays or is paid; `aside` is a last sentence of the note.
    """
    deals = chapter.by_deal(own, page.layer, page.book)
    if deals.empty:
        return None
    largest = chapter.largest(deals)
    name, left_out = page.book.party_name(page.focal), len(deals) - len(largest)
    told = (
        f"{deal.label} ({deal.direction}) {units.usd_bn_range(deal.low, deal.high)}"
        for deal in largest.rename(columns={"name": "label"}).nlargest(6, "low").itertuples()
    )
    one_sided = chapter.is_one_sided(page.quantities)
    return Figure(
        id="ladder-by-deal",
        title=_finding(page.quantities, largest),
        subtitle=f"The largest deals into and out of {name}, USD billion, {page.as_known}",
        description=f"Stacked bars for {len(largest)} deals, from paid to intended, in two groups. "
        f"The largest: {'; '.join(told)}.",
        draw=lambda width: ladder(largest, width),
        frame=_in_dollars(deals),
        labels={"name": "Deal", "direction": "Direction", **RUNG_LABELS, **END_LABELS},
        rows=page.rows(own),
        book=page.book,
        note=(f"{left_out} smaller deals are in the table only. " if left_out else "")
        + "Hatched: a range without a published amount, drawn to its high end. Loans and reports "
        f"have bars, and are not in the sums of the {'title' if one_sided else 'text'}.{aside}",
    )


def _finding(q: Quantities, largest: pd.DataFrame) -> str:
    if not chapter.is_one_sided(q):
        return _largest_in_words(largest)
    to_come, came, to_go, went = (
        q[one].at("stated") for one in ("to_come_in", "paid_in", "to_pay", "paid_out")
    )
    return f"In: {came} of {to_come} is known to be paid. Out: {went} of {to_go}"


def _largest_in_words(deals: pd.DataFrame) -> str:
    """The largest deal in and out with its sum, as a title."""
    said = []
    for direction, of_side in deals.groupby("direction", sort=True):
        size = of_side[["low", "high"]].max(axis=1)
        if size.max() > 0:
            deal = of_side.loc[size.idxmax()]
            sums = units.usd_bn_range(float(deal.low), float(deal.high))
            said.append(f"Largest {direction}: {deal['name']}, {sums}")
    return ". ".join(said) if said else "Of no deal is a sum known"


def by_day(page: Opening, spells: pd.DataFrame) -> Figure | None:
    """How the rungs of `chapter.panels` grew, day by day; None where nothing is known."""
    levels = accounts.rungs_by_day(spells)
    if levels.empty:
        return None
    has_come = chapter.came_within_a_year(levels, _MOST_IN_A_YEAR)
    is_paid = chapter.last_by_panel(levels).paid.sum() > 0
    cash = "the cash is still catching up" if is_paid else "of cash nothing is known yet"
    return Figure(
        id="ladder-history",
        title=f"Most of the promises came within a year; {cash}" if has_come else _grown(levels),
        subtitle=f"What was paid, signed and talked about, USD billion, {page.as_known}",
        description=f"Stacked steps over time, one panel a direction. {_told(levels)}",
        draw=lambda width: ladder_by_day(levels, width),
        frame=_in_dollars(chapter.changes(levels)),
        labels={"day": "From", "name": "Panel", "direction": "Direction", **RUNG_LABELS},
        rows=page.rows(spells),
        book=page.book,
        note="Days are those on which news became public, not those on which money moved. Of a "
        "range the low end counts; loans, and what only newspapers report, are left out.",
    )


def _grown(levels: pd.DataFrame) -> str:
    """When most stood on all rungs in each panel and how much, and how much does now."""
    said = []
    for panel, rows in levels.groupby("name", sort=False):
        sums = rows[accounts.RUNGS].sum(axis=1)
        if not sums.max() > 0:
            continue
        top, now = units.usd_bn(float(sums.max())), units.usd_bn(float(sums.iloc[-1]))
        year = f"{rows.day[sums.idxmax()]:%Y}"
        now = now if sums.iloc[-1] else "nothing"
        words = now if top == now else f"{top} in {year}, {now} at the end"
        said.append(f"{panel}: {words}")
    return ". ".join(said) if said else "No sum is promised or paid on any day"


def _told(levels: pd.DataFrame) -> str:
    """What stands on the last day in each panel, and how far letters to pay in once went."""
    last = chapter.last_by_panel(levels)
    ends = (
        f"{panel}: {units.usd_bn(sum(rungs))} at the end, of which "
        f"{units.known_paid(last.paid[panel])}"
        for panel, rungs in zip(last.index, last.to_numpy(), strict=True)
    )
    letters = levels.intended[levels.direction.eq("in")].max()
    if letters > 0:
        return (
            f"{'; '.join(ends)}. Letters of intent to pay in reached "
            f"{units.usd_bn(letters)} before they were replaced."
        )
    return f"{'; '.join(ends)}."


def two_sided(page: Opening, sides: pd.DataFrame) -> Figure | None:
    """How many promises and payments each side has spoken of; None where there is none."""
    if sides.empty:
        return None
    both, in_all = (
        int(page.quantities[one].stated) for one in ("spoken_by_both", "promises_and_payments")
    )
    number = chapter.numbers_of(sides)
    told = "; ".join(f"{chapter.WORDS[kind]}: {count}" for kind, count in number.items())
    shown = pd.DataFrame({"label": list(chapter.WORDS.values()), "count": list(number)})
    return Figure(
        id="two-sided-ledger",
        title=f"{both} of {in_all} promises and payments are confirmed by both sides"
        if in_all
        else "Nobody has spoken yet",
        subtitle="Promises and payments of the web by who has spoken of them, number, "
        f"{page.as_known}",
        description=f"Bars. {told}. Both sides gave a number for {len(chapter.numbered(sides))}, "
        f"and the numbers differ for {len(chapter.differing(sides))}.",
        draw=lambda width: counts(shown, width, "promises and payments"),
        frame=_readable(page, sides),
        labels={"leg_id": "Leg", **_SIDES, "spoken": "Who has spoken"},
        rows=page.rows(sides),
        book=page.book,
        note="The newest statement of each side, with a number or without.",
    )


def differences(page: Opening, sides: pd.DataFrame) -> Table | None:
    """Where payer and payee have each given a number, and not the same one; None for none."""
    table = chapter.differing(sides)
    if table.empty:
        return None
    deals = page.book.deals.set_index("deal_id")["name"]
    return Table(
        _in_words(page, table).assign(deal=table.deal_id.map(deals)),
        "Where the two sides differ: one may speak of a ceiling and the other of an order, "
        f"{page.as_known}",
        {"deal": "Deal", **_SIDES},
    )


def _readable(page: Opening, sides: pd.DataFrame) -> pd.DataFrame:
    columns = ["leg_id", "payer", "payee", "instrument", "kind", *chapter.SAYINGS.values()]
    table = _in_words(page, sides).assign(
        instrument=sides.instrument.str.replace("_", " "), spoken=sides.spoken.map(chapter.WORDS)
    )
    return table[[*columns, "spoken", "payer_event", "payee_event"]]


def _in_words(page: Opening, sides: pd.DataFrame) -> pd.DataFrame:
    names = {side: sides[side].map(page.names) for side in ("payer", "payee")}
    return sides.assign(**names).rename(columns=chapter.SAYINGS)


def _in_dollars(table: pd.DataFrame) -> pd.DataFrame:
    sums = (*accounts.RUNGS, "low", "high")
    return table.rename(columns={one: f"{one}_usd_bn" for one in sums})
