"""What is still to be paid for compute, and when."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tightrope.obligations import dated, share_due


def test_an_undated_contract_is_spread_evenly_over_its_term() -> None:
    assert share_due(4, 5).tolist() == [0.25, 0.25, 0.25, 0.25, 0.0]


def test_a_term_that_is_no_whole_number_ends_within_a_year() -> None:
    # By hand: 2.5 years have two whole ones and a half.
    assert share_due(2.5, 4) == pytest.approx([0.4, 0.4, 0.2, 0.0])


def test_a_term_of_less_than_a_year_is_refused() -> None:
    with pytest.raises(ValueError, match=r"at least 1 year, not 0\.5"):
        share_due(0.5, 3)


def test_dated_payments_keep_their_year_and_undated_ones_get_theirs() -> None:
    payments = pd.DataFrame(
        {
            "payee": ["cloud", "cloud", "maker"],
            "amount": [30.0, 5.0, 10.0],
            "year": pd.array([2027, 2031, pd.NA], dtype="Int64"),
        }
    )
    due = dated(payments, range(2026, 2029), term=5)
    by_year = due.groupby("year").amount.sum()
    # 30 stays in 2027; 5 falls due too late; 10 over five years is 2 a year.
    assert by_year.to_dict() == {2026: 2.0, 2027: 32.0, 2028: 2.0}
    assert np.issubdtype(due.year.dtype, np.integer)
