"""A scenario carried out: its gap, its runs, and what it rests on."""

from __future__ import annotations

import pytest

from tightrope import scenarios
from tightrope.chapters import worlds
from tightrope.chapters.worlds import World
from tightrope.dealbook import Dealbook
from tightrope.scenario_parameters import PARAMETERS


@pytest.fixture
def world(tiny: Dealbook) -> World:
    return World.of(tiny, "as-planned", "openai", runs=50, seed=1)


def test_the_gap_is_what_cash_lacks_to_the_minimum_in_the_worst_year(world: World) -> None:
    # By hand: revenue 40, 60, 84, 110.88, 139.26528, of which 0.7 is left; compute 50 to 150 in
    # steps of 25; 30 of new money in each of the first two years; 50 at the start, 10 must stay.
    cash = 50 + 30 + 30 + 0.7 * (40 + 60 + 84 + 110.88 + 139.26528) - (50 + 75 + 100 + 125 + 150)
    assert world.path.cash[2030] == pytest.approx(cash)
    assert world.lacks.stated == pytest.approx(10 - cash)
    assert world.kept == 10
    assert str(world.month) == "2029-04"  # 13.8 at the start of a year that burns 47.384


def test_the_ends_of_the_gap_are_those_of_its_own_runs(world: World) -> None:
    assert (world.lacks.low, world.lacks.high) == tuple(world.drawn.peaks((0.05, 0.95)))
    assert world.ends_share == pytest.approx((world.drawn.cash.min(axis=1) < 0).mean())
    assert world.often == "50 draws of our own triangles, seed 1"


def test_it_rests_on_all_that_it_assumes_and_on_the_contracts(world: World) -> None:
    assert world.behind == tuple(f"scenarios/as-planned.{name}" for name in PARAMETERS)
    assert world.rows == (*world.behind, "legs/cloud-use")


def test_another_party_in_the_middle_owes_its_own_contracts(tiny: Dealbook) -> None:
    assert "legs/cloud-use" not in World.of(tiny, "as-planned", "nvidia", runs=2, seed=1).rows


def test_every_scenario_is_carried_out_in_the_order_of_the_data(tiny: Dealbook) -> None:
    found = worlds.every(tiny, "openai", runs=2, seed=1)
    assert list(found) == scenarios.ids(tiny) == ["as-planned", "growth-halves"]
    assert found["growth-halves"].name == "Growth halves"
    # By hand: 40 grows by a quarter.
    assert found["growth-halves"].path.revenue[2027] == 50


def test_assumptions_are_later_than_a_day_before_their_newest_document(tiny: Dealbook) -> None:
    assert not worlds.is_later(tiny)
    assert worlds.is_later(tiny.as_of("2020-06-30"))
