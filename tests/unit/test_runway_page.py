"""What the runway chapter draws and states."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import ledger, scenarios, units
from tightrope.chapters import runway as chapter
from tightrope.chapters import runway_facts as facts
from tightrope.chapters import runway_figures as figures
from tightrope.chapters import runway_outside as outside
from tightrope.chapters.runway_suppliers import Suppliers
from tightrope.chapters.worlds import World
from tightrope.dealbook import Dealbook

from . import books
from .stated import stated
from .test_runway_chapter import DEEPER, LEGS, PLAN, booked, due, planned, with_figures


@pytest.fixture
def world(tiny: Dealbook) -> World:
    return World.of(tiny, "as-planned", "openai", runs=20, seed=1)


def changed(world: World, **values: float) -> World:
    """The world with other values, and nothing in doubt."""
    own = replace(world.own, values=dict(world.own.values) | values, ranges={})
    return replace(world, own=own)


def test_the_results_are_titled_by_what_they_show(tiny: Dealbook) -> None:
    deep = with_figures(tiny, *booked("2021", (3, 9, 2)))
    figure = figures.results_figure(chapter.results(deep, "openai"), deep, "openai")
    assert figure is not None
    assert figure.title == "OpenAI loses more than it earns, and burns less cash than either"
    assert "2021: revenue $3\xa0bn, operating loss $9\xa0bn, cash burned $2\xa0bn." in (
        figure.description
    )
    burns = with_figures(tiny, *booked("2021", (3, 9, 4)))
    figure = figures.results_figure(chapter.results(burns, "openai"), burns, "openai")
    assert figure is not None
    assert figure.title == "What OpenAI earned, lost and burned"
    assert figure.content()["wide"]


def test_without_results_or_plans_nothing_is_drawn(tiny: Dealbook) -> None:
    assert figures.results_figure(chapter.results(tiny, "openai"), tiny, "openai") is None
    assert figures.plans_figure(chapter.plans(tiny, "openai"), tiny, "openai") is None


def test_plans_that_dig_deeper_and_end_well_are_said_to_do_so(tiny: Dealbook) -> None:
    book = planned(tiny, q2025_1=PLAN, q2026_1=DEEPER)
    figure = figures.plans_figure(chapter.plans(book, "openai"), book, "openai", "A note.")
    assert figure is not None
    assert figure.title == (
        "From early 2025 to early 2026 each plan dug deeper, and each ended with money coming in"
    )
    assert figure.note == "A note."
    assert figure.content()["narrow"]


def test_plans_that_grow_shallower_are_not(tiny: Dealbook) -> None:
    book = planned(tiny, q2025_1=DEEPER, q2026_1=PLAN)
    figure = figures.plans_figure(chapter.plans(book, "openai"), book, "openai")
    assert figure is not None
    assert figure.title == "What OpenAI planned to take in and pay out"


def test_what_is_promised_is_titled_by_what_has_a_date(tiny: Dealbook) -> None:
    book = books.made(tiny, LEGS)
    owed = due(book)
    unknown = chapter.without_sum(
        ledger.ladder(book).set_index("leg_id"), owed, "announced", "openai"
    )
    notes = ("A deduction. ", ", or so. ")
    figure = figures.promised_figure(owed, unknown, "announced", book, "openai", notes)
    assert figure is not None
    sums = chapter.promised(owed, "announced").amount.sum()
    assert f"has a date, published or assumed, and ${sums:.0f}\xa0bn has none" in figure.title
    assert "A deduction. Within a contract the same sum every day is assumed, or so. " in (
        figure.note
    )
    assert "NVIDIA: no sum is published, evidence allows $1–5\xa0bn" in figure.description.replace(
        "Nvidia", "NVIDIA"
    )
    assert figure.frame.amount_usd_bn.isna().sum() == len(unknown) == 1
    assert figure.content()["table"].count("no date published") > 0


def test_nothing_is_promised_on_the_paid_layer(tiny: Dealbook) -> None:
    owed = due(books.made(tiny, LEGS))
    none = pd.DataFrame()
    assert figures.promised_figure(owed, none, "paid", tiny, "openai") is None


def test_what_falls_due_long_after_is_in_the_table_and_not_drawn(tiny: Dealbook) -> None:
    owed = due(tiny)
    later = owed["binding"].assign(year=pd.array([2044], "Int64"))
    ladder = ledger.ladder(tiny).set_index("leg_id")
    frames = {"announced": later, "binding": later}
    unknown = chapter.without_sum(ladder, frames, "binding", "openai")
    both = {rung: pd.concat([owed["binding"], later]) for rung in frames}
    figure = figures.promised_figure(both, unknown, "binding", tiny, "openai")
    assert figure is not None
    assert "Not drawn: $73\xa0bn that falls due from 2044 to 2044" in figure.note
    assert figure.content()["wide"]


def test_the_tornado_is_left_out_where_nothing_moves(world: World, tiny: Dealbook) -> None:
    swings = scenarios.swings(world.own)
    figure = figures.tornado_figure(world, swings, tiny)
    assert figure is not None
    assert figure.title.startswith(f"{swings.words.iloc[0]} moves the gap most")
    assert figures.tornado_figure(world, swings.iloc[:0], tiny) is None


def test_the_sliders_stand_where_the_scenario_has_them(world: World, tiny: Dealbook) -> None:
    figure = figures.what_if_figure(world, tiny)
    assert "revenue growth at 50%, margin before compute at 70%" in figure.description
    assert "the gap at its peak is $96.1\xa0bn, and cash ends in April 2029." in figure.description
    rich = changed(world, opening_cash=900.0)
    assert "and cash does not end." in figures.what_if_figure(rich, tiny).description


def test_the_sliders_say_who_falls_short_where_suppliers_can_be_tested(
    world: World, tiny: Dealbook, book: Dealbook
) -> None:
    nobody = figures.what_if_figure(world, tiny)
    assert not any("uppliers" in text for text in (nobody.description, nobody.note))
    assert list(nobody.labels) == [
        "year", "revenue_usd_bn", "funding_usd_bn", "compute_usd_bn",
        "other_costs_usd_bn", "cash_usd_bn", "gap_usd_bn",
    ]  # fmt: skip
    assert list(nobody.rows) == list(world.rows)
    own = World.of(book, "as-planned", "openai", runs=2, seed=1)
    figure = figures.what_if_figure(own, book)
    tested = Suppliers.of(book, own.own)
    said = " ".join(tested.sentences())
    assert f"Suppliers’ bills if nobody fills the gap: {said} Open the chart" in figure.description
    assert f"Even if OpenAI paid nothing, {units.listing(tested.cannot)} could" in figure.note
    assert set(tested.rows) <= set(figure.rows)
    table = str(figure.content()["table"])
    # The first year has begun: its bills are partly paid.
    assert table.count("not tested") == len(tested.table()[1])
    assert all(label in table for label in tested.table()[1].values())


def test_needs_rest_on_the_rows_of_every_plan(tiny: Dealbook) -> None:
    needs = pd.DataFrame(
        {"label": ["A", "B"], "value": [4.0, 9.0], "rows": [["parties/openai"], ["legs/cloud-use"]]}
    )
    figure = figures.needs_figure(needs, "A title", tiny, "A note.")
    assert list(figure.rows) == ["parties/openai", "legs/cloud-use"]
    assert figure.description == "One dot a plan. A: $4\xa0bn. B: $9\xa0bn."
    assert figure.content()["wide"]


def test_gaps_rest_on_figures_that_are_known_that_day(tiny: Dealbook) -> None:
    gaps = chapter.gaps([("A", 4.0, 2.0, 5.0), ("B", 9.0, math.nan, math.nan)])
    rows = ["financials/openai-revenue-2021", "financials/nowhere"]
    figure = figures.gaps_figure(gaps, "", rows, tiny)
    assert figure.title == "What is missing, by whose count"
    assert list(figure.rows) == rows[:1]
    assert figure.description == "Dots with ranges. A: $4\xa0bn, range $2–5\xa0bn. B: $9\xa0bn."
    assert figure.content()["wide"]


def test_the_newest_results_are_stated(monkeypatch: pytest.MonkeyPatch, tiny: Dealbook) -> None:
    found = chapter.results(tiny, "openai")
    said = stated(
        monkeypatch,
        tiny,
        lambda fact: facts.state_newest(fact, found, "openai", "openai-revenue-2021"),
    )
    assert said["newest-period"].written == "no period"
    assert said["newest-loss"].value == 2
    frame = pd.DataFrame(
        {"metric": ["revenue"], "group": ["first quarter of 2021"], "is_year": [False]},
        index=["openai-revenue-2021"],
    )
    said = stated(
        monkeypatch,
        tiny,
        lambda fact: facts.state_newest(fact, frame, "openai", "openai-revenue-2021"),
    )
    assert said["newest-period"].written == "the first quarter of 2021"
    assert said["newest-period"].rows == ("financials/openai-revenue-2021",)


def plan(values: dict[int, float]) -> pd.DataFrame:
    """A plan on a row of the toy package."""
    return pd.DataFrame(
        {
            "vintage": "2025-q1",
            "series": "Plan of the first quarter of 2025",
            "year": list(values),
            "value": list(values.values()),
        },
        index=["openai-revenue-2021"] * len(values),
    )


def test_a_plan_is_stated_by_its_valley_and_its_end(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    one = plan(PLAN)
    said = stated(monkeypatch, tiny, lambda fact: facts.state_plan(fact, "plan", one, "openai"))
    assert said["plan"].written == "plan of the first quarter of 2025"
    assert (said["plan-out"].value, said["plan-end"].value) == (34, 41)
    said = stated(monkeypatch, tiny, lambda fact: facts.state_worst(fact, one, "openai"))
    assert (said["plan-worst"].value, said["plan-worst-year"].written) == (20, "2027")


def test_a_plan_that_is_not_known_has_no_sums(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    none = plan(PLAN).iloc[:0]
    said = stated(monkeypatch, tiny, lambda fact: facts.state_plan(fact, "plan", none, "openai"))
    assert said["plan"].written == "no plan"
    assert said["plan-out"].value is said["plan-end"].value is None
    said = stated(monkeypatch, tiny, lambda fact: facts.state_worst(fact, none, "openai"))
    assert said["plan-worst-year"].written == "a year not yet known"


def test_other_figures_are_stated_as_printed(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    ids = ["openai-revenue-2021"]
    said = stated(monkeypatch, tiny, lambda f: facts.state_outflow(f, tiny, "out", ids * 2, "how"))
    assert said["out"].value == -4
    said = stated(monkeypatch, tiny, lambda f: outside.state_each(f, "one two", ids * 2))
    assert (said["one"].value, said["two"].value) == (2, 2)
    said = stated(monkeypatch, tiny, lambda f: outside.state_rest(f, tiny, "rest", ids * 3, "how"))
    assert said["rest"].value == -2
    said = stated(monkeypatch, tiny, lambda f: outside.state_printed_gap(f, tiny, "hers", ids * 4))
    assert [said[f"hers{end}"].value for end in ("", "-low", "-less-round")] == [2, 0, 0]
    said = stated(
        monkeypatch, tiny, lambda f: outside.state_printed_year(f, tiny, "it", ids * 5, "how")
    )
    # By hand: 2 percent of 2; 2 less that, less 2 and 2.
    assert said["it-revenue"].value == pytest.approx(0.04)
    assert said["it-parts"].value == pytest.approx(-2.04)


def test_what_is_promised_is_stated_with_and_without_years(
    monkeypatch: pytest.MonkeyPatch, tiny: Dealbook
) -> None:
    table = pd.DataFrame(
        {"year": pd.array([2027, 2031, pd.NA], "Int64"), "amount": [2.0, 4.0, 8.0]}
    )
    said = stated(monkeypatch, tiny, lambda fact: facts.state_promised(fact, table, "Lab"))
    values = {key: fact.value for key, fact in said.items()}
    assert values == {"dated": 6, "undated": 8, "dated-2030": 2}


def test_the_gap_is_stated_as_planned(
    monkeypatch: pytest.MonkeyPatch, world: World, tiny: Dealbook
) -> None:
    said = stated(monkeypatch, tiny, lambda fact: facts.state_gap(fact, world), world.rows)
    assert (said["has-gap"].written, said["no-gap"].written) == ("yes", "")
    assert (said["buffer"].value, said["buffer"].rows) == (10, world.behind)
    said = stated(monkeypatch, tiny, lambda fact: facts.state_base(fact, world), world.rows)
    assert (said["month"].written, said["peak-year"].written) == ("in April 2029", "2030")
    assert said["peak"].value == world.lacks.stated
    assert (said["new-money"].value, said["new-money"].rows) == (60, world.behind)


def test_without_money_in_talks_less_is_there(
    monkeypatch: pytest.MonkeyPatch, world: World, tiny: Dealbook
) -> None:
    said = stated(monkeypatch, tiny, lambda fact: facts.state_funding(fact, world))
    # By hand: the 30 that come of it in the second year.
    assert said["bare-peak"].value == pytest.approx(world.lacks.stated + 30)
    assert (said["committed"].value, said["conditional"].value) == (30, 100)
    rich = changed(world, opening_cash=900.0)
    said = stated(monkeypatch, tiny, lambda fact: facts.state_funding(fact, rich))
    assert said["bare-month"].written == "not before the end of 2030"


def test_the_shares_of_runs_add_up(
    monkeypatch: pytest.MonkeyPatch, world: World, tiny: Dealbook
) -> None:
    said = stated(monkeypatch, tiny, lambda fact: facts.state_runs(fact, world))
    shares = [
        int(said[key].written.split()[0].replace("none", "0"))
        for key in ("ends-share", "thin-share", "no-gap-share")
    ]
    assert sum(shares) == 100
    assert said["ends-early"].written == f"{world.drawn.month_at(0.05):%B %Y}"
    assert said["talks-in-runs"].written.startswith("and conditional money comes whole")


def test_the_two_widest_swings_are_stated_from_least_to_most(
    monkeypatch: pytest.MonkeyPatch, world: World, tiny: Dealbook
) -> None:
    swings = pd.DataFrame(
        {"words": ["Growth", "Cash"], "at_low": [9.0, 1.0], "at_high": [2.0, 3.0]}
    )
    said = stated(monkeypatch, tiny, lambda fact: facts.state_swings(fact, swings))
    assert (said["moves"].written, said["widest"].written) == ("yes", "growth")
    assert (said["widest-gap"].low, said["widest-gap"].high) == (2, 9)
    assert (said["second-gap"].low, said["second-gap"].high) == (1, 3)
    assert said["closing"].written.startswith("Whichever single assumption is pushed")
    said = stated(monkeypatch, tiny, lambda fact: facts.state_swings(fact, swings.iloc[:1]))
    assert (said["moves"].written, said["second"].written) == ("", "none of them")
    closes = swings.assign(at_low=[0.0, 1.0])
    said = stated(monkeypatch, tiny, lambda fact: facts.state_swings(fact, closes))
    assert said["closing"].written == (
        "At one end of its range each of these alone closes the gap: growth."
    )


def test_the_term_of_undated_contracts_is_stated_at_both_ends(
    monkeypatch: pytest.MonkeyPatch, world: World, tiny: Dealbook
) -> None:
    said = stated(monkeypatch, tiny, lambda fact: facts.state_term(fact, world))
    assert (said["has-term"].written, said["term-low"].written) == ("", "5\xa0years")
    wide = replace(world, own=replace(world.own, ranges={"undated_term": (4, 8)}, undated=400.0))
    said = stated(monkeypatch, tiny, lambda fact: facts.state_term(fact, wide))
    assert (said["term-low"].written, said["term-high"].written) == ("4\xa0years", "8\xa0years")
    # By hand: 400 over 4 years fall due in these five, over 8 only five eighths of them.
    assert (said["term-at-low"].value, said["term-at-high"].value) == (400, 250)
    assert said["undated-due"].value == 400
    assert said["term-low"].rows == ("scenarios/as-planned.undated_term",)


def test_the_first_year_is_covered_or_not(
    monkeypatch: pytest.MonkeyPatch, world: World, tiny: Dealbook
) -> None:
    said = stated(
        monkeypatch, tiny, lambda fact: outside.state_first_year(fact, world, "covered", "short")
    )
    assert said["gs-verdict"].written == "covered"
    assert [said[f"own-{key}"].value for key in ("outlay", "revenue", "funding")] == [62, 40, 30]
    poor = changed(world, committed_funding=0.0, opening_cash=0.0)
    said = stated(
        monkeypatch, tiny, lambda fact: outside.state_first_year(fact, poor, "covered", "short")
    )
    assert said["gs-verdict"].written == "short"


def test_the_compute_of_scenarios_is_stated_as_planned(
    monkeypatch: pytest.MonkeyPatch, world: World, tiny: Dealbook
) -> None:
    less = changed(world, compute_spend_total=world.own.values["compute_spend_total"] - 100)
    named = {"ours": world, "theirs": less}
    said = stated(monkeypatch, tiny, lambda fact: outside.state_compute(fact, named))
    assert said["ours"].value == pytest.approx(world.own.values["compute_spend_total"])
    assert said["theirs"].value == pytest.approx(said["ours"].value - 100)
    assert said["ours"].rows == world.behind


def test_what_the_model_needs_is_stated_with_what_contracts_take_beyond_the_plan(
    monkeypatch: pytest.MonkeyPatch, world: World, tiny: Dealbook
) -> None:
    said = stated(monkeypatch, tiny, lambda fact: outside.state_needs(fact, world))
    assert said["need-own"].value == chapter.before_funding(world)
    assert said["beyond"].value is None
