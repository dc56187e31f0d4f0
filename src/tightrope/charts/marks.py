"""A drawing board in pixels, and the few marks that all figures of the desk share.

Charts are laid out here, not by Vega's automatic layout: only so is a drawing exactly as wide as
asked, redrawn for a phone instead of shrunk, and its labels placed where they do not collide.
Scales stay linear in dollars; a chart does the one multiplication itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from tightrope.charts import pixels, theme
from tightrope.charts.certainty import LOOKS, WORDS
from tightrope.units import number, usd_bn

SMALL = 12
"""The smallest type of any figure, in pixels."""
LINE = 16
"""Distance of two lines of text, in pixels."""
DASH = [4, 3]
_LENGTHS = {"x", "y", "x2", "y2"}
HUES = {
    "in": theme.INTO_OPENAI,
    "out": theme.OUT_OF_OPENAI,
    "onward": theme.ONWARD,
    "borrowed": theme.BORROWED,
    "round": theme.ROUND_TRIP,
    "": theme.INK,
}
RUNGS = {rung: WORDS[rung] for rung in ("paid", "binding", "announced", "intended")}
"""The rungs of the ladder, from what is surest, in the words of every legend."""
_LEAST_DOUBLE = 7.0
"""Pixels that an area needs to be drawn as a double one."""
_ROOM_FOR_MARK = (16.0, 12.0)
"""Width and height in pixels from which an area without a published sum says so by a "?"."""
# Widths of characters in hundredths of the type size, as in DejaVu Sans: the widest of the
# system fonts in use, so that what fits here fits everywhere.
_WIDTHS = {
    "'Iijl": 28,
    " ,./:;\\|\u00a0·": 33,
    "-f()[]!rt": 40,
    '"*?_`szFLck': 54,
    "GDHNOQwU&": 77,
    "#+<=>^~−→×≈M": 85,
    "m%W@…": 100,
}
_WIDTH_OF = {sign: width for signs, width in _WIDTHS.items() for sign in signs}
_BOLD = 1.15


class Fill(NamedTuple):
    """How an area is filled: a hue, and what the filling stands for, a key of `certainty.LOOKS`."""

    hue: str
    rung: str = "paid"


_Style = tuple[int, str, bool, tuple[tuple[str, Any], ...]]
"""What marks of one layer share: height, kind, whether they have a tip, and Vega-Lite's words."""


class Canvas:
    """A drawing of exactly `width` pixels that grows downwards; `chart` hands it over.

    Coordinates are pixels from the top left. `tip` is what the live chart says under the
    pointer. What is drawn with a higher `z` lies above.
    """

    def __init__(self, width: int) -> None:
        """Begin an empty drawing `width` pixels wide."""
        self.width = width
        self._layers: dict[_Style, list[dict[str, Any]]] = {}
        self._lines = 0

    def area(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Fill,
        tip: str = "",
        z: int = 0,
    ) -> None:
        """A rectangle filled as its rung says; what is thinner than a pixel is drawn at one.

        Borrowed money is a double bar, split along its length.
        """
        width = max(width, 1.0)
        inset = 0.5 if width > 2 else 0.0
        style = _filling(fill if inset else Fill(fill.hue))
        if fill.hue == theme.BORROWED and min(width, height) >= _LEAST_DOUBLE:
            style["style"] += ("double",)
        place = {"x": x + inset, "y": y + inset}
        place |= {"x2": x + width - inset, "y2": y + height - inset}
        self._put("rect", style, place, tip, z)
        if fill.rung == "unknown" and width >= _ROOM_FOR_MARK[0] and height >= _ROOM_FOR_MARK[1]:
            self.text(x + width / 2, y + height / 2, "?", "center", bold=True, z=z + 1)

    def shape(self, x: float, y: float, path: str, fill: Fill, tip: str = "", z: int = 1) -> None:
        """An SVG path in pixels around (x, y), filled as its rung says, as an `area` is."""
        style = {"shape": path, "size": 4, **_filling(fill)}
        self._put("point", style, {"x": x, "y": y}, tip, z)

    def line(
        self,
        points: Iterable[tuple[float, float]],
        hue: str = theme.INK,
        thickness: float = 1,
        opacity: float = 1,
        dash: Sequence[float] = (),
        tip: str = "",
        z: int = 0,
    ) -> None:
        """A line through the points."""
        style = {
            "stroke": hue,
            "strokeWidth": thickness,
            "strokeOpacity": opacity,
            "strokeJoin": "round",
            "strokeDash": tuple(dash),
        }
        self._lines += 1
        for order, (x, y) in enumerate(points):
            place = {"x": x, "y": y, "line": self._lines, "order": order}
            self._put("line", style, place, tip, z)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        align: str = "left",
        size: int = theme.FONT_SIZE,
        bold: bool = False,
        opacity: float = 1,
        z: int = 2,
        hue: str = theme.INK,
    ) -> None:
        """One line of text whose middle is at height `y`; a hue is taken in its shade for words."""
        style = {
            "align": align,
            "baseline": "middle",
            "fontSize": size,
            "fontWeight": "bold" if bold else "normal",
            "fill": theme.TEXT.get(hue, hue),
            "fillOpacity": opacity,
        }
        self._put("text", style, {"x": x, "y": y, "text": text}, "", z)

    def symbol(
        self,
        x: float,
        y: float,
        shape: str,
        fill: str | None = None,
        stroke: str | None = None,
        fill_opacity: float = 1,
        thickness: float = 1.5,
        dash: Sequence[float] = (),
        tip: str = "",
        z: int = 1,
    ) -> None:
        """An SVG path in pixels around (x, y)."""
        style = {
            "shape": shape,
            "size": 4,  # Vega scales a path by half the root of its size
            "fill": fill or "none",
            "fillOpacity": fill_opacity,
            "stroke": stroke or "none",
            "strokeWidth": thickness,
            "strokeDash": tuple(dash),
        }
        self._put("point", style, {"x": x, "y": y}, tip, z)

    def _put(
        self, kind: str, style: dict[str, Any], place: dict[str, Any], tip: str, z: int
    ) -> None:
        props = tuple(sorted((name, value) for name, value in style.items() if value != ()))
        rounded = {
            name: round(float(value), 2) if name in _LENGTHS else value
            for name, value in place.items()
        }
        if not all(math.isfinite(rounded[name]) for name in _LENGTHS & rounded.keys()):
            raise ValueError(f"a {kind} has no place: {rounded}")
        layer = self._layers.setdefault((z, kind, bool(tip), props), [])
        layer.append(rounded | ({"tip": tip} if tip else {}))

    def chart(self, height: float) -> Drawing:
        """All that was drawn, `height` pixels high; raises ValueError if nothing was drawn."""
        if not self._layers:
            raise ValueError("nothing was drawn")
        layers = [
            _layer(kind, dict(props), rows)
            for (_, kind, _, props), rows in sorted(
                self._layers.items(), key=lambda item: item[0][0]
            )
        ]
        return Drawing(self.width, math.ceil(height), layers)


@dataclass(frozen=True)
class Drawing:
    """What a canvas hands over: its size in pixels, and layers in the words of Vega-Lite."""

    width: int
    height: int
    layers: Sequence[Mapping[str, Any]]

    @property
    def layer(self) -> list[alt.Chart]:
        """The layers for a chart of Altair's in which a reader can move something."""
        return [
            alt.Chart(
                # Altair copies lists deeply at every step, and leaves a tuple as it is.
                data=alt.InlineData(values=tuple(layer["data"]["values"])),
                mark=layer["mark"],
                encoding=alt.FacetedEncoding(**layer["encoding"]),
            )
            for layer in self.layers
        ]

    def to_dict(self) -> dict[str, Any]:
        """The drawing as a Vega-Lite specification."""
        return {
            "usermeta": pixels.MADE_HERE,
            "width": self.width,
            "height": self.height,
            "padding": 0,
            "autosize": {"type": "none"},
            "layer": list(self.layers),
        }

    def _repr_svg_(self) -> str:
        return pixels.svg(self.to_dict(), "drawing", "", "")


def _filling(fill: Fill) -> dict[str, Any]:
    """What fills an area and its outline; a pattern is a style, for which Vega has the opacity."""
    look = LOOKS[fill.rung]
    style: dict[str, Any] = {"fill": fill.hue, "fillOpacity": look.opacity, "strokeDash": look.dash}
    style["style"] = (look.pattern,) if look.pattern else ()
    if fill.rung != "paid":
        style |= {"stroke": fill.hue, "strokeWidth": 1}
    return style


def _layer(kind: str, style: Mapping[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    props = {name: list(v) if isinstance(v, tuple) else v for name, v in style.items()}
    place = {"type": "quantitative", "scale": None, "axis": None}
    encoding: dict[str, Any] = {"x": {"field": "x", **place}, "y": {"field": "y", **place}}
    if kind == "rect":
        encoding |= {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    if kind == "text":
        encoding["text"] = {"field": "text", "type": "nominal"}
    if kind == "line":
        encoding["detail"] = {"field": "line", "type": "nominal"}
        encoding["order"] = {"field": "order", "type": "quantitative"}
    if "tip" in rows[0]:
        encoding["tooltip"] = {"field": "tip", "type": "nominal", "title": " "}
    mark = {"type": kind, "opacity": 1, **props}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def text_width(text: str, size: int = theme.FONT_SIZE, bold: bool = False) -> float:
    """About how many pixels the text takes, rather too many than too few."""
    units = sum(_WIDTH_OF.get(sign, 66) for sign in text)
    return units * size / 100 * (_BOLD if bold else 1)


def wrap(
    text: str,
    width: float,
    lines: int = 2,
    size: int = theme.FONT_SIZE,
    bold: bool = False,
) -> list[str]:
    """The text in at most `lines` lines of `width` pixels; what does not fit ends in "…"."""
    # A no-break space holds amounts together, so that str.split would be wrong here.
    words = [word for word in re.split(r"[ \t\r\n]+", text) if word] or [""]
    rows: list[str] = []
    for word in words:
        joined = f"{rows[-1]} {word}" if rows else word
        if rows and text_width(joined, size, bold) <= width:
            rows[-1] = joined
        else:
            rows.append(word)
    kept = rows[:lines]
    if len(rows) > lines:
        kept[-1] = " ".join(rows[lines - 1 :])
    return [_cut(row, width, size, bold) for row in kept]


def _cut(text: str, width: float, size: int, bold: bool) -> str:
    if text_width(text, size, bold) <= width:
        return text
    while text and text_width(f"{text}…", size, bold) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def block(
    canvas: Canvas,
    x: float,
    middle: float,
    lines: Sequence[str],
    align: str = "left",
    size: int = theme.FONT_SIZE,
    bold: bool = False,
) -> None:
    """Lines of text, one below the other, centred on the height `middle`."""
    top = middle - (len(lines) - 1) * LINE / 2
    for place, line in enumerate(lines):
        canvas.text(x, top + place * LINE, line, align, size, bold)


def paragraph(
    canvas: Canvas, lines: Iterable[str], x: float, y: float, step: float = LINE, **style: Any
) -> float:
    """Lines of text, one below the other, from the height `y` down; the height below them.

    `style` is that of `Canvas.text`.
    """
    for line in lines:
        canvas.text(x, y + step / 2, line, **style)
        y += step
    return y


def column_width(names: Iterable[str], most: float, bold: bool = False) -> float:
    """How wide a column of names must be: the longest of them, but at most `most` pixels."""
    return min(most, max((text_width(name, bold=bold) for name in names), default=0.0))


def key(canvas: Canvas, items: Iterable[tuple[str, Fill]], x: float = 0, y: float = 0) -> float:
    """A key of swatches with their words, wrapped to the canvas; the height below it."""
    left, top = x, y
    swatch, drawn = 18, False
    for label, fill in items:
        needed = swatch + 5 + text_width(label, SMALL)
        if left > x and left + needed > canvas.width:
            left, top = x, top + 20
        canvas.area(left, top + 3, swatch, 12, fill)
        canvas.text(left + swatch + 5, top + 9, label, size=SMALL)
        left += needed + 14
        drawn = True
    return top + 28 if drawn else y


def amount(value: object) -> float:
    """A number of a table as float; whatever is missing becomes NaN."""
    return math.nan if value is None or pd.isna(value) else float(str(value))


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries by column name."""
    return [{str(name): cell for name, cell in row.items()} for row in table.to_dict("records")]


def is_wide(width: int) -> bool:
    """Whether a drawing of this width has room for names beside its bars."""
    return width >= (theme.WIDE + theme.NARROW) / 2


def span(values: Iterable[float]) -> float:
    """The largest known value, or 0 if none is known."""
    return max((value for value in values if not math.isnan(value)), default=0.0)


def ticks(low: float, high: float, count: int) -> list[float]:
    """About `count` round values from the one at or below `low` to that at or above `high`."""
    reach = (high - low) or 1.0
    raw = reach / max(count, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [place * step for place in range(first, last + 1)]


def tick_labels(ticks: list[float]) -> list[str]:
    """The unit on one tick only, so that narrow drawings keep room for the lines.

    It is the topmost, or where that is zero the lowest.
    """
    top = ticks[-1]
    if 0 < top < 1:
        return [usd_bn(tick) if tick else "0" for tick in ticks]
    plain = [number(tick).replace("-", "\N{MINUS SIGN}") for tick in ticks]
    return [*plain[:-1], usd_bn(top)] if top else [usd_bn(ticks[0]), *plain[1:]]


def circle(radius: float) -> str:
    """A circle as an SVG path."""
    return f"M{radius},0A{radius},{radius},0,1,1,{-radius},0A{radius},{radius},0,1,1,{radius},0Z"


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights near the wanted ones, in their order, at least `gap` apart and within the bounds.

    Where there is no room for all, the gap shrinks.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    placed = [0.0] * len(wanted)
    floor = low
    for place in order:
        placed[place] = floor = max(wanted[place], floor)
        floor += gap
    ceiling = high
    for place in reversed(order):
        placed[place] = ceiling = min(placed[place], ceiling)
        ceiling -= gap
    return placed
