"""A part of a whole, day after day: what came in, and how much of it could come back round."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from tightrope.charts import look, marks, theme
from tightrope.charts.look import Plot
from tightrope.charts.marks import SMALL, Fill
from tightrope.units import usd_bn

_FILLS = {
    "straight back": Fill(theme.ROUND_TRIP),
    "back by a third party": Fill(theme.ROUND_TRIP, "binding"),
    "no way back known": Fill(theme.INTO_OPENAI),
}
_YEAR = marks.text_width("2026", SMALL) + 6


def quarters(table: pd.DataFrame, width: int) -> alt.LayerChart:
    """A column a day of the table, from zero: all that comes in, and in it what can return.

    Columns: day, inflow, direct (returns straight from the party that was paid), any_route (by
    any route, at least `direct`); USD billion, in order of day. The column with the largest
    returning sum and the last one are labelled with it, in dollars and as a share. Returns a
    chart `width` wide.
    """
    days = pd.to_datetime(table.day)
    rows = table.reset_index(drop=True).assign(day=days.dt.strftime("%Y-%m-%d").to_numpy())
    most = max(*rows.inflow, 0.0) or 1.0
    ticks = look.ticks(0, most, 4)
    left = look.room(marks.tick_labels(ticks)) + 8
    peak = int(rows.any_route[::-1].idxmax())
    labelled = rows.iloc[sorted({peak, len(rows) - 1})].query("any_route > 0")
    # One label above the other, whichever columns they lead to.
    parts = _parts(rows)
    plot, key = Plot(width - left, 230, left, top=2 + 32 * len(labelled), bottom=24).key(
        (part, fill) for part, fill in _FILLS.items() if part in set(parts.part)
    )
    step = plot.width / len(rows)
    named: list[int] = []
    for place, day in enumerate(days):
        is_free = not named or (place - named[-1]) * step >= _YEAR
        if is_free and (place == 0 or day.quarter == 1) and place * step + _YEAR <= plot.width:
            named.append(place)
    years = look.names(
        SMALL,
        values=named,
        labelExpr=f"{[day.year for day in days]}[datum.value]",
        labelAlign="left",
        ticks=True,
    )
    x = alt.X("x:Q", axis=years, scale=alt.Scale(domain=[0, len(rows)], nice=False))
    y = look.money("end", ticks, (0.0, max(most, ticks[-1])))
    gap = 1.5 if step > 8 else 1.0
    columns = look.data(parts).mark_bar(strokeWidth=1, xOffset=gap, x2Offset=-gap)
    labelled = labelled.assign(x=labelled.index + 0.5, end=labelled.any_route, top=most)
    leads = look.data(labelled)
    words = look.data(_words(labelled, plot, step)).mark_text(
        align="right",
        baseline="middle",
        fontSize=SMALL,
        fontWeight="bold",
        dy=alt.ExprRef("datum.dy"),
    )
    top, fills = alt.Y("top:Q"), look.fills("part", _FILLS)
    return plot.chart(
        *key,
        columns.encode(x, alt.X2("x2"), y, alt.Y2("start"), *look.tip(), *fills),
        look.zero("y"),
        leads.mark_rule(opacity=0.7, strokeDash=[2, 3]).encode(x, top, alt.Y2("end")),
        leads.mark_circle(size=28, opacity=1, color=theme.INK).encode(x, y),
        words.encode(x, top, alt.Text("text:N")),
    )


def _parts(rows: pd.DataFrame) -> pd.DataFrame:
    """A row for each part of a column, from zero on."""
    tips = [
        f"{row.day}: {usd_bn(row.inflow)} in; straight back {usd_bn(row.direct)}, by any route "
        f"{usd_bn(row.any_route)}"
        for row in rows.itertuples()
    ]
    rows = rows.assign(x=rows.index, x2=rows.index + 1, tip=tips)
    ends = [0 * rows.direct, rows.direct, rows.any_route, rows.inflow]
    parts = zip(_FILLS, pairwise(ends), strict=True)
    found = pd.concat(rows.assign(part=part, start=low, end=high) for part, (low, high) in parts)
    return found[found.end > found.start + 1e-9]


def _words(rows: pd.DataFrame, plot: Plot, step: float) -> list[dict[str, Any]]:
    """Two lines above all columns that end at each of these, the first ones higher."""
    found: list[dict[str, Any]] = []
    for place, row in zip(rows.index, marks.records(rows), strict=True):
        lines = [
            f"{usd_bn(row['any_route'])} of {usd_bn(row['inflow'])}",
            f"{row['any_route'] / row['inflow']:.0%} can return",
        ]
        # They begin within the drawing, however early the column.
        reach = max((place + 0.5) * step + 4, look.room(lines, bold=True) - plot.left)
        up = 27 + 32 * (len(rows) - 1 - len(found) // 2)
        found += [
            {"x": min(reach, plot.width) / step, "top": row["top"], "text": line, "dy": dy}
            for line, dy in zip(lines, (-up, 15 - up), strict=True)
        ]
    return found
