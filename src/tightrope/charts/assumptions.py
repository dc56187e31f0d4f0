"""What each assumption does to one answer: a dot and a range for every setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import usd_bn, usd_bn_range

_ROW = 26.0


def assumptions(table: pd.DataFrame, width: int) -> Drawing:
    """Settings of each assumption below its name: a dot at the middle, a bar from low to high.

    Columns: group (the assumption), setting, low, value, high (USD billion), share (as words),
    base (true where the setting is the one that all other groups hold to; a line marks its
    value). In the order of the table. Returns a chart `width` wide.
    """
    rows = marks.records(table)
    canvas = Canvas(width)
    wide = marks.is_wide(width)
    names = marks.column_width((str(row["setting"]) for row in rows), 232) if wide else 0.0
    left = names + 14 if wide else 0.0
    written = [f"{usd_bn_range(row['low'], row['high'])} · {row['share']}" for row in rows]
    labels = max((marks.text_width(text, marks.SMALL) for text in written), default=0.0) + 12
    most = marks.span([*(row["high"] for row in rows), 0.0]) or 1.0
    scale = (width - left - (labels if wide else 8)) / most
    y = begins = 0.0
    spans: dict[str, tuple[float, float]] = {}
    group = ""
    for row, text in zip(rows, written, strict=True):
        if row["group"] != group:
            group = str(row["group"])
            y += 12 if y else 0
            lines = marks.wrap(group, width, 2, bold=True)
            marks.block(canvas, 0, y + 9 + (len(lines) - 1) * marks.LINE / 2, lines, bold=True)
            y += 20 + (len(lines) - 1) * marks.LINE
            begins = y
        y = _setting(canvas, row, text, (left, y), scale, names if wide else None)
        if any(other["base"] and other["group"] == group for other in rows):
            spans[group] = begins, y
    base = next((float(row["value"]) for row in rows if row["base"]), None)
    if base is not None:
        x = left + base * scale
        for top, end in spans.values() if wide else ():
            canvas.line([(x, top), (x, end - 2)], opacity=0.5, dash=[3, 3], z=-1)
    return canvas.chart(y)


def _setting(
    canvas: Canvas,
    row: Mapping[str, Any],
    text: str,
    corner: tuple[float, float],
    scale: float,
    names: float | None,
) -> float:
    """Draw one setting; the height at which it ends."""
    left, y = corner
    label = str(row["setting"])
    tip = f"{row['group']}, {label}: {text}; middle {usd_bn(row['value'])}"
    if names is None:
        lines = marks.wrap(label, canvas.width, 2, bold=False)
        marks.block(canvas, 0, y + 8 + (len(lines) - 1) * marks.LINE / 2, lines)
        y += 18 + (len(lines) - 1) * marks.LINE
        middle, below = y + 7, 40.0
        canvas.text(0, y + 23, text, size=marks.SMALL)
    else:
        lines = marks.wrap(label, names, 2)
        below = _ROW + (len(lines) - 1) * marks.LINE
        middle = y + below / 2 - 2
        marks.block(canvas, 0, middle, lines)
        canvas.text(canvas.width, middle, text, "right", marks.SMALL)
    low, value, high = (left + float(row[key]) * scale for key in ("low", "value", "high"))
    if high - low > 1:
        canvas.area(low, middle - 4, high - low, 8, Fill(theme.ROUND_TRIP, "announced"), tip)
    canvas.line([(left, middle), (low, middle)], opacity=0.25)
    shape, hollow = marks.circle(6 if row["base"] else 5), not row["base"]
    canvas.symbol(value, middle, shape, theme.ROUND_TRIP, fill_opacity=0.0 if hollow else 1.0)
    if hollow:
        canvas.symbol(value, middle, shape, None, theme.ROUND_TRIP, thickness=2.5, tip=tip)
    return y + below
