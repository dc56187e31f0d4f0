"""What is still to be paid for compute, year by year: contracts, not hopes. USD billion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tightrope import ledger
from tightrope.dealbook import Dealbook

SUPPLY = ("compute", "chips", "lease")
"""The instruments by which a party buys compute."""


def supply(book: Dealbook, focal: str = "openai", layer: str = "binding") -> pd.DataFrame:
    """What `focal` is still to pay for compute on a layer: the unpaid rest of each leg.

    The columns of `ledger.payments`; `year` is missing where no date is published. Legs without an
    amount are left out. Raises ValueError for an unknown layer.
    """
    payments = ledger.payments(book, layer)
    chosen = payments.payer.eq(focal) & payments.basis.eq("scheduled")
    return payments[chosen & payments.instrument.isin(SUPPLY)].reset_index(drop=True)


def share_due(term: float, years: int) -> np.ndarray:
    """The share of an undated contract that falls due in each of the first `years` years.

    Spread evenly over `term` years from the first on; a term that is no whole number ends within
    a year. Shape (years,). Raises ValueError for a term of less than a year.
    """
    if not term >= 1:
        raise ValueError(f"the term of an undated contract must be at least 1 year, not {term}")
    return np.clip(term - np.arange(years), 0.0, 1.0) / term


def dated(payments: pd.DataFrame, years: Sequence[int], term: float) -> pd.DataFrame:
    """Payments of these years, those without a date spread evenly over `term` years.

    The first of `years` is the first in which an undated payment can fall due. Same columns; a
    payment that falls due in no year of `years` is left out.
    """
    undated = payments[payments.year.isna()]
    parts = [payments[payments.year.isin(list(years))]]
    for year, share in zip(years, share_due(term, len(years)), strict=True):
        if share > 0:
            parts.append(undated.assign(year=year, amount=undated.amount * share))
    return pd.concat(parts, ignore_index=True).astype({"year": "int64"})
