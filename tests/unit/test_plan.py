"""What a plan makes of its assumptions and contracts: by hand, and as properties."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.plans import NONE, VALUES, YEARS, scenario
from tightrope.measures.plan import Scenario, not_below
from tightrope.measures.simulation import tornado
from tightrope.scenario_parameters import PARAMETERS


def test_a_scenario_by_hand() -> None:
    # Growth 50, 40, 32, 25.6 %; compute rises by 25 a year to add up to 500.
    budget = scenario().budget()
    assert list(budget["revenue"]) == pytest.approx([40, 60, 84, 110.88, 139.26528])
    assert list(budget["compute"]) == pytest.approx([50, 75, 100, 125, 150])
    assert list(budget["other_costs"]) == pytest.approx(list(0.3 * budget["revenue"]))
    assert list(budget["funding"]) == pytest.approx([30, 30, 0, 0, 0])
    assert (budget["opening_cash"], budget["buffer"]) == (50, 10)


def test_contracts_are_a_floor_and_what_they_take_early_is_spent_less_after() -> None:
    # By hand: of the plan's 50, 75, 100, 125, 150 the second year pays 90, so the third has 85 left.
    own = scenario(due=NONE | {2027: 90.0, 2028: 60.0})
    assert list(own.budget()["compute"]) == pytest.approx([50, 90, 85, 125, 150])


def test_the_floor_shrinks_with_the_share_that_is_honoured() -> None:
    # By hand: half of 90, and of 60 beside the 25 that the third year spends beyond contracts.
    half = scenario(due=NONE | {2027: 90.0, 2028: 60.0}).budget(commitments_honoured=0.5)
    assert list(half["compute"]) == pytest.approx([50, 45, 55, 125, 150])


def test_what_later_years_cannot_give_is_taken_from_earlier_ones() -> None:
    # By hand: the last two years owe 300 of the plan's 275, so the third gives 25 of its 100.
    own = scenario(due=NONE | {2029: 150.0, 2030: 150.0})
    assert list(own.budget()["compute"]) == pytest.approx([50, 75, 75, 150, 150])
    assert own.beyond_plan == 0


def test_contracts_that_take_more_than_the_plan_are_paid_and_their_excess_is_named() -> None:
    # By hand: 600 are due of a plan of 500.
    own = scenario(due=dict.fromkeys(YEARS, 120.0))
    assert list(own.budget()["compute"]) == pytest.approx([120] * 5)
    assert own.beyond_plan == pytest.approx(100)


def test_what_is_not_spent_in_the_first_year_is_spent_as_the_weights_say() -> None:
    # By hand: 450 after the first year, half of it in the third.
    own = replace(scenario(), weights=np.array([0.25, 0.5, 0.15, 0.1]))
    assert list(own.budget()["compute"]) == pytest.approx([50, 112.5, 225, 67.5, 45])
    more = own.budget(compute_spend=100.0)["compute"]
    assert list(more) == pytest.approx([100, 100, 200, 60, 40])


def test_weights_take_arrays_of_values() -> None:
    own = replace(scenario(), weights=np.array([0.25, 0.5, 0.15, 0.1]))
    drawn = {"compute_spend": np.array([50.0, 100.0]), "compute_spend_total": np.array([500, 600])}
    one_by_one = [
        own.gap(compute_spend=first, compute_spend_total=total).peak
        for first, total in zip(*drawn.values(), strict=True)
    ]
    assert list(own.peak(drawn)) == pytest.approx(one_by_one)


@pytest.mark.parametrize("parts", [[0.5, 0.5], [0.5, 0.5, 0.5, -0.5], [0.3, 0.3, 0.3, 0.3]])
def test_weights_that_are_not_one_part_a_later_year_are_refused(parts: list[float]) -> None:
    with pytest.raises(ValueError, match="weights must be 4 parts of 1"):
        Scenario.of(rows_of_values(), NONE, weights=np.array(parts))


def test_a_total_below_the_first_year_is_refused_with_weights_too() -> None:
    own = replace(scenario(), weights=np.array([0.25, 0.5, 0.15, 0.1]))
    with pytest.raises(ValueError, match="the later years would be below 0"):
        own.gap(compute_spend_total=40.0)


PLANS = st.lists(st.floats(0, 300), min_size=5, max_size=5)


@given(PLANS, PLANS)
def test_contracts_move_spending_and_add_none_as_long_as_the_plan_has_enough(
    planned: list[float], due: list[float]
) -> None:
    spent = not_below(np.array(planned), np.array(due))
    assert spent.sum() == pytest.approx(max(sum(planned), sum(due)), abs=1e-6)


@given(PLANS, PLANS)
def test_no_year_spends_less_than_its_contracts_oblige(
    planned: list[float], due: list[float]
) -> None:
    spent = not_below(np.array(planned), np.array(due))
    assert (spent >= np.array(due) - 1e-9).all()
    assert (spent >= 0).all()


@given(PLANS, PLANS, PLANS)
def test_more_contracts_are_paid_and_never_bring_less_spending_in_all(
    planned: list[float], due: list[float], more: list[float]
) -> None:
    owed = np.array(due) + np.array(more)
    before, after = (not_below(np.array(planned), one) for one in (np.array(due), owed))
    assert (after >= owed - 1e-9).all()
    assert after.sum() >= before.sum() - 1e-6


@given(PLANS, PLANS)
def test_each_run_of_many_is_as_it_would_be_alone(planned: list[float], due: list[float]) -> None:
    both = not_below(np.array([planned, due]), np.array(due))
    assert both[0] == pytest.approx(not_below(np.array(planned), np.array(due)))
    assert both[1] == pytest.approx(due)


def test_the_first_year_is_paid_whatever_is_renegotiated() -> None:
    own = scenario(due=NONE | {2026: 80.0, 2027: 90.0})
    assert list(own.budget(commitments_honoured=0.5)["compute"])[:2] == pytest.approx([80, 45])


def test_compute_follows_revenue_where_it_departs_from_the_scenario() -> None:
    double = scenario().budget(revenue=80)
    assert list(double["compute"]) == pytest.approx([70, 105, 140, 175, 210])
    fixed = scenario().budget(revenue=80, compute_variable_share=0)
    assert list(fixed["compute"]) == pytest.approx([50, 75, 100, 125, 150])


def test_a_scenario_agrees_with_itself_in_arrays() -> None:
    own = scenario()
    growths = np.array([0.2, 0.5, 0.9])
    peaks = own.peak({"revenue_growth": growths})
    assert list(peaks) == pytest.approx([own.gap(revenue_growth=g).peak for g in growths])
    lowest = own.lowest_cash({})
    assert own.gap().path.cash.min() == pytest.approx(float(lowest))
    table = tornado(own.values, {"revenue_growth": (0.2, 0.9)}, own.peak)
    assert list(table.iloc[0, 2:4]) == pytest.approx([peaks[0], peaks[2]])


@pytest.mark.parametrize(
    ("values", "ranges", "message"),
    [
        (
            {"revenu": 1},
            {},
            '"revenu" is no parameter; use one of: opening_cash, minimum_liquidity',
        ),
        (
            {"commitments_honoured": 80},
            {},
            "commitments_honoured needs 0 ≤ low ≤ value ≤ high ≤ 1, not 80",
        ),
        ({}, {"revenue": (50, 30)}, "revenue needs 0 ≤ low ≤ value ≤ high ≤ inf, not 50, 40, 30"),
        ({}, {"revenue": (30, np.nan)}, "revenue needs a value, and low and high both or neither"),
        ({"revenue": np.nan}, {}, "revenue needs a value"),
    ],
)
def test_wrong_assumptions_are_refused_by_name(
    values: dict[str, float], ranges: dict[str, tuple[float, float]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        scenario(ranges, **values)


def rows_of_values() -> pd.DataFrame:
    rows = [(name, value, np.nan, np.nan) for name, value in VALUES.items()]
    return pd.DataFrame(rows, columns=["parameter", "value", "low", "high"])


def test_a_scenario_needs_every_parameter() -> None:
    with pytest.raises(ValueError, match="parameters are missing: opening_cash, minimum_liquidity"):
        Scenario.of(rows_of_values()[2:], NONE)


def test_a_scenario_needs_each_parameter_once() -> None:
    rows = rows_of_values()
    with pytest.raises(ValueError, match="parameters stand twice: opening_cash"):
        Scenario.of(pd.concat([rows, rows[:1]]), NONE)


def test_a_scenario_needs_two_years() -> None:
    with pytest.raises(ValueError, match="needs at least two years, not 1"):
        Scenario.of(rows_of_values(), {2026: 0.0})
    assert len(Scenario.of(rows_of_values(), {2026: 0.0, 2027: 0.0}).commitments) == 2


def test_undated_contracts_cannot_be_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="undated must be a finite number of at least 0, not -1"):
        Scenario.of(rows_of_values(), NONE, -1.0)


def test_a_total_of_compute_that_makes_the_last_year_negative_is_refused() -> None:
    with pytest.raises(ValueError, match="the last year would be below 0"):
        scenario(compute_spend_total=100).gap()


def test_a_change_of_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match='"growth" is no parameter'):
        scenario().gap(growth=1)


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_has_a_unit_bounds_in_order_and_a_sentence(name: str) -> None:
    parameter = PARAMETERS[name]
    assert parameter.unit in {"share", "usd_bn", "years"}
    assert parameter.lowest < parameter.highest
    assert parameter.lowest <= VALUES[name] <= parameter.highest
    assert re.fullmatch(r"[A-Z].*[a-z]\)?\.", parameter.meaning)
    assert len(parameter.meaning.split()) > 3


def test_undated_contracts_fall_due_over_the_term_that_is_assumed() -> None:
    due = NONE | {2027: 60.0}
    own = scenario(due=due, undated=100, compute_spend=0.0, compute_spend_total=0.0)
    # By hand: 100 over five years are 20 a year, over two and a half 40, 40 and 20.
    assert list(own.commitments) == [20, 80, 20, 20, 20]
    assert list(own.budget()["compute"]) == [20, 80, 20, 20, 20]
    assert list(own.budget(undated_term=2.5)["compute"]) == pytest.approx([40, 100, 20, 0, 0])
    peaks = own.peak({"undated_term": np.array([5.0, 2.5])})
    assert list(peaks) == pytest.approx([own.gap(undated_term=term).peak for term in (5, 2.5)])


def test_undated_contracts_fall_due_in_the_profile_that_the_plan_has() -> None:
    rising = np.array([10.0, 20, 30, 20, 20])
    own = scenario(undated=120, profile=rising, undated_term=6.0)
    # By hand: the five years and a sixth like the last are 120, the levels themselves.
    assert list(own.commitments) == pytest.approx([10, 20, 30, 20, 20])
    assert list(own.undated_shares) == pytest.approx(rising / 120)
    # Two and a half years are 10, 20 and half of 30: of 45, in thirds of 40.
    short = own.due(undated_term=2.5)
    assert list(short) == pytest.approx([120 / 45 * 10, 120 / 45 * 20, 120 / 45 * 15, 0, 0])
    drawn = own.amounts({"undated_term": np.array([6.0, 2.5])})["compute"]
    for compute, term in zip(drawn, (6.0, 2.5), strict=True):
        assert list(compute) == pytest.approx(list(own.budget(undated_term=term)["compute"]))


def test_contracts_in_the_plans_own_profile_move_nothing_of_it() -> None:
    # Even shares take 500 / 5 of every year and so move the first years; in the plan's own profile
    # the same contracts are the plan.
    own = scenario(undated=500)
    assert list(own.budget()["compute"]) == pytest.approx([100] * 5)
    alike = scenario(undated=500, profile=own.planned.to_numpy())
    assert list(alike.budget()["compute"]) == pytest.approx(list(own.planned))
    assert alike.beyond_plan == 0


@pytest.mark.parametrize(
    ("profile", "message"),
    [([1, 2, 3], "profile needs 5 levels, not 3"), ([1, 0, 1, 1, 1], "a level above 0")],
)
def test_a_profile_has_a_level_above_nothing_in_every_year(
    profile: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        scenario(profile=np.array(profile))


@given(
    due=st.lists(st.floats(0, 200), min_size=5, max_size=5),
    revenue=st.floats(1, 200),
    more=st.floats(0, 200),
    faster=st.floats(0, 2),
    margin=st.floats(0, 1),
    part=st.floats(0, 1),
)
def test_the_gap_falls_with_revenue_although_compute_follows(
    due: list[float], revenue: float, more: float, faster: float, margin: float, part: float
) -> None:
    # A dollar more of revenue leaves the margin and costs the variable share of the compute that
    # is planned for a dollar: the share must be below the margin times revenue over compute.
    planned = np.array([50, 75, 100, 125, 150])
    per_dollar = planned / scenario(revenue=revenue).budget()["revenue"].to_numpy()
    follows = part * min(1.0, margin / per_dollar.max())
    own = scenario(
        due=dict(zip(YEARS, due, strict=True)),
        revenue=revenue,
        margin_before_compute=margin,
        compute_variable_share=follows,
    )
    richer = own.gap(revenue=revenue + more, revenue_growth=0.5 + faster)
    assert richer.peak <= own.gap().peak + 1e-6


def test_revenue_that_costs_more_compute_than_it_brings_widens_the_gap() -> None:
    # By hand: a tenth more of revenue brings 0.7 × 4 in the first year and costs all of 0.1 × 50.
    own = scenario(compute_variable_share=1.0)
    base, richer = own.gap(), own.gap(revenue=44)
    assert richer.path.cash.iloc[0] - base.path.cash.iloc[0] == pytest.approx(0.7 * 4 - 0.1 * 50)
    assert richer.peak > base.peak
