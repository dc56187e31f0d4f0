"""What falls due from one party for compute, year by year: contracts, not hopes. USD billion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope import backlogs, ledger
from tightrope.dealbook import Dealbook, remembered
from tightrope.measures import runoff

SUPPLY = ("compute", "chips", "lease")
"""The instruments by which a party buys compute."""


@remembered
def supply(
    book: Dealbook, focal: str = "", layer: str = "binding", at_least: bool = False
) -> pd.DataFrame:
    """What `focal` is still to pay for compute on a layer: the unpaid rest of each leg.

    The columns of `ledger.payments`; `year` is missing where no date is published. A contract
    without dates that is most of its supplier's backlog follows the run-off that the supplier has
    published for it (`backlogs.bands`). Legs without an amount are left out; with
    `at_least` they count at their low end. Raises ValueError for an unknown layer.
    """
    focal = focal or book.focal
    payments = ledger.payments(book, layer, at_least)
    chosen = payments.payer.eq(focal) & payments.basis.eq("scheduled")
    owed = payments[chosen & payments.instrument.isin(SUPPLY)].reset_index(drop=True)
    undated = owed[owed.year.isna()]
    for payee in undated.payee.unique():
        bands = backlogs.bands(book, payee)
        if bands and backlogs.is_mostly(book, payee, focal):
            for leg_id in undated.leg_id[undated.payee.eq(payee)].unique():
                spread = runoff.by_bands(float(owed.amount[owed.leg_id.eq(leg_id)].sum()), bands)
                owed = placed(owed, leg_id, spread)
    return owed


def placed(payments: pd.DataFrame, leg_id: str, spread: pd.DataFrame) -> pd.DataFrame:
    """Payments in which those of one leg fall due as in `spread` (year, amount), in its place."""
    own = payments.leg_id.eq(leg_id)
    if not own.any():
        return payments
    first = int(own.to_numpy().argmax())
    same = payments.loc[own].iloc[[0]].drop(columns=["year", "amount"])
    rows = same.merge(spread, how="cross")[list(payments.columns)]
    before, after = payments.iloc[:first], payments.iloc[first:][~own.iloc[first:]]
    parts = [part for part in (before, rows, after) if len(part)]
    return pd.concat(parts, ignore_index=True).astype({"year": "Int64"})


def by_year(payments: pd.DataFrame, years: Sequence[int]) -> tuple[pd.Series, float]:
    """What falls due in each of these years, and the sum of what has no date: USD billion.

    `payments` have year (missing where no date is known) and amount, such as those of
    `obligations.supply`; what falls due in other years is left out.
    """
    dated = payments[payments.year.notna()]
    sums = dated.groupby(dated.year.astype("int64")).amount.sum()
    series = sums.reindex(list(years), fill_value=0.0).astype("float64")
    return series, float(payments.amount[payments.year.isna()].sum())


def dated(
    payments: pd.DataFrame, years: Sequence[int], shares: Sequence[float] | npt.NDArray[np.float64]
) -> pd.DataFrame:
    """Payments of these years; of those without a date, each year has its share of `shares`.

    `spending.undated_shares` has the shares of the book. Same columns; what falls due in no year of
    `years` is left out. Raises ValueError if there is not one share a year.
    """
    undated = payments[payments.year.isna()]
    parts = [payments[payments.year.isin(list(years))]]
    for year, share in zip(years, shares, strict=True):
        if share > 0:
            parts.append(undated.assign(year=year, amount=undated.amount * share))
    return pd.concat(parts, ignore_index=True).astype({"year": "int64"})


def dues(supplied: pd.DataFrame, charges: pd.DataFrame, end: str) -> pd.DataFrame:
    """All that falls due, as clearing takes it: columns year, payer, payee, amount.

    `supplied` is what the focal party owes (`dated`), `charges` what its partners owe in turn
    (`partners.fixed_charges`, `partners.builds`), of which `end`, "low" or "high", is taken.
    Raises ValueError for another end.
    """
    if end not in ("low", "high"):
        raise ValueError(f'end must be low or high, not "{end}"')
    onward = charges.rename(columns={"party": "payer", end: "amount"})
    columns = ["year", "payer", "payee", "amount"]
    return pd.concat([supplied[columns], onward[columns]], ignore_index=True).astype(
        {"year": "int64", "amount": "float64"}
    )
