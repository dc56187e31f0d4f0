"""What is still to be paid for compute, and when."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tightrope.dealbook import Dealbook
from tightrope.obligations import SUPPLY, by_year, dated, dues, supply

PAYMENTS = pd.DataFrame(
    {
        "payee": ["cloud", "cloud", "maker"],
        "amount": [30.0, 5.0, 10.0],
        "year": pd.array([2027, 2031, pd.NA], dtype="Int64"),
    }
)
YEARS = range(2026, 2029)


def test_dues_have_a_sum_a_year_and_one_for_what_has_no_date() -> None:
    series, undated = by_year(PAYMENTS, YEARS)
    # The 5 of 2031 fall due too late.
    assert series.to_dict() == {2026: 0.0, 2027: 30.0, 2028: 0.0}
    assert undated == 10


def test_dated_payments_keep_their_year_and_undated_ones_get_theirs() -> None:
    due = dated(PAYMENTS, YEARS, [0.2, 0.3, 0])
    # 30 stays in 2027; of 10 a fifth falls due in 2026 and three tenths in 2027.
    assert due.groupby("year").amount.sum().to_dict() == {2026: 2.0, 2027: 33.0}
    assert np.issubdtype(due.year.dtype, np.integer)
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        dated(PAYMENTS, YEARS, [0.2, 0.3])


def test_supply_is_the_unpaid_rest_of_what_the_focal_party_buys(book: Dealbook) -> None:
    known = book.as_of("2026-10-01")
    owed = supply(known, "openai", "binding")
    assert set(owed.payer) == {"openai"}
    assert set(owed.instrument) <= set(SUPPLY)
    # Oracle's contract of 300 has no payment so far; nothing that was paid is in it.
    assert owed.amount[owed.leg_id.eq("oracle-compute")].sum() == pytest.approx(300)
    assert set(owed.basis) == {"scheduled"}


CHARGES = pd.DataFrame(
    {
        "year": [2027],
        "party": ["oracle"],
        "payee": ["oracle-landlords"],
        "low": [10.0],
        "high": [19.0],
    }
)
OWED = pd.DataFrame({"year": [2027], "payer": ["openai"], "payee": ["oracle"], "amount": [60.0]})


def test_dues_of_all_join_at_one_end_into_what_clearing_takes() -> None:
    assert dues(OWED, CHARGES, "high").amount.to_list() == [60, 19]
    assert dues(OWED, CHARGES, "low").payee.to_list() == ["oracle", "oracle-landlords"]


def test_an_end_of_dues_must_be_low_or_high() -> None:
    with pytest.raises(ValueError, match='end must be low or high, not "middle"'):
        dues(OWED, CHARGES, "middle")
