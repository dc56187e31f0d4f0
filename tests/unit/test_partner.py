"""A dossier: which legs it tells of, and what it computes from them, by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope.chapters import partner
from tightrope.chapters.partner import Dossier
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made
from .dossiers import CHIPS, CLOUD, LAB, about, early, served
from .opened import opened


@pytest.fixture(name="served")
def served_book(tiny: Dealbook) -> Dealbook:
    return served(tiny)


class TestLegs:
    def test_of_its_deals_it_has_its_own_legs_and_those_of_others_among_themselves(
        self, served: Dealbook
    ) -> None:
        # In the deal of the stake another pays the lab too: that is for its own dossier.
        told = about(served)
        assert set(told.related.leg_id) == {"stake-cash", "cloud-use", "debt", "chips"}
        assert set(told.direct.leg_id) == {"stake-cash", "cloud-use"}
        assert set(told.onward.leg_id) == {"debt", "chips"}

    def test_what_else_it_pays_stands_elsewhere(self, served: Dealbook) -> None:
        assert about(served).elsewhere.leg_id.tolist() == ["far"]

    def test_a_party_without_a_deal_with_the_lab_shows_its_own(self, tiny: Dealbook) -> None:
        book = made(tiny, {"chips": Leg(CLOUD, CHIPS, [Step("binding", 4)], "chips")})
        told = about(book)
        assert told.related.leg_id.tolist() == ["chips"]
        assert (len(told.direct), len(told.elsewhere)) == (0, 0)

    def test_a_party_that_is_not_known_yet_has_its_name_and_no_leg(self, tiny: Dealbook) -> None:
        told = early(tiny)
        assert (told.name, told.is_known, len(told.related)) == ("Nvidia", False, 0)
        assert told.rows == ["parties/nvidia"]

    def test_an_ended_leg_does_not_stand(self, tiny: Dealbook) -> None:
        told = about(tiny, CHIPS)
        assert told.ended.leg_id.tolist() == ["letter-equity"]
        assert told.standing.empty

    def test_a_loan_that_ended_is_not_lent(self, tiny: Dealbook) -> None:
        legs = {
            "stands": Leg(CLOUD, LAB, [Step("binding", 4)], "loan"),
            "ended": Leg(CLOUD, LAB, [Step("binding", 4), Step("cancelled")], "loan"),
            "stake": Leg(CLOUD, LAB, [Step("binding", 4)]),
        }
        assert about(made(tiny, legs)).lent.leg_id.tolist() == ["stands"]

    def test_the_layers_shown_end_with_the_page_s(self, tiny: Dealbook) -> None:
        assert about(tiny, layer="binding").layers == ["paid", "binding"]


class TestTitles:
    def test_a_deal_of_one_leg_goes_by_its_name(self, tiny: Dealbook) -> None:
        assert about(tiny).titles == {"stake-cash": "A stake", "cloud-use": "A cloud contract"}

    def test_legs_of_one_deal_are_told_apart_by_what_they_are_for(self, tiny: Dealbook) -> None:
        legs = {
            "a": Leg(CLOUD, LAB, [Step("binding", 4)]),
            "b": Leg(LAB, CLOUD, [Step("binding", 4)], "revenue_share"),
        }
        titles = about(made(tiny, legs)).titles
        assert titles == {"a": "A stake: equity", "b": "A stake: revenue share"}

    def test_a_leg_of_a_deal_with_legs_of_others_says_what_it_is_for(self, tiny: Dealbook) -> None:
        legs = {
            "own": Leg(CLOUD, LAB, [Step("binding", 4)]),
            "other": Leg(CHIPS, LAB, [Step("binding", 4)]),
        }
        assert about(made(tiny, legs)).titles == {"own": "A stake: equity"}

    def test_twins_are_told_apart_by_their_medium(self, tiny: Dealbook) -> None:
        twins = {leg: Leg(CLOUD, LAB, [Step("binding", 4)]) for leg in "ab"}
        book = made(tiny, twins)
        book = replace(book, legs=book.legs.assign(medium=["cash", "credits"]))
        assert list(about(book).titles.values()) == [
            "A stake: equity in cash",
            "A stake: equity in credits",
        ]

    def test_twins_in_one_medium_are_told_apart_by_the_other_party(self, tiny: Dealbook) -> None:
        legs = {
            "in": Leg(CLOUD, LAB, [Step("binding", 4)]),
            "to": Leg(CLOUD, CHIPS, [Step("binding", 4)]),
            "from": Leg(CHIPS, CLOUD, [Step("binding", 4)]),
        }
        assert about(made(tiny, legs)).titles == {
            "in": "A stake: equity from Microsoft",
            "to": "A stake: equity to Nvidia",
            "from": "A stake: equity from Nvidia",
        }


class TestSums:
    def test_the_account_has_a_row_for_each_layer(self, tiny: Dealbook) -> None:
        # Of a stake of 10, 9 is paid; the contract of 73 is signed.
        account = partner.account(about(tiny))
        assert account.step.tolist() == ["paid", "binding", "announced"]
        assert account.in_stated.tolist() == [9, 10, 10]
        assert account.out_stated.tolist() == [0, 73, 73]

    def test_what_the_party_has_with_others_is_not_in_the_account(self, served: Dealbook) -> None:
        assert partner.account(about(served)).out_stated.max() == 73

    def test_a_leg_to_which_no_source_puts_a_sum_is_unpriced(self, tiny: Dealbook) -> None:
        legs = {
            "silent": Leg(LAB, CLOUD, [Step("binding")], "compute"),
            "range": Leg(LAB, CLOUD, [Step("binding", low=1, high=2)], "compute"),
            "known": Leg(LAB, CLOUD, [Step("binding", 3)], "compute"),
            "loan": Leg(CLOUD, LAB, [Step("binding")], "loan"),
        }
        assert partner.unpriced(about(made(tiny, legs))).leg_id.tolist() == ["silent"]

    def test_each_standing_leg_climbs_by_itself(self, tiny: Dealbook) -> None:
        bars = partner.climbed(about(tiny)).set_index("name")
        assert bars.loc["A stake", ["paid", "binding"]].tolist() == [9, 1]
        assert bars.loc["A cloud contract", ["direction", "binding"]].tolist() == ["out", 73]

    def test_a_payment_is_known_where_its_low_end_is_something(self, tiny: Dealbook) -> None:
        legs = {
            "known": Leg(CLOUD, LAB, [Step("paid", low=1, high=2)]),
            "doubtful": Leg(CLOUD, LAB, [Step("paid", low=0, high=2)]),
            "signed": Leg(CLOUD, LAB, [Step("binding", 2)]),
        }
        told = about(made(tiny, legs))
        assert partner.is_paid(told).tolist() == [True, False, False]
        assert partner.is_doubtful(told).tolist() == [False, True, False]

    def test_steps_are_counted_by_grade_the_best_first(self, tiny: Dealbook) -> None:
        assert partner.grades(about(tiny)) == {
            "filing": 3,
            "company": 2,
            "press": 0,
            "secondary": 0,
            "derived": 0,
        }


class TestWitnesses:
    @pytest.fixture
    def heard(self, tiny: Dealbook) -> Dossier:
        legs = {
            leg: Leg(CLOUD, LAB, [Step("announced", 4), Step("binding", 4)])
            for leg in ("one", "both", "none", "payee")
        }
        book = made(tiny, legs)
        speakers = ["payer", "payer", "payer", "payee", "third_party", "ours", "payee", "payee"]
        return about(replace(book, events=book.events.assign(stated_by=speakers)))

    def test_a_leg_of_which_one_side_alone_has_spoken_names_it(self, heard: Dossier) -> None:
        assert partner.one_voice(heard) == {"one": "Microsoft", "payee": "OpenAI"}

    def test_what_others_say_and_what_we_estimate_is_no_side_s_word(self, heard: Dossier) -> None:
        assert partner.no_voice(heard) == ["none"]


class TestNeighbours:
    def test_others_are_named_without_the_two(self, served: Dealbook) -> None:
        assert partner.others(about(served)) == ["Nvidia"]

    def test_a_deal_of_others_that_names_the_party_is_found(self, tiny: Dealbook) -> None:
        summaries = tiny.deals.summary.mask(
            tiny.deals.deal_id.eq("cloud"), "Like Nvidia, the cloud sells."
        )
        named = replace(tiny, deals=tiny.deals.assign(summary=summaries))
        assert partner.naming(about(named, CHIPS)).leg_id.tolist() == ["cloud-use"]
        assert partner.naming(about(tiny, CHIPS)).empty

    def test_claims_are_those_that_name_it_or_rest_on_its_legs(self, tiny: Dealbook) -> None:
        claims = pd.concat([tiny.claims.iloc[:1]] * 3, ignore_index=True).assign(
            claim_id=["c01", "c02", "c03"],
            claim=["Microsoft pays.", "Somebody pays.", "Nobody pays."],
            leg_id=["", "cloud-use", "letter-equity"],
        )
        told = about(replace(tiny, claims=claims))
        assert partner.claims(told).claim_id.tolist() == ["c01", "c02"]

    def test_before_it_is_known_no_claim_is_about_it(self, tiny: Dealbook) -> None:
        claims = tiny.claims.assign(claim="Nvidia pays.")
        early = replace(tiny.as_of("2020-12-31"), claims=claims)
        assert partner.claims(partner.dossier(opened(early), tiny, CHIPS)).empty

    def test_figures_are_its_own(self, tiny: Dealbook) -> None:
        own = replace(tiny, financials=tiny.financials.assign(party_id=CLOUD))
        assert len(partner.figures(about(own))) == 1
        assert len(partner.figures(about(tiny))) == 0
