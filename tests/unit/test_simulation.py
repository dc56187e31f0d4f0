"""How sure a plan is: against published values, by hand, and as properties of the runs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tests.unit.plans import CASE, YEARS, scenario
from tightrope.measures import laws
from tightrope.measures.laws import Law
from tightrope.measures.runway import month_cash_ends
from tightrope.measures.simulation import Simulation, scaled, simulate, sobol, tornado
from tightrope.measures.uncertainty import triangular

RUNS = 10_000


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


def test_what_grows_faster_than_any_firm_is_drawn_again() -> None:
    free, capped, again = (
        simulate(scenario(), RUNS, 6, fastest=top) for top in (math.inf, 0.6, 0.6)
    )
    assert (capped.cash == again.cash).all()
    free_top, top = (
        (one.revenue[:, 1:] / one.revenue[:, :-1]).max(axis=1) - 1 for one in (free, capped)
    )
    assert top.max() <= 0.6
    # What was slow enough at first is the same run still.
    kept = free_top <= 0.6
    assert (capped.revenue[kept] == free.revenue[kept]).all()
    assert (capped.revenue[~kept] != free.revenue[~kept]).any(axis=1).all()
    # Each draw is thrown away with the same chance: so many draws for so many runs.
    assert capped.redrawn_share == pytest.approx((~kept).mean(), abs=0.01)
    assert free.redrawn == 0


def test_runs_below_a_ceiling_are_those_of_many_that_stay_below_it() -> None:
    capped = simulate(scenario(), RUNS, seed=6, fastest=0.6)
    many = simulate(scenario(), 3 * RUNS, seed=60)
    slow = (many.revenue[:, 1:] / many.revenue[:, :-1]).max(axis=1) <= 1.6
    assert stats.ks_2samp(capped.revenue[:, -1], many.revenue[slow, -1]).pvalue > 0.01


def test_money_comes_as_often_as_is_asked_though_the_luckiest_are_drawn_again() -> None:
    drawn = simulate(scenario(funding_growth_correlation=0.9), RUNS, seed=5, fastest=0.5)
    came = drawn.cash[:, 1] - drawn.cash[:, 0] - 0.7 * drawn.revenue[:, 1] + drawn.compute[:, 1]
    assert (came > 50).mean() == pytest.approx(0.3, abs=1 / RUNS)
    growth = drawn.revenue[:, 1] / drawn.revenue[:, 0]
    assert np.median(growth[came > 50]) > np.median(growth[came < 50])


def test_a_ceiling_that_no_draw_stays_below_is_refused() -> None:
    with pytest.raises(ValueError, match=r"draw grows by less than -0\.9 in every year"):
        simulate(scenario(), 10, seed=1, fastest=-0.9)


def test_other_laws_change_no_draw_of_another_parameter() -> None:
    own = scenario({"opening_cash": (20.0, 90.0)})
    sure, none = (
        simulate(own, 500, 9, {"conditional_funding_realised": Law.certain(chance)})
        for chance in (1.0, 0.0)
    )
    assert (sure.revenue == none.revenue).all()
    assert list((sure.cash - none.cash)[:, 1]) == pytest.approx([100.0] * 500)


def test_a_law_of_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match='"revenu" is no parameter; use one of: opening_cash'):
        simulate(scenario(), 10, 1, {"revenu": Law.certain(1)})


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
    drawn = Simulation(
        np.array([2026, 2027, 2028]), none, none, none, none[:, 0], none[:, 0], ended
    )
    assert drawn.month_at(share) == (pd.Period(month, "M") if month else None)


def test_a_simulation_needs_a_run() -> None:
    with pytest.raises(ValueError, match="runs must be at least 1, not 0"):
        simulate(scenario(), 0, seed=1)


def test_a_linear_outcome_has_the_published_indices() -> None:
    # Methods cases P16: 3 X1 + 2 X2 + X3: 9, 4 and 1 of 14.
    table = sobol(
        lambda x: 3 * x["a"] + 2 * x["b"] + x["c"], dict.fromkeys("cba", stats.uniform(0, 1))
    )
    assert list(table.parameter) == ["a", "b", "c"]
    for column in ("first_order", "total"):
        assert list(table[column]) == pytest.approx([9 / 14, 4 / 14, 1 / 14], abs=0.005)


def test_the_function_of_ishigami_has_the_published_indices() -> None:
    # Methods cases P16: a = 7, b = 0.1.
    def ishigami(x: Any) -> Any:
        return np.sin(x["1"]) + 7 * np.sin(x["2"]) ** 2 + 0.1 * x["3"] ** 4 * np.sin(x["1"])

    even = dict.fromkeys("123", stats.uniform(-np.pi, 2 * np.pi))
    table = sobol(ishigami, even, 2**14).set_index("parameter")
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
    even = {"revenue": stats.uniform(30.0, 20.0), "opening_cash": stats.uniform(40.0, 20.0)}
    table = sobol(own.lowest_cash, even, 2**10).set_index("parameter")
    assert table.total["revenue"] == pytest.approx(share, abs=0.01)
    assert table.total["opening_cash"] == pytest.approx(1 - share, abs=0.01)


def test_a_narrower_law_explains_less_of_the_variance() -> None:
    # By hand: even from 0 to 1 the variance is 1/12, from a triangle over 0.5 it is 1/24: 2 to 1.
    given = {"even": stats.uniform(0, 1), "triangle": Law(0, 0.5, 1)}
    table = sobol(lambda x: x["even"] + x["triangle"], given, 2**13).set_index("parameter")
    assert table.total["even"] == pytest.approx(2 / 3, abs=0.005)
    assert table.total["triangle"] == pytest.approx(1 / 3, abs=0.005)


def test_indices_of_less_than_two_inputs_in_doubt_are_refused() -> None:
    given = {"a": Law(0, 0.5, 1), "b": Law.certain(7)}
    with pytest.raises(ValueError, match="needs at least two inputs in doubt, not 1"):
        sobol(lambda x: x["a"], given)


def test_indices_leave_out_what_is_certain_and_hand_it_over() -> None:
    given = {"a": Law(0, 0.5, 1), "b": Law.certain(7), "c": Law(0, 0.5, 0.6)}
    seen: list[Any] = []

    def outcome(x: Any) -> Any:
        seen.append(x["b"])
        return x["a"] + x["b"] + x["c"]

    table = sobol(outcome, given, 2**5)
    assert list(table.parameter) == ["a", "c"]
    assert set(seen) == {7}


def test_indices_and_simulation_draw_a_scenario_from_the_same_laws() -> None:
    ranges = {"opening_cash": (20.0, 90.0), "growth_endurance": (0.5, 0.9)}
    own = scenario(ranges, growth_volatility=0, conditional_funding=0.0)
    # In the first year all that is in doubt is opening cash, and cash at its end moves with it.
    first = simulate(own, RUNS, seed=2).cash[:, 0] - (30 + 0.7 * 40 - 50)
    seen: list[Any] = []

    def outcome(x: Any) -> Any:
        seen.append(x["opening_cash"].flatten())
        return 2 * x["opening_cash"]

    sobol(outcome, laws.of(own), 2**12)
    assert stats.ks_2samp(first, np.concatenate(seen)).statistic < 0.02
    assert stats.kstest(first, stats.triang(3 / 7, 20, 70).cdf).pvalue > 0.01
