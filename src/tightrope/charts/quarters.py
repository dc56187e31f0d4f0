"""A part of a whole, day after day: what came in, and how much of it could come back round."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import usd_bn

_DEEP = 230.0


def quarters(table: pd.DataFrame, width: int) -> Drawing:
    """A column a day of the table, from zero: all that comes in, and in it what can return.

    Columns: day, inflow, direct (returns straight from the party that was paid), any_route (by
    any route, at least `direct`); USD billion, in order of day. The column with the largest
    returning sum and the last one are labelled with it, in dollars and as a share. Returns a
    chart `width` wide.
    """
    rows = marks.records(table)
    canvas = Canvas(width)
    items = [
        ("straight back", Fill(theme.ROUND_TRIP)),
        ("back by a third party", Fill(theme.ROUND_TRIP, "binding")),
        ("no way back known", Fill(theme.INTO_OPENAI)),
    ]
    y = marks.key(canvas, items) + 34
    most = marks.span([*(row["inflow"] for row in rows), 0.0]) or 1.0
    ticks = [tick for tick in marks.ticks(0.0, most, 4) if tick <= most * 1.02]
    words = marks.tick_labels(ticks)
    left = max(marks.text_width(word, marks.SMALL) for word in words) + 8
    bottom = y + _DEEP
    up = _DEEP / max(most, ticks[-1])
    for tick, word in zip(ticks, words, strict=True):
        canvas.line(
            [(left, bottom - tick * up), (width, bottom - tick * up)],
            opacity=0.6 if tick == 0 else theme.GRID_OPACITY,
        )
        canvas.text(left - 6, bottom - tick * up, word, "right", marks.SMALL)
    step = (width - left) / len(rows)
    gap = 2.0 if step > 8 else 1.0
    written = -math.inf
    for place, row in enumerate(rows):
        x = left + place * step + gap / 2
        _column(canvas, row, x, step - gap, bottom, up)
        day = pd.Timestamp(row["day"])
        if day.quarter == 1 or place == 0:
            canvas.line([(x - gap / 2, bottom), (x - gap / 2, bottom + 5)], opacity=0.6)
            year = f"{day.year}"
            if x >= written:
                canvas.text(x, bottom + 15, year, size=marks.SMALL)
                written = x + marks.text_width(year, marks.SMALL) + 6
    peak = max(range(len(rows)), key=lambda place: (rows[place]["any_route"], place))
    for place in sorted({peak, len(rows) - 1}):
        if rows[place]["any_route"] > 0:
            x = left + (place + 0.5) * step
            _label(canvas, rows[place], x, bottom, up, rows, place == peak)
    return canvas.chart(bottom + 24)


def _column(
    canvas: Canvas, row: dict[str, Any], x: float, wide: float, bottom: float, up: float
) -> None:
    tip = (
        f"{pd.Timestamp(row['day']):%Y-%m-%d}: {usd_bn(row['inflow'])} in; straight back "
        f"{usd_bn(row['direct'])}, by any route {usd_bn(row['any_route'])}"
    )
    low = 0.0
    for upto, fill in (
        (row["direct"], Fill(theme.ROUND_TRIP)),
        (row["any_route"], Fill(theme.ROUND_TRIP, "binding")),
        (row["inflow"], Fill(theme.INTO_OPENAI)),
    ):
        if upto > low + 1e-9:
            canvas.area(x, bottom - upto * up, wide, (upto - low) * up, fill, tip)
            low = upto


def _label(
    canvas: Canvas,
    row: dict[str, Any],
    x: float,
    bottom: float,
    up: float,
    rows: list[dict[str, Any]],
    is_peak: bool,
) -> None:
    """Two lines above the columns, led to the top of what returns."""
    share = row["any_route"] / row["inflow"]
    lines = [f"{usd_bn(row['any_route'])} of {usd_bn(row['inflow'])}", f"{share:.0%} can return"]
    wide = max(marks.text_width(line, marks.SMALL, bold=True) for line in lines)
    at_end = row is rows[-1]
    right = canvas.width if at_end else x + 4
    if right - wide < 0:
        right = wide
    above = bottom - max(r["inflow"] for r in rows) * up - 14 if at_end else None
    crown = bottom - row["inflow"] * up - 24
    y = above if above is not None else crown
    for place, line in enumerate(lines):
        canvas.text(right, y - 12 + place * 15, line, "right", marks.SMALL, bold=True)
    canvas.line([(x, y + 12), (x, bottom - row["any_route"] * up)], theme.INK, 1, 0.7, [2, 3], z=2)
    canvas.symbol(x, bottom - row["any_route"] * up, marks.circle(3), theme.INK, z=3)
