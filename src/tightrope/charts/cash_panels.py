"""Cash in several worlds as small multiples: one web, one scale, and another end in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope.charts import cash_band, cash_plot, marks, theme
from tightrope.charts.cash_band import Line
from tightrope.charts.cash_plot import CashPlot
from tightrope.charts.marks import Canvas, Drawing
from tightrope.units import usd_bn

COLUMNS = 3
"""Panels a row on a wide page."""
_LEVELS = ["low", "middle", "high"]
_TALL = {True: 190.0, False: 88.0}
_BESIDE, _BELOW = 4.0, 26.0
"""From one panel to the next."""
_INSET = 10.0
_SAMPLE = 24.0
_THICK, _DOT = 2.5, 2.5
_HEADING = "Cash at each year’s end"
_ASSUMED, _RUNS, _MISSING = "as assumed", "nine of ten runs", "money that is missing"


@dataclass(frozen=True)
class _Panel:
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

    def head(self, width: float) -> list[tuple[str, bool]]:
        """The lines that stand above it, and whether they are bold."""
        words = [
            (line, False)
            for said in self.words.split("\n")
            for line in marks.wrap(said, width, 2, marks.SMALL)
        ]
        return [(line, True) for line in marks.wrap(self.name, width, 2, bold=True)] + words


@dataclass(frozen=True)
class _Frame:
    """Where a panel lies, in pixels."""

    plot: CashPlot
    years: list[int]

    @property
    def across(self) -> float:
        """Pixels a year."""
        return (self.plot.right - self.plot.left - _INSET) / (self.years[-1] - self.years[0])

    def x(self, year: int) -> float:
        """Where the end of a year lies."""
        return self.plot.left + _INSET + (year - self.years[0]) * self.across

    def line(self, levels: Sequence[float]) -> Line:
        """Cash at the ends of the years."""
        pairs = zip(self.years, levels, strict=True)
        return [(self.x(year), self.plot.height(cash)) for year, cash in pairs]


def cash_panels(table: pd.DataFrame, width: int) -> Drawing:
    """A panel a scenario, all on the same scales: cash as assumed, and in nine of ten runs.

    Columns: panel (name of the scenario), year, low, middle, high (USD billion at the end of the
    year: 5 % of the runs lie below low and 95 % below high, middle is cash as assumed; what is
    below zero is missing), words (short lines for under the name, parted by line breaks, the same
    in all rows of a panel). Panels keep the order of the table, three a row on a wide page and one
    on a phone. The least cash of a panel is written at its year. Returns a chart `width` wide.
    Raises ValueError for a table without rows, amounts that are not known, a panel whose years
    differ from those of the others, fewer than two years, and where all cash is zero.
    """
    panels = _panels(table)
    wide = marks.is_wide(width)
    columns = COLUMNS if wide else 1
    at_end = [marks.text_width(p.label, bold=True) + 14 for p in panels if p.is_worst_last]
    room = max([26.0, *at_end])  # half of the last year and of the first beside it, at least
    levels = table[_LEVELS].to_numpy(dtype=float).ravel()
    first = cash_plot.cash_plot(levels, width, 0, _TALL[wide], is_wide=False)
    pitch = (width - first.left + _BESIDE) / columns
    first = first._replace(right=first.left + pitch - _BESIDE - room)
    has_missing = first.lowest < 0
    canvas = Canvas(width)
    y = 0.0
    if len(panels) % columns == 0:
        y = _key(canvas, 0, 0, has_missing, is_column=False) + 14
    for start in range(0, len(panels), columns):
        row = panels[start : start + columns]
        heads = [panel.head(pitch - _BESIDE if wide else width) for panel in row]
        top = y + max(map(len, heads)) * marks.LINE + 8
        frames = [
            _Frame(_moved(first, column * pitch, top), panel.years)
            for column, panel in enumerate(row)
        ]
        cash_plot.draw_levels(canvas, frames[0].plot, is_wide=False)
        for frame in frames[1:]:
            cash_plot.draw_lines(canvas, frame.plot)
        for frame, head in zip(frames, heads, strict=True):
            for number, (line, bold) in enumerate(reversed(head)):
                size = theme.FONT_SIZE if bold else marks.SMALL
                height = top - 16 - number * marks.LINE
                canvas.text(frame.plot.left if wide else 0, height, line, "left", size, bold)
        # Words below a plot push down the years of the whole row.
        feet = [_draw(canvas, frame, panel, room) for frame, panel in zip(frames, row, strict=True)]
        foot = max(frames[0].plot.height(0) + marks.LINE, *feet)
        for frame in frames:
            _name_years(canvas, frame, foot)
        if len(row) < columns:
            _key(canvas, first.left + len(row) * pitch, y, has_missing, is_column=True)
        y = foot + 24 + _BELOW
    return canvas.chart(y - _BELOW)


def _panels(table: pd.DataFrame) -> list[_Panel]:
    if table.empty:
        raise ValueError("cash panels need at least one row")
    unknown = table[table[_LEVELS].isna().any(axis=1)]
    if len(unknown):
        row = unknown.iloc[0]
        raise ValueError(f'"{row["panel"]}" needs {", ".join(_LEVELS)} in {row["year"]}')
    panels = []
    for name, rows in table.groupby("panel", sort=False):
        ordered = rows.sort_values("year")
        levels = {level: [float(cash) for cash in ordered[level]] for level in _LEVELS}
        years = [int(year) for year in ordered.year]
        panels.append(_Panel(str(name), str(ordered.words.iloc[0]), years, **levels))
    years = panels[0].years
    for panel in panels:
        if panel.years != years:
            own, others = (", ".join(map(str, found)) for found in (panel.years, years))
            raise ValueError(f'"{panel.name}" has the years {own}, not {others}')
    if len(set(years)) < max(len(years), 2):
        raise ValueError("cash panels need at least two years, each of them once")
    return panels


def _moved(plot: CashPlot, right: float, top: float) -> CashPlot:
    return plot._replace(
        left=plot.left + right,
        right=plot.right + right,
        top=top,
        bottom=top + plot.bottom - plot.top,
    )


def _draw(canvas: Canvas, frame: _Frame, panel: _Panel, room: float) -> float:
    """The band, the path and the amount of the worst year; the height below them."""
    zero = frame.plot.height(0)
    low, path, high = (frame.line(levels) for levels in (panel.low, panel.middle, panel.high))
    cash_band.fill(canvas, zero, high, low)
    cash_band.hatch(canvas, zero, high, low)
    canvas.line(path, thickness=_THICK, tip=f"{panel.name}, {_ASSUMED}", z=2)
    for number, (x, y) in enumerate(path):
        canvas.symbol(x, y, marks.circle(4 if number == panel.worst else _DOT), theme.INK, z=2)
        tip = (
            f"{panel.name}, end of {panel.years[number]}: {usd_bn(panel.middle[number])} "
            f"{_ASSUMED}; {_RUNS} from {usd_bn(panel.low[number])} to {usd_bn(panel.high[number])}"
        )
        canvas.symbol(x, y, marks.circle(7), theme.INK, fill_opacity=0, tip=tip, z=3)
    return _name_worst(canvas, frame.plot, panel, (low, path, high), room)


def _name_worst(
    canvas: Canvas, plot: CashPlot, panel: _Panel, lines: tuple[Line, Line, Line], room: float
) -> float:
    """The least cash beside the plot at its end, else outside the band; the height below it."""
    low, path, high = lines
    x, y = path[panel.worst]
    if panel.is_worst_last:
        canvas.text(x + 8, y, panel.label, bold=True)
        return plot.bottom
    half = marks.text_width(panel.label, bold=True) / 2
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
    canvas.text(middle, height, panel.label, "center", bold=True)
    return max(plot.bottom, height + 8)


def _name_years(canvas: Canvas, frame: _Frame, foot: float) -> None:
    """A tick a year; in words the first, the last and those between that have room."""
    years = frame.years
    for year in years:
        canvas.line([(frame.x(year), foot), (frame.x(year), foot + 4)], opacity=0.5)
    needed = marks.text_width(str(years[-1]), marks.SMALL) + 5
    written = [years[0]]
    for year in years[1:]:
        is_last = year == years[-1]
        if is_last or min(year - written[-1], years[-1] - year) * frame.across >= needed:
            written.append(year)
    for year in written:
        canvas.text(frame.x(year), foot + 14, str(year), "center", marks.SMALL)


def _key(canvas: Canvas, left: float, top: float, has_missing: bool, is_column: bool) -> float:
    """Samples of the marks with their words, in a column or in lines; the height below them."""
    canvas.text(left, top + 8, _HEADING, bold=True)
    x, y = left, top + 30
    for word in [_ASSUMED, _RUNS, *([_MISSING] if has_missing else [])]:
        needed = _SAMPLE + 6 + marks.text_width(word, marks.SMALL)
        if x > left and (is_column or x + needed > canvas.width):
            x, y = left, y + 20
        if word == _ASSUMED:
            canvas.line([(x, y), (x + _SAMPLE, y)], thickness=_THICK)
            canvas.symbol(x + _SAMPLE / 2, y, marks.circle(_DOT), theme.INK)
        else:
            upper, lower = ([(x, y + d), (x + _SAMPLE, y + d)] for d in (-6, 6))
            zero = y - _SAMPLE if word == _MISSING else y + _SAMPLE
            cash_band.fill(canvas, zero, upper, lower)
            cash_band.hatch(canvas, zero, upper, lower)
        canvas.text(x + _SAMPLE + 6, y, word, size=marks.SMALL)
        x += needed + 16
    return y + 10
