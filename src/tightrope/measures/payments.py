"""A frame of payments as every measure reads it: checked, added up, in whole thousands of dollars.

Payments are a frame with the columns `payer`, `payee` and `amount` (USD billion); others are
ignored, and the frame is never changed. Payments between the same two parties in the same
direction are added up and the sum is rounded to 0.000001 billion, a thousand dollars: in whole
thousands every measure is exact, and equal results are equal.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

Whole = npt.NDArray[np.int64]
Place = npt.NDArray[np.int32]
"""Positions of parties, in the width that OR-Tools takes."""

COLUMNS = ["payer", "payee", "amount"]
PER_BN = 1_000_000
"""Thousands of dollars in a billion."""
_MOST_BN = 1e9
"""Beyond a billion billions, fractions would no longer carry whole thousands."""
_NAMED = 10
"""So many offending rows, or valid parties, an error names before it only counts them."""


def of(graph: nx.Graph) -> pd.DataFrame:
    """The payments of a directed graph, as every measure takes them: payer, payee, amount.

    `amount` (USD billion) is an edge's own, or else its `weight`; an edge with neither is left
    out, for nobody knows what it pays. Raises ValueError for a graph without directions.
    """
    if not graph.is_directed():
        raise ValueError("the graph has no directions: nobody can tell payer from payee")
    rows = [
        (payer, payee, data.get("amount", data.get("weight")))
        for payer, payee, data in graph.edges(data=True)
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table[table.amount.notna()].astype({"amount": "float64"}).reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class Web:
    """Who pays whom how much: one entry a pair of parties, in the order of the parties' names."""

    parties: pd.Index
    payer: Place
    payee: Place
    thousands: Whole

    @classmethod
    def of(cls, payments: pd.DataFrame) -> Self:
        """The web of these payments. Raises ValueError with the rows that are wrong."""
        amount = _checked(payments)
        both = pd.concat([payments.payer, payments.payee], ignore_index=True)
        places, parties = pd.factorize(both, sort=True)
        payer, payee = np.split(places.astype(np.int64), 2)
        pair = payer * len(parties) + payee
        # Sorted by amount too: the order of rows cannot change how a sum is rounded.
        order = np.lexsort((amount, pair))
        firsts = np.flatnonzero(np.diff(pair[order], prepend=-1))
        sums = np.add.reduceat(amount[order], firsts) if len(firsts) else amount
        thousands = np.rint(sums * PER_BN).astype(np.int64)
        kept, something = order[firsts], thousands > 0
        return cls(
            pd.Index(parties),
            payer[kept][something].astype(np.int32),
            payee[kept][something].astype(np.int32),
            thousands[something],
        )

    @property
    def gross(self) -> int:
        """All payments together, in thousands."""
        return int(self.thousands.sum())

    @cached_property
    def net(self) -> Whole:
        """What each party pays more than it receives, in thousands."""
        net = np.zeros(len(self.parties), dtype=np.int64)
        np.add.at(net, self.payer, self.thousands)
        np.subtract.at(net, self.payee, self.thousands)
        return net

    @cached_property
    def opposite(self) -> npt.NDArray[np.int64]:
        """For each pair the place of the pair that pays the other way; -1 where none does."""
        parties = np.int64(len(self.parties))
        pair, opposite = self.payer * parties + self.payee, self.payee * parties + self.payer
        # Pairs are in order: each finds its opposite by bisection.
        found = np.searchsorted(pair, opposite)
        return np.where(np.append(pair, -1)[found] == opposite, found, -1)

    def straight_back(self, values: Whole) -> Whole:
        """For each pair the value of its opposite; 0 where nothing is paid the other way."""
        return np.where(self.opposite < 0, 0, np.append(values, 0)[self.opposite])

    def without_self_payments(self) -> Self:
        """The web without what a party pays to itself."""
        return self.only(self.payer != self.payee)

    def only(self, kept: npt.NDArray[np.bool_]) -> Self:
        """The web of some of its pairs; its parties stay."""
        web = type(self)
        return web(self.parties, self.payer[kept], self.payee[kept], self.thousands[kept])

    def place(self, party: Hashable) -> int:
        """Where a party stands in `parties`. Raises ValueError for one that is not in the web."""
        if party not in self.parties:
            known = _listed([str(known) for known in self.parties])
            raise ValueError(f'"{party}" neither pays nor is paid; the parties are: {known}')
        return int(self.parties.get_loc(party))

    def frame(self, **more: npt.NDArray[np.generic]) -> pd.DataFrame:
        """The columns payer, payee and amount (USD billion), and `more`."""
        return pd.DataFrame(
            {
                "payer": self.parties.take(self.payer),
                "payee": self.parties.take(self.payee),
                "amount": in_bn(self.thousands),
                **more,
            }
        )


def in_bn(thousands: Whole) -> npt.NDArray[np.float64]:
    """Thousands of dollars as USD billion."""
    return thousands / PER_BN


def share(part: int, whole: int) -> float:
    """Part of whole; NaN of nothing, because a share of nothing is not known to be anything."""
    return part / whole if whole else float("nan")


def _checked(payments: pd.DataFrame) -> npt.NDArray[np.float64]:
    """The amounts, if nothing is wrong with the payments."""
    missing = [column for column in COLUMNS if column not in payments.columns]
    if missing:
        raise ValueError(f"payments lack the column {', '.join(missing)}")
    nameless = payments.payer.isna() | payments.payee.isna()
    if nameless.any():
        raise ValueError(f"payer and payee must be named: {_rows(payments[nameless])}")
    amount = pd.to_numeric(payments.amount, errors="coerce").to_numpy(np.float64, na_value=np.nan)
    wrong = ~(np.isfinite(amount) & (amount >= 0))
    if wrong.any():
        raise ValueError(
            f"an amount must be a finite number of at least 0 (USD bn): {_rows(payments[wrong])}"
        )
    if amount.sum() > _MOST_BN:
        largest = payments.iloc[[int(amount.argmax())]]
        raise ValueError(f"amounts add up to more than {_MOST_BN:g} USD bn: {_rows(largest)}")
    return amount


def _rows(payments: pd.DataFrame) -> str:
    rows = zip(payments.index, *(payments[column] for column in COLUMNS), strict=True)
    return _listed([f"row {row} ({payer} → {payee}) has {has}" for row, payer, payee, has in rows])


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
