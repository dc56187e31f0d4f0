"""How long it takes to clear dues in ranks: one large web."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tightrope.measures import seniority

from .conftest import Seconds
from .webs import EACH, ranked_web

PROBLEM = "clearing in ranks"
PARTIES = (10_000, 100_000)


@pytest.mark.parametrize("parties", PARTIES)
def test_time(parties: int, benchmark: Any, seconds: Seconds) -> None:
    """Measure it, and see that what comes out clears."""
    dues, cash = ranked_web(parties)
    benchmark.group = f"{PROBLEM}, {EACH * parties} payments"
    found = benchmark.pedantic(seniority.clear, args=(dues, cash), rounds=3)
    seconds[PROBLEM, "tightrope", EACH * parties] = benchmark.stats.stats.median
    rows, paid = found.parties, found.dues
    assert rows.in_default.mean() == pytest.approx(0.8, abs=0.05)
    # Everyone pays the smaller of what it owes and has, and no rank before an earlier one is whole.
    np.testing.assert_allclose(rows.paid, np.minimum(rows.owed, rows.cash + rows.received), 1e-9)
    level = paid.groupby(["payer", "rank"])[["amount", "paid"]].sum()
    unpaid = (level.amount - level.paid).groupby("payer").cumsum().groupby("payer").shift(1)
    assert (
        level.paid[unpaid.fillna(0) > 1e-9 * level.amount.groupby("payer").sum().max()].max() < 1e-9
    )


def test_a_million_dues_take_at_most_five_seconds(seconds: Seconds) -> None:
    """The promise for the largest web."""
    assert seconds[PROBLEM, "tightrope", EACH * PARTIES[-1]] <= 5
