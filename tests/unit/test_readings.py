"""A scenario by every reading: worked a year at a time, and what decides between them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.referee import REFEREE
from tightrope import backlogs, obligations, readings, scenarios, spending, vintages, ways
from tightrope.dealbook import Dealbook
from tightrope.measures import shapes
from tightrope.readings import Readings
from tightrope.scenario_parameters import YEARS


@pytest.fixture(scope="module")
def read(book: Dealbook) -> Readings:
    return readings.of(book)


@pytest.fixture(scope="module")
def refereed(referee_book: Dealbook) -> Readings:
    return readings.of(referee_book)


def only(read: Readings, shape: str, way: str = ways.FLAT) -> readings.Read:
    return next(one for one in read.all if (one.shape, one.way) == (shape, way))


def test_with_the_plan_s_total_kept_a_straight_line_lacks_what_the_referee_found(
    refereed: Readings,
) -> None:
    # 3 E3: the floor of 2027 (122.7 against 110.6) is taken off later, not added to the total.
    linear = only(refereed, "linear")
    assert REFEREE["gap.linear"].agrees(linear.gap.peak)
    assert linear.gap.path.compute.sum() == pytest.approx(856)
    assert linear.month == pd.Period("2029-07", "M")
    # The referee's floor is that of contracts without dates spread evenly.
    even = replace(linear.own, profile=None).gap()
    assert REFEREE["gap.linear"].agrees(even.peak)
    assert even.path.compute.iloc[1] == pytest.approx(122.74, abs=0.005)
    assert even.path.compute.iloc[2] == pytest.approx(171.2 - (122.74 - 110.6), abs=0.005)


@pytest.mark.parametrize("way", ["s-curve"])
def test_a_slower_start_of_the_largest_contract_moves_no_gap(refereed: Readings, way: str) -> None:
    # 3 E3: with an S-curve the floor never binds, and the gap is the same 95.66.
    linear = only(refereed, "linear", way)
    assert list(linear.gap.path.compute) == pytest.approx([50, 110.6, 171.2, 231.8, 292.4])
    assert REFEREE["gap.linear"].agrees(linear.gap.peak)


@pytest.mark.parametrize(
    ("shape", "peak", "month"),
    [
        # By hand from the base: 36 × 0.688 - 50 = -25.2 in 2026, which leaves -252.8 of -278.
        # Trough: (-252.8 - 39) / -193 = 1.512, so -86.2, -128.5, -77.1: 40 + 152 - 317 = -125.
        ("trough-deepened", 135, "2028-08"),
        # Shifted: (-252.8 + 154) / 4 = -24.7 each: -81.7, -109.7, -75.7: 192 - 292.3 = -100.3.
        ("shifted-alike", 110, "2028-10"),
        # In proportion: -252.8 / -154 = 1.642: -93.6, -139.5, -83.7: 192 - 342 = -150.
        ("in-proportion", 160, "2028-07"),
    ],
)
def test_the_first_year_stays_and_the_later_ones_are_carried(
    read: Readings, shape: str, peak: float, month: str
) -> None:
    one = only(read, shape)
    assert one.gap.peak == pytest.approx(peak, abs=0.5)
    assert one.gap.peak_year == 2029
    assert one.month == pd.Period(month, "M")


def test_every_reading_spends_what_the_plan_has_in_all(read: Readings) -> None:
    spent = [one.gap.path.compute.sum() for one in read.all]
    assert spent == pytest.approx([856.0] * len(spent))
    assert [one.own.beyond_plan for one in read.all] == [0.0] * len(spent)


def test_every_reading_pays_every_contract(read: Readings) -> None:
    for one in read.all:
        assert (one.gap.path.compute.to_numpy() >= one.own.commitments.to_numpy() - 1e-9).all()


def test_the_year_of_the_compute_decides_and_not_the_largest_contract(read: Readings) -> None:
    assert read.decisive == readings.SHAPE
    assert read.spread(readings.SHAPE) == pytest.approx(read.high.gap.peak - read.low.gap.peak)
    assert read.spread(readings.WAY) == pytest.approx(0, abs=1e-9)


def test_the_range_of_months_is_that_of_the_first_and_the_last_reading(read: Readings) -> None:
    months = sorted(one.month for one in read.all if one.month)
    assert (read.earliest, read.latest) == (months[0], months[-1])
    assert (read.earliest, read.latest) == (pd.Period("2028-07", "M"), pd.Period("2029-07", "M"))


def test_where_one_reading_never_runs_out_there_is_no_last_month(book: Dealbook) -> None:
    rich = readings.of(book, opening_cash=135.0)
    assert rich.earliest is not None
    assert rich.latest is None


def test_a_book_without_plans_by_year_has_a_straight_line_alone(tiny: Dealbook) -> None:
    assert vintages.carried(tiny, "openai", YEARS) is None
    assert spending.shapes_of(tiny) == (shapes.LINEAR,)
    assert spending.weights(tiny) is None
    assert {one.shape for one in readings.of(tiny).all} == {shapes.LINEAR}


def test_an_unknown_reading_is_refused(book: Dealbook) -> None:
    with pytest.raises(ValueError, match='"steeper" is no reading; use one of: trough-deepened'):
        scenarios.scenario(book, shape="steeper")


def test_the_newest_plan_by_year_and_the_newest_sum_are_carried(book: Dealbook) -> None:
    plan = vintages.carried(book, "openai", YEARS)
    assert plan is not None
    assert plan.vintage == "2026-q1"
    assert list(plan.flow) == [-25, -57, -85, -51, 39]
    # July's -278 and not May's -305.
    assert plan.total == -278


def test_before_the_newest_sum_was_told_no_plan_is_carried(book: Dealbook) -> None:
    assert vintages.carried(book.as_of("2026-09-17"), "openai", YEARS) is None


def test_other_scenarios_spend_in_the_same_years_parts_of_their_own_sum(book: Dealbook) -> None:
    base, other = (scenarios.scenario(book, one) for one in ("as-planned", "what-analysts-expect"))
    assert base.weights is not None
    later = other.planned.iloc[1:] / (605 - 50)
    assert list(later) == pytest.approx(list(np.asarray(base.weights)))


def test_the_largest_contract_is_that_with_most_due_in_the_years(book: Dealbook) -> None:
    # Ohio's rents are 400 in all, but run to 2052.
    contract = ways.largest(book, obligations.supply(book), YEARS)
    assert contract is not None
    assert (contract.leg_id, contract.amount) == ("oracle-compute", pytest.approx(300))


@pytest.mark.parametrize(
    ("way", "in_2027"),
    # Flat: 300 over five years of 1826 days. S-curve: 10.4 %. 8-K: seven months of 30 a year.
    # Backlog: of 300, 13 % × 16 / 12 to the end of 2027, the months before the term too, and four
    # months of 37 % in 24.
    [("flat", 60.0), ("s-curve", 31.3), ("ramp", 17.5), ("run-off", 300 * (0.13 + 0.37 / 6))],
)
def test_the_largest_contract_falls_due_in_four_ways(
    book: Dealbook, way: str, in_2027: float
) -> None:
    supplied = ways.supplied_by(book, obligations.supply(book), YEARS)[way]
    own = supplied[supplied.leg_id.eq("oracle-compute")].set_index("year").amount
    assert own[2027] == pytest.approx(in_2027, abs=0.05)
    assert own.sum() == pytest.approx(300)


def test_a_way_without_a_row_is_left_out(referee_book: Dealbook) -> None:
    supplied = ways.supplied_by(referee_book, obligations.supply(referee_book), YEARS)
    assert list(supplied) == ["flat", "s-curve"]


def test_a_contract_that_is_most_of_a_backlog_follows_its_run_off(book: Dealbook) -> None:
    # Cerebras: 22 % of 20 within 24 months of July 2026, 43 % in the next 24.
    owed = obligations.supply(book)
    own = owed[owed.leg_id.eq("cerebras-compute")].set_index("year").amount
    assert list(own.loc[2026:2030]) == pytest.approx([1.1, 2.2, 3.25, 4.3, 4.3])
    assert own.sum() == pytest.approx(20)
    assert backlogs.is_mostly(book, "cerebras", "openai")


def test_a_contract_that_is_less_than_half_of_a_backlog_does_not(book: Dealbook) -> None:
    assert len(backlogs.bands(book, "oracle")) == 3
    assert not backlogs.is_mostly(book, "oracle", "openai")


def test_a_supplier_that_has_published_no_run_off_has_no_bands(book: Dealbook) -> None:
    assert backlogs.bands(book, "microsoft") == ()
    owed = obligations.supply(book)
    assert owed[owed.leg_id.eq("microsoft-azure-2025-purchase")].year.isna().all()
