"""Legs added up by name as increments that climb the ladder."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from tightrope.accounts import rungs

NAN = math.nan


def leg(
    name: str = "deal",
    stated_as: str = "announced",
    announced: float = 0.0,
    binding: float = 0.0,
    paid: float = 0.0,
    **bounds: tuple[float, float],
) -> dict[str, object]:
    row: dict[str, object] = {"name": name, "direction": "in", "stated_as": stated_as}
    for layer, amount in (("announced", announced), ("binding", binding), ("paid", paid)):
        low, high = bounds.get(layer, (amount, amount))
        row |= {layer: amount, f"{layer}_low": low, f"{layer}_high": high}
    return row


def table(*legs: dict[str, object], layer: str = "announced") -> pd.DataFrame:
    return rungs(pd.DataFrame(legs), layer).set_index("name")


def test_increments_add_up_to_the_layer() -> None:
    row = table(leg(announced=10, binding=6, paid=2), leg(announced=5)).loc["deal"]
    assert [row.paid, row.binding, row.announced, row.intended] == [2, 4, 9, 0]
    assert (row.low, row.high) == (15, 15)


def test_letters_and_reports_are_intended() -> None:
    frame = table(leg("a", "letter_of_intent", 100), leg("b", "reported", 300))
    assert frame.intended.to_list() == [100, 300]
    assert frame.announced.to_list() == [0, 0]


def test_a_payment_that_is_a_range_counts_its_low_end() -> None:
    row = table(leg(announced=40, binding=40, paid=NAN) | {"paid_low": 20.0}).loc["deal"]
    assert (row.paid, row.binding) == (20, 20)


def test_an_unknown_amount_stands_on_one_rung() -> None:
    both = leg(announced=NAN, binding=NAN) | {"announced_high": 120.0, "announced_low": 90.0}
    row = table(both).loc["deal"]
    assert math.isnan(row.binding)
    assert row.announced == 0
    assert (row.low, row.high) == (90, 120)


def test_lower_layers_leave_out_higher_rungs() -> None:
    legs = leg("a", announced=10, binding=6, paid=2), leg("b", announced=5)
    assert table(*legs, layer="paid").index.to_list() == ["a"]
    assert table(*legs, layer="binding").loc["a", ["binding", "announced"]].to_list() == [4, 0]
    with pytest.raises(ValueError, match="layer must be one of"):
        table(*legs, layer="sure")


def test_nothing_known_is_an_empty_frame() -> None:
    assert rungs(pd.DataFrame()).empty
