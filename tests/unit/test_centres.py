"""Which centres of growth a book allows, and the growth that no draw may exceed."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tightrope import centres, scenarios
from tightrope.dealbook import Dealbook
from tightrope.measures.growth import Centre, around_average
from tightrope.measures.laws import Law
from tightrope.scenario_parameters import BASE


def without(book: Dealbook, *ids: str) -> Dealbook:
    """The book without some outside checks."""
    checks = book.outside_checks
    return replace(book, outside_checks=checks[~checks.check_id.isin(ids)])


def keys(book: Dealbook, scenario_id: str = BASE) -> list[str]:
    own = scenarios.scenario(book, scenario_id)
    return [one.key for one in centres.of(book, own, scenario_id)]


def test_the_base_has_three_centres_its_own_first(book: Dealbook) -> None:
    assert keys(book) == [centres.OWN, centres.ANALYSTS, centres.BASE_RATES]


def test_a_book_without_the_rows_goes_without_their_centres(book: Dealbook, tiny: Dealbook) -> None:
    assert keys(tiny) == [centres.OWN]
    assert math.isinf(centres.fastest(tiny))
    assert centres.rows_of_fastest(tiny) == ()
    assert math.isnan(centres.in_dollars_of_the_rates(tiny, 1.0))
    for one in ("base-rates-5y-25bn-median", "us-prices-since-2015", "sales-growth-memory"):
        assert keys(without(book, one)) == [centres.OWN, centres.ANALYSTS]


def test_base_rates_are_of_firms_as_large_as_the_scenario(book: Dealbook) -> None:
    # By hand: 36 / 1.413 = 25.5, just above the 25 of the largest class; 35 / 1.413 = 24.8 is not.
    assert centres.in_dollars_of_the_rates(book, 36.0) == pytest.approx(25.478, abs=0.001)
    own = scenarios.scenario(book)
    small = replace(own, values=dict(own.values) | {"revenue": 35.0})
    found = [one.key for one in centres.of(book, small, BASE)]
    assert found == [centres.OWN, centres.ANALYSTS]


def test_base_rates_have_the_median_and_the_spread_of_their_rows(book: Dealbook) -> None:
    own = scenarios.scenario(book)
    rates = centres.of(book, own, BASE)[-1]
    # By hand: 1.02 × 1.0316 = 1.0522. The relative deviation 0.086 / 1.02 = 0.0843 has a logarithm
    # with a deviation of 0.0839, for e^(s²) (e^(s²) − 1) = 0.0843²; the mean of five years that are
    # correlated by 0.3 has a variance of (5 + 2 × (1.2 + 0.27 + 0.054 + 0.0081)) / 25 = 0.3226.
    assert rates.centre.growth.is_certain
    assert rates.centre.growth.mode == pytest.approx(0.0522, abs=1e-4)
    assert rates.centre.spread.mode == pytest.approx(0.0839 / math.sqrt(0.3226), abs=2e-4)
    assert rates.centre.memory == Law.certain(0.3)
    assert "outside_checks/base-rates-5y-25bn-median" in rates.rows
    # Our own spread of a year is nearly the published one.
    assert rates.centre.spread.mode == pytest.approx(own.values["growth_volatility"], abs=0.01)


def test_three_years_imply_nearly_the_spread_that_five_do(book: Dealbook) -> None:
    checks = book.outside_checks.set_index("check_id").value
    spreads = [
        around_average(
            checks[median] / 100,
            checks[deviation] / 100,
            years,
            checks["sales-growth-memory"] / 100,
        ).spread.mode
        for years, median, deviation in (
            (3, "sales-growth-3-years-median", "sales-growth-3-years-deviation"),
            (5, "base-rates-5y-25bn-median", "base-rates-5y-25bn-sd"),
        )
    ]
    assert spreads[0] == pytest.approx(spreads[1], abs=0.006)


def test_analysts_stand_between_the_least_and_the_most_of_all_scenarios(book: Dealbook) -> None:
    own = scenarios.scenario(book)
    named = centres.of(book, own, BASE)[1]
    assert named.centre.growth == Law(0.566, 0.826, 1.132)
    assert replace(named.centre, growth=Centre.of(own).growth) == Centre.of(own)


def test_the_ceiling_is_the_fastest_growth_unless_the_centre_itself_is_faster(
    book: Dealbook,
) -> None:
    own = Centre.of(scenarios.scenario(book))
    assert centres.ceiling(book, own) == centres.fastest(book) == pytest.approx(1.14)
    fast = replace(own, growth=Law.certain(3.0))
    assert math.isinf(centres.ceiling(book, fast))
