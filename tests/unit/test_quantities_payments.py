"""Sums of payments that the book states, on webs of a leg or two."""

from __future__ import annotations

import pytest

from tightrope import quantities
from tightrope.dealbook import Dealbook
from tightrope.quantities import Quantity

from .books import Leg, Step, made

LAB, CLOUD = "openai", "microsoft"


def asked(tiny: Dealbook, name: str, **legs: Leg) -> Quantity:
    return quantities.of(made(tiny, legs), LAB)[name]


@pytest.mark.parametrize(
    ("name", "payer", "payee"), [("reported_in", CLOUD, LAB), ("reported_out", LAB, CLOUD)]
)
def test_a_report_adds_what_goes_beyond_the_contract_and_what_was_paid(
    tiny: Dealbook, name: str, payer: str, payee: str
) -> None:
    # Newsrooms say 8 to 12, most likely 10; a contract is known without its sum, and 2 are paid.
    steps = [Step("reported", 10, 8, 12), Step("binding"), Step("paid", 2)]
    found = asked(tiny, name, leg=Leg(payer, payee, steps))
    assert (found.low, found.stated, found.high) == (6, 8, 10)


@pytest.mark.parametrize("name", ["reported_in", "reported_out"])
def test_a_report_that_goes_the_other_way_adds_nothing(tiny: Dealbook, name: str) -> None:
    payer, payee = (LAB, CLOUD) if name == "reported_in" else (CLOUD, LAB)
    found = asked(tiny, name, leg=Leg(payer, payee, [Step("reported", 10)]))
    assert (found.low, found.stated, found.high) == (0, 0, 0)
