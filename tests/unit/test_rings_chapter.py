"""Rings of small webs, worked by hand, and of the book: sums, ways, words and figures."""

from __future__ import annotations

import math

import pytest

from tightrope import loops, quantities
from tightrope.chapters import rings, rings_figures, rings_words
from tightrope.chapters.rings import Seen
from tightrope.charts import theme
from tightrope.charts.figure import specification
from tightrope.counting import Ends
from tightrope.dealbook import Dealbook
from tightrope.quantities.rungs import Rung, Side

from .books import Leg, Step
from .dossiers import about
from .opened import opened
from .ringed import AROUND, CHIPS, CLOUD, LAB, OWNED, SIDES, book_of

pytestmark = pytest.mark.thorough

BN = "\N{NO-BREAK SPACE}bn"


def seen(toy: Dealbook, legs: dict[str, Leg], *conditional: str, layer: str = "announced") -> Seen:
    return Seen(book_of(toy, legs, *conditional), LAB, layer)


def test_a_ring_of_two_has_both_sides_and_the_smaller_one_as_what_can_come_back(
    tiny: Dealbook,
) -> None:
    ring = rings.direct(seen(tiny, SIDES, "warrant"), CLOUD)
    assert ring is not None
    out, back = ring.bands
    assert (out.start, out.end, out.direction, out.size) == (0, 1, "out", 44)
    assert out.parts == {"paid": 5, "binding": 25, "announced": 10}
    assert (back.start, back.end, back.direction, back.size) == (1, 2, "in", 30)
    assert back.parts == {"paid": 10}
    assert (ring.low, ring.high, ring.centre) == (10, 30, f"$10–30{BN}")
    assert [(row.direction, row.sum, row.words) for row in ring.rows] == [
        ("in", f"$10–30{BN}", f"$10{BN} paid and up to $20{BN} on a condition"),
        ("out", f"$40–44{BN}", f"$5{BN} paid, $25{BN} signed and $10–14{BN} talked about"),
        ("round", f"$10–30{BN}", "all that comes in"),
    ]


def test_it_says_all_its_sums_in_the_order_of_the_money(tiny: Dealbook) -> None:
    ring = rings.direct(seen(tiny, SIDES), CLOUD)
    assert ring is not None
    assert ring.spoken == (
        f"OpenAI to Microsoft: $40–44{BN} ($5{BN} paid, $25{BN} signed and $10–14{BN} talked "
        f"about). Microsoft to OpenAI: $10–30{BN} ($10{BN} paid and up to $20{BN} signed). "
        f"$10–30{BN} can come back: all that comes in."
    )


def test_what_can_come_back_is_the_quantity_of_the_layer(tiny: Dealbook) -> None:
    for layer, name in (("binding", "round_trip_signed"), ("paid", "round_trip_paid")):
        looked = seen(tiny, SIDES, layer=layer)
        ring = rings.direct(looked, CLOUD)
        trip = quantities.of(looked.book, LAB, CLOUD)[name]
        assert ring is not None
        assert (ring.low, ring.high) == (trip.low, trip.high)


def test_by_way_of_another_what_comes_back_is_no_more_than_any_step_carries(
    tiny: Dealbook,
) -> None:
    ring = rings.ring(seen(tiny, AROUND), CHIPS)
    assert ring is not None
    assert ring.name == "Nvidia, by way of Microsoft"
    assert [(b.start, b.end, b.direction, b.size) for b in ring.bands] == [
        (0, 1, "out", 30),
        (1, 2, "onward", 20),
        (2, 3, "in", 8),
    ]
    assert (ring.low, ring.high) == (6, 8)
    assert [row.direction for row in ring.rows] == ["in", "out", "onward", "round"]
    assert ring.rows[2].words == "estimated or reported"
    assert f"Microsoft to Nvidia: $6–20{BN} (estimated or reported)." in ring.spoken


def test_the_straight_way_is_shown_where_no_other_carries_more(tiny: Dealbook) -> None:
    legs = AROUND | {"systems": Leg(LAB, CHIPS, [Step("binding", 50)], "chips")}
    ring = rings.ring(seen(tiny, legs), CHIPS)
    assert ring is not None
    assert ring.name == "Nvidia"
    assert (ring.low, ring.high) == (8, 8)


def test_owner_and_landlord_are_one_loop_with_both_sums_coming_in(tiny: Dealbook) -> None:
    ring = rings.owned(seen(tiny, OWNED), CHIPS, CLOUD)
    assert ring is not None
    assert (ring.name, ring.owned) == ("Microsoft and Nvidia", (1, 2))
    assert (ring.low, ring.high) == (13, 13)
    assert [(b.start, b.end, b.size) for b in ring.bands] == [(0, 1, 40), (2, 3, 10), (1, 3, 3)]
    assert ring.rows[0].sum == f"$13{BN}"
    assert ring.spoken.endswith("Microsoft owns Nvidia; no payment between them is drawn.")


def test_without_one_of_its_steps_there_is_no_ring(tiny: Dealbook) -> None:
    looked = seen(tiny, {"stake": Leg(CLOUD, LAB, [Step("paid", 1)])})
    assert rings.ring(looked, CHIPS) is None
    assert rings.by_way_of(looked, [CLOUD], CHIPS) is None
    assert rings.owned(looked, CHIPS, CLOUD) is None


def test_one_side_alone_is_a_ring_from_which_nothing_comes_back(tiny: Dealbook) -> None:
    ring = rings.ring(seen(tiny, {"use": Leg(LAB, CLOUD, [Step("binding", 4)], "compute")}), CLOUD)
    assert ring is not None
    assert not ring.comes_back
    assert [row.sum for row in ring.rows] == ["none known", f"$4{BN}", "none known"]
    assert ring.rows[1].words == "all signed; paid: none known"
    assert "$0" not in ring.spoken
    assert ring.spoken.endswith("Nothing is known to be able to come back.")


def test_what_may_come_in_without_an_upper_end_is_open_whatever_bounds_it(tiny: Dealbook) -> None:
    legs = {
        "a": Leg(CLOUD, LAB, [Step("announced", 7, bound="floor")]),
        "b": Leg(LAB, CLOUD, [Step("binding", 90)], "compute"),
    }
    ring = rings.direct(seen(tiny, legs), CLOUD)
    assert ring is not None
    assert ring.is_open
    assert ring.centre == f"$7{BN}+"
    assert (ring.rows[2].sum, ring.rows[2].words) == (
        f"at least $7{BN}",
        f"what goes out, $90{BN}, is the only upper end",
    )


def test_the_largest_are_chosen_by_their_high_end_and_stand_by_their_low_end(
    tiny: Dealbook,
) -> None:
    found = rings.largest(
        seen(
            tiny,
            SIDES
            | {
                "more": Leg(CHIPS, LAB, [Step("paid", 12)]),
                "sale": Leg(LAB, CHIPS, [Step("paid", 15)], "chips"),
            },
        ),
        5,
    )
    assert [(one.name, one.low, one.high) for one in found] == [
        ("Nvidia", 12, 12),
        ("Microsoft", 10, 30),
    ]
    assert [one.name for one in rings.largest(seen(tiny, SIDES), 1)] == ["Microsoft"]


def test_an_owned_pair_takes_the_place_of_its_two_parties(tiny: Dealbook) -> None:
    found = rings.largest(seen(tiny, OWNED), 5, {CHIPS: CLOUD})
    assert [one.name for one in found] == ["Microsoft and Nvidia"]


def test_middles_are_those_that_are_paid_and_pay_on(tiny: Dealbook) -> None:
    web = seen(tiny, AROUND).view().payments("announced")
    assert loops.between(web, LAB, CHIPS) == [CLOUD]
    assert loops.between(web, LAB, CLOUD) == []
    assert loops.by_way_of(web, LAB, [CLOUD], CHIPS) == Ends(6, 6, 8)
    assert loops.by_way_of(web, LAB, [], CHIPS) == Ends(0, 0, 0)


# Words.


def side(low: float, high: float, *rungs: Rung, unknown: tuple[str, ...] = ()) -> Side:
    return Side(low, low, high, low if math.isnan(high) else high, rungs, ("a", "b"), unknown)


def test_where_more_paid_means_less_merely_signed_the_rest_is_said() -> None:
    came = side(30, 30, Rung("paid", 10, 30), Rung("binding", 20, 0))
    assert rings_words.parts(came) == f"$10–30{BN} paid and the rest signed"


def test_a_side_of_which_no_sum_is_known_says_so() -> None:
    silent = side(0, math.nan, Rung("binding", 0, math.nan), unknown=("a", "b"))
    assert rings_words.total(silent) == "no sum published"
    assert rings_words.parts(silent) == "paid: none known"
    two = side(5, math.nan, Rung("paid", 5, 5), Rung("announced", 0, math.nan))
    assert rings_words.parts(two) == f"$5{BN} paid"


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (Ends(10, 10, 30), "all that comes in"),
        (Ends(20, 20, 20), "all that goes out"),
        (Ends(10, 10, 20), "the smaller side"),
    ],
)
def test_the_row_of_what_comes_back_says_which_side_bounds_it(back: Ends, words: str) -> None:
    came, went = side(10, 30, Rung("paid", 10, 30)), side(20, 20, Rung("paid", 20, 20))
    assert rings_words.returns(back, came, went).words == words
    assert rings_words.returns(back, came, went, "as one").words == f"{words}, as one"


def test_in_the_hole_a_sum_is_short() -> None:
    came = side(1, 2, Rung("paid", 1, 2))
    assert rings_words.short(Ends(0, 0, 96), came) == f"$0–96{BN}"
    assert rings_words.short(Ends(50, 50, 50), came) == f"$50{BN}"
    assert rings_words.short(Ends(0, 0, math.nan), came) == "?"


def test_sides_add_up_rung_by_rung() -> None:
    both = rings_words.added(
        [side(10, 30, Rung("paid", 10, 30)), side(5, 6, Rung("paid", 1, 2), Rung("binding", 4, 4))]
    )
    assert (both.low, both.high) == (15, 36)
    assert both.rungs == (Rung("paid", 11, 32), Rung("binding", 4, 4))


# Figures.


def test_the_figure_of_the_largest_has_a_row_a_band_and_says_each_ring(tiny: Dealbook) -> None:
    page = opened(book_of(tiny, OWNED))
    figure = rings_figures.largest(page, 5, {CHIPS: CLOUD})
    assert figure is not None
    assert figure.title == f"One loop can carry money back to OpenAI: Microsoft and Nvidia, $13{BN}"
    assert "count as one firm here" in figure.note
    assert list(figure.frame.low_usd_bn) == [40, 10, 3]
    assert set(figure.rows) == {"legs/lease", "legs/stake", "legs/warrant"}
    assert specification(figure.draw, theme.WIDE)["width"] == theme.WIDE
    assert rings_figures.largest(opened(tiny.as_of("2020-01-10")), 5) is None


@pytest.mark.parametrize(
    ("legs", "title"),
    [
        (SIDES, f"$10–30{BN} can come back to OpenAI from Microsoft"),
        (
            {"use": Leg(LAB, CLOUD, [Step("binding", 4)], "compute")},
            "Money is to go from OpenAI to Microsoft; no way back is known",
        ),
        (
            {"use": Leg(LAB, CLOUD, [Step("letter_of_intent", 4)], "compute")},
            "Only a letter of intent has money go from OpenAI to Microsoft; no way back is known",
        ),
        (
            {"stake": Leg(CLOUD, LAB, [Step("paid", 4)])},
            "Money goes from Microsoft to OpenAI; none is known to go straight back",
        ),
        (
            {
                "warrant": Leg(CLOUD, LAB, [Step("binding", low=0, high=9)], "warrant"),
                "use": Leg(LAB, CLOUD, [Step("binding", 40)], "compute"),
            },
            f"Up to $9{BN} can come back to OpenAI from Microsoft",
        ),
    ],
)
def test_the_ring_of_a_dossier_says_what_it_shows(
    tiny: Dealbook, legs: dict[str, Leg], title: str
) -> None:
    figure = rings_figures.of_partner(about(book_of(tiny, legs)))
    assert figure is not None
    assert figure.id == "microsoft-ring"
    assert figure.title == title
    assert "ring" not in figure.labels


def test_a_partner_that_owes_nothing_or_is_not_known_has_no_ring(tiny: Dealbook) -> None:
    assert rings_figures.of_partner(about(book_of(tiny, SIDES), CHIPS)) is None


def test_a_missing_upper_end_is_said_in_the_table(tiny: Dealbook) -> None:
    legs = {"a": Leg(LAB, CLOUD, [Step("announced", 7, bound="floor")], "compute")}
    figure = rings_figures.of_partner(about(book_of(tiny, legs)))
    assert figure is not None
    assert figure.writers is not None
    assert figure.writers["high_usd_bn"](figure.frame.high_usd_bn.iloc[0]) == "no upper end"
    assert figure.writers["high_usd_bn"](5.0) == f"$5{BN}"


def test_five_rings_are_titled_by_their_number_and_the_surest(tiny: Dealbook) -> None:
    legs = SIDES | {
        "more": Leg(CHIPS, LAB, [Step("paid", 12)]),
        "sale": Leg(LAB, CHIPS, [Step("paid", 15)], "chips"),
    }
    figure = rings_figures.largest(opened(book_of(tiny, legs)), 5)
    assert figure is not None
    assert figure.title == f"Two loops can carry money back to OpenAI, the widest $12{BN}: Nvidia"


def test_in_the_book_the_rings_have_the_sums_of_the_quantities(book: Dealbook) -> None:
    looked = Seen(book, LAB)
    for partner in ("amazon", "microsoft", "amd"):
        ring = rings.ring(looked, partner)
        asked = quantities.of(book, LAB, partner)
        assert ring is not None
        out = sum(band.low for band in ring.bands if band.direction == "out")
        assert out == pytest.approx(asked["to_pay"].low)
        assert (ring.low, ring.high) == (asked["round_trip"].low, asked["round_trip"].high)
    around = rings.ring(looked, "nvidia")
    assert around is not None
    assert around.name == "Nvidia, by way of 4 clouds"
    assert around.high == quantities.of(book, LAB, "nvidia")["back_by_any_route"].high


def test_a_sum_that_nobody_has_published_begins_no_sentence_with_undisclosed() -> None:
    open_, ten = Ends(0, 0, math.nan), Ends(10, 10, 10)
    came, went = side(0, math.nan, Rung("paid", 0, 10)), side(20, 20, Rung("paid", 20, 20))
    silent = rings_words.returns(open_, came, went)
    assert rings_words.begun(silent) == "A sum that nobody has published"
    known = rings_words.returns(ten, side(10, 10, Rung("paid", 10, 10)), went)
    assert rings_words.begun(known) == f"$10{BN}"
