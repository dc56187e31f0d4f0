"""How sure a plan is: what moves its outcome most, and what happens in many runs of it.

Amounts are USD billion, nominal, in whole calendar years; a plan is a `plan.Scenario`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope.measures import laws
from tightrope.measures.laws import Law, Quantiles
from tightrope.measures.plan import Scenario, revenue_by_year
from tightrope.measures.runway import (
    PARTS,
    Sums,
    by_year,
    cash_by_year,
    funding_gap,
    whole_months,
)
from tightrope.measures.uncertainty import quantiles
from tightrope.scenario_parameters import PARAMETERS

_RANDOM = ("growth_volatility", "growth_persistence", "funding_growth_correlation")
_TRIES = 200
"""How often what grew too fast is drawn again before it counts as impossible."""


def tornado(
    base: Mapping[str, Any],
    ranges: Mapping[str, tuple[Any, Any]],
    outcome: Callable[[Mapping[str, Any]], Any] | None = None,
) -> pd.DataFrame:
    """What moves the outcome most, one thing at a time: the widest swing first.

    `base` are the arguments of `funding_gap`, and the outcome is the gap at its peak; or other
    values and an outcome of them, such as `Scenario.values` and `Scenario.peak`. `ranges` has the
    low and high value of each that is varied while all others stay at the base. Columns:
    parameter, `base` (the outcome there), `at_low`, `at_high`, and `swing`, the distance between
    the largest and smallest of the three. Raises ValueError for a range of an unknown name.
    """
    unknown = [name for name in ranges if name not in base]
    if unknown:
        raise ValueError(f'"{unknown[0]}" is not in the base; it has: {", ".join(base)}')
    of = outcome or (lambda values: funding_gap(**values).peak)
    middle = float(of(base))
    rows = [
        (name, middle, *(float(of({**base, name: end})) for end in ends))
        for name, ends in ranges.items()
    ]
    table = pd.DataFrame(rows, columns=["parameter", "base", "at_low", "at_high"])
    outcomes = table[["base", "at_low", "at_high"]]
    table["swing"] = outcomes.max(axis=1) - outcomes.min(axis=1)
    return table.sort_values(
        ["swing", "parameter"], ascending=[False, True], kind="stable", ignore_index=True
    )


def scaled(base: Mapping[str, Any], share: float) -> dict[str, tuple[Any, Any]]:
    """Ranges for `tornado`: every argument of `funding_gap` less and more by this share."""
    series = {
        name: by_year(name, part) if name in PARTS else float(part) for name, part in base.items()
    }
    return {name: (part * (1 - share), part * (1 + share)) for name, part in series.items()}


@dataclass(frozen=True, eq=False)
class Simulation:
    """What happened in each of many runs; amounts are USD billion.

    `revenue`, `compute` and `cash` (at the end of the year) have one row a run and one column a
    year of `years`; `peak` and `end` are the gaps of each run, `months` how many whole months it
    had before the one in which cash ends, counted from the start of the first year; NaN if never.
    `redrawn` is how many draws were thrown away because revenue grew faster than any firm has.
    """

    years: npt.NDArray[np.int64]
    revenue: Sums
    compute: Sums
    cash: Sums
    peak: Sums
    end: Sums
    months: Sums
    redrawn: int = field(default=0, kw_only=True)

    @property
    def redrawn_share(self) -> float:
        """The share of all draws that were thrown away."""
        return self.redrawn / (self.redrawn + len(self.peak))

    def fan(self, at: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95)) -> pd.DataFrame:
        """Cash below which these shares of all runs lie: columns year, quantile, cash."""
        table = pd.DataFrame(np.quantile(self.cash, at, axis=0), index=at, columns=self.years)
        long = table.rename_axis(index="quantile", columns="year").T.stack()
        return long.rename("cash").reset_index()

    def peaks(self, at: Sequence[float] = (0.05, 0.5, 0.95)) -> pd.Series:
        """The gaps at their peak below which these shares of all runs lie."""
        return quantiles(self.peak, at)

    def ends(self) -> pd.DataFrame:
        """When cash ends: columns year, `share` of all runs in which it ends in that year, and
        `so_far`, in that year or before. What is missing to 1 never runs out."""
        year = self.years[0] + self.months // 12
        share = np.array([np.mean(year == one) for one in self.years])
        return pd.DataFrame({"year": self.years, "share": share, "so_far": share.cumsum()})

    def month_at(self, share: float) -> pd.Period | None:
        """The month in or before which this share of all runs is out of cash; None if none is."""
        rank = math.ceil(share * len(self.months)) - 1
        at = np.sort(np.nan_to_num(self.months, nan=np.inf))[max(rank, 0)]
        start = pd.Period(year=int(self.years[0]), month=1, freq="M")
        return start + int(at) if np.isfinite(at) else None


def simulate(
    inputs: Scenario,
    runs: int,
    seed: int,
    others: Mapping[str, Law] | None = None,
    fastest: float = math.inf,
) -> Simulation:
    """Draw the scenario many times; the same seed gives the same figures.

    Every parameter is drawn from its law (`laws.of`); `others` are laws in place of the scenario's
    own, such as those of a `growth.Centre`. A law changes no draw of another parameter. Then, what
    depends on each other is modelled:

    - growth: from the second year each has a shock, correlated with the year before; so a bad year
      tends to be followed by another. The shocks leave the median path where the laws have it.
    - compute follows revenue: its variable share moves as revenue departs from the scenario's own.
    - conditional funding comes whole or not at all, and more likely if growth was good.

    A draw in which revenue grows by more than `fastest` in a year (a share of the year before) is
    thrown away whole and drawn again. Raises ValueError for less than one run, for an unknown
    parameter in `others`, and where hardly any draw is slow enough.
    """
    if runs < 1:
        raise ValueError(f"runs must be at least 1, not {runs}")
    random = np.random.default_rng(seed)
    used = laws.of(inputs, others)
    years = inputs.dated.index.to_numpy(np.int64)
    values, moved, luck = _drawn(used, len(years), runs, random)
    again, redrawn = np.flatnonzero(_top_growth(values, moved) > fastest), 0
    for _ in range(_TRIES):
        if not len(again):
            break
        redrawn += len(again)
        fresh, shifted, drawn = _drawn(used, len(years), len(again), random)
        for name, one in fresh.items():
            if one.ndim:
                values[name][again] = one
        moved[again], luck[again] = shifted, drawn
        again = again[_top_growth(fresh, shifted) > fastest]
    else:
        raise ValueError(f"hardly any draw grows by less than {fastest:g} in every year")
    from scipy.special import ndtr  # slow to import, and needed only here

    # Draws that are thrown away had good growth, and good luck with it. Ranks give the others the
    # chance that was asked for.
    fate = (luck.argsort().argsort() + 0.5) / runs if redrawn else ndtr(luck)
    chance = values["conditional_funding_realised"]
    values["conditional_funding_realised"] = (fate > 1 - chance).astype(np.float64)
    amounts = inputs.amounts(values, moved)
    opening = np.broadcast_to(values["opening_cash"], runs)
    cash = cash_by_year(amounts, opening)
    gap = np.maximum(0.0, values["minimum_liquidity"][..., None] - cash)
    return Simulation(
        years=years,
        revenue=amounts["revenue"],
        compute=amounts["compute"],
        cash=cash,
        peak=gap.max(axis=1),
        end=gap[:, -1],
        months=whole_months(np.column_stack([opening, cash]), 12.0),
        redrawn=redrawn,
    )


def _drawn(
    used: Mapping[str, Law], years: int, runs: int, random: np.random.Generator
) -> tuple[dict[str, Sums], Sums, Sums]:
    """Values of all parameters, what revenue is multiplied by, and the luck of open money.

    Revenue has a row a run and a column a year; luck is standard normal, and good if growth is.
    """
    # A stream of its own for each parameter, in a fixed order: a new range changes no other draw.
    uniform = dict(zip(PARAMETERS, random.random((len(PARAMETERS), runs)), strict=True))
    values = {
        name: np.asarray(law.mode) if law.is_certain else law.ppf(uniform[name])
        for name, law in used.items()
    }
    volatility, persistence, together = (values[name] for name in _RANDOM)
    normal = random.standard_normal((years, runs))
    shocks = np.zeros((years, runs))
    shocks[1] = normal[1]
    for year in range(2, years):
        shocks[year] = persistence * shocks[year - 1] + np.sqrt(1 - persistence**2) * normal[year]
    # Year 0 needs no shock of growth: its normal number is the own fate of conditional funding.
    luck = together * shocks[1] + np.sqrt(1 - together**2) * normal[0]
    return values, np.exp(volatility * shocks).T.cumprod(axis=1), np.asarray(luck)


def _top_growth(values: Mapping[str, Sums], moved: Sums) -> Sums:
    """The growth of the year in which revenue grows most, one a run."""
    revenue = revenue_by_year(values, moved.shape[-1]) * moved
    before = revenue[:, :-1]
    growth = np.divide(revenue[:, 1:], before, out=np.zeros_like(before), where=before > 0)
    return np.asarray(growth.max(axis=1) - 1)


def sobol(
    outcome: Callable[[Mapping[str, Any]], Any],
    drawn_by: Mapping[str, Quantiles],
    runs: int = 2**12,
    seed: int = 0,
) -> pd.DataFrame:
    """How much of the variance of the outcome each input explains, alone and with others.

    Each input has a law to draw it by: those of a scenario are `laws.of`, the same that `simulate`
    draws from. What is certain stays as it is and has no row. Inputs are independent of each other:
    put what depends on another into `outcome`, as `Scenario.peak` does. `outcome` gets an array a
    name. Columns: parameter, `first_order`, `total` (Saltelli et al. 2010,
    doi:10.1016/j.cpc.2009.09.018); largest total first. `runs` is a power of 2. Raises
    ValueError where less than two inputs are in doubt.
    """
    from scipy import stats  # slow to import, and needed only here

    fixed = {
        name: law.mode for name, law in drawn_by.items() if isinstance(law, Law) and law.is_certain
    }
    names = [name for name in drawn_by if name not in fixed]
    if len(names) < 2:
        raise ValueError(f"it needs at least two inputs in doubt, not {len(names)}")
    indices = stats.sobol_indices(
        func=lambda drawn: outcome({**fixed, **dict(zip(names, drawn, strict=True))}),
        n=runs,
        dists=[drawn_by[name] for name in names],
        rng=np.random.default_rng(seed),
    )
    table = pd.DataFrame(
        {"parameter": names, "first_order": indices.first_order, "total": indices.total_order}
    )
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)
