"""What the runway states by every reading of the plan, and the figure of their paths."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.stated import stated
from tightrope import obligations, readings
from tightrope.chapters import runway_readings as chapter
from tightrope.chapters.runway import plans
from tightrope.chapters.worlds import World
from tightrope.dealbook import Dealbook


@pytest.fixture(scope="module")
def world(book: Dealbook) -> World:
    return World.of(book, "as-planned", "openai", runs=20, seed=1)


def test_the_range_the_months_and_what_decides_are_those_of_the_readings(
    monkeypatch: pytest.MonkeyPatch, world: World, book: Dealbook
) -> None:
    said = stated(monkeypatch, book, lambda fact: chapter.state_span(fact, world))
    span = said["gap-range"]
    assert (span.low, span.high) == (world.readings.low.gap.peak, world.readings.high.gap.peak)
    assert said["months"].written == "between July 2028 and July 2029"
    assert said["decisive"].written == "in which years the plan’s compute is spent"
    assert said["no-profile"].written == ""


def test_what_is_found_is_whether_cash_lasts_and_whether_a_plan_brings_any_in_before(
    monkeypatch: pytest.MonkeyPatch, world: World, book: Dealbook
) -> None:
    planned = plans(book, "openai")
    said = stated(monkeypatch, book, lambda fact: chapter.state_finding(fact, world, book, planned))
    assert said["finding"].written == "OpenAI’s cash runs out before its plan brings money in"
    assert f"financials/{planned.index[0]}" in said["finding"].rows
    found = chapter.finding(world, book, planned.iloc[:0])
    assert found == "OpenAI’s cash runs out before its plan does"
    for cash, words in ((400.0, "lasts to the end"), (135.0, "depends on when it is spent")):
        lasting = replace(world, readings=readings.of(book, opening_cash=cash))
        assert words in chapter.finding(lasting, book, planned)
    early = book.as_of("2025-10-31")
    assert chapter.finding(world, early, planned) == "How long the money lasts"


def test_each_reading_is_stated_with_its_gap_and_its_month(
    monkeypatch: pytest.MonkeyPatch, world: World, book: Dealbook
) -> None:
    said = stated(monkeypatch, book, lambda fact: chapter.state_readings(fact, world))
    for one in world.readings.by_shape():
        assert said[f"{one.shape}-peak"].value == one.gap.peak
        assert said[f"{one.shape}-month"].written == f"{one.month:%B %Y}"
    assert said["linear-year"].written == "2030"
    said = stated(monkeypatch, book, lambda fact: chapter.state_way(fact, world, "Lab"))
    assert said["way-verdict"].written.startswith("The gap does not move")
    assert said["way-verdict"].written.endswith("more early, Lab spends less later.")
    assert said["base-reading"].written == "trough deepened"


def test_a_book_without_plans_by_year_says_so_and_has_one_reading(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    toy = World.of(tiny, "as-planned", "openai", runs=2, seed=1)
    said = stated(monkeypatch, tiny, lambda fact: chapter.state_span(fact, toy))
    assert said["no-profile"].written == "yes"
    assert toy.readings.base.shape == "linear"
    assert said["gap-range"].low == said["gap-range"].high == toy.gap.peak


def test_the_figure_has_a_line_a_reading_and_says_the_range(world: World, book: Dealbook) -> None:
    figure = chapter.readings_figure(world, book)
    assert figure.title.endswith("is missing, and cash ends between July 2028 and July 2029")
    assert list(figure.frame.series.unique()) == [
        "trough deepened", "shifted alike", "in proportion", "straight line",
    ]  # fmt: skip
    assert figure.content()["narrow"]


def test_the_contract_that_ramps_falls_due_as_its_way_says(book: Dealbook) -> None:
    owed = obligations.supply(book)
    ramped = chapter.ramped(book, owed)
    own = ramped[ramped.leg_id.eq("oracle-compute")].set_index("year").amount
    assert own[2027] == pytest.approx(17.5)
    assert ramped.amount.sum() == pytest.approx(owed.amount.sum())


def test_months_in_words(book: Dealbook) -> None:
    lasting = readings.of(book, opening_cash=400.0)
    assert readings.when_cash_ends(lasting) == "not before the end of 2030"
    some = readings.of(book, opening_cash=135.0)
    assert readings.when_cash_ends(some).endswith("and some day after 2030")
