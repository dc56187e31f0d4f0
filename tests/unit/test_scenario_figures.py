"""The figures that every page of a scenario shares."""

from __future__ import annotations

import pytest

from tightrope import scenarios
from tightrope.chapters.worlds_figures import cash_fan, path_table, what_moves_it
from tightrope.charts.figure import Figure, specification
from tightrope.dealbook import Dealbook
from tightrope.measures.simulation import simulate

ROWS = ["scenarios/as-planned.revenue"]


@pytest.fixture
def fan(tiny: Dealbook) -> Figure:
    own = scenarios.scenario(tiny)
    return cash_fan("cash", "Cash", "As planned", own, simulate(own, 200, 1), ROWS, tiny, "A note.")


def test_the_table_of_a_path_has_units_and_a_label_for_every_column(tiny: Dealbook) -> None:
    frame, labels = path_table(scenarios.scenario(tiny).gap())
    assert set(labels) == set(frame.columns)
    assert all(name == "year" or name.endswith("_usd_bn") for name in labels)


def test_the_fan_carries_the_path_and_the_runs_in_its_table(fan: Figure) -> None:
    assert {"cash_usd_bn", "p05_usd_bn", "p95_usd_bn"} <= set(fan.labels) <= set(fan.frame.columns)
    assert (fan.frame.p05_usd_bn <= fan.frame.p95_usd_bn).all()


def test_the_fan_says_cash_of_every_year_to_those_who_cannot_see_it(fan: Figure) -> None:
    assert [str(year) in fan.description for year in fan.frame.year] == [True] * len(fan.frame)


def test_both_figures_can_be_drawn_wide_and_for_a_phone(fan: Figure, tiny: Dealbook) -> None:
    moves = scenarios.swings(scenarios.scenario(tiny))
    for figure in (fan, what_moves_it("moves", "As planned", moves, ROWS, tiny)):
        for width in (720, 300):
            assert specification(figure.draw, width)["width"] == width


def test_the_title_of_what_moves_it_names_the_widest_swing(tiny: Dealbook) -> None:
    moves = scenarios.swings(scenarios.scenario(tiny))
    title = what_moves_it("moves", "As planned", moves, ROWS, tiny).title
    assert title.startswith(f"{moves.words.iloc[0]} moves the gap most")
