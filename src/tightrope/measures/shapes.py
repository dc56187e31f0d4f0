"""In which years a plan's money is spent: an older plan by year, carried to a newer sum.

Of a newer plan often only the sum over its years is public. An older one that gives every year then
says when; how it is carried to the new sum is a reading, and there are three. Amounts are free cash
flow in USD billion, below zero what flows out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

Sums = npt.NDArray[np.float64]


def trough_deepened(flow: npt.ArrayLike, total: float) -> Sums:
    """Years of outflow are scaled to the new sum; years of inflow stay as they were planned.

    Raises ValueError if no year has an outflow, or if the new sum needs none.
    """
    flows = _planned(flow)
    out = flows < 0
    needed = total - flows[~out].sum()
    if not out.any() or needed > 0:
        raise ValueError("a trough is deepened only where a plan has one and the sum leaves one")
    return np.where(out, flows * (needed / flows[out].sum()), flows)


def shifted_alike(flow: npt.ArrayLike, total: float) -> Sums:
    """Every year is moved by the same sum."""
    flows = _planned(flow)
    return flows + (total - flows.sum()) / len(flows)


def in_proportion(flow: npt.ArrayLike, total: float) -> Sums:
    """Every year, of outflow or inflow, is scaled alike.

    Raises ValueError if the years of the older plan add up to nothing, or to the other sign.
    """
    flows = _planned(flow)
    if flows.sum() * total <= 0:
        raise ValueError("a plan is scaled only to a sum of its own sign")
    return flows * (total / flows.sum())


@dataclass(frozen=True)
class Reading:
    """One way to carry a plan by year to a new sum: its name for readers, and what it does."""

    words: str
    meaning: str
    carry: Callable[[npt.ArrayLike, float], Sums] | None


LINEAR = "linear"
BASE = "trough-deepened"
READINGS: Mapping[str, Reading] = MappingProxyType(
    {
        BASE: Reading(
            "trough deepened",
            "years of outflow are scaled, the inflow of the last year stays as planned",
            trough_deepened,
        ),
        "shifted-alike": Reading(
            "shifted alike", "every year is moved by the same sum", shifted_alike
        ),
        "in-proportion": Reading(
            "in proportion", "outflow and inflow are scaled alike", in_proportion
        ),
        LINEAR: Reading("straight line", "compute rises by the same sum a year", None),
    }
)
"""By id. The last uses no older plan: it is what is left where none gives its years."""


CARRIED = tuple(name for name, reading in READINGS.items() if reading.carry)
"""The readings that carry an older plan: all but the straight line."""


def carried(reading: str, flow: npt.ArrayLike, total: float) -> Sums:
    """An older plan carried to a newer sum by one of CARRIED.

    Raises ValueError for another reading, and where the reading cannot be carried out.
    """
    carry = READINGS[reading].carry if reading in READINGS else None
    if carry is None:
        raise ValueError(f'"{reading}" carries no plan; use one of: {", ".join(CARRIED)}')
    return carry(flow, total)


def later_weights(
    reading: str, flow: npt.ArrayLike, total: float, earned: npt.ArrayLike, first: float
) -> Sums | None:
    """What part of the compute after the first year each later year has, by one of READINGS.

    `flow` is the older plan and `earned` revenue less all costs but compute, one amount a year;
    `total` is the newer plan's sum of free cash flow over these years, and `first` the compute of
    the first year, which has begun and is known better than any plan. What the first year leaves of
    the sum is carried to the later years; their compute is what they earn less their flow. The
    result adds up to 1. None for `LINEAR`, whose parts depend on the sums. Raises ValueError for an
    unknown reading, where a reading cannot be carried out, and where a year would spend less than
    nothing.
    """
    if reading not in READINGS:
        raise ValueError(f'"{reading}" is no reading; use one of: {", ".join(READINGS)}')
    if reading == LINEAR:
        return None
    left = np.asarray(earned, dtype=np.float64)
    later = carried(reading, _planned(flow)[1:], total - (float(left[0]) - first))
    spent = left[1:] - later
    if (spent < 0).any() or spent.sum() <= 0:
        raise ValueError(f'"{READINGS[reading].words}" would have a year spend less than nothing')
    return np.asarray(spent / spent.sum())


def _planned(flow: npt.ArrayLike) -> Sums:
    flows = np.asarray(flow, dtype=np.float64)
    if flows.size == 0 or not np.isfinite(flows).all():
        raise ValueError(f"the older plan needs an amount in every year, not {flows.tolist()}")
    return flows
