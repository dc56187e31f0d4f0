"""Maximum circulation: published and worked cases, second opinions, a proof in every result."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.graph.python.max_flow import SimpleMaxFlow
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import linprog

from tightrope.measures import circulation, roundtrip
from tightrope.measures.payments import Web
from tightrope.measures.solver import maximum_flow

from .webs import EXCESS, P1, P3, P4, P19, SELF, SUBDIVIDED, TRIANGLE, in_thousands, payments, webs


def on(result: circulation.Circulation, column: str) -> dict[tuple[object, object], float]:
    """A column of the flows by payer and payee."""
    flows = result.flows
    return dict(zip(zip(flows.payer, flows.payee, strict=True), flows[column], strict=True))


def thousands(result: circulation.Circulation, column: str) -> np.ndarray:
    return np.array(in_thousands(result.flows[column]))


@pytest.mark.parametrize(
    ("web", "gross", "value", "index"),
    [
        pytest.param(SELF, 5, 5, 1, id="P2 self-loop"),
        pytest.param(TRIANGLE, 3, 3, 1, id="P2 directed triangle"),
        pytest.param(EXCESS, 4, 3, 3 / 4, id="P2 triangle and excess"),
        pytest.param(SUBDIVIDED, 6, 4, 4 / 6, id="P2 subdivided"),
        pytest.param(P3, 27, 21, 21 / 27, id="P3"),
        pytest.param(P4, 5, 3, 3 / 5, id="P4"),
        pytest.param(P19, 488.75, 26.7, 26.7 / 488.75, id="P19"),
    ],
)
def test_published_and_worked_values(
    web: pd.DataFrame, gross: float, value: float, index: float
) -> None:
    result = circulation.maximum_circulation(web)
    assert (result.gross, result.value, result.index) == (gross, value, index)


def test_the_worked_network_has_one_largest_circulation() -> None:
    # P3: C = (1,2,7)(2,3,6)(2,4,1)(3,1,6)(4,1,1).
    result = circulation.maximum_circulation(P3)
    only = {(1, 2): 7, (2, 3): 6, (2, 4): 1, (3, 1): 6, (4, 1): 1}
    assert on(result, "circular") == on(result, "low") == on(result, "high") == only


def test_the_worked_network_is_proved_by_its_levels() -> None:
    # P3: weighted agony 21. Down a level counts double, across once, up one nothing.
    assert dict(circulation.maximum_circulation(P3).levels) == {1: 0, 2: 1, 3: 2, 4: 2}


def test_loops_that_compete_for_a_payment_have_ranges() -> None:
    # P4: the loop runs over 3 or over 4 or over both; the payment they share is always used.
    result = circulation.maximum_circulation(P4)
    rest = [(2, 3), (3, 1), (2, 4), (4, 1)]
    assert on(result, "low") == dict.fromkeys(rest, 0.0) | {(1, 2): 1.0}
    assert on(result, "high") == dict.fromkeys(rest, 1.0) | {(1, 2): 1.0}


def test_without_ranges_nothing_else_changes() -> None:
    full, short = (circulation.maximum_circulation(P4, ranges=r) for r in (True, False))
    assert (short.value, short.gross, short.index) == (full.value, full.gross, full.index)
    assert short.flows[["low", "high"]].isna().all(axis=None)
    columns = ["payer", "payee", "amount", "circular"]
    pd.testing.assert_frame_equal(short.flows[columns], full.flows[columns], check_exact=True)


def test_the_articles_network_circulates_what_comes_straight_back() -> None:
    # P19: r = maximum circulation share = 0.0546, excess share 0.3411.
    assert circulation.maximum_circulation(P19).index == roundtrip.reciprocity(P19)
    assert round(circulation.maximum_circulation(P19).index, 4) == 0.0546
    assert round(circulation.excess_share(P19), 4) == 0.3411


def test_the_excess_of_the_worked_network_is_gross_less_the_least_that_nets() -> None:
    # P3: ½ Σ |out − in| = 3 of 27.
    assert circulation.excess_share(P3) == 24 / 27


def test_an_empty_web_circulates_nothing_and_has_no_shares() -> None:
    result = circulation.maximum_circulation(payments())
    assert (result.value, result.gross, len(result.flows), len(result.levels)) == (0, 0, 0, 0)
    assert math.isnan(result.index)
    assert math.isnan(circulation.excess_share(payments()))


def test_a_long_ring_takes_one_round_and_not_one_for_each_party() -> None:
    # All pay 2, the last 1: 1 goes round.
    ring = payments(*[(n, (n + 1) % 3000, 2.0 if n < 2999 else 1.0) for n in range(3000)])
    assert circulation.maximum_circulation(ring, ranges=False).value == 3000


def test_the_cycles_of_the_worked_network() -> None:
    # P3: 1-2-3 and 1-2-4, weights 6 and 1.
    assert circulation.simple_cycles(P3).to_dict("split")["data"] == [
        [(1, 2, 3), 3, 6.0],
        [(1, 2, 4), 3, 1.0],
    ]


def test_cycles_are_bounded_in_length_and_start_with_the_first_by_name() -> None:
    web = payments(("c", "a", 3), ("a", "b", 1), ("b", "c", 2), ("c", "b", 2), ("b", "b", 9))
    table = circulation.simple_cycles(web)
    assert list(table.cycle) == [("b",), ("b", "c"), ("a", "b", "c")]
    assert list(table.bottleneck) == [9, 2, 1]
    assert list(circulation.simple_cycles(web, longest=2).cycle) == [("b",), ("b", "c")]
    assert circulation.simple_cycles(payments(("a", "b", 1))).empty


def test_cycles_of_no_length_are_refused() -> None:
    with pytest.raises(ValueError, match="longest must be at least 1, not 0"):
        circulation.simple_cycles(P3, longest=0)


@given(web=webs(), longest=st.integers(1, 6))
def test_the_cycles_are_those_that_trying_every_order_of_parties_finds(
    web: pd.DataFrame, longest: int
) -> None:
    pairs = Web.of(web).frame()
    amount = dict(zip(zip(pairs.payer, pairs.payee, strict=True), pairs.amount, strict=True))
    expected = {}
    for length in range(1, longest + 1):
        for route in itertools.permutations(sorted(set(pairs.payer)), length):
            steps = list(zip(route, route[1:] + route[:1], strict=True))
            if route[0] == min(route) and all(step in amount for step in steps):
                expected[route] = (length, min(amount[step] for step in steps))
    table = circulation.simple_cycles(web, longest=longest)
    found = zip(table.length, table.bottleneck, strict=True)
    assert dict(zip(table.cycle, found, strict=True)) == expected
    assert len(table) == len(expected)
    assert table.bottleneck.is_monotonic_decreasing


@given(web=webs(self_payments=True))
def test_every_result_carries_its_own_proof(web: pd.DataFrame) -> None:
    # Weak duality: no circulation is above the agony of any levels. Equal: this one is largest.
    result = circulation.maximum_circulation(web)
    amount, circular = (thousands(result, column) for column in ("amount", "circular"))
    payer, payee = (result.levels[result.flows[side]].to_numpy() for side in ("payer", "payee"))
    agony = (amount * np.maximum(0, 1 + payer - payee)).sum()
    assert agony == circular.sum() == in_thousands([result.value])[0]
    assert result.levels.min() == 0


@given(web=webs(self_payments=True))
def test_the_circulation_is_within_payments_and_leaves_every_party_even(web: pd.DataFrame) -> None:
    result = circulation.maximum_circulation(web)
    flows = result.flows.assign(circular=thousands(result, "circular"))
    assert (flows.circular >= 0).all()
    assert (flows.circular <= thousands(result, "amount")).all()
    paid = flows.groupby("payer").circular.sum()
    received = flows.groupby("payee").circular.sum()
    assert (paid.sub(received, fill_value=0) == 0).all()


@given(web=webs(self_payments=True))
def test_the_rest_has_no_loop_and_carries_every_net_position(web: pd.DataFrame) -> None:
    result = circulation.maximum_circulation(web)
    left = thousands(result, "amount") - thousands(result, "circular")
    rest = result.flows.assign(amount=left)
    loops = nx.from_pandas_edgelist(rest[left > 0], "payer", "payee", create_using=nx.DiGraph)
    assert nx.is_directed_acyclic_graph(loops)
    assert net(rest) == net(web.assign(amount=in_thousands(web.amount)))


def net(web: pd.DataFrame) -> dict[object, int]:
    """What each party pays more than it gets, where it is not even."""
    paid, got = (web.groupby(side).amount.sum() for side in ("payer", "payee"))
    return {party: amount for party, amount in paid.sub(got, fill_value=0).items() if amount}


@given(web=webs(self_payments=True))
def test_reciprocity_circulation_and_excess_stand_in_this_order(web: pd.DataFrame) -> None:
    index = circulation.maximum_circulation(web, ranges=False).index
    assert roundtrip.reciprocity(web) <= index <= circulation.excess_share(web)


@given(web=webs())
def test_nothing_circulates_outside_strongly_connected_parts(web: pd.DataFrame) -> None:
    graph = nx.DiGraph()
    for row in Web.of(web).frame().itertuples():
        graph.add_edge(row.payer, row.payee, weight=round(row.amount * 1e6))
    result = circulation.maximum_circulation(web, ranges=False)
    assert result.index <= 1 - nx.flow_hierarchy(graph, weight="weight") + 1e-12


def highs(web: pd.DataFrame) -> tuple[int, list[tuple[int, int]]]:
    """Value and ranges in thousands, as scipy's HiGHS finds them from the definition."""
    pairs = Web.of(web)
    count = len(pairs.thousands)
    balance = np.zeros((len(pairs.parties), count))
    np.add.at(balance, (pairs.payer, np.arange(count)), 1)
    np.subtract.at(balance, (pairs.payee, np.arange(count)), 1)
    bounds = [(0, int(most)) for most in pairs.thousands]
    nothing = np.zeros(len(pairs.parties))

    def least(cost: np.ndarray, rows: np.ndarray, sums: np.ndarray) -> int:
        answer = linprog(cost, A_eq=rows, b_eq=sums, bounds=bounds, method="highs")
        assert answer.status == 0
        return round(answer.fun)

    value = -least(-np.ones(count), balance, nothing)
    fixed, sums = np.vstack([balance, np.ones(count)]), np.append(nothing, value)
    one = np.eye(count)
    return value, [(least(e, fixed, sums), -least(-e, fixed, sums)) for e in one]


@given(web=webs(self_payments=True))
def test_highs_finds_the_same_value_and_the_same_ranges(web: pd.DataFrame) -> None:
    result = circulation.maximum_circulation(web)
    value, ranges = highs(web)
    assert in_thousands([result.value]) == [value]
    low, high = (thousands(result, column).tolist() for column in ("low", "high"))
    assert list(zip(low, high, strict=True)) == ranges


@given(web=webs(self_payments=True))
def test_each_payment_lies_within_its_range(web: pd.DataFrame) -> None:
    flows = circulation.maximum_circulation(web).flows
    assert ((flows.low >= 0) & (flows.low <= flows.circular)).all()
    assert ((flows.circular <= flows.high) & (flows.high <= flows.amount)).all()


def random_web(parties: int, each: int, seed: int) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    payer = np.repeat(np.arange(parties), each)
    payee = (payer + random.integers(1, parties, len(payer))) % parties
    amount = np.rint(random.lognormal(0, 1.5, len(payer)) * 1e6) / 1e6
    return pd.DataFrame({"payer": payer, "payee": payee, "amount": amount})


@pytest.mark.parametrize("seed", range(5))
def test_or_tools_minimum_cost_flow_agrees_on_large_webs(seed: int) -> None:
    web = random_web(1000, 10, seed)
    pairs = Web.of(web)
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        pairs.payer, pairs.payee, pairs.thousands, -np.ones_like(pairs.thousands)
    )
    assert solver.solve() == solver.OPTIMAL
    result = circulation.maximum_circulation(web, ranges=False)
    assert in_thousands([result.value]) == [int(solver.flows(arcs).sum())]


def test_networkx_minimum_cost_flow_agrees() -> None:
    web = random_web(60, 6, 1)
    graph = nx.DiGraph()
    for row in Web.of(web).frame().itertuples():
        graph.add_edge(row.payer, row.payee, capacity=round(row.amount * 1e6), weight=-1)
    result = circulation.maximum_circulation(web, ranges=False)
    assert in_thousands([result.value]) == [-nx.min_cost_flow_cost(graph)]


@pytest.mark.thorough
def test_the_ranges_of_a_web_of_sixty_are_those_of_highs() -> None:
    web = random_web(60, 4, 3)
    result = circulation.maximum_circulation(web)
    low, high = (thousands(result, column).tolist() for column in ("low", "high"))
    assert list(zip(low, high, strict=True)) == highs(web)[1]
    assert low != high


def test_more_can_go_round_than_comes_straight_back() -> None:
    # P1: 12 straight back; with 1 going round all three parties instead of back at once, 13.
    result = circulation.maximum_circulation(P1)
    assert (result.value, circulation.excess_share(P1)) == (13, 13 / 15)
    assert on(result, "circular") == {(1, 2): 6, (1, 3): 0, (2, 1): 5, (2, 3): 1, (3, 1): 1}


def test_a_flow_that_cannot_be_solved_is_an_error_and_no_number() -> None:
    solver = SimpleMaxFlow()
    solver.add_arc_with_capacity(0, 1, 5)
    with pytest.raises(RuntimeError, match="OR-Tools found no maximum flow: BAD_INPUT"):
        maximum_flow(solver, 0, 0)
