"""Promises that may be broken: worked by hand, by another road, and as properties."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from tightrope.measures import credit, timing

RATES = st.floats(0, 0.5)
SPREADS = st.floats(0, 0.3)
RECOVERIES = st.floats(0, 0.9)
YEARS = st.floats(0, 30)
FLOWS = st.lists(st.tuples(st.integers(2026, 2056), st.floats(0, 400)), min_size=1, max_size=12)


def payments(*rows: tuple[int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "amount"])


def test_ten_even_payments_at_ten_percent_are_worth_six_of_them() -> None:
    # 10 a year for ten years: 10 × (1 − 1.1⁻¹⁰) / 0.1 = 10 × 6.144567 = 61.44567.
    even = payments(*((2026 + n, 10.0) for n in range(1, 11)))
    assert credit.present_value(even, 2026, 0.10) == pytest.approx(61.44567, abs=5e-6)


def test_a_payment_of_the_year_itself_or_of_one_before_is_not_discounted() -> None:
    # 4 + 6 at once, 11 / 1.1 = 10 a year later.
    table = payments((2025, 4.0), (2026, 6.0), (2027, 11.0))
    assert credit.present_value(table, 2026, 0.10) == pytest.approx(20.0)


def test_the_present_value_is_that_of_an_account_with_one_side() -> None:
    # Another road: the account of two parties, discounted to its first year.
    rows = payments((2026, 5.0), (2029, 7.0), (2034, 3.0))
    account = rows.astype({"year": "Int64"}).assign(payer="openai", payee="cloud")
    other = timing.present_values(account, "openai", "cloud", 0.0835)
    assert credit.present_value(rows, 2026, 0.0835) == pytest.approx(other.paid_out)


@given(FLOWS, RATES, RATES)
def test_a_present_value_falls_as_the_rate_rises_and_never_exceeds_the_sum(
    flows: list[tuple[int, float]], one: float, other: float
) -> None:
    table, low, high = payments(*flows), min(one, other), max(one, other)
    at_high, at_low = (credit.present_value(table, 2026, rate) for rate in (high, low))
    assert 0 <= at_high <= at_low + 1e-9
    assert at_low <= table.amount.sum() + 1e-9


def test_a_payment_without_a_year_is_not_discounted_at_a_guess() -> None:
    table = pd.DataFrame({"year": pd.array([2027, None], dtype="Int64"), "amount": [1.0, 2.0]})
    with pytest.raises(ValueError, match=r"^a payment without a year cannot be discounted$"):
        credit.present_value(table, 2026, 0.1)


def test_a_rate_of_minus_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^rate must be a number of above -1, not -1$"):
        credit.present_value(payments((2027, 1.0)), 2026, -1)


def test_the_mean_life_weighs_years_by_their_sums() -> None:
    # (100 × 1 + 300 × 5) / 400 = 4 years.
    assert credit.mean_life(payments((2027, 100.0), (2031, 300.0)), 2026) == pytest.approx(4.0)
    assert math.isnan(credit.mean_life(payments(), 2026))


def test_a_spread_of_675_points_and_a_recovery_of_40_imply_a_hazard_of_11_percent() -> None:
    # 0.0675 / (1 − 0.40) = 0.1125; over five years 1 − exp(−0.5625) = 0.430217.
    assert credit.hazard_rate(0.0675, 0.40) == pytest.approx(0.1125)
    assert credit.default_probability(0.0675, 0.40, 5) == pytest.approx(0.430217, abs=5e-7)


def test_a_published_worked_case_of_a_default_swap_comes_out() -> None:
    # 100 points and a recovery of 40 %: 1.67 % a year, about 8 % in five years (0.0801 with
    # a constant hazard; 0.0805 in the source, which compounds yearly).
    assert credit.hazard_rate(0.01, 0.40) == pytest.approx(0.016667, abs=5e-7)
    assert credit.default_probability(0.01, 0.40, 5) == pytest.approx(0.079956, abs=5e-7)


def test_a_guarantee_without_interest_is_cap_times_chance_times_loss() -> None:
    # 105 × 0.430217 × 0.60 = 27.1037.
    assert credit.guarantee_value(105, 0.0675, 0.40, 5) == pytest.approx(27.1037, abs=5e-5)


def test_a_guarantee_with_interest_is_its_loss_by_year_added_up() -> None:
    # Another road: the density of default times its discount, integrated.
    hazard = 0.0675 / 0.60
    found, _ = quad(lambda at: 105 * 0.60 * hazard * math.exp(-hazard * at) * 1.048**-at, 0, 20)
    assert credit.guarantee_value(105, 0.0675, 0.40, 20, 0.048) == pytest.approx(found, rel=1e-9)


def test_a_guarantee_of_a_sure_debtor_is_worth_nothing() -> None:
    assert credit.guarantee_value(105, 0.0, 0.40, 20) == 0.0


@given(st.floats(0, 200), SPREADS, RECOVERIES, YEARS, RATES)
def test_a_guarantee_is_worth_no_more_than_its_cap_and_less_with_interest(
    cap: float, spread: float, recovery: float, years: float, rate: float
) -> None:
    plain = credit.guarantee_value(cap, spread, recovery, years)
    assert 0 <= credit.guarantee_value(cap, spread, recovery, years, rate) <= plain + 1e-9
    chance = credit.default_probability(spread, recovery, years)
    assert plain == pytest.approx(cap * chance * (1 - recovery), abs=1e-9)
    assert plain <= cap + 1e-9


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: credit.hazard_rate(-0.01, 0.4), "spread must be a number of at least 0"),
        (lambda: credit.hazard_rate(0.01, 1.0), "recovery must be at least 0 and less than 1"),
        (lambda: credit.default_probability(0.01, 0.4, -1), "years must be a number of at least 0"),
        (lambda: credit.guarantee_value(-1, 0.01, 0.4, 5), "cap must be a number of at least 0"),
        (lambda: credit.guarantee_value(1, 0.01, 0.4, 5, -0.1), "rate must be a number of at"),
    ],
)
def test_what_cannot_be_is_refused(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=f"^{message}"):
        call()
