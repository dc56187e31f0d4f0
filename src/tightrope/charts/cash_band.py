"""A band of cash over the years: in the hue of money above zero, hatched where money is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from tightrope.charts import cash_plot, marks, theme
from tightrope.charts.cash_plot import CashPlot, Line
from tightrope.charts.marks import LINE, Canvas

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


def stroke(
    canvas: Canvas,
    x: float,
    y: float,
    hue: str = theme.INK,
    thickness: float = 2.5,
    dash: Sequence[float] = (),
    dot: float = 0,
) -> None:
    """What a key shows of a line, with a dot in its middle if that has a radius."""
    canvas.line([(x, y), (x + SAMPLE, y)], hue, thickness, dash=dash)
    if dot:
        canvas.symbol(x + SAMPLE / 2, y, marks.circle(dot), hue)


def between(lines: Sequence[Line]) -> tuple[Line, Line]:
    """The upper and the lower edge of all lines, which have the same places across."""
    places = [x for x, _ in lines[0]]
    across = np.union1d(places, np.arange(places[0], places[-1], cash_plot.HATCH / 2))
    heights = [[at(line, x) for line in lines] for x in across]
    upper, lower = ([end(ys) for ys in heights] for end in (min, max))
    return list(zip(across, upper, strict=True)), list(zip(across, lower, strict=True))


def name_outside(
    canvas: Canvas,
    plot: CashPlot,
    x: float,
    ends: tuple[float, float],
    words: Sequence[str],
    roof: Iterable[Line],
    floor: Iterable[Line],
    right: float,
) -> float:
    """Words for what lies between two heights at `x`, outside the lines on the nearer side.

    A dotted line leads to them; they end at `right`. The height below the plot and the words.
    """
    half = max(marks.text_width(line, bold=True) for line in words) / 2
    middle = min(max(x, plot.left + half), right - half)
    room, (top, bottom) = (middle - half - 4, middle + half + 4), ends
    above = min([top, *reach(roof, *room)]) - 8
    below = max([bottom, *reach(floor, *room)]) + 8
    tall, zero = len(words) * LINE, plot.height(0)
    is_above = above - tall >= plot.top - 10 and top - above < below - bottom
    side, start, end = (-1, top, above) if is_above else (1, bottom, below)
    centre = end + side * tall / 2
    if abs(centre - zero) < tall / 2 + 4:  # the strong line would run through the words
        centre = zero + side * (tall / 2 + 4)
    canvas.line([(x, start), (x, centre - side * tall / 2)], dash=(2, 2), z=2)
    marks.block(canvas, middle, centre, words, "center", bold=True)
    return max(plot.bottom, centre + tall / 2)


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
