"""Who owes whom in which rank, as places of parties: what clearing in ranks has before amounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tightrope.measures.waterfall import Places, Promises, Sums, Waterfall


def _nobody() -> Places:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Ranked:
    """Dues (`payer`, `payee`, `rank`: one entry each) among `size` parties, which are places.

    A guarantee is an entry of the other four: the guarantor owes `protected`, in `level`, a rank of
    its own, what `debtor` does not pay it. All that a party owes in one rank is a class; `klass` is
    that of each due, `call_klass` that of each guarantee.
    """

    size: int
    payer: Places
    payee: Places
    rank: Places
    guarantor: Places = field(default_factory=_nobody)
    debtor: Places = field(default_factory=_nobody)
    protected: Places = field(default_factory=_nobody)
    level: Places = field(default_factory=_nobody)

    @cached_property
    def _numbered(self) -> tuple[Places, Places]:
        owing = np.append(self.payer, self.guarantor).astype(np.int64)
        level = np.append(self.rank, self.level).astype(np.int64)
        span = int(level.max()) + 1 if len(level) else 1
        known, place = np.unique(owing * span + level, return_inverse=True)
        return np.stack([known // span, known % span]), place.astype(np.int64)

    @property
    def class_payer(self) -> Places:
        """Who owes each class: in the order of payers and, of one payer, of ranks."""
        return np.asarray(self._numbered[0][0])

    @property
    def class_rank(self) -> Places:
        """The rank of each class."""
        return np.asarray(self._numbered[0][1])

    @property
    def klass(self) -> Places:
        """The class of each due."""
        return self._numbered[1][: len(self.payer)]

    @property
    def call_klass(self) -> Places:
        """The class in which the guarantor owes each guarantee."""
        return self._numbered[1][len(self.payer) :]

    @cached_property
    def covered(self) -> tuple[Places, Places]:
        """Guarantees and the dues that they cover, side by side."""
        same = (self.debtor[:, None] == self.payer) & (self.protected[:, None] == self.payee)
        guarantee, due = np.nonzero(same)
        return guarantee, due

    @cached_property
    def later(self) -> npt.NDArray[np.bool_]:
        """Classes × guarantees: whether the guarantor pays the class after the guarantee."""
        own = self.class_payer[:, None] == self.class_payer[self.call_klass]
        return np.asarray(own & (self.class_rank[:, None] > self.class_rank[self.call_klass]))

    def waterfall(self, cash: Sums, amount: Sums, cap: Sums, owners: Any = None) -> Waterfall:
        """The web with these amounts: one a party, a due and a guarantee."""
        classes = len(self.class_payer)
        owed = np.asarray(np.bincount(self.klass, amount, classes), dtype=np.float64)
        before = np.zeros(classes)
        place = np.arange(classes) - np.searchsorted(self.class_payer, self.class_payer)
        for later in range(1, int(place.max(initial=0)) + 1):
            (here,) = np.nonzero(place == later)
            before[here] = before[here - 1] + owed[here - 1]
        shape = (self.size, classes)
        due = sparse.csr_array((amount, (self.payee, self.klass)), shape)
        if not len(cap):
            return Waterfall(cash, self.class_payer, owed, before, due, owners)
        guarantee, entry = self.covered
        by_class = (amount[entry], (guarantee, self.klass[entry]))
        promises = Promises(
            self.call_klass,
            self.protected,
            cap,
            sparse.csr_array(by_class, (len(cap), classes)),
            sparse.csr_array(self.later.astype(np.float64)),
        )
        safe = sparse.csr_array((amount[entry], (self.payee[entry], self.klass[entry])), shape)
        return Waterfall(
            cash,
            self.class_payer,
            owed,
            before,
            due,
            owners,
            promises,
            sparse.csr_array(due - safe),
        )
