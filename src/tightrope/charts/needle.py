"""Figures to watch as needles, on scales whose left end warns and whose right end is hoped for.

Every scale is turned so, and has its two thresholds at the same places: a third and two thirds of
its length. Six figures in six units can then be compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tightrope.charts import marks, theme
from tightrope.charts.marks import SMALL, Canvas, Drawing, Fill

_TRACK, _HEAD = 18.0, 9.0
_LINE = 15.0
"""Distance of two lines of words below a scale, in pixels."""
_GAP, _BELOW = 44.0, 20.0
_COLUMNS = 2
"""Of several needles on a wide page; on a phone one stands below the other."""
LINES = (1 / 3, 2 / 3)
"""Where the threshold of the warning and that of the blueprint stand, as parts of the scale."""


@dataclass(frozen=True)
class Needle:
    """A figure of today beside two thresholds, all in one unit.

    A threshold that is an event has words and no value (NaN), and so no line; `low` and `high` are
    the ends of a value that is known as a range. Raises ValueError where no threshold has a value,
    or both are the same.
    """

    written: str
    value: float
    warning: float
    blueprint: float
    warning_words: str
    blueprint_words: str
    low: float = math.nan
    high: float = math.nan
    is_projected: bool = False

    def __post_init__(self) -> None:
        if math.isnan(self.warning) and math.isnan(self.blueprint):
            raise ValueError("a needle needs the value of at least one threshold")
        if self.warning == self.blueprint:
            raise ValueError(f"both thresholds are {self.warning}")

    def place(self, value: float) -> float:
        """Where a value stands, as a part of the scale from 0 to 1, linear between the thresholds.

        With one threshold alone, zero stands at the other end of the scale. What lies beyond an end
        stands at that end.
        """
        (left, at_left), (right, at_right) = zip((self.warning, self.blueprint), LINES, strict=True)
        if math.isnan(left):
            left, at_left = 0.0, 0.0
        if math.isnan(right):
            right, at_right = 0.0, 1.0
        part = at_left + (value - left) / (right - left) * (at_right - at_left)
        return min(max(part, 0.0), 1.0)


class Watched(NamedTuple):
    """A figure to watch: its name, its needle, and where and when its next value is expected."""

    name: str
    needle: Needle
    later: str


def needle(one: Needle, width: int) -> Drawing:
    """The scale with its needle, the value above it and the thresholds below: `width` wide."""
    canvas = Canvas(width)
    return canvas.chart(_draw(canvas, one, width))


def needles(some: Sequence[Watched], width: int) -> Drawing:
    """The needles in their order, row by row: a drawing `width` wide."""
    canvas = Canvas(width)
    columns = _COLUMNS if marks.is_wide(width) else 1
    column = (width - _GAP * (columns - 1)) / columns
    top = 0.0
    for first in range(0, len(some), columns):
        row = some[first : first + columns]
        ends = [
            _one(canvas, one, column, place * (column + _GAP), top) for place, one in enumerate(row)
        ]
        top = max(ends) + (_BELOW if first + columns < len(some) else 0)
    return canvas.chart(top)


def _one(canvas: Canvas, one: Watched, width: float, left: float, top: float) -> float:
    """A name, its needle and its next value; where it ends below."""
    canvas.line([(left, top), (left + width, top)], opacity=0.35)
    canvas.text(left, top + 14, one.name, bold=True)
    end = _draw(canvas, one.needle, width, left, top + 26)
    lines = marks.wrap(f"Next: {one.later}", width, 2, SMALL)
    return marks.paragraph(canvas, lines, left, end, _LINE, size=SMALL, opacity=0.8) + 6


def _draw(canvas: Canvas, one: Needle, width: float, left: float = 0.0, top: float = 0.0) -> float:
    """Draw a scale `width` wide from a corner of the canvas; where it ends below."""
    x = left + one.place(one.value) * width
    track = top + 22 + _HEAD
    half = marks.text_width(one.written, bold=True) / 2
    middle = min(max(x, left + half), left + width - half)
    canvas.text(middle, top + 9, one.written, "center", bold=True)
    for start, end, fill, has_line in (
        (0.0, LINES[0], Fill(theme.ONWARD, "high"), not math.isnan(one.warning)),
        (LINES[1], 1.0, Fill(theme.ONWARD), not math.isnan(one.blueprint)),
    ):
        if has_line:
            canvas.area(left + start * width, track, (end - start) * width, _TRACK, fill)
            at = left + (end if start == 0 else start) * width
            canvas.line([(at, track - 3), (at, track + _TRACK + 5)], thickness=1.5, z=1)
    for y in (track, track + _TRACK):
        canvas.line([(left, y), (left + width, y)], opacity=0.35)
    if one.high > one.low:
        start, end = (left + one.place(value) * width for value in (one.low, one.high))
        canvas.line([(start, track + _TRACK / 2), (end, track + _TRACK / 2)], thickness=6, z=2)
    shape = f"M0,{_HEAD}L{-_HEAD * 0.7},0H{_HEAD * 0.7}Z"
    body = None if one.is_projected else theme.INK
    canvas.symbol(x, track - _HEAD, shape, body, theme.INK, thickness=1.5, z=3)
    canvas.line([(x, track), (x, track + _TRACK)], thickness=2, z=3)
    return _thresholds(canvas, one, width, left, track + _TRACK + 8)


def _thresholds(canvas: Canvas, one: Needle, width: float, left: float, y: float) -> float:
    """What each threshold is, the warning left and the blueprint right; where it ends."""
    ends = []
    for head, words, x, align in (
        ("Warning", one.warning_words, left, "left"),
        ("Blueprint", one.blueprint_words, left + width, "right"),
    ):
        below = marks.paragraph(canvas, [head], x, y, align=align, size=SMALL, bold=True)
        lines = marks.wrap(words, width / 2 - 6, 3, SMALL)
        ends.append(marks.paragraph(canvas, lines, x, below, _LINE, align=align, size=SMALL))
    return max(ends)
