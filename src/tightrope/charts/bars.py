"""Money by year as stacked bars: columns on a wide page, rows on a phone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from tightrope.charts import look, marks, theme
from tightrope.charts.lanes import Lane, Row, Upright, bar, fills_of
from tightrope.charts.look import Plot
from tightrope.charts.marks import SMALL, Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import UNKNOWN, usd_bn, usd_bn_short

UNDATED = "undated"
_UP, _THICK = 260, 28
"""Height of the columns together, and of a row, in pixels."""
_ORDER = "From zero outwards:"
"""Before the key, so that it says which is which to those who cannot tell the hues apart."""


def bars_by_year(
    table: pd.DataFrame,
    width: int,
    colours: Mapping[str, str | Fill],
) -> alt.LayerChart | Drawing:
    """Stacked columns a year (wide) or stacked bars a year (narrow); negatives beyond zero.

    Columns: year (missing: drawn last as "undated"), series (name), amount (USD billion, may be
    negative; missing is written "+ ?", not drawn). `colours` gives each series its hue, or a
    `Fill` of hue and rung, and the order of stacking from zero outwards; every series must be in
    it (KeyError). Years between the first and the last are drawn even if empty. Returns a chart
    `width` wide.
    """
    used = set(table.series)
    fills = {name: one for name, one in fills_of(colours, used).items() if name in used}
    years, parts, ends = _stacked(table, list(fills))
    if marks.is_wide(width):
        return _columns(years, parts, ends, fills, width)
    return _rows(parts, ends, fills, width)


def _stacked(table: pd.DataFrame, order: list[str]) -> tuple[list[str], pd.DataFrame, pd.DataFrame]:
    """The years, the parts of their stacks from zero outwards, and the words at the ends."""
    named = table.assign(
        year=table.year.map(lambda year: UNDATED if pd.isna(year) else str(int(year))),
        series=pd.Categorical(table.series, order),
        amount=table.amount.astype("float64"),
    )
    sums = named.groupby(["year", "series"], observed=True).amount.sum(min_count=1)
    parts = sums[sums.notna() & sums.ne(0)].reset_index().astype({"series": str})
    parts = parts.assign(up=parts.amount.gt(0), label=parts.amount.map(usd_bn))
    stacks = parts.groupby(["year", "up"]).amount
    parts = parts.assign(
        end=stacks.cumsum(),
        start=stacks.cumsum() - parts.amount,
        of=stacks.transform("size"),
        tip=parts.year + ", " + parts.series + ": " + parts.label,
    )
    dated = table.year.dropna().astype(int)
    years = [str(year) for year in range(dated.min(), dated.max() + 1)] if len(dated) else []
    years += [UNDATED] if table.year.isna().any() else []
    totals, is_open = stacks.sum(), sums.isna().groupby("year").any()
    ends = []
    for year in years:
        sides = [up for up in (True, False) if (year, up) in totals.index]
        more = bool(is_open.get(year, False))
        for up in sides:
            # The unknown part may be on either side; it is said once.
            end = float(totals[year, up])
            text = usd_bn_short(end, math.nan if more and up == sides[0] else end)
            ends.append({"year": year, "up": up, "end": end, "text": text})
        if not sides:
            said = UNKNOWN if more else "nothing" if year in is_open.index else "–"
            ends.append({"year": year, "up": True, "end": 0.0, "text": said})
    return years, parts, pd.DataFrame(ends)


def _columns(
    years: list[str], parts: pd.DataFrame, ends: pd.DataFrame, fills: Mapping[str, Fill], width: int
) -> alt.LayerChart:
    count = max(len(years), 1)
    # Words at the first and the last year may be wider than their columns.
    side = max(0.0, (look.room([*years, *ends.text], bold=True) - width / count) / 2)
    step = min((width - 2 * side) / count, 150.0)
    several = parts[parts.of > 1]
    # Segments are labelled on their right if the columns leave room for it.
    room = step - look.room(several.label) - 10
    beside = len(several) > 0 and room >= 18
    column = min(room if beside else step * 0.6, 64.0)
    reach = _reach(ends)
    down = 22.0 if reach[0] else 4.0
    plot = Plot(step * count, _UP, side, width - side - step * count, top=22, bottom=down + 20)
    plot, key = plot.key(fills.items(), _ORDER) if len(fills) > 1 else (plot, [])
    every = math.ceil((look.room(years) + 6) / step)
    size = theme.FONT_SIZE if every == 1 and step > 40 else SMALL
    edge = 2 - step / 2
    left: dict[str, Any] = {"align": "left", "baseline": "middle"}
    aligned = {"labelAlign": "left", "labelOffset": edge} if beside else {"labelAlign": "center"}
    axis = look.names(size, values=years[::-every], labelPadding=down + 8, **aligned)
    x = alt.X("year:O", sort=years, axis=axis, scale=alt.Scale(domain=years, padding=0))
    y = alt.Y("end:Q", axis=None, scale=alt.Scale(domain=reach, nice=False))
    shift = edge + column / 2 if beside else 0.0
    bars = look.data(parts).mark_bar(width=column, xOffset=shift, strokeWidth=1)
    words = look.data(ends).mark_text(
        **left | ({"dx": edge} if beside else {"align": "center"}),
        dy=alt.ExprRef("datum.up ? -10 : 11"),
        fontSize=size,
        fontWeight="bold" if len(several) or size == SMALL else "normal",
    )
    layers = [bars.encode(x, y, alt.Y2("start:Q"), *look.tip(), *look.fills("series", fills))]
    if beside:
        tall = several[several.amount.abs() * _UP / (reach[1] - reach[0]) >= SMALL]
        middles = look.data(tall.assign(end=(tall.start + tall.end) / 2))
        labels = middles.mark_text(**left, dx=edge + column + 4, fontSize=SMALL)
        layers.append(labels.encode(x, y, alt.Text("label:N")))
    return plot.chart(*key, *layers, words.encode(x, y, alt.Text("text:N")), look.zero("y"))


def _rows(
    parts: pd.DataFrame, ends: pd.DataFrame, fills: Mapping[str, Fill], width: int
) -> Drawing:
    lanes = []
    for year, said in ends.groupby("year", sort=False):
        words = dict(zip(said.up, said.text, strict=True))
        own = marks.records(parts[parts.year.eq(year)])
        bars = [bar(one["start"], one["end"], fills[one["series"]], tip=one["tip"]) for one in own]
        lanes.append(Lane(bars, words.get(True, ""), words.get(False, ""), str(year), tall=_THICK))
    canvas, y = Canvas(width), 0.0
    if len(fills) > 1:
        canvas.text(0, 9, _ORDER, size=SMALL)
        y = marks.key(canvas, fills.items(), y=20)
    return Rows(canvas, [Row("", lanes)], uprights=[Upright(0)]).chart(y)


def _reach(ends: pd.DataFrame) -> list[float]:
    """The ends of the scale: zero and the lowest and highest sums."""
    low, high = min([0.0, *ends["end"]]), max([0.0, *ends["end"]])
    return [low, high if high > low else low + 1]
