"""Quantities of the model: what the base scenario lacks."""

from __future__ import annotations

import math
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from tightrope import obligations, scenarios
from tightrope.measures import runway
from tightrope.quantities.definition import Value, defined
from tightrope.quantities.view import View
from tightrope.scenario_parameters import BASE

RUNS, SEED = 10_000, 1
"""Draws of all assumptions, and where they begin."""
_COUNTS = (
    "minimum liquidity less cash at the end of the worst year to 2030, if OpenAI carries out its "
    "own plan and pays every contract whose sum is published"
)


def _gap(view: View, **changed: float) -> Value:
    """The gap at its peak; its ends are those of nine in ten runs, with `changed` assumptions."""
    nothing = Value(math.nan, math.nan, math.nan, (f"parties/{view.focal}",))
    if BASE not in scenarios.ids(view.book):
        return nothing
    rows = (
        *(f"scenarios/{row}" for row in scenarios.assumptions(view.book, BASE).assumption_id),
        *(f"legs/{leg}" for leg in obligations.supply(view.book, view.focal).leg_id.unique()),
    )
    own = scenarios.scenario(view.book, focal=view.focal)
    if pd.Timestamp(scenarios.newest_source(view.book)) > view.book.day:
        return nothing
    stated = float(own.gap(**changed).peak)
    other = replace(own, values=MappingProxyType({**own.values, **changed}))
    peaks = runway.simulate(other, RUNS, SEED).peaks()
    return Value(float(peaks.iloc[0]), stated, float(peaks.iloc[-1]), rows)


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
    return _gap(view, conditional_funding=0.0)
