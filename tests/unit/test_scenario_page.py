"""What the page of one scenario draws and states."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope import scenarios
from tightrope.chapters import scenario as chapter
from tightrope.chapters import scenario_facts as facts
from tightrope.chapters import scenario_figures as figures
from tightrope.chapters.worlds import World
from tightrope.dealbook import Dealbook

from .stated import stated


@pytest.fixture
def toy(tiny: Dealbook) -> World:
    return World.of(tiny, "growth-halves", "openai", runs=20, seed=1)


@pytest.fixture(scope="module")
def stops(book: Dealbook) -> World:
    return World.of(book, "funding-stops", "openai", runs=20, seed=1)


def test_the_table_links_what_is_taken_over_from_the_base(toy: World, tiny: Dealbook) -> None:
    html = figures.assumptions_table(toy, tiny).html
    assert html.count(">this scenario<") == 1
    assert '<span id="revenue_growth">Revenue growth</span>' in html
    assert '<a href="as-planned.html#revenue">as planned</a>' in html
    assert "taken as given" in html
    assert '<a href="../reference/sources/press.html#paper">' in html


def test_the_table_of_the_base_does_not_say_who_gives_a_parameter(tiny: Dealbook) -> None:
    base = World.of(tiny, "as-planned", "openai", runs=2, seed=1)
    assert "Given by" not in figures.assumptions_table(base, tiny).html


def test_the_title_of_the_cash_says_when_it_ends_and_what_is_missing(
    toy: World, tiny: Dealbook
) -> None:
    title = figures.cash_figure(toy, tiny).title
    month, missing = f"{toy.month:%B %Y}", f"${toy.lacks.stated:.0f}"
    assert title.startswith(f"Cash ends in {month}, and {missing}")
    assert title.endswith(f"is missing at the end of {toy.gap.peak_year} to keep $10\xa0bn")


def rich(tiny: Dealbook, **values: float) -> World:
    """The toy's base with other values, and none in doubt."""
    world = World.of(tiny, "as-planned", "openai", runs=2, seed=1)
    table = world.assumed.assign(low=float("nan"), high=float("nan"))
    table["value"] = [
        values.get(name, value) for name, value in zip(table.parameter, table.value, strict=True)
    ]
    return replace(world, assumed=table, own=scenarios.carried_out(table, world.supplied))


def test_the_title_of_the_cash_of_a_rich_scenario_names_no_gap(tiny: Dealbook) -> None:
    figure = figures.cash_figure(rich(tiny, opening_cash=900), tiny)
    assert figure.title == "Cash lasts to the end of 2030"
    assert figure.note.endswith("conditional funding is taken as given.")


def test_the_title_of_thin_cash_says_what_of_the_minimum_is_missing(tiny: Dealbook) -> None:
    # By hand: cash of 50 ends at 86.098 below zero, so 140 ends at 3.902, and 10 must stay.
    title = figures.cash_figure(rich(tiny, opening_cash=140), tiny).title
    assert title == (
        "Cash lasts to the end of 2030, but $6.1\xa0bn of what must stay is missing in 2030"
    )


def test_the_money_is_drawn_with_what_comes_in_above_zero(toy: World, tiny: Dealbook) -> None:
    figure = figures.money_figure(toy, tiny)
    assert figure.title == "Revenue covers the costs in no year"
    assert "2026: revenue $40\xa0bn, new money $30\xa0bn" in figure.description
    assert figure.content()["wide"]


def test_nothing_is_drawn_where_no_assumption_moves_the_gap(tiny: Dealbook) -> None:
    world = rich(tiny)
    assert figures.tornado_figure(world, scenarios.swings(world.own), tiny) is None


def test_the_tornado_begins_with_the_widest(toy: World, tiny: Dealbook) -> None:
    swings = scenarios.swings(toy.own)
    figure = figures.tornado_figure(toy, swings, tiny)
    assert figure is not None
    assert figure.title.startswith(f"{swings.words.iloc[0]} moves the gap most")


def test_the_circle_says_how_much_goes_straight_back(stops: World, book: Dealbook) -> None:
    circle = chapter.circle(book, stops)
    figure = figures.circle_figure(circle, stops, book, "A word more. ")
    assert f"${circle.round_trip:.0f}" in figure.title.replace(",", "")
    assert "A word more. Warrants and shares given to OpenAI" in figure.note
    assert figure.content()["narrow"]


def test_a_circle_in_which_nothing_returns_says_so(toy: World, tiny: Dealbook) -> None:
    figure = figures.circle_figure(chapter.circle(tiny, toy), toy, tiny)
    assert figure.title == "No supplier pays in what it gets back"


def test_what_is_not_paid_is_drawn_by_who_does_not_pay(stops: World, book: Dealbook) -> None:
    breaks = chapter.breaks(book, stops)
    figure = figures.breaks_figure(breaks, stops, book)
    assert figure is not None
    assert set(figure.frame.series) <= {"by OpenAI", "by a partner"}
    assert figure.content()["wide"]


def test_nothing_is_drawn_where_nobody_can_be_tested(toy: World, tiny: Dealbook) -> None:
    assert figures.breaks_figure(chapter.breaks(tiny, toy), toy, tiny) is None


def test_a_variant_says_what_it_changes_and_that_it_is_newer(
    monkeypatch: pytest.MonkeyPatch, toy: World, tiny: Dealbook
) -> None:
    early = tiny.as_of("2020-06-30")
    found = stated(monkeypatch, early, lambda fact: facts.state_kind(fact, toy, early))
    assert found["title"].written == "Growth halves"
    assert found["is-variant"].written == "yes"
    assert found["changes"].written.startswith("1 of 17 assumptions")
    assert (found["newest-source"].written, found["is-later"].written) == ("2023-02", "yes")


def test_the_answer_is_stated_on_the_rows_of_the_scenario(
    monkeypatch: pytest.MonkeyPatch, toy: World, tiny: Dealbook
) -> None:
    found = stated(monkeypatch, tiny, lambda fact: facts.state_answer(fact, toy), toy.rows)
    assert (found["has-gap"].written, found["no-gap"].written) == ("yes", "")
    assert found["peak"].value == toy.lacks.stated == pytest.approx(10 - found["lowest"].value)
    assert found["peak-year"].written == found["lowest-year"].written == "2030"
    assert found["kept"].value == 10
    assert found["kept"].rows == toy.behind
    assert found["peak"].rows == toy.rows


def test_the_runs_are_stated_from_low_to_high(
    monkeypatch: pytest.MonkeyPatch, toy: World, tiny: Dealbook
) -> None:
    found = stated(monkeypatch, tiny, lambda fact: facts.state_runs(fact, toy))
    peaks = [found[f"peak-{end}"].value for end in ("p05", "p50", "p95")]
    assert peaks == list(toy.drawn.peaks())
    assert found["ends-share"].written == f"{100 * toy.ends_share:.0f} of 100 of our draws"
    assert found["ends-early"].written == f"in or before {toy.drawn.month_at(0.05):%B %Y}"


def test_the_two_widest_assumptions_are_named(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    swings = pd.DataFrame({"words": ["Revenue growth", "Opening cash", "Third"]})
    found = stated(monkeypatch, tiny, lambda fact: facts.state_widest(fact, swings))
    assert found["moves-most"].written == "revenue growth and opening cash"


def test_the_circle_is_stated_as_it_was_computed(
    monkeypatch: pytest.MonkeyPatch, stops: World, book: Dealbook
) -> None:
    circle = chapter.circle(book, stops)
    found = stated(monkeypatch, book, lambda f: facts.state_circle(f, circle, book, "openai"))
    assert found["five-year-round-trip"].value == circle.round_trip
    assert found["five-year-any-route"].value == circle.any_route
    assert found["five-year-outside"].value == circle.outside.strict_usd_bn
    share = 100 * circle.round_trip / circle.total_in
    assert found["five-year-round-trip-share"].written == f"{share:.0f}%"
    assert found["five-year-outside-share"].written == f"{100 * circle.outside.strict:.0f}%"
    # Of the round that is left in this world only Amazon's money goes to a supplier.
    assert found["circle"].written == "Amazon"


def test_what_is_unpaid_is_stated_at_both_ends(
    monkeypatch: pytest.MonkeyPatch, stops: World, book: Dealbook
) -> None:
    breaks = chapter.breaks(book, stops)
    found = stated(monkeypatch, book, lambda fact: facts.state_unpaid(fact, breaks))
    assert found["unpaid-mild"].value == chapter.unpaid(breaks.shares, "first")
    assert found["unpaid-strict"].value == chapter.unpaid(breaks.shares, "alike")
    assert found["all-due"].value == breaks.shares.due.sum()
    assert found["pays-part"].written == "yes"
    assert found["first-short"].written == str(breaks.short[0])


def test_who_breaks_is_stated_on_the_books_of_the_partners(
    monkeypatch: pytest.MonkeyPatch, stops: World, book: Dealbook
) -> None:
    breaks = chapter.breaks(book, stops)
    found = stated(monkeypatch, book, lambda f: facts.state_breaks(f, breaks, book, "openai"))
    assert found["behind-mild"].value == breaks.behind("mild")
    assert found["behind-strict"].value == breaks.behind("strict")
    assert found["missed-strict"].value == breaks.missed("strict")
    assert found["missed-strict"].rows == breaks.rows
    # CoreWeave needs more than all that it is owed, so it is not this scenario that breaks it.
    assert breaks.failing_anyway("strict") == ["coreweave"]
    assert found["fails-strict"].written == (
        "nobody because of it; CoreWeave cannot even if OpenAI pays all"
    )
    assert found["cleared-from"].written == str(breaks.web.years[0])


def test_where_nobody_can_be_tested_nobody_is_named(
    monkeypatch: pytest.MonkeyPatch, toy: World, tiny: Dealbook
) -> None:
    breaks = chapter.breaks(tiny, toy)
    found = stated(monkeypatch, tiny, lambda f: facts.state_breaks(f, breaks, tiny, "openai"))
    assert {found[key].written for key in ("tested", "fails-mild", "fails-strict")} == {"nobody"}


def test_what_contracts_take_beyond_the_plan_is_stated_only_where_they_do(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    world = World.of(tiny, "as-planned", "openai", runs=2, seed=1)
    said = stated(monkeypatch, tiny, lambda fact: facts.state_answer(fact, world))
    assert said["beyond"].value is None
    # By hand: 120 are due in each of five years, and 500 is planned.
    more = replace(world, own=replace(world.own, dated=world.own.dated + 120.0))
    said = stated(monkeypatch, tiny, lambda fact: facts.state_answer(fact, more))
    assert said["beyond"].value == pytest.approx(100)
