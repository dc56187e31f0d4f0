"""Lines over the years in a few panels on one scale: the same account under other assumptions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing
from tightrope.units import usd_bn

_DASHES: list[Sequence[float]] = [(), (7, 3), (2, 3), (7, 3, 2, 3)]
_LABEL = 136.0
"""Room for a sample of a line and its name."""
_SAMPLE = 24.0


class _Frame(NamedTuple):
    """Where a panel lies, in pixels, and its scales."""

    left: float
    right: float
    bottom: float
    across: float
    up: float
    first: int
    lowest: float

    def place(self, year: float, value: float) -> tuple[float, float]:
        return (
            self.left + (year - self.first) * self.across,
            self.bottom - (value - self.lowest) * self.up,
        )


def line_panels(table: pd.DataFrame, width: int, hue: str = theme.INK) -> Drawing:
    """A panel a group of assumptions; in it a line a series, named at its end.

    Columns: panel, series, year, value (USD billion at the end of the year). All panels share one
    scale, zero is marked. Lines of a panel differ in their dashes, in the order of the table.
    Returns a chart `width` wide.
    """
    panels = [(str(name), rows) for name, rows in table.groupby("panel", sort=False)]
    columns = len(panels) if marks.is_wide(width) else 1
    canvas = Canvas(width)
    highest, lowest = max(0.0, table.value.max()), min(0.0, table.value.min())
    ticks = [t for t in marks.ticks(lowest, highest, 7) if lowest <= t <= highest]
    words = [usd_bn(tick) if tick else "$0" for tick in ticks]
    axis = max(marks.text_width(word, marks.SMALL) for word in words) + 8
    gap, tall = 22.0, 230.0 if columns > 1 else 190.0
    first, last = int(table.year.min()), int(table.year.max())
    panel_width = (width - axis - gap * (columns - 1)) / columns
    up = tall / ((highest - lowest) or 1)
    deep = 24 + tall + 34
    for number, (name, rows) in enumerate(panels):
        row, column = divmod(number, columns)
        left = axis + column * (panel_width + gap)
        bottom = row * deep + 24 + tall
        right = left + panel_width - _LABEL
        across = (right - left) / max(last - first, 1)
        frame = _Frame(left, right, bottom, across, up, first, lowest)
        canvas.text(left, bottom - tall - 16, name, bold=True)
        for tick, word in zip(ticks, words, strict=True):
            y = frame.place(first, tick)[1]
            shade = 0.6 if tick == 0 else theme.GRID_OPACITY
            canvas.line([(left, y), (right, y)], opacity=shade)
            if column == 0:
                canvas.text(left - 5, y, word, "right", marks.SMALL)
        every = math.ceil(40 / across) if across < 40 else 1
        for year in range(first, last + 1, every):
            x = frame.place(year, 0)[0]
            canvas.text(x, bottom + 16, str(year), "center", marks.SMALL)
        _lines(canvas, frame, marks.records(rows), hue, tall)
    return canvas.chart(math.ceil(len(panels) / columns) * deep)


def _lines(
    canvas: Canvas, frame: _Frame, rows: Sequence[dict[str, Any]], hue: str, tall: float
) -> None:
    names = list(dict.fromkeys(str(row["series"]) for row in rows))
    ends: list[tuple[float, float]] = []
    for number, name in enumerate(names):
        line = [row for row in rows if row["series"] == name]
        points = [frame.place(row["year"], row["value"]) for row in line]
        thick = 2.6 if number == 0 else 1.8
        canvas.line(points, hue, thick, dash=_DASHES[number % len(_DASHES)], tip=name, z=1)
        for point, row in zip(points, line, strict=True):
            tip = f"{name}, end of {row['year']}: {usd_bn(row['value'])}"
            canvas.symbol(*point, marks.circle(2.2), hue, tip=tip, z=2)
        ends.append(points[-1])
    start = frame.right + 12 + _SAMPLE
    wrapped = [marks.wrap(name, _LABEL - 16 - _SAMPLE, 2, marks.SMALL) for name in names]
    room = max(len(lines) for lines in wrapped) * marks.LINE + 8
    heights = marks.spread(
        [y for _, y in ends], room, frame.bottom - tall + room / 2, frame.bottom - room / 2 + 8
    )
    for number, (lines, height) in enumerate(zip(wrapped, heights, strict=True)):
        # Lines may end in one point: a sample says which is which.
        sample = [(frame.right + 8, height), (frame.right + 8 + _SAMPLE, height)]
        thick = 2.6 if number == 0 else 1.8
        canvas.line(sample, hue, thick, dash=_DASHES[number % len(_DASHES)])
        marks.block(canvas, start, height, lines, size=marks.SMALL)
