"""The gap of the model: one function for every scenario, and the quantities are those of the base."""

from __future__ import annotations

import csv

import pytest

from tightrope import obligations, paths, quantities, scenarios
from tightrope.dealbook import Dealbook
from tightrope.measures import simulation
from tightrope.quantities import model
from tightrope.scenario_parameters import BASE, YEARS


def assumed() -> dict[str, float]:
    """The base's values as they stand in the file."""
    with (paths.DATA / "scenarios.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["parameter"]: float(row["value"])
            for row in csv.DictReader(lines)
            if row["scenario_id"] == BASE
        }


def gap_by_hand(book: Dealbook, conditional: float) -> float:
    """The gap of the base, a year at a time: cash in, cash out, and what lacks in the worst year."""
    given = assumed()
    dated, undated = obligations.by_year(obligations.supply(book), YEARS)
    count = len(YEARS)
    rise = (given["compute_spend_total"] - count * given["compute_spend"]) / (
        count * (count - 1) / 2
    )
    growth, revenue, cash = given["revenue_growth"], given["revenue"], given["opening_cash"]
    worst = 0.0
    for place, year in enumerate(YEARS):
        if place > 0:
            revenue *= 1 + growth * given["growth_endurance"] ** (place - 1)
        term_left = min(1.0, max(0.0, given["undated_term"] - place))
        due = dated[year] + undated * term_left / given["undated_term"]
        compute = max(given["compute_spend"] + rise * place, due)
        new = given["committed_funding"] if place == 0 else conditional if place == 1 else 0.0
        cash += revenue * given["margin_before_compute"] - compute + new
        worst = max(worst, given["minimum_liquidity"] - cash)
    return worst


def test_the_gap_is_what_a_year_by_year_reckoning_of_the_base_lacks(book: Dealbook) -> None:
    given = assumed()
    talks = given["conditional_funding"] * given["conditional_funding_realised"]
    by_hand = gap_by_hand(book, talks)
    assert quantities.of(book)["gap"].stated == pytest.approx(by_hand)


def test_without_the_round_in_talks_only_that_money_is_left_out(book: Dealbook) -> None:
    by_hand = gap_by_hand(book, conditional=0.0)
    assert quantities.of(book)["gap_without_talks"].stated == pytest.approx(by_hand)


@pytest.mark.parametrize(("name", "with_talks"), [("gap", True), ("gap_without_talks", False)])
def test_the_gap_of_the_base_scenario_is_the_quantity(
    book: Dealbook, name: str, with_talks: bool
) -> None:
    own = scenarios.scenario(book)
    rows = scenarios.rows(scenarios.assumptions(book, BASE), obligations.supply(book))
    assert model.gap_in(own, rows, with_talks=with_talks) == quantities.of(book)[name].value


def test_every_scenario_has_the_gap_of_its_own_assumptions(book: Dealbook) -> None:
    for one in scenarios.ids(book):
        own = scenarios.scenario(book, one)
        drawn = simulation.simulate(own, runs=20, seed=1)
        found = model.gap_in(own, ["parties/openai"], drawn)
        assert found.stated == own.gap().peak
        assert (found.low, found.high) == tuple(drawn.peaks((0.05, 0.95)))


def test_a_day_before_the_assumptions_were_known_has_no_gap_yet(book: Dealbook) -> None:
    assert quantities.of(book.as_of("2026-06-30"))["gap"].written == "a sum not yet public"
