"""Geometry of ribbons: smooth lines, bands beside them, and the tips that show direction.

Lines and polygons are arrays of shape (n, 2) in pixels, y pointing down. A ribbon is one line
with bands side by side; across the line, 0 is the line itself and positive lies to its right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
_SAMPLES = 22
_CORNER_SAMPLES = 6


def curve(
    start: tuple[float, float], end: tuple[float, float], bow: float = 0.0, level: float = 0.0
) -> Points:
    """An S-curve whose first and last `level` pixels are level; `bow` pushes its middle down."""
    t = np.linspace(0.0, 1.0, _SAMPLES)
    level = np.sign(end[0] - start[0]) * min(level, abs(end[0] - start[0]) / 9)
    x = start[0] + level + (end[0] - start[0] - 2 * level) * (1.5 * t * (1 - t) + t**3)
    y = start[1] + (end[1] - start[1]) * t**2 * (3 - 2 * t) + bow * np.sin(np.pi * t) ** 2
    middle = np.column_stack([x, y])
    return np.vstack([[start], middle, [end]]) if level else middle


def rounded(corners: Sequence[tuple[float, float]], radius: float) -> Points:
    """The path through the corners, each corner rounded, as far as its sides have room."""
    path = np.asarray(corners, dtype=float)
    pieces = [path[:1]]
    sides = np.linalg.norm(np.diff(path, axis=0), axis=1)
    # A side between two corners is shared by them; the first and the last have one each.
    free = np.where(np.isin(np.arange(len(sides)), [0, len(sides) - 1]), sides, sides / 2)
    for place in range(1, len(path) - 1):
        before, corner, after = path[place - 1 : place + 2]
        room = min(radius, *free[place - 1 : place + 1])
        first = corner + (before - corner) / max(sides[place - 1], 1e-9) * room
        last = corner + (after - corner) / max(sides[place], 1e-9) * room
        t = np.linspace(0.0, 1.0, _CORNER_SAMPLES + int(room / 8))[:, None]
        # A quarter circle is c + (first-c)(1-sin) + (last-c)(1-cos).
        angle = t * np.pi / 2
        arc = (
            corner + (first - corner) * (1 - np.sin(angle)) + (last - corner) * (1 - np.cos(angle))
        )
        pieces.append(arc)
    return np.vstack([*pieces, path[-1:]])


def shortened(line: Points, length: float) -> Points:
    """The line without its last `length` pixels; at least its first stretch stays."""
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    run = np.concatenate([[0.0], np.cumsum(steps)])
    stop = max(run[-1] - length, run[-1] * 0.2)
    end = [np.interp(stop, run, line[:, axis]) for axis in (0, 1)]
    kept: Points = np.vstack([line[run < stop - 1e-6], end])
    return kept


def beside(line: Points, distance: float) -> Points:
    """The line moved sideways by `distance` pixels, to its right in the direction it runs."""
    steps = np.diff(line, axis=0)
    steps /= np.maximum(np.linalg.norm(steps, axis=1, keepdims=True), 1e-9)
    # At a bend the mean of both directions, lengthened so that the width stays the same.
    along = np.vstack([steps[:1], (steps[1:] + steps[:-1]) / 2, steps[-1:]])
    along /= np.maximum((along**2).sum(axis=1, keepdims=True), 0.25)
    moved: Points = line + distance * np.column_stack([-along[:, 1], along[:, 0]])
    return moved


def band(line: Points, near: float, far: float, tip: float) -> Points:
    """The polygon between `near` and `far` beside the line, pointed over its last `tip` pixels."""
    body = shortened(line, tip) if tip > 0 else line
    sides = [beside(body, near), beside(body, far)[::-1]]
    point = [line[-1:]] if tip > 0 else []
    polygon: Points = np.vstack([sides[0], *point, sides[1]])
    return polygon


def head(line: Points, width: float, length: float) -> Points:
    """The triangle at the end of a thin line."""
    base = shortened(line, length)[-1]
    along = (line[-1] - base) / max(float(np.linalg.norm(line[-1] - base)), 1e-9)
    across = np.array([-along[1], along[0]]) * width / 2
    triangle: Points = np.vstack([base - across, line[-1], base + across])
    return triangle


def rectangle(x: float, y: float, width: float, height: float) -> Points:
    """The four corners of an upright rectangle."""
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]])


def polygon_feature(points: Points, properties: dict[str, Any]) -> dict[str, Any]:
    """The polygon as a GeoJSON feature, rounded to a tenth of a pixel."""
    ring = np.round(np.vstack([points, points[:1]]), 1).tolist()
    return _feature("Polygon", [ring], properties)


def line_feature(points: Points, properties: dict[str, Any]) -> dict[str, Any]:
    """The line as a GeoJSON feature, rounded to a tenth of a pixel."""
    return _feature("LineString", np.round(points, 1).tolist(), properties)


def _feature(kind: str, coordinates: object, properties: dict[str, Any]) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
