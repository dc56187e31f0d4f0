"""A dossier: which legs it tells of, and what it computes from them, by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope.chapters import partner, partner_words
from tightrope.chapters.partner import Dossier
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made
from .dossiers import CHIPS, CLOUD, LAB, about, early, served
from .opened import opened, plain


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
        assert told.related.leg_id.tolist() == ["letter-equity"]
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


class TestNext:
    @staticmethod
    def watched(tiny: Dealbook, *rows: tuple[str, str, str, str]) -> Dealbook:
        """The toy book that expects these: what changes, first and last day, what it is."""
        watch = pd.DataFrame(
            {
                "watch_id": [str(number) for number in range(len(rows))],
                "changes": [row[0] for row in rows],
                "expected_from": pd.to_datetime([row[1] for row in rows]),
                "expected_by": pd.to_datetime([row[2] for row in rows]),
                "what": [row[3] for row in rows],
                "result": "",
            }
        )
        return replace(tiny, watch=watch)

    def test_the_first_of_its_rows_with_a_day_is_next(self, tiny: Dealbook) -> None:
        rows = [
            ("legs/letter-equity", "2030-01-01", "2030-01-02", "Another."),
            ("legs/x legs/cloud-use", "2030-02-01", "2030-02-03", "A bill."),
            ("events/stake-paid-1", "2030-03-01", "2030-03-03", "A payment."),
        ]
        book = self.watched(tiny, *rows)
        item = partner.next_due(about(book))
        assert item is not None
        assert item["what"] == "A bill."
        assert (
            plain(partner_words.next_due(about(book))) == "A bill. Expected 1 to 3 February 2030."
        )

    def test_a_day_known_within_a_month_comes_before_one_that_is_not(self, tiny: Dealbook) -> None:
        rows = [
            ("legs/cloud-use", "2029-01-01", "2030-01-02", "Some day."),
            ("legs/cloud-use", "2030-03-01", "2030-03-03", "A report."),
        ]
        item = partner.next_due(about(self.watched(tiny, *rows)))
        assert item is not None
        assert item["what"] == "A report."

    def test_what_is_past_or_of_others_is_not_next(self, tiny: Dealbook) -> None:
        book = self.watched(tiny, ("legs/cloud-use", "2020-01-01", "2020-01-02", "Past."))
        assert partner.next_due(about(book)) is None
        assert partner_words.next_due(about(book)) == ""


class TestSums:
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
