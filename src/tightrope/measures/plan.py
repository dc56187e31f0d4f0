"""What a plan makes of its assumptions and contracts: revenue, cost and funding by year.

Amounts are USD billion, nominal, in whole calendar years. A scenario is a set of assumptions
(`scenario_parameters.PARAMETERS`) and what contracts oblige to pay. Where revenue departs from the
scenario, a part of compute follows it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from tightrope.measures.runway import (
    PARTS,
    ByYear,
    FundingGap,
    Sums,
    by_year,
    cash_by_year,
    funding_gap,
)
from tightrope.measures.timing import share_due
from tightrope.scenario_parameters import PARAMETERS


@dataclass(frozen=True, eq=False)
class Scenario:
    """Assumptions and contracts, and the money by year that follows from them.

    `values` has every parameter; `ranges` the low and high of those that are in doubt. `dated` is
    what contracts oblige to pay for compute by year; it sets the years. `undated` is what they
    oblige to pay on days that nobody has published; it falls due over `undated_term` years, in
    proportion to `profile`, one level a year (`timing.share_due`); evenly if that is None.
    `weights` say in which of the later years compute is spent, as parts of all that is spent after
    the first (`shapes.later_weights`); None if it rises by the same sum a year.
    """

    values: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]
    dated: pd.Series
    undated: float
    weights: Sums | None = None
    profile: Sums | None = None

    @classmethod
    def of(
        cls,
        assumptions: pd.DataFrame,
        dated: ByYear,
        undated: float = 0.0,
        weights: Sums | None = None,
        profile: Sums | None = None,
    ) -> Scenario:
        """Read rows of `scenarios.csv`: parameter, value, and low and high where they are in doubt.

        Raises ValueError with the rows for a parameter that is unknown, missing or doubled, for
        values beyond its bounds and for low, value and high out of order; and for `weights` that
        are not one part of 1 for every year after the first, or a `profile` without one level above
        0 for every year.
        """
        named = list(assumptions.parameter)
        unknown = [name for name in named if name not in PARAMETERS]
        if unknown:
            raise ValueError(f'"{unknown[0]}" is no parameter; use one of: {", ".join(PARAMETERS)}')
        doubled = sorted({name for name in named if named.count(name) > 1})
        missing = [name for name in PARAMETERS if name not in named]
        for wrong, what in ((doubled, "stand twice"), (missing, "are missing")):
            if wrong:
                raise ValueError(f"parameters {what}: {', '.join(wrong)}")
        rows = assumptions.set_index("parameter")[["low", "value", "high"]].astype("float64")
        for name, (low, value, high) in zip(rows.index, rows.to_numpy(), strict=True):
            bounds = PARAMETERS[name]
            ends = [end for end in (low, value, high) if not math.isnan(end)]
            if math.isnan(value) or math.isnan(low) != math.isnan(high):
                raise ValueError(f"{name} needs a value, and low and high both or neither")
            if ends != sorted(ends) or not bounds.lowest <= ends[0] <= ends[-1] <= bounds.highest:
                raise ValueError(
                    f"{name} needs {bounds.lowest:g} ≤ low ≤ value ≤ high ≤ {bounds.highest:g}, "
                    f"not {', '.join(f'{end:g}' for end in ends)}"
                )
        known = rows[rows.low.notna()]
        due = by_year("dated", dated)
        if len(due) < 2:
            raise ValueError(f"a scenario needs at least two years, not {len(due)}")
        if not 0 <= undated < math.inf:
            raise ValueError(f"undated must be a finite number of at least 0, not {undated}")
        if weights is not None and not _are_parts(weights, len(due) - 1):
            raise ValueError(
                f"weights must be {len(due) - 1} parts of 1, not {np.asarray(weights).tolist()}"
            )
        if profile is not None and len(profile) != len(due):
            raise ValueError(f"profile needs {len(due)} levels, not {len(profile)}")
        own = cls(
            MappingProxyType(rows.value.to_dict()),
            MappingProxyType(
                {
                    name: (float(low), float(high))
                    for name, low, high in zip(known.index, known.low, known.high, strict=True)
                }
            ),
            due,
            float(undated),
            weights,
            profile,
        )
        own._due(own.values)
        return own

    def budget(self, **changes: float) -> dict[str, Any]:
        """The arguments of `funding_gap`, with some parameters changed.

        Compute follows: where a change moves revenue off the scenario's own, the variable share of
        compute moves with it. Raises ValueError for an unknown parameter.
        """
        values = self._changed(changes)
        amounts = self.amounts(values)
        series = {name: pd.Series(amounts[name], index=self.dated.index) for name in PARTS}
        return series | {
            "opening_cash": float(values["opening_cash"]),
            "buffer": float(values["minimum_liquidity"]),
        }

    def gap(self, **changes: float) -> FundingGap:
        """The funding gap of the scenario, with some parameters changed."""
        return funding_gap(**self.budget(**changes))

    def peak(self, values: Mapping[str, Any]) -> Any:
        """The gap at its peak for these parameters; for arrays of values, one peak each."""
        buffer = self._changed(values)["minimum_liquidity"]
        return np.maximum(0.0, buffer - self.lowest_cash(values))

    def lowest_cash(self, values: Mapping[str, Any]) -> Any:
        """Cash at the end of the worst year; unlike the gap it also moves where nothing lacks."""
        opening = self._changed(values)["opening_cash"]
        return cash_by_year(self.amounts(values), opening).min(axis=-1)

    def _changed(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        unknown = [name for name in changes if name not in PARAMETERS]
        if unknown:
            raise ValueError(f'"{unknown[0]}" is no parameter; use one of: {", ".join(PARAMETERS)}')
        return {**self.values, **changes}

    @property
    def planned(self) -> pd.Series:
        """Compute by year as planned, before contracts move any of it."""
        years = len(self.dated)
        return pd.Series(_planned(self.values, years, self.weights), index=self.dated.index)

    @property
    def beyond_plan(self) -> float:
        """What contracts alone take beyond the plan's sum of compute, USD billion; mostly 0.

        Only by this does a scenario spend more than `compute_spend_total`.
        """
        owed = float(self._due(self.values).sum())
        return max(0.0, owed - float(self.values["compute_spend_total"]))

    @property
    def commitments(self) -> pd.Series:
        """What falls due by year, if undated contracts run as long as the scenario assumes."""
        return self.due()

    def due(self, **changes: float) -> pd.Series:
        """`commitments` with some parameters changed."""
        return pd.Series(self._due(self._changed(changes)), index=self.dated.index)

    @property
    def undated_shares(self) -> Sums:
        """The share of an undated contract that falls due in each year, as the scenario assumes."""
        return self._shares(self.values)

    def amounts(self, changes: Mapping[str, Any], moved: Sums | float = 1.0) -> dict[str, Sums]:
        """Revenue, compute, other costs and funding by year, with some parameters changed.

        Values may be arrays, of one value a run; the last axis of the result are the years.
        `moved` multiplies revenue: one row a run, one column a year. Raises ValueError for an
        unknown parameter.
        """
        values = self._changed(changes)
        return _amounts(values, self._due(values), self._reference, self.weights, moved)

    def _due(self, values: Mapping[str, Any]) -> Sums:
        dated = np.asarray(self.dated.to_numpy(), dtype=np.float64)
        return dated + self.undated * self._shares(values)

    def _shares(self, values: Mapping[str, Any]) -> Sums:
        levels = np.ones(len(self.dated)) if self.profile is None else self.profile
        return share_due(values["undated_term"], levels)

    @property
    def _reference(self) -> Sums:
        return revenue_by_year(self.values, len(self.dated))


def revenue_by_year(values: Mapping[str, Any], years: int) -> Sums:
    """Revenue by year without shocks; growth of a year is its endurance times the year before.

    Values may be arrays, of one value a run; the last axis of the result are the years.
    """
    first, growth, endurance = (
        np.asarray(values[name], dtype=np.float64)[..., None]
        for name in ("revenue", "revenue_growth", "growth_endurance")
    )
    growths = growth * endurance ** np.arange(years - 1)
    factors = np.concatenate([np.ones((*growths.shape[:-1], 1)), 1 + growths], axis=-1)
    return np.asarray(first * np.maximum(factors, 0.0).cumprod(axis=-1))


def _are_parts(weights: Sums, count: int) -> bool:
    parts = np.asarray(weights, dtype=np.float64)
    return parts.shape == (count,) and bool((parts >= 0).all()) and math.isclose(parts.sum(), 1.0)


def _planned(values: Mapping[str, Any], years: int, weights: Sums | None) -> Sums:
    """Planned compute by year; the last axis are the years."""
    first, total = (
        np.asarray(values[name], dtype=np.float64)[..., None]
        for name in ("compute_spend", "compute_spend_total")
    )
    if weights is None:
        step = (total - years * first) / (years * (years - 1) / 2)
        planned = first + step * np.arange(years)
        wrong = "the last year would be below 0"
    else:
        later = (total - first) * weights
        planned = np.concatenate([np.broadcast_to(first, (*later.shape[:-1], 1)), later], axis=-1)
        wrong = "the later years would be below 0"
    if (planned < 0).any():
        raise ValueError(f"compute_spend_total is too small for compute_spend: {wrong}")
    return np.asarray(planned)


def not_below(planned: Sums, due: Sums) -> Sums:
    """Compute by year that is never less than what is due, and in all years no more than planned.

    Both have the years on their last axis. Where contracts take more of a year than is planned, the
    next years have so much less, as far as they spend beyond contracts; what they cannot give, the
    years before do, the nearest first. So the sum is that of the plan, or that of the contracts
    where these alone take more.
    """
    spent = np.array(np.broadcast_arrays(planned, due)[0], dtype=np.float64)
    owed = np.broadcast_to(due, spent.shape)
    ahead = np.zeros(spent.shape[:-1])
    years = range(spent.shape[-1])
    for year in years:
        wanted = spent[..., year] - ahead
        spent[..., year] = np.maximum(owed[..., year], wanted)
        ahead = spent[..., year] - wanted
    for year in reversed(years):
        given = np.minimum(ahead, spent[..., year] - owed[..., year])
        spent[..., year] -= given
        ahead = ahead - given
    return spent


def _amounts(
    values: Mapping[str, Any],
    due: Sums,
    reference: Sums,
    weights: Sums | None,
    moved: Sums | float,
) -> dict[str, Sums]:
    """Revenue, compute, other costs and funding; the last axis are the years."""

    def value(name: str) -> Sums:
        return np.asarray(values[name], dtype=np.float64)[..., None]

    years = due.shape[-1]
    revenue = revenue_by_year(values, years) * moved
    follows = value("compute_variable_share")
    relative = np.divide(revenue, reference, out=np.ones_like(revenue), where=reference > 0)
    planned = _planned(values, years, weights) * (1 - follows + follows * relative)
    # The first year has begun and is paid: only later ones can be renegotiated.
    honoured = np.where(np.arange(years) == 0, 1.0, value("commitments_honoured"))
    compute = honoured * due + (not_below(planned, due) - due)
    other_costs = (1 - value("margin_before_compute")) * revenue
    funding = np.zeros(np.broadcast_shapes(revenue.shape, compute.shape, other_costs.shape))
    funding = funding + value("committed_funding") * (np.arange(years) == 0)
    conditional = value("conditional_funding") * value("conditional_funding_realised")
    funding = funding + conditional * (np.arange(years) == 1)
    return {
        "revenue": np.broadcast_to(revenue, funding.shape),
        "compute": np.broadcast_to(compute, funding.shape),
        "other_costs": np.broadcast_to(other_costs, funding.shape),
        "funding": funding,
    }
