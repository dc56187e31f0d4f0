"""The skeleton of charts in rows: where names, bars and words stand, by hand-worked numbers.

A digit or a capital takes 66 hundredths of the type size: at 13 pixels 8.58, at 12 pixels 7.92.
"""

from __future__ import annotations

import math
from typing import Any

import pytest

from tightrope.charts import marks, theme
from tightrope.charts.lanes import (
    PERCENT,
    Heading,
    Lane,
    Row,
    Upright,
    bar,
    dot,
    fills_of,
    rungs_of,
    signs,
    stacked,
)
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows

from .drawings import boxes, drawn

BLUE = Fill("#2F83C0")
NAN = math.nan


def row(name: str, value: float, words: str = "", **more: Any) -> Row:
    return Row(name, [Lane([bar(0, value, BLUE)], words)], **more)


def chart(width: int, *items: Row | Heading, **more: Any) -> Drawing:
    return Rows(Canvas(width), items, **more).chart(0)


def bars(found: Drawing) -> list[tuple[float, float]]:
    """Where bars begin and end, with the half of their outline."""
    return [(place["x"] - 0.5, place["x2"] + 0.5) for _, place in drawn(found, "rect")]


def words(found: Drawing) -> dict[str, dict[str, Any]]:
    return {place["text"]: mark | place for mark, place in drawn(found, "text")}


def test_on_a_wide_page_the_longest_bar_leaves_room_for_its_words() -> None:
    found = chart(720, row("A", 10, "10"), row("B", 5, "5"))
    # Names to 8.58 and 14 pixels more; the words take 7 + 17.16 at the right.
    left, right = 22.58, 720 - 24.16
    assert bars(found) == [
        pytest.approx((left, right), abs=0.02),
        pytest.approx((left, left + (right - left) / 2), abs=0.02),
    ]
    assert words(found)["10"]["x"] == pytest.approx(right + 7, abs=0.01)


def test_short_bars_with_long_words_bound_the_scale_too() -> None:
    found = chart(720, row("A", 10), row("B", 8, "8" * 30))
    # 30 digits and 7 pixels: 264.4; what 8 units may take is what they leave.
    assert bars(found)[1][1] == pytest.approx(720 - 264.4, abs=0.02)


def test_on_a_phone_a_bar_takes_the_whole_width_and_words_stand_beside_the_name() -> None:
    found = chart(300, row("A", 10, "10"), row("B", 5, "5"))
    assert bars(found) == [pytest.approx((0, 300)), pytest.approx((0, 150))]
    said = words(found)
    assert (said["10"]["x"], said["10"]["align"]) == (300, "right")
    assert said["10"]["y"] == said["A"]["y"]


def test_words_that_mostly_do_not_fit_stand_below_all_names_of_a_phone() -> None:
    found = chart(300, row("A" * 20, 10, "1" * 20), row("B" * 20, 5, "5" * 20), row("C", 1, "1"))
    said = words(found)
    assert said["1"]["y"] == said["C"]["y"] + marks.LINE
    assert (said["1"]["x"], said["1"]["align"]) == (0, "left")
    # What stands below a name makes the name bold.
    assert said["C"]["fontWeight"] == "bold"


def test_names_below_a_heading_are_not_bold() -> None:
    long = row("A" * 20, 10, "1" * 20)
    assert words(chart(300, Heading("H"), long))["A" * 20]["fontWeight"] == "normal"
    assert words(chart(300, Heading("H", fill=BLUE), long))["A" * 20]["fontWeight"] == "bold"


def test_bars_to_both_sides_share_one_scale_between_their_words() -> None:
    lane = Lane([bar(0, -5, BLUE), bar(0, 10, BLUE)], "10", "5")
    found = chart(720, Row("", [lane]))
    # No names, but their 14 pixels; 7 + 8.58 for the words on the left, 7 + 17.16 on the right.
    low, high = 14 + 15.58, 720 - 24.16
    zero = low + (high - low) / 3
    assert bars(found) == [
        pytest.approx((low, zero), abs=0.02),
        pytest.approx((zero, high), abs=0.02),
    ]
    assert (words(found)["5"]["x"], words(found)["5"]["align"]) == (
        pytest.approx(low - 7, abs=0.01),
        "right",
    )


def test_a_fixed_scale_reaches_from_the_names_to_the_column_of_words() -> None:
    found = chart(720, row("A", 50, "50"), span=(0, 100), aside=200)
    # The column is as wide as "50" in small type, 15.84, and 14 pixels stand before it.
    left, right = 22.58, 720 - 15.84 - 14
    assert bars(found) == [pytest.approx((left, (left + right) / 2), abs=0.02)]
    assert words(found)["50"]["x"] == pytest.approx(720 - 15.84, abs=0.01)


def test_words_aside_are_wrapped_to_their_column() -> None:
    found = chart(720, row("A", 50, "one two three four five"), span=(0, 100), aside=60)
    lines = [text for text, left, right, _ in boxes(found) if left >= 659 and right <= 720.1]
    assert " ".join(lines) == "one two three four five"
    assert len(lines) > 1


def test_ticks_without_room_are_thinned_and_the_last_one_stays() -> None:
    def ticks(width: int) -> list[str]:
        canvas = Canvas(width)
        layout = Rows(canvas, [row("", 50)], span=(0, 100))
        layout.ticks(0, PERCENT)
        return list(words(layout.chart(20)))

    assert ticks(300) == ["0", "25%", "50%", "75%", "100%"]
    assert ticks(110) == ["0", "50%", "100%"]
    assert ticks(60) == ["0", "100%"]


def test_a_note_stands_beside_its_heading_where_there_is_room_and_else_below() -> None:
    beside = words(chart(300, Heading("H", "note"), row("A", 1)))
    assert beside["note"]["y"] == beside["H"]["y"]
    below = words(chart(300, Heading("H", "n" * 40), row("A", 1)))
    assert below["n" * 40 if "n" * 40 in below else max(below, key=len)]["y"] > below["H"]["y"]


def test_words_too_long_for_the_page_are_cut_and_the_bar_keeps_twelve_pixels() -> None:
    found = chart(300, Row("A", [Lane([bar(0, 9, BLUE)], "9" * 60)] * 2))
    assert {round(end - start, 2) for start, end in bars(found)} == {12.0}
    assert all(right <= 300.6 for _, _, right, _ in boxes(found))


def test_a_line_across_the_lanes_of_a_phone_leaves_the_names_free() -> None:
    found = chart(300, row("A", 10), row("B", 5), uprights=[Upright(0)])
    lines = [place["y"] for _, place in drawn(found, "line")]
    names = words(found)
    assert names["A"]["y"] + 6 < lines[0] < lines[1] < names["B"]["y"] - 6 < lines[2]


def test_lines_across_the_rows_of_a_wide_page_join() -> None:
    found = chart(720, row("A", 10), row("B", 5), uprights=[Upright(0)])
    lines = [place["y"] for _, place in drawn(found, "line")]
    assert lines[1] == lines[2]


def test_where_nothing_stands_words_begin_where_a_bar_would_or_after_the_axis() -> None:
    empty = Row("A", [Lane(words="undisclosed")])
    bare = words(chart(720, row("B", 10), empty))["undisclosed"]["x"]
    assert bare == pytest.approx(22.58)
    axis = words(chart(720, row("B", 10), empty, uprights=[Upright(0)]))["undisclosed"]["x"]
    assert axis == pytest.approx(22.58 + 7)


def test_on_a_phone_a_row_without_marks_is_only_said() -> None:
    said = chart(300, row("B", 10, "10"), Row("A", [Lane(words="0")]))
    assert said.height == chart(300, row("B", 10, "10"), row("A", 1, "0")).height - 22


def test_several_lanes_are_named_before_the_scale() -> None:
    lanes = [Lane([bar(0, value, BLUE)], label=name) for name, value in (("in", 2), ("out", 1))]
    found = chart(720, Row("A", lanes))
    said = words(found)
    left = bars(found)[0][0]
    assert (said["in"]["x"], said["in"]["align"]) == (pytest.approx(left - 10, abs=0.01), "right")
    assert said["out"]["y"] - said["in"]["y"] == 18
    assert said["A"]["y"] == said["in"]["y"]


def test_a_name_of_several_lines_stands_in_the_middle_of_its_only_lane() -> None:
    found = chart(720, row("one two three", 1), names=50)
    ((_, place),) = drawn(found, "rect")
    heights = [text["y"] for text in words(found).values()]
    assert len(heights) == 3
    assert sum(heights) / 3 == pytest.approx((place["y"] + place["y2"]) / 2)


def test_a_sign_keeps_its_radius_from_the_words() -> None:
    found = chart(720, Row("A", [Lane([dot(10, marks.circle(6), theme.INK)], "10")]))
    ((_, place),) = drawn(found, "point")
    assert words(found)["10"]["x"] == pytest.approx(place["x"] + 6 + 7, abs=0.01)


def test_rungs_are_stacked_from_zero_and_what_is_unknown_is_left_out() -> None:
    parts = [("paid", 2.0), ("binding", NAN), ("announced", 0.0), ("intended", 3.0)]
    assert [(mark.low, mark.high) for mark in stacked(parts, "#000")] == [(0, 2), (2, 5)]
    leftwards = stacked(parts, "#000", sign=-1)
    assert [(mark.low, mark.high) for mark in leftwards] == [(-2, 0), (-5, -2)]


def test_the_rungs_of_a_chart_are_those_of_its_bars() -> None:
    lane = Lane([*stacked([("intended", 1.0), ("paid", 1.0)], "#000"), dot(1, marks.circle(2))])
    assert rungs_of([Heading("H"), Row("A", [lane])]) == {"intended", "paid"}


def test_signs_of_a_key_are_wrapped_to_the_page() -> None:
    canvas = Canvas(120)
    height = signs(canvas, dict.fromkeys(["first sign", "second sign"], dot(0.5, "M0,0H1", "#000")))
    found = canvas.chart(height)
    first, second = words(found).values()
    assert first["x"] == second["x"] == 16 + 6
    places = [(place["x"], place["y"]) for _, place in drawn(found, "point")]
    assert places == [(8, first["y"]), (8, second["y"])]


def test_a_series_without_a_fill_is_refused_by_name() -> None:
    assert fills_of({"A": "#000", "B": BLUE}, ["A"]) == {"A": Fill("#000"), "B": BLUE}
    with pytest.raises(KeyError, match="no colour for C, D"):
        fills_of({"A": "#000"}, ["D", "A", "C"])
