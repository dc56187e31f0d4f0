"""Suppliers on the one path of the runway: who falls short if nobody fills the gap, and when.

All compute is cut alike, and suppliers pay for machines too: the strict end of `stress`. USD bn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tightrope import coupled, scenarios, stress
from tightrope.charts.suppliers_vega import Supplier
from tightrope.dealbook import Dealbook
from tightrope.measures.payments import Web
from tightrope.measures.plan import Scenario

READING, END = stress.READINGS[1], "strict"


@dataclass(frozen=True, eq=False)
class Suppliers:
    """Those whom the focal party owes by contract and who can be tested, on a scenario's path."""

    book: Dealbook
    own: Scenario
    web: stress.Partners

    @classmethod
    def of(cls, book: Dealbook, own: Scenario, focal: str = "") -> Suppliers:
        """The partners of a scenario; nobody is tested where the data do not allow it."""
        focal = focal or book.focal
        return cls(book, own, coupled.partners_of(book, own, focal))

    def lacks(self, **changes: float) -> pd.DataFrame:
        """What each tested supplier lacks for its bills, with some parameters changed.

        One row a year, one column a party. Raises ValueError as `Scenario.budget` does.
        """
        shares = scenarios.contracts_paid(self.own, **changes).set_index("year").alike
        return self._by_party(stress.run(self.web, shares, READING, END), "shortfall")

    @cached_property
    def anyway(self) -> pd.DataFrame:
        """What each lacks even if the focal party pays all: as `lacks`."""
        return self._by_party(self.web.if_all_is_paid(READING, END), "shortfall")

    @cached_property
    def can_fall_short(self) -> tuple[str, ...]:
        """Who would ever lack anything if nothing was paid; last those who do in any case."""
        nothing = self._by_party(stress.run(self.web, 0.0, READING, END), "shortfall")
        found = nothing.columns[nothing.gt(0).any()]
        return tuple(sorted(found, key=lambda party: (self.anyway[party].gt(0).any(), party)))

    @property
    def cannot(self) -> list[str]:
        """The names of those who can pay their bills even if nothing is paid to them."""
        safe = set(self.anyway.columns) - set(self.can_fall_short)
        return sorted(self.book.party_name(party) for party in safe)

    @cached_property
    def drawn(self) -> tuple[Supplier, ...]:
        """Those who can fall short, as the reader's browser carries them from year to year."""
        bills = self._by_party(self.web.if_all_is_paid(READING, END), "owed")
        due = self._due().reindex(index=bills.index, columns=bills.columns, fill_value=0.0)
        income = self.web.income[stress.ENDS[END][1]]
        return tuple(
            Supplier(
                name=self.book.party_name(party),
                payer=self.book.party_name(self.web.focal),
                due=due[party].to_list(),
                bills=bills[party].to_list(),
                lacks_anyway=self.anyway[party].to_list(),
                income=float(income.get(party, 0.0)),
                till=float(self.web.tills.amount.get(party, 0.0)),
            )
            for party in self.can_fall_short
        )

    def sentences(self, **changes: float) -> list[str]:
        """When each of them first falls short, with some parameters changed, in words."""
        lacks, last = self.lacks(**changes), int(self.own.dated.index[-1])
        return [
            supplier.sentence(lacks[party].to_list(), last)
            for party, supplier in zip(self.can_fall_short, self.drawn, strict=True)
        ]

    def table(self) -> tuple[pd.DataFrame, dict[str, str]]:
        """What those who can fall short lack, by year, and labels for the columns.

        Where one lacks anything in any case, what of it is so stands beside.
        """
        lacks, columns, labels = self.lacks(), {}, {}
        focal = self.book.party_name(self.web.focal)
        for party, supplier in zip(self.can_fall_short, self.drawn, strict=True):
            key = f"{party.replace('-', '_')}_lacks"
            columns[f"{key}_usd_bn"] = lacks[party]
            labels[f"{key}_usd_bn"] = f"{supplier.name} lacks"
            if self.anyway[party].gt(0).any():
                columns[f"{key}_anyway_usd_bn"] = self.anyway[party]
                labels[f"{key}_anyway_usd_bn"] = f"Of it, even if {focal} pays all"
        return pd.DataFrame(columns, index=lacks.index), labels

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of the data that the bills and the cash of the tested rest on."""
        tables = (self.web.charges, self.web.machines, self.web.income, self.web.tills)
        named = (row for table in tables for rows in table.rows for row in rows)
        return tuple(dict.fromkeys(named))

    def _by_party(self, run: pd.DataFrame, column: str) -> pd.DataFrame:
        of_them = run[run.party.isin(self.web.tested)]
        return of_them.pivot(index="year", columns="party", values=column).astype("float64")

    def _due(self) -> pd.DataFrame:
        """What the focal party owes each by year, in whole thousands of dollars as clearing has it.

        Nobody else pays a tested supplier: those whom these owe in turn are their own creditors.
        """
        years = {
            year: Web.of(dues[["payer", "payee", "amount"]]).frame().set_index("payee").amount
            for year, dues in self.web.dues.groupby("year")
        }
        return pd.DataFrame(years).T.fillna(0.0)
