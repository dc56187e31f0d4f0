"""The shapes of a ring as SVG paths around its centre: parts of bands, heads, chevrons, circles.

Angles are radians clockwise from 12 o'clock, lengths pixels. A band keeps the same distance from a
wall along its whole edge: gaps in degrees would grow outwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Point = tuple[float, float]
GAP, END = 4.0, 3.0
"""From a wall to the start of a band, and from its end to the next wall."""
HEAD = 11.0
"""From this width on a band is pointed; a thinner one ends in a triangle."""
TRIANGLE = 10.0
"""Length of that triangle; it is at least 12 wide."""


def at(radius: float, angle: float) -> Point:
    """A point of a circle."""
    return radius * math.sin(angle), -radius * math.cos(angle)


def turned(radius: float, distance: float) -> float:
    """The angle at which a circle is this far from a wall."""
    return math.asin(min(distance / radius, 1.0))


@dataclass(frozen=True)
class Sweep:
    """Where a band lies: between two radii, from one wall's angle to another's."""

    inner: float
    outer: float
    start: float
    end: float
    is_blunt: bool = False
    """Whether it ends along the wall, without a point."""

    @property
    def width(self) -> float:
        """Of the band."""
        return self.outer - self.inner

    @property
    def middle(self) -> float:
        """The radius of its middle."""
        return (self.inner + self.outer) / 2

    @property
    def is_pointed(self) -> bool:
        """Whether its end is a point of its own."""
        return self.width >= HEAD and not self.is_blunt

    def begins(self, radius: float) -> float:
        """The angle at which the band begins on a circle."""
        return self.start + turned(radius, GAP)

    def ends(self, radius: float) -> float:
        """The angle at which the band ends on a circle: last in the middle, if it is pointed."""
        if self.is_blunt:
            return self.end - turned(radius, END)
        if not self.is_pointed:
            return self.end - turned(radius, END + TRIANGLE - 1)
        tip = min(5 + 0.28 * self.width, 34.0)
        off = abs(radius - self.middle) / (self.width / 2)
        return self.end - turned(radius, END + tip * off)

    def along(self, share: float) -> float:
        """The angle at this share of the way along its middle."""
        first, last = self.begins(self.middle), self.ends(self.middle)
        return first + share * (last - first)


def part(sweep: Sweep, inner: float, outer: float) -> str:
    """The part of a band between two radii, as a closed path."""
    edge = [(outer, sweep.ends(outer)), (inner, sweep.ends(inner))]
    if sweep.is_pointed and inner < sweep.middle < outer:
        edge.insert(1, (sweep.middle, sweep.ends(sweep.middle)))
    first = sweep.begins(outer)
    return (
        f"M{_xy(at(inner, sweep.begins(inner)))}L{_xy(at(outer, first))}"
        f"{_arc(outer, first, edge[0][1])}"
        + "".join(f"L{_xy(at(*corner))}" for corner in edge[1:])
        + f"{_arc(inner, edge[-1][1], sweep.begins(inner), back=True)}Z"
    )


def head(sweep: Sweep) -> str:
    """The triangle at the end of a band that is too thin to be pointed."""
    half = max(12.0, sweep.width + 6) / 2
    back = sweep.end - turned(sweep.middle, END + TRIANGLE)
    tip = at(sweep.middle, sweep.end - turned(sweep.middle, END))
    return _polygon([at(sweep.middle + half, back), tip, at(sweep.middle - half, back)])


def chevron(sweep: Sweep, share: float) -> str:
    """An open angle that points along a band, at this share of its way."""
    half = min(0.55 * sweep.width, 18.0) / 2
    angle, ahead = sweep.along(share), turned(sweep.middle, 0.55 * half)
    corners = [
        at(sweep.middle + half, angle - ahead),
        at(sweep.middle, angle + ahead),
        at(sweep.middle - half, angle - ahead),
    ]
    return "M" + "L".join(map(_xy, corners))


def circle(inner: float, outer: float) -> str:
    """A closed ring; its hole runs the other way round, so that every renderer leaves it open."""
    return f"{_round(outer, 1)}{_round(inner, 0)}" if inner > 0 else _round(outer, 1)


def pointer(radius: float, angle: float, size: float) -> str:
    """A triangle on a circle that points clockwise."""
    ahead = turned(radius, size / 2)
    corners = [
        at(radius + 0.62 * size, angle - ahead),
        at(radius, angle + 1.2 * ahead),
        at(radius - 0.62 * size, angle - ahead),
    ]
    return _polygon(corners)


def wall(inner: float, outer: float, angle: float, thick: float) -> str:
    """A bar that stands across all bands."""
    x, y = at(1.0, angle + math.pi / 2)
    side = (x * thick / 2, y * thick / 2)
    near, far = at(inner, angle), at(outer, angle)
    corners = [
        (end[0] + sign * side[0], end[1] + sign * side[1])
        for end, sign in ((near, 1), (far, 1), (far, -1), (near, -1))
    ]
    return _polygon(corners)


def arc(radius: float, start: float, end: float) -> str:
    """An open arc, clockwise."""
    return f"M{_xy(at(radius, start))}{_arc(radius, start, end)}"


def _round(radius: float, clockwise: int) -> str:
    r = _number(radius)
    turn = f"A{r},{r},0,1,{clockwise},"
    return f"M0,-{r}{turn}0,{r}{turn}0,-{r}Z"


def _arc(radius: float, start: float, end: float, back: bool = False) -> str:
    large = int(abs(end - start) > math.pi)
    r = _number(radius)
    return f"A{r},{r},0,{large},{0 if back else 1},{_xy(at(radius, end))}"


def _polygon(corners: Iterable[Point]) -> str:
    return "M" + "L".join(map(_xy, corners)) + "Z"


def _xy(point: Point) -> str:
    return f"{_number(point[0])},{_number(point[1])}"


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
