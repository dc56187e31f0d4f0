"""What a reader sees of a chart in Altair's grammar: words and areas of its picture, in pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import altair as alt

from tightrope.charts import figure, marks
from tightrope.charts.bake import svg

Style = dict[str, str]
_NUMBER = r"-?\d+(?:\.\d+)?"


@dataclass(frozen=True)
class Word:
    """One line of text: where it begins and ends, its height and its type."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Area:
    """A rectangle, its paint and how dense it is."""

    left: float
    top: float
    width: float
    height: float
    fill: str
    opacity: float
    dash: str


class Picture:
    """The baked picture of a chart, drawn for a width in pixels, or of its specification."""

    def __init__(self, draw: figure.Draw | dict[str, Any], width: int = 0) -> None:
        spec = draw if isinstance(draw, dict) else figure.specification(draw, width)
        self.text = svg(spec, "fig", "A title", "Words")
        self.root = ElementTree.fromstring(self.text)
        self.width = float(self.root.attrib["width"])
        self.height = float(self.root.attrib["height"])

    @property
    def words(self) -> list[Word]:
        """All lines of text."""
        return list(_words(self.root))

    @property
    def said(self) -> list[str]:
        """What all lines of text say."""
        return [word.text for word in self.words]

    @property
    def areas(self) -> list[Area]:
        """All rectangles that are painted."""
        return list(_areas(self.root))

    def line(self, text: str) -> Word:
        """The one line of text that says this."""
        (found,) = (word for word in self.words if word.text == text)
        return found

    def check(self, width: int) -> None:
        """As wide as asked; no word below twelve pixels, beyond the edge or over another."""
        assert self.width == width
        words = self.words
        for word in words:
            assert word.size >= marks.SMALL, word
            assert -1 <= word.left <= word.right <= width + 1, word
            assert 0 <= word.y <= self.height, word
        for place, one in enumerate(words):
            for other in words[place + 1 :]:
                apart = one.right <= other.left + 1 or other.right <= one.left + 1
                assert apart or abs(one.y - other.y) >= 11, (one, other)


def valid(chart: alt.TopLevelMixin) -> None:
    """Raises `SchemaValidationError` if the chart is no valid Vega-Lite."""
    chart.to_dict(validate=True)


def _moved(element: ElementTree.Element, x: float, y: float) -> tuple[float, float]:
    found = re.match(rf"translate\(({_NUMBER}),({_NUMBER})\)", element.get("transform", ""))
    return (x + float(found[1]), y + float(found[2])) if found else (x, y)


def _all(
    element: ElementTree.Element, x: float = 0.0, y: float = 0.0, around: Style | None = None
) -> Iterator[tuple[ElementTree.Element, float, float, Style]]:
    """Every element with its place and its style, in which groups have a say."""
    x, y = _moved(element, x, y)
    style = (around or {}) | element.attrib
    yield element, x, y, style
    for inner in element:
        yield from _all(inner, x, y, style)


def _words(root: ElementTree.Element) -> Iterator[Word]:
    for element, x, y, style in _all(root):
        if element.tag.endswith("text") and element.text:
            size, bold = float(style["font-size"].removesuffix("px")), style.get("font-weight")
            wide = marks.text_width(element.text, int(size), bold == "bold")
            share = {"start": 0.0, "middle": 0.5, "end": 1.0}[style.get("text-anchor", "start")]
            left = x + float(element.get("x", 0)) - share * wide
            height = y + float(element.get("y", 0)) - 0.3 * size
            yield Word(element.text, left, left + wide, height, size, bold == "bold")


def _areas(root: ElementTree.Element) -> Iterator[Area]:
    for element, x, y, style in _all(root):
        shape = re.fullmatch(
            rf"M({_NUMBER}),({_NUMBER})h({_NUMBER})v({_NUMBER})h{_NUMBER}Z", element.get("d", "")
        )
        if shape and style.get("fill", "none") != "none":
            left, top, width, height = map(float, shape.groups())
            opacity = float(style.get("fill-opacity", 1))
            dash = style.get("stroke-dasharray", "")
            yield Area(x + left, y + top, width, height, style["fill"], opacity, dash)
