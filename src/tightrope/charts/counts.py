"""Counted things: one bar a kind, with its number."""

from __future__ import annotations

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill

_BAR = 18


def counts(table: pd.DataFrame, width: int, noun: str) -> Drawing:
    """One bar a row of the table, in its order, as long as its number.

    Columns: label, count, optional hue (a colour of the theme). `noun` says in the live chart
    what is counted. Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    wide = marks.is_wide(width)
    start = marks.column_width(table.label, 240) + 12 if wide else 0.0
    scale = (width - start - 40) / max(int(table["count"].max()), 1)
    y = 4.0
    for row in marks.records(table):
        label, number = str(row["label"]), int(row["count"])
        lines = marks.wrap(label, start - 12 if wide else width)
        deep = (len(lines) - 1) * marks.LINE
        if wide:
            marks.block(canvas, 0, y + _BAR / 2 + deep / 2, lines)
        else:
            marks.block(canvas, 0, y + 8 + deep / 2, lines)
            y += _BAR + deep
        middle = y + (deep / 2 if wide else 0)
        if number:
            hue = str(row.get("hue", theme.ONWARD))
            canvas.area(start, middle, number * scale, _BAR, Fill(hue), f"{label}: {number} {noun}")
        canvas.text(start + number * scale + 6, middle + _BAR / 2, str(number))
        y += 28 + (deep if wide else 0)
    return canvas.chart(y)
