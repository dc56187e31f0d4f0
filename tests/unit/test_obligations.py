"""What is still to be paid for compute, and when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope.obligations import by_year, dated

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
    due = dated(PAYMENTS, YEARS, term=5)
    # 30 stays in 2027; 10 over five years is 2 a year.
    assert due.groupby("year").amount.sum().to_dict() == {2026: 2.0, 2027: 32.0, 2028: 2.0}
    assert np.issubdtype(due.year.dtype, np.integer)
