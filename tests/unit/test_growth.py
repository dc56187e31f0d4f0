"""Centres of growth: the spread of a year against drawn averages, and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.unit.plans import scenario
from tightrope.measures.growth import Centre, around_average, yearly_spread
from tightrope.measures.laws import Law
from tightrope.measures.simulation import simulate


def test_years_apart_from_each_other_average_their_spread_away() -> None:
    # Without a memory the mean of four has half the spread; with a full one it has all of it.
    assert yearly_spread(0.1, 4, 0) == pytest.approx(0.2)
    assert yearly_spread(0.1, 4, 1) == pytest.approx(0.1)
    # By hand, two years and 0.5: the variance of the mean is (1 + 0.5) / 2.
    assert yearly_spread(0.3, 2, 0.5) == pytest.approx(0.3 / math.sqrt(0.75))


def test_an_average_has_the_published_median_and_deviation() -> None:
    # Made up: over three years 10 % in the middle, 20 points of deviation, memory 0.4, no prices.
    centre = around_average(0.10, 0.20, 3, 0.4)
    random = np.random.default_rng(1)
    normal = random.standard_normal((3, 400_000))
    shocks = [normal[0]]
    for year in (1, 2):
        shocks.append(0.4 * shocks[-1] + math.sqrt(1 - 0.4**2) * normal[year])
    years = [(1 + centre.growth.mode) * np.exp(centre.spread.mode * one) for one in shocks]
    average = np.prod(years, axis=0) ** (1 / 3) - 1
    assert np.median(average) == pytest.approx(0.10, abs=0.002)
    assert average.std() == pytest.approx(0.20, abs=0.002)


def test_prices_are_put_on_top_of_growth_after_inflation() -> None:
    plain, priced = around_average(0.10, 0.2, 5, 0.3), around_average(0.10, 0.2, 5, 0.3, 0.05)
    assert priced.growth.mode == pytest.approx(1.10 * 1.05 - 1)
    assert priced.spread == plain.spread


def test_the_centre_of_a_scenario_is_its_own_law() -> None:
    own = scenario({"revenue_growth": (0.4, 0.9)})
    centre = Centre.of(own)
    assert centre.growth == Law(0.4, 0.5, 0.9)
    assert (simulate(own, 200, 1, centre.laws).cash == simulate(own, 200, 1).cash).all()


def test_revenue_is_drawn_around_the_median_of_its_centre() -> None:
    centre = around_average(0.02, 0.09, 5, 0.3, 0.03)
    drawn = simulate(scenario(), 20_000, 1, centre.laws)
    assert np.median(drawn.revenue[:, -1]) == pytest.approx(40 * (1.02 * 1.03) ** 4, rel=0.01)
    # Compute follows revenue from where the scenario itself has it.
    relative = drawn.revenue / np.array(scenario().budget()["revenue"])
    assert np.allclose(drawn.compute, np.array([50, 75, 100, 125, 150]) * (0.6 + 0.4 * relative))
