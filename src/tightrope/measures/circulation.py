"""Maximum circulation: the most money that can be read as going round in closed loops.

A circulation takes a part of every payment such that each party receives in it what it pays in
it. The largest one measures how circular a web is; the rest of the web has no loop left and
carries all net positions. The value is the maximum circularity of Homs-Dones, MacKay, Sansom and
Zhou (2025, arXiv 2506.12546), conservative portfolio compression of D'Errico and Roukny (2017)
and, by duality, the agony of Gupte et al. (2011) and Tatti (2017).

It is one number, but which payments make it up is not settled: several loops can compete for one
payment. Each payment therefore has a range over all circulations of that value.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd
from ortools.graph.python.max_flow import SimpleMaxFlow

from tightrope.measures.payments import PER_BN, Place, Web, Whole, in_bn, share
from tightrope.measures.solver import maximum_flow


@dataclass(frozen=True, eq=False)
class Circulation:
    """The largest circulation of a web of payments; amounts in USD billion."""

    value: float
    """How much goes round: the parts of all payments in the circulation, added up."""
    gross: float
    """All payments added up."""
    index: float
    """Value as a share of gross: 0 if no loop exists, 1 if every party's books balance."""
    flows: pd.DataFrame
    """payer, payee, amount; `circular`, its part in one largest circulation; `low` and `high`,
    the least and the most it carries in any largest circulation (NaN if not asked for)."""
    levels: pd.Series
    """A whole number a party that proves the value: every circulation is at most the sum of
    amount × max(0, 1 + level of payer − level of payee), and this one equals it."""


def maximum_circulation(payments: pd.DataFrame, ranges: bool = True) -> Circulation:
    """The largest circulation of these payments, exact in whole thousands of dollars.

    Payments between the same two parties are added up first. Without `ranges` a million payments
    take seconds; the ranges take two maximum flows for each payment that can vary.
    """
    web = Web.of(payments)
    rest, levels = _rest(web)
    circular = web.thousands - rest
    low = high = np.full(len(circular), np.nan)
    if ranges:
        low, high = (in_bn(end) for end in _ranges(web, circular, levels))
    return Circulation(
        value=int(circular.sum()) / PER_BN,
        gross=web.gross / PER_BN,
        index=share(int(circular.sum()), web.gross),
        flows=web.frame(circular=in_bn(circular), low=low, high=high),
        levels=pd.Series(levels, index=web.parties, name="level"),
    )


def circulating(web: Web) -> int:
    """The value of the largest circulation of a web, in thousands of dollars."""
    return web.gross - int(_rest(web)[0].sum())


def excess_share(payments: pd.DataFrame) -> float:
    """The share of gross that netting among all parties would make unnecessary.

    (gross − ½ Σ |out − in|) / gross: the excess of D'Errico and Roukny (2017). An upper bound of
    the circulation index, because netting may create payments that nobody agreed. NaN without
    payments.
    """
    web = Web.of(payments)
    return share(web.gross - int(np.abs(web.net).sum()) // 2, web.gross)


def simple_cycles(payments: pd.DataFrame, longest: int = 5) -> pd.DataFrame:
    """Every closed route of at most `longest` payments: cycle, length, bottleneck.

    `cycle` is a tuple of the parties in the order of payment, starting with the first by name;
    `bottleneck` its smallest payment (USD billion). Largest bottleneck first. Never add
    bottlenecks: cycles share payments. Their number explodes with density.
    """
    if longest < 1:
        raise ValueError(f"longest must be at least 1, not {longest}")
    web = Web.of(payments)
    pairs = zip(web.payer.tolist(), web.payee.tolist(), strict=True)
    thousands = dict(zip(pairs, web.thousands.tolist(), strict=True))
    rows = []
    for found in nx.simple_cycles(nx.DiGraph(list(thousands)), length_bound=longest):
        first = found.index(min(found))
        cycle = [*found[first:], *found[:first]]
        steps = zip(cycle, [*cycle[1:], cycle[0]], strict=True)
        smallest = min(thousands[step] for step in steps)
        rows.append((-smallest, len(cycle), cycle))
    return pd.DataFrame(
        [
            (tuple(web.parties[place] for place in cycle), length, -smallest / PER_BN)
            for smallest, length, cycle in sorted(rows)
        ],
        columns=["cycle", "length", "bottleneck"],
    )


def _rest(web: Web) -> tuple[Whole, Whole]:
    """What is left of each payment outside the largest circulation, and levels that prove it.

    The rest is the smallest set of payments, none larger than agreed, that carries all net
    positions: a minimum-cost flow at cost 1 a dollar and payment. Costs are whole and routes are
    short, so the primal-dual method needs few rounds: level the parties by their distance from
    those with a surplus, up to the nearest deficit, then send what fits along shortest routes,
    which is a maximum flow. On large webs this is two to three times as fast as OR-Tools' own
    minimum-cost flow, on deep ones a thousand times.
    """
    rest, levels = np.zeros_like(web.thousands), np.zeros(len(web.parties), dtype=np.int64)
    surplus, residual = web.net.copy(), _Residual(web)
    source, sink = len(surplus), len(surplus) + 1
    while surplus.any():
        over, under = np.flatnonzero(surplus > 0), np.flatnonzero(surplus < 0)
        distance = residual.distances(rest, _slack(web, levels), over)
        levels += np.minimum(distance, distance[under].min())
        tight = _slack(web, levels) == 0
        on, back = (np.flatnonzero(tight & part) for part in (rest < web.thousands, rest > 0))
        solver = SimpleMaxFlow()
        arcs = solver.add_arcs_with_capacity(
            _places(web.payer[on], web.payee[back], np.full_like(over, source), under),
            _places(web.payee[on], web.payer[back], over, np.full_like(under, sink)),
            np.concatenate(
                [(web.thousands - rest)[on], rest[back], surplus[over], -surplus[under]]
            ),
        )
        maximum_flow(solver, source, sink)
        more, less, left, arrived = np.split(
            solver.flows(arcs), np.cumsum([len(on), len(back), len(over)])
        )
        rest[on] += more
        rest[back] -= less
        surplus[over] -= left
        surplus[under] += arrived
    return rest, levels


def _slack(web: Web, levels: Whole) -> Whole:
    """1 + level of payer − level of payee: what a dollar more in the rest costs at these levels.

    In the end a payment with positive slack goes round whole, one with negative slack not at all.
    """
    return 1 + levels[web.payer] - levels[web.payee]


class _Residual:
    """What could still change in the rest: more of a payment, or less, which leads back."""

    def __init__(self, web: Web) -> None:
        self._web = web
        tail = np.concatenate([web.payer, web.payee])
        self._order = np.argsort(tail, kind="stable")
        self._heads = np.concatenate([web.payee, web.payer])[self._order]
        self._starts = np.searchsorted(tail[self._order], np.arange(len(web.parties) + 1))

    def distances(self, rest: Whole, slack: Whole, over: npt.NDArray[np.integer]) -> Whole:
        """How far each party is from the nearest of `over`, in slack; a great number if cut off."""
        parties = len(self._web.parties)
        # No arc is left out, so that the graph is drawn only once: those that are closed are
        # infinitely long.
        length = np.concatenate(
            [
                np.where(rest < self._web.thousands, slack, np.inf),
                np.where(rest > 0, -slack, np.inf),
            ]
        )
        # Slow to import, and much that imports this module needs no graph.
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        graph = csr_array(
            (length[self._order], self._heads, self._starts), shape=(parties, parties)
        )
        distance = dijkstra(graph, indices=over, min_only=True)
        return np.where(np.isfinite(distance), distance, parties).astype(np.int64)


def _ranges(web: Web, circular: Whole, levels: Whole) -> tuple[Whole, Whole]:
    """The least and the most of each payment in any largest circulation.

    By complementary slackness the levels settle every payment that is not tight: all largest
    circulations agree on it. Tight payments can be exchanged for each other along the loops of
    the residual web, so how much one can gain is a maximum flow from its payee back to its payer
    there, and how much it can lose is one from its payer to its payee. Both flows may pass the
    payment itself, which is why they come out as bounds on the amount, not on the change.
    """
    low, high = circular.copy(), circular.copy()
    tight = _slack(web, levels) == 0
    more = np.flatnonzero(tight & (circular < web.thousands))
    less = np.flatnonzero(tight & (circular > 0))
    tail = _places(web.payer[more], web.payee[less])
    head = _places(web.payee[more], web.payer[less])
    room = np.concatenate([web.thousands[more] - circular[more], circular[less]])
    parties = len(web.parties)
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    graph = csr_array((np.ones(len(tail)), (tail, head)), shape=(parties, parties))
    _, part = connected_components(graph, connection="strong")
    inside = part[tail] == part[head]
    varying = np.flatnonzero(tight & (part[web.payer] == part[web.payee]))
    for group in np.unique(part[web.payer[varying]]):
        arcs = inside & (part[tail] == group)
        solver = SimpleMaxFlow()
        solver.add_arcs_with_capacity(tail[arcs], head[arcs], room[arcs])
        for payment in varying[part[web.payer[varying]] == group]:
            payer, payee = int(web.payer[payment]), int(web.payee[payment])
            whole = int(web.thousands[payment])
            low[payment] = max(0, whole - maximum_flow(solver, payer, payee))
            high[payment] = min(whole, maximum_flow(solver, payee, payer))
    return low, high


def _places(*parts: npt.NDArray[np.integer]) -> Place:
    return np.concatenate(parts).astype(np.int32)
