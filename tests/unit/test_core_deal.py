"""The chapter on the core deal: who it is with, what came back, and what it comes to, by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tightrope import ledger, quantities
from tightrope.chapters import core_deal, core_deal_figures
from tightrope.charts.figure import Figure
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made
from .opened import drawn, opened, plain, present

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"


def both_ways(paid_in: float, paid_out: float, to_pay: float) -> dict[str, Leg]:
    return {
        "stake": Leg(CLOUD, LAB, [Step("paid", paid_in)]),
        "used": Leg(LAB, CLOUD, [Step("paid", paid_out)], "compute"),
        "bought": Leg(LAB, CLOUD, [Step("binding", to_pay)], "compute"),
    }


def two_sided(book: Dealbook) -> Figure:
    q = quantities.of(book, LAB, CLOUD)
    return present(core_deal_figures.two_sided_figure(opened(book), CLOUD, q))


def test_the_first_investor_is_whose_leg_became_known_first(tiny: Dealbook) -> None:
    # The cloud's stake was announced in 2020, the letter of the maker of chips in 2022.
    assert core_deal.first_investor(tiny, LAB) == CLOUD
    is_stake = tiny.events.leg_id.eq("stake-cash")
    later = tiny.events.known_on.mask(is_stake, pd.Timestamp("2022-06-01"))
    moved = replace(tiny, events=tiny.events.assign(known_on=later))
    assert core_deal.first_investor(moved, LAB) == CHIPS


def test_who_lends_and_who_is_paid_is_no_investor(tiny: Dealbook) -> None:
    legs = {
        "lent": Leg(CHIPS, LAB, [Step("binding", 5)], "loan"),
        "bought": Leg(LAB, CHIPS, [Step("binding", 5)], "chips"),
    }
    assert core_deal.first_investor(made(tiny, legs), LAB) == ""


def test_an_answer_is_a_row_of_steps_or_of_figures_with_its_ends(tiny: Dealbook) -> None:
    rows = {"paid so far": "events/stake-paid-2", "revenue": "financials/openai-revenue-2021"}
    table = core_deal.answers(tiny, rows, {})
    assert table.to_numpy().tolist() == [
        ["paid so far", 9, 9, 9, "events/stake-paid-2"],
        ["revenue", 2, 2, 2, "financials/openai-revenue-2021"],
    ]


def test_an_answer_that_is_only_a_range_has_no_value(tiny: Dealbook) -> None:
    book = made(tiny, {"stake": Leg(CLOUD, LAB, [Step("paid", low=3, high=5)])})
    answer = core_deal.answers(book, {"paid": "events/stake-0"}, {}).iloc[0]
    assert (answer.low, answer.high) == (3, 5)
    assert math.isnan(answer["value"])


def test_a_newer_answer_takes_the_place_of_the_older_one_once_it_is_known(tiny: Dealbook) -> None:
    rows = {"older": "events/stake-paid-1", "newer": "events/stake-paid-2"}
    replaces = {"events/stake-paid-2": "events/stake-paid-1"}
    known = core_deal.answers(tiny, rows, replaces)
    assert known.label.tolist() == ["newer"]
    early = core_deal.answers(tiny.as_of("2020-12-31"), rows, replaces)
    assert early.label.tolist() == ["older"]


def test_between_the_two_are_the_legs_that_one_pays_the_other(tiny: Dealbook) -> None:
    ladder = ledger.ladder(tiny)
    assert set(core_deal.between(ladder, CLOUD, LAB).leg_id) == {"stake-cash", "cloud-use"}
    assert set(core_deal.between(ladder, LAB, CHIPS).leg_id) == {"letter-equity"}


def test_the_account_is_given_as_paid_and_in_all(tiny: Dealbook) -> None:
    # Of a stake of 10, 9 is paid; the contract of 73 is signed, and nothing of it known as paid.
    sides = core_deal.by_layer(tiny, LAB, CLOUD)
    assert sides.step.tolist() == ["Paid so far", "With what is signed or talked about"]
    assert sides.in_stated.tolist() == [9, 10]
    assert sides.out_stated.tolist() == [0, 73]


def test_a_layer_on_which_the_two_have_nothing_has_no_row(tiny: Dealbook) -> None:
    book = made(tiny, {"said": Leg(CLOUD, LAB, [Step("announced", 4)])})
    assert core_deal.by_layer(book, LAB, CLOUD).step.tolist() == [
        "With what is signed or talked about"
    ]


def found(tiny: Dealbook, legs: dict[str, Leg]) -> core_deal.Finding:
    book = made(tiny, legs)
    return core_deal.finding(book, CLOUD, quantities.of(book, LAB, CLOUD))


@pytest.mark.parametrize(
    ("paid_out", "words"),
    [
        (10, "Microsoft put in $10 bn. At least $10 bn came back."),
        (9, "Microsoft put in $10 bn. How much came back is not settled."),
    ],
)
def test_the_headline_compares_what_went_out_with_what_came_in(
    tiny: Dealbook, paid_out: float, words: str
) -> None:
    assert plain(found(tiny, both_ways(10, paid_out, 50)).words) == words


def test_the_headline_takes_the_low_end_of_what_went_out(tiny: Dealbook) -> None:
    legs = {
        "stake": Leg(CLOUD, LAB, [Step("paid", 10)]),
        "used": Leg(LAB, CLOUD, [Step("paid", low=9, high=30)], "compute"),
    }
    assert not found(tiny, legs).has_come_back


def test_without_a_payment_back_none_is_claimed(tiny: Dealbook) -> None:
    legs = {"stake": Leg(CLOUD, LAB, [Step("paid", 10)])}
    assert plain(found(tiny, legs).words) == (
        "Microsoft put in $10 bn. Nothing is known to have come back."
    )


def test_where_nothing_was_paid_in_the_headline_names_the_question(tiny: Dealbook) -> None:
    legs = {"used": Leg(LAB, CLOUD, [Step("paid", 5)], "compute")}
    assert found(tiny, legs).words == "What the first investor put in, and what came back"


def test_the_figure_says_that_more_was_paid_back_and_much_more_promised(tiny: Dealbook) -> None:
    figure = two_sided(made(tiny, both_ways(10, 12, 13)))
    # 12 + 13 is to be paid, which is more than twice 12.
    assert figure.title == (
        "OpenAI has paid Microsoft more than Microsoft has paid in, and has promised much more"
    )
    assert "Paid so far: in from Microsoft $10 bn, out to it $12 bn" in plain(figure.description)


def test_a_bar_is_labelled_with_its_range(tiny: Dealbook) -> None:
    figure = two_sided(made(tiny, {"in": Leg(CLOUD, LAB, [Step("binding", 4, 3, 5)])}))
    assert "$3–5 bn" in drawn(figure)


def test_without_such_a_promise_the_figure_claims_nothing(tiny: Dealbook) -> None:
    figure = two_sided(made(tiny, both_ways(10, 12, 11)))
    assert figure.title == "What Microsoft and OpenAI have paid and promised each other"


def test_a_reported_share_of_revenue_is_noted(tiny: Dealbook) -> None:
    legs = both_ways(10, 12, 13)
    assert two_sided(made(tiny, legs)).note == ""
    share = {"share": Leg(LAB, CLOUD, [Step("reported", high=38)], "revenue_share")}
    assert "the share of OpenAI’s revenue" in two_sided(made(tiny, legs | share)).note


def test_where_the_two_have_nothing_there_is_no_figure(tiny: Dealbook) -> None:
    book = made(tiny, {"stake": Leg(CHIPS, LAB, [Step("paid", 5)])})
    q = quantities.of(book, LAB, CLOUD)
    assert core_deal_figures.two_sided_figure(opened(book), CLOUD, q) is None


def test_the_answers_are_told_with_their_ranges_after_what_was_paid_in(tiny: Dealbook) -> None:
    leg = Leg(LAB, CLOUD, [Step("paid", 4, 3, 5), Step("paid", low=3, high=6), Step("paid", 7)])
    stake = Leg(CLOUD, LAB, [Step("paid", 2)])
    page = opened(made(tiny, {"stake": stake, "used": leg}))
    rows = {f"answer {place}": f"events/used-{place}" for place in range(3)}
    returned = core_deal.answers(page.book, rows, {})
    what = core_deal.finding(page.book, CLOUD, quantities.of(page.book, LAB, CLOUD))
    figure = present(core_deal_figures.answers_figure(page, returned, what, "A note."))
    assert figure.title == "How much came back to Microsoft depends on what is counted"
    assert plain(figure.description).startswith(
        "Ranges in two groups. What has been paid in: $2 bn; answer 0: $4 bn, range $3–5 bn; "
        "answer 1: $3–6 bn; answer 2: $7 bn. "
    )
    assert "OpenAI → Microsoft: several answers" in drawn(figure)


def test_without_an_answer_what_was_paid_in_stands_alone(tiny: Dealbook) -> None:
    none = core_deal.answers(tiny, {}, {})
    what = core_deal.finding(tiny, CLOUD, quantities.of(tiny, LAB, CLOUD))
    figure = present(core_deal_figures.answers_figure(opened(tiny), none, what, ""))
    assert list(figure.frame.heading) == ["Microsoft → OpenAI"]


def test_without_any_payment_there_is_no_figure(tiny: Dealbook) -> None:
    book = made(tiny, {"stake": Leg(CLOUD, LAB, [Step("announced", 5)])})
    none = core_deal.answers(book, {}, {})
    what = core_deal.finding(book, CLOUD, quantities.of(book, LAB, CLOUD))
    assert core_deal_figures.answers_figure(opened(book), none, what, "") is None
