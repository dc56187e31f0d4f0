"""The toy web, worked out by hand as its README does it. All numbers are invented."""

from __future__ import annotations

import pytest

from tightrope import scenarios
from tightrope.chapters import who_breaks
from tightrope.dealbook import Dealbook
from tightrope.measures import circulation, clearing, funding, routes
from tightrope.stress import READINGS

from .conftest import ends, load, payments, shares


@pytest.fixture(scope="module")
def toy() -> Dealbook:
    return load("toy")


def test_promised_signed_and_paid_are_three_sums(toy: Dealbook) -> None:
    # In: 20 of Birch + 10 of Cedar + 10 of Maple; Cedar has not signed; Birch paid 10, Maple 10.
    assert ends(toy, "to_come_in").stated == 20 + 10 + 10
    assert ends(toy, "to_come_in_signed").stated == 20 + 10
    assert ends(toy, "paid_in").stated == 10 + 10
    # Out: the contract with Birch, signed, and nothing paid before 2026.
    assert ends(toy, "to_pay_signed").stated == 40
    assert ends(toy, "paid_out").stated == 0


def test_a_rumour_counts_at_the_high_end_alone(toy: Dealbook) -> None:
    assert ends(toy, "to_come_in") == (40, 40, 45)


def test_a_letter_of_intent_that_was_replaced_counts_nothing(toy: Dealbook) -> None:
    assert ends(toy.as_of("2024-12-31"), "to_come_in").stated == 20 + 10 + 30
    assert ends(toy, "to_come_in").stated == 40


def test_half_of_what_comes_in_goes_round_with_the_same_partner(toy: Dealbook) -> None:
    # Birch gives 20 and is to be paid 40: the smaller is 20, of 40 that come in.
    assert ends(toy, "round_trip").stated / ends(toy, "to_come_in").stated == 0.5


def test_three_quarters_can_come_back_by_some_route(toy: Dealbook) -> None:
    # 20 by Birch itself, and 10 by way of Birch’s chips and Cedar’s stake.
    web = payments(toy.within("focal", "onward"), "announced")
    assert routes.value_returnable(web, "alder") == 20 + 10
    assert ends(toy, "back_by_any_route").stated / ends(toy, "to_come_in").stated == 0.75


def test_of_the_cash_that_moved_nothing_came_back(toy: Dealbook) -> None:
    assert ends(toy, "round_trip_paid").stated == 0
    assert ends(toy, "back_by_any_route_paid").stated == 0


def test_all_that_is_signed_is_due_as_it_is_delivered(toy: Dealbook) -> None:
    assert ends(toy, "signed_on_condition").stated == 40
    assert ends(toy, "signed_without_condition").stated == 0


def test_seven_tenths_of_the_web_is_loops(toy: Dealbook) -> None:
    # Two payments of 20 in a loop of two + three payments of 10 in a loop of three = 70, of 100.
    web = payments(toy.within("focal", "onward"), "announced")
    assert web.amount.sum() == 20 + 10 + 10 + 40 + 20
    assert circulation.maximum_circulation(web).value == 2 * 20 + 3 * 10
    assert ends(toy, "circulation_index").stated == 0.7


def test_how_external_depends_on_how_far_one_looks(toy: Dealbook) -> None:
    # Strict: Cedar’s 10 and Maple’s 10, whom Alder pays nothing. By any route: 40 − 30 = 10.
    assert ends(toy, "external_share").stated == 20 / 40
    assert ends(toy, "external_share_any_route").stated == 10 / 40
    found = funding.external_share(payments(toy.within("focal", "onward"), "announced"), "alder")
    assert (found.strict, found.multi_hop) == (0.5, 0.25)


def test_half_of_what_was_paid_is_external(toy: Dealbook) -> None:
    assert ends(toy, "external_share_of_paid").stated == 10 / 20


def test_funders_are_as_concentrated_as_squares_say(toy: Dealbook) -> None:
    # 50, 25 and 25 percent: 2500 + 625 + 625.
    given = payments(toy, "announced").query("payee == 'alder'").groupby("payer").amount.sum()
    assert clearing.herfindahl(shares(given)) == 2500 + 625 + 625


def test_birch_breaks_even_at_round_shares(toy: Dealbook) -> None:
    # In 2026 Alder owes 20, Birch owes its lenders 10. It has 4 a year from all customers, of
    # which Alder’s part is not known: (10 − 4) / 20 to (10 − 0) / 20. With 20 of chips over five
    # years: (14 − 4) / 20 to (14 − 0) / 20.
    web = who_breaks.case(toy, "alder", "announced", 2030, 2026).web
    debts, machines = (who_breaks.break_even(web, reading, 2026) for reading in READINGS)
    assert list(debts.loc["birch", ["low", "high"]]) == pytest.approx([30, 50])
    assert list(machines.loc["birch", ["low", "high"]]) == pytest.approx([50, 70])
    assert clearing.break_even_pay_ratio(20, 10, 4) == 0.3


def test_the_plan_lacks_thirty_and_runs_out_in_its_fourth_year(toy: Dealbook) -> None:
    # 20 at first; + half of revenue (5, 10, 10, 10, 10) − 20 a year + 10 and 5 of new money.
    gap = scenarios.scenario(toy, focal="alder").gap()
    assert list(gap.path.cash) == [15, 10, 0, -10, -20]
    assert (gap.peak, gap.peak_year, gap.runway_year) == (10 + 20, 2030, 2029)


def test_loans_that_carry_the_contract_stand_beside_it(toy: Dealbook) -> None:
    assert ends(toy, "borrowed_for_deals").stated == 15
    assert ends(toy, "borrowed_for_deals_drawn").stated == 6


def test_every_document_says_that_it_is_invented(toy: Dealbook) -> None:
    assert toy.sources.title.str.startswith("Invented: ").all()
    assert toy.sources.note.str.contains("there is no such document").all()
    texts = (toy.events.note, toy.financials.note, toy.terms.note)
    for table in (*texts, toy.scenarios.why, toy.deals.summary):
        assert table.str.startswith("Invented.").all()


def test_what_birch_has_signed_and_not_paid_is_the_funding_of_the_plan() -> None:
    book = load("toy")
    paid = scenarios.payments(book, scenarios.scenario(book, focal="alder"), "alder")
    given = paid[paid.payee.eq("alder")].set_index("payer").amount
    assert given["birch"] == 10
    assert scenarios.OTHER_INVESTORS not in given.index


def test_the_year_in_focus_is_one_in_which_birch_is_owed_something() -> None:
    case = who_breaks.case(load("toy"), "alder", "announced", last_year=2031, year=2028)
    assert case.year in (2026, 2027)
    assert case.due_to("birch") == 20
