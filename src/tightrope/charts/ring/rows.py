"""The rows beside or below a ring: in, out and what comes back, each with its sum and its words."""

from __future__ import annotations

from collections.abc import Iterable

from tightrope.charts import marks
from tightrope.charts.marks import HUES, SMALL, Canvas
from tightrope.charts.ring.model import Row

_HEAD, _SUM = 16.0, 17.0
_LINE = 13.5
_SIZES = (15, 14, 13, SMALL)
"""Type sizes of a sum: the largest that fits in one line."""
_SHORT = {"in": "in", "out": "out", "onward": "on", "round": "back"}
_SPOKEN = ("in", "out")
"""The rows of which a column has words beside the sum."""


def column(canvas: Canvas, rows: Iterable[Row], x: float, y: float, width: float) -> float:
    """Rows one below the other, the sum and what it is in one line; the height below them."""
    for row in rows:
        lines, size = _sum(f"{row.sum} {_SHORT[row.direction]}", width)
        y = _bold(canvas, row, lines, size, (x, y))
        for line in _words(row, width) if row.direction in _SPOKEN else ():
            canvas.text(x, y + 6, line, size=SMALL)
            y += _LINE
        y += 4
    return y


def height(rows: Iterable[Row], width: float) -> float:
    """How high `column` is."""
    return sum(
        len(_sum(f"{row.sum} {_SHORT[row.direction]}", width)[0]) * _SUM
        + (len(_words(row, width)) * _LINE if row.direction in _SPOKEN else 0)
        + 4
        for row in rows
    )


def cell(
    canvas: Canvas, row: Row, x: float, y: float, width: float, has_lanes: bool = False
) -> float:
    """A row as a cell: its direction, below it the sum, below that the words; the height below.

    `has_lanes` adds who has which part of it.
    """
    canvas.text(x, y + 7, row.head, size=SMALL, hue=HUES[row.direction])
    y = _bold(canvas, row, *_sum(row.sum, width), (x, y + _HEAD))
    lanes = marks.wrap(row.lanes, width, 8, SMALL) if has_lanes and row.lanes else []
    for line in (*_words(row, width), *lanes):
        canvas.text(x, y + 6, line, size=SMALL)
        y += _LINE
    return y


def _bold(
    canvas: Canvas, row: Row, lines: Iterable[str], size: int, place: tuple[float, float]
) -> float:
    x, y = place
    for line in lines:
        canvas.text(x, y + 8, line, size=size, bold=True, hue=HUES[row.direction])
        y += _SUM
    return y


def _sum(text: str, width: float) -> tuple[list[str], int]:
    """The sum in one line as large as it fits, else in two, and its type size."""
    for size in _SIZES:
        if marks.text_width(text, size, bold=True) <= width:
            return [text], size
    lines = marks.wrap(text, width, 3, _SIZES[-2], bold=True)
    if any(line.endswith("…") for line in lines):
        # Without room for a whole range it breaks after its dash.
        lines = marks.wrap(text.replace("–", "– "), width, 3, _SIZES[-2], bold=True)
    return lines, _SIZES[-2]


def _words(row: Row, width: float) -> list[str]:
    return marks.wrap(row.words, width, 12, SMALL) if row.words else []
