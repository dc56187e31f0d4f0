"""Curves of the map with rings: chains of cubic Béziers, bands beside them, and SVG paths.

A chain is an array of shape (n, 4, 2) in pixels, y pointing down: n cubics, each beginning where
the one before ends. Few points make a smooth curve, so the drawing stays small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tightrope.charts.marks import HEAD
from tightrope.charts.rings.style import HEADED

Points = npt.NDArray[np.float64]
Vector = tuple[float, float]


class Way(NamedTuple):
    """A point that a curve passes, and the direction in which it does."""

    point: Vector
    direction: Vector


@dataclass(frozen=True)
class Line:
    """The middle of a ribbon: a chain of cubics, then straight on to the apex of its tip."""

    chain: Points
    apex: Vector


def through(ways: Sequence[Way], tip: float) -> Line:
    """The smooth line through the ways; its last `tip` pixels are straight."""
    points = np.array([way.point for way in ways], dtype=float)
    directions = np.array([way.direction for way in ways], dtype=float)
    directions /= np.maximum(np.linalg.norm(directions, axis=1, keepdims=True), 1e-9)
    apex = (float(points[-1, 0]), float(points[-1, 1]))
    points[-1] -= directions[-1] * tip
    pieces = []
    for place in range(len(ways) - 1):
        start, end = points[place], points[place + 1]
        leave, arrive = (
            _reach(end - start, directions[at]) * directions[at] for at in (place, place + 1)
        )
        pieces.append(np.array([start, start + leave, end - arrive, end]))
    return Line(np.array(pieces), apex)


def _reach(way: Points, direction: Points) -> float:
    """How far a curve keeps to its direction: a turn by a right angle becomes a quarter circle."""
    return max(0.55 * abs(float(way @ direction)), 0.2 * float(np.linalg.norm(way)))


def halved(chain: Points) -> Points:
    """The same chain in twice as many cubics: an S becomes two bends, which can be moved."""
    first = (chain[:, :-1] + chain[:, 1:]) / 2
    second = (first[:, :-1] + first[:, 1:]) / 2
    middle = (second[:, 0] + second[:, 1]) / 2
    before = np.stack([chain[:, 0], first[:, 0], second[:, 0], middle], axis=1)
    after = np.stack([middle, second[:, 1], first[:, 2], chain[:, 3]], axis=1)
    both: Points = np.stack([before, after], axis=1).reshape(-1, 4, 2)
    return both


def beside(chain: Points, distance: float) -> Points:
    """The chain moved sideways by `distance` pixels, to its right in the direction it runs."""
    starts, ends = _unit(chain[:, 1] - chain[:, 0]), _unit(chain[:, 3] - chain[:, 2])
    right = np.array([[0.0, 1.0], [-1.0, 0.0]])
    first, last = chain[:, 0] + distance * starts @ right, chain[:, 3] + distance * ends @ right
    long = np.linalg.norm(chain[:, 3] - chain[:, 0], axis=1)
    scale = np.linalg.norm(last - first, axis=1) / np.maximum(long, 1e-9)
    moved: Points = np.stack(
        [
            first,
            first + (chain[:, 1] - chain[:, 0]) * scale[:, None],
            last + (chain[:, 2] - chain[:, 3]) * scale[:, None],
            last,
        ],
        axis=1,
    )
    return moved


def _unit(vectors: Points) -> Points:
    unit: Points = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def stroke(line: Line) -> str:
    """The line itself, to where its tip begins."""
    pen = _Pen(line.chain[0, 0])
    pen.curves(line.chain)
    return pen.path


def arrow(line: Line, width: float) -> str:
    """The outline of the band along the line, `width` pixels wide and pointed at the end.

    A thin one gets a head that is wider than itself and no longer than its tip.
    """
    chain = halved(line.chain)
    left, right = beside(chain, -width / 2), beside(chain, width / 2)
    back = right[::-1, ::-1]
    pen = _Pen(left[0, 0])
    pen.curves(left)
    for corner in _head(line, width) if width < HEADED else [np.array(line.apex)]:
        pen.straight(corner)
    pen.straight(back[0, 0])
    pen.curves(back)
    return f"{pen.path}z"


def head(line: Line) -> str:
    """The head alone, for a line that is dashed."""
    first, *others = _head(line, 1.0)
    pen = _Pen(first)
    for corner in others:
        pen.straight(corner)
    return f"{pen.path}z"


def _head(line: Line, width: float) -> list[Points]:
    """The corners of a head: left, apex, right."""
    end, apex = line.chain[-1, 3], np.array(line.apex)
    along = (apex - end) / max(float(np.linalg.norm(apex - end)), 1e-9)
    across = np.array([along[1], -along[0]]) * max(HEAD - 1.5, width + 3) / 2
    base = apex - along * min(HEAD, float(np.linalg.norm(apex - end)))
    return [base + across, apex, base - across]


def points(line: Line, count: int = 8) -> Points:
    """Points on the line, `count` a cubic, and its apex: to see where it passes."""
    t = np.linspace(0.0, 1.0, count)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    found = [weights @ cubic for cubic in line.chain]
    sampled: Points = np.vstack([*found, [line.apex]])
    return sampled


class _Pen:
    """Writes an SVG path in steps of a tenth of a pixel, each counted from the one before.

    What is rounded away in one step is made up for in the next.
    """

    def __init__(self, start: Points) -> None:
        """Begin at a point."""
        self._at = np.round(start * 10)
        self.path = f"M{_pair(self._at)}"

    def curves(self, chain: Points) -> None:
        """Follow the chain."""
        for cubic in chain:
            corners = np.round(cubic[1:] * 10)
            self.path += "c" + " ".join(_pair(corner - self._at) for corner in corners)
            self._at = corners[-1]

    def straight(self, point: Points) -> None:
        """Go straight to a point."""
        corner = np.round(point * 10)
        self.path += f"l{_pair(corner - self._at)}"
        self._at = corner


def _pair(tenths: Points) -> str:
    return ",".join(_short(value) for value in tenths)


def _short(tenths: float) -> str:
    """Tenths of a pixel as pixels, in as few letters as can be."""
    if not tenths:
        return "0"
    text = f"{tenths / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".") if abs(tenths) < 10 else text
