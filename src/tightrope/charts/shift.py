"""What became of sums between two days: from where to where, and which way."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import usd_bn

_DOT = 5


def shift(table: pd.DataFrame, width: int) -> Drawing:
    """One row a sum: a hollow dot where it was, a solid one where it is, an arrow between them.

    Columns: label, change (a word), direction ("in", "out", "onward", "borrowed"), before, after
    (USD billion, both known). Rows stand in the order of the table, under a head for each word of
    `change`. The scale starts at zero. Returns a chart `width` wide.
    """
    wide = marks.is_wide(width)
    canvas = Canvas(width)
    rows = marks.records(table)
    names = marks.column_width((str(row["label"]) for row in rows), 230) if wide else 0.0
    left = names + 18 if wide else 8.0
    texts = [_words(row) for row in rows]
    scale = min(
        (
            (width - left - (marks.text_width(text) + 16 if wide else 10))
            / (max(row["before"], row["after"]) or 1.0)
            for row, text in zip(rows, texts, strict=True)
        ),
        default=0.0,
    )
    y = _key(canvas)
    word = ""
    for row, text in zip(rows, texts, strict=True):
        if row["change"] != word:
            word = str(row["change"])
            canvas.text(0, y + 10, word.capitalize(), bold=True)
            y += 26
        lines = marks.wrap(str(row["label"]), names if wide else width)
        deep = (len(lines) - 1) * marks.LINE
        if wide:
            marks.block(canvas, 0, y + 9 + deep / 2, lines)
        else:
            marks.block(canvas, 0, y + 8 + deep / 2, lines)
            y += 20 + deep
        middle = y + 9 + (deep / 2 if wide else 0)
        end = _arrow(canvas, row, left, scale, middle, f"{row['label']}: {text}")
        if wide:
            canvas.text(end + 12, middle, text)
            y += 26 + deep
        else:
            canvas.text(0, middle + 18, text)
            y += 48
    return canvas.chart(y)


def _key(canvas: Canvas) -> float:
    x = 0.0
    for label, is_solid in (("before", False), ("after", True)):
        canvas.symbol(
            x + 6,
            9,
            marks.circle(_DOT),
            theme.INK if is_solid else None,
            None if is_solid else theme.INK,
        )
        canvas.text(x + 17, 9, label, size=marks.SMALL)
        x += 29 + marks.text_width(label, marks.SMALL)
    return 28.0


def _words(row: dict[str, Any]) -> str:
    before, after = float(row["before"]), float(row["after"])
    if before in (0.0, after):
        return usd_bn(after)
    return f"{usd_bn(before)} → {usd_bn(after) if after else 'nothing'}"


def _arrow(
    canvas: Canvas, row: dict[str, Any], left: float, scale: float, middle: float, tip: str
) -> float:
    """Dots and the arrow between them; where they end on the right."""
    hue = marks.HUES[str(row["direction"])]
    before, after = left + row["before"] * scale, left + row["after"] * scale
    way = math.copysign(1.0, after - before)
    if abs(after - before) > 3 * _DOT:
        start, end = sorted((before + way * _DOT, after - way * _DOT))
        canvas.area(start, middle - 3, end - start, 6, Fill(hue, "binding"), tip)
        head = f"M0,0L{-8 * way},-6L{-8 * way},6Z"
        canvas.symbol(after - way * _DOT, middle, head, hue, tip=tip)
    canvas.symbol(before, middle, marks.circle(_DOT), None, hue, tip=tip)
    canvas.symbol(after, middle, marks.circle(_DOT), hue, tip=tip)
    return max(before, after) + _DOT
