"""Answers of the labs on time and on the runway, from the measures and the base scenario."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import optimize, stats

from tightrope import quantities, scenarios
from tightrope.chapters import when_money_moves
from tightrope.course.answer import Answer, amount, exactly, fraction
from tightrope.dealbook import Dealbook
from tightrope.measures import timing
from tightrope.measures.plan import Scenario
from tightrope.measures.runway import Sums
from tightrope.quantities.view import View

FOCAL, PARTNER = "openai", "amazon"
RATE, LIMIT = 0.10, 150.0
"""The rate of lab 5, a year as a fraction, and the gap of lab 6, USD billion."""
DRAWN = ("margin_before_compute", "opening_cash")
_POINTS = 300
"""So many quantiles of each triangle stand for all draws."""


def float_and_present_value(book: Dealbook) -> list[Answer]:
    """The answers of lab 5."""
    moves = when_money_moves.moves(View.of(book, FOCAL), "announced")
    held = timing.float_by_year(moves, FOCAL, PARTNER).set_index("year")
    worth = timing.present_values(moves, FOCAL, PARTNER, RATE)
    pair = moves[moves.payer.isin([FOCAL, PARTNER]) & moves.payee.isin([FOCAL, PARTNER])]
    within = float(when_money_moves.matched_by_year(pair, FOCAL).each.sum())
    paid = held[["paid_in", "paid_out"]].sum()
    emptied = int(when_money_moves.used_up(held["float"]))
    return [
        amount(
            "5a",
            float(held["float"].loc[2026]),
            "float_by_year of Amazon",
            (float(held.paid_in.loc[2026]), "What OpenAI pays Amazon in the year goes off."),
            (float(held["float"].iloc[-1]), "This is the end of all years, not of 2026."),
        ),
        exactly(
            "5b",
            emptied - 1,
            "used_up of the float of Amazon",
            (emptied, "In this year the float is used up: at its end it is below zero."),
            (int(held["float"].idxmax()), "In this year the float is largest. It lasts longer."),
        ),
        amount(
            "5c",
            worth.paid_out,
            f"present_values of Amazon at {RATE:g}",
            (float(paid.paid_out), "This is the sum as written: nothing is discounted."),
            (
                worth.paid_out / (1 + RATE),
                "Every year is discounted once too often: the first year counts in full.",
            ),
            (worth.paid_in, "This is what Amazon pays OpenAI."),
        ),
        fraction(
            "5d",
            _equal_rate(moves),
            "present_values of Amazon, where both sides are equal",
            (
                float(paid.paid_out / paid.paid_in) - 1,
                "This is how much more goes out than came in, and no rate a year.",
            ),
            (RATE, "At this rate the bills still weigh more."),
        ),
        amount(
            "5e",
            within,
            "matched_by_year of Amazon, each",
            (float(min(paid)), "You added up first: money of one year met bills of others."),
            (2 * within, "Each match counts once, not on both sides."),
        ),
    ]


def _equal_rate(moves: pd.DataFrame) -> float:
    """The rate at which what goes out is worth what came in; NaN if there is none below 200 %."""

    def more(rate: float) -> float:
        worth = timing.present_values(moves, FOCAL, PARTNER, rate)
        return worth.paid_out - worth.paid_in

    return float(optimize.brentq(more, 0.0, 2.0)) if more(0.0) > 0 > more(2.0) else float("nan")


def runway(book: Dealbook) -> list[Answer]:
    """The answers of lab 6."""
    own, known = scenarios.scenario(book, focal=FOCAL), quantities.of(book)
    gap, values = own.gap(), own.values
    years = len(own.dated)
    first, growth = values["revenue"], values["revenue_growth"]
    endurance = values["growth_endurance"]
    shifted = first * np.prod(1 + growth * endurance ** np.arange(1, years))
    talks = values["conditional_funding"]
    share = _above(own, is_triangle=True)
    below_buffer = gap.path[gap.path.cash.lt(values["minimum_liquidity"])].year
    return [
        amount(
            "6a",
            float(own.amounts(values)["revenue"][-1]),
            "the base scenario, revenue of the last year",
            (
                first * (1 + growth) ** (years - 1),
                "Growth stays as in the second year here: growth_endurance takes a part of it "
                "away each year.",
            ),
            (
                float(shifted),
                "Growth of the second year is revenue_growth itself: endurance begins a year "
                "later.",
            ),
        ),
        amount(
            "6b",
            known["gap"].stated,
            "gap, stated",
            (gap.end, "This is the gap at the end. The worst year is earlier."),
            (gap.peak - values["minimum_liquidity"], "minimum_liquidity has to stay in the till."),
            (gap.peak + values["opening_cash"], "The cash at the start is missing."),
            (gap.peak + talks, "The round that is being negotiated is missing."),
        ),
        exactly(
            "6c",
            float(gap.runway_year or 0),
            "the base scenario, the year in which cash ends",
            (float(gap.peak_year or 0), "This is the worst year. Cash is gone before."),
            (float(below_buffer.min()), "Here cash falls below minimum_liquidity, not zero."),
        ),
        amount(
            "6d",
            known["gap_without_talks"].stated,
            "gap_without_talks, stated",
            (gap.peak, "Nothing was taken off."),
            (gap.peak - talks, "Money that does not come makes the gap larger."),
        ),
        fraction(
            "6e",
            share,
            f"the base scenario, quantiles of {' and '.join(DRAWN)}",
            (1 - share, "This is the share of the draws in which it is not."),
            (
                _above(own, is_triangle=False),
                "You drew evenly between low and high: a triangle has its top at the value.",
            ),
            grid=0.01,
        ),
    ]


def _above(own: Scenario, is_triangle: bool) -> float:
    """The share of all pairs of quantiles of `DRAWN` in which the gap exceeds `LIMIT`."""
    at = (np.arange(_POINTS) + 0.5) / _POINTS
    margin, opening = (_quantiles(own, name, at, is_triangle) for name in DRAWN)
    pairs = dict(zip(DRAWN, (side.ravel() for side in np.meshgrid(margin, opening)), strict=True))
    return float(np.mean(own.peak(pairs) > LIMIT))


def _quantiles(own: Scenario, name: str, at: Sums, is_triangle: bool) -> Sums:
    low, high = own.ranges[name]
    width = high - low
    law = stats.triang((own.values[name] - low) / width) if is_triangle else stats.uniform()
    return np.asarray(low + width * law.ppf(at))
