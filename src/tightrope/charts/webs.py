"""Measures of several webs side by side: under each measure a row a web, a range and a dot."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import PERCENT, Heading, Lane, Row, Upright, bar, dot, signs, wire
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows

_THICK, _TALL, _RADIUS = 8, 20.0, 5.0
_DOT = marks.circle(_RADIUS)
INDEX: dict[float, str] = {0: "0", 2500: "2,500", 5000: "5,000", 7500: "7,500", 10000: "10,000"}
"""Ticks of a scale of concentration."""


def webs(table: pd.DataFrame, width: int, ticks: Mapping[float, str] = PERCENT) -> Drawing:
    """A row a web under the name of each measure: its range, a dot at what is stated, and words.

    Columns: measure, hue (of its marks), web, low, stated, high (in the unit of `ticks`; all
    missing where nothing can be said, `stated` alone where there is only a range), words. What
    lies beyond the last tick ends in an arrow. Measures and webs keep the order of the table.
    Returns a chart `width` wide.
    """
    last = max(ticks)
    items: list[Row | Heading] = []
    for measure, rows in table.groupby("measure", sort=False):
        items.append(Heading(str(measure)))
        items += [Row(str(row["web"]), [_lane(row, last)]) for row in marks.records(rows)]
    canvas = Canvas(width)
    key = {"as stated": dot(0.5, _DOT, theme.INK), "range": bar(0, 1, _range(theme.INK), _THICK)}
    y = signs(canvas, key)
    grid = [Upright(tick, theme.GRID_OPACITY, z=-1) for tick in ticks]
    layout = Rows(
        canvas, items, names=200, span=(0, last), aside=230, inset=14, uprights=grid, gap=6
    )
    return layout.chart(layout.ticks(y, dict(ticks)))


def _range(hue: str) -> Fill:
    return Fill(hue, "binding")


def _lane(row: Mapping[str, Any], last: float) -> Lane:
    low, stated, high = (marks.amount(row[end]) for end in ("low", "stated", "high"))
    words, hue = str(row["words"]), str(row["hue"])
    if math.isnan(low) or math.isnan(high):
        return Lane((), words, tip=f"{row['web']}: {words}", tall=_TALL)
    found = [wire(0, last, 0.15), bar(min(low, last), min(high, last), _range(hue), _THICK)]
    if not math.isnan(stated):
        found.append(dot(min(stated, last), _DOT, hue, radius=_RADIUS))
    if high > last:
        found.append(dot(last, "M3,-6L12,0L3,6Z", hue))
    return Lane(found, words, tip=f"{row['web']}, {row['measure']}: {words}", tall=_TALL)
