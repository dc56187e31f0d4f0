"""Contracts that fall due by bands or from a pace on: by hand, and as properties."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightrope.measures.runoff import Band, by_bands, ramp


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


BANDS: list[Band] = [
    (day("2026-07-01"), day("2028-06-30"), 0.22),
    (day("2028-07-01"), day("2030-06-30"), 0.43),
]


def amounts(table: pd.DataFrame) -> dict[int, float]:
    return {int(year): amount for year, amount in zip(table.year, table.amount, strict=True)}


def test_a_backlog_runs_off_by_hand() -> None:
    # 100: 22 over 24 months is 11 a year, 43 over 24 months 21.5 a year. The 35 that come later go
    # on at 21.5: half of it in 2030, 21.5 in 2031, and 2.75 in 2032.
    expected = {2026: 5.5, 2027: 11, 2028: 16.25, 2029: 21.5, 2030: 21.5, 2031: 21.5, 2032: 2.75}
    assert amounts(by_bands(100, BANDS)) == pytest.approx(expected)


def test_bands_that_are_all_leave_nothing_for_later() -> None:
    table = by_bands(12, [(day("2026-10-01"), day("2027-09-30"), 1.0)])
    assert amounts(table) == pytest.approx({2026: 3, 2027: 9})


@given(st.floats(0.1, 500), st.floats(0.05, 0.5), st.floats(0.05, 0.5))
def test_a_run_off_adds_up_to_the_whole(amount: float, first: float, second: float) -> None:
    bands = [(*band[:2], part) for band, part in zip(BANDS, (first, second), strict=True)]
    assert by_bands(amount, bands).amount.sum() == pytest.approx(amount)


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ([], "needs at least one band"),
        ([BANDS[0], (day("2029-01-01"), day("2029-12-31"), 0.1)], "does not follow 2028-06-30"),
        ([(*BANDS[0][:2], 0.6), (*BANDS[1][:2], 0.6)], "at most 1 in all"),
        ([(*BANDS[0][:2], 0.0)], "parts above 0"),
    ],
)
def test_bands_that_say_no_run_off_are_refused(bands: list[Band], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        by_bands(1, bands)


def test_a_ramp_by_hand() -> None:
    # 54 over 30 months from 12 a year on: 1 a month makes 30, so 24 is left for the rise. It comes
    # once in each of months 13 to 24 and twice in each of the last 6: 24 times 1 a month.
    table = ramp(54, day("2027-07-01"), day("2029-12-31"), pace=12)
    assert amounts(table) == pytest.approx({2027: 6, 2028: 6 + 6 * 2, 2029: 6 * 2 + 6 * 3})


def test_the_contract_of_the_8k_ramps_to_its_sum() -> None:
    # 300 from June 2027 to December 2031, 30 in the first twelve months: 55 months at 2.5 make
    # 137.5, so 162.5 is left for the rise. Its steps are 12 × (0 + 1 + 2 + 3) + 7 × 4 = 100 months:
    # 1.625 a month, or 19.5 a year, more every twelve months.
    table = ramp(300, day("2027-06-01"), day("2031-12-31"), pace=30)
    assert amounts(table) == pytest.approx(
        {
            2027: 7 * 2.5,
            2028: 5 * 2.5 + 7 * 4.125,
            2029: 5 * 4.125 + 7 * 5.75,
            2030: 5 * 5.75 + 7 * 7.375,
            2031: 5 * 7.375 + 7 * 9,
        }
    )


def test_a_pace_beyond_the_sum_is_refused() -> None:
    with pytest.raises(ValueError, match="at 30 a year from the start 60 would be paid, not 50"):
        ramp(50, day("2027-01-01"), day("2028-12-31"), 30)


def test_a_ramp_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="start 2028-01-01 is after end 2027-01-01"):
        ramp(50, day("2028-01-01"), day("2027-01-01"), 30)
