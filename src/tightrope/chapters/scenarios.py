"""All scenarios side by side: cash, gap, circle and unpaid contracts. Amounts are USD billion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope import scenarios, units
from tightrope.chapters import scenario as one
from tightrope.chapters.worlds import LAST_YEAR, World
from tightrope.dealbook import Dealbook
from tightrope.scenario_parameters import BASE

_HARDLY = 0.2


def comparison(worlds: Mapping[str, World], book: Dealbook) -> pd.DataFrame:
    """The measures of every scenario, one row each, in the order of `worlds`.

    Columns: world (its id), name, `ends` (the month of cash, in words), the gap (peak_usd_bn, its
    year peak_year, p05_usd_bn and p95_usd_bn in the runs), `ends_share` of runs; round_trip_usd_bn,
    any_route_usd_bn, total_in_usd_bn and `outside`, a share; due_usd_bn of contracts, and of it
    unpaid_low_usd_bn and unpaid_high_usd_bn, `unpaid` in words.
    """
    return pd.DataFrame(
        [_money(world) | _circle(world, book) | _unpaid(world) for world in worlds.values()]
    )


def _money(world: World) -> dict[str, object]:
    month = world.month
    return {
        "world": world.id,
        "name": world.name,
        "ends": f"{month:%B %Y}" if month else f"not by {LAST_YEAR}",
        "peak_usd_bn": world.lacks.stated,
        "peak_year": world.gap.peak_year,
        "p05_usd_bn": world.lacks.low,
        "p95_usd_bn": world.lacks.high,
        "ends_share": world.ends_share,
    }


def _circle(world: World, book: Dealbook) -> dict[str, object]:
    found = one.circle(book, world)
    return {
        "round_trip_usd_bn": found.round_trip,
        "any_route_usd_bn": found.any_route,
        "total_in_usd_bn": found.total_in,
        "outside": found.outside.strict,
    }


def _unpaid(world: World) -> dict[str, object]:
    shares = scenarios.contracts_paid(world.own)
    low, high = (one.unpaid(shares, order) for order in ("first", "alike"))
    return {
        "unpaid_low_usd_bn": low,
        "unpaid_high_usd_bn": high,
        "unpaid": units.usd_bn_range(low, high),
        "due_usd_bn": float(shares.due.sum()),
    }


def cash_bands(worlds: Mapping[str, World]) -> pd.DataFrame:
    """Cash by year as assumed, and its range in nine of ten draws, a panel a scenario.

    Columns: panel, year, low, middle, high, and `words` that say what comes of it, in two lines.
    """
    return pd.concat([_band(world) for world in worlds.values()], ignore_index=True)


def _band(world: World) -> pd.DataFrame:
    runs = world.drawn.fan([0.05, 0.95]).pivot(index="year", columns="quantile", values="cash")
    lacks, kept = world.lacks.stated, units.usd_bn(world.kept)
    missing = (
        f"{units.usd_bn(lacks)} missing in {world.gap.peak_year} to keep {kept}"
        if lacks > 0
        else "not short, as assumed"
    )
    return world.gap.path[["year"]].assign(
        panel=world.name,
        low=runs[0.05].to_numpy(),
        middle=world.gap.path.cash.to_numpy(),
        high=runs[0.95].to_numpy(),
        words=f"{scenarios.when_cash_ends(world.own)}\n{missing}",
    )


def changed(world: World) -> str:
    """What a scenario gives itself, with its values, in words."""
    if world.id == BASE:
        return "gives every assumption"
    return "; ".join(
        f"{scenarios.in_words(row.parameter).lower()} {units.written(row.value, row.unit)}"
        for row in world.assumed.query("is_own").itertuples()
    )


def by_unpaid(table: pd.DataFrame) -> pd.DataFrame:
    """The scenarios of `comparison`, that in which suppliers can lose most first."""
    order = ["unpaid_high_usd_bn", "unpaid_low_usd_bn", "world"]
    return table.sort_values(order, ascending=[False, False, True])


def by_gap(table: pd.DataFrame) -> pd.DataFrame:
    """The scenarios of `comparison`, that with the largest gap first."""
    return table.sort_values(["peak_usd_bn", "world"], ascending=[False, True])


def finding(table: pd.DataFrame, who: str) -> str:
    """The headline: whether the smallest gap of `who` is the largest loss of its suppliers."""
    short = int(table.peak_usd_bn.gt(0).sum())
    if not short:
        return "Cash lasts in every scenario"
    most = by_unpaid(table).iloc[0]
    if len(table) > 1 and most.unpaid_high_usd_bn > 0 and _is_least_gap(most, table):
        return f"What spares {who} costs its suppliers"
    if short == len(table):
        return "Cash falls short in every scenario"
    return f"Cash falls short in {short} of {len(table)} scenarios"


def _is_least_gap(row: pd.Series[Any], table: pd.DataFrame) -> bool:
    return bool(row.world == by_gap(table).world.iloc[-1])


def is_circle_steady(table: pd.DataFrame) -> bool:
    """Whether the round trip is small in all scenarios and moves far less than the gap does."""
    spread = [
        float(table[name].max() - table[name].min())
        for name in ("round_trip_usd_bn", "peak_usd_bn")
    ]
    share = table.round_trip_usd_bn / table.total_in_usd_bn
    return spread[0] < _HARDLY * spread[1] and bool(share.max() < _HARDLY)


def gapless(table: pd.DataFrame) -> str:
    """In which scenarios nothing is missing, as a sentence."""
    none = table[table.peak_usd_bn.eq(0)]
    names = ", ".join(none["name"].str.lower()) if len(none) else ""
    if len(none) == 1:
        return f"Nothing is missing in one scenario only: {names}."
    if len(none):
        return f"Nothing is missing in {len(none)} scenarios: {names}."
    return "Something is missing in every scenario."
