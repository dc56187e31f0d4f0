"""What the page of one scenario draws and states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tightrope import scenarios, units
from tightrope.chapters import scenario as chapter
from tightrope.chapters import scenario_facts as facts
from tightrope.chapters import scenario_figures as figures
from tightrope.chapters.who_breaks_coupled import ORDERS
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
    assert title.endswith(f"is missing at the end of {toy.gap.peak_year}")


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
    assert figure.note == "2 draws over ranges of our own, seed 1."


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


def test_each_order_of_cutting_has_a_row(stops: World, book: Dealbook) -> None:
    breaks = chapter.breaks(book, stops)
    table = figures.orders_table(breaks, stops, book)
    assert table is not None
    for order, words in ORDERS.items():
        assert f">{words}<" in table.html
        assert f">{units.usd_bn(breaks.unpaid(order))}<" in table.html
    assert table.html.count("<tr>") == 1 + len(ORDERS)


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ({"mild": "nobody", "strict": "nobody"}, "nobody"),
        ({"mild": "nothing", "strict": "$3 bn"}, "mild: nothing; strict: $3 bn"),
    ],
)
def test_both_ends_are_said_where_they_differ(ends: dict[str, str], words: str) -> None:
    assert figures._at_ends(ends) == words


def test_where_all_is_paid_no_order_is_shown(tiny: Dealbook) -> None:
    world = rich(tiny, opening_cash=900)
    assert figures.orders_table(chapter.breaks(tiny, world), world, tiny) is None


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
    low, _, high = toy.drawn.peaks()
    assert (found["gap-drawn"].low, found["gap-drawn"].high) == (low, high)
    assert found["ends-share"].written == f"{100 * toy.ends_share:.0f} of 100"


def test_the_circle_is_stated_as_it_was_computed(
    monkeypatch: pytest.MonkeyPatch, stops: World, book: Dealbook
) -> None:
    circle = chapter.circle(book, stops)
    found = stated(monkeypatch, book, lambda f: facts.state_circle(f, circle, book, "openai"))
    assert found["five-year-round-trip"].value == circle.round_trip
    assert found["five-year-any-route"].value == circle.any_route
    assert found["five-year-outside"].value == circle.outside.strict_usd_bn
    assert found["total-in"].value == circle.total_in
    # Of the round that is left in this world only Amazon's money goes to a supplier.
    assert found["circle"].written == "Amazon"


def test_what_is_unpaid_is_stated_in_both_orders(
    monkeypatch: pytest.MonkeyPatch, stops: World, book: Dealbook
) -> None:
    breaks = chapter.breaks(book, stops)
    found = stated(monkeypatch, book, lambda fact: facts.state_unpaid(fact, breaks))
    assert found["unpaid"].low == chapter.unpaid(breaks.shares, "first")
    assert found["unpaid"].high == chapter.unpaid(breaks.shares, "alike")
    assert found["all-due"].value == breaks.shares.due.sum()
    assert found["pays-part"].written == "yes"
    assert found["first-short"].written == str(breaks.short[0])


def test_who_breaks_whatever_is_paid_is_stated_on_the_books_of_the_partners(
    monkeypatch: pytest.MonkeyPatch, stops: World, book: Dealbook
) -> None:
    breaks = chapter.breaks(book, stops)
    found = stated(monkeypatch, book, lambda f: facts.state_breaks(f, breaks, book, "openai"))
    # CoreWeave needs more than all that it is owed, so it is not this scenario that breaks it.
    assert found["anyway"].written == (
        "At the strict end CoreWeave cannot pay every bill even if OpenAI pays all."
    )
    assert found["anyway"].rows == breaks.rows


def test_where_nobody_can_be_tested_nobody_is_named(
    monkeypatch: pytest.MonkeyPatch, toy: World, tiny: Dealbook
) -> None:
    breaks = chapter.breaks(tiny, toy)
    found = stated(monkeypatch, tiny, lambda f: facts.state_breaks(f, breaks, tiny, "openai"))
    assert found["anyway"].written == ""


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
