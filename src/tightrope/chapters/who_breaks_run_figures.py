"""The figures and the table of who needs what, who fails when, and who loses."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tightrope import units
from tightrope.chapters import who_breaks as chapter
from tightrope.chapters import who_breaks_failing
from tightrope.chapters.who_breaks import Case
from tightrope.chapters.who_breaks_runs import SUPPLIER, Outcomes, is_nothing, lost
from tightrope.charts.break_even import break_even, percent
from tightrope.charts.defaults import defaults
from tightrope.charts.figure import Figure
from tightrope.charts.table import Table

_CREDITORS = {
    "supplier": "Suppliers",
    "lenders": "Lenders",
    "landlords": "Landlords",
    "makers of machines": "Makers of machines",
}
_AMOUNTS = {
    "due": "due_usd_bn",
    "low": "low_percent",
    "high": "high_percent",
    "needs_low": "needs_low_usd_bn",
    "needs_high": "needs_high_usd_bn",
}


def needs(case: Case, lanes: pd.DataFrame) -> Figure | None:
    """The share that each partner needs, of `who_breaks.every_break_even`; None for none."""
    focus = chapter.in_focus(lanes, case.year)
    if focus.empty:
        return None
    name = case.name
    table = focus.assign(
        party=focus.party.map(case.book.party_name),
        base=[f"is due {units.usd_bn(amount)} in {case.year}" for amount in focus.due],
        note=[_needed(row) for row in focus.to_dict("records")],
    )
    told = (
        f"{row.party}, which {row.base}, {row.reading}: {row.note}." for row in table.itertuples()
    )
    return Figure(
        id="who-breaks-break-even",
        title=_needs_title(case, focus),
        subtitle=f"Share of its dues in {case.year} that {name} must pay for the partner to pay "
        f"its own bills, percent, {case.as_known}",
        description=f"Lanes for each partner and reading. {' '.join(told)}",
        draw=lambda width: break_even(table, width),
        frame=lanes.assign(party=lanes.party.map(case.book.party_name)).rename(columns=_AMOUNTS),
        labels={
            "party": "Partner",
            "reading": "Bills counted",
            "year": "Year",
            "due_usd_bn": f"Due from {name}",
            "low_percent": "Break-even share, low",
            "high_percent": "Break-even share, high",
            "needs_low_usd_bn": "Needs, low",
            "needs_high_usd_bn": "Needs, high",
        },
        rows=case.every_bill_row,
        book=case.book,
        note="Cash in the till at the start is not counted here. The table has every year.",
    )


def _needed(row: dict[str, float]) -> str:
    if row["high"] == 0:
        return "needs nothing"
    amount = units.usd_bn_range(row["needs_low"], row["needs_high"])
    return f"needs {amount}, {percent(row['low'], row['high'])}"


def _needs_title(case: Case, focus: pd.DataFrame) -> str:
    name = case.name
    breakable, safe = chapter.breakable(focus), chapter.safe(focus)
    if len(breakable) > 1 and safe:
        return (
            f"{case.listing(breakable)} may need {name}’s money to pay their own bills; "
            f"{case.listing(safe)} {'does' if len(safe) == 1 else 'do'} not"
        )
    return f"How much of its dues {name} must pay for its partners to pay theirs"


def first_to_fail(case: Case, found: Outcomes | None) -> Figure | None:
    """Who cannot pay all its bills: a box for each partner, reading, share and year."""
    if found is None:
        return None
    name = case.name
    drawn = found.boxes.assign(party=found.boxes.party.map(case.book.party_name))
    return Figure(
        id="who-breaks-first",
        title=who_breaks_failing.title(case, found),
        subtitle=f"Who cannot pay all its bills, a box a year, {case.cleared}, by the share that "
        f"{name} pays, {case.as_known}",
        description="For each partner, reading and share one box a year. "
        f"{_failing_told(name, drawn)} All other boxes are empty: the partner pays all its bills.",
        draw=lambda width: defaults(drawn, width),
        frame=drawn[["party", "reading", "pay_ratio", "year", "state"]],
        labels={
            "party": "Partner",
            "reading": "Bills counted",
            "pay_ratio": f"Share that {name} pays",
            "year": "Year",
            "state": "In default: no, on one reading, on both",
        },
        rows=sorted({*case.every_bill_row, *(row for own in case.web.tills.rows for row in own)}),
        book=case.book,
        note="Harshest reading: highest bills, least cash from others. Each partner begins with "
        f"the cash of its newest balance sheet, as if it spent none until {case.web.years[0]}. "
        "What is left is carried on. No new loan, no dividend, nothing bought for other customers.",
    )


def _failing_told(name: str, drawn: pd.DataFrame) -> str:
    lines = []
    keys = ["party", "reading", "pay_ratio"]
    for (party, reading, ratio), rows in drawn[drawn.state.ne("no")].groupby(keys, sort=False):
        is_sure = rows.state.eq("both").all()
        end = "on every reading" if is_sure else who_breaks_failing.ONLY
        years = ", ".join(str(year) for year in rows.year)
        lines.append(f"{party}, {reading}, {name} pays {ratio:.0%}: {years} {end}.")
    return " ".join(lines) or "No box is filled."


def losses(case: Case, runs: pd.DataFrame) -> Table | None:
    """What suppliers, lenders, landlords and makers are not paid, by the share that is paid."""
    if runs.empty:
        return None
    name = case.name
    table = lost(case.web, runs)
    cells = table.assign(text=[_lost(row.mild, row.strict) for row in table.itertuples()])
    shown = cells.pivot_table(
        index="pay_ratio", columns="kind", values="text", aggfunc="first", sort=False
    )
    shown = shown.rename_axis(columns=None).reset_index()
    return Table(
        shown.assign(pay_ratio=[f"{ratio:.0%}" for ratio in shown.pay_ratio]),
        f"{_losses_title(name, table)}. Not paid in {case.cleared} with machines, mild to strict "
        f"end, by each partner’s own books; {case.as_known}",
        {"pay_ratio": f"{name} pays", **_CREDITORS},
    )


def _lost(mild: float, strict: float) -> str:
    """A loss at both ends; nothing where it is rounding."""
    low, high = sorted((mild, strict))
    return "nothing" if is_nothing(high) else units.usd_bn_range(low, high)


def _losses_title(name: str, table: pd.DataFrame) -> str:
    strict = table.set_index(["pay_ratio", "kind"]).strict
    at, anyway = strict[0.6], strict[1.0]
    behind = float((at - anyway).drop(SUPPLIER).sum())
    if not behind > 0:
        return "What suppliers miss, and what they pass on"
    return (
        f"If {name} pays three fifths, its suppliers miss {units.usd_bn(at[SUPPLIER])}, and those "
        f"behind them lose up to {units.usd_bn(behind)} more than if it paid all"
    )


def flips(case: Case, table: pd.DataFrame, parties: Sequence[str]) -> Table | None:
    """What these parties need at the strict end, one assumption changed at a time."""
    named = [party for party in parties if party in set(table.party)]
    if not named:
        return None
    name = case.name
    cells = table.assign(
        text=[chapter.needed(row.share, row.needs) for row in table.itertuples()]
    ).pivot_table(index="change", columns="party", values="text", aggfunc="first", sort=False)
    shown = cells[named].rename_axis(columns=None).reset_index()
    return Table(
        shown.assign(change=[change.format(focal=name) for change in shown.change]),
        f"Share of its dues in {case.year} that {name} must pay at the strict end, one assumption "
        "changed at a time",
        {"change": "Assumption", **{party: case.book.party_name(party) for party in named}},
    )
