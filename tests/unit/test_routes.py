"""Money that can return by any route: worked cases, second opinions, the cut as proof."""

from __future__ import annotations

import math

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.measures import roundtrip, routes
from tightrope.measures.payments import Web

from .webs import P3, P4, P19, SELF, in_thousands, payments, webs


def cut(result: routes.Returnable) -> list[tuple[object, object, float]]:
    return list(result.cut.itertuples(index=False, name=None))


def test_seven_can_return_in_the_worked_network() -> None:
    # P3: 6 over 3 and 1 over 4, though 10 leave.
    result = routes.returnable(P3, 1)
    assert (result.value, result.share_of_inflow) == (7, 1)
    assert cut(result) == [(3, 1, 6), (4, 1, 1)]


def test_one_payment_can_be_all_that_holds_a_web_of_loops_together() -> None:
    # P4: both loops pass the payment from 1 to 2.
    result = routes.returnable(P4, 1)
    assert (result.value, result.share_of_inflow, cut(result)) == (1, 0.5, [(1, 2, 1)])


def test_in_the_articles_network_only_direct_round_trips_return() -> None:
    # P19: 13.35 of 153.35.
    result = routes.returnable(P19, "openai")
    assert (result.value, result.share_of_inflow) == (13.35, 13.35 / 153.35)
    # What Microsoft and OpenAI pay each other is alike: the cut is the one nearer to OpenAI.
    assert cut(result) == [("openai", "microsoft", 13), ("coreweave", "openai", 0.35)]


def test_a_party_that_only_pays_or_is_only_paid_gets_nothing_back() -> None:
    only_pays, only_paid = (routes.returnable(P19, party) for party in ("nvidia", "oracle"))
    assert (only_pays.value, only_paid.value, only_paid.share_of_inflow) == (0, 0, 0)
    assert math.isnan(only_pays.share_of_inflow)
    assert only_pays.cut.empty
    assert list(only_paid.cut.columns) == ["payer", "payee", "amount"]


def test_what_a_party_pays_itself_has_never_left() -> None:
    result = routes.returnable(pd.concat([SELF, payments((1, 2, 4), (2, 1, 1))]), 1)
    assert (result.value, result.share_of_inflow) == (1, 1)


@given(web=webs(self_payments=True), focal=st.sampled_from("ab"))
def test_the_value_by_itself_is_the_same(web: pd.DataFrame, focal: str) -> None:
    if focal not in {*web.payer, *web.payee}:
        with pytest.raises(ValueError, match="neither pays nor is paid"):
            routes.value_returnable(web, focal)
        return
    assert routes.value_returnable(web, focal) == routes.returnable(web, focal).value


@given(web=webs(), focal=st.sampled_from("ab"))
def test_networkx_finds_the_same_flow(web: pd.DataFrame, focal: str) -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from(["out", "in"])
    for row in Web.of(web).frame().itertuples():
        payer, payee = row.payer, row.payee
        graph.add_edge(
            "out" if payer == focal else payer,
            "in" if payee == focal else payee,
            capacity=round(row.amount * 1e6),
        )
    result = routes.returnable(web, focal)
    assert in_thousands([result.value]) == [nx.maximum_flow_value(graph, "out", "in")]


@given(web=webs(self_payments=True), focal=st.sampled_from("ab"))
def test_the_cut_costs_what_returns_and_nothing_returns_without_it(
    web: pd.DataFrame, focal: str
) -> None:
    result = routes.returnable(web, focal)
    assert sum(in_thousands(result.cut.amount)) == in_thousands([result.value])[0]
    removed = set(zip(result.cut.payer, result.cut.payee, strict=True))
    pairs = zip(web.payer, web.payee, strict=True)
    left = web.assign(amount=web.amount.where([pair not in removed for pair in pairs], 0.0))
    assert routes.returnable(left, focal).value == 0


@given(web=webs(self_payments=True), focal=st.sampled_from("ab"))
def test_it_lies_between_the_direct_round_trip_and_the_smaller_side(
    web: pd.DataFrame, focal: str
) -> None:
    table = roundtrip.bilateral(web, focal)
    direct, paid_in, paid_out = (
        sum(in_thousands(table[column])) for column in ("round_trip", "paid_in", "paid_out")
    )
    result = routes.returnable(web, focal)
    assert direct <= in_thousands([result.value])[0] <= min(paid_in, paid_out)
    if paid_in:
        assert result.share_of_inflow == pytest.approx(result.value * 1e6 / paid_in, rel=1e-15)


@given(web=webs())
def test_the_cut_is_listed_largest_first(web: pd.DataFrame) -> None:
    assert routes.returnable(web, "a").cut.amount.is_monotonic_decreasing
