"""What a dossier says in sentences, by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope.chapters import partner_tables, partner_words
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made
from .dossiers import CHIPS, CLOUD, LAB, about, early, served
from .opened import plain


@pytest.fixture(name="served")
def served_book(tiny: Dealbook) -> Dealbook:
    return served(tiny)


def of_kind(tiny: Dealbook, kind: str, **more: str) -> Dealbook:
    """The toy book with a cloud that is of another kind."""
    is_cloud = tiny.parties.party_id.eq(CLOUD)
    changed = {column: tiny.parties[column].mask(is_cloud, value) for column, value in more.items()}
    kinds = tiny.parties.kind.mask(is_cloud, kind)
    return replace(tiny, parties=tiny.parties.assign(kind=kinds, **changed))


class TestWords:
    def test_who_it_is_says_kind_place_and_listing(self, tiny: Dealbook) -> None:
        assert partner_words.who(about(tiny)) == (
            "Microsoft is a cloud provider in the United States, listed as NASDAQ:MSFT."
        )
        japanese = of_kind(tiny, "investor", country="JP", ticker="")
        assert partner_words.who(about(japanese)) == (
            "Microsoft is an investor in Japan, not listed on a stock exchange."
        )

    def test_where_no_party_has_a_ticker_nothing_is_said_of_listing(self, tiny: Dealbook) -> None:
        silent = replace(tiny, parties=tiny.parties.assign(ticker=""))
        assert partner_words.who(about(silent)) == (
            "Microsoft is a cloud provider in the United States."
        )

    def test_a_customer_is_one_of_whom_it_buys_from_and_else_a_firm(self, tiny: Dealbook) -> None:
        buys = made(tiny, {"buys": Leg(CLOUD, LAB, [Step("binding", 4)], "services")})
        placed = of_kind(buys, "customer", country="JP", ticker="")
        assert partner_words.who(about(placed)) == (
            "Microsoft is a customer of OpenAI in Japan, not listed on a stock exchange."
        )
        assert "buys services of OpenAI" in partner_words.flow(about(placed))
        given = made(tiny, {"in": Leg(CLOUD, LAB, [Step("binding", 4)])})
        silent = of_kind(given, "customer", country="", ticker="")
        assert partner_words.who(about(silent)) == (
            "Microsoft is a firm, not listed on a stock exchange."
        )
        silent = replace(silent, parties=silent.parties.assign(ticker=""))
        assert partner_words.who(about(silent)) == ""

    def test_a_name_for_many_is_spoken_of_in_the_plural(self, tiny: Dealbook) -> None:
        told = about(of_kind(tiny, "boundary"))
        assert partner_words.who(told).startswith("Microsoft are many firms")
        assert partner_words.account(told) == "Their account with OpenAI"
        assert partner_words.flow(told).startswith("Under these deals they buy a stake in OpenAI,")
        assert "OpenAI buys compute from them" in partner_words.flow(told)

    def test_before_it_is_known_the_page_says_so_and_nothing_else(self, tiny: Dealbook) -> None:
        told = early(tiny)
        assert plain(partner_words.who(told)) == (
            "Nothing was public about Nvidia by 31 December 2020."
        )
        silent = ("flow", "next_due", "judged", "figures")
        assert {getattr(partner_words, one)(told) for one in silent} == {""}

    def test_both_directions_are_said_each_from_its_payer(self, tiny: Dealbook) -> None:
        assert partner_words.flow(about(tiny)) == (
            "Under these deals Microsoft buys a stake in OpenAI, and OpenAI buys compute from it."
        )

    def test_where_nothing_is_to_come_back_that_is_said(self, tiny: Dealbook) -> None:
        book = made(tiny, {"in": Leg(CLOUD, LAB, [Step("reported", 4)])})
        assert partner_words.flow(about(book)) == (
            "Under these deals Microsoft buys a stake in OpenAI (only reported). "
            "No payment from OpenAI to Microsoft itself is known."
        )

    def test_where_nothing_comes_in_that_is_said(self, tiny: Dealbook) -> None:
        book = made(tiny, {"out": Leg(LAB, CLOUD, [Step("binding", 4)], "lease")})
        assert partner_words.flow(about(book)) == (
            "Under these deals OpenAI leases a site from it. "
            "No payment from Microsoft to OpenAI is known."
        )

    def test_a_plan_that_ended_is_told_as_one(self, tiny: Dealbook) -> None:
        assert partner_words.flow(about(tiny, CHIPS)) == (
            "The plan, since cancelled or replaced: Nvidia buys a stake in OpenAI."
        )

    def test_who_has_nothing_with_the_lab_is_said_to(self, tiny: Dealbook) -> None:
        book = made(tiny, {"chips": Leg(CLOUD, CHIPS, [Step("binding", 4)], "chips")})
        assert partner_words.flow(about(book)).startswith(
            "No payment between Microsoft and OpenAI is known, in either direction;"
        )

    def test_what_is_no_money_is_explained(self, tiny: Dealbook) -> None:
        book = made(tiny, {"in": Leg(CLOUD, LAB, [Step("binding", 4)])})
        book = replace(book, legs=book.legs.assign(medium="credits"))
        assert "Credits can only be spent at the shop" in partner_words.flow(about(book))

    def test_what_is_signed_is_said_by_its_terms(self, tiny: Dealbook) -> None:
        assert plain(partner_words.signed(about(tiny))) == (
            "OpenAI has signed to pay $73 bn, on terms that are not public."
        )
        silent = made(tiny, {"out": Leg(LAB, CLOUD, [Step("binding")], "compute")})
        assert "a sum that nobody has published, on terms" in partner_words.signed(about(silent))
        assert partner_words.signed(about(tiny, CHIPS)).startswith("No contract is known")

    def test_loans_are_told_with_who_lends(self, tiny: Dealbook) -> None:
        legs = {
            "loan": Leg(CLOUD, LAB, [Step("reported", 4)], "loan"),
            "guarantee": Leg(LAB, CLOUD, [Step("binding", low=1, high=2)], "guarantee"),
        }
        assert plain(partner_words.lent(about(made(tiny, legs)))) == (
            "Loans and guarantees are in none of these sums; here there are a loan by Microsoft "
            "($4 bn, only reported) and a guarantee by OpenAI ($1–2 bn)."
        )
        assert partner_words.lent(about(tiny)) == ""

    def test_claims_are_counted_by_verdict(self, tiny: Dealbook) -> None:
        claims = pd.concat([tiny.claims.iloc[:1]] * 3, ignore_index=True).assign(
            claim="Microsoft pays.", verdict=["wrong", "confirmed", "wrong"]
        )
        told = about(replace(tiny, claims=claims))
        assert partner_words.judged(told) == (
            "3 claims of the article are about it: 2 wrong and 1 confirmed."
        )
        one = about(replace(tiny, claims=claims.iloc[:1]))
        assert partner_words.judged(one).startswith("1 claim of the article is about it")
        none = about(replace(tiny, claims=claims.iloc[:0]))
        assert partner_words.judged(none) == ""

    def test_figures_and_steps_are_counted(self, tiny: Dealbook) -> None:
        own = replace(tiny, financials=tiny.financials.assign(party_id=CLOUD))
        assert partner_words.figures(about(own)) == "The data have 1 figure of Microsoft."
        assert partner_words.figures(about(tiny)) == ""
        assert partner_words.record(about(tiny)) == (
            "By the quality of their evidence: 3 from filings and 2 in a company’s own words."
        )


class TestGaps:
    def missing(self, tiny: Dealbook, leg: Leg) -> dict[str, str]:
        """What is missing of a book of one leg of which both sides have spoken."""
        book = made(tiny, {"leg": leg})
        events = book.events.assign(stated_by="both", note="")
        legs = book.legs.assign(schedule="even")
        return partner_words.missing(about(replace(book, events=events, legs=legs)))

    def test_a_leg_without_a_sum_is_listed(self, tiny: Dealbook) -> None:
        found = self.missing(tiny, Leg(CLOUD, LAB, [Step("announced")]))
        assert found == {"No source gives a sum": "A stake"}

    def test_a_leg_with_a_range_is_listed_with_it(self, tiny: Dealbook) -> None:
        found = self.missing(tiny, Leg(CLOUD, LAB, [Step("announced", low=1, high=2)]))
        assert {gap: plain(legs) for gap, legs in found.items()} == {
            "Only a range is known": "A stake ($1–2 bn)"
        }

    def test_a_signed_leg_without_a_payment_is_listed(self, tiny: Dealbook) -> None:
        found = self.missing(tiny, Leg(CLOUD, LAB, [Step("binding", 2)]))
        assert found == {"Under contract, but what has been paid is not public": "A stake"}

    def test_where_all_is_known_nothing_is_missing(self, tiny: Dealbook) -> None:
        book = made(tiny, {"leg": Leg(CLOUD, LAB, [Step("binding", 2), Step("paid", 2)])})
        events = book.events.assign(stated_by="both", note="")
        told = about(replace(book, events=events))
        assert partner_tables.gaps_table(told) is None

    def test_an_undated_leg_that_is_not_wholly_paid_is_listed(self, tiny: Dealbook) -> None:
        found = partner_words.missing(about(tiny.as_of("2022-12-31"), CHIPS))
        assert found["No date is known for the money that is still to come"] == "A letter"

    def test_a_noted_step_and_a_lone_voice_are_listed(self, tiny: Dealbook) -> None:
        book = made(tiny, {"leg": Leg(CLOUD, LAB, [Step("announced", 2), Step("paid", 2)])})
        events = book.events.assign(stated_by="payer", note=["", "A <doubt>."])
        told = about(replace(book, events=events))
        assert partner_words.missing(told) == {
            "Only one side has spoken": "A stake (Microsoft)",
            "A note says more, such as a doubt, a conflict or a derivation": "1 of 2 steps in the last "
            "table",
        }
        shown = partner_tables.gaps_table(told)
        assert shown is not None
        assert "A stake (Microsoft)" in shown.html

    def test_a_leg_of_which_no_side_has_spoken_is_listed(self, tiny: Dealbook) -> None:
        book = made(tiny, {"leg": Leg(CLOUD, LAB, [Step("announced", 2)])})
        told = about(replace(book, events=book.events.assign(stated_by="ours", note="")))
        assert "A stake" in partner_words.missing(told).values()
