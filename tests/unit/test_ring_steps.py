"""The picture of a step: its own band in its fill, earlier ones in shadow, later ones not drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tightrope.chapters import follow_one_dollar as chapter
from tightrope.chapters.follow_one_dollar import Loop
from tightrope.charts import theme
from tightrope.charts.marks import Drawing
from tightrope.charts.ring import steps
from tightrope.dealbook import Dealbook

from .opened import opened
from .ringed import AROUND, CHIPS, CLOUD, OWNED, book_of

WIDTHS = [520, 300]


@pytest.fixture
def loop(tiny: Dealbook) -> Loop:
    found = chapter.by_way_of(opened(book_of(tiny, AROUND)), [CLOUD], CHIPS)
    assert found is not None
    return found


def drawn(loop: Loop, number: int, width: int = 520) -> Drawing:
    return steps.step(loop.ring, loop.steps, number, width)


def bands(drawing: Drawing, is_shadow: bool) -> set[str]:
    """The bands that are drawn as shadows, in ink, or as they are, in a hue: payer and payee."""
    return {
        row["tip"].partition(":")[0]
        for layer in drawing.layers
        if layer["mark"].get("fill") not in (None, "none")
        and (layer["mark"]["fill"] == theme.INK) == is_shadow
        for row in layer["data"]["values"]
        if " to " in row.get("tip", "")
    }


def words(drawing: Drawing) -> list[str]:
    return [
        row["text"]
        for layer in drawing.layers
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_own_bands_are_lit_earlier_ones_are_shadows(loop: Loop, width: int) -> None:
    second = drawn(loop, 2, width)
    assert bands(second, is_shadow=False) == {"Microsoft to Nvidia"}
    assert bands(second, is_shadow=True) == {"OpenAI to Microsoft"}


@pytest.mark.parametrize("width", WIDTHS)
def test_only_the_last_step_closes_the_ring(loop: Loop, width: int) -> None:
    hues = [
        {layer["mark"].get("fill") for layer in drawn(loop, number, width).layers}
        for number in (1, 2, 3)
    ]
    assert [theme.ROUND_TRIP in found for found in hues] == [False, False, True]


def test_it_says_which_step_it_is_and_the_sums_so_far(loop: Loop) -> None:
    said = words(drawn(loop, 2))
    assert {"2 of 3", "OpenAI → Microsoft", "Microsoft → Nvidia"} <= set(said)
    assert "Nvidia → OpenAI" not in said


def test_a_wide_picture_is_as_high_on_every_step_but_for_its_legend(loop: Loop) -> None:
    heights = [drawn(loop, number).height for number in (1, 2, 3)]
    assert all(abs(one - other) <= 44 for one, other in pairwise(heights))


def test_the_coin_stays_at_the_wall_that_no_payment_passes(tiny: Dealbook) -> None:
    found = chapter.owned(opened(book_of(tiny, OWNED)), CHIPS, CLOUD)
    assert found is not None
    said = words(drawn(found, 2))
    assert {"$", "none known", "2 of 3"} <= set(said)
    assert bands(drawn(found, 2), is_shadow=False) == set()


def test_a_number_that_no_step_has_is_refused(loop: Loop) -> None:
    with pytest.raises(IndexError):
        drawn(loop, 4)
