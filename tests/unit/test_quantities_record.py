"""Counts of the record, counted again: by hand in a toy web, by bare rows in the book."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tightrope import dealbook, paths, quantities
from tightrope.dealbook import Dealbook
from tightrope.quantities import DEFINITIONS

from ..data import bare_rows

COUNTS = [name for name, one in DEFINITIONS.items() if one.unit == "count"]


def counted(book: Dealbook, name: str, partner: str = "") -> float:
    return quantities.of(book, partner=partner)[name].stated


def bare(name: str) -> pd.DataFrame:
    return bare_rows.table(paths.DATA, name)


def said_by(events: pd.DataFrame) -> pd.DataFrame:
    """Whether payer and payee have stated a step that is not derived, for each leg."""
    said = events[events.confidence.ne("derived")].groupby("leg_id").stated_by.agg(set)
    return pd.DataFrame(
        {
            side: said.map(lambda who, side=side: bool({side, "both"} & who))
            for side in ("payer", "payee")
        }
    )


PROMISED = ["letter_of_intent", "announced", "binding"]


def spoken(legs: pd.Index, statuses: list[str]) -> pd.Series:
    """How many sides have spoken, for each of these legs that has a step of these statuses."""
    events = bare("events")
    events = events[events.status.isin(statuses) & events.leg_id.isin(legs)]
    there = events.leg_id.unique()
    return said_by(events).reindex(there, fill_value=False).sum(axis=1)


def test_a_toy_web_has_two_partners_three_deals_three_legs_and_seven_steps(tiny: Dealbook) -> None:
    # Nvidia's letter was replaced and nothing of it paid: it is no partner's any more.
    found = {name: counted(tiny, name) for name in ("partners", "deals", "legs", "steps", "claims")}
    assert found == {"partners": 1, "deals": 3, "legs": 3, "steps": 7, "claims": 1}


def test_a_promise_and_its_payment_are_two_statements_to_confirm(tiny: Dealbook) -> None:
    # Promises: stake, cloud and letter, all in joint releases. One payment, told by the payer.
    found = {
        name: counted(tiny, name)
        for name in (
            "promises_and_payments",
            "spoken_by_both",
            "spoken_by_one",
            "spoken_by_neither",
        )
    }
    assert found == {
        "promises_and_payments": 4,
        "spoken_by_both": 3,
        "spoken_by_one": 1,
        "spoken_by_neither": 0,
    }


def test_a_leg_counts_once_whatever_was_said_of_it(tiny: Dealbook) -> None:
    found = [counted(tiny, f"legs_{who}_spoke") for who in ("both", "one", "neither")]
    assert found == [3, 0, 0]


def test_with_a_partner_only_what_it_and_the_party_have_between_them_counts(
    tiny: Dealbook,
) -> None:
    found = {
        name: counted(tiny, name, "microsoft")
        for name in ("partners", "deals", "legs", "steps", "claims", "promises_and_payments")
    }
    assert found == {
        "partners": 1,
        "deals": 2,
        "legs": 2,
        "steps": 5,
        "claims": 1,
        "promises_and_payments": 3,
    }


@pytest.mark.parametrize(("verdict", "number"), [("confirmed", 1), ("wrong", 0)])
def test_a_claim_counts_under_its_verdict(tiny: Dealbook, verdict: str, number: int) -> None:
    assert counted(tiny, f"claims_{verdict}") == number


def test_none_is_written_as_a_word(tiny: Dealbook) -> None:
    assert quantities.of(tiny)["claims_wrong"].written == "none"


def test_a_claim_judged_otherwise_moves_to_the_other_count(tiny: Dealbook) -> None:
    judged = replace(tiny, claims=tiny.claims.assign(verdict="wrong"))
    assert [counted(judged, f"claims_{verdict}") for verdict in ("confirmed", "wrong")] == [0, 1]


@pytest.mark.parametrize(
    ("name", "table"),
    [("deals", "deals"), ("legs", "legs"), ("steps", "events"), ("claims", "claims")],
)
def test_the_book_has_as_many_as_its_file_has_rows(book: Dealbook, name: str, table: str) -> None:
    assert counted(book, name) == len(bare(table))


@pytest.mark.parametrize("verdict", ["confirmed", "wrong"])
def test_the_verdicts_of_the_book_are_those_of_the_rows(book: Dealbook, verdict: str) -> None:
    assert counted(book, f"claims_{verdict}") == bare("claims").verdict.value_counts()[verdict]


def test_partners_are_those_whose_rows_stand_on_a_rung(book: Dealbook) -> None:
    legs = bare_rows.ladder(paths.DATA)
    legs = legs[legs.scope.isin(dealbook.WEB)]
    has_something = legs.announced_high.isna() | legs.announced_high.gt(0)
    legs = legs[has_something]
    sides = {*legs.payee_id[legs.payer_id.eq("openai")], *legs.payer_id[legs.payee_id.eq("openai")]}
    assert counted(book, "partners") == len(sides)


@pytest.mark.parametrize(("who", "sides"), [("both", 2), ("one", 1), ("neither", 0)])
def test_legs_by_who_has_spoken_are_those_of_the_rows(book: Dealbook, who: str, sides: int) -> None:
    legs = bare("legs").index
    heard = spoken(legs, [*PROMISED, "paid"]).reindex(legs, fill_value=0)
    assert counted(book, f"legs_{who}_spoke") == heard.eq(sides).sum()


@pytest.mark.parametrize(("who", "sides"), [("both", 2), ("one", 1), ("neither", 0)])
def test_promises_and_payments_by_who_has_spoken_are_those_of_the_rows(
    book: Dealbook, who: str, sides: int
) -> None:
    legs = bare("legs").join(bare("deals").scope, on="deal_id")
    web = legs.index[legs.scope.isin(dealbook.WEB)]
    heard = pd.concat([spoken(web, PROMISED), spoken(web, ["paid"])])
    assert counted(book, f"spoken_by_{who}") == heard.eq(sides).sum()


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("legs", ["legs_both_spoke", "legs_one_spoke", "legs_neither_spoke"]),
        ("promises_and_payments", ["spoken_by_both", "spoken_by_one", "spoken_by_neither"]),
    ],
)
def test_what_is_told_apart_adds_up_to_the_whole(
    book: Dealbook, whole: str, parts: list[str]
) -> None:
    assert sum(counted(book, part) for part in parts) == counted(book, whole)


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_has_one_end_and_rows_that_the_book_has(book: Dealbook, name: str) -> None:
    one = quantities.of(book)[name]
    assert one.low == one.stated == one.high
    tables = {row.split("/")[0] for row in one.rows}
    assert {row.split("/")[1] for row in one.rows} <= set.union(
        *(set(book.all_ids[table]) for table in tables)
    )


@pytest.mark.parametrize("name", ["partners", "promises_and_payments", "spoken_by_neither"])
def test_before_the_first_deal_the_web_has_nothing_to_count(book: Dealbook, name: str) -> None:
    assert quantities.of(book.as_of("2015-01-01"))[name].written == "none"
