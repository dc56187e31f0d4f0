"""Patterns in pictures as lines and dots of their own.

A browser prints an SVG pattern as a coarse image of the whole page: blurred, and half a megabyte
each. What the patterns of `charts.patterns` draw is drawn here tile by tile, cut out by the shapes
that they fill.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_PATTERN = re.compile(
    r'<pattern id="(?P<id>[^"]+)" patternunits="userSpaceOnUse" width="(?P<size>[\d.]+)"[^>]*?'
    r'(?: patterntransform="rotate\((?P<turned>[\d.]+)\)")?>(?P<content>.*?)</pattern>',
    re.S | re.I,
)
_FILLED = re.compile(r'<g fill="url\(#([^)]+)\)"([^>]*)>((?:<path [^>]*>(?:</path>)?)+)</g>')
_PATH = re.compile(r'<path( fill="([^"]*)"(?: fill-opacity="[^"]*")?) d="([^"]*)"')
_SHAPES = re.compile(r"<path [^>]*>")
_SHAPE = re.compile(r' d="([^"]*)"')
_MOVED = re.compile(r' transform="[^"]*"')
_BAR = re.compile(r"M([\d.]+),0h([\d.]+)v([\d.]+)h-[\d.]+Z")
_RECTANGLE = re.compile(r"M(-?[\d.]+),(-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)h-?[\d.]+Z")
_DOT = re.compile(r"M([\d.]+),([\d.]+)m-([\d.]+),0(?:a[^a]*){2}Z")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_VIEW = re.compile(r'viewbox="0 0 ([\d.]+) ([\d.]+)"', re.I)


@dataclass(frozen=True)
class Box:
    """A part of a picture, in its own units."""

    left: float
    top: float
    right: float
    bottom: float


def drawn(html: str) -> str:
    """The document with the patterns of its pictures drawn; what it does not know it leaves."""
    return re.sub(r"<svg\b.*?</svg>", lambda match: _picture(match[0]), html, flags=re.S)


def _picture(svg: str) -> str:
    patterns = {match["id"]: match for match in _PATTERN.finditer(svg) if _PATH.search(match[0])}
    view = _VIEW.search(svg)
    if not patterns or not view:
        return svg
    whole = Box(0, 0, float(view[1]), float(view[2]))
    cut = 0

    def group(match: re.Match[str]) -> str:
        nonlocal cut
        name, rest, content = match.groups()
        if name not in patterns:
            return match[0]
        shapes: dict[str, str] = {}
        for path in _SHAPES.findall(content):
            outline, moved = _SHAPE.search(path), _MOVED.search(path)
            if outline:
                place = moved[0] if moved else ""
                shapes[place] = shapes.get(place, "") + outline[1]
        fills = []
        for place, shape in shapes.items():
            cut += 1
            mark = f"{name}-cut-{cut}"
            tiles = _tiles(patterns[name], _box(shape, whole))
            fills.append(
                f'<g{place} stroke="none"><clipPath id="{mark}"><path d="{shape}"/></clipPath>'
                f'<g clip-path="url(#{mark})">{tiles}</g></g>'
            )
        return f'<g fill="none"{rest}>{"".join(fills)}{content}</g>'

    return _FILLED.sub(group, svg)


def _box(shapes: str, whole: Box) -> Box:
    """What holds the shapes: exact for rectangles, else as far as any number reaches."""
    found = [[float(number) for number in one] for one in _RECTANGLE.findall(shapes)]
    if not found or _RECTANGLE.sub("", shapes):
        most = max((abs(float(number)) for number in _NUMBER.findall(shapes)), default=0)
        return Box(-min(most, whole.right), -min(most, whole.bottom), most, most)
    return Box(
        min(x + min(w, 0) for x, _, w, _ in found),
        min(y + min(h, 0) for _, y, _, h in found),
        max(x + max(w, 0) for x, _, w, _ in found),
        max(y + max(h, 0) for _, y, _, h in found),
    )


def _tiles(pattern: re.Match[str], box: Box) -> str:
    size, turned = float(pattern["size"]), float(pattern["turned"] or 0)
    if turned:
        box = _turned(box, -turned)
    left, top = (math.floor(start / size) * size for start in (box.left, box.top))
    across = [left + size * n for n in range(math.ceil((box.right - left) / size))]
    down = [top + size * n for n in range(math.ceil((box.bottom - top) / size))]
    height = len(down) * size
    paths = "".join(
        _repeated(look, hue, shape, size, across, down, height) if across and down else ""
        for look, hue, shape in _PATH.findall(pattern["content"])
    )
    return f'<g transform="rotate({turned:g})">{paths}</g>' if turned else paths


def _repeated(
    look: str,
    hue: str,
    shape: str,
    size: float,
    across: list[float],
    down: list[float],
    height: float,
) -> str:
    """One path of a pattern, as often as it shows.

    A bar is drawn in one piece, for between tiles a seam would show; a dot is the round end of a
    line that has no length to speak of, which takes a tenth of the room of a circle.
    """
    if bar := _BAR.fullmatch(shape):
        x, wide = float(bar[1]), float(bar[2])
        if wide == size:
            x, across, wide = 0, across[:1], size * len(across)
        bars = (f"M{start + x:g},{down[0]:g}h{wide:g}v{height:g}h{-wide:g}Z" for start in across)
        return f'<path{look} d="{"".join(bars)}"/>'
    dots = [(float(x), float(y), float(radius)) for x, y, radius in _DOT.findall(shape)]
    points = (
        f"M{start + x:g},{begin + y:g}h.01"
        for start in across
        for begin in down
        for x, y, _ in dots
    )
    wide = 2 * max((radius for *_, radius in dots), default=0)
    line = f'stroke="{hue}" stroke-width="{wide:g}" stroke-linecap="round" stroke-dasharray="none"'
    return f'<path fill="none" {line} d="{"".join(points)}"/>'


def _turned(box: Box, degrees: float) -> Box:
    """What holds a box that was turned around the origin."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    corners = [
        (x * cosine - y * sine, x * sine + y * cosine)
        for x in (box.left, box.right)
        for y in (box.top, box.bottom)
    ]
    across, down = zip(*corners, strict=True)
    return Box(min(across), min(down), max(across), max(down))
