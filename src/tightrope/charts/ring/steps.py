"""One step round a ring: the way so far in shadow, the step's own band lit, its sum beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tightrope.charts import legend, marks, theme
from tightrope.charts.marks import HUES, SMALL, Canvas, Drawing, Fill
from tightrope.charts.ring import arcs
from tightrope.charts.ring.draw import Shown, draw
from tightrope.charts.ring.large import fitted
from tightrope.charts.ring.model import Band, Ring, Row
from tightrope.charts.ring.place import Look, Placed
from tightrope.charts.ring.strip import scale

_WIDE = Look(inner=60.0, apart=4.0, scale=4.0, size=14, is_large=True)
_NARROW = Look(inner=48.0, apart=3.0, scale=4.0, is_large=True)
_ROOM, _GAP = 280.0, 22.0
_COIN = 12.0
_SWATCH, _TALL = 22.0, 14.0
_LINE = 17.0
_SUMS = (24, 21, 18, 16, 14)
"""Type sizes of the step's own sum: the largest that fits in one line."""
_FADED = 0.68


@dataclass(frozen=True)
class Step:
    """One step of the money round a ring.

    `head` says who pays whom, `sum` how much, and `lines` how sure it is, each with its rung. The
    step over a wall that only ownership leads over has no bands. `back` is the row of what can
    come back, in the step that closes the ring.
    """

    head: str
    direction: str
    sum: str
    lines: Sequence[tuple[str, str]]
    bands: Sequence[Band]
    is_owned: bool = False
    back: Row | None = None


def step(ring: Ring, steps: Sequence[Step], number: int, width: int) -> Drawing:
    """The picture of the step of this number, from 1 on, `width` wide; on a phone words below.

    The ring keeps its place and its scale from step to step. Raises IndexError for a number that
    no step has.
    """
    own, before = steps[number - 1], steps[: number - 1]
    is_wide = width >= _ROOM + _GAP + 200
    room = _ROOM if is_wide else float(width)
    placed = fitted(ring, _WIDE if is_wide else _NARROW, room)
    extent = placed.extent
    canvas = Canvas(width)
    tall = extent.up + extent.down
    left = room + _GAP if is_wide else 0.0
    lists = [steps[:count] for count in range(1, len(steps) + 1)]
    high = max(_list(Canvas(width), one, left, 0, width - left) for one in lists)
    top = max(0.0, (high - tall) / 2) if is_wide else 0.0
    x, y = (room - extent.left - extent.right) / 2 + extent.left, top + extent.up
    shown = Shown(
        own.bands,
        [band for one in before for band in one.bands],
        any(one.is_owned for one in [*before, own]),
        own.back is not None,
    )
    draw(canvas, placed, x, y, shown)
    if own.back is None:
        _count(canvas, placed, number, len(steps), (x, y))
    _coin(canvas, placed, own, x, y)
    below = _list(canvas, steps[:number], left, 0 if is_wide else tall + 16, width - left)
    below = max(tall, high) if is_wide else below
    signs = scale(canvas, placed.look.scale) if own.bands else []
    rungs = {rung for band in own.bands for rung in band.rungs} & {"high", "unknown"}
    if own.back and ring.is_open:
        rungs.add("unknown")
    return canvas.chart(legend.legend(canvas, (), rungs, below + 10, first=signs))


def _count(
    canvas: Canvas, placed: Placed, number: int, count: int, centre: tuple[float, float]
) -> None:
    """Which step it is, in the hole that nothing closes yet."""
    x, y = centre
    rim = arcs.circle(0, placed.rim)
    canvas.symbol(x, y, rim, None, theme.INK, thickness=1, dash=(1.5, 3.5), z=0)
    canvas.text(x, y - 10, "step", "center", SMALL, opacity=_FADED, z=3)
    canvas.text(x, y + 9, f"{number} of {count}", "center", 17, bold=True, z=3)


def _coin(canvas: Canvas, placed: Placed, own: Step, x: float, y: float) -> None:
    """The dollar on the step's widest band, or at the wall that it is not known to pass."""
    lanes = [pair for pair in placed.sweeps if pair[0] in own.bands]
    if lanes:
        band, sweep = max(lanes, key=lambda pair: pair[1].width)
        is_thick = sweep.width >= 2 * _COIN
        radius = sweep.middle if is_thick else sweep.outer + _COIN + 3 + 10 * band.is_open
        right, down = arcs.at(radius, sweep.along(0.5))
    elif placed.ring.owned:
        angle, inner, outer = placed.walls[placed.ring.owned[0]]
        right, down = arcs.at((inner + outer) / 2, angle)
    else:
        return
    hue = theme.TEXT[HUES[own.direction]] if own.direction else theme.TEXT[theme.ONWARD]
    canvas.symbol(x + right, y + down, marks.circle(_COIN), hue, z=4)
    canvas.symbol(
        x + right, y + down, marks.circle(_COIN - 2.5), None, theme.ON_DISC, thickness=1, z=5
    )
    canvas.text(x + right, y + down + 0.5, "$", "center", 14, bold=True, z=5, hue=theme.ON_DISC)


def _list(canvas: Canvas, steps: Sequence[Step], x: float, y: float, width: float) -> float:
    """The steps so far below each other, the last in full; the height below them."""
    *before, own = steps
    for one in before:
        y = _short(canvas, one, x, y, width)
    if before:
        canvas.line([(x, y + 1), (x + width, y + 1)], opacity=0.3)
        y += 8
    return _full(canvas, own, x, y, width)


def _short(canvas: Canvas, one: Step, x: float, y: float, width: float) -> float:
    for line in marks.wrap(one.head, width, 2, SMALL):
        canvas.text(x, y + 7, line, size=SMALL, opacity=_FADED)
        y += 16
    canvas.text(x, y + 8, one.sum, size=14, bold=True, opacity=_FADED)
    return y + 25


def _full(canvas: Canvas, own: Step, x: float, y: float, width: float) -> float:
    for line in marks.wrap(own.head, width, 3, 14, bold=True):
        canvas.text(x, y + 8, line, size=14, bold=True)
        y += _LINE
    y = _sum(canvas, own.sum, own.direction, (x, y), width)
    indent = _SWATCH + 7 if any(rung for rung, _ in own.lines) else 0.0
    for rung, words in own.lines:
        if rung:
            canvas.area(x, y + 2, _SWATCH, _TALL, Fill(HUES[own.direction], rung))
        for line in marks.wrap(words, width - indent, 4, SMALL):
            canvas.text(x + indent, y + 9, line, size=SMALL)
            y += 15
        y += 5
    if own.back is None:
        return y
    y += 8
    canvas.line([(x, y), (x + width, y)], theme.ROUND_TRIP, 1.5)
    y += 6
    canvas.text(x, y + 8, own.back.head, size=14, bold=True, hue=theme.ROUND_TRIP)
    y = _sum(canvas, own.back.sum, "round", (x, y + _LINE), width)
    for line in marks.wrap(own.back.words, width, 5, SMALL):
        canvas.text(x, y + 7, line, size=SMALL)
        y += 15
    return y


def _sum(
    canvas: Canvas, text: str, direction: str, place: tuple[float, float], width: float
) -> float:
    x, y = place
    fits = (size for size in _SUMS if marks.text_width(text, size, bold=True) <= width)
    size = next(fits, _SUMS[-1])
    hue = HUES[direction]
    canvas.text(x, y + size / 2 + 3, text, size=size, bold=True, hue=hue)
    return y + size + 9
