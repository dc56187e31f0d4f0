"""One meaning for a colour and one density for a rung, whatever figure shows them."""

from __future__ import annotations

import colorsys

import pandas as pd
import pytest

from tightrope import accounts, counting, ledger
from tightrope.charts import marks, theme
from tightrope.charts.certainty import LOOKS
from tightrope.charts.ladder import ladder
from tightrope.charts.web import model
from tightrope.dealbook import Dealbook

from .drawings import drawn

FOCAL = "openai"


@pytest.fixture
def legs(book: Dealbook) -> pd.DataFrame:
    """Every leg of the book, of whatever scope, with the direction that it has in all figures."""
    table = ledger.ladder(book)
    ends = {"amount": table.announced, "low": table.announced_low, "high": table.announced_high}
    return table.assign(direction=accounts.directions(table, FOCAL), **ends)


def test_the_web_colours_every_leg_by_its_direction(book: Dealbook, legs: pd.DataFrame) -> None:
    bands = model.bands(model.spells(counting.spells(book), FOCAL))
    known = set(zip(legs.payer, legs.payee, legs.direction, strict=True))
    assert {(band.payer, band.payee, band.hue) for band in bands} == known
    assert len(known) > 100, "the book has bands to compare"


def test_the_ladder_colours_each_bar_by_its_direction(
    legs: pd.DataFrame,
) -> None:
    names = legs.payer + " → " + legs.payee
    table = pd.DataFrame({"name": names, "direction": legs.direction, "paid": 1.0})
    table = table.drop_duplicates().assign(binding=0.0, announced=0.0, intended=0.0)
    chart = ladder(table, theme.WIDE)
    bars = {
        (row["tip"].split(":")[0], mark["fill"])
        for mark, row in drawn(chart, "rect")
        if "tip" in row
    }
    hues = legs.direction.map(marks.HUES)
    assert bars == set(zip(names, hues, strict=True))


def test_what_the_focal_party_borrows_is_in_and_what_it_lends_is_out() -> None:
    for instrument in accounts.BORROWED:
        assert accounts.direction("bank", "lab", instrument, "lab") == "in"
        assert accounts.direction("lab", "cloud", instrument, "lab") == "out"
        assert accounts.direction("bank", "cloud", instrument, "lab") == "borrowed"


def test_every_direction_has_a_hue_of_its_own_and_words_in_the_keys(legs: pd.DataFrame) -> None:
    assert set(legs.direction) == set(theme.DIRECTIONS)
    assert len({marks.HUES[direction] for direction in theme.DIRECTIONS}) == len(theme.DIRECTIONS)


def hue_and_colour(code: str) -> tuple[float, float]:
    """The hue in degrees, and how much colour there is, from 0 for grey to 1."""
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (1, 3, 5))
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return 360 * hue, saturation


@pytest.mark.parametrize(
    ("direction", "least", "most"),
    # Degrees on the wheel of colours: orange about 30, blue about 210, violet about 270.
    [("in", 195, 225), ("out", 20, 40), ("borrowed", 255, 285)],
)
def test_money_in_is_blue_money_out_orange_and_what_others_borrow_violet(
    direction: str, least: float, most: float
) -> None:
    hue, colour = hue_and_colour(marks.HUES[direction])
    assert least <= hue <= most
    assert colour > 0.3


def test_money_between_others_is_grey_and_what_comes_back_green() -> None:
    assert hue_and_colour(marks.HUES["onward"])[1] == 0
    assert 120 <= hue_and_colour(theme.ROUND_TRIP)[0] <= 165


def test_what_is_surer_is_no_paler() -> None:
    density = [LOOKS[rung].opacity for rung in marks.RUNGS]
    assert density == sorted(density, reverse=True)
