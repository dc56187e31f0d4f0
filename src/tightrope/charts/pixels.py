"""A drawing in pixels as SVG: rectangles, lines, text and symbols need no engine to be drawn.

What `marks.Canvas` hands over says where every mark stands. As a Vega-Lite specification it is
the chart that a reader can explore; here the same specification becomes the picture.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby
from typing import Any

from tightrope.charts import patterns, theme

Row = Mapping[str, Any]
MADE_HERE = {"drawn": "in pixels"}
"""What a specification says of itself (`usermeta`) where `svg` can draw all of it."""
_ATTRIBUTES = {
    "fill": "fill",
    "fillOpacity": "fill-opacity",
    "fontSize": "font-size",
    "fontWeight": "font-weight",
    "opacity": "opacity",
    "stroke": "stroke",
    "strokeDash": "stroke-dasharray",
    "strokeJoin": "stroke-linejoin",
    "strokeOpacity": "stroke-opacity",
    "strokeWidth": "stroke-width",
}
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_OF_THE_MARK = {"type", "align", "baseline", "shape", "size", "style"}
_BELOW_MIDDLE = 0.3
"""From the middle of a line of text to its baseline, as a share of the type size, as in Vega."""


def is_made_here(spec: Mapping[str, Any]) -> bool:
    """Whether `svg` can draw the specification."""
    return bool(spec.get("usermeta") == MADE_HERE)


def svg(spec: Mapping[str, Any], identity: str, title: str, description: str) -> str:
    """The specification of a drawing in pixels as SVG text with a role, a title and a description.

    `identity` makes the ids inside unique on a page. Raises KeyError for a kind of mark or a
    property of one that no `Canvas` draws.
    """
    wide, high = spec["width"], spec["height"]
    used = dict.fromkeys(
        (pattern, layer["mark"]["fill"])
        for layer in spec["layer"]
        if (pattern := _pattern(layer["mark"]))
    )
    defined = "".join(patterns.definition(identity, *one) for one in used)
    numbers = {tip: number for number, tip in enumerate(tips(spec))}
    layers = "".join(_layer(layer, numbers, identity) for layer in spec["layer"])
    return (
        f'<svg {labelled(identity)} xmlns="http://www.w3.org/2000/svg" '
        f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f"{named(identity, title, description)}{f'<defs>{defined}</defs>' if defined else ''}"
        f'<g fill="none" stroke-miterlimit="10" font-family="{theme.FONT}">{layers}</g></svg>'
    )


def labelled(identity: str) -> str:
    """What the root element of a picture says of itself: what it is, and where its words stand."""
    return f'role="img" aria-labelledby="{identity}-title" aria-describedby="{identity}-desc"'


def named(identity: str, title: str, description: str) -> str:
    """The title and the description of a picture, as its first elements."""
    return (
        f'<title id="{identity}-title">{escape(title)}</title>'
        f'<desc id="{identity}-desc">{escape(description)}</desc>'
    )


def tips(spec: Mapping[str, Any]) -> list[str]:
    """What the drawing's marks say when they are pointed at, by the number in their `data-tip`."""
    rows = (row for layer in spec["layer"] for row in layer["data"]["values"])
    return list(dict.fromkeys(row["tip"] for row in rows if "tip" in row))


def _layer(layer: Mapping[str, Any], numbers: Mapping[str, int], identity: str) -> str:
    """A layer as a group of elements, each with the number in `numbers` of what it says."""
    mark = layer["mark"]
    style = {_ATTRIBUTES[name]: value for name, value in mark.items() if name not in _OF_THE_MARK}
    if mark["type"] == "text":
        style["text-anchor"] = _ANCHORS[mark["align"]]
        style |= _adapting(mark["fill"])
    if pattern := _pattern(mark):
        style["fill"] = f"url(#{patterns.identity(identity, pattern, mark['fill'])})"
        style["fill-opacity"] = 1
    written = "".join(
        f' {name}="{_written(value)}"' for name, value in style.items() if value not in _IMPLIED
    )
    rows = [
        row | {"tip": numbers[row["tip"]]} if "tip" in row else row
        for row in layer["data"]["values"]
    ]
    return f"<g{written}>{_MARKS[mark['type']](mark, rows)}</g>"


def _pattern(mark: Mapping[str, Any]) -> str:
    """The pattern that fills a mark; "" for none."""
    return next((name for name in mark.get("style", ()) if name in patterns.NAMES), "")


def _adapting(shade: str) -> dict[str, str]:
    """Words in a hue take something of the page's own ink, so that they suit light and dark."""
    hue = next((hue for hue, text in theme.TEXT.items() if text == shade), "")
    share = f"{100 * theme.TEXT_SHARE:.0f}%"
    return {"style": f"fill:color-mix(in srgb,{hue} {share},{theme.INK})"} if hue else {}


_IMPLIED = (1, "none", "normal")
"""What SVG takes for granted: a whole opacity, a width of one pixel, no paint, no bold type."""


def _written(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(_number, value))
    return escape(value) if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    """A length to a hundredth of a pixel."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _rects(mark: Mapping[str, Any], rows: Iterable[Row]) -> str:
    is_double = "double" in mark.get("style", ())
    return "".join(
        f'<path{_said(row)} d="{"".join(map(_box, _halves(row) if is_double else [row]))}"/>'
        for row in rows
    )


def _box(row: Row) -> str:
    # A path, because an outline without height or width is seen, and a rectangle is not.
    return (
        f"M{_number(row['x'])},{_number(row['y'])}h{_number(row['x2'] - row['x'])}"
        f"v{_number(row['y2'] - row['y'])}h{_number(row['x'] - row['x2'])}Z"
    )


_BETWEEN = 2.0
"""Pixels between the two halves of a double bar."""


def _halves(row: Row) -> list[Row]:
    """Both halves of a rectangle, one below the other."""
    half = (row["y2"] - row["y"] - _BETWEEN) / 2
    return [{**row, "y2": row["y"] + half}, {**row, "y": row["y2"] - half}]


def _said(row: Row) -> str:
    """The number in `tips` of what a mark says, for a script that shows it; nothing without one."""
    return f' data-tip="{row["tip"]}"' if "tip" in row else ""


def _lines(_: Mapping[str, Any], rows: Iterable[Row]) -> str:
    return "".join(
        f'<path{_said(points[0])} d="M'
        + "L".join(f"{_number(row['x'])},{_number(row['y'])}" for row in points)
        + '"/>'
        for points in (list(line) for _, line in groupby(rows, key=lambda row: row["line"]))
    )


def _texts(mark: Mapping[str, Any], rows: Iterable[Row]) -> str:
    below = math.floor(_BELOW_MIDDLE * mark["fontSize"] + 0.5)
    return "".join(
        f'<text x="{_number(row["x"])}" y="{_number(row["y"] + below)}">'
        f"{escape(row['text'], quote=False)}</text>"
        for row in rows
    )


def _points(mark: Mapping[str, Any], rows: Iterable[Row]) -> str:
    shape = re.sub(r"\d+\.\d+", lambda number: _number(float(number[0])), mark["shape"])
    return "".join(
        f'<path{_said(row)} transform="translate({_number(row["x"])},{_number(row["y"])})" '
        f'd="{shape}"/>'
        for row in rows
    )


_MARKS = {"rect": _rects, "line": _lines, "text": _texts, "point": _points}
