"""A band of cash over the years: in the hue of money above zero, hatched where money is missing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from tightrope.charts import cash_plot, theme
from tightrope.charts.cash_plot import Line
from tightrope.charts.marks import Canvas

HUES = HUE, MISSING = theme.INTO_OPENAI, theme.OUT_OF_OPENAI
SAMPLE = 24.0
"""Width of a sample in a key, in pixels."""
DENSITY = 0.26
"""How dense a band of nine of ten runs is."""


def fill(
    canvas: Canvas,
    zero: float,
    upper: Line,
    lower: Line,
    density: float = DENSITY,
    edge: float = 1,
) -> None:
    """The area between two lines; what lies below the height `zero` takes the hue of a lack.

    `edge` is how thick its outline is, in pixels, 0 for none.
    """
    for hue, cut in zip(HUES, (min, max), strict=True):
        above, below = (
            [(x, cut(y, zero)) for x, y in _through(line, zero)] for line in (upper, lower)
        )
        if all(y == zero for _, y in (*above, *below)):
            continue
        path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in (*above, *reversed(below))) + "Z"
        canvas.symbol(0, 0, path, hue, None, density)
        for start, end in (pair for line in (above, below) for pair in pairwise(line)):
            if edge and (start[1], end[1]) != (zero, zero):
                canvas.line([start, end], hue, edge)


def hatch(canvas: Canvas, zero: float, upper: Line, lower: Line) -> None:
    """Strokes over what lies between the lines and below the height `zero`."""
    for x in np.arange(upper[0][0], upper[-1][0] + 0.01, cash_plot.HATCH):
        top, bottom = (at(line, float(x)) for line in (upper, lower))
        if bottom > zero:
            stroke = [(float(x), max(top, zero)), (float(x), bottom)]
            canvas.line(stroke, MISSING, cash_plot.STROKE)


def sample(canvas: Canvas, density: float, is_missing: bool, x: float, y: float) -> None:
    """What a key shows of a band, from its left end at a middle height."""
    upper, lower = ([(x, y + away), (x + SAMPLE, y + away)] for away in (-6, 6))
    zero = y - SAMPLE if is_missing else y + SAMPLE
    fill(canvas, zero, upper, lower, density)
    hatch(canvas, zero, upper, lower)


def at(line: Line, x: float) -> float:
    """How high the line is at `x`."""
    return float(np.interp(x, [x for x, _ in line], [y for _, y in line]))


def reach(lines: Iterable[Line], left: float, right: float) -> list[float]:
    """The heights that the lines take between these two places."""
    return [
        y
        for line in lines
        if line[0][0] < right and line[-1][0] > left
        for y in (
            at(line, left),
            at(line, right),
            *(y for x, y in line if left < x < right),
        )
    ]


def _through(line: Line, level: float) -> Line:
    """The line with a corner more wherever it crosses the level."""
    corners = [line[0]]
    for (x, y), (x2, y2) in pairwise(line):
        if (y - level) * (y2 - level) < 0:
            corners.append((x + (x2 - x) * (level - y) / (y2 - y), level))
        corners.append((x2, y2))
    return corners
