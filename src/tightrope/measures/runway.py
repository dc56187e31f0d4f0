"""Does the money last: the gap at its peak, and the month in which cash ends.

Amounts are USD billion, nominal, in whole calendar years. The gap is what no source is named for:
the money that is missing in the worst year, not in the last one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Sums = npt.NDArray[np.float64]
ByYear: TypeAlias = pd.Series | Mapping[int, float] | Sequence[float]
"""Amounts by year: a series or mapping with years as keys; a plain sequence counts from year 1."""
PARTS = ("revenue", "compute", "other_costs", "funding")
"""What a path of cash is made of."""
_NAMED = 10


@dataclass(frozen=True, eq=False)
class FundingGap:
    """The missing money (USD billion) and when it is missing.

    `peak` is the largest gap at the end of a year, in `peak_year` (the first such year; None
    without a gap), `end` the gap at the end of the last; `runway_year` is the first year that ends
    with less than no cash (None if none does). `path` has one row a year: year, revenue, compute,
    other_costs, funding, `cash` at the end and `gap`, what cash lacks to the buffer.
    """

    peak: float
    peak_year: int | None
    end: float
    runway_year: int | None
    path: pd.DataFrame


def funding_gap(
    revenue: ByYear,
    compute: ByYear,
    other_costs: ByYear,
    opening_cash: float,
    funding: ByYear,
    buffer: float,
) -> FundingGap:
    """What is missing in the worst year for cash never to end a year below `buffer`.

    Cash at the end of a year is opening cash and all revenue and funding so far, less all costs so
    far; the gap at its peak is max(0, buffer - lowest cash). All four series must have the same
    years. Raises ValueError naming the years with amounts that are negative, missing or not finite.
    """
    given = (revenue, compute, other_costs, funding)
    parts = {name: by_year(name, part) for name, part in zip(PARTS, given, strict=True)}
    years = parts["revenue"].index
    for name, part in parts.items():
        if not part.index.equals(years):
            both = ", ".join(map(str, part.index.symmetric_difference(years)[:_NAMED]))
            raise ValueError(f"revenue and {name} must have the same years; only one has {both}")
    for name, amount in (("opening_cash", opening_cash), ("buffer", buffer)):
        if not 0 <= amount < math.inf:
            raise ValueError(f"{name} must be a finite number of at least 0, not {amount}")
    amounts = {name: part.to_numpy() for name, part in parts.items()}
    cash = cash_by_year(amounts, opening_cash)
    gap = np.maximum(0.0, buffer - cash)
    path = pd.DataFrame({"year": years, **amounts, "cash": cash, "gap": gap})
    short = np.flatnonzero(cash < 0)
    return FundingGap(
        peak=float(gap.max()),
        peak_year=int(years[gap.argmax()]) if gap.max() > 0 else None,
        end=float(gap[-1]),
        runway_year=int(years[short[0]]) if short.size else None,
        path=path,
    )


def pay_ratios(
    revenue: ByYear,
    compute: ByYear,
    other_costs: ByYear,
    opening_cash: float,
    funding: ByYear,
    buffer: float,
) -> pd.DataFrame:
    """What can be paid for compute if nobody fills the gap: the arguments of `funding_gap`.

    Each year other costs are paid first and the buffer is kept; suppliers get what is left, up to
    what they are owed. What they do not get is lost to them: it is not owed in later years.
    Columns: year, `compute` (owed), `paid`, `pay_ratio` (1 where nothing is owed) and `cash` at the
    end. Cash ends below the buffer only where other costs alone take it there. Raises ValueError
    as `funding_gap` does.
    """
    path = funding_gap(revenue, compute, other_costs, opening_cash, funding, buffer).path
    paid, cash = [], [opening_cash]
    for year in path.itertuples():
        before = cash[-1] + year.revenue + year.funding - year.other_costs
        paid.append(min(max(before - buffer, 0.0), year.compute))
        cash.append(before - paid[-1])
    table = path[["year", "compute"]].assign(paid=paid)
    table["pay_ratio"] = (table.paid / table.compute).where(table.compute > 0, 1.0)
    return table.assign(cash=cash[1:])


def cash_flow_gap(
    cash_flow: ByYear, opening_cash: float, funding: ByYear, buffer: float
) -> FundingGap:
    """`funding_gap` where only the free cash flow is known, as in published plans.

    Years in which money comes in count as revenue, the others as other costs; the path shows that.
    """
    flow = by_year("cash_flow", cash_flow, signed=True)
    return funding_gap(
        flow.clip(lower=0), 0 * flow, -flow.clip(upper=0), opening_cash, funding, buffer
    )


def month_cash_ends(gap: FundingGap, starts_on: pd.Timestamp | None = None) -> pd.Period | None:
    """The first month in which cash falls below 0, if it flows evenly within each year.

    The first year begins on `starts_on`, by default on 1 January; its amounts are those of what is
    left of it. None if cash never ends. Lies in `runway_year`. Raises ValueError for a start
    outside the first year.
    """
    cash, years = gap.path.cash.to_numpy(), gap.path.year.to_numpy()
    if gap.runway_year is None:
        return None
    left = 12.0
    if starts_on is not None:
        if starts_on.year != years[0]:
            raise ValueError(f"the path starts in {years[0]}, not on {starts_on:%Y-%m-%d}")
        days = 366 if starts_on.is_leap_year else 365
        left = 12.0 * (1 - (starts_on.day_of_year - 1) / days)
    first = gap.path.iloc[0]
    opening = first.cash - first.revenue + first.compute + first.other_costs - first.funding
    at = whole_months(np.append(opening, cash)[None, :], left)[0]
    return pd.Period(year=int(years[0]), month=1, freq="M") + int(at)


def by_year(name: str, amounts: ByYear, signed: bool = False) -> pd.Series:
    """The amounts by year, in order, if nothing is wrong with them."""
    if isinstance(amounts, pd.Series) and _is_in_order(amounts, signed):
        return amounts
    if isinstance(amounts, (pd.Series, Mapping)):
        series = pd.Series(amounts)
    else:
        series = pd.Series(amounts, index=range(1, len(amounts) + 1))
    if series.empty:
        raise ValueError(f"{name} has no year")
    if series.index.has_duplicates or series.index.isna().any():
        raise ValueError(f"{name} must have each year once")
    numbers = pd.to_numeric(series, errors="coerce").astype("float64")
    wrong = ~np.isfinite(numbers) | (numbers.lt(0) & (not signed))
    if wrong.any():
        rule = "finite number" if signed else "finite number of at least 0"
        rows = [f"{year} has {has}" for year, has in series[wrong].items()]
        more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
        raise ValueError(
            f"{name} must be a {rule} in every year (USD bn): {', '.join(rows[:_NAMED])}{more}"
        )
    return numbers.set_axis(series.index.astype("int64")).sort_index()


def _is_in_order(series: pd.Series, signed: bool) -> bool:
    """Whether nothing is to be done: a scenario is asked hundreds of times for series it made."""
    numbers, years = series.to_numpy(), series.index
    return (
        numbers.dtype == np.float64
        and years.dtype == np.int64
        and len(years) > 0
        and bool(np.isfinite(numbers).all())
        and (signed or bool((numbers >= 0).all()))
        and years.is_monotonic_increasing
        and years.is_unique
    )


def cash_by_year(amounts: Mapping[str, Any], opening: Any) -> Sums:
    """Cash at the end of every year; the last axis are the years."""
    flow = amounts["revenue"] - amounts["compute"] - amounts["other_costs"] + amounts["funding"]
    return np.asarray(np.asarray(opening)[..., None] + flow.cumsum(axis=-1))


def whole_months(cash: Sums, first_year: float) -> Sums:
    """How many calendar months pass before that in which cash ends, from the first January on.

    One row a run: the opening cash, then cash at the end of each year; the first year has only
    its last `first_year` months. NaN where cash never ends.
    """
    short = cash[:, 1:] < 0
    year = short.argmax(axis=1)
    row = np.arange(len(cash))
    before, after = cash[row, year], cash[row, year + 1]
    length = np.where(year == 0, first_year, 12.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        months = year * 12 + 12 - length + length * before / (before - after)
    # A path that ends below 0 crosses 0 within its year, never at the start of the next.
    return np.where(short.any(axis=1), np.floor(np.minimum(months, year * 12 + 11)), np.nan)
