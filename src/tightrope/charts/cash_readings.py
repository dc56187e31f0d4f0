"""Cash by several readings of one plan: a line each, the room between them, the months it ends."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tightrope.charts import cash_band, cash_plot, look, marks, theme
from tightrope.charts.cash_plot import Line
from tightrope.charts.marks import LINE, SMALL, Canvas, Drawing
from tightrope.units import usd_bn

_TALL = {True: 290.0, False: 230.0}
_SAMPLE = 30.0
_THICK, _THIN, _DOT = 3.0, 1.6, 3.0
_DASHES: tuple[tuple[float, ...], ...] = ((), (8, 3), (2, 3), (8, 3, 2, 3), (14, 4))
"""By the place of a reading: the first is solid, and thick."""
_WHEN = "at each year’s end"


def cash_readings(table: pd.DataFrame, width: int, months: tuple[str, str] = ("", "")) -> Drawing:
    """A line of cash a reading, the first one thick; dots where it crosses zero and is lowest.

    Columns: series (name of the reading), year, cash (USD billion at its end; what is below zero is
    missing), words (what comes of the reading, short lines parted by line breaks, the same in all
    its rows). `months` are those in which cash ends first and last, as words at the crossings.
    Names stand beside the plot, on a phone below it. Returns a chart `width` wide. Raises
    ValueError as `cash_plot.by_name` does.
    """
    paths = cash_plot.by_name(table, "series", ["cash"])
    wide = marks.is_wide(width)
    said = [[name, *str(rows.words.iloc[0]).split("\n")] for name, rows in paths.items()]
    room = max(look.room(words[1:]) for words in said)
    room = _SAMPLE + 8 + max(room, look.room(paths, bold=True))
    right = width - room - 26 if wide else width - 18.0
    zero, years = cash_plot.no_cash(wide), (int(table.year.min()), int(table.year.max()))
    plot = cash_plot.cash_plot(table.cash, right, 10, _TALL[wide], zero, years)
    canvas = Canvas(width)
    cash_plot.draw_levels(canvas, plot, zero)
    lines = [plot.line(rows.year, rows.cash) for rows in paths.values()]
    if len(lines) > 1:
        upper, lower = cash_band.between(lines)
        cash_band.fill(canvas, plot.height(0), upper, lower, cash_plot.TINT, edge=0)
        cash_band.hatch(canvas, plot.height(0), upper, lower)
    for place, (line, rows) in enumerate(zip(lines, paths.values(), strict=True)):
        _draw(canvas, plot.height(0), place, line, rows)
    _name_months(canvas, plot.height(0), lines, months)
    canvas.text(plot.right, plot.top + 6, _WHEN, "right", SMALL)
    foot = cash_plot.name_years(canvas, plot, plot.bottom + 8)
    deep = max(len(words) for words in said) * LINE
    if not wide:
        for place, words in enumerate(said):
            _say(canvas, place, words, 0, foot + 8 + deep / 2 + place * (deep + 8))
        return canvas.chart(foot + 8 + len(said) * (deep + 8))
    # Beside the plot each stands as high as its line is at its lowest.
    lowest, half = plot.bottom + 32, (deep + 12) / 2
    order = sorted(range(len(said)), key=lambda place: max(y for _, y in lines[place]))
    wanted = [max(y for _, y in lines[place]) for place in order]
    heights = marks.spread(wanted, deep + 12, plot.top + half, lowest - half)
    for place, middle in zip(order, heights, strict=True):
        _say(canvas, place, said[place], plot.right + 26, middle)
    return canvas.chart(max(foot, lowest))


def _style(place: int) -> tuple[float, Sequence[float]]:
    """How thick the line of a reading is, and how it is dashed."""
    return _THIN if place else _THICK, _DASHES[place % len(_DASHES)]


def _draw(canvas: Canvas, zero: float, place: int, line: Line, rows: pd.DataFrame) -> None:
    """The line with a dot where it is lowest and where it crosses zero, and a tip a year."""
    thickness, dash = _style(place)
    name, worst = str(rows.series.iloc[0]), line[int(rows.cash.argmin())]
    canvas.line(line, thickness=thickness, dash=dash, tip=name, z=2)
    canvas.symbol(*worst, marks.circle(_DOT), theme.INK, z=3)
    crossing = cash_plot.crossing(line, zero)
    if crossing is not None:
        canvas.symbol(crossing, zero, marks.circle(_DOT if place else 4.5), theme.INK, z=3)
    for point, year, cash in zip(line, rows.year, rows.cash, strict=True):
        tip = f"{name}, end of {year}: {usd_bn(cash)}"
        canvas.symbol(*point, marks.circle(7), theme.INK, fill_opacity=0, tip=tip, z=3)


def _name_months(
    canvas: Canvas, zero: float, lines: Sequence[Line], months: tuple[str, str]
) -> None:
    """The first month before the first crossing and below it, the last beyond the last, above."""
    crossings = (cash_plot.crossing(line, zero) for line in lines)
    found = sorted(x for x in crossings if x is not None)
    if not found:
        return
    canvas.text(found[0] - 9, zero + 14, months[0], "right", bold=True)
    if months[1] and months[1] != months[0]:
        fits = found[-1] + 9 + marks.text_width(months[1], bold=True) <= canvas.width
        side = "left" if fits else "right"
        canvas.text(found[-1] + 9, zero - 14, months[1], side, bold=True)


def _say(canvas: Canvas, place: int, words: Sequence[str], left: float, middle: float) -> None:
    """A sample of the line and the name of the reading, and below what comes of it."""
    thickness, dash = _style(place)
    top = middle - (len(words) - 1) * LINE / 2
    canvas.line([(left, top), (left + _SAMPLE, top)], thickness=thickness, dash=dash)
    for row, line in enumerate(words):
        canvas.text(left + _SAMPLE + 8, top + row * LINE, line, size=SMALL, bold=not row)
