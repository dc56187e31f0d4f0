"""What the runway says by every reading of when the plan's compute is spent: words and figure."""

from __future__ import annotations

import pandas as pd

from tightrope import readings, units, ways
from tightrope.chapters.scenario_facts import state_span as state_gap_and_months
from tightrope.chapters.scenario_facts import yes
from tightrope.chapters.worlds import LAST_YEAR, World, is_later
from tightrope.charts.cash_readings import cash_readings
from tightrope.charts.figure import Figure
from tightrope.dealbook import Dealbook
from tightrope.measures import shapes
from tightrope.publish.facts import Facts
from tightrope.readings import Read, Readings
from tightrope.scenario_parameters import YEARS

_LEAST = 0.05
"""USD billion: what is less is written as nothing."""


def finding(world: World, book: Dealbook, planned: pd.DataFrame) -> str:
    """Whether cash lasts, and whether it ends before plans by year have money coming in.

    `planned` are `runway.plans`. Before all that the scenario assumes is public, nothing is found.
    """
    who, read = book.party_name(world.focal), world.readings
    if is_later(book):
        return "How long the money lasts"
    if read.earliest is None:
        return f"{who}’s cash lasts to the end of its plan"
    if read.latest is None:
        return f"Whether {who}’s cash lasts depends on when it is spent"
    last = planned[planned.year.eq(planned.year.max())]
    if len(last) and last.value.gt(0).all() and read.latest.year < last.year.max():
        return f"{who}’s cash runs out before its plan brings money in"
    return f"{who}’s cash runs out before its plan does"


def state_finding(fact: Facts, world: World, book: Dealbook, planned: pd.DataFrame) -> None:
    """State what the chapter leads with."""
    rows = [*world.spans.rows, *(f"financials/{row}" for row in planned.index)]
    how = "the month in which cash ends, by all readings, against the years of inflow in the plans"
    fact.words("finding", finding(world, book, planned), how, rows)


def state_span(fact: Facts, world: World) -> None:
    """State the range of the gap and of the month over all readings, and what decides."""
    state_gap_and_months(fact, world)
    read, on = world.readings, fact.on(world.spans.rows)
    how = "what moves the gap most while the other stays"
    on.words("decisive", readings.DIMENSIONS[read.decisive], how)
    on.words("no-profile", yes(len(read.by_shape()) == 1), "whether no plan gives its years")


def state_readings(fact: Facts, world: World) -> None:
    """State what each reading of the plan says."""
    read = world.readings
    on = fact.on(world.spans.rows)
    by_shape = {one.shape: one for one in read.by_shape()}
    on.words("has-profile", yes(len(by_shape) > 1), "whether a plan gives its years")
    for name, reading in shapes.READINGS.items():
        one = by_shape.get(name, read.base)
        how = f"gap at its peak, {reading.words}: {reading.meaning}"
        on(f"{name}-peak", one.gap.peak, "usd_bn", how)
        how = f"month in which cash ends, {reading.words}"
        on.words(f"{name}-month", readings.in_words(one.month), how)
    line = by_shape.get(shapes.LINEAR, read.base)
    how = "year of the largest gap if compute rises by the same sum a year"
    on.words("linear-year", str(line.gap.peak_year or LAST_YEAR), how)


def state_way(fact: Facts, world: World, who: str) -> None:
    """State the reading of the base, and how far the gap moves with the largest contract of `who`.

    `who` is a name.
    """
    read, on = world.readings, fact.on(world.spans.rows)
    on.words("base-reading", shapes.READINGS[read.base.shape].words, "reading of the base")
    how = f"widest swing of the gap over {readings.DIMENSIONS[readings.WAY]}, all else fixed"
    moved = read.spread(readings.WAY)
    verdict = (
        f"The gap moves by up to {units.usd_bn(moved)}: contracts take more than is planned."
        if moved > _LEAST
        else "The gap does not move: the plan contains the contract, and if it takes more "
        f"early, {who} spends less later."
    )
    on.words("way-verdict", verdict, how)


def state_ends(fact: Facts, planned: pd.DataFrame, focal: str) -> None:
    """State the least and the most that plans by year have coming in in their last year."""
    last = planned[planned.year.eq(planned.year.max())]
    rows = [f"financials/{row}" for row in last.index] or [f"parties/{focal}"]
    low, high = (float(last.value.min()), float(last.value.max())) if len(last) else (0.0, 0.0)
    fact.span("plan-ends", low, high, "planned free cash flow of the last year, all plans", rows)


def ramped(book: Dealbook, payments: pd.DataFrame) -> pd.DataFrame:
    """`obligations.supply` with the largest contract as its supplier's filing ramps, if it does."""
    return ways.supplied_by(book, payments, YEARS).get(ways.RAMP, payments)


def cash_by_reading(read: Readings) -> pd.DataFrame:
    """Cash by year of each reading of the plan: series, year, cash, gap, month, words."""
    return pd.concat([_path(one) for one in read.by_shape()], ignore_index=True)


def _path(one: Read) -> pd.DataFrame:
    gap, ends = one.gap, readings.in_words(one.month)
    missing = f"{units.usd_bn(gap.peak)} missing in {gap.peak_year}" if gap.peak else "no gap"
    return gap.path[["year", "cash"]].assign(
        series=shapes.READINGS[one.shape].words,
        gap=gap.peak,
        month=ends,
        words=f"{missing}\ncash ends in {ends}",
    )


def readings_figure(world: World, book: Dealbook, note: str = "") -> Figure:
    """Cash by every reading of the plan: the room between them, and the months in which it ends."""
    read, spans = world.readings, world.spans
    table = cash_by_reading(read)
    told = (
        f"{one.series}: {units.usd_bn(one.gap)}, cash ends in {one.month}."
        for one in table.drop_duplicates("series").itertuples()
    )
    missing = units.usd_bn_range(spans.low, spans.high)
    # Words of the crossings: short ones, for they stand in the plot.
    months = tuple(readings.in_words(one) if one else "" for one in (read.earliest, read.latest))
    many = len(table.series.unique()) > 1
    return Figure(
        id="runway-readings",
        title=(
            f"{missing} is missing, and cash ends {readings.when_cash_ends(read)}"
            if spans.high > 0
            else "Cash lasts by every reading of the plan"
        ),
        subtitle=f"{book.party_name(world.focal)}’s cash by the year in which planned compute is "
        f"spent, USD billion, as known on {units.day(book.day.date())}",
        description=("One line a reading of the plan. " if many else "A line. ") + " ".join(told),
        draw=lambda width: cash_readings(table, width, (months[0], months[1])),
        frame=table.drop(columns="words").rename(
            columns={"cash": "cash_usd_bn", "gap": "gap_usd_bn"}
        ),
        labels={
            "series": "Reading",
            "year": "Year",
            "cash_usd_bn": "Cash at its end",
            "gap_usd_bn": "Gap at its peak",
            "month": "Cash ends in",
        },
        writers={"year": str},
        rows=spans.rows,
        book=book,
        note=note,
    )
