"""An older plan carried to a newer sum: against a referee's figures, by hand, and as properties."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.referee import REFEREE
from tightrope.measures import shapes
from tightrope.measures.runway import cash_flow_gap, month_cash_ends

YEARS = range(2026, 2031)
# Free cash flow of the plan of February 2026, and the sum of that of July (financials.csv:
# openai-free-cash-flow-2026-plan-2026-q1 to -2030-, openai-free-cash-flow-2026-2030-plan-2026-q3).
FEBRUARY = (-25.0, -57.0, -85.0, -51.0, 39.0)
JULY = -278.0
# 40 at the start, 122 committed in the first year, 30 in talks in the second, 10 to stay.
FUNDING = dict(zip(YEARS, (122.0, 30.0, 0.0, 0.0, 0.0), strict=True))

FLOWS = st.lists(st.floats(-200, -1), min_size=2, max_size=5)


@pytest.mark.parametrize(
    ("name", "worst", "month"),
    [
        ("trough-deepened", "2029", "2028-08"),
        ("shifted-alike", "2029", "2028-09"),
        ("in-proportion", "2029", "2028-06"),
    ],
)
def test_all_five_years_carried_lack_what_the_referee_found(
    name: str, worst: str, month: str
) -> None:
    # The referee carries all five years. A scenario keeps its own first year, and carries the rest:
    # see `later_weights` and the test of the scenario's own figures.
    flow = dict(zip(YEARS, shapes.carried(name, FEBRUARY, JULY), strict=True))
    gap = cash_flow_gap(flow, 40, FUNDING, 10)
    assert REFEREE[f"gap.{name}"].agrees(gap.peak)
    assert gap.peak_year == int(worst)
    assert month_cash_ends(gap) == pd.Period(month, "M")


def test_a_trough_is_deepened_by_hand() -> None:
    # 20 comes in, so 120 has to flow out, one and a half times the 80 of before.
    assert list(shapes.trough_deepened((-50, -30, 20), -100)) == [-75, -45, 20]


def test_a_shift_by_hand() -> None:
    # 40 more flows out over four years: 10 in each.
    assert list(shapes.shifted_alike((-50, -30, 20, 0), -100)) == [-60, -40, 10, -10]


def test_a_proportion_by_hand() -> None:
    assert list(shapes.in_proportion((-50, -30, 20), -120)) == [-100, -60, 40]


@pytest.mark.parametrize("name", shapes.CARRIED)
@given(flow=FLOWS, last=st.floats(0, 50), more=st.floats(0, 400))
def test_every_reading_keeps_the_new_sum(
    name: str, flow: list[float], last: float, more: float
) -> None:
    older = (*flow, min(last, -sum(flow) / 2))
    total = sum(older) - more
    assert shapes.carried(name, older, total).sum() == pytest.approx(total)


def test_a_scenario_keeps_its_first_year_and_carries_the_others() -> None:
    # By hand: the first year earns 25 and spends 50, so of -278 the later ones have -253, of which
    # 39 comes in: 292 flows out in place of 193, each year 292 / 193 of before.
    earned = np.array([25.0, 50.0, 100.0, 160.0, 240.0])
    parts = shapes.later_weights("trough-deepened", FEBRUARY, JULY, earned, first=50.0)
    factor = 292 / 193
    spent = np.array([50 + 57 * factor, 100 + 85 * factor, 160 + 51 * factor, 240 - 39])
    assert parts is not None
    assert list(parts) == pytest.approx(list(spent / spent.sum()))
    assert spent.sum() == pytest.approx(550 + 253)


def test_a_straight_line_carries_no_plan() -> None:
    with pytest.raises(ValueError, match='"linear" carries no plan; use one of: trough-deepened'):
        shapes.carried("linear", FEBRUARY, JULY)


def test_a_straight_line_has_no_parts_of_its_own() -> None:
    assert shapes.later_weights("linear", FEBRUARY, JULY, np.ones(5), 50.0) is None


@pytest.mark.parametrize(
    ("reading", "flow", "earned", "message"),
    [
        ("steeper", FEBRUARY, np.ones(5), '"steeper" is no reading; use one of: trough-deepened'),
        ("shifted-alike", (-25, np.nan, 1, 1, 1), np.ones(5), "needs an amount in every year"),
        ("trough-deepened", (-25, 57, 85, 51, 39), np.ones(5), "only where a plan has one"),
        ("in-proportion", (-25, 57, 85, 51, 39), np.ones(5), "only to a sum of its own sign"),
        ("trough-deepened", FEBRUARY, np.ones(5), "would have a year spend less than nothing"),
    ],
)
def test_a_reading_that_cannot_be_carried_out_is_refused(
    reading: str, flow: tuple[float, ...], earned: np.ndarray, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        shapes.later_weights(reading, flow, JULY, earned, 50.0)
