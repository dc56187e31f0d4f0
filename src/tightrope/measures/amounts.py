"""Amounts by name, such as the cash of each party: a mapping or a series means the same."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeVar

import numpy as np
import pandas as pd

Name = TypeVar("Name")
ByParty: TypeAlias = Mapping[str, float] | pd.Series
"""An amount for each party: a mapping, or a series with the parties as its index."""
SharesByYear: TypeAlias = Mapping[int, float] | pd.Series
"""A share for each year: a mapping, or a series with the years as its index."""
_NAMED = 10
"""So many names an error lists before it only counts them."""


def by_name(amounts: Mapping[Name, float] | pd.Series, what: str) -> dict[Name, float]:
    """The amounts as a dictionary of its own; one that is missing (None, NA) is NaN.

    `what` is what errors call the amounts. Raises ValueError for a series that has a name twice.
    """
    if isinstance(amounts, pd.Series):
        twice = amounts.index[amounts.index.duplicated()].unique()
        if len(twice):
            raise ValueError(f"{what} must have each name once, not: {', '.join(map(str, twice))}")
    return {name: np.nan if pd.isna(one) else float(one) for name, one in amounts.items()}


def check(values: Mapping[str, float], rule: str, most: float = math.inf) -> None:
    """Raise ValueError with `rule` and the names of values that are not between 0 and `most`."""
    wrong = [
        f"{name} has {value:g}"
        for name, value in values.items()
        if not (0 <= value <= most and math.isfinite(value))
    ]
    if wrong:
        raise ValueError(f"{rule}: {listed(wrong)}")


def listed(names: Sequence[str]) -> str:
    """Names for an error; of many the first, and how many more there are."""
    more = len(names) - _NAMED
    return ", ".join(map(str, names[:_NAMED])) + (f" and {more} more" if more > 0 else "")
