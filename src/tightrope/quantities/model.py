"""Quantities of the model: what the base scenario lacks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from tightrope import obligations, scenarios
from tightrope.dealbook import Dealbook
from tightrope.measures import simulation
from tightrope.measures.plan import Scenario
from tightrope.measures.simulation import Simulation
from tightrope.quantities.definition import Value, defined
from tightrope.quantities.view import View
from tightrope.scenario_parameters import BASE

RUNS, SEED = 10_000, 1
"""Draws of all assumptions, and where they begin."""
_COUNTS = (
    "minimum liquidity less cash at the end of the worst year to 2030, if OpenAI carries out its "
    "own plan and pays every contract whose sum is published"
)


def gap_in(
    own: Scenario,
    rows: Sequence[str],
    drawn: Simulation | None = None,
    with_talks: bool = True,
) -> Value:
    """The gap of a scenario at its peak in USD billion.

    `stated` is that of the assumptions as they are; `low` and `high` are those of nine in ten
    runs. `rows` are those that it rests on (`scenarios.rows`), `drawn` its runs, where a page has
    drawn them already. Without `with_talks` the money that is only under negotiation never comes,
    neither as assumed nor in a run, and they are drawn anew. In the base these are the quantities
    `gap` and `gap_without_talks`.
    """
    if not with_talks:
        own = replace(own, values=MappingProxyType({**own.values, "conditional_funding": 0.0}))
    peaks = (drawn or simulation.simulate(own, RUNS, SEED)).peaks()
    return Value(float(peaks.iloc[0]), float(own.gap().peak), float(peaks.iloc[-1]), tuple(rows))


def rows_behind(book: Dealbook, scenario_id: str = BASE, focal: str = "openai") -> tuple[str, ...]:
    """The rows (`table/id`) that a scenario rests on: its assumptions, and what is to be paid."""
    assumed = scenarios.assumptions(book, scenario_id)
    return scenarios.rows(assumed, obligations.supply(book, focal))


def _gap(view: View, with_talks: bool = True) -> Value:
    """The gap of the base; NaN on a day on which its assumptions were not yet known."""
    book = view.book
    is_known = BASE in scenarios.ids(book)
    if not is_known or pd.Timestamp(scenarios.newest_source(book)) > book.day:
        return Value(math.nan, math.nan, math.nan, (f"parties/{view.focal}",))
    assumed = scenarios.assumptions(book, BASE)
    supplied = obligations.supply(book, view.focal)
    own, rows = scenarios.carried_out(assumed, supplied), scenarios.rows(assumed, supplied)
    return gap_in(own, rows, with_talks=with_talks)


@defined(
    "the gap",
    counts=_COUNTS,
    leaves_out="whatever nobody has named a source for; the ends are those of nine in ten runs, "
    "drawn from the assumptions' own ranges",
    nothing="no gap",
    shows="stated",
)
def gap(view: View) -> Value:
    """The money that is missing to {focal} in the worst year if it carries out its own plan.

    The base scenario: its compute, its revenue, what investors have committed, and a round that is
    still under negotiation.
    """
    return _gap(view)


@defined(
    "the gap without the round in talks",
    counts=_COUNTS,
    leaves_out="what investors only negotiate about",
    variant_of="gap",
    differs="without the round that is only under negotiation",
    nothing="no gap",
    shows="stated",
)
def gap_without_talks(view: View) -> Value:
    """The gap of {focal} if nothing comes of the round that is under negotiation."""
    return _gap(view, with_talks=False)
