"""The chapter on the web of partners: what it says of its loops and sums, by hand."""

from __future__ import annotations

from tightrope.chapters import rings
from tightrope.chapters import web_of_partners as chapter
from tightrope.dealbook import Dealbook

from .books import Leg, Step, made

LAB, CLOUD, CHIPS = "openai", "microsoft", "nvidia"


def both_ways(partner: str, came: Step, went: Step) -> dict[str, Leg]:
    return {
        f"{partner}-in": Leg(partner, LAB, [came]),
        f"{partner}-out": Leg(LAB, partner, [went], "compute"),
    }


def found(tiny: Dealbook, legs: dict[str, Leg]) -> chapter.Finding:
    seen = rings.Seen(made(tiny, legs), LAB)
    return chapter.Finding("the lab", rings.largest(seen, 5))


def test_a_loop_is_paid_where_each_of_its_sides_is(tiny: Dealbook) -> None:
    paid = both_ways(CLOUD, Step("paid", 5), Step("paid", 9))
    promised = both_ways(CHIPS, Step("paid", 3), Step("binding", 8))
    both = found(tiny, paid | promised)
    assert [ring.name for ring in both.paid] == ["Microsoft"]
    assert both.words == "Of the two widest loops back to the lab, one is known to be paid"
    assert both.paid_with == "Microsoft alone"


def test_of_one_loop_it_is_said_whether_it_is_paid(tiny: Dealbook) -> None:
    paid = found(tiny, both_ways(CLOUD, Step("paid", 5), Step("paid", 9)))
    assert paid.words == "One loop leads back to the lab. It is known to be paid."
    promised = found(tiny, both_ways(CLOUD, Step("binding", 5), Step("paid", 9)))
    assert promised.words == "One loop leads back to the lab. It is not known to be paid."
    assert promised.paid_with == "nobody yet"


def test_all_or_none_of_several_loops_can_be_paid(tiny: Dealbook) -> None:
    steps = {True: Step("paid", 5), False: Step("binding", 5)}
    for is_paid, words in ((True, "all are known to be paid"), (False, "none is known")):
        legs = both_ways(CLOUD, steps[is_paid], steps[is_paid])
        legs |= both_ways(CHIPS, steps[is_paid], steps[is_paid])
        assert words in found(tiny, legs).words


def test_without_a_loop_no_way_back_is_known(tiny: Dealbook) -> None:
    one_way = found(tiny, {"in": Leg(CLOUD, LAB, [Step("paid", 5)])})
    assert one_way.words == "No way of money back to the lab is known, loans left out"


def test_the_widest_round_trip_is_that_whose_ends_lie_farthest_apart(tiny: Dealbook) -> None:
    # The cloud: the smaller of 10 and 5 to 15, so 5 to 10. The maker of chips: 2 to 4.
    legs = {
        "cloud-in": Leg(CLOUD, LAB, [Step("binding", 10)]),
        "cloud-out": Leg(LAB, CLOUD, [Step("binding", low=5, high=15)], "compute"),
        "chips-in": Leg(CHIPS, LAB, [Step("binding", 300)]),
        "chips-out": Leg(LAB, CHIPS, [Step("binding", low=2, high=4)], "chips"),
    }
    assert chapter.widest_round_trip(made(tiny, legs), LAB) == CLOUD


def test_a_round_trip_that_nobody_has_signed_can_be_the_widest(tiny: Dealbook) -> None:
    # The cloud's, signed: 5 to 10. The maker's, announced: 2 to 9.
    legs = {
        "cloud-in": Leg(CLOUD, LAB, [Step("binding", 10)]),
        "cloud-out": Leg(LAB, CLOUD, [Step("binding", low=5, high=15)], "compute"),
        "chips-in": Leg(CHIPS, LAB, [Step("announced", 300)]),
        "chips-out": Leg(LAB, CHIPS, [Step("announced", low=2, high=9)], "chips"),
    }
    assert chapter.widest_round_trip(made(tiny, legs), LAB) == CHIPS


def test_where_no_round_trip_is_a_range_none_is_the_widest(tiny: Dealbook) -> None:
    assert chapter.widest_round_trip(tiny, LAB) == ""


def test_what_is_to_be_paid_is_by_partner_the_largest_sum_first(tiny: Dealbook) -> None:
    legs = {
        "small": Leg(LAB, CLOUD, [Step("announced", 5)], "compute"),
        "large": Leg(LAB, CHIPS, [Step("binding", 6)], "chips"),
        "in": Leg(CLOUD, LAB, [Step("binding", 90)]),
    }
    owed = chapter.to_pay_by_partner(made(tiny, legs), LAB)
    assert owed.to_dict() == {CHIPS: 6, CLOUD: 5}
    assert owed.index[0] == CHIPS
