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
    top_value = max(marks.span(bands.high) if len(bands) else 0.0, reach * slope) * 1.12
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
    for place, band in enumerate(bands.itertuples()):
        low, high = float(str(band.low)), float(str(band.high))
        words = f"{band.label}: {usd_bn_range(low, high)}"
        y, tall = bottom - high * up, (high - low) * up
        canvas.area(left, y, right - left, tall, Fill(theme.OUT_OF_OPENAI, "announced"), words)
        lines = marks.wrap(words, (right - left) * 0.72, 2, marks.SMALL)
        above = place == 0
        # The highest band is named above it, others below it where the line has passed them.
        y = y - 10 - (len(lines) - 1) * marks.LINE if above else y + tall + 10
        for number, line in enumerate(lines):
            x, align = (left + 2, "left") if above else (right, "right")
            canvas.text(x, y + number * marks.LINE, line, align, marks.SMALL)
    canvas.line(
        [(left, bottom), (left + reach * across, bottom - reach * slope * up)],
        theme.INTO_OPENAI,
        2.5,
    )
    for point in points.itertuples():
        price, value = float(str(point.price)), float(str(point.value))
        x, y = left + price * across, bottom - value * up
        sums = f"${price:,.0f}: {usd_bn(value)}"
        fill = theme.INTO_OPENAI if point.met else None
        tip = f"{point.label}: ${price:,.0f} a share, {usd_bn(value)}"
        canvas.symbol(x, y, marks.circle(_DOT), fill, theme.INTO_OPENAI, tip=tip, z=3)
        # Above the line and left of the mark there is always room.
        canvas.text(x - 9, y - 7 - marks.LINE, str(point.label), "right", marks.SMALL, z=3)
        canvas.text(x - 9, y - 7, sums, "right", marks.SMALL, True, z=3)
    return canvas.chart(bottom + 44)
