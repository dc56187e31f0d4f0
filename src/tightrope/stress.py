"""Who breaks when the focal party pays a part of its dues: one place for every page that asks.

Two readings of what partners owe (READINGS), and two ends of the evidence (ENDS): "mild" takes
the lowest bills and the most cash from others, "strict" the highest and the least.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope import obligations, periods
from tightrope.dealbook import Dealbook
from tightrope.measures import clearing
from tightrope.measures.amounts import SharesByYear
from tightrope.partners import (
    builds,
    can_be_tested,
    creditors,
    fixed_charges,
    opening_cash,
    other_cash,
)

READINGS = ("debts and rents", "machines too")
"""Which bills of partners count: those to lenders and landlords, or machines for `focal` too."""
ENDS: Mapping[str, tuple[str, str]] = {"mild": ("low", "high"), "strict": ("high", "low")}
"""The end of the bills, and that of the cash from others."""
KINDS = ("supplier", "lenders", "landlords", "makers of machines")
"""Who can lose: those whom `focal` owes, and those whom its partners owe in turn."""
MACHINES_TERM = 5.0
"""Years over which machines are paid for: a choice of ours, for no schedule is published."""
_CLEARED = [
    "year", "party", "owed", "paid", "shortfall", "in_default", "first_round", "passed_on",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Partners:
    """What `focal` owes, and what those of its partners owe and have who can be tested.

    `years` are those that are cleared; `dues` what `focal` owes to all in them (the columns of
    `obligations.dated`); `charges` and `machines` what the tested owe in turn, as ranges
    (`partners.fixed_charges`, `partners.builds`); `income` what they have a year from others (low,
    high, rows) and `tills` their cash at the start (amount, period, rows), both by party.
    """

    focal: str
    years: tuple[int, ...]
    dues: pd.DataFrame
    charges: pd.DataFrame
    machines: pd.DataFrame
    income: pd.DataFrame
    tills: pd.DataFrame
    tested: tuple[str, ...]

    @classmethod
    def of(
        cls,
        book: Dealbook,
        years: Sequence[int],
        shares: Sequence[float] | npt.NDArray[np.float64],
        focal: str = "",
        layer: str = "announced",
    ) -> Partners:
        """What the data say of `years`, as far as they lie after the day of the newest cash.

        A year that has begun by then is left out: its bills are partly paid, out of cash that is
        no longer there. Of dues without a date each of `years` has its share of `shares`
        (`spending.undated_shares`); machines are spread over MACHINES_TERM years from the first
        that is cleared on. `layer` is that of the dues; machines are press reports and estimates,
        and stand beside any of them. Raises ValueError if there is not one share a year.
        """
        focal = focal or book.focal
        owed = obligations.supply(book, focal, layer)
        tested = can_be_tested(book, focal, layer)
        tills = opening_cash(book, tested).set_index("party")
        begin = first_whole_year(list(tills.period)) if len(tills) else min(years)
        kept = [year for year in years if year >= begin]
        dues = obligations.dated(owed, years, shares)
        dues = dues[dues.year.isin(kept)].reset_index(drop=True)
        first = dues[dues.year.eq(begin)]
        income = other_cash(book, tested, focal, first)
        return cls(
            focal=focal,
            years=tuple(kept),
            dues=dues,
            charges=fixed_charges(book, kept, tested),
            machines=builds(book, kept, tested, MACHINES_TERM, focal),
            income=income.set_index("party"),
            tills=tills,
            tested=tuple(tested),
        )

    def bills(self, reading: str) -> pd.DataFrame:
        """What the tested owe in turn by a reading; raises ValueError for an unknown one."""
        if reading not in READINGS:
            raise ValueError(f'a reading is one of {", ".join(READINGS)}, not "{reading}"')
        if reading == READINGS[0]:
            return self.charges
        return pd.concat([self.charges, self.machines], ignore_index=True)

    def if_all_is_paid(self, reading: str, end: str) -> pd.DataFrame:
        """`run` for a share of one, reckoned once; not to be changed."""
        if (reading, end) not in self._in_full:
            self._in_full[reading, end] = run(self, 1.0, reading, end)
        return self._in_full[reading, end]

    @cached_property
    def _in_full(self) -> dict[tuple[str, str], pd.DataFrame]:
        return {}

    def due_to(self, party: str, year: int) -> float:
        """What `focal` is to pay a party in a year."""
        own = self.dues.payee.eq(party) & self.dues.year.eq(year)
        return float(self.dues.amount[own].sum())

    def kind(self, party: str) -> str:
        """To which of KINDS a party belongs."""
        return self._creditors.get(party, KINDS[0])

    @cached_property
    def _creditors(self) -> dict[str, str]:
        return creditors(self.bills(READINGS[1]))


def first_whole_year(stocks: Sequence[str]) -> int:
    """The first year that begins after the newest of these periods, written as in `periods`.

    Raises ValueError for a text that is no period.
    """
    after = max(periods.parse(text).end for text in stocks) + pd.Timedelta(days=1)
    return int(after.year) + (after.day_of_year > 1)


def run(partners: Partners, shares: float | SharesByYear, reading: str, end: str) -> pd.DataFrame:
    """Who owes, pays and loses what if `focal` pays these shares: one of all years, or one a year.

    Shares by year are a mapping or a series. The columns of `clearing.clear_by_year`; empty if
    `focal` owes nothing. Raises ValueError for an unknown reading or end, and for a share that
    cannot be one or is missing.
    """
    if end not in ENDS:
        raise ValueError(f'an end is one of {", ".join(ENDS)}, not "{end}"')
    bills, cash = ENDS[end]
    charges = partners.bills(reading)
    if not len(partners.dues):
        return pd.DataFrame(columns=_CLEARED)
    return clearing.clear_by_year(
        obligations.dues(partners.dues, charges, bills),
        partners.income[cash],
        partners.tills.amount,
        partners.focal,
        shares,
    )


def beyond_full(
    partners: Partners, shares: float | SharesByYear, reading: str, end: str
) -> pd.DataFrame:
    """What is lost beyond what would be lost if `focal` paid all: its doing, and nobody's own gap.

    Columns: year, party, kind (one of KINDS), first_round, passed_on, `new_default` (the party
    fails, and would not if all was paid). Nothing is negative. Raises ValueError as `run` does.
    """
    index = ["year", "party"]
    less = run(partners, shares, reading, end).set_index(index)
    full = partners.if_all_is_paid(reading, end).set_index(index)
    lost = (less.first_round + less.passed_on - full.first_round - full.passed_on).clip(lower=0)
    first = (less.first_round - full.first_round).clip(lower=0, upper=lost)
    table = pd.DataFrame(
        {
            "first_round": first,
            "passed_on": lost - first,
            "new_default": less.in_default.astype(bool) & ~full.in_default.astype(bool),
        }
    ).reset_index()
    table = table[~table.party.isin([partners.focal, clearing.OUTSIDE])]
    kinds = [partners.kind(party) for party in table.party]
    table.insert(2, "kind", kinds)
    return table.reset_index(drop=True)
