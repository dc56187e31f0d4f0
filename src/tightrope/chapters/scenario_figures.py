"""The figures and the table of one scenario's page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from tightrope import addresses, scenarios, units
from tightrope.chapters import scenario as chapter
from tightrope.chapters.scenario import ENDS, MOVES, Breaks
from tightrope.chapters.who_breaks_coupled import ORDERS
from tightrope.chapters.worlds import FIRST_YEAR, LAST_YEAR, World, of_100
from tightrope.chapters.worlds_figures import cash_fan, what_moves_it
from tightrope.charts import theme
from tightrope.charts.bars import bars_by_year
from tightrope.charts.figure import Figure
from tightrope.charts.marks import Fill
from tightrope.charts.table import Markup, Table
from tightrope.charts.tails import sum_words
from tightrope.dealbook import Dealbook
from tightrope.scenario_parameters import BASE

_MOVES = {
    MOVES["revenue"]: Fill(theme.INTO_OPENAI),
    MOVES["funding"]: Fill(theme.INTO_OPENAI, "binding"),
    MOVES["compute"]: Fill(theme.OUT_OF_OPENAI),
    MOVES["other_costs"]: Fill(theme.OUT_OF_OPENAI, "binding"),
}


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
        short = f", and {missing} is missing at the end of {world.gap.peak_year}"
    else:
        short = f", but {missing} of what must stay is missing in {world.gap.peak_year}"
    again = (
        f"; {of_100(world.drawn.redrawn_share)}, in which revenue outgrew every firm of that size, "
        "were drawn again"
        if world.drawn.redrawn
        else ""
    )
    return cash_fan(
        f"scenario-{world.id}-cash",
        f"{ends[0].upper()}{ends[1:]}{short}",
        world.name,
        world.own,
        world.drawn,
        world.rows,
        book,
        f"{world.runs:,} draws over ranges of our own, seed {world.seed}{again}.",
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
        subtitle=f"{book.party_name(world.focal)}, scenario “{world.name}”, USD billion a year",
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


def orders_table(found: Breaks, world: World, book: Dealbook) -> Table | None:
    """What each order of cutting leaves unpaid, who fails and who loses; None where all is paid."""
    if not found.short:
        return None
    name = book.party_name(world.focal)
    rows = [
        {
            "order": words,
            "unpaid": units.usd_bn(found.unpaid(order)),
            "fails": _at_ends({end: _failing(found, order, end, book) for end in ENDS}),
            "lost": _at_ends({end: sum_words(found.behind(order, end)) for end in ENDS}),
        }
        for order, words in ORDERS.items()
    ]
    return Table(
        pd.DataFrame(rows),
        f"If nobody fills the gap, by the order in which {name} cuts: {FIRST_YEAR} to {LAST_YEAR}, "
        "mild and strict end",
        {
            "order": f"{name} cuts",
            "unpaid": "Unpaid of contracts",
            "fails": "Cannot pay because of it",
            "lost": "Lenders, landlords and makers lose",
        },
    )


def _failing(found: Breaks, order: str, end: str, book: Dealbook) -> str:
    failing = found.failing(order, end)
    return (
        units.listing(f"{book.party_name(party)} in {year}" for party, year in failing.items())
        or "nobody"
    )


def _at_ends(by_end: Mapping[str, str]) -> str:
    """What holds at both ends, or at each."""
    if len(set(by_end.values())) == 1:
        return by_end["mild"]
    return "; ".join(f"{end}: {words}" for end, words in by_end.items())
