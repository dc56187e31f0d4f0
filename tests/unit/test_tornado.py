"""The tornado: what moves an outcome most, to which side, and from which end of its range."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from tightrope.charts import marks, theme
from tightrope.charts.bake import svg
from tightrope.charts.figure import specification
from tightrope.charts.tornado import tornado

from .drawings import boxes, check, drawn

BN = "\N{NO-BREAK SPACE}bn"
TO = "→\N{NO-BREAK SPACE}"
WIDTHS = pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
LONG = "<script>alert(1)</script> Supercalifragilisticexpialidocious growth of everything"


def table(*rows: tuple[str, str, str, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(
        rows, columns=["parameter", "low_words", "high_words", "at_low", "at_high"]
    )
    return frame.assign(base=124.0)


TWO = table(("Compute", "600", "1,150", 12, 341), ("Growth", "40%", "90%", 297, 31))


def words(frame: pd.DataFrame, width: int) -> list[str]:
    return [str(row["text"]) for _, row in drawn(tornado(frame, width), "text")]


def bars(frame: pd.DataFrame, width: int = theme.WIDE) -> dict[str, tuple[float, float, float]]:
    """By tip: where a bar begins and ends, and how dense its fill is."""
    return {
        row["tip"]: (row["x"] - 0.5, row["x2"] + 0.5, mark["fillOpacity"])
        for mark, row in drawn(tornado(frame, width), "rect")
        if "tip" in row
    }


def base_line(frame: pd.DataFrame, width: int = theme.WIDE) -> float:
    (x,) = {row["x"] for mark, row in drawn(tornado(frame, width), "line")}
    return float(x)


def test_lengths_are_linear_in_dollars_from_the_line_of_the_base() -> None:
    found = bars(TWO)
    at = base_line(TWO)
    low, high = found[f"Compute: 600 {TO}$12{BN}"], found[f"Compute: 1,150 {TO}$341{BN}"]
    assert low[1] == pytest.approx(at, abs=0.1)
    assert high[0] == pytest.approx(at, abs=0.1)
    assert (high[1] - at) / (at - low[0]) == pytest.approx((341 - 124) / (124 - 12), rel=0.01)


def test_the_low_end_is_light_and_the_high_end_solid_on_whichever_side_they_lie() -> None:
    found = bars(TWO)
    at = base_line(TWO)
    more, less = found[f"Growth: 40% {TO}$297{BN}"], found[f"Growth: 90% {TO}$31{BN}"]
    assert more[1] > at > less[0]
    assert more[2] == theme.BINDING_OPACITY
    assert less[2] == theme.PAID_OPACITY


def test_both_ends_on_one_side_of_the_base_are_two_bars_from_it() -> None:
    frame = pd.concat([TWO, table(("Term", "5", "12", 151, 178))])
    rects = [
        row for _, row in drawn(tornado(frame, theme.WIDE), "rect") if "Term" in row.get("tip", "")
    ]
    at = base_line(frame)
    assert [row["x"] - 0.5 for row in rects] == pytest.approx([at, at], abs=0.1)
    (first, second) = sorted(rects, key=lambda row: row["y"])
    assert first["y2"] < second["y"]
    assert first["tip"] == f"Term: 5 {TO}$151{BN}"
    assert second["x2"] > first["x2"]


@pytest.mark.parametrize(
    ("at_low", "at_high", "left"),
    [(60, 124, "low"), (124, 60, "high"), (124, 180, "low"), (180, 124, "high")],
)
def test_an_end_that_moves_nothing_stands_opposite_the_other(
    at_low: float, at_high: float, left: str
) -> None:
    frame = table(("Honoured", "low", "high", at_low, at_high))
    assert len(bars(frame)) == 1
    (found,) = [
        row["text"]
        for mark, row in drawn(tornado(frame, theme.WIDE), "text")
        if mark["align"] == "right" and "→" in row["text"]
    ]
    assert found.startswith(left)


@WIDTHS
def test_the_words_at_the_ends_say_the_value_and_its_outcome(width: int) -> None:
    found = words(TWO, width)
    assert f"$124{BN}, as assumed" in found
    if width == theme.WIDE:
        assert {f"600 {TO}$12{BN}", f"1,150 {TO}$341{BN}", f"40% {TO}$297{BN}"} <= set(found)
    else:
        assert {"600", f"{TO}$12{BN}", "40%", f"{TO}$297{BN}"} <= set(found)


@WIDTHS
def test_rows_stand_in_the_order_of_the_table(width: int) -> None:
    heights = {row["text"]: row["y"] for _, row in drawn(tornado(TWO, width), "text")}
    assert heights["Compute"] < heights["Growth"]


def test_on_a_phone_names_stand_above_their_bars_and_off_the_line_of_the_base() -> None:
    heights = {row["text"]: row["y"] for _, row in drawn(tornado(TWO, theme.NARROW), "text")}
    lines = sorted(row["y"] for _, row in drawn(tornado(TWO, theme.NARROW), "line"))
    name = heights["Growth"]
    assert lines[1] < name - 6
    assert name + 6 < lines[2]


@WIDTHS
def test_all_words_stay_inside_however_long_they_are(width: int) -> None:
    frame = pd.concat([TWO, table((LONG, LONG, LONG, 100, 300))])
    for text, left, right, _ in boxes(tornado(frame, width)):
        assert left >= -1, text
        assert right <= width + 1, text
    assert min(mark["fontSize"] for mark, _ in drawn(tornado(frame, width), "text")) >= marks.SMALL
    picture = svg(specification(lambda w: tornado(frame, w), width), "fig", "A title", "Words")
    assert re.search(rf'<svg[^>]* width="{width}"', picture)
    assert "<script" not in picture


def test_the_specification_is_valid_vega_lite() -> None:
    check(tornado(TWO, theme.WIDE))


def test_no_rows_unknown_outcomes_and_two_bases_are_refused() -> None:
    for frame in (TWO.iloc[:0], TWO.assign(at_low=math.nan)):
        with pytest.raises(ValueError, match="needs rows, and base, at_low and at_high"):
            tornado(frame, theme.WIDE)
    with pytest.raises(ValueError, match=r"the same base, not \[1.0, 2.0\]"):
        tornado(TWO.assign(base=[1, 2]), theme.WIDE)
