"""Cash as a fan: how wide the doubt is, when money is missing, and how much at the worst."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd

from tightrope.charts import cash_band, cash_plot, legend, look, marks, theme
from tightrope.charts.cash_band import SAMPLE
from tightrope.charts.cash_plot import CashPlot, Line
from tightrope.charts.marks import LINE, SMALL, Canvas, Drawing
from tightrope.units import usd_bn

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_INNER = 0.34
"""How dense the inner band is, which lies upon the outer."""
_TALL = {True: 300.0, False: 260.0}
_LEADER = 16.0
_SERIF = 5.0


def fan(
    table: pd.DataFrame,
    width: int,
    path: pd.DataFrame,
    mark: tuple[int, float, float, str] | None = None,
) -> Drawing:
    """Bands in which cash lies in half and in nine of ten draws, and the line that halves them.

    Columns: year, quantile (each of `QUANTILES` in every year), cash (USD billion at the end of
    the year; what is below zero is missing). `path` (year, cash) is a run without chance, drawn
    dashed; `mark` a year, two levels of cash at its end and words: a bracket from one level to the
    other, such as from the buffer down to cash in the worst year. Returns a chart `width` wide.
    Raises ValueError for quantiles that lack, amounts that are not known, fewer than two years,
    a path without each of the years, and a mark outside them.
    """
    by_year = table.pivot(index="year", columns="quantile", values="cash").astype("float64")
    if tuple(by_year.columns) != QUANTILES or by_year.isna().any(axis=None) or len(by_year) < 2:
        raise ValueError(
            f"a fan needs cash at the quantiles {', '.join(map(str, QUANTILES))} "
            "at the end of at least two years"
        )
    years = [int(year) for year in by_year.index]
    assumed = path.set_index("year").cash.reindex(years)
    if assumed.isna().any():
        raise ValueError(f"the path needs cash in each of the years {years[0]}–{years[-1]}")
    if mark is not None and mark[0] not in years:
        raise ValueError(f"the mark is in {mark[0]}, outside the years {years[0]}–{years[-1]}")
    wide = marks.is_wide(width)
    words = {at: _words(at, cash, wide) for at, cash in by_year.iloc[-1].items()}
    levels = [*by_year.to_numpy().ravel(), *assumed, *(mark[1:3] if mark else ())]
    canvas = Canvas(width)
    top = _key(canvas, min(levels) < 0) + 10
    right, zero = width - look.room(words.values(), bold=True) - _LEADER, cash_plot.no_cash(wide)
    plot = cash_plot.cash_plot(levels, right, top, _TALL[wide], zero, (years[0], years[-1]))
    cash_plot.draw_levels(canvas, plot, zero)
    lines = {at: plot.line(years, by_year[at]) for at in QUANTILES}
    dashed = plot.line(years, assumed)
    _bands(canvas, plot.height(0), lines)
    canvas.line(dashed, theme.INK, 1.5, dash=marks.DASH, tip="as assumed, without chance", z=2)
    foot = plot.bottom
    if mark is not None:
        foot = _bracket(canvas, plot, mark, [lines[0.95], dashed], [lines[0.05], dashed])
    _name_ends(canvas, plot, {words[at]: lines[at][-1][1] for at in reversed(QUANTILES)})
    for at, line in lines.items():
        for (x, y), (year, cash) in zip(line, by_year[at].items(), strict=True):
            tip = f"End of {year}: {_said(at)} below {usd_bn(cash)}"
            canvas.symbol(x, y, marks.circle(5), cash_band.HUE, fill_opacity=0, tip=tip, z=3)
    foot = cash_plot.name_years(canvas, plot, foot + 8)
    canvas.text(plot.right, foot + 6, "end of the year", "right", SMALL)
    return canvas.chart(foot + LINE)


def _said(at: float) -> str:
    return "half" if at == 0.5 else f"{round(at * 100)} of 100"


def _words(at: float, cash: float, wide: bool) -> str:
    if wide:
        return f"{_said(at)} below {usd_bn(cash)}"
    return _said(at) if at == 0.5 else f"{round(at * 100)}%"


def _key(canvas: Canvas, has_missing: bool) -> float:
    """What the dashed line and the strokes mean, on a phone the ends too; the height below."""
    path = partial(cash_band.stroke, canvas, thickness=1.5, dash=marks.DASH)
    missing = partial(cash_band.sample, canvas, cash_band.DENSITY, True)
    items: list[legend.Item] = [(SAMPLE, path, "as assumed")]
    if has_missing:
        items.append((SAMPLE, missing, "below zero: money that is missing"))
    below = legend.flow(canvas, items, 0)
    if marks.is_wide(canvas.width):
        return below
    canvas.text(canvas.width, below + 8, "share of our draws below:", "right", SMALL)
    return below + LINE


def _bands(canvas: Canvas, zero: float, lines: Mapping[float, Line]) -> None:
    """Both bands above zero; below it the same, in the hue of what is missing and with strokes."""
    cash_band.fill(canvas, zero, lines[0.95], lines[0.05])
    cash_band.fill(canvas, zero, lines[0.75], lines[0.25], _INNER, edge=0)
    cash_band.hatch(canvas, zero, lines[0.95], lines[0.05])
    canvas.line(lines[0.5], cash_band.HUE, 3, tip=f"{_said(0.5)} of our draws lie below", z=2)
    for x, y in lines[0.5]:
        canvas.symbol(x, y, marks.circle(3.5), cash_band.HUE, z=2)


def _bracket(
    canvas: Canvas,
    plot: CashPlot,
    mark: tuple[int, float, float, str],
    roof: list[Line],
    floor: list[Line],
) -> float:
    """A bracket between two levels with its words outside the bands; the height below them."""
    year, *levels, words = mark
    (x, top), (_, bottom) = (plot.place(year, level) for level in sorted(levels, reverse=True))
    for y in (top, bottom):
        canvas.line([(x - _SERIF, y), (x + _SERIF, y)], thickness=2.5, z=3)
    canvas.line([(x, top), (x, bottom)], thickness=2.5, tip=words, z=3)
    lines = marks.wrap(words, plot.right - plot.left, 3, bold=True)
    return cash_band.name_outside(canvas, plot, x, (top, bottom), lines, roof, floor, plot.right)


def _name_ends(canvas: Canvas, plot: CashPlot, ends: Mapping[str, float]) -> None:
    """What each line says, at the height of its end."""
    heights = marks.spread(list(ends.values()), LINE + 1, plot.top, plot.bottom)
    for (words, y), height in zip(ends.items(), heights, strict=True):
        canvas.line([(plot.right + 2, y), (plot.right + _LEADER - 3, height)], opacity=0.5)
        is_half = words.startswith(_said(0.5))
        canvas.text(plot.right + _LEADER, height, words, size=SMALL, bold=is_half)
