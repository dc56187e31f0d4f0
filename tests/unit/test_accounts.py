"""A party's account with each partner, worked by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tightrope import accounts, dealbook, ledger, quantities
from tightrope.dealbook import LAYERS, WEB, Dealbook


def leg(
    payer: str, payee: str, stated: float, low: float | None = None, high: float | None = None
) -> dict[str, object]:
    """A row of `accounts.climbed` that is announced."""
    ends = {"low": stated if low is None else low, "high": stated if high is None else high}
    rungs = dict.fromkeys(accounts.RUNGS, 0.0) | {"announced": stated}
    known = {"leg_id": f"{payer}-{payee}-{stated}", "stated": stated, "part_of": ""}
    return {"payer": payer, "payee": payee, **known, **ends, **rungs}


def test_a_side_is_what_its_legs_come_to_as_stated() -> None:
    # 13 in, 250 + 21 out: 13 is matched.
    legs = pd.DataFrame([leg("m", "o", 13), leg("o", "m", 250), leg("o", "m", 21)])
    row = accounts.sides(legs, "o").iloc[0]
    assert (row.paid_in, row.paid_out, row.round_low, row.round_high) == (13, 271, 13, 13)
    assert (row.in_announced, row.out_announced) == (13, 271)


def test_a_side_that_may_be_nothing_or_something_has_no_amount() -> None:
    # A warrant worth 0 to 96 against purchases of 90 to 120.
    legs = pd.DataFrame([leg("a", "o", 0, 0, 96), leg("o", "a", 90, 90, 120)])
    row = accounts.sides(legs, "o").iloc[0]
    assert np.isnan(row.paid_in)
    assert (row.paid_out, row.out_low, row.out_high) == (90, 90, 120)


def test_beside_a_known_amount_a_range_counts_as_stated() -> None:
    legs = pd.DataFrame([leg("o", "m", 250), leg("o", "m", 1, 1, 38)])
    row = accounts.sides(legs, "o").iloc[0]
    assert (row.paid_out, row.out_low, row.out_high) == (251, 251, 288)


def test_a_partner_that_pays_on_one_side_only_has_nothing_on_the_other() -> None:
    legs = pd.DataFrame([leg("s", "o", 41), leg("o", "r", 300)])
    table = accounts.sides(legs, "o").set_index("party")
    assert list(table.index) == ["r", "s"], "largest payments out first"
    assert table.paid_in.tolist() == [0, 41]
    assert table.round_high.tolist() == [0, 0]


def test_a_contract_of_which_a_part_is_paid_stands_on_two_rungs(termed: Path) -> None:
    # By hand: of the stake of 10, 9 is paid; of the cloud contract of 73 nothing.
    legs = accounts.climbed(dealbook.load(termed)).set_index("leg_id")
    assert legs.loc["stake-cash", accounts.RUNGS].tolist() == [9, 1, 0, 0]
    assert legs.loc["cloud-use", accounts.RUNGS].tolist() == [0, 73, 0, 0]


@pytest.mark.parametrize("layer", LAYERS)
def test_the_rungs_of_both_sides_add_up_to_the_quantities(book: Dealbook, layer: str) -> None:
    into, out = {
        "announced": ("to_come_in", "to_pay"),
        "binding": ("to_come_in_signed", "to_pay_signed"),
        "paid": ("paid_in", "paid_out"),
    }[layer]
    table = accounts.sides(accounts.climbed(book.within(*WEB), layer), "openai")
    q = quantities.of(book)
    for side, name in (("in", into), ("out", out)):
        rungs = table[[f"{side}_{rung}" for rung in accounts.RUNGS]]
        assert rungs.to_numpy().sum() == pytest.approx(q[name].stated)
        assert rungs.min().min() >= 0


def test_loans_and_reports_are_on_no_rung(book: Dealbook) -> None:
    legs = accounts.climbed(book.within(*WEB))
    assert not legs.instrument.isin(["loan", "guarantee"]).any()
    only_heard = legs[legs.is_report & legs.stated.eq(0)]
    assert len(only_heard)
    assert not only_heard[accounts.RUNGS].to_numpy().any()


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
