"""Cash as a fan: how wide the doubt is, when money is missing, and how much at the worst."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from tightrope.charts import cash_band, cash_plot, marks, theme
from tightrope.charts.cash_plot import CashPlot, Line, Place
from tightrope.charts.marks import Canvas, Drawing
from tightrope.units import usd_bn

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_HUE = cash_band.HUE
_INNER = 0.34
"""How dense the inner band is, which lies upon the outer."""
_TALL = {True: 300.0, False: 260.0}
_LEADER = 16.0
_SERIF = 5.0

_INSET = 14.0


class Box(NamedTuple):
    """Room that words take, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


def fan(
    table: pd.DataFrame,
    width: int,
    path: pd.DataFrame | None = None,
    mark: tuple[int, float, float, str] | None = None,
) -> Drawing:
    """Bands in which cash lies in half and in nine of ten draws, and the line that halves them.

    Columns: year, quantile (each of `QUANTILES` in every year), cash (USD billion at the end of
    the year; what is below zero is missing). `path` (year, cash) is a run without chance, drawn
    dashed; `mark` a year, two levels of cash at its end and words: a bracket from one level to the
    other, such as from the buffer down to cash in the worst year. Returns a chart `width` wide.
    Raises ValueError for quantiles that lack, amounts that are not known, fewer than two years,
    and a path or mark outside the years.
    """
    by_year = _quantiles(table)
    years = [int(year) for year in by_year.index]
    own = _path(path, years)
    if mark is not None and mark[0] not in years:
        raise ValueError(f"the mark is in {mark[0]}, outside the years {years[0]}–{years[-1]}")
    wide = marks.is_wide(width)
    ends = {float(at): float(cash) for at, cash in by_year.iloc[-1].items()}
    words = {at: _words(at, cash, wide) for at, cash in ends.items()}
    column = [*words.values(), *(["as assumed"] if own and wide else [])]
    room = max(marks.text_width(word, marks.SMALL, bold=True) for word in column) + _LEADER
    levels = [*by_year.to_numpy().ravel(), *(cash for _, cash in own), *(mark[1:3] if mark else ())]
    top = 10.0 if wide else 34.0
    zero, ends_of = cash_plot.no_cash(wide), (years[0], years[-1])
    plot = cash_plot.cash_plot(levels, width - room, top, _TALL[wide], zero, ends_of, _INSET)
    lines = {at: plot.line(years, by_year[at]) for at in QUANTILES}
    dashed = [plot.place(year, cash) for year, cash in own]
    canvas = Canvas(width)
    cash_plot.draw_levels(canvas, plot, zero)
    _bands(canvas, plot, lines)
    if dashed:
        canvas.line(dashed, theme.INK, 1.5, dash=marks.DASH, tip="as assumed, without chance", z=2)
    floor = [line for line in (lines[0.05], dashed) if line]
    taken: list[Box] = []
    if mark is not None:
        year, first, last, said = mark
        bracket = plot.place(year, max(first, last)), plot.place(year, min(first, last))
        roof = [line for line in (lines[0.95], dashed) if line]
        taken = _bracket(canvas, plot, bracket, said, roof, floor)
    if min(levels) < 0:
        taken.append(_name_gap(canvas, plot, floor, taken, wide))
    foot = max([plot.bottom, *(box.bottom for box in taken)])
    _name_ends(canvas, plot, lines, words, dashed)
    for at, line in lines.items():
        for (x, y), (year, cash) in zip(line, by_year[at].items(), strict=True):
            tip = f"End of {year}: {_said(at)} below {usd_bn(cash)}"
            canvas.symbol(x, y, marks.circle(5), _HUE, fill_opacity=0, tip=tip, z=3)
    return canvas.chart(_name_years(canvas, plot, foot + 8))


def _quantiles(table: pd.DataFrame) -> pd.DataFrame:
    """A row a year, a column a quantile."""
    by_year = table.pivot(index="year", columns="quantile", values="cash").astype("float64")
    if tuple(by_year.columns) != QUANTILES or by_year.isna().any(axis=None) or len(by_year) < 2:
        raise ValueError(
            f"a fan needs cash at the quantiles {', '.join(map(str, QUANTILES))} "
            "at the end of at least two years"
        )
    return by_year


def _path(path: pd.DataFrame | None, years: Sequence[int]) -> Line:
    if path is None:
        return []
    line = [(float(row["year"]), float(row["cash"])) for row in marks.records(path)]
    outside = sorted({int(year) for year, _ in line} - set(years))
    if outside:
        raise ValueError(f"the path has years that the fan has not: {', '.join(map(str, outside))}")
    if any(math.isnan(cash) for _, cash in line):
        raise ValueError("the path needs cash in each of its years")
    return sorted(line)


def _said(at: float) -> str:
    return "half" if at == 0.5 else f"{round(at * 100)} of 100"


def _words(at: float, cash: float, wide: bool) -> str:
    if wide:
        return f"{_said(at)} below {usd_bn(cash)}"
    return _said(at) if at == 0.5 else f"{round(at * 100)}%"


def _bands(canvas: Canvas, plot: CashPlot, lines: Mapping[float, Line]) -> None:
    """Both bands above zero; below it the same, in the hue of what is missing and with strokes."""
    zero = plot.height(0)
    cash_band.fill(canvas, zero, lines[0.95], lines[0.05])
    cash_band.fill(canvas, zero, lines[0.75], lines[0.25], _INNER, edge=0)
    cash_band.hatch(canvas, zero, lines[0.95], lines[0.05])
    canvas.line(lines[0.5], _HUE, 3, tip=f"{_said(0.5)} of our draws lie below", z=2)
    for x, y in lines[0.5]:
        canvas.symbol(x, y, marks.circle(3.5), _HUE, z=2)


def _name_gap(
    canvas: Canvas, plot: CashPlot, floor: Sequence[Line], taken: Sequence[Box], wide: bool
) -> Box:
    """Words below zero, under whatever lies there."""
    words = ["below zero: money that is missing"] if wide else ["below zero:", "money is missing"]
    left = plot.left + _INSET
    right = left + max(marks.text_width(word, marks.SMALL) for word in words)
    tall = len(words) * marks.LINE
    top = max([plot.height(0), *cash_band.reach(floor, left, right + 4)]) + 6
    for box in sorted(taken, key=lambda box: box.top):
        if box.left < right and left < box.right and box.top < top + tall and top < box.bottom:
            top = box.bottom
    marks.block(canvas, left, top + tall / 2, words, size=marks.SMALL)
    return Box(left, top, right, top + tall)


def _bracket(
    canvas: Canvas,
    plot: CashPlot,
    ends: tuple[Place, Place],
    words: str,
    roof: Sequence[Line],
    floor: Sequence[Line],
) -> list[Box]:
    """A bracket with its words outside the bands, on the nearer side; the room they take."""
    (x, top), (_, bottom) = ends
    for y in (top, bottom):
        canvas.line([(x - _SERIF, y), (x + _SERIF, y)], thickness=2.5, z=3)
    canvas.line(ends, thickness=2.5, tip=words, z=3)
    lines = marks.wrap(words, plot.right - plot.left, 3, bold=True)
    half = max(marks.text_width(line, bold=True) for line in lines) / 2
    middle = min(max(x, plot.left + half), plot.right - half)
    tall = len(lines) * marks.LINE
    above = min([top, *cash_band.reach(roof, middle - half, middle + half)]) - 8
    below = max([bottom, *cash_band.reach(floor, middle - half, middle + half)]) + 8
    is_above = above - tall >= plot.top - 10 and top - above < below - bottom
    start, end = (top, above) if is_above else (bottom, below)
    canvas.line([(x, start), (x, end)], dash=(2, 2), z=3)
    head = end - tall - 1 if is_above else end + 1
    marks.block(canvas, middle, head + tall / 2, lines, "center", bold=True)
    return [
        Box(x - 4, min(start, end), x + 4, max(start, end)),
        Box(middle - half, head, middle + half, head + tall + 4),
    ]


def _name_years(canvas: Canvas, plot: CashPlot, foot: float) -> float:
    """The years below their ends; the height of the drawing."""
    below = cash_plot.name_years(canvas, plot, foot)
    if marks.is_wide(canvas.width):
        canvas.text(plot.right + 24, foot + 14, "end of the year", size=marks.SMALL)
        return below
    canvas.text(plot.right, foot + 14 + marks.LINE, "end of the year", "right", marks.SMALL)
    return below + marks.LINE


def _name_ends(
    canvas: Canvas,
    plot: CashPlot,
    lines: Mapping[float, Line],
    words: Mapping[float, str],
    dashed: Line,
) -> None:
    """What each line says, at its end."""
    said = [(lines[at][-1][1], words[at], at == 0.5) for at in reversed(QUANTILES)]
    if marks.is_wide(canvas.width):
        if dashed:
            said.append((dashed[-1][1], "as assumed", False))
    else:
        canvas.text(canvas.width, 8, "share of our draws below:", "right", marks.SMALL)
        if dashed:
            canvas.line([(0, 8), (22, 8)], theme.INK, 1.5, dash=marks.DASH)
            canvas.text(27, 8, "as assumed", size=marks.SMALL)
    heights = marks.spread([y for y, _, _ in said], marks.LINE + 1, plot.top, plot.bottom)
    for (y, text, bold), height in zip(said, heights, strict=True):
        canvas.line([(plot.right + 2, y), (plot.right + _LEADER - 3, height)], opacity=0.5)
        canvas.text(plot.right + _LEADER, height, text, size=marks.SMALL, bold=bold)
