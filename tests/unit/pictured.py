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
        return list(_words(self.root, 0.0, 0.0))

    @property
    def said(self) -> list[str]:
        """What all lines of text say."""
        return [word.text for word in self.words]

    @property
    def areas(self) -> list[Area]:
        """All rectangles that are painted."""
        return list(_areas(self.root, 0.0, 0.0))

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


def _words(element: ElementTree.Element, x: float, y: float) -> Iterator[Word]:
    x, y = _moved(element, x, y)
    if element.tag.endswith("text") and element.text:
        size = float(element.attrib["font-size"].removesuffix("px"))
        bold = element.get("font-weight") == "bold"
        wide = marks.text_width(element.text, int(size), bold)
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "start")]
        left = x - share * wide
        yield Word(element.text, left, left + wide, y - 0.3 * size, size, bold)
    for inner in element:
        yield from _words(inner, x, y)


def _areas(element: ElementTree.Element, x: float, y: float) -> Iterator[Area]:
    x, y = _moved(element, x, y)
    shape = re.fullmatch(
        rf"M({_NUMBER}),({_NUMBER})h({_NUMBER})v({_NUMBER})h{_NUMBER}Z", element.get("d", "")
    )
    if shape and element.get("fill", "none") != "none":
        left, top, width, height = map(float, shape.groups())
        opacity = float(element.get("fill-opacity", 1))
        dash = element.get("stroke-dasharray", "")
        yield Area(x + left, y + top, width, height, element.attrib["fill"], opacity, dash)
    for inner in element:
        yield from _areas(inner, x, y)
