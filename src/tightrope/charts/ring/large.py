"""One ring as large as a page allows: its steps numbered, its rows beside it."""

from __future__ import annotations

from collections.abc import Sequence

from tightrope.charts import legend, marks, theme
from tightrope.charts.marks import HUES, SMALL, Canvas, Drawing
from tightrope.charts.ring import arcs, rows
from tightrope.charts.ring.arcs import Sweep
from tightrope.charts.ring.draw import draw
from tightrope.charts.ring.model import Band, Ring, Row
from tightrope.charts.ring.place import Look, Placed, fitting, place
from tightrope.charts.ring.strip import scale

_WIDE = Look(inner=72.0, apart=4.0, scale=4.0, size=14, is_large=True)
_NARROW = Look(inner=52.0, apart=3.0, scale=4.0, is_large=True)
_ROOM = 380.0
_TALLEST = 78.0
"""How thick all bands of one side are at most, in pixels: a small ring is not blown up."""
_ORDER = ("out", "onward", "in", "round")
_DISC = 11.0


def ring(one: Ring, width: int) -> Drawing:
    """The ring with its rows, `width` wide; on a phone the rows stand below it.

    The scale is its own: the largest at which it fits. Steps are numbered in the order of the
    money, on the bands and at the rows.
    """
    is_wide = marks.is_wide(width)
    room = _ROOM if is_wide else float(width)
    placed = fitted(one, _WIDE if is_wide else _NARROW, room)
    extent = placed.extent
    canvas = Canvas(width)
    tall = extent.up + extent.down
    left = room + 24 if is_wide else 0.0
    beside = width - left
    steps = [row for direction in _ORDER for row in one.rows if row.direction == direction]
    needed = _height(steps, beside)
    top = max(0.0, (needed - tall) / 2) if is_wide else 0.0
    x = (room - extent.left - extent.right) / 2 + extent.left
    draw(canvas, placed, x, top + extent.up)
    _discs(canvas, placed, x, top + extent.up)
    y = max(0.0, (tall - needed) / 2) if is_wide else tall + 14
    for number, row in enumerate(steps, 1):
        if row.direction != "round":
            _disc(canvas, left + _DISC, y + _DISC, number, row.direction)
        y = rows.cell(canvas, row, left + 2 * _DISC + 8, y, beside - 2 * _DISC - 8, True) + 10
    below = max(y, top + tall) + 8
    rungs = one.rungs | ({"unknown"} if one.is_open and one.comes_back else set())
    focal = one.walls[0].words
    has_size = any(band.size for band in one.bands)
    signs = scale(canvas, placed.look.scale) if has_size else []
    return canvas.chart(legend.legend(canvas, one.directions, rungs, below, focal, signs))


def fitted(one: Ring, look: Look, room: float) -> Placed:
    """The ring by itself, at the largest scale at which it has room and is not too thick."""
    return place(one, look._replace(scale=fitting([one], _capped(one, look), room)))


def _capped(one: Ring, look: Look) -> Look:
    """The look with a scale at which the thickest side is not too thick."""
    sides = [
        sum(band.size for band in one.bands if band.direction == direction)
        for direction in ("out", "onward", "in")
    ]
    most = max(*sides, one.high * 2.5)
    return look._replace(scale=_TALLEST * look.inner / _WIDE.inner / most if most else 1.0)


def _height(steps: Sequence[Row], width: float) -> float:
    """How high the rows are below each other: drawn once where nobody sees it."""
    y = 0.0
    for row in steps:
        y = rows.cell(Canvas(int(width)), row, 0, y, width - 2 * _DISC - 8, True) + 10
    return y


def _discs(canvas: Canvas, placed: Placed, x: float, y: float) -> None:
    """The number of each step on its widest band."""
    order = [direction for direction in _ORDER if direction != "round"]
    shown = [d for d in order if any(row.direction == d for row in placed.ring.rows)]
    for number, direction in enumerate(shown, 1):
        lanes = [pair for pair in placed.sweeps if pair[0].direction == direction]
        if lanes:
            band, sweep = max(lanes, key=lambda pair: pair[1].width)
            right, down = _spot(band, sweep, 0.16)
            _disc(canvas, x + right, y + down, number, direction)


def _spot(band: Band, sweep: Sweep, share: float) -> arcs.Point:
    """A point on a band, or just outside one that is thinner than a disc."""
    radius = sweep.middle if sweep.width >= 2 * _DISC else sweep.outer + _DISC + 3
    return arcs.at(
        radius + (10 if band.is_open and sweep.width < 2 * _DISC else 0), sweep.along(share)
    )


def _disc(canvas: Canvas, x: float, y: float, number: int, direction: str) -> None:
    hue = theme.TEXT[HUES[direction]]
    canvas.symbol(x, y, marks.circle(_DISC), hue, z=4)
    canvas.text(x, y + 0.5, str(number), "center", SMALL + 1, bold=True, z=5, hue=theme.ON_DISC)
