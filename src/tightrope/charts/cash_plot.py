"""The ground on which cash over the years is drawn: levels, and a line below which money lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas
from tightrope.units import usd_bn

NO_CASH = "no cash left"
HATCH = 6.0
"""Pixels from one stroke to the next where money lacks."""
STROKE = 1.2
TINT = 0.16
"""How dense the ground behind the strokes is."""


class CashPlot(NamedTuple):
    """Where a plot of cash lies, in pixels, and the levels (USD billion) at its ends."""

    left: float
    right: float
    top: float
    bottom: float
    lowest: float
    highest: float

    @property
    def up(self) -> float:
        """Pixels a billion dollars."""
        return (self.bottom - self.top) / (self.highest - self.lowest)

    def height(self, cash: float) -> float:
        """Where a level of cash lies."""
        return self.bottom - (cash - self.lowest) * self.up

    @property
    def ticks(self) -> list[float]:
        """Round levels within the plot; zero is one of them."""
        count = max(int((self.bottom - self.top) / 46), 3)
        between = marks.ticks(self.lowest, self.highest, count)
        return [tick for tick in between if self.lowest <= tick <= self.highest]


def cash_plot(
    levels: Iterable[float], right: float, top: float, tall: float, is_wide: bool
) -> CashPlot:
    """A plot in which all these levels of cash and zero have room; its left leaves room for words.

    Raises ValueError where all are zero.
    """
    given = [0.0, *levels]
    lowest, highest = min(given), max(given)
    if lowest == highest:
        raise ValueError("all cash is zero: there is nothing to draw")
    plot = CashPlot(0.0, right, top, top + tall, lowest, highest)
    written = [*_labels(plot.ticks), *_zero(is_wide)]
    left = max(marks.text_width(word, marks.SMALL, bold=True) for word in written) + 8
    return plot._replace(left=left)


def draw_levels(canvas: Canvas, plot: CashPlot, is_wide: bool) -> None:
    """Grid lines with their amounts; that of zero is strong and says that no cash is left."""
    draw_lines(canvas, plot)
    for tick, word in zip(plot.ticks, _labels(plot.ticks), strict=True):
        if tick:
            canvas.text(plot.left - 6, plot.height(tick), word, "right", marks.SMALL)
    zero = plot.height(0)
    marks.block(canvas, plot.left - 6, zero, _zero(is_wide), "right", marks.SMALL, bold=True)


def draw_lines(canvas: Canvas, plot: CashPlot) -> None:
    """The same lines without words, for a plot beside one that has them."""
    for tick in plot.ticks:
        y, is_zero = plot.height(tick), tick == 0
        shade, thickness, z = (1, 2, 1) if is_zero else (theme.GRID_OPACITY, 1, -1)
        canvas.line([(plot.left, y), (plot.right, y)], theme.INK, thickness, shade, z=z)


def _zero(is_wide: bool) -> list[str]:
    return [NO_CASH] if is_wide else ["no cash", "left"]


def _labels(ticks: list[float]) -> list[str]:
    """The unit on the topmost level, or on the lowest where the topmost is zero."""
    words = marks.tick_labels(ticks)
    return words if ticks[-1] > 0 else [usd_bn(ticks[0]), *words[1:]]
