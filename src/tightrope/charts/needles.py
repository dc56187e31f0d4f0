"""Several figures to watch in one picture: a needle each, with its name and its next value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tightrope.charts import marks
from tightrope.charts.marks import SMALL, Canvas, Drawing
from tightrope.charts.needle import LINE, Needle, draw

_GAP, _BELOW = 44.0, 20.0
_COLUMNS = 2
"""On a wide page; on a phone one stands below the other."""


class Watched(NamedTuple):
    """A figure to watch: its name, its needle, and where and when its next value is expected."""

    name: str
    needle: Needle
    later: str


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
    end = draw(canvas, one.needle, width, left, top + 26)
    lines = marks.wrap(f"Next: {one.later}", width, 2, SMALL)
    return marks.paragraph(canvas, lines, left, end, LINE, size=SMALL, opacity=0.8) + 6
