"""The figure and the tables of the page that lays all scenarios side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope import units
from tightrope.chapters import scenarios as chapter
from tightrope.chapters.worlds import FIRST_YEAR, LAST_YEAR, World, of_100
from tightrope.charts.cash_panels import cash_panels
from tightrope.charts.figure import Figure
from tightrope.charts.table import Markup, Table
from tightrope.dealbook import Dealbook
from tightrope.publish.pages import link_to, of_this_book
from tightrope.scenario_parameters import BASE

_PAGE = "chapters/scenarios"


def rows(worlds: Mapping[str, World]) -> list[str]:
    """The rows that all of them rest on: what each assumes, then the contracts."""
    assumed = [row for world in worlds.values() for row in world.behind]
    return list(
        dict.fromkeys([*assumed, *(row for world in worlds.values() for row in world.rows)])
    )


def _linked(table: Mapping[str, str]) -> list[Markup]:
    """Names of scenarios by id, each a link to its page, where it has one."""
    there = of_this_book()
    return [Markup(link_to(f"scenarios/{one}", name, _PAGE, there)) for one, name in table.items()]


def _as_is(cell: object) -> Any:
    return cell


def _in_runs(share: object) -> str:
    return f"{of_100(float(str(share)))} of our draws"


def _percent(share: object) -> str:
    return f"{100 * float(str(share)):.0f}%"


def changes_table(worlds: Mapping[str, World]) -> Table:
    """What each scenario gives itself."""
    named = {one: world.name for one, world in worlds.items()}
    what = [chapter.changed(world) for world in worlds.values()]
    return Table(
        pd.DataFrame({"name": _linked(named), "what": what}),
        "What each scenario changes",
        {"name": "Scenario", "what": "Changes"},
        {"name": _as_is},
    )


def cash_figure(worlds: Mapping[str, World], table: pd.DataFrame, book: Dealbook) -> Figure:
    """Cash at the end of the year, a panel a scenario; `table` is their `comparison`."""
    panels = chapter.cash_bands(worlds)
    base, short = worlds[BASE], table.peak_usd_bn[table.peak_usd_bn > 0]
    told = (
        f"{name}: {rows.words.iloc[0].replace(chr(10), ', ')}; cash "
        + ", ".join(f"{row.year} {units.usd_bn(row.middle)}" for row in rows.itertuples())
        + "."
        for name, rows in panels.groupby("panel", sort=False)
    )
    return Figure(
        id="scenarios-cash",
        title=(
            f"Cash falls short of what must stay in {len(short)} of {len(table)} scenarios, by "
            f"{units.usd_bn_range(short.min(), short.max())}"
            if len(short)
            else "Cash lasts in every scenario"
        ),
        subtitle=f"{book.party_name(base.focal)}’s cash at the end of the year, USD billion, "
        f"contracts as known on {units.day(book.day.date())}",
        description="Small panels, one for each scenario. " + " ".join(told),
        draw=lambda width: cash_panels(panels, width),
        frame=panels.rename(columns={end: f"{end}_usd_bn" for end in ("low", "middle", "high")}),
        labels={
            "panel": "Scenario",
            "year": "Year",
            "low_usd_bn": "Cash, 5 of 100 of our draws below",
            "middle_usd_bn": "Cash as assumed",
            "high_usd_bn": "Cash, 95 of 100 below",
        },
        rows=rows(worlds),
        book=book,
        writers={"year": str},
        note=f"{base.runs:,} draws over ranges of our own a scenario, seed {base.seed}. What is "
        f"missing is counted from the cash that must stay, {units.usd_bn(base.kept)} in the base.",
    )


def money_table(table: pd.DataFrame) -> Table:
    """When cash ends and what is missing, a row a scenario."""
    named = dict(zip(table.world, table["name"], strict=True))
    return Table(
        table.assign(name=_linked(named)),
        f"How long the money lasts, and what is missing to {LAST_YEAR}",
        {
            "name": "Scenario",
            "ends": "Cash ends",
            "peak_usd_bn": "Gap at its peak",
            "p05_usd_bn": "5 of 100 of our draws below",
            "p95_usd_bn": "95 of 100 below",
            "ends_share": "Cash ends in",
        },
        {"name": _as_is, "ends_share": _in_runs},
    )


def circle_table(table: pd.DataFrame) -> Table:
    """What goes round, and which contracts are not paid, a row a scenario."""
    named = dict(zip(table.world, table["name"], strict=True))
    return Table(
        table.assign(name=_linked(named)),
        f"The circle, and who is left unpaid, {FIRST_YEAR} to {LAST_YEAR}",
        {
            "name": "Scenario",
            "round_trip_usd_bn": "Straight round trip, these years",
            "any_route_usd_bn": "By any route, at most",
            "total_in_usd_bn": "Of all money in",
            "outside": "External, revenue included",
            "unpaid": "Contracts not paid",
            "due_usd_bn": "Of contracts due",
        },
        {"name": _as_is, "outside": _percent},
    )
