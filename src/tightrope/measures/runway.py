"""Does the money last: the gap at its peak, what moves it most, and how sure that is.

Amounts are USD billion, nominal, in whole calendar years. The gap is what no source is named for:
the money that is missing in the worst year, not in the last one. A scenario is a set of
assumptions (`scenario_parameters.PARAMETERS`); `Scenario` turns it and what contracts oblige into
revenue, cost and funding by year. Where revenue departs from the scenario, a part of compute
follows it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope.measures.timing import share_due
from tightrope.measures.uncertainty import quantiles
from tightrope.measures.uncertainty import triangular as triangular
from tightrope.scenario_parameters import PARAMETERS

Sums = npt.NDArray[np.float64]
ByYear: TypeAlias = pd.Series | Mapping[int, float] | Sequence[float]
"""Amounts by year: a series or mapping with years as keys; a plain sequence counts from year 1."""
_PARTS = ("revenue", "compute", "other_costs", "funding")
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
    parts = {name: _by_year(name, part) for name, part in zip(_PARTS, given, strict=True)}
    years = parts["revenue"].index
    for name, part in parts.items():
        if not part.index.equals(years):
            both = ", ".join(map(str, part.index.symmetric_difference(years)[:_NAMED]))
            raise ValueError(f"revenue and {name} must have the same years; only one has {both}")
    for name, amount in (("opening_cash", opening_cash), ("buffer", buffer)):
        if not 0 <= amount < math.inf:
            raise ValueError(f"{name} must be a finite number of at least 0, not {amount}")
    amounts = {name: part.to_numpy() for name, part in parts.items()}
    cash = _cash(amounts, opening_cash)
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
    flow = _by_year("cash_flow", cash_flow, signed=True)
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
    at = _months(np.append(opening, cash)[None, :], left)[0]
    return pd.Period(year=int(years[0]), month=1, freq="M") + int(at)


_RANDOM = ("growth_volatility", "growth_persistence", "funding_growth_correlation")


@dataclass(frozen=True, eq=False)
class Scenario:
    """Assumptions and contracts, and the money by year that follows from them.

    `values` has every parameter; `ranges` the low and high of those that are in doubt. `dated` is
    what contracts oblige to pay for compute by year; it sets the years. `undated` is what they
    oblige to pay on days that nobody has published; the parameter `undated_term` spreads it.
    """

    values: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]
    dated: pd.Series
    undated: float

    @classmethod
    def of(cls, assumptions: pd.DataFrame, dated: ByYear, undated: float = 0.0) -> Scenario:
        """Read rows of `scenarios.csv`: parameter, value, and low and high where they are in doubt.

        Raises ValueError with the rows for a parameter that is unknown, missing or doubled, for
        values beyond its bounds and for low, value and high out of order.
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
        due = _by_year("dated", dated)
        if len(due) < 2:
            raise ValueError(f"a scenario needs at least two years, not {len(due)}")
        if not 0 <= undated < math.inf:
            raise ValueError(f"undated must be a finite number of at least 0, not {undated}")
        return cls(
            MappingProxyType(rows.value.to_dict()),
            MappingProxyType(
                {
                    name: (float(low), float(high))
                    for name, low, high in zip(known.index, known.low, known.high, strict=True)
                }
            ),
            due,
            float(undated),
        )

    def budget(self, **changes: float) -> dict[str, Any]:
        """The arguments of `funding_gap`, with some parameters changed.

        Compute follows: where a change moves revenue off the scenario's own, the variable share of
        compute moves with it. Raises ValueError for an unknown parameter.
        """
        values = self._changed(changes)
        amounts = _amounts(values, self._due(values), self._reference)
        series = {name: pd.Series(amounts[name], index=self.dated.index) for name in _PARTS}
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
        changed = self._changed(values)
        amounts = _amounts(changed, self._due(changed), self._reference)
        return _cash(amounts, changed["opening_cash"]).min(axis=-1)

    def _changed(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        unknown = [name for name in changes if name not in PARAMETERS]
        if unknown:
            raise ValueError(f'"{unknown[0]}" is no parameter; use one of: {", ".join(PARAMETERS)}')
        return {**self.values, **changes}

    @property
    def commitments(self) -> pd.Series:
        """What falls due by year, if undated contracts run as long as the scenario assumes."""
        return pd.Series(self._due(self.values), index=self.dated.index)

    def _due(self, values: Mapping[str, Any]) -> Sums:
        dated = np.asarray(self.dated.to_numpy(), dtype=np.float64)
        return dated + self.undated * share_due(values["undated_term"], len(dated))

    @property
    def _reference(self) -> Sums:
        return _revenue(self.values, len(self.dated))


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
        name: _by_year(name, part) if name in _PARTS else float(part) for name, part in base.items()
    }
    return {name: (part * (1 - share), part * (1 + share)) for name, part in series.items()}


@dataclass(frozen=True, eq=False)
class Simulation:
    """What happened in each of many runs; amounts are USD billion.

    `revenue`, `compute` and `cash` (at the end of the year) have one row a run and one column a
    year of `years`; `peak` and `end` are the gaps of each run, `months` how many whole months it
    had before the one in which cash ends, counted from the start of the first year; NaN if never.
    """

    years: npt.NDArray[np.int64]
    revenue: Sums
    compute: Sums
    cash: Sums
    peak: Sums
    end: Sums
    months: Sums

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


def simulate(inputs: Scenario, runs: int, seed: int) -> Simulation:
    """Draw the scenario many times; the same seed gives the same figures.

    Every parameter with a range is drawn from a triangle with its value as the mode. Then, what
    depends on each other is modelled:

    - growth: from the second year each has a shock, correlated with the year before; so a bad year
      tends to be followed by another. The shocks leave the median path where the scenario has it.
    - compute follows revenue: its variable share moves with revenue, run by run.
    - conditional funding comes whole or not at all, and more likely if growth was good.

    Raises ValueError for less than one run.
    """
    if runs < 1:
        raise ValueError(f"runs must be at least 1, not {runs}")
    random = np.random.default_rng(seed)
    years = inputs.dated.index.to_numpy(np.int64)
    # A stream of its own for each parameter, in a fixed order: a new range changes no other draw.
    uniform = dict(zip(PARAMETERS, random.random((len(PARAMETERS), runs)), strict=True))
    values: dict[str, Any] = {
        name: triangular(uniform[name], inputs.ranges[name][0], value, inputs.ranges[name][1])
        if name in inputs.ranges
        else value
        for name, value in inputs.values.items()
    }
    volatility, persistence, together = (np.asarray(values[name]) for name in _RANDOM)
    normal = random.standard_normal((len(years), runs))
    shocks = np.zeros((len(years), runs))
    shocks[1] = normal[1]
    for year in range(2, len(years)):
        shocks[year] = persistence * shocks[year - 1] + np.sqrt(1 - persistence**2) * normal[year]
    # Year 0 needs no shock of growth: its normal number is the own fate of conditional funding.
    from scipy.special import ndtr  # slow to import, and needed only here

    fate = ndtr(together * shocks[1] + np.sqrt(1 - together**2) * normal[0])
    values["conditional_funding_realised"] = (
        fate > 1 - np.asarray(values["conditional_funding_realised"])
    ).astype(np.float64)
    moved = np.exp(volatility * shocks).T.cumprod(axis=1)
    amounts = _amounts(values, inputs._due(values), inputs._reference, moved)
    opening = np.broadcast_to(np.asarray(values["opening_cash"], dtype=np.float64), runs)
    cash = _cash(amounts, opening)
    gap = np.maximum(0.0, np.asarray(values["minimum_liquidity"])[..., None] - cash)
    return Simulation(
        years=years,
        revenue=amounts["revenue"],
        compute=amounts["compute"],
        cash=cash,
        peak=gap.max(axis=1),
        end=gap[:, -1],
        months=_months(np.column_stack([opening, cash]), 12.0),
    )


def sobol(
    outcome: Callable[[Mapping[str, Any]], Any],
    ranges: Mapping[str, tuple[float, float]],
    runs: int = 2**12,
    seed: int = 0,
) -> pd.DataFrame:
    """How much of the variance of the outcome each input explains, alone and with others.

    Inputs are uniform on their ranges and independent of each other: put what depends on another
    into `outcome`, as `Scenario.peak` does. `outcome` gets an array a name. Columns: parameter,
    `first_order`, `total` (Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018); largest total
    first. `runs` is a power of 2.
    """
    from scipy import stats  # slow to import, and needed only here

    names = list(ranges)
    indices = stats.sobol_indices(
        func=lambda drawn: outcome(dict(zip(names, drawn, strict=True))),
        n=runs,
        dists=[stats.uniform(low, high - low) for low, high in ranges.values()],
        rng=np.random.default_rng(seed),
    )
    table = pd.DataFrame(
        {"parameter": names, "first_order": indices.first_order, "total": indices.total_order}
    )
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def _by_year(name: str, amounts: ByYear, signed: bool = False) -> pd.Series:
    """The amounts by year, in order, if nothing is wrong with them."""
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


def _cash(amounts: Mapping[str, Any], opening: Any) -> Sums:
    """Cash at the end of every year; the last axis are the years."""
    flow = amounts["revenue"] - amounts["compute"] - amounts["other_costs"] + amounts["funding"]
    return np.asarray(np.asarray(opening)[..., None] + flow.cumsum(axis=-1))


def _months(cash: Sums, first_year: float) -> Sums:
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


def _revenue(values: Mapping[str, Any], years: int) -> Sums:
    """Revenue by year without shocks; growth of a year is its endurance times the year before."""
    first, growth, endurance = (
        np.asarray(values[name], dtype=np.float64)[..., None]
        for name in ("revenue", "revenue_growth", "growth_endurance")
    )
    growths = growth * endurance ** np.arange(years - 1)
    factors = np.concatenate([np.ones((*growths.shape[:-1], 1)), 1 + growths], axis=-1)
    return np.asarray(first * np.maximum(factors, 0.0).cumprod(axis=-1))


def _amounts(
    values: Mapping[str, Any], due: Sums, reference: Sums, moved: Sums | float = 1.0
) -> dict[str, Sums]:
    """Revenue, compute, other costs and funding; the last axis are the years."""

    def value(name: str) -> Sums:
        return np.asarray(values[name], dtype=np.float64)[..., None]

    years = due.shape[-1]
    revenue = _revenue(values, years) * moved
    first, total = value("compute_spend"), value("compute_spend_total")
    step = (total - years * first) / (years * (years - 1) / 2)
    planned = first + step * np.arange(years)
    if (planned < 0).any():
        raise ValueError(
            "compute_spend_total is too small for compute_spend: the last year would be below 0"
        )
    follows = value("compute_variable_share")
    relative = np.divide(revenue, reference, out=np.ones_like(revenue), where=reference > 0)
    planned = planned * (1 - follows + follows * relative)
    # The first year has begun and is paid: only later ones can be renegotiated.
    honoured = np.where(np.arange(years) == 0, 1.0, value("commitments_honoured"))
    compute = honoured * due + np.maximum(0.0, planned - due)
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
