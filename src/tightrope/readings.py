"""What a scenario lacks by every reading of when its compute is spent and its contracts fall due.

A reading is a choice that the evidence leaves open; it has no chance, and is no draw. Amounts are
USD billion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from tightrope import obligations, scenarios, spending, vintages, ways
from tightrope.dealbook import Dealbook
from tightrope.measures import runway
from tightrope.measures.plan import Scenario
from tightrope.measures.runway import FundingGap
from tightrope.scenario_parameters import BASE, YEARS

SHAPE, WAY = "shape", "way"
DIMENSIONS: Mapping[str, str] = MappingProxyType(
    {
        SHAPE: "in which years the plan’s compute is spent",
        WAY: "how the largest contract falls due",
    }
)
"""What the readings differ in, as a sentence has it."""


@dataclass(frozen=True, eq=False)
class Read:
    """A scenario by one reading: of its compute, `shape`, and of its largest contract, `way`."""

    shape: str
    way: str
    own: Scenario
    gap: FundingGap

    @property
    def month(self) -> pd.Period | None:
        """The month in which cash ends; None if it lasts."""
        return runway.month_cash_ends(self.gap)


@dataclass(frozen=True, eq=False)
class Readings:
    """A scenario by all its readings, the one that stands for it first.

    `rows` are those that the readings rest on beyond what it assumes and its contracts.
    """

    all: tuple[Read, ...]
    rows: tuple[str, ...]

    @property
    def base(self) -> Read:
        """The reading that stands for the scenario where one number is asked for."""
        return self.all[0]

    @property
    def low(self) -> Read:
        """The reading with the smallest gap at its peak."""
        return min(self.all, key=lambda read: read.gap.peak)

    @property
    def high(self) -> Read:
        """The reading with the largest gap at its peak."""
        return max(self.all, key=lambda read: read.gap.peak)

    @property
    def earliest(self) -> pd.Period | None:
        """The first month in which cash ends by any reading; None if it lasts by all."""
        return min(self._months(), default=None)

    @property
    def latest(self) -> pd.Period | None:
        """The last month in which cash ends by any reading; None if it lasts by one of them."""
        months = self._months()
        return max(months) if len(months) == len(self.all) else None

    def by_shape(self) -> tuple[Read, ...]:
        """The readings of compute, the largest contract as in the base."""
        return tuple(read for read in self.all if read.way == self.base.way)

    def table(self) -> pd.DataFrame:
        """One row a reading: shape, way, gap (at its peak), peak_year, month."""
        return pd.DataFrame(
            {
                "shape": [read.shape for read in self.all],
                "way": [read.way for read in self.all],
                "gap": [read.gap.peak for read in self.all],
                "peak_year": [read.gap.peak_year for read in self.all],
                "month": [read.month for read in self.all],
            }
        )

    def spread(self, dimension: str) -> float:
        """How far the gap moves over one of DIMENSIONS while the other stays, at the most."""
        other = WAY if dimension == SHAPE else SHAPE
        by_other = self.table().groupby(other).gap
        return float((by_other.max() - by_other.min()).max())

    @property
    def decisive(self) -> str:
        """The one of DIMENSIONS that moves the gap most; the first of those that move it alike."""
        return max(DIMENSIONS, key=self.spread)

    def _months(self) -> list[pd.Period]:
        return [month for month in (read.month for read in self.all) if month is not None]


def of(book: Dealbook, scenario_id: str = BASE, focal: str = "", **changes: Any) -> Readings:
    """A scenario by every reading that the data allow, some of its parameters changed.

    Raises ValueError for a scenario that the book does not have, and for an unknown parameter.
    """
    focal = focal or book.focal
    assumed, supplied = scenarios.assumptions(book, scenario_id), obligations.supply(book, focal)
    return carried_out(book, assumed, supplied, focal, **changes)


def carried_out(
    book: Dealbook, assumed: pd.DataFrame, supplied: pd.DataFrame, focal: str, **changes: Any
) -> Readings:
    """`of` from the `scenarios.assumptions` and what contracts oblige to pay."""
    found = []
    due = ways.supplied_by(book, supplied, YEARS)
    profile = spending.levels(book, YEARS, focal)
    by_way = {
        way: scenarios.carried_out(assumed, dated, profile=profile) for way, dated in due.items()
    }
    for shape in spending.shapes_of(book, focal):
        later = spending.weights(book, focal, shape)
        for way, straight in by_way.items():
            own = replace(straight, weights=later)
            found.append(Read(shape, way, own, own.gap(**changes)))
    plan = vintages.carried(book, focal, YEARS)
    planned = plan.rows if plan else ()
    return Readings(tuple(found), (*planned, *ways.rows(book, supplied, YEARS)))


def in_words(month: pd.Period | None) -> str:
    """A month in which cash ends, in words: "July 2028"; what is said where it lasts."""
    return f"{month:%B %Y}" if month is not None else f"some day after {YEARS[-1]}"


def when_cash_ends(read: Readings) -> str:
    """When cash ends by all readings, as a clause: "between July 2028 and July 2029"."""
    if read.earliest is None:
        return f"not before the end of {YEARS[-1]}"
    if read.earliest == read.latest:
        return f"in {in_words(read.earliest)}"
    return f"between {in_words(read.earliest)} and {in_words(read.latest)}"
