"""Stakes that are priced anew, by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.measures.stakes import fall_to_limit, loan_to_value, values

A, B, C = "alpha", "beta", "gamma"


def owned(**parts: float) -> pd.DataFrame:
    """Who owns which part of whom: keys such as alpha_of_beta."""
    firms = sorted({name for key in parts for name in key.split("_of_")})
    table = pd.DataFrame(0.0, index=firms, columns=firms)
    for key, part in parts.items():
        holder, firm = key.split("_of_")
        table.loc[holder, firm] = part
    return table


HALVES = owned(alpha_of_beta=0.5, beta_of_alpha=0.5)


def test_two_firms_that_own_half_of_each_other_share_every_asset_two_to_one() -> None:
    # By hand: V₁ = p₁ + V₂/2 and V₂ = p₂ + V₁/2, so V₁ = (4p₁ + 2p₂)/3; outsiders own half of it.
    found = values(HALVES, {A: 9.0, B: 3.0})
    assert found.book.to_dict() == pytest.approx({A: 14.0, B: 10.0})
    assert found.outside.to_dict() == pytest.approx({A: 9 * 2 / 3 + 3 / 3, B: 9 / 3 + 3 * 2 / 3})
    assert found.failed == ()


def test_what_outsiders_own_adds_up_to_all_assets() -> None:
    found = values(HALVES, {A: 9.0, B: 3.0})
    assert found.outside.sum() == pytest.approx(12)


def test_a_firm_below_its_line_costs_its_owner_too() -> None:
    # Beta is worth 5 to outsiders, less than its line of 6: it loses 3 more, of which a third
    # reaches alpha's owners and two thirds beta's.
    found = values(HALVES, {A: 9.0, B: 3.0}, least={B: 6.0}, costs={B: 3.0})
    assert found.failed == (B,)
    assert found.outside.to_dict() == pytest.approx({A: 7 - 1, B: 5 - 2})


def test_one_fall_brings_down_the_next() -> None:
    # Alpha owns half of beta and beta half of gamma. Gamma at 4 is below 5 and loses 4 more; beta
    # then has 2 of its own, below 3, and loses 2; alpha is left with 10 of the 12 it had.
    chain = owned(alpha_of_beta=0.5, beta_of_gamma=0.5)
    own = {A: 10.0, B: 2.0, C: 8.0}
    found = values(chain, own, least={A: 1.0, B: 1.5, C: 5.0}, costs={B: 2.0, C: 8.0})
    assert found.failed == (C, B)
    assert found.book.to_dict() == pytest.approx({A: 10.0, B: 0.0, C: 0.0})


def test_nobody_fails_who_is_only_feared_to() -> None:
    # Both would fail if either did, but neither does: the best of the outcomes.
    found = values(HALVES, {A: 6.0, B: 6.0}, least={A: 5.0, B: 5.0}, costs={A: 5.0, B: 5.0})
    assert found.failed == ()


@given(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0, 50), st.floats(0, 50))
def test_no_value_is_made_or_lost_by_owning_parts(
    one: float, other: float, first: float, second: float
) -> None:
    table = owned(alpha_of_beta=one, beta_of_alpha=other)
    found = values(table, {A: first, B: second})
    assert found.outside.sum() == pytest.approx(first + second)


@pytest.mark.parametrize(
    ("table", "assets", "message"),
    [
        (HALVES.loc[[B, A]], {A: 1.0, B: 1.0}, "each firm once, in the same order"),
        (owned(alpha_of_beta=-0.1), {A: 1.0, B: 1.0}, "parts must lie between 0 and 1"),
        (owned(alpha_of_alpha=0.1), {A: 1.0}, "no firm may own a part of itself"),
        (owned(alpha_of_beta=1.0), {A: 1.0, B: 1.0}, "others own all of beta"),
        (HALVES, {A: 1.0}, "assets must be known and finite: beta"),
        (HALVES, {A: math.inf, B: 1.0}, "assets must be known and finite"),
        (HALVES, {A: 1.0, B: 1.0, C: 1.0}, "firms that owned does not have: gamma"),
    ],
)
def test_what_is_no_web_of_stakes_is_refused(
    table: pd.DataFrame, assets: dict[str, float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        values(table, assets)


def test_costs_below_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="costs must not be negative"):
        values(HALVES, {A: 1.0, B: 1.0}, costs={A: -1.0})


@pytest.mark.parametrize(
    ("limit", "drag", "fall"),
    [
        # Debt 20, holdings 100, of which a stake of 40. A quarter is reached at holdings of 80.
        (0.25, 0.0, 0.5),
        (0.25, 0.5, 20 / 70),
        (0.25, 1.0, 0.2),
        (0.5, 0.0, math.inf),
        (0.5, 1.0, 0.6),
        (0.2, 0.0, 0.0),
        (0.1, 1.0, 0.0),
    ],
)
def test_the_fall_that_reaches_a_limit_by_hand(limit: float, drag: float, fall: float) -> None:
    assert fall_to_limit(20, 100, 40, limit, drag) == pytest.approx(fall)


def test_a_stake_that_is_worth_nothing_may_just_reach_the_limit() -> None:
    assert fall_to_limit(15, 100, 40, 0.25) == pytest.approx(1)


@given(st.floats(1, 60), st.floats(0, 100), st.floats(0.05, 0.9), st.floats(0, 1))
def test_at_the_fall_found_the_ratio_is_the_limit(
    debt: float, stake: float, limit: float, drag: float
) -> None:
    fall = fall_to_limit(debt, 100, stake, limit, drag)
    if fall == 0:
        assert loan_to_value(debt, 100, stake, 0, drag) >= limit - 1e-9
    elif math.isinf(fall):
        assert loan_to_value(debt, 100, stake, 1, drag) < limit + 1e-9
    else:
        assert loan_to_value(debt, 100, stake, fall, drag) == pytest.approx(limit)


def test_where_nothing_is_left_the_ratio_is_infinite() -> None:
    assert loan_to_value(20, 100, 100, 1.0) == math.inf


@pytest.mark.parametrize(
    ("amounts", "message"),
    [
        ((-1.0, 100.0, 40.0, 0.25, 0.0), "net_debt must be a number and not negative"),
        ((20.0, math.nan, 40.0, 0.25, 0.0), "holdings must be a number"),
        ((20.0, 100.0, 140.0, 0.25, 0.0), "is no part of holdings"),
        ((20.0, 100.0, 40.0, 0.0, 0.0), "a limit must be positive"),
        ((20.0, 100.0, 40.0, 0.25, 1.5), "drag lies between 0 and 1"),
    ],
)
def test_impossible_books_are_refused(
    amounts: tuple[float, float, float, float, float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        fall_to_limit(*amounts)


def test_a_fall_beyond_everything_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a fall lies between 0 and 1, not 1\.1"):
        loan_to_value(20, 100, 40, 1.1)
