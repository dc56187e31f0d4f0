"""Lines over the years, each named at its end: plans by vintage, an account by assumption."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd

from tightrope.charts import look, marks, theme
from tightrope.charts.look import Plot
from tightrope.charts.marks import SMALL
from tightrope.units import UNKNOWN, usd_bn

_DASHES = [[1, 0], [7, 3], [2, 3], [7, 3, 2, 3], [12, 4]]
_THICK = [2.8, 1.8, 1.8, 1.8, 1.8]
_SAMPLE = {True: 24.0, False: 14.0}
"""Length of the sample of a line before its name, on a wide page and on a phone."""


def lines_by_year(
    table: pd.DataFrame, width: int, colours: Mapping[str, str] | None = None
) -> alt.LayerChart:
    """A line for each vintage of a plan, named at its end; zero is marked.

    Columns: series (name), year, amount (USD billion, may be negative; missing breaks the line);
    optional vintage (sortable, such as the date of the plan): the newest is drawn thick and solid,
    older ones thinner and dashed, each in its own way. `colours` may give hues by series, else
    all are in the page's ink. Returns a chart `width` wide.
    """
    frame = table.assign(panel="", value=table.amount.astype("float64"))
    if "vintage" in frame:
        newest = frame.groupby("series").vintage.transform("max")
        frame = frame.assign(newest=newest).sort_values("newest", ascending=False, kind="stable")
    is_wide = marks.is_wide(width)
    plot = Plot(0, 288.0 if is_wide else 248.0, right=176 if is_wide else 116, top=12, bottom=28)
    ends = frame.dropna(subset="value").groupby("series").value.last().map(usd_bn)
    said = {str(name): f"{name}\n{ends.get(name, UNKNOWN)}" for name in frame.series}
    plot, layers, values = _drawn(frame, width, plot, said, colours or {})
    return plot.chart(*layers).properties(data=values)


def line_panels(table: pd.DataFrame, width: int, hue: str = theme.INK) -> alt.FacetChart:
    """A panel a group of assumptions; in it a line a series, named at its end.

    Columns: panel, series, year, value (USD billion at the end of the year). All panels share one
    scale, zero is marked. Lines of a panel differ in their dashes, in the order of the table.
    Returns a chart `width` wide.
    """
    panels = [str(name) for name in dict.fromkeys(table.panel)]
    columns = len(panels) if marks.is_wide(width) else 1
    plot = Plot(0, 230.0 if columns > 1 else 190.0, right=150, bottom=34)
    said = {str(name): str(name) for name in table.series}
    plot, layers, values = _drawn(table, width, plot, said, dict.fromkeys(said, hue), columns)
    return plot.panels("panel", panels, columns, values, *layers)


def _drawn(
    table: pd.DataFrame,
    width: int,
    plot: Plot,
    said: Mapping[str, str],
    hues: Mapping[str, str],
    columns: int = 1,
) -> tuple[Plot, list[alt.Chart], alt.InlineData]:
    """The plot with its place, the layers of every panel, and their data.

    `said` is what stands at the end of each series, `hues` in what colour it is drawn.
    """
    values = [*table.value.dropna(), 0.0]
    ticks = [round(tick, 9) for tick in marks.ticks(min(values), max(values), 5)]
    left = look.room(marks.tick_labels(ticks)) + 8
    plot = replace(plot, width=(width - left) / columns - plot.right, left=left)
    years = int(table.year.min()), int(table.year.max())
    rows = [
        row
        for _, panel in table.groupby("panel", sort=False)
        for row in _rows(panel, plot, (ticks[0], ticks[-1]), said)
    ]
    x = look.years(*years, plot.width)
    y = look.money("value", ticks, (ticks[0], ticks[-1]))
    names, ages = list(said), list(range(len(_DASHES)))
    shades = [hues.get(name, theme.INK) for name in names]
    style = [
        look.ordinal(alt.Stroke, "series", names, shades),
        look.ordinal(alt.StrokeDash, "age", ages, _DASHES),
        look.ordinal(alt.StrokeWidth, "age", ages, _THICK),
    ]
    points = alt.Chart().transform_filter("datum.kind == 'point'")
    ends = alt.Chart().transform_filter("datum.kind == 'end'")
    dots = look.ordinal(alt.Color, "series", names, shades)
    begin = plot.width + 8
    end = begin + _SAMPLE[marks.is_wide(width)]
    place = look.fixed(alt.XValue, begin), look.fixed(alt.X2Value, end)
    layers = [
        look.zero("y"),
        points.mark_line(strokeJoin="round").encode(x, y, *style, alt.Detail("series:N")),
        points.mark_circle(opacity=1, size=26).encode(x, y, dots, *look.tip()),
        # Lines may end in one point: a sample says which is which.
        ends.mark_rule().encode(y, *style, *place),
        look.beside(ends, end + 6),
    ]
    return plot, layers, alt.InlineData(values=rows)


def _rows(
    panel: pd.DataFrame, plot: Plot, scale: tuple[float, float], said: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Points of a panel's lines, and the names at their ends, pushed apart."""
    room = plot.right - 8 - 6 - _SAMPLE[plot.right > 120] - 2
    ages = {name: age for age, name in enumerate(panel.series.unique())}
    last = panel.groupby("series").value.last()
    points = panel.assign(
        kind="point",
        age=panel.series.map(ages),
        tip=[f"{row.series}, {row.year}: {usd_bn(row.value)}" for row in panel.itertuples()],
        value=panel.value.astype(object).where(panel.value.notna(), None),
    )
    ends = []
    for name, age in ages.items():
        lines = [
            (part, age == 0)
            for words in said[name].split("\n")
            for part in marks.wrap(words, room, 3, SMALL, bold=age == 0)
        ]
        own = {"kind": "end", "panel": panel.panel.iloc[0], "series": name, "age": age}
        ends.append(own | look.label(0.0 if math.isnan(last[name]) else last[name], lines))
    columns = ["kind", "panel", "series", "age", "year", "value", "tip"]
    return [*marks.records(points[columns]), *look.apart(plot, scale, ends)]
