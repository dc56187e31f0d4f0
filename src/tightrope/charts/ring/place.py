"""Where everything of a ring lies around its centre, in pixels, at a given scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from tightrope.charts import marks
from tightrope.charts.ring import arcs
from tightrope.charts.ring.arcs import Sweep
from tightrope.charts.ring.model import Band, Ring, Wall

THIN = 1.6
"""Width of the thinnest band: one that the scale would make thinner is drawn so."""
OPEN = 10.0
"""Width of the dotted edge of a band without an upper end; it has no scale."""
EDGE = 6.0
"""The same of the closed ring."""
_APART = 4.0
"""Between the bands and the closed ring inside them."""
_BEYOND = 7.0
_LINE = 15.0
_NAME_WIDTH = 7.5
"""Of a line of a name, in sizes of its type."""
_LEAN = 10.0
_OWNED = ("dotted: owns it;", "no payment known")


class Look(NamedTuple):
    """How large a ring is drawn: its inner radius, the space between lanes, and pixels a billion.

    `is_large` has a lane for each payer throughout.
    """

    inner: float
    apart: float
    scale: float
    size: int = marks.SMALL + 1
    is_large: bool = False
    is_short: bool = False
    """Whether walls have their short names, in plain type and close to them."""

    @property
    def is_bold(self) -> bool:
        """Whether names are."""
        return not self.is_short


class Extent(NamedTuple):
    """How far something reaches from the centre, each side positive."""

    left: float
    right: float
    up: float
    down: float


class Name(NamedTuple):
    """A line of a party's name at its wall."""

    x: float
    y: float
    text: str
    align: str


@dataclass(frozen=True)
class Placed:
    """A ring whose parts have their places."""

    ring: Ring
    look: Look
    sweeps: Sequence[tuple[Band, Sweep]]
    walls: Sequence[tuple[float, float, float]]
    """Angle, where it begins and where it ends."""
    names: Sequence[Name]
    low: float
    high: float
    """How thick the closed ring is at either end of what can come back."""

    @property
    def rim(self) -> float:
        """The outer radius of the closed ring."""
        return self.look.inner - _APART

    @property
    def hole(self) -> float:
        """The radius that is left for words."""
        edge = EDGE if self.ring.is_open and self.ring.comes_back else 0.0
        return self.rim - max(self.low, self.high) - edge

    @property
    def extent(self) -> Extent:
        """How far all of it reaches, names included."""
        xs, ys = [0.0], [0.0]
        for x, y in self._points():
            xs.append(x)
            ys.append(y)
        for name in self.names:
            wide = marks.text_width(name.text, self.look.size, bold=self.look.is_bold)
            left = name.x - {"left": 0.0, "center": 0.5, "right": 1.0}[name.align] * wide
            xs += [left, left + wide]
            ys += [name.y - _LINE / 2, name.y + _LINE / 2]
        foot = len(self.foot) * _LINE + 4 if self.foot else 0.0
        return Extent(-min(xs), max(xs), -min(ys), max(ys) + foot)

    @property
    def foot(self) -> Sequence[str]:
        """The words below the names, on who owns whom."""
        return _OWNED if self.ring.owned else ()

    def _points(self) -> Iterator[tuple[float, float]]:
        for band, sweep in self.sweeps:
            outer = sweep.outer + (OPEN if band.is_open else 0.0)
            for step in range(13):
                yield arcs.at(outer, sweep.start + step / 12 * (sweep.end - sweep.start))
        for angle, _, outer in self.walls:
            yield arcs.at(outer, angle)
        for step in range(8):
            yield arcs.at(self.look.inner, step * math.pi / 4)


def place(ring: Ring, look: Look) -> Placed:
    """The ring at the scale of `look`."""
    count = len(ring.walls)
    angles = [2 * math.pi * number / count for number in range(count + 1)]
    floors = [look.inner] * count
    begins = [look.inner - 2] * count
    sweeps = []
    # What passes a wall lies inside of all that begins or ends there.
    bands = ring.bands if look.is_large else merged(ring.bands)
    for band in sorted(bands, key=lambda band: band.start - band.end):
        sectors = range(band.start, band.end)
        inner = max(floors[sector] for sector in sectors)
        wide = max(band.size * look.scale, THIN) if band.size else 0.0
        sweeps.append((band, Sweep(inner, inner + wide, angles[band.start], angles[band.end])))
        beyond = inner + wide + (OPEN if band.is_open else 0.0)
        for sector in sectors:
            floors[sector] = beyond + look.apart
        for passed in sectors[1:]:
            begins[passed] = beyond + 1
    walls = []
    for number in range(count):
        ends = max(floors[number], floors[number - 1]) - look.apart + _BEYOND
        walls.append((angles[number], begins[number], max(ends, look.inner + 2 * _BEYOND)))
    below = floors[1] - look.apart if count > 2 else look.inner
    names = [
        name
        for party, wall in zip(ring.walls, walls, strict=True)
        for name in _names(party, wall, below, look)
    ]
    low, high = (end * look.scale for end in (ring.low, ring.high))
    return Placed(
        ring,
        look,
        sweeps,
        walls,
        names,
        max(low, THIN) if ring.low else 0.0,
        max(high, THIN) if ring.high else 0.0,
    )


def merged(bands: Sequence[Band]) -> list[Band]:
    """The bands with all that is paid onward between the same walls as one."""
    kept = [band for band in bands if band.direction != "onward"]
    for ends in dict.fromkeys((b.start, b.end) for b in bands if b.direction == "onward"):
        lanes = [b for b in bands if b.direction == "onward" and (b.start, b.end) == ends]
        rungs = dict.fromkeys(rung for lane in lanes for rung in lane.parts)
        kept.append(
            replace(
                lanes[0],
                parts={rung: sum(lane.parts.get(rung, 0.0) for lane in lanes) for rung in rungs},
                reach=sum(lane.reach for lane in lanes),
                is_open=any(lane.is_open for lane in lanes),
                tip="; ".join(lane.tip for lane in lanes),
                legs=[leg for lane in lanes for leg in lane.legs],
            )
        )
    return kept


def _names(
    party: Wall, wall: tuple[float, float, float], beside: float, look: Look
) -> Iterator[Name]:
    """The lines of a name outside its wall: above the top one, below all others.

    `beside` is the radius of what lies below a wall that stands aslant; words lean over its end
    by a few pixels and keep clear of that.
    """
    angle, _, outer = wall
    words, lean = (party.short, 6.0) if look.is_short else (party.words, _LEAN)
    text = marks.wrap(words, _NAME_WIDTH * look.size, 4, look.size, bold=look.is_bold)
    x, y = arcs.at(outer, angle)
    align, first = "center", y + 4 + _LINE / 2
    if abs(x) < 1:
        if y < 0:
            first = y - 4 - _LINE / 2 - (len(text) - 1) * _LINE
    else:
        wide = max(marks.text_width(line, look.size, bold=look.is_bold) for line in text)
        # Each name stays on its own side.
        edge = max(min(abs(x) - 6 + wide, abs(x) + lean), wide + 3)
        inside = edge - wide
        clear = math.sqrt(max(beside**2 - max(inside, 0.0) ** 2, 0.0))
        first = max(first, clear + 4 + _LINE / 2)
        x, align = math.copysign(edge, x), "right" if x > 0 else "left"
    for number, line in enumerate(text):
        yield Name(x, first + number * _LINE, line, align)


def fitting(rings: Sequence[Ring], look: Look, width: float) -> float:
    """The largest scale up to that of `look` at which each ring is at most so wide.

    A ring whose names alone need more is no wider than they make it.
    """
    low, high = 0.0, look.scale
    bare = [place(ring, look._replace(scale=high / 2**30)).extent for ring in rings]
    width = max([width, *(extent.left + extent.right + 1 for extent in bare)])
    if all(_fits(ring, look, width) for ring in rings):
        return high
    for _ in range(30):
        middle = (low + high) / 2
        if all(_fits(ring, look._replace(scale=middle), width) for ring in rings):
            low = middle
        else:
            high = middle
    return low or high / 2**30


def _fits(ring: Ring, look: Look, width: float) -> bool:
    placed = place(ring, look)
    extent = placed.extent
    return extent.left + extent.right <= width and placed.hole >= 0.45 * look.inner
