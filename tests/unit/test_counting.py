"""How a leg counts at its low, stated and high end: each convention worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from tightrope import counting
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made


def ends(
    toy: Dealbook, *steps: Step, layer: str = "announced", reports: bool = False
) -> counting.Ends:
    """Low, stated and high of one leg with these steps."""
    book = made(toy, {"one": Leg("microsoft", "openai", steps)})
    return counting.total(counting.counted(book, layer, reports))


def is_open(amount: float) -> bool:
    return math.isnan(amount)


def test_a_stated_sum_counts_at_all_three_ends(tiny: Dealbook) -> None:
    assert ends(tiny, Step("announced", 10)) == (10, 10, 10)


def test_a_range_with_a_sum_counts_its_ends_and_the_sum(tiny: Dealbook) -> None:
    assert ends(tiny, Step("binding", 12, low=10, high=15)) == (10, 12, 15)


def test_a_range_without_a_sum_counts_its_low_end_as_stated(tiny: Dealbook) -> None:
    assert ends(tiny, Step("binding", low=5, high=6)) == (5, 5, 6)


def test_more_than_is_open_above(tiny: Dealbook) -> None:
    low, stated, high = ends(tiny, Step("announced", 20, bound="floor"))
    assert (low, stated) == (20, 20)
    assert is_open(high)


def test_up_to_counts_nothing_at_the_low_end(tiny: Dealbook) -> None:
    assert ends(tiny, Step("announced", 100, bound="ceiling")) == (0, 100, 100)


def test_a_report_counts_at_the_high_end_alone(tiny: Dealbook) -> None:
    assert ends(tiny, Step("reported", 30)) == (0, 0, 30)


def test_a_report_counts_like_a_word_where_it_is_asked_to(tiny: Dealbook) -> None:
    assert ends(tiny, Step("reported", 30), reports=True) == (30, 30, 30)


def test_beside_a_report_a_contract_without_a_sum_counts_what_was_paid(tiny: Dealbook) -> None:
    steps = (Step("reported", 30), Step("binding"), Step("paid", 4))
    assert ends(tiny, *steps) == (4, 4, 30)


def test_an_estimate_of_ours_counts_as_its_range_says(tiny: Dealbook) -> None:
    # Nobody's word but ours, with the arithmetic in its note: no rumour.
    assert ends(tiny, Step("estimated", low=7, high=13)) == (7, 7, 13)


def test_a_report_stays_out_of_contracts_and_payments_anyway(tiny: Dealbook) -> None:
    assert ends(tiny, Step("reported", 30), layer="binding") == (0, 0, 0)
    assert ends(tiny, Step("reported", 30), layer="paid") == (0, 0, 0)


def test_what_is_replaced_counts_what_was_paid_of_it(tiny: Dealbook) -> None:
    assert ends(tiny, Step("announced", 100), Step("paid", 8), Step("replaced")) == (8, 8, 8)


def test_less_than_a_billion_has_a_row(tiny: Dealbook) -> None:
    assert ends(tiny, Step("binding", 0.5)) == (0.5, 0.5, 0.5)
    assert ends(tiny, Step("binding", low=0.0, high=0.5)) == (0.0, 0.0, 0.5)


def test_a_leg_without_anything_on_a_layer_has_no_row(tiny: Dealbook) -> None:
    book = made(tiny, {"one": Leg("microsoft", "openai", [Step("announced", 10)])})
    assert counting.counted(book, "paid").empty


def test_an_unknown_layer_is_refused(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="layer must be one of"):
        counting.counted(tiny, "promised")


ROUND = {
    "whole": Leg("nvidia", "openai", [Step("binding", 9, low=3, high=9)]),
    "part": Leg("microsoft", "openai", [Step("binding")], part_of="whole"),
    "apart": Leg("microsoft", "openai", [Step("binding", 2)]),
}
"""A round of 9, 3 of it surely Nvidia's; Microsoft has an unknown part, and 2 of its own."""


def test_a_part_adds_nothing_to_a_sum_with_its_whole(tiny: Dealbook) -> None:
    # 9 + 2, and never 9 + 9 + 2.
    assert counting.total(counting.counted(made(tiny, ROUND))) == (5, 11, 11)


def test_a_part_alone_may_be_all_of_its_whole_or_nothing(tiny: Dealbook) -> None:
    legs = counting.counted(made(tiny, ROUND))
    own = legs[legs.payer.eq("microsoft")]
    assert counting.total(own) == (2, 2, 11)


def test_a_party_has_not_surely_what_a_part_may_take(tiny: Dealbook) -> None:
    legs = counting.apart(counting.counted(made(tiny, ROUND))).set_index("leg_id")
    assert legs.low.to_dict() == {"whole": 0, "part": 0, "apart": 2}
    assert legs.high.to_dict() == {"whole": 9, "part": 9, "apart": 2}


def test_a_part_without_its_whole_counts_for_itself(tiny: Dealbook) -> None:
    alone = {"part": Leg("microsoft", "openai", [Step("binding", 4)], part_of="whole")}
    assert counting.total(counting.counted(made(tiny, alone))) == (4, 4, 4)


def test_one_open_leg_opens_the_total(tiny: Dealbook) -> None:
    book = made(
        tiny,
        {
            "a": Leg("microsoft", "openai", [Step("announced", 10)]),
            "b": Leg("nvidia", "openai", [Step("announced", 20, bound="floor")]),
        },
    )
    low, stated, high = counting.total(counting.counted(book))
    assert (low, stated) == (30, 30)
    assert is_open(high)


def test_a_total_of_nothing_is_nothing(tiny: Dealbook) -> None:
    assert counting.total(counting.counted(made(tiny, {}))) == (0, 0, 0)


def test_loans_and_guarantees_are_not_given(tiny: Dealbook) -> None:
    book = made(
        tiny,
        {
            kind: Leg("microsoft", "openai", [Step("binding", 1)], instrument=kind)
            for kind in ("equity", "loan", "guarantee", "warrant")
        },
    )
    kept = counting.given(counting.counted(book))
    assert list(kept.instrument) == ["equity", "warrant"]


def partners(toy: Dealbook, legs: dict[str, Leg]) -> pd.DataFrame:
    return counting.by_partner(counting.counted(made(toy, legs)), "openai").set_index("party")


def test_a_round_trip_is_the_smaller_side_at_each_end(tiny: Dealbook) -> None:
    table = partners(
        tiny,
        {
            "in": Leg("microsoft", "openai", [Step("binding", 12, low=10, high=15)]),
            "out": Leg("openai", "microsoft", [Step("binding", 11, low=2, high=40)]),
        },
    )
    row = table.loc["microsoft"]
    assert (row.round_low, row.round_stated, row.round_high) == (2, 11, 15)


def test_without_any_partner_the_columns_are_still_numbers(tiny: Dealbook) -> None:
    table = partners(tiny, {})
    assert table.empty
    assert set(table.dtypes) == {np.dtype(np.float64)}


def test_an_open_end_of_a_round_trip_is_bounded_by_the_other_side(tiny: Dealbook) -> None:
    table = partners(
        tiny,
        {
            "in": Leg("nvidia", "openai", [Step("binding", 30)]),
            "out": Leg("openai", "nvidia", [Step("announced", 5, bound="floor")]),
        },
    )
    assert table.round_high["nvidia"] == 30


def test_a_round_trip_open_on_both_sides_is_open(tiny: Dealbook) -> None:
    floor = [Step("announced", 5, bound="floor")]
    table = partners(
        tiny, {"in": Leg("nvidia", "openai", floor), "out": Leg("openai", "nvidia", floor)}
    )
    assert table.round_low["nvidia"] == 5
    assert is_open(table.round_high["nvidia"])


def test_who_is_on_one_side_only_has_nothing_on_the_other(tiny: Dealbook) -> None:
    table = partners(tiny, {"in": Leg("microsoft", "openai", [Step("announced")])})
    row = table.loc["microsoft"]
    assert np.isnan(row.in_high)
    assert (row.out_low, row.out_stated, row.out_high) == (0, 0, 0)
    assert row.round_high == 0
