"""Several rings at one scale: side by side with a table below, or on a phone one a row."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from tightrope.charts import legend, marks, phone, theme
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.ring import rows
from tightrope.charts.ring.draw import draw
from tightrope.charts.ring.model import Ring, Row
from tightrope.charts.ring.place import THIN, Look, Placed, fitting, place
from tightrope.units import usd_bn

_COLUMN, _APART = 200.0, 18.0
_STRIP = Look(inner=43.0, apart=2.0, scale=1 / 8)
_PHONE = Look(inner=29.0, apart=2.0, scale=1 / 11, size=marks.SMALL, is_short=True)
_PHONE_COLUMNS = (138.0, 132.0, 126.0, 120.0)
"""How wide a ring stands on a phone: it gives way where its words need more lines than fit."""
_THICK = 14.0
"""Pixels that the widest band has at least, where rings find room."""
_TITLES = (17, 16, 15, 14)
_TITLE_LINE = 19.0


def rings(table: Sequence[Ring], width: int) -> Drawing:
    """The rings side by side, as many as find room, or one a row on a phone; `width` wide.

    All are drawn at one scale, and their rows align, so that they are also a table. The legend
    with the scale stands in an empty place or below. Raises ValueError without a ring.
    """
    if not table:
        raise ValueError("there is no ring to draw")
    return _beside(table, width) if marks.is_wide(width) else _below(table, width)


def _beside(table: Sequence[Ring], width: int) -> Drawing:
    count = max(2, min(len(table), int((width + _APART) // (_COLUMN + _APART))))
    # Rows as even as can be: five are three and two, and never four and one.
    count = math.ceil(len(table) / math.ceil(len(table) / count))
    cell = (width - (count - 1) * _APART) / count
    look = _STRIP._replace(scale=fitting(table, _grown(table, _STRIP), cell))
    canvas = Canvas(width)
    y = 0.0
    for first in range(0, len(table), count):
        lefts = [place * (cell + _APART) for place in range(count)]
        group = [place(ring, look) for ring in table[first : first + count]]
        top, y = y, _group(canvas, group, lefts, cell, y) + 26
        if len(group) < count:
            _key(canvas, table, look, lefts[len(group)], top + 4, width - lefts[len(group)])
    if len(table) % count == 0:
        y = _key(canvas, table, look, 0, y - 10, width)
    return canvas.chart(y)


def _grown(table: Sequence[Ring], look: Look) -> Look:
    """The look with a larger scale where the sums are small: the widest band is to be seen."""
    most = max((band.size for ring in table for band in ring.bands), default=0.0)
    least = _THICK * look.inner / _STRIP.inner
    return look._replace(scale=max(look.scale, least / most)) if most > 0 else look


def _group(
    canvas: Canvas, group: Sequence[Placed], lefts: Sequence[float], cell: float, y: float
) -> float:
    """One row of rings with their centres at one height, and their tables; the height below."""
    up = max(placed.extent.up for placed in group)
    down = max(placed.extent.down for placed in group)
    lines = max(len(_title(placed.ring, cell)[0]) for placed in group)
    top = y + 10 + lines * _TITLE_LINE + up
    for placed, left in zip(group, lefts, strict=False):
        canvas.line([(left, y), (left + cell, y)], thickness=1.5)
        _write_title(canvas, placed.ring, left, y, cell)
        extent = placed.extent
        x = left + (cell - extent.left - extent.right) / 2 + extent.left
        draw(canvas, placed, x, top)
    top += down + 12
    deepest = top
    half = (cell - 12) / 2
    for placed, left in zip(group, lefts, strict=False):
        canvas.line([(left, top - 3), (left + cell, top - 3)], opacity=0.3)
        for directions, x in ((("in", "onward"), left), (("out",), left + half + 12)):
            below = top
            for row in _chosen(placed.ring, directions):
                below = rows.cell(canvas, row, x, below, half) + 6
            deepest = max(deepest, below)
    top, below = deepest + 4, deepest
    for placed, left in zip(group, lefts, strict=False):
        canvas.line([(left, top - 3), (left + cell, top - 3)], theme.ROUND_TRIP, 1.5)
        for row in _chosen(placed.ring, ("round",)):
            below = max(below, rows.cell(canvas, row, left, top, cell))
    return below


def _chosen(ring: Ring, directions: Sequence[str]) -> list[Row]:
    return [row for direction in directions for row in ring.rows if row.direction == direction]


def _title(ring: Ring, width: float) -> tuple[list[str], int]:
    """The name in one line as large as it fits, else in two, and its type size."""
    for size in _TITLES:
        if marks.text_width(ring.name, size, bold=True) <= width:
            return [ring.name], size
    return marks.wrap(ring.name, width, 2, _TITLES[-1], bold=True), _TITLES[-1]


def _write_title(canvas: Canvas, ring: Ring, x: float, y: float, width: float) -> float:
    lines, size = _title(ring, width)
    for line in lines:
        canvas.text(x, y + 14, line, size=size, bold=True)
        y += _TITLE_LINE
    return y


def _below(table: Sequence[Ring], width: int) -> Drawing:
    for column in _PHONE_COLUMNS:
        drawing = _in_rows(table, width, column)
        if drawing.height <= phone.TALLEST:
            break
    return drawing


def _in_rows(table: Sequence[Ring], width: int, column: float) -> Drawing:
    look = _PHONE._replace(scale=fitting(table, _grown(table, _PHONE), column))
    beside = width - column - 8
    canvas = Canvas(width)
    y = 0.0
    for ring in table:
        placed = place(ring, look)
        extent = placed.extent
        canvas.line([(0, y), (width, y)], thickness=1.5)
        top = _write_title(canvas, ring, 0, y - 2, width) + 6
        tall = extent.up + extent.down
        room = max(tall, rows.height(ring.rows, beside))
        x = (column - extent.left - extent.right) / 2 + extent.left
        draw(canvas, placed, x, top + (room - tall) / 2 + extent.up)
        rows.column(canvas, ring.rows, column + 8, top, beside)
        y = top + room + 5
    # The rows beside the rings have the words of the arrows in their hues.
    return canvas.chart(_key(canvas, table, look, 0, y, width, has_arrows=False))


def _key(
    canvas: Canvas,
    table: Sequence[Ring],
    look: Look,
    x: float,
    y: float,
    width: float,
    has_arrows: bool = True,
) -> float:
    """The legend with the scale, in a column `width` wide; the height below it."""
    used = {direction for ring in table for direction in ring.directions if has_arrows}
    rungs = {rung for ring in table for rung in ring.rungs}
    if any(ring.is_open and ring.comes_back for ring in table):
        rungs.add("unknown")
    focal = table[0].walls[0].words
    return legend.legend(canvas, used, rungs, y, focal, scale(canvas, look.scale), x, width)


def scale(canvas: Canvas, pixels: float) -> list[legend.Item]:
    """The signs of the scale: a bar as thick as a round sum, and the thinnest that is drawn."""
    sums = [step * 10.0**power for power in range(-3, 5) for step in (1, 2, 5)]
    dollars = max((one for one in sums if one * pixels <= 20), default=sums[0])
    least = usd_bn(float(f"{THIN / pixels:.2g}"))
    return [
        (12.0, _bar(canvas, dollars * pixels), f"this thick: {usd_bn(dollars)}"),
        (12.0, _bar(canvas, THIN), f"{least} or less"),
    ]


def _bar(canvas: Canvas, thick: float) -> Callable[[float, float], None]:
    def sign(x: float, y: float) -> None:
        canvas.symbol(x, y, f"M0,{-thick / 2:.2f}h12v{thick:.2f}h-12Z", theme.INK, fill_opacity=0.8)

    return sign
