"""Does the money last: worked by hand, against published values, and as properties."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.measures.runway import (
    Scenario,
    Simulation,
    cash_flow_gap,
    funding_gap,
    month_cash_ends,
    pay_ratios,
    scaled,
    simulate,
    sobol,
    tornado,
    triangular,
)
from tightrope.scenario_parameters import PARAMETERS

# Methods cases P14.
CASE: dict[str, Any] = {
    "revenue": (10, 20, 40),
    "compute": (20, 40, 50),
    "other_costs": (5, 5, 5),
    "opening_cash": 10,
    "funding": (10, 0, 0),
    "buffer": 5,
}
YEARS = range(2026, 2031)
NONE = dict.fromkeys(YEARS, 0.0)
# What is left of the plan of February 2026 after 31 March, when 73 were there.
PLAN = {2026: -21.3, 2027: -57.0, 2028: -85.0, 2029: -51.0, 2030: 39.0}

VALUES = {
    "opening_cash": 50.0,
    "minimum_liquidity": 10.0,
    "revenue": 40.0,
    "revenue_growth": 0.5,
    "growth_endurance": 0.8,
    "margin_before_compute": 0.7,
    "compute_spend": 50.0,
    "compute_spend_total": 500.0,
    "compute_variable_share": 0.4,
    "undated_term": 5.0,
    "commitments_honoured": 1.0,
    "committed_funding": 30.0,
    "conditional_funding": 100.0,
    "conditional_funding_realised": 0.3,
    "growth_volatility": 0.2,
    "growth_persistence": 0.5,
    "funding_growth_correlation": 0.5,
}
RUNS = 10_000

AMOUNTS = st.lists(st.floats(0, 500), min_size=3, max_size=3)
BUDGETS = st.fixed_dictionaries(
    dict.fromkeys(("revenue", "compute", "other_costs", "funding"), AMOUNTS)
    | {name: st.floats(0, 100) for name in ("opening_cash", "buffer")}
)


def scenario(
    ranges: dict[str, tuple[float, float]] | None = None,
    due: dict[int, float] | None = None,
    undated: float = 0.0,
    **values: float,
) -> Scenario:
    rows = pd.DataFrame(
        [
            (name, value, *(ranges or {}).get(name, (np.nan, np.nan)))
            for name, value in (VALUES | values).items()
        ],
        columns=["parameter", "value", "low", "high"],
    )
    return Scenario.of(rows, due or NONE, undated)


def test_the_gap_is_the_money_missing_in_the_worst_year() -> None:
    # Methods cases P14: cash 5, -20, -35.
    gap = funding_gap(**CASE)
    assert gap.peak == 40
    assert (gap.peak_year, gap.end, gap.runway_year) == (3, 40, 2)
    assert list(gap.path.columns) == [
        "year", "revenue", "compute", "other_costs", "funding", "cash", "gap",
    ]  # fmt: skip
    assert list(gap.path.cash) == [5, -20, -35]
    assert list(gap.path.gap) == [0, 25, 40]


def test_suppliers_get_what_is_left_when_nobody_fills_the_gap() -> None:
    # By hand, methods cases P14: 20 of 20; then 5 + 20 - 5 - 5 = 15 of 40; then 35 of 50.
    table = pay_ratios(**CASE)
    assert list(table.paid) == [20, 15, 35]
    assert list(table.pay_ratio) == [1, 0.375, 0.7]
    assert list(table.cash) == [5, 5, 5]


def test_where_nothing_is_owed_everything_is_paid() -> None:
    table = pay_ratios(**(CASE | {"compute": (0, 0, 0)}))
    assert list(table.pay_ratio) == [1, 1, 1]


@given(BUDGETS)
def test_what_suppliers_lose_is_the_gap_at_its_peak(budget: dict[str, Any]) -> None:
    # Without other costs the gap opens only because of compute.
    budget |= {"other_costs": [0, 0, 0], "opening_cash": budget["opening_cash"] + budget["buffer"]}
    table = pay_ratios(**budget)
    lost = (table.compute - table.paid).sum()
    assert lost == pytest.approx(funding_gap(**budget).peak, abs=1e-6)


def test_the_peak_is_not_the_end() -> None:
    gap = funding_gap(**CASE | {"revenue": (10, 20, 90)})
    assert (gap.peak, gap.peak_year, gap.end) == (25, 2, 0)


def test_without_a_gap_there_is_no_year_of_it() -> None:
    gap = funding_gap(**CASE | {"opening_cash": 100})
    assert (gap.peak, gap.peak_year, gap.end, gap.runway_year) == (0, None, 0, None)
    assert month_cash_ends(gap) is None


def test_the_printed_revenue_of_hsbc_follows_from_its_parts() -> None:
    # Methods cases P14: consumers 129 × 56 % + enterprises 386 × 37 %.
    assert pytest.approx(215.06) == 129 * 0.56 + 386 * 0.37


def test_years_are_kept_and_may_come_in_any_order() -> None:
    revenue = pd.Series({2027: 20.0, 2026: 10.0})
    flat = {2026: 0.0, 2027: 0.0}
    gap = funding_gap(revenue, {2026: 15, 2027: 40}, flat, 0, flat, 0)
    assert list(gap.path.year) == [2026, 2027]
    assert (gap.peak, gap.peak_year, gap.runway_year) == (25, 2027, 2026)
    assert list(revenue.index) == [2027, 2026]


def test_what_is_left_of_the_plan_of_february_2026_lasts_until_the_end_of_2027() -> None:
    # The dossier's check: 73 last to November or December 2027; with 35 more to spring 2028.
    start = pd.Timestamp("2026-04-01")
    gap = cash_flow_gap(PLAN, 73, NONE, 0)
    assert gap.peak == pytest.approx(141.3)
    assert gap.peak_year == 2029
    assert month_cash_ends(gap, start) == pd.Period("2027-11", "M")
    more = cash_flow_gap(PLAN, 73, NONE | {2026: 35.0}, 0)
    assert month_cash_ends(more, start) == pd.Period("2028-05", "M")


@pytest.mark.parametrize(
    ("cash", "start", "month"),
    [
        (0.5, None, "2026-01"),
        (1.5, None, "2026-02"),
        (11.99, None, "2026-12"),
        (12, None, "2027-01"),
        (8.5, "2026-04-01", "2026-10"),
    ],
)
def test_the_month_in_which_cash_ends(cash: float, start: str | None, month: str) -> None:
    # One a month in whole years; 9 months for the same sum when the path starts in April.
    gap = cash_flow_gap({2026: -12, 2027: -12}, cash, {2026: 0, 2027: 0}, 0)
    ends = month_cash_ends(gap, pd.Timestamp(start) if start else None)
    assert ends == pd.Period(month, "M")
    assert ends.year == gap.runway_year


def test_a_path_cannot_start_in_another_year() -> None:
    with pytest.raises(ValueError, match="the path starts in 2026, not on 2027-01-01"):
        month_cash_ends(cash_flow_gap(PLAN, 73, NONE, 0), pd.Timestamp("2027-01-01"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"revenue": {2026: 1.0, 2027: -2.0, 2028: np.nan}},
            "revenue must be .*: 2027 has -2.0, 2028 has nan",
        ),
        ({"funding": (0, math.inf, 0)}, "funding must be .*: 2 has inf"),
        ({"compute": (1, 2)}, "revenue and compute must have the same years; only one has 3"),
        ({"other_costs": pd.Series([1, 2], [2026, 2026])}, "other_costs must have each year once"),
        ({"revenue": ()}, "revenue has no year"),
        ({"opening_cash": -1}, "opening_cash must be a finite number of at least 0, not -1"),
        ({"buffer": math.nan}, "buffer must be a finite number of at least 0, not nan"),
    ],
)
def test_wrong_amounts_are_refused_by_year(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        funding_gap(**CASE | change)


@given(BUDGETS)
def test_the_peak_is_never_below_the_end(budget: dict[str, Any]) -> None:
    gap = funding_gap(**budget)
    assert gap.peak >= gap.end >= 0
    assert gap.peak == gap.path.gap.max()


@given(BUDGETS, AMOUNTS)
def test_the_gap_falls_with_revenue(budget: dict[str, Any], more: list[float]) -> None:
    richer = [a + b for a, b in zip(budget["revenue"], more, strict=True)]
    assert funding_gap(**budget | {"revenue": richer}).peak <= funding_gap(**budget).peak + 1e-9


@given(BUDGETS, st.floats(0.001, 1000))
def test_a_path_and_its_mirror_in_another_unit_agree(budget: dict[str, Any], unit: float) -> None:
    mirror = {name: np.multiply(part, unit) for name, part in budget.items()}
    ours, theirs = funding_gap(**budget), funding_gap(**mirror)
    assert theirs.peak == pytest.approx(ours.peak * unit, abs=1e-9 * unit)
    assert theirs.end == pytest.approx(ours.end * unit, abs=1e-9 * unit)


def test_the_tornado_has_the_published_bars_widest_first() -> None:
    # Methods cases P14, 20 % less and more.
    table = tornado(CASE, scaled(CASE, 0.2))
    assert list(table.columns) == ["parameter", "base", "at_low", "at_high", "swing"]
    assert list(table.parameter[:2]) == ["compute", "revenue"]
    assert (table.base == 40).all()
    bars = table.set_index("parameter")[["at_low", "at_high"]]
    assert list(bars.loc["compute"]) == [18, 62]
    assert list(bars.loc["revenue"]) == [54, 26]
    assert table.swing.is_monotonic_decreasing


def test_a_tornado_of_something_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match='"revenu" is not in the base; it has: revenue, compute'):
        tornado(CASE, {"revenu": (1, 2)})


def test_a_scenario_by_hand() -> None:
    # Growth 50, 40, 32, 25.6 %; compute rises by 25 a year to add up to 500.
    budget = scenario().budget()
    assert list(budget["revenue"]) == pytest.approx([40, 60, 84, 110.88, 139.26528])
    assert list(budget["compute"]) == pytest.approx([50, 75, 100, 125, 150])
    assert list(budget["other_costs"]) == pytest.approx(list(0.3 * budget["revenue"]))
    assert list(budget["funding"]) == pytest.approx([30, 30, 0, 0, 0])
    assert (budget["opening_cash"], budget["buffer"]) == (50, 10)


def test_contracts_are_a_floor_that_shrinks_with_the_share_that_is_honoured() -> None:
    due = NONE | {2027: 90.0, 2028: 60.0}
    assert list(scenario(due=due).budget()["compute"]) == pytest.approx([50, 90, 100, 125, 150])
    half = scenario(due=due).budget(commitments_honoured=0.5)
    assert list(half["compute"]) == pytest.approx([50, 45, 70, 125, 150])


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


def test_a_triangle_has_the_published_mean_and_variance() -> None:
    # Methods cases P17: (10, 20, 60): mean 30, variance 116.666667.
    drawn = triangular((np.arange(200_000) + 0.5) / 200_000, 10, 20, 60)
    assert drawn.mean() == pytest.approx(30, abs=1e-4)
    assert drawn.var() == pytest.approx(116.666667, abs=1e-2)
    assert list(triangular([0.1, 0.9], 7, 7, 7)) == [7, 7]


def test_money_that_comes_whole_or_not_at_all_has_the_published_spread() -> None:
    # Methods cases P17: 100 at a chance of 0.3: mean 30, standard deviation 45.8258.
    runs = 100_000
    drawn = simulate(scenario(growth_volatility=0), runs, seed=1)
    came = drawn.cash[:, 1] - drawn.cash[:, 1].min()
    assert set(came.round(6)) == {0, 100}
    assert abs(came.mean() - 30) < 4 * 45.8258 / math.sqrt(runs)
    assert came.std() == pytest.approx(45.8258, abs=0.2)


def test_a_scenario_without_doubt_is_the_same_in_every_run() -> None:
    sure = scenario(growth_volatility=0, conditional_funding_realised=1)
    drawn = simulate(sure, 5, seed=1)
    gap = sure.gap()
    assert list(drawn.peak) == pytest.approx([gap.peak] * 5)
    assert list(drawn.end) == pytest.approx([gap.end] * 5)
    assert drawn.month_at(0.5) == month_cash_ends(gap)


def test_the_same_seed_gives_the_same_figures() -> None:
    own = scenario({"revenue": (30, 45)})
    first, again, other = (simulate(own, 500, seed) for seed in (7, 7, 8))
    assert (first.cash == again.cash).all()
    assert (first.months.tobytes(), list(first.peak)) == (again.months.tobytes(), list(again.peak))
    assert not (first.cash == other.cash).all()


def test_compute_follows_revenue_in_every_run() -> None:
    drawn = simulate(scenario(), RUNS, seed=3)
    relative = drawn.revenue / np.array(scenario().budget()["revenue"])
    expected = np.array([50, 75, 100, 125, 150]) * (0.6 + 0.4 * relative)
    assert np.allclose(drawn.compute, expected)
    stiff = simulate(scenario(compute_variable_share=0), RUNS, seed=3)
    # What follows revenue cushions: the spread of cash is smaller.
    assert drawn.cash[:, -1].std() < stiff.cash[:, -1].std()


def test_shocks_to_growth_last_and_leave_the_median_where_the_scenario_is() -> None:
    drawn = simulate(scenario(), RUNS, seed=4)
    middle = np.median(drawn.revenue, axis=0)
    assert list(middle) == pytest.approx(list(scenario().budget()["revenue"]), rel=0.02)
    shocks = np.diff(np.log(drawn.revenue), axis=1)
    assert np.corrcoef(shocks[:, 0], shocks[:, 1])[0, 1] == pytest.approx(0.5, abs=0.04)
    assert np.corrcoef(shocks[:, 0], shocks[:, 3])[0, 1] == pytest.approx(0.125, abs=0.04)
    assert list(shocks.std(axis=0)) == pytest.approx([0.2] * 4, rel=0.05)


def test_funding_comes_more_often_when_growth_is_good() -> None:
    drawn = simulate(scenario(), RUNS, seed=5)
    margin = 0.7 * drawn.revenue - drawn.compute
    came = drawn.cash[:, 1] - drawn.cash[:, 0] - margin[:, 1] > 50
    assert came.mean() == pytest.approx(0.3, abs=0.02)
    growth = drawn.revenue[:, 1] / drawn.revenue[:, 0]
    assert np.median(growth[came]) > 1.1 * np.median(growth[~came])
    apart = simulate(scenario(funding_growth_correlation=0), RUNS, seed=5)
    assert apart.revenue[:, 1] == pytest.approx(drawn.revenue[:, 1])


@pytest.fixture(scope="module")
def drawn() -> Simulation:
    return simulate(scenario(), RUNS, seed=6)


def test_a_fan_has_every_quantile_in_every_year(drawn: Simulation) -> None:
    fan = drawn.fan([0.25, 0.5])
    assert list(fan.columns) == ["year", "quantile", "cash"]
    assert list(zip(fan.year, fan["quantile"], strict=True)) == [
        (year, at) for year in YEARS for at in (0.25, 0.5)
    ]


def test_the_lines_of_a_fan_never_cross(drawn: Simulation) -> None:
    wide = drawn.fan().pivot(index="year", columns="quantile", values="cash")
    assert (wide.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)


def test_the_share_that_runs_out_in_a_year_counts_each_run_in_its_first_such_year(
    drawn: Simulation,
) -> None:
    ends = drawn.ends()
    first = np.where((drawn.cash < 0).any(axis=1), (drawn.cash < 0).argmax(axis=1), -1)
    assert list(ends.year) == list(YEARS)
    assert list(ends.share) == pytest.approx([(first == place).mean() for place in range(5)])


def test_the_share_that_has_run_out_so_far_ends_with_all_that_ever_do(drawn: Simulation) -> None:
    so_far = drawn.ends().so_far
    assert so_far.iloc[-1] == pytest.approx((drawn.cash.min(axis=1) < 0).mean())


def test_the_middle_peak_is_the_median_of_the_runs(drawn: Simulation) -> None:
    assert list(drawn.peaks([0.5])) == [np.median(drawn.peak)]


def test_no_run_ends_with_a_gap_above_its_peak(drawn: Simulation) -> None:
    assert (drawn.peak >= drawn.end).all()


def test_runs_that_never_run_out_have_no_month() -> None:
    assert simulate(scenario(opening_cash=1e6), 100, seed=1).month_at(0.5) is None


def test_none_of_the_runs_that_never_run_out_counts_as_out() -> None:
    assert simulate(scenario(opening_cash=1e6), 100, seed=1).ends().so_far.iloc[-1] == 0


@pytest.mark.parametrize(
    ("share", "month"),
    [(0.25, "2026-06"), (0.3, "2027-06"), (0.5, "2027-06"), (0.75, "2028-07"), (1.0, None)],
)
def test_a_share_of_runs_is_out_of_cash_in_the_month_of_the_last_of_them(
    share: float, month: str | None
) -> None:
    # Four runs: out of cash after 17, 30 and 5 whole months, and never.
    none = np.zeros((4, 3))
    ended = np.array([17.0, 30.0, 5.0, np.nan])
    drawn = Simulation(np.array([2026, 2027, 2028]), *[none] * 3, *[none[:, 0]] * 2, ended)
    assert drawn.month_at(share) == (pd.Period(month, "M") if month else None)


def test_a_simulation_needs_a_run() -> None:
    with pytest.raises(ValueError, match="runs must be at least 1, not 0"):
        simulate(scenario(), 0, seed=1)


def test_a_linear_outcome_has_the_published_indices() -> None:
    # Methods cases P16: 3 X1 + 2 X2 + X3: 9, 4 and 1 of 14.
    table = sobol(
        lambda x: 3 * x["a"] + 2 * x["b"] + x["c"], {"c": (0, 1), "b": (0, 1), "a": (0, 1)}
    )
    assert list(table.parameter) == ["a", "b", "c"]
    for column in ("first_order", "total"):
        assert list(table[column]) == pytest.approx([9 / 14, 4 / 14, 1 / 14], abs=0.005)


def test_the_function_of_ishigami_has_the_published_indices() -> None:
    # Methods cases P16: a = 7, b = 0.1.
    def ishigami(x: Any) -> Any:
        return np.sin(x["1"]) + 7 * np.sin(x["2"]) ** 2 + 0.1 * x["3"] ** 4 * np.sin(x["1"])

    table = sobol(ishigami, dict.fromkeys("123", (-np.pi, np.pi)), 2**14).set_index("parameter")
    assert list(table.first_order[list("123")]) == pytest.approx([0.3139, 0.4424, 0], abs=0.005)
    assert list(table.total[list("123")]) == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.005)


@pytest.mark.parametrize(("follows", "share"), [(0.0, 4 / 5), (0.4, 1 / 2)])
def test_indices_of_a_scenario_count_compute_as_following_revenue(
    follows: float, share: float
) -> None:
    # By hand: two years with 50 of compute and no other costs; only revenue (30 to 50 in each) and
    # opening cash (40 to 60) are in doubt, equally. Cash at the end is opening cash + 2 × revenue
    # - 2 × 50 × (1 - s + s × revenue / 40): one of revenue moves it by 2 - 2.5 s. That is 2 where
    # compute is fixed, or 4 of 5 parts of the variance, and 1 where s is 0.4, or 1 of 2.
    fixed: dict[str, Any] = {
        "revenue_growth": 0.0,
        "margin_before_compute": 1.0,
        "compute_spend": 50.0,
        "compute_spend_total": 100.0,
        "conditional_funding": 0.0,
    }
    own = scenario(due={2026: 0.0, 2027: 0.0}, compute_variable_share=follows, **fixed)
    ranges = {"revenue": (30.0, 50.0), "opening_cash": (40.0, 60.0)}
    table = sobol(own.lowest_cash, ranges, 2**10).set_index("parameter")
    assert table.total["revenue"] == pytest.approx(share, abs=0.01)
    assert table.total["opening_cash"] == pytest.approx(1 - share, abs=0.01)


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
