"""Draws a ring that has its place: bands by rung, walls with names, the closed ring, its sum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from tightrope.charts import marks, theme
from tightrope.charts.marks import HUES, SMALL, Canvas, Fill
from tightrope.charts.ring import arcs
from tightrope.charts.ring.arcs import Sweep
from tightrope.charts.ring.model import Band
from tightrope.charts.ring.place import EDGE, OPEN, Placed

_CHEVRONS = (0.36, 0.66)
_CHEVRON_FROM = 12.0
_WALL = 4.0
_POINTERS = 3
_PASSED = 0.16
"""Of the ink in which a band is a shadow: lighter than any hue."""


class Shown(NamedTuple):
    """What of a ring is drawn: some bands as they are, some as shadows, the others not at all."""

    lit: Sequence[Band]
    passed: Sequence[Band]
    is_owned: bool
    """Whether ownership without a payment is."""
    is_closed: bool
    """Whether the closed ring is, with what can come back."""


def draw(canvas: Canvas, placed: Placed, x: float, y: float, shown: Shown | None = None) -> None:
    """Draw the ring, or what is `shown` of it, with its centre at (x, y)."""
    ring = placed.ring
    for band, sweep in placed.sweeps:
        if shown is None or band in shown.lit:
            _band(canvas, band, sweep, x, y)
        elif band in shown.passed:
            _shadow(canvas, band, sweep, x, y)
    if ring.owned and (shown is None or shown.is_owned):
        _owned(canvas, placed, x, y)
    for number, (angle, inner, outer) in enumerate(placed.walls):
        shape = arcs.wall(inner, outer, angle, _WALL)
        canvas.symbol(x, y, shape, theme.INK, tip=ring.walls[number].words, z=2)
    look = placed.look
    for name in placed.names:
        place = (x + name.x, y + name.y)
        canvas.text(*place, name.text, name.align, look.size, bold=look.is_bold, z=3)
    if shown is None or shown.is_closed:
        _closed(canvas, placed, x, y)
        _centre(canvas, placed, x, y)


def _shadow(canvas: Canvas, band: Band, sweep: Sweep, x: float, y: float) -> None:
    shapes = [arcs.part(sweep, sweep.inner, sweep.outer)]
    if not sweep.is_pointed:
        shapes.append(arcs.head(sweep))
    for shape in shapes:
        canvas.symbol(x, y, shape, theme.INK, fill_opacity=_PASSED, tip=band.tip)


def _band(canvas: Canvas, band: Band, sweep: Sweep, x: float, y: float) -> None:
    hue = HUES[band.direction]
    for rung, inner, outer in slices(band, sweep):
        canvas.shape(x, y, arcs.part(sweep, inner, outer), Fill(hue, rung), band.tip)
    if band.is_open:
        _open_edge(canvas, band, sweep, x, y)
    if not band.size:
        return
    if not sweep.is_pointed:
        canvas.symbol(x, y, arcs.head(sweep), hue, tip=band.tip, z=2)
    is_calm = _rung_at_middle(band, sweep) in ("binding", "announced", "intended")
    if sweep.width > _CHEVRON_FROM * (1 if is_calm else 1.5):
        for share in _CHEVRONS:
            shape = arcs.chevron(sweep, share)
            stroke = hue if is_calm else theme.INK
            canvas.symbol(x, y, shape, None, stroke, thickness=2.2, tip=band.tip, z=2)


def slices(band: Band, sweep: Sweep) -> list[tuple[str, float, float]]:
    """The rungs of a band from the inside out: each with its inner and its outer radius."""
    if not band.size:
        return []
    amounts = {**band.parts, "high": band.size - band.low}
    found, radius = [], sweep.inner
    for rung, amount in amounts.items():
        wide = amount / band.size * sweep.width
        if wide > 0.05:
            found.append((rung, radius, radius + wide))
            radius += wide
    return found


def _rung_at_middle(band: Band, sweep: Sweep) -> str:
    return next(
        (rung for rung, inner, outer in slices(band, sweep) if inner <= sweep.middle <= outer), ""
    )


def _open_edge(canvas: Canvas, band: Band, sweep: Sweep, x: float, y: float) -> None:
    """Beyond a band without an upper end: dots without a scale, and a question mark among them."""
    inner = sweep.outer + (1 if band.size else 0)
    outer = sweep.outer + OPEN
    middle = (inner + outer) / 2
    halfway = (sweep.start + sweep.end) / 2
    aside = arcs.turned(middle, 4)
    fill = Fill(HUES[band.direction], "unknown")
    for start, end in ((sweep.start, halfway - aside), (halfway + aside, sweep.end)):
        edge = Sweep(inner, outer, start, end, is_blunt=True)
        canvas.shape(x, y, arcs.part(edge, inner, outer), fill, band.tip)
    right, down = arcs.at(middle, halfway)
    canvas.text(x + right, y + down, "?", "center", SMALL, bold=True, z=3)


def _owned(canvas: Canvas, placed: Placed, x: float, y: float) -> None:
    """Ownership without a payment: a dotted line from wall to wall, and words."""
    start, end = placed.ring.owned or (0, 0)
    landlord, owner = (placed.ring.walls[number].words for number in (start, end))
    angles = [wall[0] for wall in placed.walls]
    radius = placed.look.inner + 4
    inside = [s.outer for _, s in placed.sweeps if s.start < angles[end] and s.end > angles[end]]
    radius = max([radius, *(outer + 6 for outer in inside)])
    first, last = (
        angles[start] + arcs.turned(radius, arcs.GAP),
        angles[end] - arcs.turned(radius, arcs.GAP),
    )
    canvas.symbol(
        x,
        y,
        arcs.arc(radius, first, last),
        None,
        theme.INK,
        thickness=2.4,
        dash=(2.4, 3.6),
        tip=f"{owner} owns {landlord}; no payment known",
        z=2,
    )
    below = max(name.y for name in placed.names) + 18
    for number, line in enumerate(placed.foot):
        canvas.text(x, y + below + number * 15, line, "center", SMALL, opacity=0.75, z=3)


def _closed(canvas: Canvas, placed: Placed, x: float, y: float) -> None:
    """The closed ring: solid what surely can come back, hatched up to the high end."""
    ring, rim, hue = placed.ring, placed.rim, theme.ROUND_TRIP
    if not ring.comes_back:
        circle = arcs.circle(0, rim)
        canvas.symbol(x, y, circle, None, theme.INK, thickness=1, dash=(1.5, 3.5), z=0)
        return
    tip = next(row for row in ring.rows if row.direction == "round")
    said = f"{tip.head}: {tip.sum}, {tip.words}"
    if placed.low:
        canvas.shape(x, y, arcs.circle(rim - placed.low, rim), Fill(hue), said)
    if placed.high > placed.low:
        shape = arcs.circle(rim - placed.high, rim - placed.low)
        canvas.shape(x, y, shape, Fill(hue, "high"), said)
    if ring.is_open:
        inner = rim - max(placed.low, placed.high)
        canvas.shape(x, y, arcs.circle(inner - EDGE, inner - 1), Fill(hue, "unknown"), said)
    thick = placed.low or placed.high
    for number in range(_POINTERS):
        angle = math.pi / 3 + number * 2 * math.pi / _POINTERS
        size = max(10.0, min(1.1 * thick + 4, 15.0))
        canvas.symbol(x, y, arcs.pointer(rim - thick / 2, angle, size), hue, tip=said, z=2)


def _centre(canvas: Canvas, placed: Placed, x: float, y: float) -> None:
    ring, room = placed.ring, 1.6 * placed.hole
    if not ring.comes_back:
        lines = ["no way", "back", "known"] if placed.hole >= 30 else ["none"]
        for number, line in enumerate(lines):
            at = y + (number - (len(lines) - 1) / 2) * 15
            canvas.text(x, at, line, "center", SMALL, opacity=0.8, z=3)
        return
    below = ["can come", "back"] if placed.hole >= 34 else []
    text, size = _fitted(ring.centre, room)
    top = y - 7.5 * len(below)
    canvas.text(x, top, text, "center", size, bold=True, hue=theme.ROUND_TRIP, z=3)
    for number, line in enumerate(below):
        at = top + size / 2 + 10 + number * 14
        canvas.text(x, at, line, "center", SMALL, hue=theme.ROUND_TRIP, z=3)


def _fitted(text: str, room: float) -> tuple[str, int]:
    """The sum as large as it fits; without its unit where it would not be 13 pixels high."""
    for words in (text, text.replace("\N{NO-BREAK SPACE}bn", "")):
        for size in (20, 17, 15, 13, SMALL):
            if marks.text_width(words, size, bold=True) <= room:
                return words, size
    return text.replace("\N{NO-BREAK SPACE}bn", ""), SMALL
