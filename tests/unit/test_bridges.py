"""The steps between totals: each leads from one quantity to another by what it says."""

from __future__ import annotations

import math

import pytest

from tightrope import quantities
from tightrope.dealbook import Dealbook
from tightrope.quantities import DEFINITIONS, HEADLINES
from tightrope.quantities.bridges import BRIDGES, Crossing, crossings
from tightrope.quantities.families import REST, families, family_of
from tightrope.quantities.view import View


def crossed(book: Dealbook) -> dict[tuple[str, str], Crossing]:
    found = crossings(quantities.of(book), View(book, "openai"))
    return {(one.bridge.start, one.bridge.end): one for one in found}


@pytest.fixture(scope="module")
def known(referee_book: Dealbook) -> dict[tuple[str, str], Crossing]:
    return crossed(referee_book)


@pytest.mark.parametrize("bridge", BRIDGES, ids=lambda one: f"{one.start}-{one.end}")
def test_a_bridge_joins_two_quantities_of_one_unit(bridge: quantities.bridges.Bridge) -> None:
    assert DEFINITIONS[bridge.start].unit == DEFINITIONS[bridge.end].unit
    assert bridge.why


def test_every_variant_is_reached_by_a_bridge() -> None:
    variants = {one.name for one in DEFINITIONS.values() if one.variant_of}
    assert variants <= {one.end for one in BRIDGES}


def test_a_stake_half_announced_and_a_letter_make_the_toy_differences(tiny: Dealbook) -> None:
    # 10 are signed and 9 paid; 73 of cloud are signed and none of it is known to be paid.
    found = crossed(tiny)
    assert found["to_come_in_signed", "paid_in"].difference == (-1, -1, -1)
    assert found["to_come_in_signed", "paid_in"].legs == (("stake-cash", -1.0),)
    assert found["to_pay_signed", "paid_out"].legs == (("cloud-use", -73.0),)


def test_a_difference_without_legs_names_none(tiny: Dealbook) -> None:
    same = crossed(tiny)["to_pay", "to_pay_signed"]
    assert same.difference == (0, 0, 0)
    assert same.legs == ()


def test_the_difference_is_taken_end_by_end(known: dict[tuple[str, str], Crossing]) -> None:
    # The referee: 13.79, 22.32 and 25.56 without the loan of 1.00 to Cerebras, 14.79 … with it.
    loan = known["paid_out", "paid_out_with_loans"]
    assert loan.difference == pytest.approx((1.0, 1.0, 1.0))
    assert loan.legs == (("cerebras-loan", 1.0),)


def test_an_open_end_leaves_the_difference_open(known: dict[tuple[str, str], Crossing]) -> None:
    assert math.isnan(known["to_pay", "to_pay_signed"].difference.high)


def test_the_legs_named_are_the_three_that_differ_most(
    known: dict[tuple[str, str], Crossing],
) -> None:
    # Signed: Oracle 300, Microsoft's purchase 250, Amazon 100 (of 2026); of none is a payment known.
    legs = known["to_pay_signed", "paid_out"].legs
    assert legs[:2] == (("oracle-compute", -300.0), ("microsoft-azure-2025-purchase", -250.0))
    assert len(legs) == 3


def test_a_round_trip_is_no_sum_over_legs(known: dict[tuple[str, str], Crossing]) -> None:
    assert known["round_trip", "round_trip_with_loans"].legs == ()


def test_every_definition_stands_in_one_family_and_a_headline_leads_its_own() -> None:
    grouped = families()
    assert [one.name for family in grouped.values() for one in family].count("paid_in") == 1
    assert sum(map(len, grouped.values())) == len(DEFINITIONS)
    assert all(grouped[name][0].name == name for name in HEADLINES)


def test_the_parts_of_what_is_signed_belong_to_what_is_to_be_paid() -> None:
    assert family_of(DEFINITIONS["signed_on_condition"]) == "to_pay"
    assert family_of(DEFINITIONS["circulating"]) == REST
