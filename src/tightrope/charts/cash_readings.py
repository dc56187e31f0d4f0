"""Cash by several readings of one plan: a line each, the room between them, the months it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from tightrope.charts import cash_band, cash_plot, marks, theme
from tightrope.charts.cash_plot import CashPlot, Line, Place
from tightrope.charts.marks import SMALL, Canvas, Drawing
from tightrope.units import usd_bn

_TALL = {True: 290.0, False: 230.0}
_INSET = 14.0
_SAMPLE = 30.0
_THICK, _THIN, _DOT = 3.0, 1.6, 3.0
_DENSITY = 0.16
_DASHES: tuple[tuple[float, ...], ...] = ((), (8, 3), (2, 3), (8, 3, 2, 3), (14, 4))
"""By the place of a reading: the first is solid, and thick."""
_WHEN = "at each year’s end"


@dataclass(frozen=True)
class _Path:
    """A reading: its name, what comes of it, in short lines, and its cash by year."""

    name: str
    words: tuple[str, ...]
    years: tuple[int, ...]
    cash: tuple[float, ...]
    place: int

    @property
    def dash(self) -> Sequence[float]:
        return _DASHES[self.place % len(_DASHES)]

    @property
    def thickness(self) -> float:
        return _THIN if self.place else _THICK

    @property
    def worst(self) -> int:
        return self.cash.index(min(self.cash))


def cash_readings(table: pd.DataFrame, width: int, months: tuple[str, str] = ("", "")) -> Drawing:
    """A line of cash a reading, the first one thick; dots where it crosses zero and is lowest.

    Columns: series (name of the reading), year, cash (USD billion at its end; what is below zero is
    missing), words (what comes of the reading, short lines parted by line breaks, the same in all
    its rows). `months` are those in which cash ends first and last, as words at the crossings.
    Names stand beside the plot, on a phone below it. Returns a chart `width` wide. Raises
    ValueError for a table without rows, cash that is not known, and readings of different years.
    """
    paths = _paths(table)
    wide = marks.is_wide(width)
    heads = [path.name for path in paths]
    said = [line for path in paths for line in path.words]
    room = (
        _SAMPLE
        + 8
        + max(marks.text_width(words, SMALL, bold=words in heads) for words in [*heads, *said])
    )
    years = paths[0].years
    right = width - room - 26 if wide else width - 18.0
    levels = [cash for path in paths for cash in path.cash]
    zero = cash_plot.no_cash(wide)
    plot = cash_plot.cash_plot(levels, right, 10, _TALL[wide], zero, (years[0], years[-1]), _INSET)
    canvas = Canvas(width)
    cash_plot.draw_levels(canvas, plot, zero)
    lines = [plot.line(path.years, path.cash) for path in paths]
    upper, lower = _edges(lines)
    if len(lines) > 1:
        cash_band.fill(canvas, plot.height(0), upper, lower, _DENSITY, edge=0)
        cash_band.hatch(canvas, plot.height(0), upper, lower)
    for path, line in zip(paths, lines, strict=True):
        _draw(canvas, plot, path, line)
    _name_months(canvas, plot, lines, months)
    canvas.text(plot.right, plot.top + 6, _WHEN, "right", SMALL)
    foot = cash_plot.name_years(canvas, plot, plot.bottom + 8)
    if wide:
        return canvas.chart(max(foot, _column(canvas, plot, paths, lines)))
    return canvas.chart(_below(canvas, paths, foot + 8))


def _paths(table: pd.DataFrame) -> list[_Path]:
    if table.empty or table.cash.isna().any():
        raise ValueError("cash by reading needs rows, and cash in each of them")
    paths = []
    for place, (name, rows) in enumerate(table.groupby("series", sort=False)):
        ordered = rows.sort_values("year")
        words = tuple(str(ordered.words.iloc[0]).split("\n"))
        years, cash = (tuple(ordered[column].tolist()) for column in ("year", "cash"))
        paths.append(_Path(str(name), words, years, cash, place))
    if any(path.years != paths[0].years for path in paths):
        raise ValueError("all readings must have the same years")
    return paths


def _edges(lines: Sequence[Line]) -> tuple[Line, Line]:
    """The upper and the lower edge of all lines, with the places at which two of them cross."""
    across = sorted({x for line in lines for x, _ in line} | set(_crossings(lines)))
    heights = [[cash_band.at(line, x) for line in lines] for x in across]
    return (
        [(x, min(ys)) for x, ys in zip(across, heights, strict=True)],
        [(x, max(ys)) for x, ys in zip(across, heights, strict=True)],
    )


def _crossings(lines: Sequence[Line]) -> list[float]:
    found = []
    for place, one in enumerate(lines):
        for other in lines[place + 1 :]:
            apart = [(x, y - y2) for (x, y), (_, y2) in zip(one, other, strict=True)]
            for (x, d), (x2, d2) in pairwise(apart):
                if d * d2 < 0:
                    found.append(x + (x2 - x) * d / (d - d2))
    return found


def _draw(canvas: Canvas, plot: CashPlot, path: _Path, line: Line) -> None:
    """The line with a dot where it is lowest and where it crosses zero, and a tip a year."""
    canvas.line(line, thickness=path.thickness, dash=path.dash, tip=path.name, z=2)
    canvas.symbol(*line[path.worst], marks.circle(_DOT), theme.INK, z=3)
    crossing = _zero(line, plot.height(0))
    if crossing:
        canvas.symbol(*crossing, marks.circle(4.5 if not path.place else _DOT), theme.INK, z=3)
    for (x, y), year, cash in zip(line, path.years, path.cash, strict=True):
        tip = f"{path.name}, end of {year}: {usd_bn(cash)}"
        canvas.symbol(x, y, marks.circle(7), theme.INK, fill_opacity=0, tip=tip, z=3)


def _zero(line: Line, zero: float) -> Place | None:
    """Where a line first falls below the height of zero; None where it does not."""
    for (x, y), (x2, y2) in pairwise(line):
        if y <= zero < y2:
            return x + (zero - y) / (y2 - y) * (x2 - x), zero
    return None


def _name_months(
    canvas: Canvas, plot: CashPlot, lines: Sequence[Line], months: tuple[str, str]
) -> None:
    """The first month before the first crossing and below it, the last beyond the last, above."""
    found = sorted(at for at in (_zero(line, plot.height(0)) for line in lines) if at)
    if not found:
        return
    (x, y), (x2, y2) = found[0], found[-1]
    canvas.text(x - 9, y + 14, months[0], "right", bold=True)
    if months[1] and months[1] != months[0]:
        fits = x2 + 9 + marks.text_width(months[1], bold=True) <= canvas.width
        canvas.text(x2 + 9, y2 - 14, months[1], "left" if fits else "right", bold=True)


def _column(canvas: Canvas, plot: CashPlot, paths: Sequence[_Path], lines: Sequence[Line]) -> float:
    """Sample, name and words of each reading beside the plot, as high as it is at its lowest."""
    left = plot.right + 26
    deep = max(len(path.words) + 1 for path in paths) * marks.LINE + 12
    order = sorted(paths, key=lambda path: -min(path.cash))
    wanted = [lines[path.place][path.worst][1] for path in order]
    lowest = plot.bottom + 24
    heights = marks.spread(wanted, deep, plot.top + deep / 2, lowest - deep / 2 + 8)
    for path, middle in zip(order, heights, strict=True):
        _say(canvas, path, left, middle - (len(path.words)) * marks.LINE / 2)
    return lowest + 8


def _below(canvas: Canvas, paths: Sequence[_Path], top: float) -> float:
    """The same below a narrow plot; the height below them."""
    y = top
    for path in paths:
        _say(canvas, path, 0, y + 8)
        y += (len(path.words) + 1) * marks.LINE + 8
    return y


def _say(canvas: Canvas, path: _Path, left: float, top: float) -> None:
    """A sample of the line and the name of the reading, and below what comes of it."""
    canvas.line([(left, top), (left + _SAMPLE, top)], thickness=path.thickness, dash=path.dash)
    canvas.text(left + _SAMPLE + 8, top, path.name, size=SMALL, bold=True)
    for place, line in enumerate(path.words, 1):
        canvas.text(left + _SAMPLE + 8, top + place * marks.LINE, line, size=SMALL)
