"""Clearing in ranks as arithmetic: a map, and the search for its greatest fixed point.

What one party owes in one rank is a class. `has` is what each party has to pay with: its cash,
what others pay it, and what it owns of others' equity. It pays its classes in order out of that.
The map from `has` to the next `has` never falls where `has` rises, so the greatest fixed point is
where everyone ends who starts with the most it could have (`seniority` has the sources).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import bicgstab, spsolve

Sums: TypeAlias = npt.NDArray[np.float64]
Places: TypeAlias = npt.NDArray[np.int64]
_ROUNDING = 1e-12
"""A change below this share of what a party owes and could have is rounding."""
_UNIT = 1e-6
"""A thousand dollars: no due is smaller."""
_DONE = 1e-10
"""A jump that moves nobody by more than this share has found the fixed point."""
_LEAK = 1e-13
"""Kept back from each dollar in a linear solve: a ring that owes only itself has no other answer.
It can only make the answer too large by this share, and the search goes down to the fixed point."""
_GOOD_ENOUGH = 1e-10
"""The share of a loss that an iterative solve may leave over."""
_STEPS = 12
"""Steps before a jump, of a small web; in a large one steps are cheap, and a solve is not."""
_DIRECT = 1_500
"""So many parties short at once are solved directly; for more, elimination would fill memory."""


@dataclass(frozen=True, eq=False)
class Promises:
    """Guarantees: each pays what a debtor does not pay one creditor, up to a cap.

    `klass` is the class of the guarantor in which it is owed, `payee` whom it protects, `cap` the
    most it can come to. `covers` (guarantees × classes) has what the debtor owes that payee;
    `later` (classes × guarantees) is 1 for the classes that the guarantor pays after it.
    """

    klass: Places
    payee: Places
    cap: Sums
    covers: Any
    later: Any


@dataclass(frozen=True, eq=False)
class State:
    """What each class is owed with guarantees called, what comes before it, and what it is paid."""

    owed: Sums
    before: Sums
    paid: Sums
    called: Sums

    @property
    def part(self) -> Sums:
        """The share of each class that is paid; 1 where nothing is owed."""
        return np.divide(self.paid, self.owed, out=np.ones_like(self.paid), where=self.owed > 0)


@dataclass(frozen=True, eq=False)
class Waterfall:
    """A web of dues in ranks: `payer`, `owed` and `before` (earlier ranks) have one entry a class.

    `cash` has one a party. `due` (parties × classes) is what each party is owed in each class, and
    `owners` (parties × parties) which share of the column's equity the row owns. `free` is `due`
    without what a guarantee covers.
    """

    cash: Sums
    payer: Places
    owed: Sums
    before: Sums
    due: Any
    owners: Any = None
    promises: Promises | None = None
    free: Any = None

    @property
    def total(self) -> Sums:
        """All that each party owes, guarantees left out."""
        return np.asarray(np.bincount(self.payer, self.owed, len(self.cash)), dtype=np.float64)

    def state(self, has: Sums) -> State:
        """What is paid, if the parties have this much."""
        none = np.zeros(0)
        own = State(self.owed, self.before, self._paid(has, self.owed, self.before), none)
        if self.promises is None:
            return own
        promised, called = self.promises, np.zeros(len(self.promises.cap))
        while True:
            unpaid = promised.covers @ (1 - own.part)
            more = np.maximum(called, np.minimum(promised.cap, unpaid))
            owed = self.owed + np.bincount(promised.klass, more, len(self.owed))
            before = self.before + promised.later @ more
            own = State(owed, before, self._paid(has, owed, before), more)
            # A guarantor can itself be guaranteed: then its call makes another.
            if (more <= called * (1 + _ROUNDING)).all():
                return own
            called = more

    def means(self, has: Sums) -> Sums:
        """What the parties have, if others have this much: the map itself."""
        own = self.state(has)
        next_ = self.cash + self.due @ own.part
        if self.promises is not None:
            given = own.called * own.part[self.promises.klass]
            next_ += np.bincount(self.promises.payee, given, len(next_))
        if self.owners is not None:
            next_ += self.owners @ np.maximum(has - self._owing(own), 0.0)
        return np.asarray(next_)

    def greatest(self) -> Sums:
        """What each party has in the greatest clearing.

        From above, step by step and by jumps that solve a linear system among those who are short:
        a jump never goes below the greatest fixed point, and ends on it once nobody leaves the
        rank that it pays in part. So the last thing done is a solve that changes nothing.
        """
        has, steps = self._most(), _STEPS if len(self.cash) <= _DIRECT else 5 * _STEPS
        while True:
            for _ in range(steps):
                before, has = has, self.means(has)
                if self._is_same(before, has):
                    break
            before, has = has, self._jump(has)
            if self._is_same(before, has, _DONE) and self._is_same(has, self.means(has), _DONE):
                return has
            steps = min(2 * steps, 16 * _STEPS)

    def _paid(self, has: Sums, owed: Sums, before: Sums) -> Sums:
        return np.clip(has[self.payer] - before, 0.0, owed)

    def _owing(self, own: State) -> Sums:
        if self.promises is None:
            return self.total
        return np.asarray(np.bincount(self.payer, own.owed, len(self.cash)), dtype=np.float64)

    def _is_same(self, one: Sums, other: Sums, within: float = _ROUNDING) -> bool:
        return bool((np.abs(one - other) <= within * self._scale).all())

    @cached_property
    def _scale(self) -> Sums:
        """What each party owes and has if all is paid: what rounding is measured by."""
        return np.maximum(self._most() + self.total, _UNIT)

    def _most(self) -> Sums:
        """No less than the greatest: all debts are paid, and equity has nothing to lose."""
        has = self.cash + np.asarray(self.due.sum(axis=1)).ravel()
        if self.owners is None:
            return has
        worth = np.maximum(has - self.total, 0.0)
        return np.asarray(has + self.owners @ _solved(self.owners, worth))

    def _jump(self, has: Sums) -> Sums:
        """Further down, but not below the greatest, by solving where everyone stays in its rank.

        Each party short of money loses what its debtors lose and passes it on in the one rank that
        it pays in part, until that rank is empty: d = lost + M·min(d, left). What guarantees cover
        is held where it stands.
        """
        own = self.state(has)
        lost = np.maximum(has - self.means(has), 0.0)
        lost[lost <= _ROUNDING * self._scale] = 0.0
        is_partial = (has[self.payer] >= own.before) & (has[self.payer] < own.before + own.owed)
        partial = np.flatnonzero(is_partial & (own.owed > 0))
        due = self.due if self.free is None else self.free
        passing = due[:, partial] @ sparse.diags_array(1 / own.owed[partial])
        parties, left = self.payer[partial], has[self.payer[partial]] - own.before[partial]
        if self.owners is not None:
            owing = self._owing(own)
            whole = np.setdiff1d(np.flatnonzero(has >= owing), parties)
            passing = sparse.hstack([passing, self.owners[:, whole]])
            parties, left = np.append(parties, whole), np.append(left, (has - owing)[whole])
        if not len(parties) or not lost.any():
            return has
        passing = sparse.csr_array(passing)
        among, lost_by = sparse.csr_array(passing[parties]), lost[parties]
        is_empty, empties = np.zeros(len(parties), dtype=bool), True
        while empties:
            drop = np.where(is_empty, left, 0.0)
            inside = sparse.csr_array(among[~is_empty][:, ~is_empty])
            drop[~is_empty] = _solved(inside, (lost_by + among @ drop)[~is_empty])
            # The first solve overstates all losses: from then on ranks only turn out not empty.
            over = lost_by + among @ np.minimum(drop, left) if is_empty.any() else drop
            now = over > left if not is_empty.any() else is_empty & (over > left)
            empties, is_empty = bool((now != is_empty).any()), now
        return np.asarray(has - lost - passing @ np.minimum(drop, left))


def _solved(passing: Any, lost: Sums) -> Sums:
    """x = lost + passing·x, for amounts of at least 0."""
    system = sparse.csc_array(sparse.eye_array(len(lost)) - (1 - _LEAK) * passing)
    size = np.linalg.norm(lost)
    if len(lost) > _DIRECT and size > 0:
        # Near nothing the solver takes a small loss for a breakdown: it gets one of length 1. If it
        # breaks down all the same, its answer is no answer, and elimination has to do.
        with np.errstate(all="ignore"):
            answer, _ = bicgstab(system, lost / size, rtol=_GOOD_ENOUGH, maxiter=300)
            left_over = np.linalg.norm(system @ answer - lost / size)
        # What is left over is looked for again, from the better place.
        if left_over <= 10 * _GOOD_ENOUGH:
            return np.asarray(np.maximum(answer * size, 0.0))
    return np.maximum(np.atleast_1d(spsolve(system, lost)), 0.0)
