"""How the largest contract may fall due: flat, as sites are built, or as its supplier said.

A contract of which only the sum and about the term are known can be laid on its years in more than
one way. Each way here keeps the sum.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from tightrope import backlogs, obligations
from tightrope.dealbook import Dealbook
from tightrope.measures import runoff, timing


@dataclass(frozen=True)
class Contract:
    """The contract that is laid on its years: its leg, its supplier, its sum and its term."""

    leg_id: str
    payee: str
    amount: float
    start: pd.Timestamp
    end: pd.Timestamp


@dataclass(frozen=True)
class Way:
    """One way in which the contract falls due: its name for readers, and what it does."""

    words: str
    meaning: str
    spread: Callable[[Dealbook, Contract], pd.DataFrame | None]


def _flat(book: Dealbook, contract: Contract) -> pd.DataFrame:
    return timing.schedule(contract.amount, contract.start, contract.end, "even")


def _s_curve(book: Dealbook, contract: Contract) -> pd.DataFrame:
    return timing.schedule(contract.amount, contract.start, contract.end, "s_curve")


def _ramp(book: Dealbook, contract: Contract) -> pd.DataFrame | None:
    """From the pace that its supplier told, where a row has it; None where none does."""
    row = _PACES.get(contract.leg_id)
    paces = book.financials.set_index("financial_id").value
    if row is None or row.financial_id not in paces:
        return None
    start = max(contract.start, row.starts_on)
    if paces[row.financial_id] * _years(start, contract.end) > contract.amount:
        return None
    return runoff.ramp(contract.amount, start, contract.end, float(paces[row.financial_id]))


def _run_off(book: Dealbook, contract: Contract) -> pd.DataFrame | None:
    """By the supplier's bands; what these have due before the term falls into its first year."""
    bands = backlogs.bands(book, contract.payee)
    if not bands:
        return None
    spread = runoff.by_bands(contract.amount, bands)
    year = spread.year.clip(lower=contract.start.year)
    return spread.assign(year=year).groupby("year", as_index=False).amount.sum()


@dataclass(frozen=True)
class _Pace:
    """The row that has what a contract brings a year at first, and when that begins."""

    financial_id: str
    starts_on: pd.Timestamp


_PACES: Mapping[str, _Pace] = MappingProxyType(
    {
        # Oracle's fiscal 2028, which the 8-K names, begins on 1 June 2027.
        "oracle-compute": _Pace(
            "oracle-segment-revenue-fy2028-one-contract-2025-q2", pd.Timestamp(2027, 6, 1)
        )
    }
)
FLAT, RAMP = "flat", "ramp"
WAYS: Mapping[str, Way] = MappingProxyType(
    {
        FLAT: Way("flat", "the same every day of its term", _flat),
        "s-curve": Way("as an S-curve", "slowly at first and at the end, as sites are", _s_curve),
        RAMP: Way(
            "as its 8-K ramps",
            "from the pace that the supplier’s filing names for the first year, by the same sum "
            "more a year, so that the whole is its sum",
            _ramp,
        ),
        "run-off": Way(
            "as its backlog runs off",
            "as the supplier expects its backlog of all customers to fall due",
            _run_off,
        ),
    }
)
"""By id; the first is how the leg itself is scheduled."""


def largest(book: Dealbook, supplied: pd.DataFrame, years: Sequence[int]) -> Contract | None:
    """The contract of `obligations.supply` with most due in `years`, of those spread over a term.

    None where none is. What falls due before the day of the book is over.
    """
    even = book.legs[book.legs.schedule.eq("even")].set_index("leg_id")
    own = supplied[supplied.leg_id.isin(even.index)]
    if own.empty:
        return None
    in_years = own[own.year.isin(list(years))].groupby("leg_id").amount.sum().sort_index()
    if in_years.empty:
        return None
    leg_id = str(in_years.idxmax())
    leg = even.loc[leg_id]
    own = own[own.leg_id.eq(leg_id)]
    start = max(book.day, leg.starts_on) if pd.notna(leg.starts_on) else book.day
    return Contract(leg_id, str(own.payee.iloc[0]), float(own.amount.sum()), start, leg.ends_on)


def supplied_by(
    book: Dealbook, supplied: pd.DataFrame, years: Sequence[int]
) -> dict[str, pd.DataFrame]:
    """`obligations.supply` by the ways in which its largest contract may fall due, FLAT first.

    A way without a basis in the data is left out; where no contract has a term, there is one.
    """
    contract = largest(book, supplied, years)
    if contract is None:
        return {FLAT: supplied}
    spreads = {name: way.spread(book, contract) for name, way in WAYS.items()}
    return {
        name: supplied if name == FLAT else obligations.placed(supplied, contract.leg_id, spread)
        for name, spread in spreads.items()
        if spread is not None
    }


def rows(book: Dealbook, supplied: pd.DataFrame, years: Sequence[int]) -> tuple[str, ...]:
    """The rows that the ways rest on beyond those of the contracts."""
    contract = largest(book, supplied, years)
    if contract is None:
        return ()
    pace = _PACES.get(contract.leg_id)
    known = set(book.financials.financial_id)
    told = (f"financials/{pace.financial_id}",) if pace and pace.financial_id in known else ()
    return (*told, *backlogs.rows(book, contract.payee))


def _years(start: pd.Timestamp, end: pd.Timestamp) -> float:
    return len(pd.period_range(start, end, freq="M")) / 12
