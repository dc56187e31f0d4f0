"""How sure each side of an account is: the quantities, taken apart by rung."""

from __future__ import annotations

import math

import pytest

from tightrope import quantities
from tightrope.dealbook import LAYERS, Dealbook
from tightrope.quantities import rungs
from tightrope.quantities.view import View

from .books import Leg, Step
from .ringed import AROUND, CHIPS, CLOUD, LAB, SIDES, book_of

NAMES = {
    "announced": ("to_come_in", "to_pay"),
    "binding": ("to_come_in_signed", "to_pay_signed"),
    "paid": ("paid_in", "paid_out"),
}


def side(book: Dealbook, is_in: bool, layer: str = "announced") -> rungs.Side:
    return rungs.side(View(book, LAB, CLOUD), is_in, layer)


def test_each_rung_has_what_stands_on_none_above_it(tiny: Dealbook) -> None:
    out = side(book_of(tiny, SIDES), is_in=False)
    assert out.rungs == (
        rungs.Rung("paid", 5, 5),
        rungs.Rung("binding", 25, 25),
        rungs.Rung("announced", 10, 14),
    )
    assert (out.low, out.stated, out.high, out.reach) == (40, 40, 44, 44)
    assert out.legs == ("contract", "plan")


def test_what_is_signed_and_due_on_a_condition_is_a_rung_of_its_own(tiny: Dealbook) -> None:
    came = side(book_of(tiny, SIDES, "warrant"), is_in=True)
    assert came.rungs == (rungs.Rung("paid", 10, 10), rungs.Rung("conditional", 0, 20))


def test_a_layer_below_leaves_out_the_rungs_above_it(tiny: Dealbook) -> None:
    book = book_of(tiny, SIDES)
    assert [rung.name for rung in side(book, False, "binding").rungs] == ["paid", "binding"]
    assert side(book, False, "paid").rungs == (rungs.Rung("paid", 5, 5),)


def test_without_an_upper_end_a_side_is_open_and_reaches_what_is_known(tiny: Dealbook) -> None:
    legs = {"a": Leg(LAB, CLOUD, [Step("announced", 7, bound="floor")], "compute")}
    out = side(book_of(tiny, legs), is_in=False)
    assert out.is_open
    assert (out.low, out.reach) == (7, 7)
    assert math.isnan(out.high)
    assert out.unknown == ()


def test_a_contract_within_a_wider_statement_reaches_as_far_as_it_is_known(tiny: Dealbook) -> None:
    steps = [Step("announced", 7, bound="floor"), Step("binding", low=4, high=9)]
    out = side(book_of(tiny, {"a": Leg(LAB, CLOUD, steps, "compute")}), is_in=False)
    assert (out.low, out.reach) == (7, 9)
    assert out.rungs[0] == rungs.Rung("binding", 4, 9)
    assert (out.rungs[1].name, out.rungs[1].low) == ("announced", 3)
    assert math.isnan(out.rungs[1].high)


def test_a_leg_without_any_sum_is_named(tiny: Dealbook) -> None:
    out = side(book_of(tiny, {"a": Leg(LAB, CLOUD, [Step("binding")], "compute")}), is_in=False)
    assert out.unknown == ("a",)
    assert not out.is_nothing


def test_where_no_leg_is_known_there_is_nothing(tiny: Dealbook) -> None:
    came = side(book_of(tiny, {"a": Leg(LAB, CLOUD, [Step("binding", 1)], "compute")}), is_in=True)
    assert came.is_nothing
    assert (came.low, came.high, came.rungs) == (0, 0, ())


def test_what_suppliers_pay_on_stands_on_no_contract_where_it_is_estimated(tiny: Dealbook) -> None:
    on = rungs.onward(View(book_of(tiny, AROUND), LAB), [CLOUD], CHIPS)
    assert on[CLOUD].rungs == (rungs.Rung("announced", 6, 20),)
    assert on[CLOUD].legs == ("orders",)


def test_who_pays_nothing_on_is_not_among_them(tiny: Dealbook) -> None:
    assert rungs.onward(View(book_of(tiny, SIDES), LAB), [CLOUD], CHIPS) == {}


def test_a_layer_that_does_not_exist_is_refused(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="layer must be one of"):
        side(book_of(tiny, SIDES), True, "sure")


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("is_in", [True, False])
def test_the_rungs_add_up_to_the_quantities_of_every_partner(
    book: Dealbook, layer: str, is_in: bool
) -> None:
    here, there = ("payee_id", "payer_id") if is_in else ("payer_id", "payee_id")
    partners = set(book.legs[there][book.legs[here].eq(LAB)])
    names = [NAMES[below][0 if is_in else 1] for below in LAYERS[LAYERS.index(layer) :]]
    checked = 0
    for partner in sorted(partners):
        asked = quantities.of(book, LAB, partner)
        found = rungs.side(View(book, LAB, partner), is_in, layer)
        whole = asked[names[0]]
        assert (found.low, found.stated) == pytest.approx((whole.low, whole.stated))
        assert found.high == pytest.approx(whole.high, nan_ok=True)
        assert sum(rung.low for rung in found.rungs) == pytest.approx(found.low)
        paid = sum(rung.low for rung in found.rungs if rung.name == "paid")
        assert paid == pytest.approx(asked[names[-1]].low)
        checked += not found.is_nothing
    assert checked
