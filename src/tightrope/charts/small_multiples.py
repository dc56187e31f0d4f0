"""The skeleton of small multiples: panels side by side, all on the same levels and years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tightrope.charts import cash_plot, marks, theme
from tightrope.charts.cash_plot import CashPlot
from tightrope.charts.marks import LINE, SMALL, Canvas


class Panel(NamedTuple):
    """The lines above a panel, each with whether it is bold, and what draws it.

    `draw` takes the panel's plot and returns the height below all that it has drawn.
    """

    head: Sequence[tuple[str, bool]]
    draw: Callable[[CashPlot], float]


def head(name: str, words: str, width: float) -> list[tuple[str, bool]]:
    """A name with the lines of words below it, wrapped to the width of a panel."""
    lines = [(line, True) for line in marks.wrap(name, width, 2, bold=True)]
    said = words.split("\n") if words else []
    return lines + [(line, False) for each in said for line in marks.wrap(each, width, 2, SMALL)]


def small_multiples(
    canvas: Canvas,
    plot: CashPlot,
    panels: Sequence[Panel],
    pitch: float,
    y: float,
    zero: Sequence[str],
    below: float,
) -> tuple[float, float]:
    """Draw the panels in rows from the height `y` on; the top of the last row, and the height.

    `plot` is that of the first panel, whose left has the room for the words of its levels, and
    `pitch` pixels right of it begins the next, as many as the canvas has room for. `zero` as in
    `cash_plot`; `below` parts two rows. Where there is one column, heads begin at the left edge.
    """
    begin, columns = y, max(round((canvas.width - plot.left) / pitch), 1)
    for start in range(0, len(panels), columns):
        begin, row = y, panels[start : start + columns]
        top = y + max(len(panel.head) for panel in row) * LINE + 8
        plots = [plot.moved(place * pitch, top) for place in range(len(row))]
        cash_plot.draw_levels(canvas, plots[0], zero)
        for own in plots[1:]:
            cash_plot.draw_lines(canvas, own)
        for own, panel in zip(plots, row, strict=True):
            for up, (line, bold) in enumerate(reversed(panel.head)):
                size = theme.FONT_SIZE if bold else SMALL
                canvas.text(
                    own.left if columns > 1 else 0, top - 16 - up * LINE, line, "left", size, bold
                )
        # Words below a plot push down the years of the whole row.
        foot = max(panel.draw(own) for own, panel in zip(plots, row, strict=True))
        for own in plots:
            y = cash_plot.name_years(canvas, own, foot) + below
    return begin, y - below
