"""The money map's drawing board: shapes in pixels, handed over as one Altair chart.

Shapes are GeoJSON under the identity projection, because no other mark of Vega-Lite takes
polygons; words go the way of all other figures, through `marks.Canvas`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import altair as alt
import numpy as np

from tightrope.charts.marks import DASH, Canvas
from tightrope.charts.money_map import ribbons
from tightrope.charts.money_map.ribbons import Points


@dataclass(frozen=True)
class _Shape:
    """A filled polygon, an outline or a line: `stroke` is "", a rung of the ladder or "line"."""

    points: Points
    hue: str
    opacity: float
    tip: Mapping[str, str] = field(default_factory=dict)
    stroke: str = ""
    width: float = 1.0

    @property
    def style(self) -> tuple[str, bool, float]:
        """What shapes of one layer have in common: stroke, whether there is a tip, and width."""
        return self.stroke, bool(self.tip), self.width


class Picture:
    """A picture in pixels, y pointing down from anywhere; later shapes lie above earlier ones.

    `hue` is a colour and `opacity` that of the filling; `tip` is what the live chart says under
    the pointer, by title.
    """

    def __init__(self) -> None:
        """Begin an empty picture."""
        self._shapes: list[_Shape] = []
        self._texts: list[tuple[float, float, str, str, int, bool]] = []

    def fill(
        self, points: Points, hue: str, opacity: float, tip: Mapping[str, str] | None = None
    ) -> None:
        """A filled polygon."""
        self._shapes.append(_Shape(points, hue, opacity, tip or {}))

    def outline(
        self, points: Points, hue: str, rung: str, tip: Mapping[str, str] | None = None
    ) -> None:
        """The outline of a polygon, dashed for the rung "intended"."""
        self._shapes.append(_Shape(points, hue, 0.0, tip or {}, rung))

    def dashes(self, points: Points, hue: str, width: float, tip: Mapping[str, str]) -> None:
        """A dashed line, `width` pixels wide."""
        self._shapes.append(_Shape(points, hue, 0.0, tip, "line", width))

    def text(
        self, x: float, y: float, text: str, align: str, size: int, bold: bool = False
    ) -> None:
        """One line of text whose middle is at height `y`."""
        self._texts.append((x, y, text, align, size, bold))

    def chart(self, width: int, top: float, bottom: float) -> alt.TopLevelMixin:
        """What was drawn between the heights `top` and `bottom`, exactly `width` pixels wide.

        Raises ValueError if there is no text.
        """
        canvas = Canvas(width)
        for x, y, text, align, size, bold in self._texts:
            canvas.text(x, y - top, text, align, size, bold)
        words = canvas.chart(bottom - top)
        whole: alt.TopLevelMixin = alt.layer(*self._layers(top), *words.layer).properties(
            width=width,
            height=math.ceil(bottom - top),
            padding=0,
            autosize=alt.AutoSizeParams(type="none"),
        )
        return whole

    def _layers(self, top: float) -> list[alt.Chart]:
        """The shapes as layers: neighbours of one style together, in the order drawn."""
        return [
            _layer(style, [_feature(shape, top) for shape in shapes])
            for style, shapes in groupby(self._shapes, key=lambda shape: shape.style)
        ]


def _feature(shape: _Shape, top: float) -> dict[str, Any]:
    points = shape.points - np.array([0.0, top])
    look = {"hue": shape.hue, "opacity": shape.opacity, **shape.tip}
    make = ribbons.line_feature if shape.stroke == "line" else ribbons.polygon_feature
    return make(points, look)


def _layer(style: tuple[str, bool, float], rows: Sequence[dict[str, Any]]) -> alt.Chart:
    stroke, has_tip, width = style
    encoding: dict[str, Any] = {}
    if stroke:
        encoding["stroke"] = alt.Stroke("properties.hue:N", scale=None, legend=None)
        dash = {"strokeDash": DASH} if stroke in ("intended", "line") else {}
        look: dict[str, Any] = {"filled": False, "strokeWidth": width, "fillOpacity": 0} | dash
    else:
        encoding["fill"] = alt.Fill("properties.hue:N", scale=None, legend=None)
        encoding["fillOpacity"] = alt.FillOpacity("properties.opacity:Q", scale=None, legend=None)
        look = {"filled": True, "strokeWidth": 0}
    if has_tip:
        encoding["tooltip"] = [
            alt.Tooltip(f"properties.{name}:N", title=name)
            for name in rows[0]["properties"]
            if name not in ("hue", "opacity")
        ]
    # Altair copies lists deeply at every step, and leaves a tuple as it is.
    chart = alt.Chart(alt.InlineData(values=tuple(rows)))
    drawn: alt.Chart = chart.mark_geoshape(**look).encode(**encoding)
    # The identity keeps pixels as they are: nothing is fitted or flipped.
    return drawn.project(type="identity", scale=1, translate=[0, 0])
