"""Quantities asked of one partner: what it and the party in the middle have between them."""

from __future__ import annotations

import pytest

from tightrope import quantities
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made

FOCAL = "openai"


@pytest.fixture
def web(tiny: Dealbook) -> Dealbook:
    """The lab pays Microsoft 10 and Nvidia 8; Microsoft puts 4 into it, Nvidia 50, and SoftBank 7.

    Microsoft buys chips of Nvidia for 6: of Nvidia's 50, 14 can have been the lab's.
    """
    return made(
        tiny,
        {
            "rent": Leg(FOCAL, "microsoft", [Step("binding", 10)], "compute"),
            "chips": Leg(FOCAL, "nvidia", [Step("binding", 8)], "chips"),
            "stake": Leg("microsoft", FOCAL, [Step("binding", 4)]),
            "gift": Leg("nvidia", FOCAL, [Step("binding", 50)]),
            "fund": Leg("softbank", FOCAL, [Step("binding", 7)]),
            "onward": Leg("microsoft", "nvidia", [Step("binding", 6)], "chips"),
        },
    )


@pytest.mark.parametrize(
    ("partner", "returns", "legs"),
    [
        # 4 by Microsoft, and 14 by Nvidia: 8 of its own and 6 of Microsoft's 10.
        ("", 18, {"rent", "chips", "stake", "gift", "onward"}),
        ("microsoft", 4, {"rent", "stake"}),
        ("nvidia", 14, {"rent", "chips", "gift", "onward"}),
    ],
)
def test_what_can_come_back_from_a_partner_is_what_it_gives_of_what_it_can_have_got(
    web: Dealbook, partner: str, returns: float, legs: set[str]
) -> None:
    found = quantities.of(web, FOCAL, partner)["back_by_any_route"]
    assert (found.low, found.stated, found.high) == (returns, returns, returns)
    assert set(found.rows) == {f"legs/{leg}" for leg in legs}


def test_round_trips_of_a_billion_rest_on_both_their_legs(tiny: Dealbook) -> None:
    web = made(
        tiny,
        {
            "rent": Leg(FOCAL, "microsoft", [Step("binding", 5)], "compute"),
            "stake": Leg("microsoft", FOCAL, [Step("binding", 1)]),
            "chips": Leg(FOCAL, "nvidia", [Step("binding", 1)], "chips"),
            "gift": Leg("nvidia", FOCAL, [Step("binding", 8)]),
        },
    )
    found = quantities.of(web, FOCAL)["round_trip"]
    assert (found.low, found.stated, found.high) == (2, 2, 2)
    assert set(found.rows) == {"legs/rent", "legs/stake", "legs/chips", "legs/gift"}


def test_who_is_on_one_side_only_is_no_row_of_a_round_trip(tiny: Dealbook) -> None:
    web = made(
        tiny,
        {
            "rent": Leg(FOCAL, "microsoft", [Step("binding", 5)], "compute"),
            "stake": Leg("microsoft", FOCAL, [Step("binding", 1)]),
            "chips": Leg(FOCAL, "nvidia", [Step("binding", 8)], "chips"),
        },
    )
    assert set(quantities.of(web, FOCAL)["round_trip"].rows) == {"legs/rent", "legs/stake"}
