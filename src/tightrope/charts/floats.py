"""The float of each partner over the years: what came in from it less what went out to it."""

from __future__ import annotations

import math
from functools import partial
from typing import NamedTuple

import pandas as pd

from tightrope.charts import cash_band, marks, theme
from tightrope.charts.cash_plot import CashPlot, cash_plot
from tightrope.charts.certainty import LOOKS
from tightrope.charts.marks import LINE, SMALL, Canvas, Drawing, Fill
from tightrope.charts.phone import TALLEST
from tightrope.charts.small_multiples import Panel, small_multiples
from tightrope.units import usd_bn

_KEY = {
    "the partner has put in more than it got": Fill(theme.INTO_OPENAI),
    "it has got more than it put in": Fill(theme.OUT_OF_OPENAI),
    "lighter: scheduled": Fill(theme.INK, "binding"),
    "dashed: no date known": Fill(theme.INK, "intended"),
}
_ZERO = ["0"]
_GAP, _REST, _BAR = 20.0, 18.0, 9.0
"""Between two panels, at the right of each for what has no year, and the width of its bar."""
_LOWEST = 60.0
"""Pixels that a plot keeps on a phone, however many there are."""
_LABEL = 19.0
"""Room below a plot, for a label at its lowest point."""
_BELOW = 8.0
_AROUND = 2 * LINE + 8 + _LABEL + 24 + _BELOW
"""Pixels of a panel beside its plot: its head, what stands below, and the years."""


class _Partner(NamedTuple):
    """One panel: its float at moments in years, and what has no year, in and out."""

    name: str
    points: list[tuple[float, float]]
    undated: tuple[float, float]

    @property
    def levels(self) -> list[float]:
        """All levels that its panel must have room for."""
        (came, goes), (_, end) = self.undated, self.points[-1]
        return [end + came, end - goes, *(value for _, value in self.points)]


def floats(table: pd.DataFrame, width: int, today: float) -> Drawing:
    """A panel a partner, all on one scale: the running sum of its money that the other side holds.

    Columns: party (name), year, float (USD billion at the end of the year, as
    `timing.float_by_year`; a partner with no year at all has one row without a year), and, the
    same in every row of a partner, so_far (the float by what has been paid until today) and
    undated_in and undated_out (what no year is known for). Above zero, in blue, the partner has
    put in more than it got; below, in orange, it has got more. What lies after `today` (a year
    with its fraction) is scheduled and lighter. Dashed bars at the right are what has no date.
    Panels keep the order of the table. Returns a chart `width` wide.
    """
    known = {math.floor(today), *(int(year) for year in table.year.dropna())}
    years = min(known), max(known) + 1
    partners = [
        _partner(str(name), rows, today, years[0])
        for name, rows in table.groupby("party", sort=False)
    ]
    columns = (3 if len(partners) > 4 else 2) if marks.is_wide(width) else 1
    levels = [level for partner in partners for level in partner.levels]
    canvas = Canvas(width)
    y = marks.key(canvas, _KEY.items())
    lowered = max((TALLEST - y) / len(partners) - _AROUND, _LOWEST)
    tall = 190.0 if columns > 1 else min(120.0, lowered)
    plot = cash_plot(levels, width, 0, tall, _ZERO, years)
    pitch = (width - plot.left + _GAP) / columns
    plot = plot._replace(right=plot.left + pitch - _GAP - _REST)
    panels = [
        Panel([(each.name, True), ("", False)], partial(_draw, canvas, each, today))
        for each in partners
    ]
    return canvas.chart(small_multiples(canvas, plot, panels, pitch, y, _ZERO, _BELOW)[1])


def _partner(name: str, rows: pd.DataFrame, today: float, first: int) -> _Partner:
    dated = rows.dropna(subset=["year"]).sort_values("year")
    # Payments of a year are spread over it: the float of its end stands where the next begins.
    ends = [(float(year) + 1, float(value)) for year, value in dated[["year", "float"]].to_numpy()]
    points = [(ends[0][0] - 1 if ends else first, 0.0), *ends]
    of_all = rows.iloc[0]
    if points[0][0] < today < points[-1][0]:
        points = sorted([*points, (today, marks.amount(of_all["so_far"]))])
    while len(points) > 2 and points[-1][1] == points[-2][1]:
        points.pop()  # nothing moves any more
    undated = marks.amount(of_all["undated_in"]), marks.amount(of_all["undated_out"])
    return _Partner(name, points, undated)


def _draw(canvas: Canvas, partner: _Partner, today: float, plot: CashPlot) -> float:
    """The area between the float and zero, its highest and lowest sum, and what has no date."""
    past = [(when, value) for when, value in partner.points if when <= today]
    due = [(when, value) for when, value in partner.points if when >= today]
    for run, rung, thickness in ((past, "paid", 2.2), (due, "binding", 1.4)):
        if len(run) > 1:
            line = [plot.place(*point) for point in run]
            ground = [(x, plot.height(0)) for x, _ in line]
            density = LOOKS[rung].opacity
            cash_band.fill(canvas, plot.height(0), line, ground, density, thickness)
    for when, value in partner.points:
        moment = f"end of {when - 1:.0f}" if when % 1 == 0 else f"{when // 1:.0f}"
        place, tip = plot.place(when, value), f"{partner.name}, {moment}: {usd_bn(value)}"
        canvas.symbol(*place, marks.circle(6), theme.INK, fill_opacity=0, tip=tip, z=3)
    by_value = sorted(partner.points, key=lambda point: point[1])
    for (when, value), away in ((by_value[0], 11), (by_value[-1], -10)):
        if value * away < 0:
            x, y = plot.place(when, value)
            canvas.symbol(x, y, marks.circle(2.6), theme.INK, z=2)
            _write(canvas, plot, x, y + away, usd_bn(value), bold=True)
    _draw_undated(canvas, partner, plot)
    return plot.bottom + _LABEL


def _draw_undated(canvas: Canvas, partner: _Partner, plot: CashPlot) -> None:
    """Dashed bars from the last float: up for what may still come in, down for what may go out."""
    x, end = plot.right + _REST - _BAR - 1, partner.points[-1][1]
    above = plot.height(max(0.0, end + partner.undated[0])) - 10
    for amount, sign, hue in zip(partner.undated, (1, -1), cash_band.HUES, strict=True):
        if not amount > 0:
            continue
        text = f"{'+' if sign > 0 else '−'}{usd_bn(amount)}"
        tall, to = max(amount * plot.up, 2.5), plot.height(end + sign * amount)
        top = min(plot.height(end), to)
        tip = f"{partner.name}: {text} without a date"
        canvas.area(x, top, _BAR, tall, Fill(hue, "intended"), tip, z=2)
        if tall > 30:
            canvas.text(x - 5, to + 8 * sign, text, "right", SMALL, z=3)
        else:
            _write(canvas, plot, x, above, text)
            above -= LINE


def _write(
    canvas: Canvas, plot: CashPlot, x: float, y: float, text: str, bold: bool = False
) -> None:
    """Words around `x`, within their panel."""
    half = marks.text_width(text, SMALL, bold) / 2
    middle = min(max(x, plot.left + half), plot.right + _REST - half)
    canvas.text(middle, y, text, "center", SMALL, bold, z=3)
