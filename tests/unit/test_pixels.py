"""Pictures in pixels: the same marks in the same places as Vega draws from the specification."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import altair as alt
import pytest
import vl_convert

from tightrope.charts import pixels, theme
from tightrope.charts.bake import svg
from tightrope.charts.figure import specification
from tightrope.charts.marks import Canvas, Drawing, Fill

from .drawings import check

IMPLIED = {
    "opacity": "1",
    "stroke": "none",
    "fill": "none",
    "font-weight": "normal",
} | dict.fromkeys(("fill-opacity", "stroke-opacity", "stroke-width"), "1")
Seen = tuple[float, float, str, tuple[tuple[str, str], ...]]


def everything() -> Drawing:
    """One of each mark that a canvas has, in each way."""
    canvas = Canvas(300)
    for row, rung in enumerate(("paid", "binding", "announced", "intended")):
        canvas.area(0, 20 * row, 90.25, 12, Fill(theme.INTO_OPENAI, rung), "a tip")
        canvas.area(95.5, 20 * row, 0.4, 12, Fill(theme.BORROWED, rung), z=3)
    canvas.shape(60, 280, "M-5,0L5,0L0,5Z", Fill(theme.OUT_OF_OPENAI, "binding"))
    canvas.line([(0, 100), (40, 120), (80, 90)], theme.ONWARD, 2.5, 0.35, (3, 3))
    canvas.line([(0, 130), (300, 130)])
    canvas.line([(0, 140), (300, 140)], z=-1)
    for size, (align, bold) in enumerate(
        [("left", False), ("center", True), ("right", False), ("left", True)], 12
    ):
        canvas.text(150, 150 + 3 * size, f"{align} of R&D <1.2345>", align, size, bold, 0.6)
    canvas.symbol(20, 280, "M-5.25,-5L5,-5L0,5Z", theme.ROUND_TRIP, None, 0.5)
    canvas.symbol(50.5, 280, "M-5,-5L5,5", None, theme.INK, thickness=3, dash=(1, 2), tip="t")
    return canvas.chart(300)


def seen(picture: str) -> list[Seen]:
    """Every mark of an SVG in the order drawn: place, words or path, and how it is painted."""
    found: list[Seen] = []

    def visit(element: ElementTree.Element, given: dict[str, str], x: float, y: float) -> None:
        style = given | dict(element.attrib)
        for numbers in re.findall(r"translate\(([^)]*)\)", element.get("transform", "")):
            right, down = map(float, numbers.split(","))
            x, y = x + right, y + down
        tag = element.tag.rpartition("}")[2]
        if tag in ("path", "text") and element.get("class") is None:
            at = float(element.get("x", 0)), float(element.get("y", 0))
            paint = {
                name: value.removesuffix("px")
                for name, value in style.items()
                if name in PAINT[tag] and value != IMPLIED.get(name)
            }
            what = element.text if tag == "text" else element.get("d")
            found.append((x + at[0], y + at[1], str(what), tuple(sorted(paint.items()))))
        for child in element:
            visit(child, style, x, y)

    visit(ElementTree.fromstring(picture), {}, 0.0, 0.0)
    return found


PAINT = {
    "path": {
        *("fill", "fill-opacity", "opacity", "stroke", "stroke-dasharray", "stroke-linejoin"),
        *("stroke-opacity", "stroke-width", "stroke-miterlimit"),
    },
    "text": {
        *("fill", "fill-opacity", "opacity", "font-family", "font-size", "font-weight"),
        "text-anchor",
    },
}


def test_the_picture_is_the_one_that_vega_draws() -> None:
    spec = specification(lambda _: everything(), 300)
    ours = svg(spec, "fig", "A title", "Words")
    theirs = vl_convert.vegalite_to_svg(spec)
    assert seen(ours) == seen(theirs)
    assert len(seen(ours)) == 18


def test_it_has_a_role_a_title_and_a_description_and_words_cannot_run() -> None:
    picture = svg(specification(lambda _: everything(), 300), "fig", "1 < 2", "<script>")
    assert picture.startswith(
        '<svg role="img" aria-labelledby="fig-title" aria-describedby="fig-desc" '
    )
    assert '<title id="fig-title">1 &lt; 2</title><desc id="fig-desc">&lt;script&gt;</desc>' in (
        picture
    )
    assert "R&amp;D &lt;1.2345&gt;" in picture


def test_lengths_are_rounded_to_a_hundredth_of_a_pixel_and_words_are_not() -> None:
    canvas = Canvas(100)
    canvas.text(1 / 3, 10, "1.23456")
    canvas.symbol(0, 20, "M-0.001,0L1.23456,-2.5", thickness=1 / 3, stroke=theme.INK)
    picture = pixels.svg(canvas.chart(30).to_dict(), "fig", "", "")
    assert '<text x="0.33" y="14">1.23456</text>' in picture
    assert 'stroke-width="0.33"' in picture
    assert 'd="M-0,0L1.23,-2.5"' in picture


def test_what_no_canvas_draws_is_refused() -> None:
    spec = everything().to_dict()
    spec["layer"][0]["mark"]["cornerRadius"] = 4
    with pytest.raises(KeyError, match="cornerRadius"):
        pixels.svg(spec, "fig", "", "")


def test_only_a_drawing_as_a_canvas_made_it_is_drawn_here() -> None:
    drawing = everything()
    assert pixels.is_made_here(drawing.to_dict())
    assert not pixels.is_made_here(alt.LayerChart(layer=drawing.layer).to_dict())


def test_for_a_chart_of_altair_it_has_the_same_layers() -> None:
    drawing = everything()
    spec = alt.LayerChart(layer=drawing.layer).to_dict()
    assert [layer["mark"] for layer in spec["layer"]] == [one["mark"] for one in drawing.layers]
    assert [layer["encoding"] for layer in spec["layer"]] == [
        one["encoding"] for one in drawing.layers
    ]


def test_every_mark_is_valid_vega_lite() -> None:
    check(everything())


def test_in_a_notebook_a_drawing_shows_itself_without_a_script() -> None:
    assert everything()._repr_svg_().startswith("<svg")
