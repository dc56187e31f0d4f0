"""Cash in several worlds as small multiples: one web, one scale, and another end in each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd

from tightrope.charts import cash_band, legend, marks, theme
from tightrope.charts.cash_band import SAMPLE
from tightrope.charts.cash_plot import CashPlot, Line, cash_plot, no_cash
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.small_multiples import Panel, head, small_multiples
from tightrope.units import usd_bn

COLUMNS = 3
"""Panels a row on a wide page."""
_LEVELS = ["low", "middle", "high"]
_TALL = {True: 190.0, False: 88.0}
_BESIDE, _BELOW = 4.0, 26.0
"""From one panel to the next."""
_INSET = 10.0
_THICK, _DOT = 2.5, 2.5
_HEADING = "Cash at each year’s end"
_ASSUMED, _RUNS, _MISSING = "as assumed", "nine of ten of our draws", "money that is missing"


@dataclass(frozen=True)
class _World:
    """A world: its name, what is said of it, and its cash by year."""

    name: str
    words: str
    years: list[int]
    low: list[float]
    middle: list[float]
    high: list[float]

    @property
    def worst(self) -> int:
        """The place of the first year with the least cash."""
        return self.middle.index(min(self.middle))

    @property
    def is_worst_last(self) -> bool:
        """Whether cash is least at the end."""
        return self.worst == len(self.years) - 1

    @property
    def label(self) -> str:
        """The least cash, in words."""
        return usd_bn(self.middle[self.worst])


def cash_panels(table: pd.DataFrame, width: int) -> Drawing:
    """A panel a scenario, all on the same scales: cash as assumed, and in nine of ten draws.

    Columns: panel (name of the scenario), year, low, middle, high (USD billion at the end of the
    year: 5 % of the draws lie below low and 95 % below high, middle is cash as assumed; what is
    below zero is missing), words (short lines for under the name, parted by line breaks, the same
    in all rows of a panel). Panels keep the order of the table, three a row on a wide page and one
    on a phone. The least cash of a panel is written at its year. Returns a chart `width` wide.
    Raises ValueError for a table without rows, amounts that are not known, a panel whose years
    differ from those of the others, fewer than two years, and where all cash is zero.
    """
    worlds = _worlds(table)
    wide = marks.is_wide(width)
    columns = COLUMNS if wide else 1
    at_end = [marks.text_width(w.label, bold=True) + 14 for w in worlds if w.is_worst_last]
    room = max([26.0, *at_end])  # half of the last year and of the first beside it, at least
    levels = table[_LEVELS].to_numpy(dtype=float).ravel()
    zero, years = no_cash(is_wide=False), worlds[0].years
    plot = cash_plot(levels, width, 0, _TALL[wide], zero, (years[0], years[-1]), _INSET)
    pitch = (width - plot.left + _BESIDE) / columns
    plot = plot._replace(right=plot.left + pitch - _BESIDE - room)
    has_missing = plot.lowest < 0
    canvas = Canvas(width)
    y = 0.0
    if len(worlds) % columns == 0:
        y = _key(canvas, 0, 0, has_missing, is_column=False) + 14
    across = pitch - _BESIDE if wide else width
    panels = [
        Panel(head(one.name, one.words, across), partial(_draw, canvas, one, room))
        for one in worlds
    ]
    last, y = small_multiples(canvas, plot, panels, pitch, y, zero, _BELOW)
    if left_over := len(worlds) % columns:
        _key(canvas, plot.left + left_over * pitch, last, has_missing, is_column=True)
    return canvas.chart(y)


def _worlds(table: pd.DataFrame) -> list[_World]:
    if table.empty:
        raise ValueError("cash panels need at least one row")
    unknown = table[table[_LEVELS].isna().any(axis=1)]
    if len(unknown):
        row = unknown.iloc[0]
        raise ValueError(f'"{row["panel"]}" needs {", ".join(_LEVELS)} in {row["year"]}')
    worlds = []
    for name, rows in table.groupby("panel", sort=False):
        ordered = rows.sort_values("year")
        levels = {level: [float(cash) for cash in ordered[level]] for level in _LEVELS}
        years = [int(year) for year in ordered.year]
        worlds.append(_World(str(name), str(ordered.words.iloc[0]), years, **levels))
    years = worlds[0].years
    for world in worlds:
        if world.years != years:
            own, others = (", ".join(map(str, found)) for found in (world.years, years))
            raise ValueError(f'"{world.name}" has the years {own}, not {others}')
    if len(set(years)) < max(len(years), 2):
        raise ValueError("cash panels need at least two years, each of them once")
    return worlds


def _draw(canvas: Canvas, world: _World, room: float, plot: CashPlot) -> float:
    """The band, the path and the amount of the worst year; the height below them."""
    low, path, high = (
        plot.line(world.years, levels) for levels in (world.low, world.middle, world.high)
    )
    cash_band.fill(canvas, plot.height(0), high, low)
    cash_band.hatch(canvas, plot.height(0), high, low)
    canvas.line(path, thickness=_THICK, tip=f"{world.name}, {_ASSUMED}", z=2)
    for number, (x, y) in enumerate(path):
        canvas.symbol(x, y, marks.circle(4 if number == world.worst else _DOT), theme.INK, z=2)
        tip = (
            f"{world.name}, end of {world.years[number]}: {usd_bn(world.middle[number])} "
            f"{_ASSUMED}; {_RUNS} from {usd_bn(world.low[number])} to {usd_bn(world.high[number])}"
        )
        canvas.symbol(x, y, marks.circle(7), theme.INK, fill_opacity=0, tip=tip, z=3)
    return _name_worst(canvas, plot, world, (low, path, high), room)


def _name_worst(
    canvas: Canvas, plot: CashPlot, world: _World, lines: tuple[Line, Line, Line], room: float
) -> float:
    """The least cash beside the plot at its end, else outside the band; the height below it."""
    low, path, high = lines
    x, y = path[world.worst]
    if world.is_worst_last:
        canvas.text(x + 8, y, world.label, bold=True)
        return plot.bottom
    half = marks.text_width(world.label, bold=True) / 2
    middle = min(max(x, plot.left + half), plot.right + room - half)
    ends = middle - half - 4, middle + half + 4
    above = min(*cash_band.reach([high, path], *ends)) - 14
    below = max(*cash_band.reach([low, path], *ends)) + 14
    is_above = above >= plot.top and y - above < below - y
    height, zero = above if is_above else below, plot.height(0)
    if abs(height - zero) < 12:  # the strong line would run through the words
        height = zero - 12 if is_above else zero + 12
    edge = height + 8 if is_above else height - 8
    canvas.line([(x, y), (x, edge)], dash=(2, 2), z=2)
    canvas.text(middle, height, world.label, "center", bold=True)
    return max(plot.bottom, height + 8)


def _key(canvas: Canvas, left: float, top: float, has_missing: bool, is_column: bool) -> float:
    """Samples of the marks with their words, in a column or in lines; the height below them."""

    def path(x: float, y: float) -> None:
        canvas.line([(x, y), (x + SAMPLE, y)], thickness=_THICK)
        canvas.symbol(x + SAMPLE / 2, y, marks.circle(_DOT), theme.INK)

    bands: list[legend.Item] = [
        (SAMPLE, partial(cash_band.sample, canvas, cash_band.DENSITY, is_missing), word)
        for word, is_missing in ((_RUNS, False), (_MISSING, True))
    ]
    items = [(SAMPLE, path, _ASSUMED), *(bands if has_missing else bands[:1])]
    canvas.text(left, top + 8, _HEADING, bold=True)
    return legend.flow(canvas, items, top + 19, left, 0 if is_column else canvas.width)
