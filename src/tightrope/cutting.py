"""How the focal party cuts, and what then happens year by year: the web of `creditors` as arrays.

The web of a year is cleared in all runs at once. What suppliers and guarantors have left is carried
to the next year. Amounts are USD billion.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from tightrope import creditors, terms
from tightrope.creditors import GUARANTOR, OPERATING, POWER, Web
from tightrope.measures import seniority_runs
from tightrope.measures.ranked import Ranked
from tightrope.measures.waterfall import Places, Sums
from tightrope.scenarios import BEYOND

ALIKE, CONTRACTS_FIRST, BY_TERMS = "all alike", "contracts first", "by their terms"
ORDERS = (ALIKE, CONTRACTS_FIRST, BY_TERMS)
"""How the focal party cuts: all compute by the same share; what is not contracted before what is;
or the contracts too one after the other, as their terms allow."""
_RUNGS = {
    "none": 0,
    "on_delivery": 1,
    terms.UNDISCLOSED: 1,
    "on_milestone": 2,
    "on_third_party": 2,
    "option": 3,
}
"""The conditions of `terms.csv`, the hardest to cut first. Where terms are not public, a contract
stands with those due on delivery: silence is neither "take or pay" nor a way out."""
_UNCONTRACTED = {ALIKE: 0, CONTRACTS_FIRST: 1, BY_TERMS: 4}


@dataclass(frozen=True, eq=False)
class Found:
    """What is borne, passed on, and paid on guarantees: runs × years × parties, tested, guarantees.

    Parties are those of `Layout.parties`.
    """

    borne: Sums
    passed_on: Sums
    called: Sums


class Layout:
    """The web of all years as places, for one order of cutting and one share of operating cost.

    Dues come in this order: contracts of the focal party (`cuts` of them), what it owes beyond
    them, operating cost of each tested supplier, all others. `amount` is years × dues. Contracts
    stand with the share that is `honoured` in each year; the rest, `waived` (years × parties), is
    neither owed nor paid, and lost to suppliers.
    """

    def __init__(self, web: Web, order: str, operating_share: float, honoured: Sums) -> None:
        self.web, self.share = web, operating_share
        owed = web.contracts
        rung = owed.condition.map(_RUNGS) if order == BY_TERMS else 0
        cut = owed.assign(payer=web.focal, rank=rung)[creditors.DUES]
        beyond = [(web.focal, BEYOND, _UNCONTRACTED[order])]
        costs = [(party, POWER, OPERATING) for party in web.tested]
        pairs = creditors.DUES[1:4]
        known = [
            *dict.fromkeys(cut[pairs].itertuples(index=False, name=None)),
            *beyond,
            *costs,
            *dict.fromkeys(web.dues[pairs].itertuples(index=False, name=None)),
        ]
        self.cuts = known.index(beyond[0])
        named = {name for payer, payee, _ in known for name in (payer, payee)}
        self.names = sorted({*named, POWER, *web.guarantees.guarantor})
        self.amount = np.zeros((len(web.years), len(known)))
        for table in (cut, web.dues):
            for due in table.itertuples(index=False):
                place = known.index((due.payer, due.payee, due.rank))
                self.amount[web.years.index(due.year), place] += due.amount
        signed = self.amount[:, : self.cuts].copy()
        self.amount[:, : self.cuts] = honoured[:, None] * signed
        payer, payee, rank = zip(*known, strict=True)
        promised = web.guarantees
        self.ranked = Ranked(
            len(self.names),
            payer=self.place(payer),
            payee=self.place(payee),
            rank=np.array(rank, dtype=np.int64),
            guarantor=self.place(promised.guarantor),
            debtor=self.place(promised.debtor),
            protected=self.place(promised.payee),
            level=promised["rank"].to_numpy(np.int64),
        )
        self.waived = (1 - honoured)[:, None] * signed @ self._to_payee[: self.cuts]
        self.guarantors = list(dict.fromkeys(promised.guarantor))
        self.tested = self.place(web.tested)
        self.focal, self.power = self.place([web.focal, POWER])

    def place(self, names: Iterable[str]) -> Places:
        """Where parties stand among `names`."""
        return np.array([self.names.index(name) for name in names], dtype=np.int64)

    @property
    def contracted(self) -> Sums:
        """What the focal party is to pay by contract in each year, as far as it is honoured."""
        return np.asarray(self.amount[:, : self.cuts].sum(axis=1))

    @cached_property
    def parties(self) -> pd.DataFrame:
        """Who can bear a loss: party and kind. Guarantors have a second row, for what they pay."""
        kinds = {**self.web.kinds, POWER: "power and staff", BEYOND: "compute beyond contracts"}
        rows = [(name, kinds.get(name, "supplier")) for name in self.names]
        rows += [(name, GUARANTOR) for name in self.guarantors]
        table = pd.DataFrame(rows, columns=["party", "kind"])
        return table.drop(index=self.focal).reset_index(drop=True)

    @property
    def beyond(self) -> int:
        """The row of `parties` of whoever would have sold compute beyond contracts."""
        return int(self.parties.index[self.parties.party.eq(BEYOND)][0])

    @cached_property
    def outside(self) -> Sums:
        """Years × parties: what each has from outside, less what partners owe it here."""
        income = np.zeros((len(self.web.years), len(self.names)))
        for name, amount in self.web.income.items():
            income[:, self.names.index(name)] = amount
        for due in self.web.moved.itertuples(index=False):
            payer, payee = self.place([due.payer, due.payee])
            year = self.web.years.index(due.year)
            income[year, payer] += due.amount
            income[year, payee] -= (1 - self.share) * due.amount
        return np.maximum(income, 0.0)

    @cached_property
    def _served(self) -> Sums:
        """Years × tested: power and staff if the focal party and partners pay what they owe."""
        served = self.amount[:, : self.cuts] @ self._to_payee[: self.cuts] + self.waived
        for due in self.web.moved.itertuples(index=False):
            served[self.web.years.index(due.year), self.names.index(due.payee)] += due.amount
        return np.asarray(self.share * served[:, self.tested])

    def cleared(self, money: Sums, beyond: Sums) -> Found:
        """Runs × years of what the focal party pays, and of compute beyond its contracts."""
        runs, years = money.shape
        promised = self.web.guarantees
        cap = np.tile(promised.cap.to_numpy(np.float64), (runs, 1))
        till = np.zeros((runs, len(self.names)))
        for name, has in self.web.till.items():
            till[:, self.names.index(name)] = has
        keeps = self.place([*self.web.tested, *promised.guarantor])
        borne = np.zeros((runs, years, len(self.names) + len(self.guarantors)))
        passed_on = np.zeros((runs, years, len(self.tested)))
        called = np.zeros((runs, years, len(promised)))
        for year in range(years):
            amount = np.tile(self.amount[year], (runs, 1))
            amount[:, self.cuts] = beyond[:, year]
            unpaid_to = self._cut(money[:, year], amount) @ self._to_payee[: self.cuts]
            missing = unpaid_to + self.waived[year]
            # A guarantor pays for capacity that is served all the same.
            by_focal = self.ranked.debtor == self.focal
            stands_in = np.minimum(cap, unpaid_to[:, self.ranked.protected]) * by_focal
            idle = self.share * (missing - stands_in @ self._to_protected)[:, self.tested]
            bought = self._served[year] - idle
            amount[:, self.cuts + 1 : self.cuts + 1 + len(self.tested)] = bought
            cash = till + self.outside[year]
            cash[:, self.focal] = money[:, year]
            found = seniority_runs.clear(self.ranked, cash, amount, cap)
            unpaid = amount - found.paid
            lost = unpaid @ self._to_payee - unpaid @ self._to_payer + self.waived[year]
            # Power that is not bought is no debt; but whoever sells it sells less.
            lost[:, self.tested] -= idle
            lost[:, self.power] += idle.sum(axis=1)
            lost -= found.call_paid @ self._to_protected
            given = found.call_paid @ self._to_guarantor
            borne[:, year] = np.hstack([lost, given[:, self.place(self.guarantors)]])
            passed_on[:, year] = (unpaid @ self._to_payer)[:, self.tested]
            called[:, year] = found.call_paid
            cap = cap - found.call_paid
            spent = found.paid @ self._to_payer + given
            till = np.zeros_like(till)
            till[:, keeps] = np.maximum(found.has - spent, 0.0)[:, keeps]
        return Found(np.delete(borne, self.focal, axis=2), passed_on, called)

    def _cut(self, money: Sums, amount: Sums) -> Sums:
        """What the focal party does not pay of each contract, rank by rank: runs × contracts."""
        rank = self.ranked.rank[: self.cuts + 1]
        unpaid, left = np.zeros((len(money), len(rank))), money
        for level in np.unique(rank):
            own = amount[:, : len(rank)][:, rank == level]
            owed = own.sum(axis=1)
            short = np.maximum(owed - left, 0.0)
            lost = np.divide(short, owed, out=np.zeros_like(owed), where=owed > 0)
            unpaid[:, rank == level] = own * lost[:, None]
            left = np.maximum(left - owed, 0.0)
        return unpaid[:, : self.cuts]

    @cached_property
    def _to_payee(self) -> Sums:
        return self._matrix(self.ranked.payee)

    @cached_property
    def _to_payer(self) -> Sums:
        return self._matrix(self.ranked.payer)

    @cached_property
    def _to_protected(self) -> Sums:
        return self._matrix(self.ranked.protected)

    @cached_property
    def _to_guarantor(self) -> Sums:
        return self._matrix(self.ranked.guarantor)

    def _matrix(self, places: Places) -> Sums:
        return np.equal.outer(places, np.arange(len(self.names))).astype(np.float64)
