"""What a scenario assumes: the parameters, their bounds, and what it takes over from the base."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

YEARS = range(2026, 2031)
"""The years of every scenario: the horizon of OpenAI's own plans."""
BASE = "as-planned"
"""The scenario that has every parameter; others give what they change, and take over the rest."""


@dataclass(frozen=True)
class Parameter:
    """What an assumption means and which values it can have."""

    words: str
    unit: str
    lowest: float
    highest: float
    meaning: str


_SHARE = ("share", 0.0, 1.0)
_USD_BN = ("usd_bn", 0.0, math.inf)
PARAMETERS: Mapping[str, Parameter] = MappingProxyType(
    {
        "opening_cash": Parameter(
            "Opening cash", *_USD_BN, "Cash and securities when the first year begins."
        ),
        "minimum_liquidity": Parameter(
            "Cash that must stay", *_USD_BN, "Cash that no year may end below."
        ),
        "revenue": Parameter("Revenue of the first year", *_USD_BN, "Revenue of the first year."),
        "revenue_growth": Parameter(
            "Revenue growth", "share", -1.0, 10.0, "Growth of revenue in the second year."
        ),
        "growth_endurance": Parameter(
            "How long growth lasts",
            "share",
            0.0,
            2.0,
            "Growth of a year as a share of the growth of the year before.",
        ),
        "margin_before_compute": Parameter(
            "Margin before compute",
            "share",
            -1.0,
            1.0,
            "What revenue leaves after all cash costs but compute.",
        ),
        "compute_spend": Parameter(
            "Compute of the first year", *_USD_BN, "Spending on compute in the first year."
        ),
        "compute_spend_total": Parameter(
            "Total spending on compute",
            *_USD_BN,
            "Spending on compute in all years together; a reading of the plans says in which.",
        ),
        "compute_variable_share": Parameter(
            "Compute that follows revenue",
            *_SHARE,
            "Share of compute that follows revenue where it departs from the scenario.",
        ),
        "undated_term": Parameter(
            "Term of undated contracts",
            "years",
            1.0,
            50.0,
            "Years over which contracts without published dates fall due, in proportion to what "
            "the plan spends on compute each year; evenly if no plan gives its years.",
        ),
        "commitments_honoured": Parameter(
            "Share of contracts paid",
            *_SHARE,
            "Share that is paid of what contracts oblige, from the second year on; "
            "spending beyond them stays.",
        ),
        "committed_funding": Parameter(
            "Committed funding",
            *_USD_BN,
            "New money that contracts promise, all in the first year.",
        ),
        "conditional_funding": Parameter(
            "Conditional funding",
            *_USD_BN,
            "Further money that is announced or reported, in the second year.",
        ),
        "conditional_funding_realised": Parameter(
            "Conditional funding that comes",
            *_SHARE,
            "Share of it that comes; in a simulation the chance that all of it comes.",
        ),
        "growth_volatility": Parameter(
            "Volatility of growth",
            "share",
            0.0,
            1.0,
            "Standard deviation of a year’s shock to growth (logarithmic).",
        ),
        "growth_persistence": Parameter(
            "Persistence of shocks to growth",
            *_SHARE,
            "Correlation of a year’s shock to growth with that of the year before.",
        ),
        "funding_growth_correlation": Parameter(
            "Funding that follows growth",
            *_SHARE,
            "Correlation of conditional funding with the shock to growth in its year.",
        ),
    }
)
"""All assumptions of a scenario. Shares are fractions: 0.8 is 80 percent."""


def complete(rows: pd.DataFrame, scenario_id: str) -> pd.DataFrame:
    """The rows of `scenarios.csv` that a scenario rests on, its own before those of the base.

    One row a parameter, in the order of PARAMETERS, with a further column `is_own`; columns and
    index are those of `rows`. Parameters that neither it nor the base gives are left out.
    """
    own = rows[rows.scenario_id.eq(scenario_id)]
    base = rows[rows.scenario_id.eq(BASE) & ~rows.parameter.isin(own.parameter)]
    both = pd.concat([own.assign(is_own=True), base.assign(is_own=scenario_id == BASE)])
    place = {name: place for place, name in enumerate(PARAMETERS)}
    known = both[both.parameter.isin(PARAMETERS)]
    return known.sort_values("parameter", key=lambda names: names.map(place), kind="stable")
