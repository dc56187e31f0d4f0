"""Cash in several worlds as small multiples: one web, one scale, and another end in each."""

from __future__ import annotations

from functools import partial

import pandas as pd

from tightrope.charts import cash_band, cash_plot, legend, marks, theme
from tightrope.charts.cash_band import SAMPLE
from tightrope.charts.cash_plot import CashPlot
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.small_multiples import Panel, head, small_multiples
from tightrope.units import usd_bn

COLUMNS = 3
"""Panels a row on a wide page."""
_LEVELS = ["low", "middle", "high"]
_TALL = {True: 190.0, False: 88.0}
_BESIDE, _BELOW = 4.0, 26.0
"""From one panel to the next."""
_THICK, _DOT = 2.5, 2.5
_HEADING = "Cash at each year’s end"
_ASSUMED, _RUNS, _MISSING = "as assumed", "nine of ten of our draws", "money that is missing"


def cash_panels(table: pd.DataFrame, width: int) -> Drawing:
    """A panel a scenario, all on the same scales: cash as assumed, and in nine of ten draws.

    Columns: panel (name of the scenario), year, low, middle, high (USD billion at the end of the
    year: 5 % of the draws lie below low and 95 % below high, middle is cash as assumed; what is
    below zero is missing), words (short lines for under the name, parted by line breaks, the same
    in all rows of a panel). Panels keep the order of the table, three a row on a wide page and one
    on a phone. The least cash of a panel is written at its year. Returns a chart `width` wide.
    Raises ValueError as `cash_plot.by_name` does, and where all cash is zero.
    """
    worlds = cash_plot.by_name(table, "panel", _LEVELS)
    wide = marks.is_wide(width)
    columns = COLUMNS if wide else 1
    at_end = [
        marks.text_width(usd_bn(rows.middle.min()), bold=True) + 14
        for rows in worlds.values()
        if _worst(rows) == len(rows) - 1
    ]
    room = max([26.0, *at_end])  # half of the last year and of the first beside it, at least
    levels = table[_LEVELS].to_numpy(dtype=float).ravel()
    zero, years = cash_plot.no_cash(is_wide=False), (int(table.year.min()), int(table.year.max()))
    plot = cash_plot.cash_plot(levels, width, 0, _TALL[wide], zero, years)
    pitch = (width - plot.left + _BESIDE) / columns
    plot = plot._replace(right=plot.left + pitch - _BESIDE - room)
    has_missing = plot.lowest < 0
    canvas = Canvas(width)
    y = 0.0
    if len(worlds) % columns == 0:
        y = _key(canvas, 0, 0, has_missing, is_column=False) + 14
    across = pitch - _BESIDE if wide else width
    panels = [
        Panel(head(name, str(rows.words.iloc[0]), across), partial(_draw, canvas, rows, room))
        for name, rows in worlds.items()
    ]
    last, y = small_multiples(canvas, plot, panels, pitch, y, zero, _BELOW)
    if left_over := len(worlds) % columns:
        _key(canvas, plot.left + left_over * pitch, last, has_missing, is_column=True)
    return canvas.chart(y)


def _worst(rows: pd.DataFrame) -> int:
    """The place of the first year with the least cash."""
    return int(rows.middle.argmin())


def _draw(canvas: Canvas, rows: pd.DataFrame, room: float, plot: CashPlot) -> float:
    """The band, the path and the amount of the worst year; the height below them.

    The amount stands beside the plot if that year is the last, else outside the band.
    """
    low, path, high = (plot.line(rows.year, rows[level]) for level in _LEVELS)
    worst, least = _worst(rows), usd_bn(rows.middle.min())
    cash_band.fill(canvas, plot.height(0), high, low)
    cash_band.hatch(canvas, plot.height(0), high, low)
    canvas.line(path, thickness=_THICK, tip=f"{rows.panel.iloc[0]}, {_ASSUMED}", z=2)
    for place, (point, row) in enumerate(zip(path, marks.records(rows), strict=True)):
        canvas.symbol(*point, marks.circle(4 if place == worst else _DOT), theme.INK, z=2)
        tip = (
            f"{row['panel']}, end of {row['year']}: {usd_bn(row['middle'])} {_ASSUMED}; "
            f"{_RUNS} from {usd_bn(row['low'])} to {usd_bn(row['high'])}"
        )
        canvas.symbol(*point, marks.circle(7), theme.INK, fill_opacity=0, tip=tip, z=3)
    x, y = path[worst]
    if worst == len(path) - 1:
        canvas.text(x + 8, y, least, bold=True)
        return plot.bottom
    lines = [high, path], [low, path]
    return cash_band.name_outside(canvas, plot, x, (y, y), [least], *lines, plot.right + room)


def _key(canvas: Canvas, left: float, top: float, has_missing: bool, is_column: bool) -> float:
    """Samples of the marks with their words, in a column or in lines; the height below them."""
    items: list[legend.Item] = [
        (SAMPLE, partial(cash_band.stroke, canvas, thickness=_THICK, dot=_DOT), _ASSUMED),
        (SAMPLE, partial(cash_band.sample, canvas, cash_band.DENSITY, False), _RUNS),
        (SAMPLE, partial(cash_band.sample, canvas, cash_band.DENSITY, True), _MISSING),
    ]
    canvas.text(left, top + 8, _HEADING, bold=True)
    width = 0 if is_column else canvas.width
    return legend.flow(canvas, items[: 3 if has_missing else 2], top + 19, left, width)
