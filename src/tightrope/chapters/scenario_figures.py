"""The figures and the table of one scenario's page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from tightrope import addresses, scenarios, units
from tightrope.chapters import scenario as chapter
from tightrope.chapters.scenario import BOTH_WAYS, MOVES, NOBODY_YET, ONE_WAY, Breaks, Circle
from tightrope.chapters.worlds import FIRST_YEAR, LAST_YEAR, World, of_100
from tightrope.charts import theme
from tightrope.charts.bars import bars_by_year
from tightrope.charts.figure import Figure
from tightrope.charts.grouped import grouped_bars
from tightrope.charts.marks import Fill
from tightrope.charts.scenario_figures import cash_fan, what_moves_it
from tightrope.charts.sources_uses import sources_uses
from tightrope.charts.table import Markup, Table
from tightrope.dealbook import Dealbook
from tightrope.scenario_parameters import BASE

_MOVES = {
    MOVES["revenue"]: Fill(theme.INTO_OPENAI),
    MOVES["funding"]: Fill(theme.INTO_OPENAI, "binding"),
    MOVES["compute"]: Fill(theme.OUT_OF_OPENAI),
    MOVES["other_costs"]: Fill(theme.OUT_OF_OPENAI, "binding"),
}
_WAYS = {BOTH_WAYS: theme.ROUND_TRIP, ONE_WAY: theme.ONWARD, NOBODY_YET: theme.OUT_OF_OPENAI}
_LEAST = 0.05


def _as_known(book: Dealbook) -> str:
    return f"contracts as known on {units.day(book.day.date())}"


def assumptions_table(world: World, book: Dealbook) -> Table:
    """Everything that a scenario assumes, with its range, its reason and its source."""
    rows = world.assumed
    publisher = book.sources.set_index("source_id").publisher
    place = addresses.of_sources(book)
    shown = pd.DataFrame(
        {
            "assumption": [_assumption(row) for row in rows.to_dict("records")],
            "value": [units.written(row.value, row.unit) for row in rows.itertuples()],
            "range": [
                "taken as given"
                if pd.isna(row.low)
                else units.written_range(row.low, row.high, row.unit)
                for row in rows.itertuples()
            ],
            "given": [_given_by(row) for row in rows.to_dict("records")],
            "why": [Markup(f'<span class="reason">{escape(why)}</span>') for why in rows.why],
            "source": [_source(place[one], publisher[one]) for one in rows.source_id],
        }
    )
    labels = {"assumption": "Assumption", "value": "Value", "range": "Range"}
    labels |= {} if world.id == BASE else {"given": "Given by"}
    return Table(
        shown,
        f"What the scenario “{world.name}” assumes",
        labels | {"why": "Why", "source": "Source"},
        dict.fromkeys(("assumption", "given", "why", "source"), _as_is),
    )


def _as_is(cell: object) -> Any:
    return cell


def _assumption(row: Mapping[str, str]) -> Markup:
    words = escape(scenarios.in_words(row["parameter"]))
    place = f' id="{escape(row["parameter"])}"' if row["is_own"] else ""
    meaning = escape(row["meaning"])
    return Markup(f'<span{place}>{words}</span><span class="meaning">{meaning}</span>')


def _given_by(row: Mapping[str, str]) -> Markup:
    if row["is_own"]:
        return Markup("this scenario")
    address = f"{escape(row['scenario_id'])}.html#{escape(row['parameter'])}"
    title = escape(scenarios.title(row["scenario_id"]).lower())
    return Markup(f'<a href="{address}">{title}</a>')


def _source(address: str, publisher: str) -> Markup:
    return Markup(f'<a href="../{escape(address)}">{escape(publisher)}</a>')


def cash_figure(world: World, book: Dealbook) -> Figure:
    """Cash at the end of each year: many draws as bands, the path as assumed, the gap marked."""
    ends, lacks = scenarios.when_cash_ends(world.own), world.lacks.stated
    missing = units.usd_bn(lacks)
    if lacks == 0:
        short = ""
    elif world.month:
        kept = units.usd_bn(world.kept)
        short = f", and {missing} is missing at the end of {world.gap.peak_year} to keep {kept}"
    else:
        short = f", but {missing} of what must stay is missing in {world.gap.peak_year}"
    talks = (
        "conditional funding comes whole or not at all."
        if "conditional_funding_realised" in world.own.ranges
        else "conditional funding is taken as given."
    )
    again = (
        f"revenue outgrew every firm of that size in {of_100(world.drawn.redrawn_share)}, which "
        "were drawn again"
        if world.drawn.redrawn
        else "none was drawn again"
    )
    return cash_fan(
        f"scenario-{world.id}-cash",
        f"{ends[0].upper()}{ends[1:]}{short}",
        world.name,
        world.own,
        world.drawn,
        world.rows,
        book,
        f"{world.runs:,} draws of our own triangles, seed {world.seed}; {again}. A weak year makes "
        f"the next one weaker, compute follows revenue, {talks}",
    )


def money_figure(world: World, book: Dealbook) -> Figure:
    """What comes in and goes out each year: revenue, new money, compute, other costs."""
    moves = chapter.in_and_out(world)
    told = (
        f"{year}: revenue {units.usd_bn(row.revenue)}, new money {units.usd_bn(row.funding)}, "
        f"compute {units.usd_bn(row.compute)}, other costs {units.usd_bn(row.other_costs)}."
        for year, row in world.path.iterrows()
    )
    return Figure(
        id=f"scenario-{world.id}-money",
        title=chapter.covers_costs(world.path),
        subtitle=f"What {book.party_name(world.focal)} takes in and pays out in the scenario "
        f"“{world.name}”, USD billion a year, {_as_known(book)}",
        description="Columns by year, money in above zero and money out below. " + " ".join(told),
        draw=lambda width: bars_by_year(moves, width, _MOVES),
        frame=moves.rename(columns={"amount": "amount_usd_bn"}),
        labels={"year": "Year", "series": "What", "amount_usd_bn": "Amount"},
        rows=world.rows,
        book=book,
        writers={"year": str},
    )


def tornado_figure(world: World, swings: pd.DataFrame, book: Dealbook) -> Figure | None:
    """What moves the gap most (`scenarios.swings`); None where nothing does."""
    if swings.empty:
        return None
    identity = f"scenario-{world.id}-tornado"
    return what_moves_it(identity, world.name, swings, world.rows, book)


def circle_figure(found: Circle, world: World, book: Dealbook, note: str = "") -> Figure:
    """Sources and uses of all years, parted by whether money goes both ways.

    `note` says what else a reader must know of the contracts; it ends in a space, or is "".
    """
    table = chapter.sources_and_uses(found, world, chapter.names(book))
    sides = (
        f"{side.capitalize()}s: "
        + ", ".join(
            f"{name} {units.usd_bn(amount)}"
            for name, amount in zip(lanes["name"], lanes.low, strict=True)
        )
        + "."
        for side, lanes in table.groupby("side", sort=False)
    )
    title = (
        f"Of {units.usd_bn(found.total_in)} in {FIRST_YEAR} to {LAST_YEAR}, revenue included, "
        f"{units.usd_bn(found.round_trip)} goes straight back to those who paid it"
        if len(found.returns)
        else "No supplier pays in what it gets back"
    )
    return Figure(
        id=f"scenario-{world.id}-circle",
        title=title,
        subtitle=f"Sources and uses of {book.party_name(world.focal)}’s money over five years in "
        f"the scenario “{world.name}”, USD billion, {_as_known(book)}",
        description="Sources on the left, uses on the right. " + " ".join(sides),
        draw=lambda width: sources_uses(table, width, {}, _WAYS),
        frame=table.rename(columns={"low": "amount_usd_bn"}),
        labels={"side": "Side", "name": "Who", "kind": "Goes", "amount_usd_bn": "Amount"},
        rows=world.rows,
        book=book,
        note=f"Binding contracts; those without dates are spread as assumed. {note}"
        f"Warrants and shares given to {book.party_name(world.focal)} are not counted.",
    )


def breaks_figure(found: Breaks, world: World, book: Dealbook) -> Figure | None:
    """Who is not paid at the strict end, and by whom; None where everybody is."""
    by = (f"by {book.party_name(world.focal)}", "by a partner")
    bars = chapter.creditors(found, chapter.names(book), "strict", by, _LEAST)
    if bars.empty:
        return None
    missed = units.usd_bn(float(bars.amount[bars.series.eq(by[0])].sum()))
    behind = found.behind("strict")
    lost = (
        f"those behind them lose {units.usd_bn(behind)}"
        if behind > _LEAST
        else "nobody behind them loses anything"
    )
    told = (
        f"{row.group}: {units.usd_bn(row.amount)} not paid {row.series}."
        for row in bars.itertuples()
    )
    return Figure(
        id=f"scenario-{world.id}-breaks",
        title=f"At the strict end partners miss {missed} of revenue; {lost}",
        subtitle=f"Who is not paid, and by whom, from {found.web.years[0]} to {LAST_YEAR} in the "
        f"scenario “{world.name}” if nobody fills the gap, USD billion, {_as_known(book)}",
        description="Bars by creditor. " + " ".join(told),
        draw=lambda width: grouped_bars(
            bars, width, {by[0]: Fill(theme.OUT_OF_OPENAI), by[1]: Fill(theme.BORROWED)}
        ),
        frame=bars.rename(columns={"amount": "amount_usd_bn"}),
        labels={"group": "Not paid", "series": "By whom", "amount_usd_bn": "Amount"},
        rows=found.rows,
        book=book,
        note="Only partners whose books can be tested. The two kinds must not be added: what those "
        "behind a partner lose is a part of what the partner missed, passed on.",
    )
