"""How sure a payment is: one word and one fill for each, in every figure and on every ground."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tightrope import accounts
from tightrope.charts import legend, pixels, theme
from tightrope.charts.certainty import LOOKS, WORDS
from tightrope.charts.marks import Canvas, Fill

from .drawings import check, drawn

SVG = "{http://www.w3.org/2000/svg}"
SIX = [
    "paid",
    "signed",
    "on a condition",
    "talked about",
    "high end of a range",
    "no sum published",
]


def picture(canvas: Canvas, figure: str = "fig") -> ElementTree.Element:
    return ElementTree.fromstring(pixels.svg(canvas.chart(60).to_dict(), figure, "", ""))


def areas(rung: str, hue: str = theme.OUT_OF_OPENAI, figure: str = "fig") -> ElementTree.Element:
    canvas = Canvas(100)
    canvas.area(0, 0, 90, 20, Fill(hue, rung), "a row")
    return picture(canvas, figure)


def painted(root: ElementTree.Element) -> dict[str, str]:
    """How the group of the one area is painted."""
    group = next(one for one in root.iter(f"{SVG}g") if one.get("fill", "none") != "none")
    return dict(group.attrib)


def test_every_rung_of_the_ladder_has_one_of_six_words() -> None:
    assert list(dict.fromkeys(WORDS.values())) == SIX
    assert set(accounts.RUNGS) < set(WORDS)
    assert WORDS["announced"] == WORDS["intended"] == "talked about"


def test_no_two_words_share_a_fill() -> None:
    fills = {(look.opacity, look.pattern, look.dash) for look in LOOKS.values()}
    assert len(fills) == len(SIX)


def test_paid_is_solid_and_without_an_outline() -> None:
    paint = painted(areas("paid"))
    assert paint["fill"] == theme.OUT_OF_OPENAI
    assert "fill-opacity" not in paint
    assert "stroke" not in paint


def test_signed_is_the_hue_at_34_percent_with_a_whole_line() -> None:
    paint = painted(areas("binding"))
    assert (paint["fill-opacity"], paint["stroke"]) == ("0.34", theme.OUT_OF_OPENAI)
    assert "stroke-dasharray" not in paint


def test_talked_about_is_empty_inside_a_dashed_line() -> None:
    paint = painted(areas("announced"))
    assert (paint["fill-opacity"], paint["stroke-dasharray"]) == ("0", "4,3")


@pytest.mark.parametrize(
    ("rung", "pattern", "dashed"),
    [("conditional", "stripes", False), ("high", "hatch", True), ("unknown", "dots", True)],
)
def test_a_pattern_in_the_hue_fills_what_is_not_sure_of_its_sum(
    rung: str, pattern: str, dashed: bool
) -> None:
    root = areas(rung)
    (made,) = root.iter(f"{SVG}pattern")
    paint = painted(root)
    assert made.get("id") == f"fig-{pattern}-C8701A"
    assert paint["fill"] == f"url(#{made.get('id')})"
    assert "fill-opacity" not in paint
    assert paint["stroke"] == theme.OUT_OF_OPENAI
    assert ("stroke-dasharray" in paint) is dashed
    assert {part.get("fill") for part in made} == {theme.OUT_OF_OPENAI}


def test_patterns_of_two_pictures_on_one_page_never_share_an_id() -> None:
    ids = [
        made.get("id")
        for figure in ("fig-one-wide", "fig-one-narrow")
        for made in areas("high", figure=figure).iter(f"{SVG}pattern")
    ]
    assert len(set(ids)) == len(ids) == 2


def test_a_pattern_is_defined_once_however_many_areas_it_fills() -> None:
    canvas = Canvas(100)
    for place in range(3):
        canvas.area(0, 20 * place, 50, 12, Fill(theme.INTO_OPENAI, "high"), z=place)
    assert len(list(picture(canvas).iter(f"{SVG}pattern"))) == 1


def test_a_pattern_in_ink_takes_the_colour_of_the_page() -> None:
    (made,) = areas("high", theme.INK).iter(f"{SVG}pattern")
    assert made.get("id") == "fig-hatch-ink"
    assert {part.get("fill") for part in made} == {"currentColor"}


def test_what_has_no_published_sum_says_so_by_a_mark_where_there_is_room() -> None:
    wide, slim = Canvas(100), Canvas(100)
    wide.area(0, 0, 16, 12, Fill(theme.ONWARD, "unknown"))
    slim.area(0, 0, 15, 12, Fill(theme.ONWARD, "unknown"))
    assert [row["text"] for _, row in drawn(wide.chart(20), "text")] == ["?"]
    assert drawn(slim.chart(20), "text") == []


def boxes(root: ElementTree.Element) -> list[list[float]]:
    """x, y, width and height of each part of the one area."""
    (path,) = (path for path in root.iter(f"{SVG}path") if path.get("data-tip"))
    found = re.findall(r"M(.+?),(.+?)h(.+?)v(.+?)h", str(path.get("d")))
    return [[float(number) for number in box] for box in found]


def test_borrowed_money_is_a_double_bar_in_one_mark() -> None:
    # 20 pixels: two halves of 9 with 2 between them.
    assert boxes(areas("paid", theme.BORROWED)) == [[0.5, 0.5, 89, 8.5], [0.5, 11, 89, 8.5]]
    assert len(boxes(areas("paid", theme.ONWARD))) == 1


def test_what_is_too_thin_for_two_bars_is_one() -> None:
    canvas = Canvas(100)
    canvas.area(0, 0, 90, 6.9, Fill(theme.BORROWED), "a row")
    assert len(boxes(picture(canvas))) == 1


def test_a_shape_is_filled_as_an_area_is() -> None:
    canvas = Canvas(100)
    canvas.shape(10, 10, "M0,0H20V20Z", Fill(theme.ROUND_TRIP, "high"), "a row")
    paint = painted(picture(canvas))
    assert paint["fill"] == "url(#fig-hatch-2E9060)"
    check(canvas.chart(40))


def test_marks_carry_the_words_that_a_script_shows() -> None:
    canvas = Canvas(100)
    canvas.area(0, 0, 90, 20, Fill(theme.INK), 'A & "B"')
    canvas.line([(0, 30), (9, 30)], tip="a line")
    canvas.line([(0, 40), (9, 40)])
    canvas.line([(0, 50), (9, 50)], tip='A & "B"')
    said = [path.get("data-tip") for path in picture(canvas).iter(f"{SVG}path")]
    words = pixels.tips(canvas.chart(60).to_dict())
    assert [number and words[int(number)] for number in said] == [
        'A & "B"', "a line", 'A & "B"', None,
    ]  # fmt: skip


def test_words_in_a_hue_have_its_shade_and_adapt_to_the_ground() -> None:
    canvas = Canvas(100)
    canvas.text(0, 10, "in", hue=theme.INTO_OPENAI)
    group = next(one for one in picture(canvas).iter(f"{SVG}g") if one.get("style"))
    assert group.get("fill") == theme.TEXT[theme.INTO_OPENAI]
    assert group.get("style") == "fill:color-mix(in srgb,#2F83C0 60%,currentColor)"


def words(canvas: Canvas) -> list[str]:
    return [row["text"] for _, row in drawn(canvas.chart(100), "text") if row["text"] != "?"]


def test_the_legend_shows_what_occurs_in_one_order_and_each_word_once() -> None:
    canvas = Canvas(720)
    below = legend.legend(canvas, {"round", "in"}, {"high", "intended", "paid", "announced"}, 10)
    assert words(canvas) == [
        "into OpenAI",
        "can come back",
        "paid",
        "talked about",
        "high end of a range",
    ]
    assert below == 10 + 2 * legend.ROW


def test_the_legend_names_the_party_in_the_middle() -> None:
    canvas = Canvas(720)
    legend.legend(canvas, ["in", "out"], [], focal="Acme")
    assert words(canvas) == ["into Acme", "out of Acme"]


def test_on_a_phone_the_legend_wraps_and_stays_inside() -> None:
    canvas = Canvas(theme.NARROW)
    below = legend.legend(canvas, legend.DIRECTIONS, LOOKS)
    assert below > 4 * legend.ROW
    for mark, row in drawn(canvas.chart(below), "text"):
        assert mark["align"] == "center" or row["x"] >= legend.ROW
    assert max(row["x2"] for _, row in drawn(canvas.chart(below), "rect")) < theme.NARROW


def test_without_a_rung_the_row_of_certainty_takes_no_room() -> None:
    canvas = Canvas(300)
    assert legend.certainty(canvas, []) == 0
