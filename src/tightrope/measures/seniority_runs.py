"""Clearing in ranks of one small web in many runs at once: `seniority.clear`, run by run.

The last axis of all arrays are parties, dues or guarantees, the first are runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tightrope.measures.ranked import Ranked
from tightrope.measures.waterfall import Sums

_ROUNDING = 1e-13
_STEPS = 64
"""A run that has not settled by then is solved by itself: its money goes round almost whole."""


@dataclass(frozen=True, eq=False)
class Run:
    """What each party `has` to pay with, and what of each due and guarantee is `paid` and `called`.

    USD billion; runs × parties, runs × dues, and twice runs × guarantees.
    """

    has: Sums
    paid: Sums
    called: Sums
    call_paid: Sums


def clear(ranked: Ranked, cash: Sums, amount: Sums, cap: Sums | None = None) -> Run:
    """The greatest clearing of each run.

    `cash` is runs × parties, `amount` runs × dues, `cap` runs × guarantees, USD billion. A step
    gives everyone what it would have if others had what the step before gave them, from the most
    that they could have downwards. Raises ValueError for shapes that do not fit.
    """
    caps = np.zeros((len(cash), 0)) if cap is None else cap
    shapes = ((len(cash), ranked.size), (len(cash), len(ranked.payer)))
    guaranteed = (len(cash), len(ranked.guarantor))
    if (cash.shape, amount.shape) != shapes or caps.shape != guaranteed:
        raise ValueError(
            f"cash, amount and cap must have the shapes {shapes[0]}, {shapes[1]} and "
            f"{guaranteed}, not {cash.shape}, {amount.shape} and {caps.shape}"
        )
    flow = _Flow(ranked)
    has = cash + amount @ flow.to_payee
    waiting = np.arange(len(cash))
    for _ in range(_STEPS):
        own = (cash[waiting], amount[waiting], caps[waiting])
        next_ = flow.means(has[waiting], *own)
        moved = np.abs(next_ - has[waiting]) > _ROUNDING * np.maximum(has[waiting], 1e-6)
        has[waiting] = next_
        waiting = waiting[moved.any(axis=1)]
        if not len(waiting):
            break
    for run in waiting:
        has[run] = ranked.waterfall(cash[run], amount[run], caps[run]).greatest()
    part, called = flow.part(has, amount, caps)
    return Run(has, amount * part[:, ranked.klass], called, called * part[:, ranked.call_klass])


class _Flow:
    """The map of `waterfall.Waterfall` for many runs, with small matrices of zeros and ones."""

    def __init__(self, ranked: Ranked) -> None:
        classes, dues = len(ranked.class_payer), np.arange(len(ranked.payer))
        self.ranked = ranked
        self.to_payee = np.zeros((len(dues), ranked.size))
        self.to_payee[dues, ranked.payee] = 1.0
        self.to_klass = np.zeros((len(dues), classes))
        self.to_klass[dues, ranked.klass] = 1.0
        calls = np.arange(len(ranked.guarantor))
        self.call_payee = np.zeros((len(calls), ranked.size))
        self.call_payee[calls, ranked.protected] = 1.0
        self.call_klass = np.zeros((len(calls), classes))
        self.call_klass[calls, ranked.call_klass] = 1.0
        self.covers = np.zeros((len(dues), len(calls)))
        guarantee, due = ranked.covered
        self.covers[due, guarantee] = 1.0
        self.is_chained = bool(np.isin(ranked.guarantor, ranked.debtor).any())
        same = ranked.class_payer[:, None] == ranked.class_payer
        self.earlier = (same & (ranked.class_rank[:, None] < ranked.class_rank)).astype(np.float64)

    def part(self, has: Sums, amount: Sums, cap: Sums) -> tuple[Sums, Sums]:
        """The share of each class that is paid, and what each guarantee is called for."""
        owed = amount @ self.to_klass
        part, called = self._paid(has, owed), np.zeros_like(cap)
        while cap.shape[1]:
            unpaid = (amount * (1 - part[:, self.ranked.klass])) @ self.covers
            more = np.maximum(called, np.minimum(cap, unpaid))
            part = self._paid(has, owed + more @ self.call_klass)
            # A guarantor can itself be guaranteed: then its call makes another.
            settled = not self.is_chained or (more <= called * (1 + _ROUNDING)).all()
            called = more
            if settled:
                break
        return part, called

    def means(self, has: Sums, cash: Sums, amount: Sums, cap: Sums) -> Sums:
        """What the parties have, if others have this much."""
        part, called = self.part(has, amount, cap)
        got = (amount * part[:, self.ranked.klass]) @ self.to_payee
        return cash + got + (called * part[:, self.ranked.call_klass]) @ self.call_payee

    def _paid(self, has: Sums, owed: Sums) -> Sums:
        left = has[:, self.ranked.class_payer] - owed @ self.earlier
        paid = np.clip(left, 0.0, owed)
        return np.divide(paid, owed, out=np.ones_like(owed), where=owed > 0)
