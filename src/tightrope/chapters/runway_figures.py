"""The figures of the runway: results, plans, what is promised, cash, needs and gaps."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope import scenarios, units
from tightrope.chapters import runway as chapter
from tightrope.chapters.runway import RESULTS, RUNGS
from tightrope.chapters.runway_suppliers import Suppliers
from tightrope.chapters.worlds import World
from tightrope.chapters.worlds_figures import path_table, what_moves_it
from tightrope.charts import theme
from tightrope.charts.bars import bars_by_year
from tightrope.charts.figure import Figure
from tightrope.charts.grouped import grouped_bars
from tightrope.charts.lines import lines_by_year
from tightrope.charts.marks import Fill
from tightrope.charts.sums import dumbbell
from tightrope.charts.suppliers_vega import lead
from tightrope.charts.what_if import around, cash_with_sliders
from tightrope.dealbook import Dealbook

_RESULTS = {
    RESULTS["revenue"]: Fill(theme.INTO_OPENAI),
    RESULTS["operating_loss"]: Fill(theme.OUT_OF_OPENAI, "binding"),
    RESULTS["cash_burn"]: Fill(theme.OUT_OF_OPENAI),
}
_PROMISED = {words: Fill(theme.OUT_OF_OPENAI, rung) for rung, words in RUNGS.items()}
_SLIDERS = {
    "revenue_growth": (60, 150),
    "margin_before_compute": (55, 80),
    "commitments_honoured": (50, 100),
    "conditional_funding_realised": (0, 100),
}
"""The least and the most, in percent, to which a reader can move a parameter."""
_DRAWN_YEARS = 8
"""Leases run for decades; a column for each year would leave no room for the others."""
_SEASONS = {"1": "early", "2": "the spring of", "3": "the autumn of", "4": "the end of"}


def _as_known(book: Dealbook) -> str:
    return f"as known on {units.day(book.day.date())}"


def results_figure(booked: pd.DataFrame, book: Dealbook, focal: str) -> Figure | None:
    """What was earned, lost and burned in each period of `results`; None where none is known."""
    if booked.empty:
        return None
    who, table = book.party_name(focal), chapter.by_period(booked)
    table.index = table.index.str[0].str.upper() + table.index.str[1:]
    revenue, loss, burn = (table[name] for name in RESULTS.values())
    is_deepest = (loss > revenue).all() and (burn < loss.where(loss < revenue, revenue)).all()
    told = (
        f"{period}: "
        + ", ".join(f"{name.lower()} {units.usd_bn(row[name])}" for name in RESULTS.values())
        + "."
        for period, row in table.iterrows()
    )
    group = booked.group.str[0].str.upper() + booked.group.str[1:]
    bars = pd.DataFrame({"group": group, "series": booked.series, "amount": booked.value})
    return Figure(
        id="runway-results",
        title=(
            f"{who} loses more than it earns, and burns less cash than either"
            if is_deepest
            else f"What {who} earned, lost and burned"
        ),
        subtitle=f"{who}’s booked revenue, operating loss and cash burn, USD billion, "
        f"{_as_known(book)}",
        description="Bars for each period. "
        + " ".join(told)
        + " A quarter or half year is not comparable with a whole year.",
        draw=lambda width: grouped_bars(bars, width, _RESULTS),
        frame=bars.rename(columns={"amount": "amount_usd_bn"}),
        labels={"group": "Period", "series": "Measure", "amount_usd_bn": "Amount"},
        rows=[f"financials/{row}" for row in booked.index],
        book=book,
        note=f"From leaked accounts and press reports; {who} has not published them. The measures "
        "overlap and must not be added.",
    )


def _when(vintage: str) -> str:
    return f"{_SEASONS[vintage[-1]]} {vintage[:4]}"


def plans_figure(
    planned: pd.DataFrame, book: Dealbook, focal: str, note: str = ""
) -> Figure | None:
    """The path of free cash flow in each of `plans`; None where none is known whole."""
    if planned.empty:
        return None
    who, flow = book.party_name(focal), chapter.flows(planned)
    vintages, words = list(flow), planned.groupby("vintage").series.first()
    digs_deeper = len(vintages) > 1 and chapter.valley(planned).is_monotonic_increasing
    ends_well = bool((flow.iloc[-1] > 0).all())
    told = (
        f"{words[vintage]}: "
        + ", ".join(f"{year} {units.usd_bn(amount)}" for year, amount in flow[vintage].items())
        + "."
        for vintage in vintages
    )
    lines = planned.rename(columns={"value": "amount"})[["series", "year", "amount"]]
    short = lines.series.str.replace("Plan of the ", "").str.replace(" quarter of", " quarter")
    return Figure(
        id="runway-plans",
        title=(
            f"From {_when(vintages[0])} to {_when(vintages[-1])} each plan dug deeper, and each "
            "ended with money coming in"
            if digs_deeper and ends_well
            else f"What {who} planned to take in and pay out"
        ),
        subtitle=f"{who}’s planned free cash flow by date of the plan, USD billion a year, "
        f"{_as_known(book)}",
        description="Lines by year. " + " ".join(told),
        draw=lambda width: lines_by_year(
            lines.assign(series=short, vintage=planned.vintage), width
        ),
        frame=lines.rename(columns={"amount": "amount_usd_bn"}),
        labels={"series": "Plan", "year": "Year", "amount_usd_bn": "Free cash flow"},
        rows=[f"financials/{row}" for row in planned.index],
        book=book,
        note=note,
    )


def promised_figure(
    due: Mapping[str, pd.DataFrame],
    unknown: pd.DataFrame,
    layer: str,
    book: Dealbook,
    focal: str,
    notes: tuple[str, str] = ("", ""),
) -> Figure | None:
    """What is still to be paid, by year and rung; None where nothing is.

    `due` is `obligations.supply` by rung, `unknown` what has no sum (`without_sum`). `notes` say
    what a reader must know of what is deducted, and of how contracts are spread over their years.
    """
    payments = chapter.promised(due, layer)
    if payments.empty:
        return None
    who, table = book.party_name(focal), _by_payee(payments, unknown, book)
    drawn_to = book.day.year + _DRAWN_YEARS
    later = payments[payments.year.fillna(0).gt(drawn_to)]
    columns = table[~table.year.fillna(0).gt(drawn_to)]
    told = (
        f"{'no date' if pd.isna(year) else year}: {units.usd_bn(group.amount.sum())}"
        for year, group in payments.groupby("year", dropna=False)
    )
    legs = [f"legs/{leg}" for leg in sorted({*due["announced"].leg_id, *due["binding"].leg_id})]
    return Figure(
        id="runway-commitments",
        title=f"Of what {who} has still to pay, {units.usd_bn(chapter.dated(payments))} has a "
        f"date, published or assumed, and {units.usd_bn(chapter.undated(payments))} has none",
        subtitle=f"What {who} has still to pay for compute, chips and sites, USD billion by year, "
        f"{_as_known(book)}",
        description=f"Columns by year. {'; '.join(told)}."
        + "".join(_evidence(leg, layer, book) for leg in unknown.to_dict("records")),
        draw=lambda width: bars_by_year(columns, width, _PROMISED),
        frame=table.rename(columns={"amount": "amount_usd_bn"}),
        labels={"payee": "To", "year": "Year", "series": "Status", "amount_usd_bn": "Amount"},
        writers={"year": lambda year: "no date published" if pd.isna(year) else str(year)},
        rows=[*legs, *(f"legs/{leg}" for leg in unknown.index)],
        book=book,
        note=_how_spread(later, book, notes),
    )


def _by_payee(payments: pd.DataFrame, unknown: pd.DataFrame, book: Dealbook) -> pd.DataFrame:
    """Payments with the names of who gets them, and below a row for each without a sum."""
    table = payments.assign(payee=payments.payee.map(book.party_name))
    without = pd.DataFrame(
        {
            "payee": unknown.payee.map(book.party_name).to_list(),
            "year": pd.array([pd.NA] * len(unknown), dtype="Int64"),
            "series": unknown.series.to_list(),
            "amount": math.nan,
        }
    )
    table = table[["payee", "year", "series", "amount"]]
    return pd.concat([table, without]) if len(unknown) else table


def _evidence(leg: Mapping[str, float], layer: str, book: Dealbook) -> str:
    """What is known of a leg without a sum."""
    low, high = leg[f"{layer}_low"], leg[f"{layer}_high"]
    allows = f", evidence allows {units.usd_bn_range(low, high)}" if low > 0 or high > 0 else ""
    return f" {book.party_name(str(leg['payee']))}: no sum is published{allows}, without dates."


def _how_spread(later: pd.DataFrame, book: Dealbook, notes: tuple[str, str]) -> str:
    deducted, spread = notes
    beyond = (
        f"Not drawn: {units.usd_bn(later.amount.sum())} that falls due from {later.year.min()} to "
        f"{later.year.max()}, year by year in the table. "
        if len(later)
        else ""
    )
    return (
        "Stated sums for compute, chips and sites, without ranges and without what is paid; the "
        f"year {book.day.year} from {units.day(book.day.date())} on. {deducted}"
        f"Within a contract the same sum every day is assumed{spread or '. '}{beyond}"
        "A question mark stands for a sum that nobody has published; letters of intent stand only "
        "so."
    )


def tornado_figure(world: World, swings: pd.DataFrame, book: Dealbook) -> Figure | None:
    """What moves the gap most (`scenarios.swings`); None where nothing does."""
    if swings.empty:
        return None
    return what_moves_it("runway-tornado", world.name, swings, world.rows, book)


def what_if_figure(world: World, book: Dealbook) -> Figure:
    """Cash over the years with four sliders that the reader's browser computes anew."""
    own, month = world.own, world.month
    sliders = {name: around(own, name, *ends) for name, ends in _SLIDERS.items()}
    stands = ", ".join(
        f"{scenarios.in_words(name).lower()} at {units.written(own.values[name], 'share')}"
        for name in sliders
    )
    ends = f"cash ends in {month:%B %Y}" if month else "cash does not end"
    tested = Suppliers.of(book, own, world.focal)
    said = " ".join(tested.sentences()) if tested.can_fall_short else ""
    path, labels = path_table(world.gap)
    lacks, of_suppliers = tested.table()
    return Figure(
        id="runway-what-if",
        title="What if? Four sliders, and the month in which the cash ends",
        subtitle=f"{book.party_name(world.focal)}’s cash, starting from the scenario "
        f"“{world.name}”, USD billion, {_as_known(book)}",
        description=f"A line of cash over the years with four sliders: {stands}. As they stand, "
        f"the gap at its peak is {units.usd_bn(world.gap.peak)}, and {ends}."
        + (f" {lead(world.gap.peak > 0)} {said}" if said else "")
        + " Open the chart to move the sliders; sentences in it say what changes.",
        draw=lambda width: cash_with_sliders(own, sliders, width, tested.drawn),
        frame=path.merge(lacks, how="left", left_on="year", right_index=True),
        labels=labels | of_suppliers,
        rows=list(dict.fromkeys([*world.rows, *(tested.rows if said else ())])),
        book=book,
        writers={"year": str} | dict.fromkeys(of_suppliers, _lacks),
        note="All other assumptions stay as in the scenario. In the picture the sliders stand "
        f"where the scenario has them.{_how_tested(tested, world.focal) if said else ''}",
    )


def _lacks(cell: object) -> str:
    """What a supplier lacks in a year, as written; it is not tested in one that has begun."""
    return "not tested" if pd.isna(amount := float(str(cell))) else units.usd_bn(amount)


def _how_tested(tested: Suppliers, focal: str) -> str:
    """On what terms suppliers fall short in the chart, and who cannot."""
    who, years = tested.book.party_name(focal), tested.web.years
    safe = tested.cannot
    return (
        f" Suppliers are tested on their contracts from {years[0]} on, at the strict end of the "
        f"evidence: {who} cuts all compute alike, and what it does not pay is lost to them. Their "
        "bills are those of lenders, landlords and makers of machines. Power and staff are left "
        "out; where they come first, as on scenario pages, a supplier can fall short sooner."
        + (f" Even if {who} paid nothing, {units.listing(safe)} could pay theirs." if safe else "")
    )


def needs_figure(needs: pd.DataFrame, title: str, book: Dealbook, note: str = "") -> Figure:
    """What each plan needs before any funding: label, value and the rows behind it."""
    told = (f"{row.label}: {units.usd_bn(row.value)}." for row in needs.itertuples())
    drawn = needs.assign(low=math.nan, high=math.nan, direction="out")
    return Figure(
        id="runway-needs",
        title=title,
        subtitle="Deepest point of the planned cash flow, added up from the first year of the "
        f"plan, USD billion, {_as_known(book)}",
        description="One dot a plan. " + " ".join(told),
        draw=lambda width: dumbbell(drawn, width),
        frame=needs[["label", "value"]].rename(columns={"value": "need_usd_bn"}),
        labels={"label": "Plan", "need_usd_bn": "Need before funding"},
        rows=list(dict.fromkeys(row for rows in needs.rows for row in rows)),
        book=book,
        note=note,
    )


def gaps_figure(
    gaps: pd.DataFrame, title: str, rows: Sequence[str], book: Dealbook, note: str = ""
) -> Figure:
    """What is missing after all known money, by whose count: label, value, low, high."""
    told = (
        f"{row.label}: {units.usd_bn(row.value)}"
        + ("" if pd.isna(row.low) else f", range {units.usd_bn_range(row.low, row.high)}")
        + "."
        for row in gaps.itertuples()
    )
    known = {f"financials/{one}" for one in book.financials.financial_id}
    return Figure(
        id="runway-gaps",
        title=title or "What is missing, by whose count",
        subtitle=f"What is missing after all known money, USD billion, {_as_known(book)}",
        description="Dots with ranges. " + " ".join(told),
        draw=lambda width: dumbbell(gaps.assign(direction="out"), width),
        frame=gaps.rename(
            columns={"value": "gap_usd_bn", "low": "low_usd_bn", "high": "high_usd_bn"}
        ),
        labels={
            "label": "Whose count",
            "gap_usd_bn": "Gap",
            "low_usd_bn": "Low",
            "high_usd_bn": "High",
        },
        rows=[row for row in rows if not row.startswith("financials/") or row in known],
        book=book,
        note=note,
    )
