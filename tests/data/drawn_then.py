"""Runs of the base as the model drew them on the day of the frozen rows, written anew.

Compute rises by the same sum a year and is never below what is due; what contracts take beyond the
plan of a year is taken off no other. The book's own model has moved on, and the referee's losses
are of this one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope import ledger, obligations
from tightrope.dealbook import Dealbook
from tightrope.measures.simulation import Simulation
from tightrope.measures.timing import share_due
from tightrope.measures.waterfall import Sums

YEARS = np.arange(2026, 2031)
TERM = 7.0
"""Years over which contracts without dates fall due in the base."""
EVEN = share_due(TERM, np.ones(len(YEARS)))
"""The share of them that falls due in each year: evenly, the convention of the referee."""


def contracts(book: Dealbook) -> pd.DataFrame:
    """What is owed for compute by contract, a leg and year each; without a date evenly over TERM years."""
    owed = ledger.payments(book, "binding")
    chosen = owed.payer.eq("openai") & owed.basis.eq("scheduled")
    chosen &= owed.instrument.isin(["compute", "chips", "lease"])
    return obligations.dated(owed[chosen], YEARS.tolist(), EVEN)


def simulate(book: Dealbook, chance: float, runs: int, seed: int) -> Simulation:
    """So many runs, with this chance of the round in talks."""
    random = np.random.default_rng(seed)
    rows = book.scenarios[book.scenarios.scenario_id.eq("as-planned")].set_index("parameter")
    drawn = {
        str(name): np.full(runs, row.value)
        if pd.isna(row.low)
        else random.triangular(row.low, row.value, row.high, runs)
        for name, row in rows.iterrows()
    }
    first = drawn["revenue"]
    growth = drawn["revenue_growth"][:, None] * drawn["growth_endurance"][:, None] ** np.arange(4)
    revenue = first[:, None] * np.cumprod(np.hstack([np.ones((runs, 1)), 1 + growth]), axis=1)
    base = rows.value["revenue_growth"] * rows.value["growth_endurance"] ** np.arange(4)
    reference = rows.value["revenue"] * np.cumprod(np.append(1.0, 1 + base))
    # Growth of a year has a shock that hangs on that of the year before.
    shock, moved = np.zeros((runs, 5)), np.ones((runs, 5))
    persists = drawn["growth_persistence"]
    for year in range(1, 5):
        new = random.standard_normal(runs)
        kept = persists * shock[:, year - 1] + np.sqrt(1 - persists**2) * new
        shock[:, year] = new if year == 1 else kept
        moved[:, year] = moved[:, year - 1] * np.exp(drawn["growth_volatility"] * shock[:, year])
    revenue = revenue * moved
    start, total = drawn["compute_spend"], drawn["compute_spend_total"]
    step = (total - 5 * start) / 10
    planned = start[:, None] + step[:, None] * np.arange(5)
    follows = drawn["compute_variable_share"][:, None]
    planned = planned * (1 - follows + follows * revenue / reference)
    compute = np.maximum(planned, _due(book, drawn["undated_term"]))
    # The money in talks comes more likely after a good year, or not at all.
    together, alone = drawn["funding_growth_correlation"], random.standard_normal(runs)
    mood = together * shock[:, 1] + np.sqrt(1 - together**2) * alone
    comes = mood > np.quantile(mood, 1 - chance) if chance < 1 else np.ones(runs, dtype=bool)
    funding = np.zeros((runs, 5))
    funding[:, 0] = drawn["committed_funding"]
    funding[:, 1] = drawn["conditional_funding"] * comes
    flow = drawn["margin_before_compute"][:, None] * revenue - compute + funding
    cash = drawn["opening_cash"][:, None] + flow.cumsum(axis=1)
    gap = np.maximum(0.0, drawn["minimum_liquidity"][:, None] - cash)
    never = np.full(runs, np.nan)
    return Simulation(YEARS, revenue, compute, cash, gap.max(axis=1), gap[:, -1], never)


def _due(book: Dealbook, term: Sums) -> Sums:
    """What contracts oblige to pay in each run and year, those without dates over its own term."""
    owed = ledger.payments(book, "binding")
    own = owed.payer.eq("openai") & owed.basis.eq("scheduled")
    own &= owed.instrument.isin(["compute", "chips", "lease"])
    by_year = owed[own].groupby("year").amount.sum().reindex(YEARS, fill_value=0.0)
    undated = owed.amount[own & owed.year.isna()].sum()
    left = np.clip(term[:, None] - np.arange(5), 0.0, 1.0) / term[:, None]
    return np.asarray(by_year.to_numpy(np.float64) + undated * left)
