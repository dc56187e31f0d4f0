"""How circular a web would be by chance: the same firms and sums, and partners drawn at random.

Who pays much and gets much is on a loop easily, with whomever it deals. So a circular share says
little before it stands beside that of webs in which every party pays and gets as much as it does,
and only with whom is left to chance: the density-corrected gravity model of Cimini, Squartini,
Garlaschelli and Gabrielli (2015, doi:10.1038/srep15758).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import brentq

from tightrope.measures import circulation, routes
from tightrope.measures.payments import PER_BN, Web

_STEPS = 10_000
_CLOSE = 1e-6


@dataclass(frozen=True, eq=False)
class RandomPartners:
    """A web with the partners left to chance; matrices have a row a payer and a column a payee.

    A pair pays with its `chance`, apart from all others, and then `amount` (USD billion). On
    average as many pairs pay as in the web, and each party pays and gets what it does there.
    """

    parties: pd.Index
    chance: npt.NDArray[np.float64]
    amount: npt.NDArray[np.float64]

    @classmethod
    def of(cls, payments: pd.DataFrame) -> Self:
        """From payments: payer, payee, amount (USD billion).

        The chance of a pair is z·o·i / (1 + z·o·i) of what the one pays (o) and the other gets (i)
        in all; one z for all makes the number of pairs right. Raises ValueError as `Web.of` does,
        and for a web without payments.
        """
        web = Web.of(payments).without_self_payments()
        parties = len(web.parties)
        if not web.gross:
            raise ValueError("a web without payments has no partners to draw")
        sums = np.zeros((parties, parties))
        sums[web.payer, web.payee] = web.thousands / PER_BN
        out, into = sums.sum(axis=1), sums.sum(axis=0)
        product = np.outer(out, into)
        np.fill_diagonal(product, 0.0)
        expected = _balanced(product / product.sum(), out, into)

        def chances(log_z: float) -> npt.NDArray[np.float64]:
            odds = np.exp(log_z) * product
            return np.asarray(odds / (1 + odds))

        possible = int(np.count_nonzero(product))
        pairs = len(web.thousands)
        if pairs == possible:
            chance = (product > 0).astype(np.float64)
        else:
            chance = chances(brentq(lambda log_z: chances(log_z).sum() - pairs, -60.0, 60.0))
        amount = np.divide(expected, chance, out=np.zeros_like(expected), where=chance > 0)
        return cls(web.parties, chance, amount)

    def draw(self, random: np.random.Generator) -> Web:
        """One web of these parties; some may neither pay nor be paid in it."""
        payer, payee = np.nonzero(random.random(self.chance.shape) < self.chance)
        thousands = np.rint(self.amount[payer, payee] * PER_BN).astype(np.int64)
        paid = thousands > 0
        return Web(
            self.parties,
            payer[paid].astype(np.int32),
            payee[paid].astype(np.int32),
            thousands[paid],
        )


def by_chance(payments: pd.DataFrame, focal: Hashable, runs: int, seed: int) -> pd.DataFrame:
    """How circular webs with partners drawn at random are: one row a run.

    Columns: `index`, the circulation index; `returning`, the most that can leave `focal` and come
    back, USD billion. Raises ValueError as `RandomPartners.of` does, for a focal party that is not
    in the web, and for less than one run.
    """
    if runs < 1:
        raise ValueError(f"runs must be at least 1, not {runs}")
    model = RandomPartners.of(payments)
    random = np.random.default_rng(seed)
    place = Web.of(payments).without_self_payments().place(focal)
    rows = []
    for _ in range(runs):
        web = model.draw(random)
        index = circulation.circulating(web) / web.gross if web.gross else 0.0
        rows.append((index, routes.returning(web, place) / PER_BN))
    return pd.DataFrame(rows, columns=["index", "returning"])


def _balanced(
    shares: npt.NDArray[np.float64], out: npt.NDArray[np.float64], into: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The matrix nearest to these shares that has these sums by row and column, 0 where they are.

    Iterative proportional fitting (Deming and Stephan 1940, Annals of Mathematical Statistics 11).
    The sums are those of a web, so a matrix with them exists and the steps close in on it.
    """
    table = shares.copy()
    has = table.sum(axis=1)
    for _ in range(_STEPS):
        table *= _factors(out, has)[:, np.newaxis]
        table *= _factors(into, table.sum(axis=0))
        has = table.sum(axis=1)
        if np.abs(has - out).max() <= _CLOSE * out.max():
            break
    return table


def _factors(
    wanted: npt.NDArray[np.float64], has: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    return np.divide(wanted, has, out=np.zeros_like(wanted), where=has > 0)
