"""The pages of methods: cases are what was published, and what the measures left out would give."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from tightrope import obligations, scenarios
from tightrope.chapters import (
    methods,
    methods_cases,
    methods_indices,
    methods_loss_cases,
    methods_runway_cases,
)
from tightrope.chapters import methods_left_out as left_out
from tightrope.chapters.methods import HAND, Case, Example, checked, web
from tightrope.dealbook import Dealbook
from tightrope.measures import clearing, runway, stakes
from tightrope.measures.plan import Scenario
from tightrope.quantities import model

from .webs import P19, SUBDIVIDED, TRIANGLE, payments

PAIR = web(("lab", "cloud", 10), ("cloud", "lab", 4), ("fund", "lab", 6))
LEAKY = web(("lab", "cloud", 10), ("cloud", "lab", 4), ("cloud", "maker", 6), ("fund", "lab", 6))


class TestACase:
    def test_may_differ_by_half_of_the_last_digit_given(self) -> None:
        assert Case("A web", "share", 0.6666, "0.667").digits == 3

    @pytest.mark.parametrize("computed", [0.664, 0.668, -0.667, math.nan])
    def test_with_another_value_than_the_published_one_cannot_be_made(
        self, computed: float
    ) -> None:
        with pytest.raises(AssertionError, match=r"A web, share: .* is not 0\.667"):
            Case("A web", "share", computed, "0.667")

    def test_is_written_with_the_digits_that_were_published(self) -> None:
        table = checked(
            "Cases", [Case("A web", "sum", 2600.2, "2600")], [Case("B", "share", 1, "1.0")]
        )
        assert ">A web: sum</th><td>2,600</td>" in table.html
        assert f">B: share</th><td>1.0</td><td>{HAND}</td>" in table.html


class TestAnExample:
    def test_receives_and_pays_as_its_party_does(self) -> None:
        example = Example("A pair", PAIR, "lab")
        assert (example.paid_in, example.paid_out) == (10, 10)
        assert (Example("", PAIR, "cloud").paid_in, Example("", PAIR, "cloud").paid_out) == (10, 4)

    def test_is_a_case_of_what_was_worked_by_hand_alone(self) -> None:
        example = Example("A pair", PAIR, "lab", {"returned, USD billion": "4"})
        assert example.cases("reciprocity", "returned, USD billion") == [
            Case("A pair", "returned, USD billion", 4, "4")
        ]

    def test_without_a_web_is_no_case(self) -> None:
        assert Example().cases(*methods.MEASURES) == []

    def test_with_more_payments_is_another_web(self) -> None:
        example = Example("A pair", PAIR, "lab", {"external, strict": "0.6"})
        assert example.measured("external, strict") == 0.6  # the fund gets nothing back
        more = example.and_also(web(("lab", "fund", 1)))
        assert more.measured("external, strict") == 0
        assert more.cases("external, strict") == []

    def test_has_no_measure_while_an_amount_is_unknown(self) -> None:
        unknown = Example("A pair", PAIR, "lab").and_also(web(("lab", "fund", math.nan)))
        assert math.isnan(unknown.measured("external, strict"))

    # 13 and 0.35 return; of 488.75 paid 26.7 go round, and 153.35 come in, 140 of them from outside.
    @pytest.mark.parametrize(
        ("measure", "value"),
        [
            ("reciprocity", 26.7 / 488.75),
            ("returned, USD billion", 13.35),
            ("circulation", 26.7 / 488.75),
            ("excess share", 1 - 322.05 / 488.75),
            ("returnable, USD billion", 13.35),
            ("external, strict", 140 / 153.35),
            ("external, any steps", 140 / 153.35),
            ("circular energy", 0),
        ],
    )
    def test_of_the_article_measures_what_follows_by_hand(self, measure: str, value: float) -> None:
        found = Example("The article", P19, "openai").measured(measure)
        assert found == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    "cases",
    [
        methods_cases.round_trip,
        methods_cases.circular,
        methods_cases.returnable,
        methods_cases.shares,
        methods_cases.timed,
        methods_runway_cases.drawn,
        methods_indices.explained,
        methods_loss_cases.cleared_by_year,
        methods_cases.hodge,
        methods_cases.recycled,
        methods_loss_cases.distress,
        methods_cases.significant,
        methods_cases.incoherent,
        methods_cases.agony,
        methods_cases.loops,
    ],
    ids=lambda cases: cases.__name__,
)
def test_a_section_has_cases_and_each_is_what_was_published(
    cases: Callable[[], list[Case]],
) -> None:
    assert cases()


YEARS = range(2026, 2029)
BUDGET = {
    "revenue": dict(zip(YEARS, (10, 20, 40), strict=True)),
    "compute": dict(zip(YEARS, (20, 40, 50), strict=True)),
    "other_costs": dict.fromkeys(YEARS, 5),
    "funding": {2026: 10, 2027: 0, 2028: 0},
    "opening_cash": 10,
    "buffer": 5,
}
CYCLE, CASH = web(("a", "b", 10), ("b", "c", 7), ("c", "a", 12)), {"a": 12, "b": 4, "c": 3}


class TestCasesThatThePageShows:
    def test_of_a_gap_take_the_gaps_that_were_computed(self) -> None:
        gap = runway.funding_gap(**BUDGET)
        rich = runway.funding_gap(**BUDGET | {"revenue": {2026: 10, 2027: 20, 2028: 90}})
        assert len(methods_runway_cases.funding_gap(gap, rich)) == 7
        with pytest.raises(AssertionError, match="gap at its peak: 40"):
            methods_runway_cases.funding_gap(gap, gap)

    def test_of_a_budget_move_one_part_at_a_time(self) -> None:
        moved = {case.about: case.computed for case in methods_runway_cases.moved(BUDGET)}
        # A fifth of revenue is 2 + 4 + 8, a fifth of compute 4 + 8 + 10; the gap is 40.
        assert moved["Three years, revenue a fifth less"] == pytest.approx(54)
        assert moved["Three years, compute a fifth less"] == pytest.approx(18)

    def test_of_clearing_take_what_was_cleared(self) -> None:
        ring = web(("a", "b", 1), ("b", "c", 1), ("c", "a", 1))
        nothing = dict.fromkeys("abc", 0)
        all_pay = clearing.clear(ring, nothing)
        waits = clearing.clear(ring, nothing, at_most={"a": 0})
        cycle = clearing.clear(CYCLE, CASH)
        assert len(methods_loss_cases.cleared(cycle, all_pay, waits)) == 6
        with pytest.raises(AssertionError, match="paid, the greatest: 0"):
            methods_loss_cases.cleared(cycle, waits, all_pay)

    def test_of_costs_of_default_lose_more_the_less_is_kept(self) -> None:
        missing = [case.computed for case in methods_loss_cases.with_costs(CYCLE, CASH)]
        assert missing == pytest.approx([2, 4, 7])

    def test_of_break_even_take_ratio_and_index(self) -> None:
        assert len(methods_loss_cases.break_even(0.9, 2600)) == 5
        with pytest.raises(AssertionError, match="Herfindahl index"):
            methods_loss_cases.break_even(0.9, 2500)

    def test_of_stakes_take_what_outsiders_own(self) -> None:
        halves = pd.DataFrame([[0, 0.5], [0.5, 0]], ["alpha", "beta"], ["alpha", "beta"])
        own = {"alpha": 9, "beta": 3}
        worth = stakes.values(halves, own, {"beta": 6}, {"beta": 3})
        assert len(methods_loss_cases.stakes(worth, 2 / 7)) == 3
        with pytest.raises(AssertionError, match="the first, to outsiders: 7"):
            methods_loss_cases.stakes(stakes.values(halves, own), 2 / 7)


@pytest.fixture
def world_rows() -> pd.DataFrame:
    growing = {"revenue": 40, "revenue_growth": 0.5, "growth_endurance": 0.8}
    costs = {"margin_before_compute": 0.7, "compute_spend": 50, "compute_spend_total": 500}
    funding = {"committed_funding": 30, "conditional_funding": 100}
    return methods.assumptions(
        {
            **growing,
            **costs,
            **funding,
            "opening_cash": 50,
            "minimum_liquidity": 10,
            "compute_variable_share": 0.4,
            "undated_term": 2.5,
            "commitments_honoured": 1,
            "conditional_funding_realised": 0.3,
            "growth_volatility": 0,
            "growth_persistence": 0.5,
            "funding_growth_correlation": 0.5,
        }
    )


DUE = {2026: 0, 2027: 90, 2028: 60, 2029: 0, 2030: 0}


class TestCasesOfAScenario:
    def test_follow_its_rows_and_contracts(self, world_rows: pd.DataFrame) -> None:
        assert len(methods_runway_cases.scenario(world_rows, DUE)) == 10
        with pytest.raises(AssertionError, match="as contracted"):
            methods_runway_cases.scenario(world_rows, DUE | {2027: 91})

    def test_draw_its_conditional_money_whole_or_not(self, world_rows: pd.DataFrame) -> None:
        world = Scenario.of(world_rows, DUE)
        assert [case.published for case in methods_runway_cases.simulated(world)][2:] == [
            "30",
            "45.8",
        ]

    def test_have_rows_without_doubt(self, world_rows: pd.DataFrame) -> None:
        assert world_rows[["low", "high"]].isna().all(axis=None)


class TestLeftOut:
    def test_a_matrix_has_payers_as_rows_and_payees_as_columns(self) -> None:
        flow = left_out.matrix(payments(("a", "b", 3), ("a", "b", 1), ("b", "c", 2)))
        assert flow.loc["a", "b"] == 4
        assert flow.loc["b", "c"] == 2
        assert flow.to_numpy().sum() == 6

    def test_hodge_finds_a_ring_circular_and_a_pair_not(self) -> None:
        # Each of three net flows of 1 has the energy 1; nothing of them runs downhill.
        assert left_out.hodge(TRIANGLE) == pytest.approx((3, 3))
        assert left_out.circular_share(TRIANGLE) == 100
        assert left_out.circular_share(PAIR) == 0

    def test_a_dollar_comes_back_with_the_chances_along_its_way(self) -> None:
        # The lab pays the cloud alone; the cloud returns 4 of 10, or of 20.
        assert left_out.return_chance(LEAKY, "lab") == pytest.approx(40)
        assert left_out.return_chance(LEAKY, "lab", {"cloud": 10}) == pytest.approx(20)

    def test_a_dollar_cannot_come_back_to_who_is_paid_nothing(self) -> None:
        assert left_out.return_chance(LEAKY, "fund") == pytest.approx(0)

    def test_no_chance_is_named_while_a_cost_is_unknown(self) -> None:
        assert math.isnan(left_out.return_chance(LEAKY, "lab", {"cloud": math.nan}))

    def test_finns_index_is_what_is_recycled_of_all_throughflow(self) -> None:
        # Half of what flows through 1 goes to 2 and all of that comes back: each unit passes
        # both 1 + 1/2 + 1/4 + … = 2 times.
        loop = payments((1, 2, 1), (2, 1, 1))
        assert left_out.finn(loop, {1: 1}) == pytest.approx(0.5)

    def test_debtrank_passes_a_loss_on_in_parts_of_equity(self) -> None:
        # The second has lent the first half of its equity, the third all of it to the second.
        exposure = [[0, 0, 0], [1, 0, 0], [0, 3, 0]]
        found = left_out.debtrank(exposure, [4, 2, 3], np.array([0.2, 0, 0]))
        assert found == pytest.approx([0.2, 0.1, 0.1])

    def test_debtrank_ruins_nobody_twice(self) -> None:
        assert left_out.debtrank([[0, 0], [9, 0]], [1, 1], np.array([1, 0])) == pytest.approx(
            [1, 1]
        )

    def test_costs_of_default_fall_on_what_a_firm_has_and_is_paid(self) -> None:
        chain = payments(("a", "b", 10), ("b", "c", 8))
        # a has 4 and keeps half, so b is paid 2, and keeps half of that and of its own 4.
        paid = left_out.with_costs(chain, {"a": 4, "b": 4}, 0.5)
        assert paid.to_dict() == pytest.approx({"a": 2, "b": 3})

    def test_who_can_pay_bears_no_cost(self) -> None:
        paid = left_out.with_costs(payments(("a", "b", 10)), {"a": 10}, 0.5)
        assert paid.to_dict() == {"a": 10}

    def test_significance_depends_on_the_unit_of_money(self) -> None:
        small, large = (
            payments((1, 2, 6 * n), (1, 3, n), (2, 1, 5 * n), (2, 3, 2 * n), (3, 1, n))
            for n in (1, 10)
        )
        assert left_out.significance(small) - left_out.significance(large) > 0.03

    def test_a_chain_climbs_level_by_level_and_a_ring_nowhere(self) -> None:
        assert left_out.incoherence(payments(("a", "b", 5), ("b", "c", 2))) == pytest.approx(0)
        assert left_out.incoherence(TRIANGLE) == pytest.approx(1)

    def test_agony_is_the_circulation_itself(self) -> None:
        assert left_out.agony(TRIANGLE) == 3
        assert left_out.agony(SUBDIVIDED) == 4

    def test_the_parts_of_the_loop_score_are_a_hundred(self) -> None:
        said = "35 parts diversity, 35 parts balance, 30 parts confidence"
        assert left_out.loop_parts() == said

    @pytest.mark.parametrize(("balance", "score"), [(0, 0.825), (0.5, 0.825), (0.8, 0.93), (1, 1)])
    def test_the_loop_score_counts_no_balance_below_one_half(
        self, balance: float, score: float
    ) -> None:
        assert left_out.loop_score(balance) == pytest.approx(score)


class TestFiguresOfTheData:
    def test_are_known_all_or_not_at_all(self, tiny: Dealbook) -> None:
        one = tiny.financials.iloc[0]
        assert methods.known(tiny, one.financial_id) == [one.value]
        assert np.isnan(methods.known(tiny, one.financial_id, "nobody-knows")).all()

    def test_bound_the_concentration_by_the_square_of_one_share(self) -> None:
        assert methods.least_concentration(45) == "2,025"
        assert methods.least_concentration(math.nan) == ""

    def test_the_base_rests_on_its_assumptions_and_on_what_is_to_be_paid(
        self, tiny: Dealbook
    ) -> None:
        rows = model.rows_behind(tiny)
        assert set(rows) == {
            *("scenarios/" + scenarios.assumptions(tiny, "as-planned").assumption_id),
            *("legs/" + obligations.supply(tiny).leg_id),
        }
