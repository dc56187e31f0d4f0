"""The referee's draws of the frozen base: rebuilt here in a few lines, and as the package draws.

Two rules for contracts are compared. The referee's figures come from the older one, by which what
falls due early is paid on top of the plan; the package spends so much less later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from tests.referee import FROZEN
from tightrope import dealbook, scenarios
from tightrope.measures import plan, shapes
from tightrope.measures.laws import Law
from tightrope.measures.plan import Scenario
from tightrope.measures.simulation import simulate

RUNS = 40_000
NOISE = 3.0
"""USD billion: three standard errors of the ends of the referee's 20,000 runs, and of ours."""

# Gap at its peak that 5, 50 and 95 of 100 runs stay below, USD billion, and of 100 runs those in
# which cash ends: the report on E9, E12 and W3. The referee drew opening cash evenly from 40 to 62;
# a triangle over the middle has the same mean, and moves no end by more than the noise.
CASES: dict[str, tuple[dict[str, Law], tuple[int, int, int], int | None]] = {
    "certain": ({}, (0, 124, 278), 83),
    "an even chance": ({"conditional_funding_realised": Law.certain(0.5)}, (0, 139, 297), 85),
    "no chance": ({"conditional_funding_realised": Law.certain(0)}, (0, 155, 309), 90),
    "more opening cash": ({"opening_cash": Law(40, 51, 62)}, (0, 113, 266), None),
    "analysts' growth": ({"revenue_growth": Law(0.566, 0.826, 1.132)}, (30, 207, 323), 97),
}

Runs = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def frozen() -> Scenario:
    # Contracts without dates fall due evenly: the convention of the referee.
    own = scenarios.scenario(dealbook.load(FROZEN), shape=shapes.LINEAR)
    return replace(own, profile=None)


def by_hand(own: Scenario, others: Mapping[str, Law], late: bool) -> tuple[Runs, Runs]:
    """Gap at its peak and lowest cash of each run, with random numbers of its own.

    `late`: what contracts take early is spent less later; else it comes on top.
    """
    random = np.random.Generator(np.random.MT19937(11))
    x: dict[str, Any] = {}
    for name, value in own.values.items():
        law = others.get(name) or Law(*sorted((*own.ranges.get(name, (value, value)), value)))
        x[name] = law.mode
        if not law.is_certain:
            width = law.high - law.low
            x[name] = stats.triang((law.mode - law.low) / width, law.low, width).rvs(
                RUNS, random_state=random
            )
    growth, revenue = np.asarray(x["revenue_growth"]), [np.broadcast_to(x["revenue"], RUNS)]
    planned = [own.values["revenue"]]
    shock, first = np.zeros(RUNS), np.zeros(RUNS)
    for year in range(1, 5):
        memory = x["growth_persistence"] if year > 1 else 0.0
        shock = memory * shock + np.sqrt(1 - memory**2) * random.standard_normal(RUNS)
        first = shock if year == 1 else first
        step = 1 + growth * x["growth_endurance"] ** (year - 1)
        revenue.append(revenue[-1] * step * np.exp(x["growth_volatility"] * shock))
        own_growth = own.values["revenue_growth"] * own.values["growth_endurance"] ** (year - 1)
        planned.append(planned[-1] * (1 + own_growth))
    mixed = x["funding_growth_correlation"] * first + np.sqrt(
        1 - x["funding_growth_correlation"] ** 2
    ) * random.standard_normal(RUNS)
    comes = stats.norm.cdf(mixed) > 1 - x["conditional_funding_realised"]
    cash, ahead, step = np.broadcast_to(x["opening_cash"], RUNS), np.zeros(RUNS), 0.0
    step = (x["compute_spend_total"] - 5 * x["compute_spend"]) / 10
    least = np.broadcast_to(x["opening_cash"], RUNS)
    gap = np.zeros(RUNS)
    for year in range(5):
        share = x["compute_variable_share"]
        follows = 1 - share + share * revenue[year] / planned[year]
        wanted = (x["compute_spend"] + step * year) * follows
        left = np.clip(x["undated_term"] - year, 0, 1) / x["undated_term"]
        due = own.dated.iloc[year] + own.undated * left
        spent = np.maximum(wanted - ahead, due)
        ahead = spent - wanted + ahead if late else np.zeros(RUNS)
        funding = x["committed_funding"] * (year == 0) + 30.0 * comes * (year == 1)
        cash = cash + x["margin_before_compute"] * revenue[year] - spent + funding
        least = np.minimum(least, cash)
        gap = np.maximum(gap, x["minimum_liquidity"] - cash)
    return gap, least


@pytest.mark.parametrize("case", CASES)
def test_the_draws_of_the_referee_come_out_again(case: str, frozen: Scenario) -> None:
    others, ends, share = CASES[case]
    gap, least = by_hand(frozen, others, late=False)
    assert list(np.quantile(gap, (0.05, 0.5, 0.95))) == pytest.approx(ends, abs=NOISE)
    if share is not None:
        assert 100 * (least < 0).mean() == pytest.approx(share, abs=1)


@pytest.mark.parametrize("case", CASES)
def test_the_package_draws_them_too_by_the_older_rule(
    case: str, frozen: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_top(planned: Runs, due: Runs) -> Runs:
        return np.maximum(*np.broadcast_arrays(planned, due))

    monkeypatch.setattr(plan, "not_below", on_top)
    others, ends, share = CASES[case]
    drawn = simulate(frozen, RUNS, 1, others)
    assert list(drawn.peaks()) == pytest.approx(ends, abs=NOISE)
    if share is not None:
        assert 100 * drawn.ends().so_far.iloc[-1] == pytest.approx(share, abs=1)


@pytest.mark.parametrize("case", CASES)
def test_the_package_draws_as_the_same_few_lines_do(case: str, frozen: Scenario) -> None:
    others = CASES[case][0]
    drawn, (gap, least) = simulate(frozen, RUNS, 1, others), by_hand(frozen, others, late=True)
    # What contracts take early comes off the next years here, and off the years before only there.
    assert stats.ks_2samp(drawn.peak, gap).statistic < 0.015
    assert drawn.ends().so_far.iloc[-1] == pytest.approx((least < 0).mean(), abs=0.01)
