"""Money by year as bars: stacks from zero outwards, sums at their ends, nothing cut off."""

from __future__ import annotations

import math
import re
from functools import cache

import pandas as pd
import pytest

from tests.unit.pictured import Area, Picture, valid
from tightrope.charts import bake, theme
from tightrope.charts.bars import bars_by_year
from tightrope.charts.figure import specification
from tightrope.charts.marks import Drawing, Fill

from .drawings import check

pytestmark = pytest.mark.thorough

NAN = math.nan
WIDTHS = [theme.WIDE, theme.NARROW]
LONG = "<script>alert(1)</script> Holdings of Everywhere"
HUES: dict[str, str | Fill] = {
    "Customers": theme.INTO_OPENAI,
    "Loans": Fill(theme.INTO_OPENAI, "binding"),
    "Burn": theme.OUT_OF_OPENAI,
}


def years(*rows: tuple[float, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["year", "series", "amount"])


RICH = years(
    *((2024, "Customers", 300), (2024, "Loans", 100), (2024, "Burn", -200)),
    *((2026, "Burn", NAN), (2027, "Customers", 0), (2027, "Burn", -1.5), (NAN, "Burn", -0.35)),
)


@cache
def rich(width: int) -> Picture:
    return Picture(lambda size: bars_by_year(RICH, size, HUES), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_drawing_is_as_wide_as_asked_and_no_words_collide_or_leave_it(width: int) -> None:
    rich(width).check(width)


@pytest.mark.parametrize("width", WIDTHS)
def test_names_cannot_run(width: int) -> None:
    table, hues = years((2024, LONG, 4), (2025, LONG, 5)), {LONG: Fill(theme.INK)}
    assert "<script" not in Picture(lambda size: bars_by_year(table, size, hues), width).text


def parts(width: int) -> dict[tuple[str, float], Area]:
    """The bars of 2024 by their paint; before them the key."""
    of_the_key, first = 3, 3
    areas = rich(width).areas[of_the_key : of_the_key + first]
    return {(area.fill, area.opacity): area for area in areas}


GAIN, LOAN = (theme.INTO_OPENAI, 1.0), (theme.INTO_OPENAI, theme.BINDING_OPACITY)
LOSS = (theme.OUT_OF_OPENAI, 1.0)


@pytest.mark.parametrize(("width", "side"), [(theme.WIDE, "height"), (theme.NARROW, "width")])
def test_an_amount_is_as_long_as_its_share_of_all(width: int, side: str) -> None:
    """300 and 100 above zero, 200 below."""
    gain, loan, loss = (getattr(parts(width)[paint], side) for paint in (GAIN, LOAN, LOSS))
    inset = 1.0 if width == theme.NARROW else 0.0  # half a pixel on both sides, for the outline
    assert (loan + inset) / (gain + inset) == pytest.approx(1 / 3, abs=0.01)
    assert (loss + inset) / (gain + inset) == pytest.approx(2 / 3, abs=0.01)


def test_losses_hang_below_zero_and_parts_stack_outwards() -> None:
    gain, loan, loss = (parts(theme.WIDE)[paint] for paint in (GAIN, LOAN, LOSS))
    assert loss.top == pytest.approx(gain.top + gain.height, abs=0.1)
    assert loan.top + loan.height == pytest.approx(gain.top, abs=0.1)


def test_on_a_phone_losses_lie_left_of_zero_and_parts_follow_outwards() -> None:
    gain, loan, loss = (parts(theme.NARROW)[paint] for paint in (GAIN, LOAN, LOSS))
    # Each is inset by half a pixel for its outline.
    assert loss.left + loss.width == pytest.approx(gain.left - 1, abs=0.1)
    assert loan.left == pytest.approx(gain.left + gain.width + 1, abs=0.1)


@pytest.mark.parametrize("width", WIDTHS)
def test_sums_stand_at_the_ends_and_what_is_not_known_is_said(width: int) -> None:
    said = rich(width).said
    for text in ("$400\N{NO-BREAK SPACE}bn", "\N{MINUS SIGN}$200\N{NO-BREAK SPACE}bn"):
        assert text in said
    assert said.count("undisclosed") == 1  # 2026
    assert said.count("–") == 1  # 2025, of which the table says nothing


@pytest.mark.parametrize("width", WIDTHS)
def test_money_without_a_date_is_drawn_last_as_undated(width: int) -> None:
    picture = rich(width)
    last, before = picture.line("undated"), picture.line("2027")
    assert last.left > before.left if width == theme.WIDE else last.y > before.y


def test_parts_are_labelled_beside_their_columns_where_there_is_room() -> None:
    table = years((2024, "Customers", 300), (2024, "Loans", 100), (2025, "Burn", -1))
    said = Picture(lambda size: bars_by_year(table, size, HUES), theme.WIDE).said
    assert "$300\N{NO-BREAK SPACE}bn" in said
    assert "$100\N{NO-BREAK SPACE}bn" in said


def test_a_series_without_a_colour_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="Partners"):
        bars_by_year(years((2024, "Partners", 4)), theme.WIDE, HUES)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_single_series_needs_no_key(width: int) -> None:
    one = Picture(lambda size: bars_by_year(years((2024, "Burn", -8)), size, HUES), width)
    assert "From zero outwards:" not in one.said
    assert "From zero outwards:" in rich(width).said


def test_of_many_years_as_many_are_named_as_have_room() -> None:
    many = years(*((year, "Burn", -8) for year in range(2023, 2053)))
    said = Picture(lambda size: bars_by_year(many, size, HUES), theme.WIDE).said
    names = [text for text in said if re.fullmatch(r"20\d\d", text)]
    assert 5 < len(names) < 20
    assert names[-1] == "2052"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_specification_is_valid_vega_lite(width: int) -> None:
    chart = bars_by_year(RICH, width, HUES)
    if isinstance(chart, Drawing):
        check(chart)
    else:
        valid(chart)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_bar_says_what_it_is_when_it_is_pointed_at(width: int) -> None:
    spec = specification(lambda size: bars_by_year(RICH, size, HUES), width)
    said = bake.tips(spec)
    number = said.index("2024, Loans: $100\N{NO-BREAK SPACE}bn")
    assert f'data-tip="{number}"' in rich(width).text
