"""The runway chapter: results, plans by vintage, contracts by year and needs, worked by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import obligations
from tightrope.chapters import runway as chapter
from tightrope.chapters.worlds import World
from tightrope.dealbook import Dealbook

from . import books
from .books import Leg, Step

PLAN = {2025: -7.0, 2026: -8.0, 2027: -20.0, 2028: -11.0, 2029: 12.0, 2030: 41.0}
"""A plan that was published year by year; down to 46 below zero, and in the end above."""
DEEPER = {2025: -8.0, 2026: -25.0, 2027: -57.0, 2028: -85.0, 2029: -51.0, 2030: 39.0}


def with_figures(toy: Dealbook, *rows: tuple[str, str, str, float, str, str]) -> Dealbook:
    """The toy book with these figures: id, metric, period, value, nature, day known."""
    first = toy.financials.iloc[0]
    table = pd.DataFrame(
        [
            {
                **first,
                "financial_id": one,
                "metric": metric,
                "period": period,
                "value": value,
                "nature": nature,
                "known_on": pd.Timestamp(known),
            }
            for one, metric, period, value, nature, known in rows
        ]
    )
    return replace(toy, financials=table.astype(toy.financials.dtypes.to_dict()))


def booked(
    period: str, values: Sequence[float], known: str = "2022-01-01", key: str = ""
) -> list[tuple[str, str, str, float, str, str]]:
    """Revenue, operating loss and cash burn of a period."""
    return [
        (f"{metric}-{period}{key}", metric, period, value, "actual", known)
        for metric, value in zip(chapter.RESULTS, values, strict=False)
    ]


def planned(toy: Dealbook, **plans: dict[int, float]) -> Dealbook:
    """The toy book with these plans by vintage, such as q2025_1."""
    rows = [
        (
            f"flow-{year}-plan-{vintage[1:5]}-q{vintage[-1]}", "free_cash_flow", str(year), value,
            "plan", "2022-01-01",
        )
        for vintage, plan in plans.items()
        for year, value in plan.items()
    ]  # fmt: skip
    return with_figures(toy, *rows)


@pytest.fixture
def world(tiny: Dealbook) -> World:
    return World.of(tiny, "as-planned", "openai", runs=2, seed=1)


class TestResults:
    def test_need_all_three_measures_of_a_period(self, tiny: Dealbook) -> None:
        book = with_figures(tiny, *booked("2021", (2, 5, 3)), *booked("2022", (4, 9)))
        found = chapter.results(book, "openai")
        assert list(found.group) == ["2021"] * 3
        assert list(found.value) == [2, 5, 3]
        assert found.is_year.all()

    def test_take_what_became_known_last_of_a_period(self, tiny: Dealbook) -> None:
        again = booked("2021", (2.5, 6, 3), known="2022-06-01", key="-again")
        book = with_figures(tiny, *again, *booked("2021", (2, 5, 3)))
        assert list(chapter.results(book, "openai").value) == [2.5, 6, 3]

    def test_leave_out_parts_of_a_year_whose_loss_is_known(self, tiny: Dealbook) -> None:
        half, year = booked("2021-H1", (1, 2, 1)), booked("2021", (2, 5, 3))
        found = chapter.results(with_figures(tiny, *half, *year), "openai")
        assert set(found.group) == {"2021"}

    def test_name_the_parts_of_a_year_and_put_the_oldest_first(self, tiny: Dealbook) -> None:
        quarter, half = booked("2022-Q3", (1, 2, 1)), booked("2021-H2", (1, 2, 1))
        found = chapter.results(with_figures(tiny, *quarter, *half), "openai")
        assert list(found.group.unique()) == ["third quarter of 2022", "second half of 2021"][::-1]
        assert list(chapter.newest(found).group) == ["third quarter of 2022"] * 3
        assert not found.is_year.any()

    def test_are_those_of_the_party_and_no_plans(self, tiny: Dealbook) -> None:
        rows = booked("2021", (2, 5, 3))
        book = with_figures(tiny, *rows)
        assert chapter.results(book, "microsoft").empty
        hoped = with_figures(tiny, *[(*row[:4], "plan", row[5]) for row in rows])
        assert chapter.results(hoped, "openai").empty
        assert chapter.newest(chapter.results(hoped, "openai")).empty

    def test_are_a_table_of_periods_and_measures(self, tiny: Dealbook) -> None:
        rows = [*booked("2021", (2, 5, 3)), *booked("2022-Q1", (1, 4, 2))]
        wide = chapter.by_period(chapter.results(with_figures(tiny, *rows), "openai"))
        assert list(wide.index) == ["2021", "first quarter of 2022"]
        assert wide.loc["2021"].to_dict() == {
            "Revenue": 2, "Operating loss": 5, "Cash burned": 3,
        }  # fmt: skip


class TestPlans:
    def test_have_all_six_years_or_are_left_out(self, tiny: Dealbook) -> None:
        part = {year: PLAN[year] for year in list(PLAN)[:-1]}
        found = chapter.plans(planned(tiny, q2025_1=PLAN, q2025_3=part), "openai")
        assert set(found.vintage) == {"2025-q1"}
        assert set(found.series) == {"Plan of the first quarter of 2025"}

    def test_leave_out_sums_over_several_years(self, tiny: Dealbook) -> None:
        book = planned(tiny, q2025_1=PLAN)
        row = book.financials.iloc[[0]].assign(
            financial_id="flow-2026-2030-plan-2025-q1", period="2026/2030", value=-99.0
        )
        more = replace(book, financials=pd.concat([book.financials, row], ignore_index=True))
        assert len(chapter.plans(more, "openai")) == 6

    def test_are_laid_side_by_side_oldest_first(self, tiny: Dealbook) -> None:
        found = chapter.plans(planned(tiny, q2026_1=DEEPER, q2025_1=PLAN), "openai")
        table = chapter.flows(found)
        assert list(table) == ["2025-q1", "2026-q1"]
        assert table["2026-q1"].to_dict() == DEEPER

    def test_have_a_valley_before_the_last_year(self, tiny: Dealbook) -> None:
        found = chapter.plans(planned(tiny, q2026_1=DEEPER, q2025_1=PLAN), "openai")
        # By hand: 7 + 8 + 20 + 11 - 12, and 8 + 25 + 57 + 85 + 51.
        assert chapter.valley(found).to_dict() == {"2025-q1": 34, "2026-q1": 226}

    def test_need_their_deepest_point_before_any_funding(self, tiny: Dealbook) -> None:
        found = chapter.plans(planned(tiny, q2025_1=PLAN, q2025_4=DEEPER), "openai")
        others = [("known", 9.0, ["a"]), ("not yet known", math.nan, ["b"])]
        table = chapter.needs(found, "Lab", others)
        assert list(table.label) == [
            "Lab’s plan of 2025, first quarter", "Lab’s plan of 2025, last quarter", "known",
        ]  # fmt: skip
        assert list(table.value) == [46, 226, 9]
        assert table.rows[0][0] == "financials/flow-2025-plan-2025-q1"
        assert len(table.rows[0]) == 6


LEGS = {
    "rent": Leg("openai", "microsoft", [Step("binding", 10)], "compute"),
    "more": Leg("openai", "nvidia", [Step("binding", 4), Step("announced", 30)], "chips"),
    "hope": Leg("openai", "nvidia", [Step("announced", 7)], "chips"),
    "part": Leg("openai", "microsoft", [Step("announced", low=1, high=5), Step("binding", 2)]),
    "letter": Leg("openai", "nvidia", [Step("letter_of_intent", low=1, high=5)], "chips"),
    "other": Leg("microsoft", "openai", [Step("binding", 99)], "compute"),
    "stake": Leg("openai", "microsoft", [Step("binding", 50)], "equity"),
}
LEGS["part"] = replace(LEGS["part"], instrument="lease")


def due(book: Dealbook) -> dict[str, pd.DataFrame]:
    return {rung: obligations.supply(book, "openai", rung) for rung in ("announced", "binding")}


class TestPromised:
    def test_sums_part_what_binds_from_what_goes_beyond_it(self, tiny: Dealbook) -> None:
        found = chapter.promised(due(books.made(tiny, LEGS)), "announced")
        sums = found.groupby(["leg_id", "series"]).amount.sum().to_dict()
        binds, beyond = chapter.RUNGS["binding"], chapter.RUNGS["announced"]
        assert sums["rent", binds] == 10
        assert (sums["more", binds], sums["more", beyond]) == (4, 26)
        assert sums["hope", beyond] == 7
        assert ("rent", beyond) not in sums
        assert {leg for leg, _ in sums} <= {"rent", "more", "hope", "part"}

    def test_of_the_binding_layer_is_only_what_binds_and_of_the_paid_layer_nothing(
        self, tiny: Dealbook
    ) -> None:
        owed = due(books.made(tiny, LEGS))
        assert set(chapter.promised(owed, "binding").series) == {chapter.RUNGS["binding"]}
        assert chapter.promised(owed, "paid").empty

    def test_either_adds_what_binds_of_legs_whose_whole_has_no_sum(self) -> None:
        frames = {
            "announced": pd.DataFrame({"leg_id": ["a", "b"], "amount": [10.0, 5.0]}),
            "binding": pd.DataFrame({"leg_id": ["a", "c"], "amount": [4.0, 3.0]}),
        }
        found = chapter.either(frames)
        assert dict(zip(found.leg_id, found.amount, strict=True)) == {"a": 10, "b": 5, "c": 3}

    def test_what_has_no_sum_is_named_with_how_firm_it_is(self) -> None:
        ladder = pd.DataFrame(
            {
                "payer": ["lab", "lab", "lab", "cloud", "lab"],
                "payee": ["maker", "cloud", "cloud", "lab", "cloud"],
                "instrument": ["chips", "compute", "compute", "compute", "equity"],
                "status": ["letter_of_intent", "announced", "binding", "binding", "binding"],
                "announced": [math.nan, math.nan, 5.0, math.nan, math.nan],
            },
            index=["letter", "partly", "known", "to-us", "shares"],
        )
        owed = {"binding": pd.DataFrame({"leg_id": ["partly"]})}
        found = chapter.without_sum(ladder, owed, "announced", "lab")
        assert found.series.to_dict() == {"letter": chapter.RUNGS["intended"]}

    def test_dated_sums_are_those_of_the_years_asked_for(self) -> None:
        table = pd.DataFrame(
            {"year": pd.array([2026, 2027, 2031, pd.NA], "Int64"), "amount": [1.0, 2.0, 4.0, 8.0]}
        )
        assert chapter.dated(table) == 7
        assert chapter.dated(table, last=2030) == 3
        assert chapter.dated(table, 2027, 2027) == 2
        assert chapter.undated(table) == 8

    def test_of_no_payment_no_sum_is_known(self) -> None:
        none = pd.DataFrame({"year": pd.array([], "Int64"), "amount": []})
        assert math.isnan(chapter.dated(none))
        assert math.isnan(chapter.undated(none))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (106, "more than all of it"),
        (100, "about all of it"),
        (50, "most of it"),
        (49, "a part of it"),
        (math.nan, "a part of it"),
    ],
)
def test_a_part_of_a_whole_is_said_in_words(amount: float, words: str) -> None:
    assert chapter.part_of(amount, 100) == words


def test_the_last_year_is_short_where_it_is_the_worst(world: World) -> None:
    # By hand: 0.7 of revenue of 139.26528, less compute of 150.
    assert chapter.last_shortfall(world) == pytest.approx(150 - 0.7 * 139.26528)


def test_a_worst_year_before_the_last_is_no_edge(world: World) -> None:
    values = dict(world.own.values) | {"revenue_growth": 1.2}
    fast = replace(world, own=replace(world.own, values=values))
    assert fast.gap.peak_year != 2030
    assert math.isnan(chapter.last_shortfall(fast))


def test_before_funding_the_model_needs_all_that_it_burns(world: World) -> None:
    # By hand: 500 of compute less 0.7 of revenue of 434.14528 in all.
    assert chapter.before_funding(world) == pytest.approx(500 - 0.7 * 434.14528)


def test_only_contracts_that_take_more_than_the_plan_come_on_top(world: World) -> None:
    assert math.isnan(chapter.beyond_plan(world))
    early = replace(world, own=replace(world.own, dated=world.own.dated + 90.0))
    # By hand: 90 a year is less than the 500 that are planned, if more than the first two years.
    assert math.isnan(chapter.beyond_plan(early))
    more = replace(world, own=replace(world.own, dated=world.own.dated + 120.0))
    assert chapter.beyond_plan(more) == pytest.approx(600 - 500)


def test_figures_that_are_not_yet_known_have_no_value(tiny: Dealbook) -> None:
    found = chapter.known(tiny, "openai-revenue-2021", "nowhere")
    assert found[0] == 2
    assert math.isnan(found[1])


def test_gaps_that_are_not_yet_known_are_left_out(world: World) -> None:
    ours = chapter.gap_of(world)
    assert ours == (
        "This book: as planned", world.spans.stated, world.spans.low, world.spans.high,
    )  # fmt: skip
    table = chapter.gaps([("theirs", math.nan, 1.0, 2.0), ours])
    assert list(table.label) == ["This book: as planned"]
