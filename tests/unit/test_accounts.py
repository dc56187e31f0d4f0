"""A party's account with each partner, worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tightrope import accounts, ledger
from tightrope.dealbook import Dealbook


def leg(
    payer: str, payee: str, amount: float, low: float | None = None, high: float | None = None
) -> dict[str, object]:
    return {
        "payer": payer, "payee": payee, "amount": amount,
        "low": amount if low is None else low, "high": amount if high is None else high,
    }  # fmt: skip


def test_the_round_trip_is_the_smaller_side() -> None:
    # 13 in, 250 + 21 out: 13 is matched.
    legs = pd.DataFrame([leg("m", "o", 13), leg("o", "m", 250), leg("o", "m", 21)])
    row = accounts.sides(legs, "o").iloc[0]
    assert (row.paid_in, row.paid_out, row.round_trip) == (13, 271, 13)


def test_a_range_on_one_side_becomes_a_range_of_the_round_trip() -> None:
    # A warrant worth 0 to 96 against purchases of 90 to 120: 0 to 96 is matched.
    legs = pd.DataFrame([leg("a", "o", np.nan, 0, 96), leg("o", "a", np.nan, 90, 120)])
    row = accounts.sides(legs, "o").iloc[0]
    assert (row.low, row.high) == (0, 96)


def test_an_open_end_is_bounded_by_the_other_side() -> None:
    legs = pd.DataFrame([leg("m", "o", np.nan, 0, np.nan), leg("o", "m", 40)])
    legs.loc[0, "high"] = np.nan
    assert accounts.sides(legs, "o").high.item() == 40


def test_a_partner_that_pays_on_one_side_only_has_no_round_trip() -> None:
    legs = pd.DataFrame([leg("s", "o", 41), leg("o", "r", 300)])
    table = accounts.sides(legs, "o").set_index("party")
    assert table.round_trip.tolist() == [0, 0]
    assert table.high.tolist() == [0, 0]
    assert list(table.index) == ["r", "s"], "largest payments out first"


def test_rungs_add_up_to_what_was_stated(book: Dealbook) -> None:
    ladder = ledger.ladder(book)
    steps = accounts.rungs(ladder)
    known = ladder.announced.notna() & ladder.binding.notna() & ladder.paid.notna()
    assert steps[accounts.RUNGS].sum(axis=1)[known].to_numpy() == pytest.approx(
        ladder.announced[known].to_numpy()
    )


def test_a_letter_of_intent_is_intended_not_announced(tiny: Dealbook) -> None:
    steps = accounts.rungs(ledger.ladder(tiny.as_of("2022-12-31"))).set_index("leg_id")
    assert steps.intended["letter-equity"] == 100
    assert steps.announced["letter-equity"] == 0
