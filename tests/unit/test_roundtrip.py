"""The bilateral round trip and weighted reciprocity: worked cases and properties."""

from __future__ import annotations

import math

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given

from tightrope.measures import roundtrip
from tightrope.measures.payments import Web

from .webs import P1, P3, P19, SELF, in_thousands, payments, webs


def test_squartinis_reciprocity_of_a_worked_matrix_is_four_fifths() -> None:
    # P1: min(6, 5) + min(1, 1), twice, of 15.
    assert roundtrip.reciprocity(P1) == 0.8


def test_reciprocity_is_the_same_in_another_currency_unit() -> None:
    # P1, ×10: r stays 0.8 where the null model's ρ would move from 0.665 to 0.631.
    assert roundtrip.reciprocity(P1.assign(amount=P1.amount * 10)) == 0.8


def test_loops_of_three_are_no_reciprocity() -> None:
    assert roundtrip.reciprocity(P3) == 0


def test_the_articles_network_returns_13_35_of_153_35_directly() -> None:
    # P19: 8.71 % of what comes in, 3.98 % of what goes out; r = 26.7 of 488.75.
    table = roundtrip.bilateral(P19, "openai")
    returned, paid_in, paid_out = (
        in_thousands([table[column].sum()])[0] for column in ("round_trip", "paid_in", "paid_out")
    )
    assert (returned, paid_in, paid_out) == (13_350_000, 153_350_000, 335_400_000)
    assert round(100 * returned / paid_in, 2) == 8.71
    assert round(100 * returned / paid_out, 2) == 3.98
    assert roundtrip.reciprocity(P19) == 26.7 / 488.75


def test_the_round_trip_has_a_row_a_partner_largest_first() -> None:
    assert roundtrip.bilateral(P19, "openai").to_dict("split")["data"] == [
        ["microsoft", 13.0, 13.0, 13.0],
        ["coreweave", 0.35, 22.4, 0.35],
        ["nvidia", 100.0, 0.0, 0.0],
        ["oracle", 0.0, 300.0, 0.0],
        ["softbank", 40.0, 0.0, 0.0],
    ]


def test_a_partner_of_a_thousand_dollars_has_a_row() -> None:
    table = roundtrip.bilateral(payments(("a", "o", 0.000001), ("o", "b", 0.000001)), "o")
    assert list(table.party) == ["a", "b"]


def test_payments_among_others_do_not_appear() -> None:
    table = roundtrip.bilateral(payments(("a", "b", 1), ("b", "c", 2), ("c", "b", 2)), "a")
    assert list(table.party) == ["b"]


def test_what_a_party_pays_itself_is_no_round_trip() -> None:
    web = pd.concat([SELF, payments((1, 2, 4), (2, 1, 1))])
    assert roundtrip.bilateral(web, 1).to_dict("records") == [
        {"party": 2, "paid_in": 1.0, "paid_out": 4.0, "round_trip": 1.0}
    ]
    assert roundtrip.reciprocity(web) == 2 / 5


def test_a_share_of_nothing_is_not_a_number() -> None:
    assert math.isnan(roundtrip.reciprocity(payments()))
    assert math.isnan(roundtrip.reciprocity(SELF))


@given(web=webs())
def test_round_trips_of_all_parties_add_up_to_reciprocity(web: pd.DataFrame) -> None:
    whole = Web.of(web)
    returned = sum(
        sum(in_thousands(roundtrip.bilateral(web, party).round_trip)) for party in whole.parties
    )
    assert roundtrip.reciprocity(web) == returned / whole.gross


@given(web=webs())
def test_equal_payments_make_reciprocity_the_unweighted_one_of_networkx(web: pd.DataFrame) -> None:
    alike = Web.of(web).frame().assign(amount=1.0)
    graph = nx.from_pandas_edgelist(alike, "payer", "payee", create_using=nx.DiGraph)
    assert roundtrip.reciprocity(alike) == pytest.approx(nx.overall_reciprocity(graph), abs=1e-15)
