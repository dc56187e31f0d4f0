"""When the money moves: worked by hand, and as properties."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope import ledger
from tightrope.dealbook import Dealbook
from tightrope.measures import timing


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def payments(*rows: tuple[str, str, float, int | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["payer", "payee", "amount", "year"])
    return frame.astype({"year": "Int64"})


# Methods cases P15: 10 in at once, 2 back at the end of each of five years.
PREPAID = payments(
    ("cloud", "openai", 10, 2025), *(("openai", "cloud", 2, 2025 + n) for n in range(1, 6))
)
FLOWS = st.lists(
    st.tuples(st.booleans(), st.integers(1, 40), st.integers(2019, 2030)), min_size=1, max_size=12
).map(
    lambda rows: payments(
        *(("o", "p", float(a), y) if out else ("p", "o", float(a), y) for out, a, y in rows)
    )
)


def test_an_s_curve_over_five_years_has_the_published_weights() -> None:
    # Methods cases P15: increments of a logistic curve (k=1.2, t0=2.5), normalised; 300 bn.
    table = timing.schedule(300, day("2027-01-01"), day("2031-12-31"), "s_curve")
    assert list(table.year) == [2027, 2028, 2029, 2030, 2031]
    assert list(table.amount / 300) == pytest.approx(
        [0.10432, 0.23476, 0.32184, 0.23476, 0.10432], abs=5e-6
    )
    assert list(table.amount) == pytest.approx([31.30, 70.43, 96.55, 70.43, 31.30], abs=0.005)


@pytest.mark.parametrize("profile", timing.PROFILES)
def test_the_days_of_a_schedule_may_be_texts(profile: str) -> None:
    texts = timing.schedule(300, "2027-01-01", "2031-12-31", profile)
    stamps = timing.schedule(300, day("2027-01-01"), day("2031-12-31"), profile)
    pd.testing.assert_frame_equal(texts, stamps)


@pytest.mark.parametrize("profile", timing.PROFILES)
def test_a_text_that_is_no_day_is_refused(profile: str) -> None:
    with pytest.raises(ValueError, match=r'^end must be a date as YYYY-MM-DD, not "2031-02-29"$'):
        timing.schedule(300, "2027-01-01", "2031-02-29", profile)


def test_an_s_curve_counts_the_part_of_a_year_that_it_covers() -> None:
    table = timing.schedule(10, day("2026-07-02"), day("2028-07-01"), "s_curve")
    assert list(table.year) == [2026, 2027, 2028]
    assert table.amount.iloc[1] > table.amount.iloc[0] + table.amount.iloc[2]
    assert table.amount.iloc[0] == pytest.approx(table.amount.iloc[2], rel=0.02)
    one_day = timing.schedule(10, day("2026-07-02"), day("2026-07-02"), "s_curve")
    assert list(one_day.amount) == pytest.approx([10])


def test_an_s_curve_whose_middle_is_a_new_year_puts_half_in_each_year() -> None:
    # Day 183 of 2026 is 182/365 after its beginning; the end of day 183 of 2027 is 183/365 after
    # that: 183 days lie on each side of the new year.
    table = timing.schedule(10, day("2026-07-02"), day("2027-07-02"), "s_curve")
    assert list(table.amount) == pytest.approx([5, 5], abs=1e-12)


@pytest.mark.parametrize("profile", ["once", "even", "undated"])
def test_the_other_profiles_are_the_ledgers(profile: str) -> None:
    term = day("2024-03-01"), day("2027-06-30")
    ours, theirs = (f(12.5, *term, profile) for f in (timing.schedule, ledger.schedule))
    pd.testing.assert_frame_equal(ours, theirs)


@given(
    amount=st.floats(0.001, 2000),
    start=st.dates(day("2019-01-01").date(), day("2030-01-01").date()),
    length=st.integers(0, 4000),
    profile=st.sampled_from(timing.PROFILES),
)
def test_every_profile_adds_up_to_its_amount(
    amount: float, start: object, length: int, profile: str
) -> None:
    first = pd.Timestamp(str(start))
    table = timing.schedule(amount, first, first + pd.Timedelta(days=length), profile)
    assert table.amount.sum() == pytest.approx(amount)
    assert (table.amount >= 0).all()


def test_a_schedule_without_an_end_has_no_year() -> None:
    assert timing.schedule(3, day("2025-01-01"), pd.NaT, "s_curve").year.isna().all()


def test_wrong_terms_of_a_schedule_are_refused() -> None:
    with pytest.raises(ValueError, match='one of once, even, s_curve, undated, not "linear"'):
        timing.schedule(1, day("2024-01-01"), day("2025-01-01"), "linear")
    with pytest.raises(ValueError, match="start 2026-01-01 is after end 2025-01-01"):
        timing.schedule(1, day("2026-01-01"), day("2025-01-01"), "s_curve")
    with pytest.raises(ValueError, match="amount must be a finite number, not nan"):
        timing.schedule(math.nan, day("2024-01-01"), day("2025-01-01"), "once")
    with pytest.raises(ValueError, match="an s_curve needs a start"):
        timing.schedule(1, pd.NaT, day("2025-01-01"), "s_curve")


def test_the_float_is_what_came_in_and_has_not_gone_back() -> None:
    # Methods cases P15: cumulative float 10, 8, 6, 4, 2, 0; on average a dollar stays 3.0 years.
    table = timing.float_by_year(PREPAID, "openai", "cloud")
    assert list(table.columns) == ["year", "paid_in", "paid_out", "float"]
    assert list(table.year) == [2025, 2026, 2027, 2028, 2029, 2030]
    assert list(table["float"]) == [10, 8, 6, 4, 2, 0]
    assert timing.average_float_years(PREPAID, "openai", "cloud") == pytest.approx(3.0)


def test_years_without_a_payment_keep_the_float() -> None:
    web = payments(("p", "o", 5, 2019), ("o", "p", 5, 2022), ("p", "other", 9, 2018))
    assert list(timing.float_by_year(web, "o", "p")["float"]) == [5, 5, 5, 0]
    assert timing.average_float_years(web, "o", "p") == 3


def test_the_float_is_negative_where_the_party_was_paid_first() -> None:
    web = payments(("o", "p", 5, 2019), ("p", "o", 5, 2021))
    assert list(timing.float_by_year(web, "o", "p")["float"]) == [-5, -5, 0]
    assert timing.average_float_years(web, "o", "p") == -2


def test_with_time_priced_in_three_quarters_of_a_prepayment_come_back() -> None:
    # Methods cases P15: present value of 2 a year over five years at 10 % is 7.581574.
    values = timing.present_values(PREPAID, "openai", "cloud", 0.10)
    assert values.paid_out == pytest.approx(7.581574, abs=5e-7)
    assert (values.year, values.paid_in) == (2025, 10)
    assert values.round_trip == pytest.approx(7.581574, abs=5e-7)
    assert timing.present_value_round_trip(PREPAID, "openai", "cloud", 0.10) == pytest.approx(
        0.758, abs=5e-4
    )


def test_present_values_agree_with_the_example_of_numpy_financial() -> None:
    # Methods cases P15, numpy-financial's documentation: npv(0.281, [-100, 39, 59, 55, 20]).
    back = enumerate([39, 59, 55, 20], 2021)
    web = payments(("o", "p", 100, 2020), *(("p", "o", amount, year) for year, amount in back))
    values = timing.present_values(web, "o", "p", 0.281)
    assert values.paid_in - values.paid_out == pytest.approx(-0.0084786, abs=5e-7)
    even = timing.present_values(web, "o", "p", 0.2809484)  # the published internal rate
    assert even.paid_in == pytest.approx(even.paid_out, abs=1e-4)


def test_without_a_rate_the_present_value_is_the_plain_round_trip() -> None:
    assert timing.present_value_round_trip(PREPAID, "openai", "cloud", 0) == 1


def test_a_dollar_out_counts_only_if_one_came_in_before() -> None:
    # 4 of the 6 that go out in 2020 have nothing to return; 3 of 2019's stay till 2022.
    web = payments(
        ("p", "o", 2, 2019), ("o", "p", 6, 2020), ("p", "o", 5, 2021), ("o", "p", 3, 2022)
    )
    trip = timing.timed_round_trip(web, "o", "p")
    assert (trip.value, trip.static) == (5, 7)
    assert trip.years == pytest.approx(1)


def test_the_oldest_dollar_goes_first() -> None:
    # FIFO: the 4 out are 3 of 2019, four years old, and 1 of 2022, one year old.
    web = payments(("p", "o", 3, 2019), ("p", "o", 5, 2022), ("o", "p", 4, 2023))
    assert timing.timed_round_trip(web, "o", "p").years == pytest.approx((3 * 4 + 1 * 1) / 4)


def test_within_one_year_the_money_in_counts_as_earlier() -> None:
    web = payments(("o", "p", 4, 2020), ("p", "o", 4, 2020))
    trip = timing.timed_round_trip(web, "o", "p")
    assert (trip.value, trip.years) == (4, 0)


def test_paid_first_and_funded_later_is_no_round_trip() -> None:
    web = payments(("o", "p", 4, 2020), ("p", "o", 4, 2021))
    trip = timing.timed_round_trip(web, "o", "p")
    assert (trip.value, trip.static) == (0, 4)
    assert math.isnan(trip.years)


def test_a_prepayment_that_all_goes_back_stays_as_long_as_its_float() -> None:
    trip = timing.timed_round_trip(PREPAID, "openai", "cloud")
    assert (trip.value, trip.static) == (10, 10)
    assert trip.years == pytest.approx(timing.average_float_years(PREPAID, "openai", "cloud"))


@given(web=FLOWS)
def test_the_timed_round_trip_never_exceeds_the_plain_one(web: pd.DataFrame) -> None:
    trip = timing.timed_round_trip(web, "o", "p")
    assert 0 <= trip.value <= trip.static
    assert math.isnan(trip.years) or trip.years >= 0


@given(web=FLOWS)
def test_what_is_not_timed_is_the_deepest_debt_of_the_party(web: pd.DataFrame) -> None:
    # What is paid out unmatched is how far the float ever falls below zero.
    table = timing.float_by_year(web, "o", "p")
    unmatched = max(0.0, -table["float"].min())
    assert timing.timed_round_trip(web, "o", "p").value == pytest.approx(
        table.paid_out.sum() - unmatched
    )


@given(web=FLOWS, rate=st.floats(0, 0.3))
def test_waiting_longer_for_the_money_back_lowers_the_present_round_trip(
    web: pd.DataFrame, rate: float
) -> None:
    inward = web[web.payer.eq("p")]
    if inward.empty:
        assert math.isnan(timing.present_value_round_trip(web, "o", "p", rate))
        return
    value = timing.present_value_round_trip(web, "o", "p", rate)
    assert 0 <= value <= 1
    later = web.assign(year=web.year.where(web.payer.eq("p"), web.year + 3))
    assert timing.present_value_round_trip(later, "o", "p", rate) <= value + 1e-9


@given(web=FLOWS)
def test_the_float_ends_where_in_less_out_ends(web: pd.DataFrame) -> None:
    table = timing.float_by_year(web, "o", "p")
    signed = web.amount.where(web.payer.eq("p"), -web.amount).sum()
    assert table["float"].iloc[-1] == pytest.approx(signed)
    assert list(table.year) == list(range(web.year.min(), web.year.max() + 1))


def test_payments_without_a_year_are_left_out_and_added_up_apart() -> None:
    web = pd.concat([PREPAID, payments(("cloud", "openai", 4, None), ("openai", "x", 7, None))])
    assert list(timing.float_by_year(web, "openai", "cloud")["float"]) == [10, 8, 6, 4, 2, 0]
    assert timing.undated(web, "openai", "cloud") == timing.Undated(4, 0)
    assert timing.undated(PREPAID, "openai", "cloud") == timing.Undated(0, 0)


def test_the_ledgers_payments_can_be_timed(tiny: Dealbook) -> None:
    dated = ledger.payments(tiny)
    (focal,) = {"openai"} & set(dated.payee)
    for party in set(dated.payer) - {focal}:
        table = timing.float_by_year(dated, focal, party)
        apart = timing.undated(dated, focal, party)
        came = dated.payer.eq(party) & dated.payee.eq(focal)
        assert table.paid_in.sum() + apart.paid_in == pytest.approx(dated.amount[came].sum())


def test_two_parties_without_dated_payments_have_no_float() -> None:
    web = payments(("cloud", "openai", 4, None), ("openai", "x", 7, 2025))
    assert timing.float_by_year(web, "openai", "cloud").empty
    assert math.isnan(timing.average_float_years(web, "openai", "cloud"))
    assert timing.timed_round_trip(web, "openai", "cloud").value == 0
    with pytest.raises(ValueError, match="no payment between openai and cloud has a year"):
        timing.present_values(web, "openai", "cloud", 0.1)


def test_the_payments_are_left_as_they_were() -> None:
    before = PREPAID.copy(deep=True)
    timing.timed_round_trip(PREPAID, "openai", "cloud")
    timing.present_values(PREPAID, "openai", "cloud", 0.1)
    pd.testing.assert_frame_equal(before, PREPAID)


@pytest.mark.parametrize("amount", [-1, math.nan, math.inf])
def test_an_amount_that_cannot_be_is_refused_with_its_row(amount: float) -> None:
    web = payments(("cloud", "openai", 1, 2025), ("openai", "cloud", amount, 2026))
    with pytest.raises(ValueError, match=r"row 1 \(openai → cloud\)"):
        timing.float_by_year(web, "openai", "cloud")


def test_payments_without_years_a_stranger_and_an_impossible_rate_are_refused() -> None:
    with pytest.raises(ValueError, match="payments lack the column year"):
        timing.float_by_year(PREPAID.drop(columns="year"), "openai", "cloud")
    with pytest.raises(ValueError, match='"opnai" neither pays nor is paid'):
        timing.float_by_year(PREPAID, "opnai", "cloud")
    with pytest.raises(ValueError, match="rate must be a number above -1, not -1"):
        timing.present_values(PREPAID, "openai", "cloud", -1)


def test_an_undated_contract_is_spread_evenly_over_its_term() -> None:
    assert timing.share_due(4, [1] * 5).tolist() == [0.25, 0.25, 0.25, 0.25, 0.0]
    assert timing.share_due(4, [7] * 5).tolist() == [0.25, 0.25, 0.25, 0.25, 0.0]


def test_a_term_that_is_no_whole_number_ends_within_a_year() -> None:
    # By hand: 2.5 years have two whole ones and a half.
    assert timing.share_due(2.5, [1] * 4) == pytest.approx([0.4, 0.4, 0.2, 0.0])


def test_a_term_of_less_than_a_year_is_refused() -> None:
    with pytest.raises(ValueError, match=r"at least 1 year, not 0\.5"):
        timing.share_due(0.5, [1] * 3)


def test_an_undated_contract_falls_due_in_proportion_to_the_levels_of_its_years() -> None:
    # By hand: 10, 20 and 30 are 60 in three years; a half year more at 30 makes it 75, and two
    # years more, at the last level, 120.
    levels = [10, 20, 30]
    assert timing.share_due(3, levels) == pytest.approx([1 / 6, 2 / 6, 3 / 6])
    assert timing.share_due(3.5, levels) == pytest.approx([10 / 75, 20 / 75, 30 / 75])
    assert timing.share_due(5, levels) == pytest.approx([10 / 120, 20 / 120, 30 / 120])
    # A year and a half: 10, and half of 20.
    assert timing.share_due(1.5, levels) == pytest.approx([0.5, 0.5, 0])


def test_the_shares_of_many_terms_are_those_of_each() -> None:
    levels = [10, 20, 30]
    many = timing.share_due([1.0, 2.5, 3.0, 9.0], levels)
    for shares, term in zip(many, (1.0, 2.5, 3.0, 9.0), strict=True):
        assert shares.tolist() == timing.share_due(term, levels).tolist()
    assert many[:3].sum(axis=1) == pytest.approx(np.ones(3))


@pytest.mark.parametrize("levels", [[], [1, 0, 2], [1, -1], [1, math.inf], [[1, 2]]])
def test_a_year_without_a_level_is_refused(levels: list[float]) -> None:
    with pytest.raises(ValueError, match="every year needs a level above 0"):
        timing.share_due(3, levels)
