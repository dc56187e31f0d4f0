"""The page at a glance: who stands for how much, worked by hand on small webs."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tightrope import quantities, scenarios
from tightrope.chapters import at_a_glance, at_a_glance_facts, at_a_glance_figures
from tightrope.dealbook import Dealbook
from tightrope.publish import facts
from tightrope.quantities import Quantity

from .books import Leg, Step, made
from .opened import drawn, opened

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"
RUNGS = ["paid", "binding", "announced", "intended"]


def lab_pays(to_cloud: float, to_chips: float, status: str) -> dict[str, Leg]:
    return {
        "cloud": Leg(LAB, CLOUD, [Step(status, to_cloud)], "compute"),
        "chips": Leg(LAB, CHIPS, [Step(status, to_chips)], "chips"),
    }


def test_a_partner_has_a_bar_for_what_it_gives_and_one_for_what_it_gets(tiny: Dealbook) -> None:
    # Of a stake of 10, 9 is paid; of the cloud contract of 73 nothing; the letter was replaced.
    bars = at_a_glance.by_partner(tiny, LAB).set_index(["name", "direction"])
    assert bars.loc[("Microsoft", "in"), RUNGS].tolist() == [9, 1, 0, 0]
    assert bars.loc[("Microsoft", "out"), RUNGS].tolist() == [0, 73, 0, 0]
    assert len(bars) == 2


def test_seen_from_the_partner_what_went_in_goes_out(tiny: Dealbook) -> None:
    bars = at_a_glance.by_partner(tiny, CLOUD).set_index(["name", "direction"])
    assert bars.loc[("OpenAI", "out"), "paid"] == 9
    assert bars.loc[("OpenAI", "in"), "binding"] == 73


def test_a_partner_of_whom_only_the_press_speaks_has_no_bar(tiny: Dealbook) -> None:
    legs = {
        "heard": Leg(CHIPS, LAB, [Step("reported", 30)]),
        "signed": Leg(CLOUD, LAB, [Step("binding", 5)]),
    }
    assert at_a_glance.by_partner(made(tiny, legs), LAB)["name"].tolist() == ["Microsoft"]


def test_beside_a_contract_a_report_is_in_the_high_end_of_the_bar(tiny: Dealbook) -> None:
    legs = {
        "heard": Leg(CLOUD, LAB, [Step("reported", 30)]),
        "signed": Leg(CLOUD, LAB, [Step("binding", 5)]),
    }
    bar = at_a_glance.by_partner(made(tiny, legs), LAB).iloc[0]
    assert (bar.low, bar.high, bar[RUNGS].sum()) == (5, 35, 5)


def test_the_largest_supplier_is_whom_most_is_signed_to_be_paid(tiny: Dealbook) -> None:
    legs = lab_pays(5, 6, "binding") | {"said": Leg(LAB, CLOUD, [Step("announced", 50)])}
    assert at_a_glance.largest_supplier(made(tiny, legs), LAB) == CHIPS


def test_who_only_pays_in_is_no_supplier(tiny: Dealbook) -> None:
    stake = {"stake": Leg(CLOUD, LAB, [Step("binding", 10)])}
    assert at_a_glance.largest_supplier(made(tiny, stake), LAB) == ""


def test_of_payments_to_one_party_the_sentence_names_it_without_a_sum(tiny: Dealbook) -> None:
    legs = {"cloud": Leg(LAB, CLOUD, [Step("paid", 4)], "compute")}
    assert at_a_glance.whom_it_paid(made(tiny, legs), LAB) == "All of it went to Microsoft."


def test_of_payments_to_several_parties_each_is_named_with_its_sum(tiny: Dealbook) -> None:
    told = at_a_glance.whom_it_paid(made(tiny, lab_pays(4, 3, "paid")), LAB)
    assert told.replace("\N{NO-BREAK SPACE}", " ") == (
        "Of it went $4 bn to Microsoft and $3 bn to Nvidia."
    )


def test_what_is_only_signed_is_no_payment(tiny: Dealbook) -> None:
    book = made(tiny, lab_pays(4, 3, "binding"))
    assert at_a_glance.whom_it_paid(book, LAB) == "No payment is known."


def test_parties_together_have_paid_in_the_sum_of_what_each_has(tiny: Dealbook) -> None:
    legs = {
        "one": Leg(CLOUD, LAB, [Step("paid", 9)]),
        "range": Leg(CHIPS, LAB, [Step("paid", low=1, high=3)]),
        "out": Leg(LAB, CLOUD, [Step("paid", 50)]),
    }
    paid = at_a_glance.paid_in_by(made(tiny, legs), LAB, [CLOUD, CHIPS])
    assert (paid.low, paid.stated, paid.high) == (10, 10, 12)
    assert paid.rows == ("legs/one", "legs/range")


def of_model(book: Dealbook) -> tuple[at_a_glance.Model, Quantity]:
    gap = quantities.of(book)["gap"]
    return at_a_glance.model(book, gap, LAB), gap


def test_the_widest_assumption_gives_the_gap_that_the_scenario_has_at_its_ends(
    book: Dealbook,
) -> None:
    model, _ = of_model(book)
    own = scenarios.scenario(book)
    first = scenarios.swings(own).iloc[0]
    row = scenarios.assumptions(book, "as-planned").set_index("parameter").loc[first.parameter]
    ends = sorted(own.gap(**{first.parameter: end}).peak for end in (row.low, row.high))
    assert [model.least, model.most] == pytest.approx(ends)
    assert model.widest == first.words.lower()


def test_the_model_names_what_is_committed_and_what_is_negotiated(book: Dealbook) -> None:
    model, gap = of_model(book)
    values = scenarios.assumptions(book, "as-planned").set_index("parameter").value
    assert model.committed == values["committed_funding"]
    assert model.under_negotiation == values["conditional_funding"]
    assert (model.is_public, model.rows) == (True, gap.rows)


def test_without_an_assumption_that_moves_the_gap_both_ends_are_the_gap(tiny: Dealbook) -> None:
    fixed = tiny.scenarios.assign(low=math.nan, high=math.nan)
    model, gap = of_model(replace(tiny, scenarios=fixed))
    assert (model.widest, model.least, model.most) == ("any other", gap.stated, gap.stated)


def test_on_a_day_before_its_sources_the_model_is_not_public(book: Dealbook) -> None:
    model, _ = of_model(book.as_of("2020-06-01"))
    assert not model.is_public


def test_what_the_model_says_is_stated_only_once_it_is_public(
    book: Dealbook, shown: list[facts.Fact]
) -> None:
    model, _ = of_model(book)
    at_a_glance_facts.state_model(facts.Facts(book), replace(model, is_public=False))
    assert {fact.written for fact in shown} == {"a sum not yet public"}
    assert len(shown) == 6


def test_the_ends_of_the_widest_swing_are_stated_the_smaller_first(
    book: Dealbook, shown: list[facts.Fact]
) -> None:
    model, _ = of_model(book)
    at_a_glance_facts.state_model(facts.Facts(book), model)
    value = {fact.key: fact.value for fact in shown}
    assert value["widest-least"] == model.least < value["widest-most"] == model.most
    assert value["round-talks"] == model.under_negotiation
    assert value["widest"] == model.widest


def test_a_sum_is_stated_as_its_range_and_none_in_words(
    tiny: Dealbook, shown: list[facts.Fact]
) -> None:
    for party, key in ((CLOUD, "some"), (CHIPS, "none")):
        one = quantities.of(tiny, LAB, party)["to_pay_signed"]
        at_a_glance_facts.state_sum(facts.Facts(tiny), key, one, "signed")
    assert [fact.written for fact in shown] == ["$73\N{NO-BREAK SPACE}bn", "none known"]


def test_a_figure_with_a_range_is_stated_as_that(tiny: Dealbook, shown: list[facts.Fact]) -> None:
    figures = tiny.financials.assign(value_low=97.0, value=97.4, value_high=98.0, unit="percent")
    changed = replace(tiny, financials=figures)
    state = at_a_glance_facts.state_range
    state(facts.Facts(changed), "part", changed, "openai-revenue-2021", "the part")
    early = tiny.as_of("2020-12-31")
    state(facts.Facts(early), "part", early, "openai-revenue-2021", "the part")
    assert [fact.written for fact in shown] == ["97–98%", "a sum not yet public"]


def test_the_picture_says_that_cash_went_in_and_promises_go_out(tiny: Dealbook) -> None:
    # 9 of 10 is paid in; of 73 to be paid nothing.
    figure = at_a_glance_figures.ladder_figure(opened(tiny))
    assert figure is not None
    assert figure.title.startswith("Most money known to have moved went in;")
    assert set(figure.rows) == {"legs/stake-cash", "legs/cloud-use"}


def test_a_bar_is_labelled_with_its_range(tiny: Dealbook) -> None:
    book = made(tiny, {"in": Leg(CLOUD, LAB, [Step("binding", 4, 3, 5)])})
    figure = at_a_glance_figures.ladder_figure(opened(book))
    assert figure is not None
    assert "$3–5 bn" in drawn(figure)


def test_where_more_was_paid_out_the_picture_claims_no_finding(tiny: Dealbook) -> None:
    legs = lab_pays(4, 3, "paid") | {"stake": Leg(CLOUD, LAB, [Step("paid", 5)])}
    figure = at_a_glance_figures.ladder_figure(opened(made(tiny, legs)))
    assert figure is not None
    assert figure.title == "What was promised, and what has been paid"


def test_the_picture_names_the_largest_bars_first(tiny: Dealbook) -> None:
    figure = at_a_glance_figures.ladder_figure(opened(tiny))
    assert figure is not None
    largest = figure.description.replace("\N{NO-BREAK SPACE}", " ").partition("Largest: ")[2]
    assert largest == "Microsoft (out) $73 bn; Microsoft (in) $10 bn."


def test_where_nothing_goes_in_or_out_there_is_no_picture(tiny: Dealbook) -> None:
    among_others = {"chips": Leg(CLOUD, CHIPS, [Step("paid", 4)])}
    assert at_a_glance_figures.ladder_figure(opened(made(tiny, among_others))) is None
