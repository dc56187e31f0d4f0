"""The funding gap: worked by hand, against published values, and as properties."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.plans import CASE, NONE
from tightrope.measures.runway import cash_flow_gap, funding_gap, month_cash_ends, pay_ratios

# What is left of the plan of February 2026 after 31 March, when 73 were there.
PLAN = {2026: -21.3, 2027: -57.0, 2028: -85.0, 2029: -51.0, 2030: 39.0}


AMOUNTS = st.lists(st.floats(0, 500), min_size=3, max_size=3)
BUDGETS = st.fixed_dictionaries(
    dict.fromkeys(("revenue", "compute", "other_costs", "funding"), AMOUNTS)
    | {name: st.floats(0, 100) for name in ("opening_cash", "buffer")}
)


def test_the_gap_is_the_money_missing_in_the_worst_year() -> None:
    # Methods cases P14: cash 5, -20, -35.
    gap = funding_gap(**CASE)
    assert gap.peak == 40
    assert (gap.peak_year, gap.end, gap.runway_year) == (3, 40, 2)
    assert list(gap.path.columns) == [
        "year", "revenue", "compute", "other_costs", "funding", "cash", "gap",
    ]  # fmt: skip
    assert list(gap.path.cash) == [5, -20, -35]
    assert list(gap.path.gap) == [0, 25, 40]


def test_suppliers_get_what_is_left_when_nobody_fills_the_gap() -> None:
    # By hand, methods cases P14: 20 of 20; then 5 + 20 - 5 - 5 = 15 of 40; then 35 of 50.
    table = pay_ratios(**CASE)
    assert list(table.paid) == [20, 15, 35]
    assert list(table.pay_ratio) == [1, 0.375, 0.7]
    assert list(table.cash) == [5, 5, 5]


def test_where_nothing_is_owed_everything_is_paid() -> None:
    table = pay_ratios(**(CASE | {"compute": (0, 0, 0)}))
    assert list(table.pay_ratio) == [1, 1, 1]


@given(BUDGETS)
def test_what_suppliers_lose_is_the_gap_at_its_peak(budget: dict[str, Any]) -> None:
    # Without other costs the gap opens only because of compute.
    budget |= {"other_costs": [0, 0, 0], "opening_cash": budget["opening_cash"] + budget["buffer"]}
    table = pay_ratios(**budget)
    lost = (table.compute - table.paid).sum()
    assert lost == pytest.approx(funding_gap(**budget).peak, abs=1e-6)


def test_the_peak_is_not_the_end() -> None:
    gap = funding_gap(**CASE | {"revenue": (10, 20, 90)})
    assert (gap.peak, gap.peak_year, gap.end) == (25, 2, 0)


def test_without_a_gap_there_is_no_year_of_it() -> None:
    gap = funding_gap(**CASE | {"opening_cash": 100})
    assert (gap.peak, gap.peak_year, gap.end, gap.runway_year) == (0, None, 0, None)
    assert month_cash_ends(gap) is None


def test_the_printed_revenue_of_hsbc_follows_from_its_parts() -> None:
    # Methods cases P14: consumers 129 × 56 % + enterprises 386 × 37 %.
    assert pytest.approx(215.06) == 129 * 0.56 + 386 * 0.37


def test_years_are_kept_and_may_come_in_any_order() -> None:
    revenue = pd.Series({2027: 20.0, 2026: 10.0})
    flat = {2026: 0.0, 2027: 0.0}
    gap = funding_gap(revenue, {2026: 15, 2027: 40}, flat, 0, flat, 0)
    assert list(gap.path.year) == [2026, 2027]
    assert (gap.peak, gap.peak_year, gap.runway_year) == (25, 2027, 2026)
    assert list(revenue.index) == [2027, 2026]


def test_what_is_left_of_the_plan_of_february_2026_lasts_until_the_end_of_2027() -> None:
    # The dossier's check: 73 last to November or December 2027; with 35 more to spring 2028.
    start = pd.Timestamp("2026-04-01")
    gap = cash_flow_gap(PLAN, 73, NONE, 0)
    assert gap.peak == pytest.approx(141.3)
    assert gap.peak_year == 2029
    assert month_cash_ends(gap, start) == pd.Period("2027-11", "M")
    more = cash_flow_gap(PLAN, 73, NONE | {2026: 35.0}, 0)
    assert month_cash_ends(more, start) == pd.Period("2028-05", "M")


@pytest.mark.parametrize(
    ("cash", "start", "month"),
    [
        (0.5, None, "2026-01"),
        (1.5, None, "2026-02"),
        (11.99, None, "2026-12"),
        (12, None, "2027-01"),
        (8.5, "2026-04-01", "2026-10"),
    ],
)
def test_the_month_in_which_cash_ends(cash: float, start: str | None, month: str) -> None:
    # One a month in whole years; 9 months for the same sum when the path starts in April.
    gap = cash_flow_gap({2026: -12, 2027: -12}, cash, {2026: 0, 2027: 0}, 0)
    ends = month_cash_ends(gap, pd.Timestamp(start) if start else None)
    assert ends == pd.Period(month, "M")
    assert ends.year == gap.runway_year


def test_a_path_cannot_start_in_another_year() -> None:
    with pytest.raises(ValueError, match="the path starts in 2026, not on 2027-01-01"):
        month_cash_ends(cash_flow_gap(PLAN, 73, NONE, 0), pd.Timestamp("2027-01-01"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"revenue": {2026: 1.0, 2027: -2.0, 2028: np.nan}},
            "revenue must be .*: 2027 has -2.0, 2028 has nan",
        ),
        ({"funding": (0, math.inf, 0)}, "funding must be .*: 2 has inf"),
        ({"compute": (1, 2)}, "revenue and compute must have the same years; only one has 3"),
        ({"other_costs": pd.Series([1, 2], [2026, 2026])}, "other_costs must have each year once"),
        ({"revenue": ()}, "revenue has no year"),
        ({"opening_cash": -1}, "opening_cash must be a finite number of at least 0, not -1"),
        ({"buffer": math.nan}, "buffer must be a finite number of at least 0, not nan"),
    ],
)
def test_wrong_amounts_are_refused_by_year(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        funding_gap(**CASE | change)


@given(BUDGETS)
def test_the_peak_is_never_below_the_end(budget: dict[str, Any]) -> None:
    gap = funding_gap(**budget)
    assert gap.peak >= gap.end >= 0
    assert gap.peak == gap.path.gap.max()


@given(BUDGETS, AMOUNTS)
def test_the_gap_falls_with_revenue(budget: dict[str, Any], more: list[float]) -> None:
    richer = [a + b for a, b in zip(budget["revenue"], more, strict=True)]
    assert funding_gap(**budget | {"revenue": richer}).peak <= funding_gap(**budget).peak + 1e-9


@given(BUDGETS, st.floats(0.001, 1000))
def test_a_path_and_its_mirror_in_another_unit_agree(budget: dict[str, Any], unit: float) -> None:
    mirror = {name: np.multiply(part, unit) for name, part in budget.items()}
    ours, theirs = funding_gap(**budget), funding_gap(**mirror)
    assert theirs.peak == pytest.approx(ours.peak * unit, abs=1e-9 * unit)
    assert theirs.end == pytest.approx(ours.end * unit, abs=1e-9 * unit)
