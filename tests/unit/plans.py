"""A plan by hand for tests: round assumptions over five years, without contracts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tightrope.measures.plan import Scenario

YEARS = range(2026, 2031)
NONE = dict.fromkeys(YEARS, 0.0)

CASE: dict[str, Any] = {
    "revenue": (10, 20, 40),
    "compute": (20, 40, 50),
    "other_costs": (5, 5, 5),
    "opening_cash": 10,
    "funding": (10, 0, 0),
    "buffer": 5,
}
"""The arguments of `funding_gap` in methods case P14."""

VALUES = {
    "opening_cash": 50.0,
    "minimum_liquidity": 10.0,
    "revenue": 40.0,
    "revenue_growth": 0.5,
    "growth_endurance": 0.8,
    "margin_before_compute": 0.7,
    "compute_spend": 50.0,
    "compute_spend_total": 500.0,
    "compute_variable_share": 0.4,
    "undated_term": 5.0,
    "commitments_honoured": 1.0,
    "committed_funding": 30.0,
    "conditional_funding": 100.0,
    "conditional_funding_realised": 0.3,
    "growth_volatility": 0.2,
    "growth_persistence": 0.5,
    "funding_growth_correlation": 0.5,
}


def scenario(
    ranges: dict[str, tuple[float, float]] | None = None,
    due: dict[int, float] | None = None,
    undated: float = 0.0,
    profile: np.ndarray | None = None,
    **values: float,
) -> Scenario:
    rows = pd.DataFrame(
        [
            (name, value, *(ranges or {}).get(name, (np.nan, np.nan)))
            for name, value in (VALUES | values).items()
        ],
        columns=["parameter", "value", "low", "high"],
    )
    return Scenario.of(rows, due or NONE, undated, profile=profile)
