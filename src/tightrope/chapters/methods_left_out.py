"""Measures that the book does not use: what each would give, so that a reader sees why not.

A web has the columns payer, payee and amount.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope.measures import circulation, roundtrip

Sums = npt.NDArray[np.float64]
_ENOUGH = 1e-12
"""A round that moves nothing by more than this is the last."""
LOOP_WEIGHTS = MappingProxyType({"diversity": 0.35, "balance": 0.35, "confidence": 0.30})
"""The parts of the loop score of Han (2026), as its code was read."""
_LEAST_BALANCE = 0.5


def matrix(payments: pd.DataFrame) -> pd.DataFrame:
    """What each party, a row, pays each, a column, in the order of the names."""
    parties = sorted(set(payments.payer) | set(payments.payee))
    wide = payments.pivot_table(index="payer", columns="payee", values="amount", aggfunc="sum")
    return wide.reindex(index=parties, columns=parties).fillna(0.0)


def hodge(payments: pd.DataFrame) -> tuple[float, float]:
    """Energy of the circular part of net flows, and of all net flows (Helmholtz–Hodge)."""
    flow = matrix(payments).to_numpy()
    net, linked = flow - flow.T, (flow + flow.T) > 0
    laplacian = np.diag(linked.sum(axis=1)) - linked
    height = np.linalg.pinv(laplacian.astype(float)) @ net.sum(axis=1)
    circular = np.where(linked, net - (height[:, None] - height[None, :]), 0)
    return float((circular**2).sum() / 2), float((net**2).sum() / 2)


def circular_share(payments: pd.DataFrame) -> float:
    """Energy of the circular part over that of all net flows, in percent."""
    circular, everything = hodge(payments)
    # What is nothing in exact arithmetic must read as nothing.
    return round(100 * circular / everything, 9)


def return_chance(
    payments: pd.DataFrame, party: str, spent_elsewhere: Mapping[str, float] = MappingProxyType({})
) -> float:
    """The chance, in percent, that a dollar which leaves `party` comes back to it.

    `spent_elsewhere` is what parties pay outside this web; NaN where one such sum is not known.
    Somebody must keep what it gets: raises LinAlgError for a web that no dollar ever leaves.
    """
    if any(np.isnan(amount) for amount in spent_elsewhere.values()):
        return float("nan")
    flow = matrix(payments)
    elsewhere = pd.Series(dict(spent_elsewhere), dtype=float).reindex(flow.index).fillna(0.0)
    spent = flow.sum(axis=1) + elsewhere
    chances = flow.div(spent.where(spent > 0, 1), axis=0).to_numpy()
    visits = np.linalg.inv(np.eye(len(flow)) - chances)
    place = flow.index.get_loc(party)
    return 100 * float(1 - 1 / visits[place, place])


def finn(payments: pd.DataFrame, inputs: Mapping[int, float]) -> float:
    """Finn's cycling index: the share of all throughflow that is recycled.

    `inputs` is what comes to a party from outside; all that flows on is in `payments`.
    """
    flow = matrix(payments)
    through = flow.sum() + pd.Series(dict(inputs)).reindex(flow.index).fillna(0.0)
    parts = flow.div(through, axis=0).to_numpy()
    visits = np.diag(np.linalg.inv(np.eye(len(flow)) - parts))
    recycled = (visits - 1) / visits * through.to_numpy()
    return float(recycled.sum() / through.sum())


def debtrank(exposure: Sequence[Sequence[float]], equity: Sequence[float], shock: Sums) -> Sums:
    """Linear DebtRank: the distress of each party, from none (0) to ruin (1).

    `exposure` is what each party, a row, loses if another, a column, is ruined, in the unit of
    `equity`; `shock` is the distress at the start.
    """
    leverage = np.asarray(exposure, float) / np.asarray(equity, float)[:, None]
    before, now = np.zeros(len(equity)), np.asarray(shock, float)
    while np.abs(now - before).max() > _ENOUGH:
        before, now = now, np.minimum(1, now + leverage @ (now - before))
    return now


def with_costs(payments: pd.DataFrame, cash: Mapping[str, float], kept: float) -> pd.Series[float]:
    """The greatest clearing payments by party, if a firm in default keeps only this share.

    Sums in one unit. Rogers and Veraart's rule with one share for all that a firm has.
    """
    owed = payments.groupby("payer").amount.sum()
    paid = owed.copy()
    while True:
        shares = payments.amount * payments.payer.map(paid / owed)
        has = shares.groupby(payments.payee).sum().add(pd.Series(cash), fill_value=0)[owed.index]
        now = owed.where(has >= owed, kept * has)
        if (now - paid).abs().max() < _ENOUGH:
            return now
        paid = now


def significance(payments: pd.DataFrame) -> float:
    """Reciprocity against the directed weighted configuration model, which counts whole units."""
    flow = matrix(payments).to_numpy()
    chance = _chance_of_a_unit(flow)
    both = chance * chance.T
    by_chance = float((both / (1 - both)).sum() / flow.sum())
    return (roundtrip.reciprocity(payments) - by_chance) / (1 - by_chance)


def _chance_of_a_unit(flow: Sums) -> Sums:
    """The chance of one unit more between two parties, so that all sums are met on average."""
    size = len(flow)
    off = ~np.eye(size, dtype=bool)

    from scipy.optimize import root  # slow to import, and needed only here

    def chance(unknown: Sums) -> Sums:
        outward, inward = np.abs(unknown[:size]), np.abs(unknown[size:])
        return np.where(off, np.exp(-(outward[:, None] + inward)), 0.0)

    def gap(unknown: Sums) -> Sums:
        expected = chance(unknown) / (1 - chance(unknown))
        by_side = [expected.sum(axis=side) - flow.sum(axis=side) for side in (1, 0)]
        return np.concatenate(by_side) / flow.sum()

    start = np.full(2 * size, 0.5 / flow.mean())
    return chance(root(gap, start, method="lm", tol=_ENOUGH).x)


def incoherence(payments: pd.DataFrame) -> float:
    """Trophic incoherence: one minus how far all payments climb one level."""
    flow = matrix(payments).to_numpy()
    both, gain = flow.sum(axis=0) + flow.sum(axis=1), flow.sum(axis=0) - flow.sum(axis=1)
    level = np.linalg.pinv(np.diag(both) - flow - flow.T) @ gain
    return float((flow * (level[None, :] - level[:, None] - 1) ** 2).sum() / flow.sum())


def agony(payments: pd.DataFrame) -> float:
    """The least that payments must run against any order of the parties, in their unit."""
    levels = circulation.maximum_circulation(payments).levels
    climbs = 1 + payments.payer.map(levels) - payments.payee.map(levels)
    return float((payments.amount * climbs.clip(lower=0)).sum())


def loop_parts() -> str:
    """The parts of the loop score in words, in percent: "35 parts diversity, ..."."""
    return ", ".join(f"{100 * part:.0f} parts {name}" for name, part in LOOP_WEIGHTS.items())


def loop_score(balance: float) -> float:
    """The loop score of Han (2026) of a pair, all but its balance at its best; 1 is a full loop.

    `balance` is the smaller side over the larger. The code never counts it below one half.
    """
    best = LOOP_WEIGHTS["diversity"] + LOOP_WEIGHTS["confidence"]
    return best + LOOP_WEIGHTS["balance"] * max(_LEAST_BALANCE, balance)
