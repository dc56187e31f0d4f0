"""The gap of the model: one function for every scenario, and the quantities are those of the base."""

from __future__ import annotations

import csv

import pytest

from tightrope import centres, paths, quantities, readings, scenarios
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


def earned(given: dict[str, float]) -> list[float]:
    """Revenue less all costs but compute, a year at a time."""
    revenue, found = given["revenue"], []
    for place in range(len(YEARS)):
        if place > 0:
            growth = given["revenue_growth"] * given["growth_endurance"] ** (place - 1)
            revenue *= 1 + growth
        found.append(revenue * given["margin_before_compute"])
    return found


def gap_by_hand(conditional: float) -> float:
    """The gap of the base, a year at a time: cash in, cash out, and what lacks in the worst year.

    Free cash flow of the plan of February 2026 (financials.csv, openai-free-cash-flow-*-plan-2026-q1)
    carried to the -278 of July: what the first year leaves of it, with the 39 of 2030 kept. Compute
    is what is earned less that, to the 856 of the plan; contracts bind in none of these years.
    """
    given = assumed()
    before = earned(given)
    first, total = given["compute_spend"], given["compute_spend_total"]
    deeper = (-278 - (before[0] - first) - 39) / (-57 - 85 - 51)
    flows = [-57 * deeper, -85 * deeper, -51 * deeper, 39]
    spent = [one - flow for one, flow in zip(before[1:], flows, strict=True)]
    compute = [first, *(one * (total - first) / sum(spent) for one in spent)]
    cash, worst = given["opening_cash"], 0.0
    funding = [given["committed_funding"], conditional, 0.0, 0.0, 0.0]
    for year in zip(before, compute, funding, strict=True):
        cash += year[0] - year[1] + year[2]
        worst = max(worst, given["minimum_liquidity"] - cash)
    return worst


def test_the_gap_is_what_a_year_by_year_reckoning_of_the_base_lacks(book: Dealbook) -> None:
    given = assumed()
    talks = given["conditional_funding"] * given["conditional_funding_realised"]
    by_hand = gap_by_hand(talks)
    assert quantities.of(book)["gap"].stated == pytest.approx(by_hand)


def test_without_the_round_in_talks_only_that_money_is_left_out(book: Dealbook) -> None:
    by_hand = gap_by_hand(conditional=0.0)
    assert quantities.of(book)["gap_without_talks"].stated == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("name", "changes"), [("gap", {}), ("gap_without_talks", {"conditional_funding": 0.0})]
)
def test_the_ends_of_the_gap_are_those_of_the_readings_and_nothing_is_drawn(
    book: Dealbook, name: str, changes: dict[str, float]
) -> None:
    read, found = readings.of(book, **changes), quantities.of(book)[name]
    peaks = read.table().gap
    assert (found.low, found.stated, found.high) == (peaks.min(), peaks[0], peaks.max())


def test_the_gap_in_runs_has_the_ends_of_the_draws_and_the_middle_run(book: Dealbook) -> None:
    found = quantities.of(book)["gap_in_runs"]
    own, fastest = scenarios.scenario(book), centres.fastest(book)
    drawn = simulation.simulate(own, model.RUNS, model.SEED, fastest=fastest)
    assert (found.low, found.stated, found.high) == tuple(drawn.peaks())


def test_the_gap_rests_on_the_plans_that_say_in_which_year_compute_is_spent(book: Dealbook) -> None:
    rows = quantities.of(book)["gap"].rows
    assert set(scenarios.rows(scenarios.assumptions(book, BASE))) <= set(rows)
    assert "financials/openai-free-cash-flow-2028-plan-2026-q1" in rows
    assert "financials/openai-free-cash-flow-2026-2030-plan-2026-q3" in rows


def test_every_scenario_has_the_gap_of_its_own_assumptions(book: Dealbook) -> None:
    for one in scenarios.ids(book):
        own = scenarios.scenario(book, one)
        drawn = simulation.simulate(own, runs=20, seed=1)
        found = model.gap_in(own, ["parties/openai"], drawn)
        assert found.stated == own.gap().peak
        assert (found.low, found.high) == tuple(drawn.peaks((0.05, 0.95)))


def test_a_day_before_the_assumptions_were_known_has_no_gap_yet(book: Dealbook) -> None:
    assert quantities.of(book.as_of("2026-06-30"))["gap"].written == "a sum not yet public"
