"""Two readings of the same pair on one scale from nothing to all: a share and a score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import share_range

_ROW = 34.0


def scores(table: pd.DataFrame, words: tuple[str, str], width: int) -> Drawing:
    """A share (disc) and a score (diamond) for each pair, both between 0 and 1.

    Columns: label, share_low, share_high, score_low, score_high; where low and high differ the
    mark becomes a bar between them. `words` names the two in the key. In the order of the table.
    Returns a chart `width` wide.
    """
    rows = marks.records(table)
    canvas = Canvas(width)
    wide = marks.is_wide(width)
    names = marks.column_width((str(row["label"]) for row in rows), 200) if wide else 0.0
    left = names + 20 if wide else 8.0
    written = [f"{_span(row, 'share')} against {_span(row, 'score')}" for row in rows]
    room = max((marks.text_width(text, marks.SMALL) for text in written), default=0.0) + 22
    right = width - (room if wide else 10.0)
    for place, (word, shape) in enumerate(zip(words, (marks.circle(6), _diamond(7)), strict=True)):
        x, y = (
            (7 + place * (marks.text_width(words[0]) + 40), 10.0) if wide else (7, 10 + place * 20)
        )
        _mark(canvas, x, y, shape, place == 0)
        canvas.text(x + 13, y, word)
    top = 50.0 if wide else 70.0
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = left + share * (right - left)
        ends = [(x, top - 8), (x, top + len(rows) * (_ROW if wide else 58.0) - 8)]
        canvas.line(ends, opacity=0.6 if share == 0 else theme.GRID_OPACITY, z=-1)
        if wide or share in (0.0, 0.5, 1.0):
            align = (
                "left"
                if share == 0 and not wide
                else "right"
                if share == 1 and not wide
                else "center"
            )
            canvas.text(x, top - 18, f"{share:.0%}", align, marks.SMALL)
    y = top
    for row, text in zip(rows, written, strict=True):
        if wide:
            middle = y + 10
            marks.block(canvas, 0, middle, marks.wrap(str(row["label"]), names))
            canvas.text(right + 14, middle, text, size=marks.SMALL)
            y += _ROW
        else:
            canvas.text(0, y + 6, str(row["label"]), bold=True)
            middle = y + 24
            canvas.text(canvas.width, y + 6, text, "right", marks.SMALL)
            y += 58
        _pair(canvas, row, left, right - left, middle, text)
    return canvas.chart(y + 2)


def _pair(
    canvas: Canvas, row: Mapping[str, Any], left: float, reach: float, middle: float, text: str
) -> None:
    tip = f"{row['label']}: {text}"
    ends = {
        name: [left + reach * float(row[f"{name}_{end}"]) for end in ("low", "high")]
        for name in ("share", "score")
    }
    inner = [ends["share"][1], ends["score"][0]]
    if inner[1] > inner[0]:
        canvas.line([(inner[0], middle), (inner[1], middle)], opacity=0.35, dash=[3, 3])
    for name, hue in (("share", theme.ROUND_TRIP), ("score", theme.ONWARD)):
        low, high = ends[name]
        if high - low > 2:
            canvas.area(low, middle - 4, high - low, 8, Fill(hue, "high"), tip)
        for x in {low, high}:
            shape = marks.circle(6) if name == "share" else _diamond(7)
            _mark(canvas, x, middle, shape, name == "share", tip)


def _mark(canvas: Canvas, x: float, y: float, shape: str, is_share: bool, tip: str = "") -> None:
    if is_share:
        canvas.symbol(x, y, shape, theme.ROUND_TRIP, tip=tip)
    else:
        canvas.symbol(x, y, shape, None, theme.INK, thickness=2, tip=tip)


def _span(row: Mapping[str, Any], name: str) -> str:
    return share_range(float(row[f"{name}_low"]), float(row[f"{name}_high"]))


def _diamond(radius: float) -> str:
    return f"M0,{-radius}L{radius},0L0,{radius}L{-radius},0Z"
