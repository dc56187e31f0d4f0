"""What shares given for purchases are worth: published values, a second opinion, and limits."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pandas as pd
import pytest
import QuantLib as ql
from hypothesis import given
from hypothesis import strategies as st

from tightrope.measures import equity

SPOT = st.floats(1, 1000)
ABOVE = st.floats(1.01, 10)
"""A hurdle as a multiple of the price."""
YEARS = st.floats(0.05, 10)
RATE = st.floats(0, 0.15)
VOLATILITY = st.floats(0.05, 1.5)
BN = 1e9


def second_opinion(
    spot: float, hurdle: float, days: int, rate: float, volatility: float, dividend: float
) -> float:
    """QuantLib's price of a share paid when the hurdle is hit."""
    today = ql.Date(1, 1, 2025)
    ql.Settings.instance().evaluationDate = today
    count = ql.Actual365Fixed()

    def flat(rate_of: float) -> Any:
        return ql.YieldTermStructureHandle(ql.FlatForward(today, rate_of, count))

    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(spot)),
        flat(dividend),
        flat(rate),
        ql.BlackVolTermStructureHandle(
            ql.BlackConstantVol(today, ql.NullCalendar(), volatility, count)
        ),
    )
    option = ql.VanillaOption(
        ql.AssetOrNothingPayoff(ql.Option.Call, hurdle),
        ql.AmericanExercise(today, today + days, False),
    )
    option.setPricingEngine(ql.AnalyticDigitalAmericanEngine(process))
    return float(option.NPV())


def test_a_touch_is_worth_what_haug_publishes() -> None:
    # Haug 2007, as in QuantLib's test-suite, digitaloption.cpp: 77.7017; cash 15: 11.6553.
    value = equity.touch_value(95, 100, 0.5, 0.10, 0.20)
    assert value == pytest.approx(77.7017, abs=5e-5)
    assert 15 / 100 * value == pytest.approx(11.6553, abs=5e-5)


@pytest.mark.parametrize("days", [30, 730, 1825, 3650])
@pytest.mark.parametrize("volatility", [0.2, 0.55, 1.0])
@pytest.mark.parametrize(("rate", "dividend"), [(0.04, 0.0), (0.10, 0.0), (0.02, 0.05)])
def test_quantlib_is_of_the_same_opinion(
    days: int, volatility: float, rate: float, dividend: float
) -> None:
    for spot, hurdle in itertools.product((50.0, 164.67, 203.71), (237.225, 382.335, 600.0)):
        ours = equity.touch_value(spot, hurdle, days / 365, rate, volatility, dividend)
        theirs = second_opinion(spot, hurdle, days, rate, volatility, dividend)
        assert ours == pytest.approx(theirs, rel=1e-7, abs=1e-9)


def test_with_endless_time_a_share_at_any_hurdle_is_a_share() -> None:
    # Without dividends; methods cases P11: S=100, H=200 -> 100.
    assert equity.touch_value(100, 200, 1e6, 0.04, 0.3) == pytest.approx(100)


@pytest.mark.parametrize("hurdle", [100, 99.9, 1])
def test_a_hurdle_at_or_below_the_price_has_been_touched(hurdle: float) -> None:
    assert equity.touch_value(100, hurdle, 5, 0.04, 0.3) == 100
    assert equity.touch_value(100, hurdle, 0, 0.04, 0.3) == 100


def test_without_time_left_a_hurdle_above_the_price_is_worth_nothing() -> None:
    assert equity.touch_value(100, 100.01, 0, 0.04, 0.3) == 0


def test_a_price_that_hardly_swings_reaches_what_its_drift_reaches() -> None:
    # 100 grows at 4 % to 122.1 in five years: past 120, short of 124.
    assert equity.touch_value(100, 120, 5, 0.04, 1e-4) == pytest.approx(100)
    assert equity.touch_value(100, 124, 5, 0.04, 1e-4) == pytest.approx(0, abs=1e-12)


@given(spot=SPOT, above=ABOVE, years=YEARS, rate=RATE, volatility=VOLATILITY)
def test_a_touch_is_worth_between_nothing_and_the_share(
    spot: float, above: float, years: float, rate: float, volatility: float
) -> None:
    assert 0 <= equity.touch_value(spot, spot * above, years, rate, volatility) <= spot


@given(
    spot=SPOT,
    above=ABOVE,
    years=YEARS,
    rate=RATE,
    volatility=VOLATILITY,
    more=st.floats(1, 3),
)
def test_nearer_hurdles_more_time_and_a_higher_price_are_worth_more(
    spot: float, above: float, years: float, rate: float, volatility: float, more: float
) -> None:
    hurdle, dust = spot * above, 1e-9 * spot
    value = equity.touch_value(spot, hurdle, years, rate, volatility)
    assert equity.touch_value(spot, hurdle * more, years, rate, volatility) <= value + dust
    assert equity.touch_value(spot, hurdle, years * more, rate, volatility) >= value - dust
    assert equity.touch_value(spot * more, hurdle, years, rate, volatility) >= value - dust
    assert equity.touch_value(spot, hurdle, years, rate, volatility, 0.03) <= value + dust


@given(spot=SPOT, above=ABOVE, years=YEARS, volatility=VOLATILITY, more=st.floats(1, 3))
def test_without_a_rate_more_volatility_is_worth_more(
    spot: float, above: float, years: float, volatility: float, more: float
) -> None:
    # With a rate it need not be: a calm price may drift over the hurdle for sure.
    calm = equity.touch_value(spot, spot * above, years, 0, volatility)
    wild = equity.touch_value(spot, spot * above, years, 0, volatility * more)
    assert wild >= calm - 1e-9 * spot


@given(spot=SPOT, above=ABOVE, years=YEARS, rate=RATE, volatility=VOLATILITY, unit=SPOT)
def test_another_unit_of_money_changes_nothing(
    spot: float, above: float, years: float, rate: float, volatility: float, unit: float
) -> None:
    value = equity.touch_value(spot, spot * above, years, rate, volatility)
    other = equity.touch_value(spot * unit, spot * above * unit, years, rate, volatility)
    assert other == pytest.approx(value * unit, rel=1e-6, abs=1e-9 * spot * unit)


@pytest.mark.parametrize(
    ("spot", "volatility", "worth"),
    [
        (164.67, 0.45, 16.4),
        (164.67, 0.55, 19.0),
        (164.67, 0.65, 21.0),
        (203.71, 0.45, 22.9),
        (203.71, 0.55, 25.6),
        (203.71, 0.65, 27.5),
    ],
)
def test_amds_warrant_is_worth_a_fifth_to_a_quarter_of_its_headline(
    spot: float, volatility: float, worth: float
) -> None:
    # methods.md §2.1: 6 equal tranches, hurdles in even steps from the price to 600, five years,
    # 4 %; 164.67 before the announcement and 203.71 after it; USD bn.
    hurdles = equity.even_hurdles(spot, 600, 6)
    table = equity.warrant_value(spot, hurdles, 160e6, 5, 0.04, volatility)
    assert table.value.sum() / BN == pytest.approx(worth, abs=0.05)
    assert list(table.columns) == ["tranche", "hurdle", "shares", "value"]
    assert list(table.tranche) == [1, 2, 3, 4, 5, 6]
    assert table.shares.sum() == pytest.approx(160e6)
    assert 600 * table.shares.sum() / BN == pytest.approx(96)
    assert table.value.is_monotonic_decreasing


def test_the_first_even_hurdle_lies_one_step_above_the_start() -> None:
    assert equity.even_hurdles(100, 600, 5) == [200, 300, 400, 500, 600]
    assert equity.even_hurdles(164.67, 600, 6)[0] == pytest.approx(237.225)


def test_a_tranche_is_worth_its_shares_times_touch_value_times_the_chance_of_delivery() -> None:
    table = equity.warrant_value(95, [90, 100], 10, 0.5, 0.10, 0.20, [1.0, 0.25])
    assert list(table.value) == pytest.approx([5 * 95, 5 * 77.7017 * 0.25], abs=1e-3)
    half = equity.warrant_value(95, [90, 100], 10, 0.5, 0.10, 0.20, 0.5)
    full = equity.warrant_value(95, [90, 100], 10, 0.5, 0.10, 0.20)
    assert half.value.sum() == pytest.approx(full.value.sum() / 2)


def test_coreweave_gave_three_percent_of_one_contract_and_half_that_of_all() -> None:
    # methods cases P12: 350 m in shares at the issue price of 40 against 11.9 and 22.4 bn.
    assert 350e6 / 40 == 8.75e6
    assert equity.effective_rebate(0.35, 11.9) == pytest.approx(0.0294, abs=5e-5)
    assert equity.effective_rebate(0.35, 22.4) == pytest.approx(0.015625)


def test_nvidia_was_to_pay_for_two_sevenths_of_its_chips() -> None:
    # New Street Research: 10 bn invested for every 35 bn of chips: 29 % in shares, 71 % in cash.
    rebate = equity.effective_rebate(10, 35)
    assert rebate == pytest.approx(0.2857, abs=5e-5)
    assert 1 - rebate == pytest.approx(0.7143, abs=5e-5)


def test_a_payment_to_the_customer_takes_a_tenth_off_every_invoice() -> None:
    # IFRS 15, Illustrative Example 32: contract 15 m, 1.5 m paid up front, 2.0 m invoiced -> 1.8 m.
    assert equity.net_revenue(2.0, 15.0, 1.5) == pytest.approx(1.8)
    assert equity.net_revenue(15.0, 15.0, 1.5) == pytest.approx(13.5)


def test_what_the_seller_gets_for_its_payment_takes_nothing_off() -> None:
    assert equity.net_revenue(2.0, 15.0, 1.5, received_from_customer=1.5) == 2.0
    assert equity.net_revenue(2.0, 15.0, 1.5, received_from_customer=9) == 2.0
    assert equity.net_revenue(2.0, 15.0, 1.5, received_from_customer=0.75) == pytest.approx(1.9)


def test_revenue_turns_negative_if_the_gift_exceeds_the_contract() -> None:
    # Plug Power reported revenue below zero for the fourth quarter of 2020: the sign is allowed.
    assert equity.net_revenue(10, 20, 50) == pytest.approx(-15)


def test_coreweaves_revenue_from_openai_is_net_of_the_shares() -> None:
    # methods.md §2.3: net revenue factor 1 - 0.0294 on the contract of March 2025.
    assert equity.net_revenue(1.0, 11.9, 0.35) == pytest.approx(1 - 0.0294, abs=5e-5)


def test_between_4_and_10_of_nvidias_13_are_its_own_money() -> None:
    # Goldman Sachs, October 2025: sources 17 own revenue, 10 Nvidia, 9 others; 13 to Nvidia.
    sources = {"customers": 17, "nvidia": 10, "others": 9}
    seen = equity.look_through(sources, {"nvidia": 13, "others": 22}, "nvidia")
    assert seen.proportional == pytest.approx(3.611, abs=5e-4)
    assert seen.earmarked == 10
    assert seen.proportional_share == pytest.approx(0.28, abs=0.005)
    assert seen.earmarked_share == pytest.approx(0.77, abs=0.005)
    as_series = equity.look_through(pd.Series(sources), pd.Series({"nvidia": 13}), "nvidia")
    assert as_series == seen


def test_a_vendor_that_gives_or_gets_nothing_has_nothing_to_look_through() -> None:
    assert equity.look_through({"a": 5}, {"b": 3}, "b").earmarked == 0
    paid_nothing = equity.look_through({"a": 5}, {"b": 3}, "a")
    assert (paid_nothing.earmarked, paid_nothing.earmarked_share) == (0, 0)


def test_of_no_revenue_no_share_is_the_vendors_own() -> None:
    found = equity.look_through({"n": 10.0, "m": 2.0}, {"x": 3.0}, "n")
    assert (found.revenue, found.proportional, found.earmarked) == (0.0, 0.0, 0.0)
    assert (found.proportional_share, found.earmarked_share) == (0.0, 0.0)


@given(own=st.floats(0, 100), others=st.floats(0.01, 100), revenue=st.floats(0, 100))
def test_the_proportional_answer_never_exceeds_the_earmarked_one(
    own: float, others: float, revenue: float
) -> None:
    # The buyer cannot spend more than it has.
    revenue = min(revenue, own + others)
    seen = equity.look_through({"v": own, "o": others}, {"v": revenue}, "v")
    assert 0 <= seen.proportional <= seen.earmarked + 1e-9
    assert seen.earmarked <= revenue


@pytest.mark.parametrize("name", ["spot", "hurdle", "volatility"])
@pytest.mark.parametrize("value", [0, -1, math.nan, math.inf])
def test_a_price_or_volatility_that_cannot_be_is_refused_by_name(name: str, value: float) -> None:
    terms = {"spot": 95.0, "hurdle": 100.0, "years": 0.5, "rate": 0.1, "volatility": 0.2}
    with pytest.raises(ValueError, match=f"{name} must be a positive number, not {value}"):
        equity.touch_value(**terms | {name: value})


@pytest.mark.parametrize("name", ["years", "rate", "dividend_yield"])
@pytest.mark.parametrize("value", [-0.01, math.nan, math.inf])
def test_time_and_rates_below_zero_are_refused_by_name(name: str, value: float) -> None:
    terms = {"spot": 95.0, "hurdle": 100.0, "years": 0.5, "rate": 0.1, "volatility": 0.2}
    with pytest.raises(ValueError, match=f"{name} must be a number and not negative, not {value}"):
        equity.touch_value(**terms | {name: value})


def test_a_warrant_without_hurdles_or_with_impossible_chances_is_refused() -> None:
    with pytest.raises(ValueError, match="hurdles must name at least one price"):
        equity.warrant_value(95, [], 10, 0.5, 0.1, 0.2)
    with pytest.raises(ValueError, match=r"between 0 and 1, not 1\.2"):
        equity.warrant_value(95, [100], 10, 0.5, 0.1, 0.2, 1.2)
    with pytest.raises(ValueError, match="between 0 and 1, not nan"):
        equity.warrant_value(95, [100], 10, 0.5, 0.1, 0.2, math.nan)
    with pytest.raises(ValueError, match="2 values for 1 hurdles"):
        equity.warrant_value(95, [100], 10, 0.5, 0.1, 0.2, [1, 1])
    with pytest.raises(ValueError, match="shares must be a number and not negative, not -1"):
        equity.warrant_value(95, [100], -1, 0.5, 0.1, 0.2)
    with pytest.raises(ValueError, match="start 700 lies above the last hurdle 600"):
        equity.even_hurdles(700, 600, 6)
    with pytest.raises(ValueError, match="tranches must be a positive number, not 0"):
        equity.even_hurdles(100, 600, 0)


def test_a_rebate_on_nothing_and_unknown_sources_are_refused() -> None:
    with pytest.raises(ValueError, match="purchases must be a positive number, not 0"):
        equity.effective_rebate(1, 0)
    with pytest.raises(ValueError, match="contract must be a positive number, not 0"):
        equity.net_revenue(1, 0, 1)
    with pytest.raises(ValueError, match="sources must be known and not negative: a nan, b -1"):
        equity.look_through({"a": math.nan, "b": -1, "c": 1}, {"a": 1}, "a")
    with pytest.raises(ValueError, match="uses must be known and not negative: a inf"):
        equity.look_through({"a": 1}, {"a": math.inf}, "a")
    with pytest.raises(ValueError, match="sources add up to nothing"):
        equity.look_through({"a": 0}, {"a": 1}, "a")
