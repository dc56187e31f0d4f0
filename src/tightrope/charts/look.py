"""How charts in Altair's grammar look: margins, axes, fills, keys and words at the ends.

Vega would measure words with the fonts of whoever builds, and readers have others. So nothing is
measured there: `marks.text_width` decides how wide margins are; a drawing is as wide as asked.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.certainty import LOOKS
from tightrope.charts.marks import LINE, SMALL, Canvas, Fill

HEADER = 26.0
"""Height of the name above a panel."""


@dataclass(frozen=True)
class Plot:
    """A plot of `width` by `height` pixels, axes and words in the margins around it."""

    width: float
    height: float
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0

    def chart(self, *layers: alt.Chart | alt.LayerChart) -> alt.LayerChart:
        """The layers one above the other: exactly the plot and its margins, whatever the fonts."""
        sides = {side: round(getattr(self, side)) for side in ("left", "right", "top", "bottom")}
        return alt.LayerChart(
            layer=list(layers),
            # In whole pixels, for Vega would round their sum up.
            width=self.outer - sides["left"] - sides["right"],
            height=round(self.height),
            padding=sides,
            autosize=alt.AutoSizeParams(type="none"),
        )

    @property
    def outer(self) -> int:
        """The width with both margins."""
        return round(self.left + self.width + self.right)

    def panels(
        self, field: str, order: Sequence[str], columns: int, data: alt.Data, *layers: alt.Chart
    ) -> alt.FacetChart:
        """A panel for each value of the field: the same layers, drawn of its rows of the data.

        `width` and `height` are those of one panel, `right` is the room between two; their names
        stand above them.
        """
        rows = math.ceil(len(order) / columns)
        deep = self.height + HEADER
        across = round(self.left + columns * (self.width + self.right))
        down = round(self.top + rows * (deep + self.bottom))
        left, top = round(self.left), round(self.top + HEADER)
        head = alt.Header(
            title=None,
            labelAnchor="start",
            labelFontSize=theme.FONT_SIZE,
            labelFontWeight="bold",
            labelLimit=0,
            labelPadding=HEADER - 16,
        )
        panel = alt.LayerChart(layer=list(layers), data=data)
        panel = panel.properties(width=round(self.width, 2), height=round(self.height, 2))
        return panel.facet(
            facet=alt.Facet(f"{field}:N", sort=list(order), header=head),
            columns=columns,
            spacing={"column": round(self.right, 2), "row": round(self.bottom + HEADER, 2)},
            bounds="flush",
        ).properties(
            # Panels have no size of their own in Vega: all of the drawing is its padding.
            padding={"left": left, "top": top, "right": across - left, "bottom": down - top},
            autosize=alt.AutoSizeParams(type="none"),
        )

    def key(
        self, items: Iterable[tuple[str, Fill]], heading: str = ""
    ) -> tuple[Plot, list[alt.Chart]]:
        """The plot below a key of swatches with their words, and the marks of the key.

        The heading stands before the swatches, on a phone above them.
        """
        side = marks.text_width(heading, SMALL) + 8 if heading else 0.0
        above = 20.0 if heading and not marks.is_wide(self.outer) else 0.0
        items = list(items)
        deep = marks.key(Canvas(self.outer), items, 0 if above else side, above)
        moved = Plot(self.width, self.height, self.left, self.right, self.top + deep, self.bottom)
        canvas = Canvas(int(self.outer - self.left))
        if heading:
            canvas.text(-self.left, 9 - moved.top, heading, size=SMALL)
        marks.key(canvas, items, (0 if above else side) - self.left, above - moved.top)
        return moved, canvas.chart(1).layer if items else []


def ticks(low: float, high: float, count: int) -> list[float]:
    """About `count` round values from `low` to `high`, none beyond them."""
    found = (round(tick, 9) for tick in marks.ticks(low, high, count))
    return [tick for tick in found if low <= tick <= high * 1.02]


def room(words: Iterable[str], bold: bool = False) -> float:
    """How many pixels the longest of the words takes in small type; 0 without words."""
    return max((marks.text_width(word, SMALL, bold) for word in words), default=0.0)


def names(size: int, **own: Any) -> alt.Axis:
    """The names of an axis, and nothing else of it; `own` are further properties of Altair's."""
    if "values" in own:
        own["tickCount"] = len(own["values"])  # else Vega leaves out what it finds too many
    bare: dict[str, Any] = {"ticks": False, "domain": False, "grid": False, "title": None}
    whole = {"labelLimit": 0, "labelOverlap": False, "labelAngle": 0, "labelFontSize": size}
    return alt.Axis(**bare | whole | own)


def zero(axis: str, opacity: float = 0.6, thickness: float = 1) -> alt.Chart:
    """A line through the whole plot where the axis, "x" or "y", is at zero."""
    at = {"x": alt.XDatum, "y": alt.YDatum}[axis](0)
    drawn: alt.Chart = data([{}]).mark_rule(opacity=opacity, strokeWidth=thickness).encode(at)
    return drawn


def money(
    field: str, values: Sequence[float], reach: tuple[float, float], zero: Sequence[str] = ()
) -> alt.Y:
    """A column of USD billion up a plot, between two levels, with grid lines at the values.

    Words for the level of zero, if there are any, stand there in bold, line by line.
    """
    words = [
        list(zero) if zero and not value else word
        for value, word in zip(values, marks.tick_labels(list(values)), strict=True)
    ]
    said = f"{json.dumps(words)}[indexof({json.dumps(list(values))}, datum.value)]"
    strong = {"condition": {"test": "datum.value == 0", "value": "bold"}, "value": "normal"}
    style: dict[str, Any] = {"labelFontWeight": strong, "labelLineHeight": LINE} if zero else {}
    axis = names(SMALL, values=list(values), labelExpr=said, labelPadding=6, grid=True, **style)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(domain=list(reach), nice=False))


def years(first: int, last: int, width: float) -> alt.X:
    """The column `year` along a plot; named below are, from the last on, as many as have room."""
    every = max(math.ceil(40 * (last - first) / width), 1)
    known = list(range(last, first - 1, -every))[::-1]
    axis = names(SMALL, values=known, format="d", labelPadding=9)
    scale = alt.Scale(domain=[first, last], nice=False, zero=False, padding=6)
    return alt.X("year:Q", axis=axis, scale=scale)


def ordinal(
    channel: type[alt.SchemaBase], field: str, domain: Sequence[Any], found: Sequence[Any]
) -> alt.SchemaBase:
    """A channel that takes for each value of the domain what stands at its place, without a key."""
    scale = alt.Scale(type="ordinal", domain=list(domain), range=list(found))
    return channel(f"{field}:O", scale=scale, legend=None)


def fills(field: str, by_name: Mapping[str, Fill]) -> list[alt.SchemaBase]:
    """Channels by which an area is filled as `marks.Fill` says: a hue, and the rung's density."""
    hues = [fill.hue for fill in by_name.values()]
    rungs = [fill.rung for fill in by_name.values()]
    ranges: dict[type[alt.SchemaBase], list[Any]] = {
        alt.Fill: hues,
        alt.Stroke: hues,
        alt.FillOpacity: [LOOKS[rung].opacity for rung in rungs],
        alt.StrokeDash: [list(LOOKS[rung].dash) or [1, 0] for rung in rungs],
    }
    return [ordinal(channel, field, list(by_name), found) for channel, found in ranges.items()]


def label(value: float, lines: Sequence[tuple[str, bool]]) -> dict[str, Any]:
    """Words at a value: their lines, each with whether it is bold."""
    middle = (len(lines) - 1) / 2
    return {
        "value": value,
        "lines": [line for line, _ in lines],
        "bold": [bold for _, bold in lines],
        "dy": [(place - middle) * LINE for place in range(len(lines))],
    }


def apart(
    plot: Plot, scale: tuple[float, float], labels: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The labels with their values moved so that no words of two overlap or leave the plot."""
    deep = max((len(label["lines"]) for label in labels), default=0) * LINE + 4
    unit = plot.height / (scale[1] - scale[0])
    wanted = [(scale[1] - label["value"]) * unit for label in labels]
    heights = marks.spread(wanted, deep, deep / 2 - 8, plot.height - deep / 2 + 8)
    return [
        label | {"value": scale[1] - height / unit}
        for label, height in zip(labels, heights, strict=True)
    ]


def beside(labels: alt.Chart, x: float) -> alt.Chart:
    """The lines of labels, from `x` pixels on."""
    drawn: alt.Chart = (
        labels.transform_flatten(["lines", "dy", "bold"])
        .mark_text(
            align="left",
            baseline="middle",
            fontSize=SMALL,
            fontWeight=alt.ExprRef("datum.bold ? 'bold' : 'normal'"),
            dy=alt.ExprRef("datum.dy"),
        )
        .encode(fixed(alt.XValue, x), alt.Y("value:Q"), alt.Text("lines:N"))
    )
    return drawn


def fixed(channel: type[alt.SchemaBase], pixels: float) -> alt.SchemaBase:
    """A channel that is the same for all marks, in pixels of the plot."""
    return channel(pixels)


def tip() -> list[alt.SchemaBase]:
    """What a mark says when it is pointed at, live or not: the words of the column `tip`."""
    return [alt.Tooltip("tip:N", title=" "), alt.Description("tip:N")]


def data(rows: pd.DataFrame | Sequence[Mapping[str, Any]]) -> alt.Chart:
    """A chart of the rows, which Altair would copy deeply at every step if they were a list."""
    found = marks.records(rows) if isinstance(rows, pd.DataFrame) else rows
    return alt.Chart(alt.InlineData(values=tuple(found)))
