"""Random webs of payments and the same problem for other solvers."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import networkx as nx
import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array

from tightrope.measures.circulation import maximum_circulation
from tightrope.measures.payments import PER_BN, Web
from tightrope.measures.routes import returnable

EACH = 10
"""Payments a party."""


class TooSlowError(Exception):
    """A solver did not finish in its time."""


def random_web(parties: int) -> pd.DataFrame:
    """Every party pays ten others, drawn alike; amounts are lognormal, in whole thousands."""
    random = np.random.default_rng(parties)
    payer = np.repeat(np.arange(parties), EACH)
    payee = (payer + random.integers(1, parties, len(payer))) % parties
    amount = np.rint(random.lognormal(0, 1.5, len(payer)) * PER_BN) / PER_BN
    return pd.DataFrame({"payer": payer, "payee": payee, "amount": amount})


def ranked_web(parties: int) -> tuple[pd.DataFrame, dict[int, float]]:
    """The same web as dues in three ranks behind an operating cost, and what each party has.

    A tenth of what a party owes is due first, to nobody who owes anything; cash is 0 to 30 % of
    what it owes, so that four of five fall short.
    """
    random = np.random.default_rng(parties)
    dues = random_web(parties)
    owed = dues.groupby("payer").amount.sum()
    cost = pd.DataFrame({"payer": owed.index, "payee": parties, "amount": owed / 10, "rank": 0})
    ranked = pd.concat([dues.assign(rank=random.integers(1, 4, len(dues))), cost])
    cash = owed * random.uniform(0, 0.3, parties)
    return ranked.reset_index(drop=True), {int(str(one)): has for one, has in cash.items()}


def ours(payments: pd.DataFrame, limit: float) -> float:
    """Maximum circulation, as the book computes it."""
    return maximum_circulation(payments, ranges=False).value


def first_party_returnable(payments: pd.DataFrame, limit: float) -> float:
    """What can return to one party, as the book computes it."""
    return returnable(payments, 0).value


def highs(payments: pd.DataFrame, limit: float) -> float:
    """Maximum circulation by scipy's HiGHS, sparse, from its definition.

    The equal minimum-cost flow takes HiGHS thirty times as long.
    """
    web = Web.of(payments)
    count, parties = len(web.thousands), len(web.parties)
    one, place = np.ones(count), np.arange(count)
    balance = csr_array(
        (np.append(one, -one), (np.append(web.payer, web.payee), np.append(place, place))),
        shape=(parties, count),
    )
    amount = web.frame().amount.to_numpy()
    answer = linprog(
        -one,
        A_eq=balance,
        b_eq=np.zeros(parties),
        bounds=np.column_stack([np.zeros(count), amount]),
        method="highs",
        # HiGHS counts the seconds on the clock; a busy machine must not end it too early.
        options={"time_limit": 1.5 * limit},
    )
    if answer.status == 1:
        raise TooSlowError
    return -float(answer.fun)


def networkx(payments: pd.DataFrame, limit: float) -> float:
    """Maximum circulation by networkx' minimum-cost flow.

    As the smallest rest that carries all net positions: with negative costs instead, networkx
    takes three to five times as long.
    """
    web = Web.of(payments)
    graph = nx.DiGraph()
    graph.add_nodes_from((place, {"demand": -net}) for place, net in enumerate(web.net.tolist()))
    graph.add_edges_from(
        (payer, payee, {"capacity": amount, "weight": 1})
        for payer, payee, amount in zip(
            web.payer.tolist(), web.payee.tolist(), web.thousands.tolist(), strict=True
        )
    )
    with _within(limit):
        rest = nx.min_cost_flow(graph)
    return (web.gross - sum(sum(paid.values()) for paid in rest.values())) / PER_BN


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise TooSlowError after so many seconds of processor time."""

    def stop(signum: int, frame: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
