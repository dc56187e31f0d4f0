"""Sums side by side with their range."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope.charts import marks
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import UNKNOWN, usd_bn_and_range


def dumbbell(table: pd.DataFrame, width: int) -> Drawing:
    """Sums side by side: a dot at the value, a bar from low to high, sorted by value.

    Columns: label, value, low, high (USD billion, each may be missing), optional direction for
    the hue ("in", "out", "onward", "borrowed"). The scale starts at zero, or below it where a sum
    is negative. Returns a chart `width` wide.
    """
    rows = sorted(marks.records(table), key=lambda row: -_reach(row)[1])
    wide = marks.is_wide(width)
    canvas = Canvas(width)
    names = marks.column_width((str(row["label"]) for row in rows), 190) if wide else 0.0
    left = names + 18 if wide else 8.0
    low = min(min((_reach(row)[0] for row in rows), default=0.0), 0.0)
    high = marks.span((*(_reach(row)[1] for row in rows), 0.0))
    texts = [_sum_label(row) for row in rows]
    scale = min(
        (
            (width - left - (marks.text_width(text) + 14 if wide else 10))
            / ((_reach(row)[1] - low) or 1)
            for row, text in zip(rows, texts, strict=True)
            if high > low
        ),
        default=0.0,
    )
    zero = left - low * scale
    y = 4.0
    for row, text in zip(rows, texts, strict=True):
        bold = not wide
        lines = marks.wrap(str(row["label"]), names if wide else width, 2, bold=bold)
        deep = (len(lines) - 1) * marks.LINE
        if not wide:
            marks.block(canvas, 0, y + 8 + deep / 2, lines, bold=True)
            y += 18 + deep
        middle = y + 10 + (deep / 2 if wide else 0)
        if wide:
            marks.block(canvas, 0, middle, lines)
        end = _range(canvas, row, zero, scale, middle)
        if wide:
            canvas.text(end + 10, middle, text)
            y += 32 + deep
        else:
            known = text != UNKNOWN
            if known:  # a line through all rows would cross their names
                canvas.line([(zero, middle - 8), (zero, middle + 8)], opacity=0.6)
            canvas.text(0, middle + (18 if known else -2), text)
            y += 50 if known else 30
    if wide:
        canvas.line([(zero, 0), (zero, y - 8)], opacity=0.6)
    return canvas.chart(y - 4)


def _range(
    canvas: Canvas, row: Mapping[str, Any], zero: float, scale: float, middle: float
) -> float:
    """The range and the dot of one sum; where they end on the right."""
    hue = marks.HUES[str(row.get("direction", ""))]
    value, low, high = (marks.amount(row.get(name)) for name in ("value", "low", "high"))
    tip = f"{row['label']}: {_sum_label(row)}"
    end = zero
    if not (math.isnan(low) or math.isnan(high)) and high > low:
        start, end = zero + low * scale, zero + high * scale
        canvas.area(start, middle - 4, end - start, 8, Fill(hue, "high"), tip)
        if start > zero:
            canvas.line([(zero, middle), (start, middle)], opacity=0.3)
    if not math.isnan(value):
        x = zero + value * scale
        if end == zero:
            canvas.line([(zero, middle), (x, middle)], opacity=0.3)
        canvas.symbol(x, middle, marks.circle(6), hue, tip=tip)
        end = max(end, x + 2)
    return end


def _reach(row: Mapping[str, Any]) -> tuple[float, float]:
    """Smallest and largest amount known of a sum, or zeros."""
    known = [
        number
        for number in (marks.amount(row.get(name)) for name in ("value", "low", "high"))
        if not math.isnan(number)
    ]
    return min(known, default=0.0), max(known, default=0.0)


def _sum_label(row: Mapping[str, Any]) -> str:
    value, low, high = (marks.amount(row.get(name)) for name in ("value", "low", "high"))
    if math.isnan(value) or math.isnan(low) or math.isnan(high) or low == high:
        return marks.written(value, low, high)
    return usd_bn_and_range(value, low, high)
