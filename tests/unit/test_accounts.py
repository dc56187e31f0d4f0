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
    low, high = (amount if end is None else end for end in (low, high))
    nothing = {f"{layer}{end}": 0.0 for layer in ("paid", "binding") for end in ("", "_low")}
    known = {"amount": amount, "low": low, "high": high, "stated_as": "announced"}
    return {"payer": payer, "payee": payee} | known | nothing


def test_the_round_trip_is_the_smaller_side() -> None:
    # 13 in, 250 + 21 out: 13 is matched.
    legs = pd.DataFrame([leg("m", "o", 13), leg("o", "m", 250), leg("o", "m", 21)])
    row = accounts.sides(legs, "o").iloc[0]
    assert (row.paid_in, row.paid_out, row.round_low, row.round_high) == (13, 271, 13, 13)


def test_a_range_on_one_side_becomes_a_range_of_the_round_trip() -> None:
    # A warrant worth 0 to 96 against purchases of 90 to 120: 0 to 96 is matched.
    legs = pd.DataFrame([leg("a", "o", np.nan, 0, 96), leg("o", "a", np.nan, 90, 120)])
    row = accounts.sides(legs, "o").iloc[0]
    assert (row.round_low, row.round_high) == (0, 96)
    assert np.isnan(row.paid_in), "only a range is known"


def test_beside_a_known_amount_a_range_counts_with_its_low_end() -> None:
    legs = pd.DataFrame([leg("o", "m", 250), leg("o", "m", np.nan, 1, 38)])
    row = accounts.sides(legs, "o").iloc[0]
    assert (row.paid_out, row.out_low, row.out_high) == (251, 251, 288)


def test_an_open_end_is_bounded_by_the_other_side() -> None:
    legs = pd.DataFrame([leg("m", "o", np.nan, 0, np.nan), leg("o", "m", 40)])
    assert accounts.sides(legs, "o").round_high.item() == 40


def test_a_partner_that_pays_on_one_side_only_has_no_round_trip() -> None:
    legs = pd.DataFrame([leg("s", "o", 41), leg("o", "r", 300)])
    table = accounts.sides(legs, "o").set_index("party")
    assert table.round_high.tolist() == [0, 0]
    assert list(table.index) == ["r", "s"], "largest payments out first"


def test_the_increments_of_a_side_add_up_to_it(book: Dealbook) -> None:
    table = accounts.sides(ledger.flows(book), "openai").dropna(subset=["paid_out"])
    parts = table[[f"out_{rung}" for rung in accounts.RUNGS]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(table.paid_out.to_numpy())


def test_a_total_is_missing_if_one_leg_has_no_amount_and_carries_the_range(book: Dealbook) -> None:
    # AMD's chips: no amount published, 90 to 120 derived for six gigawatts.
    legs = ledger.ladder(book)
    amount, low, high = accounts.total(legs[legs.leg_id.eq("amd-gpus")], "announced")
    assert np.isnan(amount)
    assert (low, high) == (90, 120)


def test_a_leg_runs_in_or_out_of_the_focal_party_is_borrowed_or_goes_on() -> None:
    legs = pd.DataFrame(
        [
            ("cloud", "lab", "loan"),
            ("lab", "cloud", "compute"),
            ("bank", "cloud", "loan"),
            ("maker", "cloud", "guarantee"),
            ("cloud", "maker", "chips"),
        ],
        columns=["payer", "payee", "instrument"],
    )
    assert list(accounts.directions(legs, "lab")) == ["in", "out", "borrowed", "borrowed", "onward"]
