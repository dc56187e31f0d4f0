"""Running sums as bands: what moved in all, between the least and the most the evidence allows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import usd_bn


@dataclass(frozen=True)
class _Band:
    """A running sum between two bounds, at moments in order."""

    name: str
    direction: str
    rows: tuple[dict[str, Any], ...]

    @property
    def last(self) -> str:
        """Its range at the end, in words."""
        return marks.written(math.nan, self.rows[-1]["low"], self.rows[-1]["high"])


def bands(table: pd.DataFrame, width: int) -> Drawing:
    """Running sums as bands between a low and a high, over the ends of the years.

    Columns: series (name), direction ("in", "out", ... for the hue), year, low, high (USD billion
    at the end of the year). Each band is named at its end with its last range. Returns a chart
    `width` wide.
    """
    wide = marks.is_wide(width)
    series = [
        _Band(str(name), str(rows.direction.iloc[0]), tuple(marks.records(rows)))
        for name, rows in table.groupby("series", sort=False)
    ]
    canvas = Canvas(width)
    highest = marks.span(table.high)
    ticks = [t for t in marks.ticks(0, highest, 5) if t <= highest * 1.02]
    words = [usd_bn(tick) if tick else "$0" for tick in ticks]
    left = max(marks.text_width(word, marks.SMALL) for word in words) + 10
    labels = 190.0 if wide else 0.0
    right = width - (labels or 10.0)
    y = 0.0
    if not wide:
        items = [
            (f"{band.name}: {band.last}", Fill(marks.HUES[band.direction], "binding"))
            for band in series
        ]
        y = marks.key(canvas, items)
    top, tall = y + 14.0, 280.0 if wide else 240.0
    bottom = top + tall
    years = range(int(table.year.min()), int(table.year.max()) + 1)
    across = (right - left - 8) / max(len(years) - 1, 1)
    up = tall / (highest or 1)

    def place(year: object, value: object) -> tuple[float, float]:
        at = marks.amount(year) - years[0]
        return left + at * across, bottom - marks.amount(value) * up

    for tick, word in zip(ticks, words, strict=True):
        height = bottom - tick * up
        canvas.line([(left, height), (right, height)], opacity=theme.GRID_OPACITY if tick else 0.6)
        canvas.text(left - 6, height, word, "right", marks.SMALL)
    every = math.ceil(40 / across) if across < 40 else 1
    for number, year in enumerate(reversed(years)):
        if number % every == 0:
            canvas.text(place(year, 0)[0], bottom + 16, str(year), "center", marks.SMALL)
    ends: list[float] = []
    for band in series:
        hue = marks.HUES[band.direction]
        upper = [place(row["year"], row["high"]) for row in band.rows]
        lower = [place(row["year"], row["low"]) for row in band.rows]
        path = "M" + "L".join(f"{x:.1f},{h:.1f}" for x, h in (*upper, *reversed(lower))) + "Z"
        canvas.symbol(0, 0, path, hue, None, theme.BINDING_OPACITY * 0.7)
        dash: Sequence[float] = () if band.direction == "in" else (7, 3)
        for edge in (upper, lower):
            canvas.line(edge, hue, 1.8, dash=dash, z=1)
        for row in band.rows:
            middle = (marks.amount(row["low"]) + marks.amount(row["high"])) / 2
            x, height = place(row["year"], middle)
            span = marks.written(math.nan, row["low"], row["high"])
            tip = f"{band.name}, to the end of {row['year']}: {span}"
            canvas.symbol(x, height, marks.circle(5), hue, None, 0, tip=tip, z=2)
        ends.append((upper[-1][1] + lower[-1][1]) / 2)
    if wide:
        _name_ends(canvas, series, ends, right, (top, bottom))
    return canvas.chart(bottom + 26)


def _name_ends(
    canvas: Canvas,
    series: Sequence[_Band],
    ends: Sequence[float],
    right: float,
    bounds: tuple[float, float],
) -> None:
    room = canvas.width - right - 12
    names = [marks.wrap(band.name, room, 2, bold=True) for band in series]
    tall = (max(len(lines) for lines in names) + 1) * marks.LINE
    heights = marks.spread(ends, tall + 8, bounds[0] + tall / 2 - 8, bounds[1] - tall / 2)
    for band, lines, height in zip(series, names, heights, strict=True):
        marks.block(canvas, right + 12, height - marks.LINE / 2, lines, bold=True)
        below = height + len(lines) * marks.LINE / 2
        canvas.text(right + 12, below, band.last)
