"""Quantities of the model: what the base scenario lacks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from tightrope import centres, obligations, readings, scenarios
from tightrope.dealbook import Dealbook
from tightrope.measures.plan import Scenario
from tightrope.measures.simulation import Simulation
from tightrope.quantities.definition import Value, defined
from tightrope.quantities.view import View
from tightrope.readings import Readings
from tightrope.scenario_parameters import BASE

RUNS, SEED = 10_000, 1
"""Draws of all assumptions, and where they begin."""
_COUNTS = (
    "minimum liquidity less cash at the end of the worst year to 2030, if {focal} carries out its "
    "own plan and pays every contract whose sum is published"
)
_ENDS = (
    "whatever nobody has named a source for; the ends are readings, and no draws: the plan’s sum "
    "of compute, spent in the years that each reading says"
)


def gap_in(own: Scenario, rows: Sequence[str], drawn: Simulation) -> Value:
    """The gap of a scenario at its peak in USD billion, with the ends of its draws.

    `stated` is that of the assumptions as they are; `low` and `high` are those of nine in ten
    draws. `rows` are those that it rests on (`scenarios.rows`), `drawn` its runs. What other
    readings of the same assumptions say is `gap_read`.
    """
    peaks = drawn.peaks()
    return Value(float(peaks.iloc[0]), float(own.gap().peak), float(peaks.iloc[-1]), tuple(rows))


def gap_read(read: Readings, rows: Sequence[str]) -> Value:
    """The gap of a scenario at its peak in USD billion, with the ends of its readings.

    `stated` is that of the reading which stands for the scenario; `low` and `high` are the smallest
    and the largest of all. Nothing is drawn.
    """
    behind = tuple(dict.fromkeys([*rows, *read.rows]))
    return Value(read.low.gap.peak, read.base.gap.peak, read.high.gap.peak, behind)


def rows_behind(book: Dealbook, scenario_id: str = BASE, focal: str = "") -> tuple[str, ...]:
    """The rows (`table/id`) that a scenario rests on: its assumptions, and what is to be paid."""
    focal = focal or book.focal
    assumed = scenarios.assumptions(book, scenario_id)
    return scenarios.rows(assumed, obligations.supply(book, focal))


def _is_known(book: Dealbook) -> bool:
    """Whether all that the base assumes was known on the book's day."""
    is_there = BASE in scenarios.ids(book)
    return is_there and pd.Timestamp(scenarios.newest_source(book)) <= book.day


def _not_yet(view: View) -> Value:
    return Value(math.nan, math.nan, math.nan, (f"parties/{view.focal}",))


def _gap(view: View, **changes: float) -> Value:
    """The gap of the base; NaN on a day on which its assumptions were not yet known."""
    book = view.book
    if not _is_known(book):
        return _not_yet(view)
    read = readings.of(book, BASE, view.focal, **changes)
    return gap_read(read, rows_behind(book, BASE, view.focal))


@defined(
    "the gap",
    counts=_COUNTS,
    leaves_out=_ENDS,
    nothing="no gap",
)
def gap(view: View) -> Value:
    """The money that is missing to {focal} in the worst year if it carries out its own plan.

    The base scenario: its compute, its revenue, what investors have committed, and a round that is
    still under negotiation. Of the plan only sums are public; its range is that of the readings of
    the year in which compute is spent and in which the largest contract falls due.
    """
    return _gap(view)


@defined(
    "the gap without the round in talks",
    counts=_COUNTS,
    leaves_out=f"what investors only negotiate about, and {_ENDS}",
    variant_of="gap",
    differs="without the round that is only under negotiation",
    nothing="no gap",
)
def gap_without_talks(view: View) -> Value:
    """The gap of {focal} if nothing comes of the round that is under negotiation."""
    return _gap(view, conditional_funding=0.0)


@defined(
    "the gap in nine of ten of our draws",
    counts="the gap at its peak in many draws of this book’s own triangles, one for each "
    "assumption with a range: its ends are what five and ninety-five of a hundred draws stay "
    "below, and stated is the middle",
    leaves_out="draws in which revenue outgrows every firm of that size, which are drawn again; "
    "other readings than the one that stands for the base, and other centres of growth; the "
    "ranges are partly this book’s choice, and so are the shares",
    variant_of="gap",
    differs="with every assumption drawn, and not as planned",
    nothing="no gap",
)
def gap_in_runs(view: View) -> Value:
    """The gap of {focal} if what its plan assumes comes out otherwise, in most of many draws."""
    book = view.book
    if not _is_known(book):
        return _not_yet(view)
    own = scenarios.scenario(book, focal=view.focal)
    behind = (*rows_behind(book, BASE, view.focal), *centres.rows_of_fastest(book))
    low, middle, high = centres.draw(book, own, RUNS, SEED).peaks()
    return Value(low, middle, high, behind)
