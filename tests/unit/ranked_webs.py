"""Webs of dues in ranks for tests: any that a search comes up with, and slow ways to clear them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

DUES = ["payer", "payee", "rank", "amount"]
GUARANTEES = ["guarantor", "debtor", "payee", "rank", "cap"]
NAMES = "abcde"
Web = tuple[pd.DataFrame, dict[str, float]]


def dues(*rows: tuple[str, str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=DUES)


def guarantees(*rows: tuple[str, str, str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=GUARANTEES)


@st.composite
def webs(draw: DrawFn, ranks: int = 4) -> Web:
    """Up to 14 dues in up to four ranks; many parties have nothing of their own."""
    name = st.sampled_from(NAMES)
    row = st.tuples(name, name, st.integers(0, ranks - 1), st.integers(0, 20).map(float))
    cash = st.one_of(st.just(0.0), st.integers(0, 9).map(float))
    sums = draw(st.fixed_dictionaries(dict.fromkeys(NAMES, cash)))
    return dues(*draw(st.lists(row, max_size=14))), sums


@st.composite
def promises(draw: DrawFn) -> pd.DataFrame:
    """Up to three guarantees, none twice for the same debt."""
    pairs = st.permutations([(one, other) for one in NAMES for other in NAMES if one != other])
    rows = [
        (
            draw(st.sampled_from([name for name in NAMES if name not in pair])),
            *pair,
            draw(st.integers(0, 3)),
            float(draw(st.integers(0, 9))),
        )
        for pair in draw(pairs)[: draw(st.integers(0, 3))]
    ]
    return guarantees(*rows)


def by_steps(table: pd.DataFrame, cash: dict[str, float], steps: int = 3_000) -> dict[str, float]:
    """What each party pays, by going down from full payment, party by party and rank by rank."""
    own = table[table.payer.ne(table.payee)].groupby(DUES[:3], as_index=False).amount.sum()
    rows = list(own.itertuples(index=False))
    part = [1.0] * len(rows)
    for _ in range(steps):
        has = dict(cash)
        for row, paid in zip(rows, part, strict=True):
            has[row.payee] += row.amount * paid
        now = []
        for row in rows:
            before = sum(o.amount for o in rows if o.payer == row.payer and o.rank < row.rank)
            level = sum(o.amount for o in rows if o.payer == row.payer and o.rank == row.rank)
            left = min(max(has[row.payer] - before, 0.0), level)
            now.append(left / level if level else 1.0)
        if np.allclose(now, part, rtol=0, atol=1e-15):
            break
        part = now
    sums = dict.fromkeys(cash, 0.0)
    for row, share in zip(rows, part, strict=True):
        sums[row.payer] += row.amount * share
    return sums


def by_cases(table: pd.DataFrame, cash: dict[str, float]) -> dict[str, float]:
    """What each party pays in the greatest clearing, by trying who pays which rank in part.

    Each case is a linear system; of the cases that contradict nothing, the one that pays most.
    """
    names = sorted(cash)
    own = table[table.payer.ne(table.payee) & table.amount.gt(0)]
    levels = {name: sorted(set(own["rank"][own.payer.eq(name)])) for name in names}
    owed = own.groupby(["payer", "rank"]).amount.sum()
    best: dict[str, float] = {}
    # Of each party the rank that it pays in part; None: it pays all.
    for case in product(*([None, *levels[name]] for name in names)):
        partial = dict(zip(names, case, strict=True))
        matrix, given = np.eye(len(names)), np.array([cash[name] for name in names])
        for row in own.itertuples():
            payee, payer = names.index(row.payee), names.index(row.payer)
            at = partial[row.payer]
            if at is None or row.rank < at:
                given[payee] += row.amount
            elif row.rank == at:
                share = row.amount / owed[row.payer, at]
                before = sum(owed[row.payer, one] for one in levels[row.payer] if one < at)
                matrix[payee, payer] -= share
                given[payee] -= share * before
        if abs(np.linalg.det(matrix)) < 1e-9:
            continue
        has = np.linalg.solve(matrix, given)
        paid, fits = {}, True
        for name, means in zip(names, has, strict=True):
            at = partial[name]
            total = sum(owed[name, one] for one in levels[name])
            before = sum(owed[name, one] for one in levels[name] if at is None or one < at)
            top = before if at is None else before + owed[name, at]
            fits &= means >= before - 1e-9 and (at is None or means <= top + 1e-9)
            paid[name] = total if at is None else min(means, total)
        if fits and sum(paid.values()) > sum(best.values(), -1.0):
            best = paid
    return best
