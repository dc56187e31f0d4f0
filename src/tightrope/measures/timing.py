"""When the money moves: payments over the years, floats, present values, and which came first.

Amounts are USD billion, nominal, in whole calendar years. A function that takes `payments`
needs the columns payer, payee, amount and year, and looks only at those between `focal` and
`party`. Those without a year cannot be placed: they are left out, and `undated` adds them up.
Incoming is what `party` pays `focal`. All raise ValueError for payments that `payments.Web.of`
refuses, without the column year, and if `focal` neither pays nor is paid.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope import cells, ledger
from tightrope.measures.payments import Web

PROFILES = ("once", "even", "s_curve", "undated")
_STEEPNESS = 6.0
"""Of the logistic curve over a whole term of length 1: 1.2 a year over five years."""


def schedule(
    amount: float, start: str | pd.Timestamp, end: str | pd.Timestamp, profile: str
) -> pd.DataFrame:
    """Spread `amount` over the calendar years from `start` to `end`: columns year, amount.

    Days are Timestamps or texts, YYYY-MM-DD; one that is not known is NaT. Profile "once" puts it
    all on `end`, "even" gives every day the same, "undated" has no year: `ledger.schedule` does
    these. "s_curve" starts and ends slowly, as sites are built: increments of a logistic curve
    whose middle is the middle of the term and whose steepness is 6 over the term, scaled to add up
    to `amount`. Over five whole years they are 10.4, 23.5, 32.2, 23.5 and 10.4 %. Every calendar
    year counts as equally long. Raises ValueError for an amount that is not finite, a text that is
    no day, an unknown profile, or `start` after `end`.
    """
    if not math.isfinite(amount):
        raise ValueError(f"amount must be a finite number, not {amount}")
    if profile not in PROFILES:
        raise ValueError(f'profile must be one of {", ".join(PROFILES)}, not "{profile}"')
    start, end = cells.given_day(start, "start"), cells.given_day(end, "end")
    if profile != "s_curve" or pd.isna(end):
        return ledger.schedule(amount, start, end, "undated" if pd.isna(end) else profile)
    if pd.isna(start):
        raise ValueError("an s_curve needs a start")
    if start > end:
        raise ValueError(f"start {start:%Y-%m-%d} is after end {end:%Y-%m-%d}")
    years = np.arange(start.year, end.year + 1)
    first, last = _in_years(start), _in_years(end + pd.Timedelta(days=1))
    edges = np.clip(np.append(years, end.year + 1), first, last)
    reached = 1 / (1 + np.exp(-_STEEPNESS * ((edges - first) / (last - first) - 0.5)))
    weights = np.diff(reached) / (reached[-1] - reached[0])
    return pd.DataFrame({"year": pd.array(years, dtype="Int64"), "amount": amount * weights})


def _in_years(day: pd.Timestamp) -> float:
    """The beginning of a day as a year with its fraction."""
    return day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365)


def share_due(term: npt.ArrayLike, levels: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """The share of an undated contract that falls due in each of the first years of its term.

    `levels` are those years, one beside the other: twice the level is twice the share, and levels
    that are all the same spread it evenly. A longer term goes on at the last level; one that is no
    whole number ends within a year. The last axis are the years; terms may be many, one a run.
    Raises ValueError for a term of less than a year, and for levels that are not above 0.
    """
    heights = np.asarray(levels, dtype=np.float64)
    if heights.ndim != 1 or not heights.size or not (np.isfinite(heights) & (heights > 0)).all():
        raise ValueError(f"every year needs a level above 0, not {heights.tolist()}")
    terms = np.asarray(term, dtype=np.float64)[..., None]
    if not (terms >= 1).all():
        raise ValueError(
            f"the term of an undated contract must be at least 1 year, not {terms.min():g}"
        )
    years = len(heights)
    parts = np.clip(terms - np.arange(years), 0.0, 1.0) * heights
    later = np.clip(terms - years, 0.0, None) * heights[-1]
    return np.asarray(parts / (parts.sum(axis=-1, keepdims=True) + later))


def float_by_year(payments: pd.DataFrame, focal: str, party: str) -> pd.DataFrame:
    """What `focal` holds of the money of `party`, at the end of every year.

    Columns: year, `paid_in` and `paid_out` of that year, and `float`, all paid in so far less all
    paid out so far; USD billion, no year left out between the first and the last. Positive: the
    party has paid ahead; negative: it has been paid more than it ever gave. Empty if nothing
    between the two has a year.
    """
    between = _between(payments, focal, party)
    years = between.year.dropna().astype("int64")
    span = range(years.min(), years.max() + 1) if len(years) else range(0)
    table = pd.DataFrame({"year": pd.array(list(span), dtype="Int64")})
    for side, payer in (("paid_in", party), ("paid_out", focal)):
        by_year = between[between.payer.eq(payer)].groupby("year").amount.sum()
        table[side] = by_year.reindex(span, fill_value=0.0).to_numpy(dtype=float)
    table["float"] = table.paid_in.cumsum() - table.paid_out.cumsum()
    return table


def average_float_years(payments: pd.DataFrame, focal: str, party: str) -> float:
    """How many years, on average, a dollar of `party` stays with `focal`.

    The floats at the ends of the years, divided by all that was paid in; the float of the last
    year is left out, since no later year is known for it to stay in. Negative if the party was
    paid first. NaN if nothing came in.
    """
    table = float_by_year(payments, focal, party)
    paid_in = table.paid_in.sum()
    return float(table["float"].iloc[:-1].sum() / paid_in) if paid_in > 0 else math.nan


@dataclass(frozen=True)
class PresentValues:
    """What came in and went out, discounted to one year; USD billion of that year."""

    year: int
    paid_in: float
    paid_out: float

    @property
    def round_trip(self) -> float:
        """The smaller side."""
        return min(self.paid_in, self.paid_out)


def present_values(payments: pd.DataFrame, focal: str, party: str, rate: float) -> PresentValues:
    """Both sides between `focal` and `party`, discounted to the first year in which one paid.

    `rate` a year as a fraction; payments at the end of their year, the first year undiscounted.
    Raises ValueError if nothing between the two has a year, and for a rate of -1 or less.
    """
    if not (math.isfinite(rate) and rate > -1):
        raise ValueError(f"rate must be a number above -1, not {rate}")
    table = float_by_year(payments, focal, party)
    if table.empty:
        raise ValueError(f"no payment between {focal} and {party} has a year")
    factors = (1 + rate) ** -np.arange(len(table), dtype=float)
    sides = (float((table[side] * factors).sum()) for side in ("paid_in", "paid_out"))
    return PresentValues(int(table.year.iloc[0]), *sides)


def present_value_round_trip(payments: pd.DataFrame, focal: str, party: str, rate: float) -> float:
    """The round trip with time priced in: smaller present value / present value of what came in.

    A fraction between 0 and 1, the same whatever year it is discounted to; `present_values` has
    the dollars. NaN if nothing came in. Raises ValueError as `present_values` does.
    """
    values = present_values(payments, focal, party, rate)
    return values.round_trip / values.paid_in if values.paid_in > 0 else math.nan


@dataclass(frozen=True)
class TimedRoundTrip:
    """The part of what went out that money of the same party had come in for; USD billion.

    `static` is the smaller side whatever the order; `years` is how long, on average, a matched
    dollar stayed (NaN if none is matched).
    """

    value: float
    static: float
    years: float


def timed_round_trip(payments: pd.DataFrame, focal: str, party: str) -> TimedRoundTrip:
    """The round trip that respects time: a dollar out counts only if one of `party` came before.

    First in, first out: each dollar out uses up the oldest dollar in that is left. Within one
    year the money in counts as earlier. Never more than the smaller side. Temporal networks count
    paths the same way (Holme & Saramäki 2012, doi:10.1016/j.physrep.2012.03.001).
    """
    table = float_by_year(payments, focal, party)
    waiting: list[list[float]] = []  # year and what is left of its dollars, oldest first
    value = dollar_years = 0.0
    for year, paid_in, paid_out in zip(table.year, table.paid_in, table.paid_out, strict=True):
        waiting.append([float(year), paid_in])
        while paid_out > 0 and waiting:
            came, left = waiting[0]
            used = min(left, paid_out)
            value += used
            dollar_years += used * (float(year) - came)
            paid_out -= used
            if used == left:
                waiting.pop(0)
            else:
                waiting[0][1] = left - used
    static = float(min(table.paid_in.sum(), table.paid_out.sum()))
    value = min(value, static)
    return TimedRoundTrip(value, static, dollar_years / value if value else math.nan)


@dataclass(frozen=True)
class Undated:
    """What lies between two parties without a year; USD billion."""

    paid_in: float
    paid_out: float


def undated(payments: pd.DataFrame, focal: str, party: str) -> Undated:
    """The payments between `focal` and `party` that no measure of this module can place."""
    between = _between(payments, focal, party)
    rest = between[between.year.isna()]
    return Undated(*(float(rest.amount[rest.payer.eq(payer)].sum()) for payer in (party, focal)))


def _between(payments: pd.DataFrame, focal: str, party: str) -> pd.DataFrame:
    Web.of(payments).place(focal)
    if "year" not in payments.columns:
        raise ValueError("payments lack the column year")
    inward = payments.payer.eq(party) & payments.payee.eq(focal)
    outward = payments.payer.eq(focal) & payments.payee.eq(party)
    return payments[inward | outward]
