"""Running sums as bands: what moved in all, between the least and the most the evidence allows."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from tightrope.charts import look, marks, theme
from tightrope.charts.look import Plot
from tightrope.charts.marks import SMALL, Fill
from tightrope.units import usd_bn_known


def bands(table: pd.DataFrame, width: int) -> alt.LayerChart:
    """Running sums as bands between a low and a high, over the ends of the years.

    Columns: series (name), direction ("in", "out", ... for the hue), year, low, high (USD billion
    at the end of the year). Each band is named with its last range: at its end, on a phone above.
    Returns a chart `width` wide.
    """
    is_wide = marks.is_wide(width)
    spans = [usd_bn_known(math.nan, *ends) for ends in zip(table.low, table.high, strict=True)]
    rows = table.assign(
        span=spans, tip=table.series + ", to the end of " + table.year.astype(str) + ": " + spans
    )
    last = marks.records(rows.groupby("series", sort=False, as_index=False).last())
    series = [row["series"] for row in last]
    hues = [marks.HUES[row["direction"]] for row in last]
    dashes = [[1, 0] if row["direction"] == "in" else [7, 3] for row in last]
    ticks = look.ticks(0, marks.span(table.high), 5)
    reach = 0.0, max(*table.high, *ticks)
    left, right = look.room(marks.tick_labels(ticks)) + 8, 190.0 if is_wide else 10.0
    plot = Plot(width - left - right, 280 if is_wide else 240, left, right, top=14, bottom=28)
    labels = [
        look.label(
            (row["low"] + row["high"]) / 2,
            [
                *((line, True) for line in marks.wrap(row["series"], right - 14, 2, SMALL, True)),
                (row["span"], False),
            ],
        )
        for row in last
    ]
    words = [look.beside(look.data(look.apart(plot, reach, labels)), plot.width + 12)]
    if not is_wide:
        named = [f"{row['series']}: {row['span']}" for row in last]
        fills = [Fill(hue, "binding") for hue in hues]
        plot, words = plot.key(zip(named, fills, strict=True))
    x = look.years(int(table.year.min()), int(table.year.max()), plot.width)
    high, low = look.money("high", ticks, reach), look.money("low", ticks, reach)
    fill, stroke = (look.ordinal(one, "series", series, hues) for one in (alt.Fill, alt.Stroke))
    dash = look.ordinal(alt.StrokeDash, "series", series, dashes)
    drawn = look.data(rows)
    area = drawn.mark_area(fillOpacity=theme.BINDING_OPACITY * 0.7, line=False, opacity=1)
    edge = drawn.mark_line(strokeWidth=1.8)
    return plot.chart(
        look.zero("y"),
        area.encode(x, high, alt.Y2("low:Q"), fill, alt.Detail("series:N")),
        edge.encode(x, high, stroke, dash, *look.tip()),
        edge.encode(x, low, stroke, dash, *look.tip()),
        *words,
    )
