"""The warrant: what it would be worth if all of it vested, against the share price."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Fill
from tightrope.units import usd_bn, usd_bn_range


_DOT = 5.0


def payoff(points: pd.DataFrame, bands: pd.DataFrame, width: int) -> alt.TopLevelMixin:
    """A line through zero: the value of a fully vested penny warrant at each share price.

    `points` has a row a price to mark: label, price (USD a share), value (USD billion), met
    (whether that price was ever reached). `bands` has a row a sum to compare with: label, low,
    high (USD billion). Both axes start at zero. Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    wide = width >= theme.WIDE / 1.5
    reach = marks.span(points.price) * 1.12
    slope = marks.span(points.value) / (marks.span(points.price) or 1)
    top_value = max(marks.span(bands.high) if len(bands) else 0.0, reach * slope) * 1.04
    left, top, height = 62.0, 30.0, 330.0 if wide else 300.0
    bottom, right = top + height, float(width) - 6
    across, up = (right - left) / (reach or 1), height / (top_value or 1)
    canvas.text(0, 9, "Value if all of it vested", size=marks.SMALL)
    for value in marks.ticks(0, top_value, 5):
        if value > top_value:
            continue
        y = bottom - value * up
        canvas.line([(left, y), (right, y)], opacity=theme.GRID_OPACITY)
        canvas.text(left - 6, y, usd_bn(value) if value else "0", "right", marks.SMALL)
    for price in marks.ticks(0, reach, 6 if wide else 3):
        if price > reach:
            continue
        canvas.text(left + price * across, bottom + 14, f"${price:,.0f}", "center", marks.SMALL)
    canvas.text(right, bottom + 34, "AMD share price", "right", marks.SMALL)
    canvas.line([(left, bottom), (right, bottom)], opacity=0.5)
    for band in bands.itertuples():
        y = bottom - float(str(band.high)) * up
        tall = (float(str(band.high)) - float(str(band.low))) * up
        words = f"{band.label}: {usd_bn_range(float(str(band.low)), float(str(band.high)))}"
        canvas.area(left, y, right - left, tall, Fill(theme.OUT_OF_OPENAI, "announced"), words)
        lines = marks.wrap(words, (right - left) * (0.7 if wide else 0.62), 3, marks.SMALL)
        inside = len(lines) * marks.LINE + 4 <= tall
        first = y + 12 if inside else y - 8 - (len(lines) - 1) * marks.LINE
        for place, line in enumerate(lines):
            canvas.text(left + 8, first + place * marks.LINE, line, size=marks.SMALL)
    canvas.line(
        [(left, bottom), (left + reach * across, bottom - reach * slope * up)],
        theme.INTO_OPENAI,
        2.5,
    )
    for point in points.itertuples():
        price, value = float(str(point.price)), float(str(point.value))
        x, y = left + price * across, bottom - value * up
        words = f"{point.label}: ${price:,.0f} a share, {usd_bn(value)}"
        canvas.line([(x, y), (x, bottom)], opacity=0.5, dash=marks.DASH)
        fill = theme.INTO_OPENAI if point.met else None
        canvas.symbol(x, y, marks.circle(_DOT), fill, theme.INTO_OPENAI, tip=words, z=3)
        # Below the line and left of the drop there is always room.
        lines = marks.wrap(str(point.label), 150 if wide else 92, 3, marks.SMALL)
        lines += [f"${price:,.0f}: {usd_bn(value)}"]
        start = y + 26 + (len(lines) - 1) * marks.LINE * 0.1
        for place, line in enumerate(lines):
            bold = place == len(lines) - 1
            canvas.text(
                x - 7, start + place * marks.LINE, line, "right", marks.SMALL, bold, z=3
            )
    return canvas.chart(bottom + 44)
