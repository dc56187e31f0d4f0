"""The ground on which levels of money over the years are drawn: amounts, a line at zero, years."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import pandas as pd

from tightrope.charts import look, marks, theme
from tightrope.charts.marks import SMALL, Canvas

Place: TypeAlias = tuple[float, float]
Line: TypeAlias = list[Place]
"""Places in pixels, from left to right."""
NO_CASH = "no cash left"
HATCH = 6.0
"""Pixels from one stroke to the next where money lacks."""
STROKE = 1.2
TINT = 0.16
"""How dense the ground behind the strokes is."""
_INSET = 14.0


class CashPlot(NamedTuple):
    """Where a plot lies, in pixels, and the levels (USD billion) and years at its ends."""

    left: float
    right: float
    top: float
    bottom: float
    lowest: float
    highest: float
    first: float
    last: float

    @property
    def up(self) -> float:
        """Pixels a billion dollars."""
        return (self.bottom - self.top) / (self.highest - self.lowest)

    @property
    def across(self) -> float:
        """Pixels a year; the first lies a little from the left."""
        return (self.right - self.left - _INSET) / (self.last - self.first)

    def height(self, level: float) -> float:
        """Where a level of money lies."""
        return self.bottom - (level - self.lowest) * self.up

    def place(self, year: float, level: float) -> Place:
        """Where a level of money in a year lies."""
        return self.left + _INSET + (year - self.first) * self.across, self.height(level)

    def line(self, years: Iterable[float], levels: Iterable[float]) -> Line:
        """Where levels lie, year by year."""
        return [self.place(*each) for each in zip(years, levels, strict=True)]

    def moved(self, right: float, top: float) -> CashPlot:
        """The same plot that many pixels to the right, and with its top there."""
        return self._replace(
            left=self.left + right,
            right=self.right + right,
            top=top,
            bottom=top + self.bottom - self.top,
        )

    @property
    def ticks(self) -> list[float]:
        """Round levels within the plot; zero is one of them."""
        count = max(int((self.bottom - self.top) / 46), 3)
        between = marks.ticks(self.lowest, self.highest, count)
        return [tick for tick in between if self.lowest <= tick <= self.highest]


def cash_plot(
    levels: Iterable[float],
    right: float,
    top: float,
    tall: float,
    zero: Sequence[str],
    years: tuple[float, float],
) -> CashPlot:
    """A plot in which all these levels and zero have room; its left leaves room for words.

    `zero` is what stands at the level of zero, line by line; `years` are the first and the last.
    Raises ValueError where all levels are zero.
    """
    given = [0.0, *levels]
    lowest, highest = min(given), max(given)
    if lowest == highest:
        raise ValueError("all cash is zero: there is nothing to draw")
    plot = CashPlot(0.0, right, top, top + tall, lowest, highest, *years)
    return plot._replace(left=look.room([*marks.tick_labels(plot.ticks), *zero], bold=True) + 8)


def no_cash(is_wide: bool) -> list[str]:
    """What stands at the level of zero of a plot of cash, line by line."""
    return [NO_CASH] if is_wide else ["no cash", "left"]


def by_name(table: pd.DataFrame, name: str, levels: Sequence[str]) -> dict[str, pd.DataFrame]:
    """The rows of each thing that a column names, in the order of the table, and these by year.

    Raises ValueError for `levels` that are not known, fewer than two years, and a thing that has
    other years than all of them have, or one twice.
    """
    unknown = table[table[list(levels)].isna().any(axis=1)]
    if len(unknown):
        row = unknown.iloc[0]
        raise ValueError(f'"{row[name]}" needs {", ".join(levels)} in {row["year"]}')
    years = sorted(set(table.year))
    if len(years) < 2:
        raise ValueError("cash needs the rows of at least two years")
    found = {str(one): rows.sort_values("year") for one, rows in table.groupby(name, sort=False)}
    for one, rows in found.items():
        if list(rows.year) != years:
            own, others = (", ".join(map(str, known)) for known in (rows.year, years))
            raise ValueError(f'"{one}" has the years {own}, not {others}')
    return found


def crossing(line: Line, zero: float) -> float | None:
    """Where a line first falls below the height of zero; None where it does not."""
    for (x, y), (x2, y2) in pairwise(line):
        if y <= zero < y2:
            return x + (zero - y) / (y2 - y) * (x2 - x)
    return None


def draw_levels(canvas: Canvas, plot: CashPlot, zero: Sequence[str]) -> None:
    """Grid lines with their amounts; that of zero is strong and says what it means."""
    draw_lines(canvas, plot)
    for tick, word in zip(plot.ticks, marks.tick_labels(plot.ticks), strict=True):
        if tick:
            canvas.text(plot.left - 6, plot.height(tick), word, "right", SMALL)
    marks.block(canvas, plot.left - 6, plot.height(0), zero, "right", SMALL, bold=True)


def draw_lines(canvas: Canvas, plot: CashPlot) -> None:
    """The same lines without words, for a plot beside one that has them."""
    for tick in plot.ticks:
        y, is_zero = plot.height(tick), tick == 0
        shade, thickness, z = (1, 2, 1) if is_zero else (theme.GRID_OPACITY, 1, -1)
        canvas.line([(plot.left, y), (plot.right, y)], theme.INK, thickness, shade, z=z)


def name_years(canvas: Canvas, plot: CashPlot, foot: float) -> float:
    """A tick a year; in words the first, the last and those between that have room.

    The height below them.
    """
    years = range(int(plot.first), int(plot.last) + 1)
    every = math.ceil((marks.text_width(str(years[-1]), SMALL) + 5) / plot.across)
    named = {*years[: max(len(years) - every, 1) : every], years[-1]}
    for year in years:
        x, _ = plot.place(year, 0)
        canvas.line([(x, foot), (x, foot + 4)], opacity=0.5)
        if year in named:
            canvas.text(x, foot + 14, str(year), "center", SMALL)
    return foot + 24
