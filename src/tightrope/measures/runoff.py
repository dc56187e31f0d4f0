"""When a contract is paid that has no year of its own, or only a term: by bands, and by a ramp.

Amounts are USD billion, nominal, in whole calendar years; every month of a band counts alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

Band = tuple[pd.Timestamp, pd.Timestamp, float]
"""First day, last day and the part of the whole that falls due between them, both included."""


def by_bands(amount: float, bands: Sequence[Band]) -> pd.DataFrame:
    """Spread `amount` as a backlog runs off: columns year, amount.

    Within a band every month has the same. What the bands leave goes on at the pace of the last of
    them, until it is used up: it is known to come later, and nothing says how fast. Raises
    ValueError without a band, for bands that overlap or leave months out, and for parts that are
    not above 0 or add up to more than 1.
    """
    if not bands:
        raise ValueError("a run-off needs at least one band")
    ordered = sorted(bands)
    for (_, before, _), (after, _, _) in itertools.pairwise(ordered):
        if after != before + pd.Timedelta(days=1):
            raise ValueError(f"the band from {after:%Y-%m-%d} does not follow {before:%Y-%m-%d}")
    parts = [part for _, _, part in ordered]
    if min(parts) <= 0 or sum(parts) > 1 + 1e-9:
        raise ValueError(f"bands must be parts above 0 of at most 1 in all, not {parts}")
    spans = [len(pd.period_range(start, end, freq="M")) for start, end, _ in ordered]
    monthly = np.repeat(np.divide(parts, spans), spans)
    rest = max(0.0, 1.0 - sum(parts))
    whole, part = divmod(rest / monthly[-1], 1.0) if rest > 1e-12 else (0.0, 0.0)
    tail = [monthly[-1]] * int(whole) + ([monthly[-1] * part] if part > 1e-9 else [])
    return _by_year(ordered[0][0], amount * np.append(monthly, tail))


def ramp(amount: float, start: pd.Timestamp, end: pd.Timestamp, pace: float) -> pd.DataFrame:
    """Spread `amount` over whole months so that it starts at `pace` a year: columns year, amount.

    Every twelve months the pace rises by the same sum, so that the whole is `amount` on the last
    day. Raises ValueError for a pace that makes more of it, or is below 0, and for an end that is
    before the start.
    """
    if start > end:
        raise ValueError(f"start {start:%Y-%m-%d} is after end {end:%Y-%m-%d}")
    step = np.arange(len(pd.period_range(start, end, freq="M"))) // 12
    at_start = pace / 12 * len(step)
    if not 0 <= at_start <= amount:
        raise ValueError(
            f"at {pace:g} a year from the start {at_start:g} would be paid, not {amount:g}"
        )
    rise = (amount - at_start) / step.sum() if step.any() else 0.0
    monthly = pace / 12 + rise * step
    return _by_year(start, monthly * (amount / monthly.sum()))


def _by_year(start: pd.Timestamp, monthly: Sequence[float] | np.ndarray) -> pd.DataFrame:
    """Monthly amounts from the month of `start` on, added up by calendar year."""
    years = pd.period_range(start, periods=len(monthly), freq="M").year
    sums = pd.Series(monthly, dtype="float64").groupby(years).sum()
    return pd.DataFrame({"year": pd.array(sums.index, dtype="Int64"), "amount": sums.to_numpy()})
