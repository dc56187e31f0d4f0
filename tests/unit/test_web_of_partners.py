"""The chapter on the web of partners: which legs it has, and what it says of them, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tightrope.chapters import web_of_partners as chapter
from tightrope.chapters import web_of_partners_figures as figures
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made
from .opened import drawn, opened, plain, present
from .test_loops import with_legs

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"


@pytest.fixture
def wide(tiny: Dealbook) -> Dealbook:
    """The toy book with deals that the article does not have; one of them serves one of its own."""
    leg = {"status": "announced", "amount": 5.0, "instrument": "loan"}
    book = with_legs(
        tiny,
        leg | {"leg_id": "to-a-stranger", "deal_id": "far", "payer_id": CLOUD, "payee_id": "bank"},
        leg | {"leg_id": "between-them", "deal_id": "near", "payer_id": CLOUD, "payee_id": CHIPS},
        leg | {"leg_id": "for-the-deal", "deal_id": "debt", "payer_id": "bank", "payee_id": CLOUD},
    )
    deals = book.deals.set_index("deal_id")
    deals.loc[["far", "near", "debt"], "in_article"] = False
    deals.loc["debt", "serves_deal_id"] = "cloud"
    return replace(book, deals=deals.reset_index()[book.deals.columns])


def test_the_article_s_web_has_its_deals_what_serves_them_and_what_its_partners_pay_each_other(
    wide: Dealbook,
) -> None:
    legs = chapter.article_web(wide, "announced")
    assert set(legs.leg_id) == {"stake-cash", "cloud-use", "for-the-deal", "between-them"}


def test_on_the_paid_layer_the_web_has_only_what_was_paid(wide: Dealbook) -> None:
    assert chapter.article_web(wide, "paid").leg_id.tolist() == ["stake-cash"]


def test_of_a_partner_both_sides_are_there(tiny: Dealbook) -> None:
    # 10 comes in for a stake, 73 is to go out for the cloud.
    sides = chapter.both_sides(tiny, "announced", LAB)
    assert sides[["party", "in_stated", "out_stated"]].to_numpy().tolist() == [[CLOUD, 10, 73]]


def test_a_partner_of_whom_only_the_press_speaks_is_left_out(tiny: Dealbook) -> None:
    legs = {
        "heard": Leg(CHIPS, LAB, [Step("reported", 30)]),
        "signed": Leg(CLOUD, LAB, [Step("binding", 5)]),
    }
    assert chapter.both_sides(made(tiny, legs), "announced", LAB).party.tolist() == [CLOUD]


def test_a_partner_with_a_contract_on_the_other_side_stays(tiny: Dealbook) -> None:
    legs = {
        "heard": Leg(CHIPS, LAB, [Step("reported", 30)]),
        "bought": Leg(LAB, CHIPS, [Step("binding", 5)], "chips"),
    }
    sides = chapter.both_sides(made(tiny, legs), "announced", LAB)
    assert sides[["party", "in_stated", "out_stated"]].to_numpy().tolist() == [[CHIPS, 0, 5]]


def test_what_others_pay_each_other_and_what_is_lent_is_not_the_party_s_own(
    tiny: Dealbook,
) -> None:
    legs = {
        "in": Leg(CLOUD, LAB, [Step("binding", 5)]),
        "out": Leg(LAB, CLOUD, [Step("binding", 6)], "compute"),
        "onward": Leg(CLOUD, CHIPS, [Step("binding", 7)], "chips"),
        "lent": Leg(CLOUD, LAB, [Step("binding", 8)], "loan"),
    }
    assert set(chapter.with_focal(made(tiny, legs), "binding", LAB).leg_id) == {"in", "out"}


def test_the_widest_round_trip_is_that_whose_ends_lie_farthest_apart(tiny: Dealbook) -> None:
    # The cloud: the smaller of 10 and 5 to 15, so 5 to 10. The maker of chips: 2 to 4.
    legs = {
        "cloud-in": Leg(CLOUD, LAB, [Step("binding", 10)]),
        "cloud-out": Leg(LAB, CLOUD, [Step("binding", low=5, high=15)], "compute"),
        "chips-in": Leg(CHIPS, LAB, [Step("binding", 300)]),
        "chips-out": Leg(LAB, CHIPS, [Step("binding", low=2, high=4)], "chips"),
    }
    assert chapter.widest_round_trip(made(tiny, legs), LAB) == CLOUD


def test_a_round_trip_that_nobody_has_signed_can_be_the_widest(tiny: Dealbook) -> None:
    # The cloud's, signed: 5 to 10. The maker's, announced: 2 to 9.
    legs = {
        "cloud-in": Leg(CLOUD, LAB, [Step("binding", 10)]),
        "cloud-out": Leg(LAB, CLOUD, [Step("binding", low=5, high=15)], "compute"),
        "chips-in": Leg(CHIPS, LAB, [Step("announced", 300)]),
        "chips-out": Leg(LAB, CHIPS, [Step("announced", low=2, high=9)], "chips"),
    }
    assert chapter.widest_round_trip(made(tiny, legs), LAB) == CHIPS


def test_where_no_round_trip_is_a_range_none_is_the_widest(tiny: Dealbook) -> None:
    assert chapter.widest_round_trip(tiny, LAB) == ""


def test_what_is_to_be_paid_is_by_partner_the_largest_sum_first(tiny: Dealbook) -> None:
    legs = {
        "small": Leg(LAB, CLOUD, [Step("announced", 5)], "compute"),
        "large": Leg(LAB, CHIPS, [Step("binding", 6)], "chips"),
        "in": Leg(CLOUD, LAB, [Step("binding", 90)]),
    }
    owed = chapter.to_pay_by_partner(made(tiny, legs), LAB)
    assert owed.to_dict() == {CHIPS: 6, CLOUD: 5}
    assert owed.index[0] == CHIPS


def test_a_loan_that_only_the_press_reports_is_told_with_its_sum(tiny: Dealbook) -> None:
    legs = {
        "heard": Leg(CHIPS, LAB, [Step("reported", 18)], "loan"),
        "signed": Leg(CLOUD, LAB, [Step("binding", 4)], "loan"),
        "given": Leg(LAB, CLOUD, [Step("reported", 7)], "loan"),
        "stake": Leg(CLOUD, LAB, [Step("reported", 9)]),
        "silent": Leg(CLOUD, LAB, [Step("reported")], "loan"),
    }
    book = made(tiny, legs)
    loans = chapter.reported_loans(book, LAB)
    assert loans.leg_id.tolist() == ["heard"]
    assert plain(chapter.loan_words(loans, book)) == (
        "The upper end of that counts a loan of $18 bn by Nvidia, which only the press reports."
    )


def test_without_such_a_loan_nothing_is_said(tiny: Dealbook) -> None:
    assert chapter.loan_words(chapter.reported_loans(tiny, LAB), tiny) == ""


def test_a_step_is_labelled_with_its_sum_or_its_range(tiny: Dealbook) -> None:
    leg = Leg(CLOUD, LAB, [Step("announced", 10), Step("binding", low=8, high=9)])
    steps = chapter.article_steps(made(tiny, {"stake": leg}), "lab")
    assert [plain(label) for label in steps.label] == ["$10 bn", "$8–9 bn"]
    assert steps.deal.unique().tolist() == ["A stake"]


def test_steps_of_other_deals_are_not_the_article_s(wide: Dealbook, tiny: Dealbook) -> None:
    ids = chapter.article_steps(wide, "lab").event_id
    assert set(ids) == set(chapter.article_steps(tiny, "lab").event_id)


def test_the_busiest_year_is_that_in_which_most_steps_became_known(tiny: Dealbook) -> None:
    # Three in 2020, two in 2021, one each in 2022 and 2023.
    most = chapter.busiest(chapter.article_steps(tiny, "lab"))
    assert (most.year, most.steps) == (2020, 3)
    assert set(most.rows) == {
        "events/stake-announced",
        "events/stake-binding",
        "events/stake-paid-1",
    }


def test_without_steps_there_is_no_busiest_year(tiny: Dealbook) -> None:
    none = chapter.article_steps(tiny, "lab").iloc[:0]
    assert chapter.busiest(none) == chapter.Busiest(0, 0, ())


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ({"no-leg": "Nobody"}, "More are to join"),
        ({"stake-cash": "A cloud", "no-leg": "Nobody"}, "A cloud has joined"),
        ({"cloud-use": "A shop", "stake-cash": "A cloud"}, "A shop and A cloud have joined"),
    ],
)
def test_who_has_joined_is_said_of_those_whose_leg_is_known(
    tiny: Dealbook, later: dict[str, str], words: str
) -> None:
    assert chapter.joined_words(tiny, "announced", later) == words


def test_a_letter_that_was_replaced_has_not_joined(tiny: Dealbook) -> None:
    assert chapter.joined_words(tiny, "announced", {"letter-equity": "Nvidia"}).startswith("More")


def test_the_list_counts_the_links_that_the_party_has(tiny: Dealbook) -> None:
    # A loan and chips between two of its partners are one link, and two with the lab another two.
    among = {
        "lent": Leg(CLOUD, CHIPS, [Step("binding", 4)], "loan"),
        "chips": Leg(CLOUD, CHIPS, [Step("binding", 3)], "chips"),
        "in": Leg(CLOUD, LAB, [Step("binding", 5)]),
        "out": Leg(LAB, CLOUD, [Step("binding", 10)], "compute"),
    }
    page = opened(made(tiny, among))
    legs = chapter.article_web(page.book, "announced")
    assert present(figures.who_pays_figure(page, legs)).title == (
        "2 of 3 links start or end at OpenAI"
    )
    only = legs[legs.leg_id.isin(["lent"])]
    assert present(figures.who_pays_figure(page, only)).title.startswith("Only 0 of 1 links")


def test_the_two_sided_figure_counts_round_trips_at_the_low_end(tiny: Dealbook) -> None:
    # With the cloud at least 10 turns back; what the maker of chips is paid may be nothing.
    legs = {
        "in": Leg(CLOUD, LAB, [Step("binding", 10)]),
        "out": Leg(LAB, CLOUD, [Step("binding", 73)], "compute"),
        "stake": Leg(CHIPS, LAB, [Step("binding", 30)]),
        "chips": Leg(LAB, CHIPS, [Step("binding", low=0, high=9)], "chips"),
    }
    figure = present(figures.two_sided_figure(opened(made(tiny, legs))))
    assert "1 of 2 partners have a round trip" in figure.title
    assert "Nvidia: in $30 bn, out up to $9 bn" in plain(figure.description)


def test_a_bar_of_the_two_sided_figure_is_labelled_with_its_range(tiny: Dealbook) -> None:
    book = made(tiny, {"in": Leg(CLOUD, LAB, [Step("binding", 4, 3, 5)])})
    figure = present(figures.two_sided_figure(opened(book)))
    assert "$3–5 bn" in drawn(figure)


def test_the_timeline_names_the_busiest_year(tiny: Dealbook) -> None:
    figure = present(figures.timeline_figure(opened(tiny), chapter.article_steps(tiny, "lab")))
    assert figure.title == "Most of it came in one year: 3 of 7 steps in 2020"
    assert "2020: 3, 2021: 2, 2022: 1, 2023: 1." in figure.description


def test_on_a_layer_on_which_nothing_is_known_there_is_no_figure(tiny: Dealbook) -> None:
    page = opened(made(tiny, {"out": Leg(LAB, CLOUD, [Step("announced", 10)])}), "paid")
    legs = chapter.article_web(page.book, "paid")
    drawn = [
        figures.who_pays_figure(page, legs),
        figures.two_sided_figure(page),
        figures.timeline_figure(page, chapter.article_steps(page.book, page.focal).iloc[:0]),
    ]
    assert drawn == [None] * 3
