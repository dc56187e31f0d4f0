"""Answers of the exercises on what may happen, reckoned in closed form, by root or by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from tightrope import ledger, paths, scenarios
from tightrope.chapters import runway as runway_chapter
from tightrope.chapters import who_breaks
from tightrope.chapters.answers.every import CLOUDS, advance_of, case_of

from .stated import book_of

FOCAL = "openai"
FIGURES = pd.read_csv(paths.DATA / "financials.csv").set_index("financial_id").value
Ends = tuple[float, float]
NVIDIA_YEAR = 4 * 59.7
"""A year of Nvidia's net income at the pace of the quarter to July 2026, USD billion."""


def touched(spot: float, barrier: float, years: float, volatility: float) -> float:
    """What a share is worth that is handed over when its price touches a barrier above it.

    Reiner and Rubinstein (1991), a one-touch asset: with the share as numeraire, the chance that it
    touches, with a drift of the rate and half the variance.
    """
    drift = 0.04 + volatility**2 / 2
    spread, up = volatility * math.sqrt(years), math.log(barrier / spot)
    normal = NormalDist().cdf
    again = math.exp(2 * drift * up / volatility**2) * normal((-up - drift * years) / spread)
    return normal((drift * years - up) / spread) + again


def _deep(years: int) -> float:
    advance, amount = advance_of(book_of())
    begun = book_of().day
    end = begun + pd.DateOffset(years=years)
    until = min(pd.Timestamp("2031-01-01"), end)
    parts = [advance.late.amount.sum(), advance.back().amount.sum()]
    return parts[1] + amount * (until - begun).days / (end - begun).days - parts[0]


def _ends(number: int) -> str:
    plans = runway_chapter.plans(book_of(), FOCAL)
    vintage = sorted(plans.vintage.unique())[number - 1]
    flow = plans[plans.vintage.eq(vintage)].set_index("year").value
    left = FIGURES["openai-cash-2026-03-31"]
    for year in flow.index[flow.index >= 2026]:
        months = 9 if year == 2026 else 12
        out = -flow[year] - (FIGURES["openai-cash-burn-2026-q1"] if year == 2026 else 0)
        if out >= left:
            month = (3 if year == 2026 else 0) + math.ceil(months * left / out)
            return f"in {pd.Timestamp(year, month, 1):%B %Y}"
        left -= out
    return "never within the plan"


def _path(**changes: float) -> np.ndarray:
    budget = scenarios.scenario(book_of()).budget(**changes)
    flow = budget["revenue"] - budget["compute"] - budget["other_costs"] + budget["funding"]
    return budget["buffer"] - (budget["opening_cash"] + np.cumsum(np.asarray(flow)))


def _fast() -> np.ndarray:
    growth = 1.25 * scenarios.scenario(book_of()).values["revenue_growth"]
    return _path(revenue_growth=growth, conditional_funding=0.0)


def _due(party: str) -> float:
    dues = case_of(book_of()).web.dues
    return float(dues.amount[dues.payee.eq(party) & dues.year.eq(2028)].sum())


def _needs_more() -> str:
    case = case_of(book_of())
    slower = who_breaks.with_term(case, 10)
    found = []
    for party in case.web.tested:
        sums = [w.dues[w.dues.payee.eq(party) & w.dues.year.eq(2028)] for w in (case.web, slower)]
        bills = case.web.bills(who_breaks.FULL).query("party == @party and year == 2028").high.sum()
        if bills > case.web.income.low[party] and sums[1].amount.sum() < sums[0].amount.sum() - 0.1:
            found.append(case.book.party_name(party))
    return " and ".join(found)


def _growth(plan: str) -> float:
    first, second = (FIGURES[f"openai-revenue-2026-q{n}"] for n in (1, 2))
    more = FIGURES[plan] - first - second
    # second × (1 + g) + second × (1 + g)² = more
    roots = np.roots([second, second, -more])
    return 100 * (max(roots.real) - 1)


def _closes(changed: Callable[[float], dict[str, float]], low: float, high: float) -> float:
    return float(brentq(lambda x: max(_path(**changed(x))), low, high, xtol=1e-9))


def _base_growth() -> float:
    return scenarios.scenario(book_of()).values["revenue_growth"]


def _half(wait: int) -> float:
    def left(rate: float) -> float:
        return sum(20 / (1 + rate) ** (year + wait) for year in range(1, 6)) - 50

    return 100 * float(brentq(left, 0.0, 1.0))


def _far() -> Ends:
    price, shares = FIGURES["amd-share-price-2025-10-06"], 0.16
    years = (pd.Timestamp("2030-10-05") - pd.Timestamp("2025-10-06")).days / 365.25
    ends = [shares * price * touched(price, 600, years, one) for one in (0.45, 0.65)]
    return ends[0], ends[1]


def _first_below(percent: float) -> str:
    case = case_of(book_of())
    years = [each for each in case.web.years if each >= case.web.years[0] + 2]
    short = (
        each
        for each in years
        if who_breaks.break_even(case.web, who_breaks.FULL, each).high.gt(percent).any()
    )
    return str(next(short))


def _clouds() -> float:
    ladder = ledger.ladder(book_of()).set_index("leg_id")
    return 100 * float(ladder.announced_high.reindex(CLOUDS).sum()) / NVIDIA_YEAR


AGAIN: dict[str, Callable[[], float | str | Ends]] = {
    # (40 − 60) lost or (100 − 60) gained; 60 lost or (2 × 100 − 60) gained.
    "answer-lender": lambda: 100 * 20 / (20 + 40),
    "answer-shareholder": lambda: 100 * 60 / (60 + 140),
    "answer-doubled": lambda: 100 * 2 * 0.35 / 11.9,
    "answer-far": _far,
    # All 160 million shares, at the price of the day.
    "answer-near": lambda: (0.16 * 203.71, 0.16 * 203.71),
    "answer-half": lambda: _half(0),
    "answer-half-later": lambda: _half(2),
    "answer-deep-5": lambda: _deep(5),
    "answer-deep-15": lambda: _deep(15),
    "answer-plan-1": lambda: _ends(1),
    "answer-plan-2": lambda: _ends(2),
    "answer-plan-3": lambda: _ends(3),
    "answer-peak": lambda: float(max(_fast())),
    "answer-end": lambda: float(_fast()[-1]),
    "answer-larger-share": _needs_more,
    "answer-due-oracle": lambda: _due("oracle"),
    "answer-due-coreweave": lambda: _due("coreweave"),
    "answer-halved": lambda: _first_below(50.0),
    "answer-shares-of-profit": lambda: 100 * 30 / NVIDIA_YEAR,
    "answer-guarantee-of-profit": lambda: 100 * 105 / NVIDIA_YEAR,
    "answer-clouds-of-profit": lambda: _clouds(),
    "answer-growth-july": lambda: _growth("openai-revenue-2026-plan-2026-q3"),
    "answer-growth-february": lambda: _growth("openai-revenue-2026-plan-2026-q1"),
    "answer-unpaid": lambda: 100 * _closes(lambda x: {"commitments_honoured": 1 - x}, 0.0, 0.9),
    "answer-growth": lambda: 100 * _closes(lambda x: {"revenue_growth": x}, _base_growth(), 5.0),
}
"""Each answer by its key, on another way than by the function that states it."""
