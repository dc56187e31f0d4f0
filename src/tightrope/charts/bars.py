"""Money by year as stacked bars: columns on a wide page, rows on a phone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from tightrope.charts import look, marks, theme
from tightrope.charts.look import Plot
from tightrope.charts.marks import Fill
from tightrope.units import UNKNOWN, usd_bn, usd_bn_short

UNDATED = "undated"


def bars_by_year(
    table: pd.DataFrame,
    width: int,
    colours: Mapping[str, str | Fill],
) -> alt.LayerChart:
    """Stacked columns a year (wide) or stacked bars a year (narrow); negatives beyond zero.

    Columns: year (missing: drawn last as "undated"), series (name), amount (USD billion, may be
    negative; missing is written "+ ?", not drawn). `colours` gives each series its hue, or a
    `Fill` of hue and rung, and the order of stacking from zero outwards; every series must be in
    it (KeyError). Years between the first and the last are drawn even if empty. Returns a chart
    `width` wide.
    """
    fills = {name: Fill(fill) if isinstance(fill, str) else fill for name, fill in colours.items()}
    unknown = set(table.series) - set(fills)
    if unknown:
        raise KeyError(f"no colour for the series {', '.join(sorted(map(str, unknown)))}")
    stacks = _stacked(table, list(fills))
    present = {name: fill for name, fill in fills.items() if name in set(table.series)}
    return (_columns if marks.is_wide(width) else _rows)(*stacks, present, width)


def _stacked(table: pd.DataFrame, order: list[str]) -> tuple[list[str], pd.DataFrame, pd.DataFrame]:
    """The years, the parts of their stacks from zero outwards, and the words at the ends."""
    named = table.assign(
        year=table.year.map(lambda year: UNDATED if pd.isna(year) else str(int(year))),
        series=pd.Categorical(table.series, order),
        amount=table.amount.astype("float64"),
    )
    sums = named.groupby(["year", "series"], observed=True).amount.sum(min_count=1)
    known = sums[sums.notna() & sums.ne(0)].reset_index()
    parts = known.assign(
        series=known.series.astype(str), side=known.amount.gt(0), label=known.amount.map(usd_bn)
    )
    stacks = parts.groupby(["year", "side"]).amount
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
        sides = [side for side in (True, False) if (year, side) in totals.index]
        more = bool(is_open.get(year, False))
        # The unknown part may be on either side; it is said once.
        ends += [
            {
                "year": year,
                "up": side,
                "end": float(totals[year, side]),
                "text": _written(totals[year, side], more and side == sides[0]),
            }
            for side in sides
        ]
        if not sides:
            said = UNKNOWN if more else "nothing" if year in is_open.index else "–"
            ends.append({"year": year, "up": True, "end": 0.0, "text": said})
    return years, parts, pd.DataFrame(ends)


def _written(sum_: float, is_more: bool) -> str:
    return usd_bn_short(sum_, math.nan if is_more else sum_)


def _columns(
    years: list[str], parts: pd.DataFrame, ends: pd.DataFrame, fills: Mapping[str, Fill], width: int
) -> alt.LayerChart:
    # The names of the first and the last year may be wider than their columns.
    side = max(0.0, (look.room(years) - width / max(len(years), 1)) / 2)
    step = min((width - 2 * side) / max(len(years), 1), 150.0)
    several = parts[parts.of > 1]
    # Segments are labelled on their right if the columns leave room for it.
    room = step - look.room(several.label) - 10
    beside = len(several) > 0 and room >= 18
    column = min(room if beside else step * 0.6, 64.0)
    low, high = _reach(ends)
    up = 260 / (high - low)
    down = 22.0 if low else 4.0
    right = width - side - step * len(years)
    plot = Plot(step * len(years), 260, side, right, top=22, bottom=down + 20)
    plot, key = _keyed(plot, fills)
    every = math.ceil((look.room(years) + 6) / step)
    named = [year for place, year in enumerate(reversed(years)) if place % every == 0]
    size = theme.FONT_SIZE if every == 1 and step > 40 else marks.SMALL
    edge = 2 - step / 2
    aligned = {"labelAlign": "left", "labelOffset": edge} if beside else {"labelAlign": "center"}
    axis = look.names(size, values=named, labelPadding=down + 8, **aligned)
    x = alt.X("year:O", sort=years, axis=axis, scale=alt.Scale(domain=years, padding=0))
    y = alt.Y("end:Q", axis=None, scale=alt.Scale(domain=[low, high], nice=False))
    shift = edge + column / 2 if beside else 0.0
    bars = look.data(parts).mark_bar(width=column, xOffset=shift, strokeWidth=1)
    words = look.data(
        ends.assign(dx=[_inwards(row, years, step, size, width) for row in marks.records(ends)])
    ).mark_text(
        align="left" if beside else "center",
        baseline="middle",
        dx=edge if beside else alt.ExprRef("datum.dx"),
        dy=alt.ExprRef("datum.up ? -10 : 11"),
        fontSize=size,
        fontWeight="bold" if len(several) or size == marks.SMALL else "normal",
    )
    layers = [bars.encode(x, y, alt.Y2("start:Q"), *look.tip(), *look.fills("series", fills))]
    if beside:
        tall = several[several.amount.abs() * up >= marks.SMALL]
        layers.append(
            look.data(tall.assign(end=(tall.start + tall.end) / 2))
            .mark_text(align="left", dx=edge + column + 4, fontSize=marks.SMALL, baseline="middle")
            .encode(x, y, alt.Text("label:N"))
        )
    return plot.chart(*key, *layers, words.encode(x, y, alt.Text("text:N")), look.zero("y"))


def _inwards(
    row: Mapping[str, Any], years: list[str], step: float, size: int, width: float
) -> float:
    """How far words centred on a column must move so that they stay within the drawing."""
    half = marks.text_width(str(row["text"]), size, bold=True) / 2
    middle = (years.index(row["year"]) + 0.5) * step
    return min(max(middle, half), width - half) - middle


def _reach(ends: pd.DataFrame) -> tuple[float, float]:
    low, high = min([0.0, *ends["end"]]), max([0.0, *ends["end"]])
    return low, high if high > low else low + 1


def _keyed(plot: Plot, fills: Mapping[str, Fill]) -> tuple[Plot, list[alt.Chart]]:
    if len(fills) < 2:
        return plot, []
    # The order says which is which to those who cannot tell the hues apart.
    return plot.key(fills.items(), "From zero outwards:")


def _rows(
    years: list[str], parts: pd.DataFrame, ends: pd.DataFrame, fills: Mapping[str, Fill], width: int
) -> alt.LayerChart:
    size = theme.FONT_SIZE
    before, after = (
        max((marks.text_width(text, size) + 6 for text in ends[ends.up == up].text), default=0)
        for up in (False, True)
    )
    names = marks.column_width(years, 80)
    left = names + 10 + before
    plot = Plot(width - left - after, 28 * len(years), left=left, right=after)
    plot, key = _keyed(plot, fills)
    axis = look.names(size, labelPadding=before + 10, orient="left")
    y = alt.Y("year:O", sort=years, axis=axis, scale=alt.Scale(domain=years, padding=0))
    x = alt.X("end:Q", axis=None, scale=alt.Scale(domain=list(_reach(ends)), nice=False))
    bars = look.data(parts).mark_bar(height=18, strokeWidth=1)
    drawn = bars.encode(y, x, alt.X2("start:Q"), *look.tip(), *look.fills("series", fills))
    style: dict[str, Any] = {"baseline": "middle", "fontSize": size}
    after_bar = look.data(ends[ends.up]).mark_text(align="left", dx=5, **style)
    before_bar = look.data(ends[~ends.up]).mark_text(align="right", dx=-5, **style)
    words = [side.encode(y, x, alt.Text("text:N")) for side in (after_bar, before_bar)]
    return plot.chart(*key, drawn, *words, look.zero("x"))
