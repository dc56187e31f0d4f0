"""A figure's pictures and files: each drawing is where its reader looks, and none is out of date."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest

from tightrope.charts.figure import Figure
from tightrope.charts.marks import Canvas, Drawing
from tightrope.dealbook import Dealbook
from tightrope.publish import assemble, beside

Content = dict[str, Any]
BAR = pd.DataFrame({"amount": [1.0]})
PICTURES = {"wide": "<svg>for a wide page</svg>", "narrow": "<svg>for a phone</svg>"}


def moving(width: int, word: str) -> alt.Chart:
    drawn: alt.Chart = alt.Chart(BAR).mark_bar().encode(x=alt.X("amount:Q", title=word))
    return drawn.properties(width=width)


def still(width: int, word: str) -> Drawing:
    canvas = Canvas(width)
    canvas.text(0, 10, word)
    return canvas.chart(20)


def content(
    book: Dealbook,
    wide: str,
    narrow: str,
    draw: Callable[[int, str], alt.Chart | Drawing] = moving,
) -> Content:
    """What a page needs of a figure that says one word on a wide page and another on a phone."""
    return Figure(
        id="toy",
        title="A title",
        subtitle="USD billion",
        description="A bar.",
        draw=lambda width: draw(width, wide if width > 500 else narrow),
        frame=BAR,
        labels={"amount": "Amount"},
        rows=["legs/stake-cash"],
        book=book,
    ).content()


@pytest.mark.parametrize("draw", [moving, still])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_picture_is_drawn_anew_when_either_of_its_drawings_changed(
    tiny: Dealbook, tmp_path: Path, size: str, draw: Callable[[int, str], alt.Chart | Drawing]
) -> None:
    words = {"wide": "river", "narrow": "brook"}
    before = assemble._bake([content(tiny, **words, draw=draw)], tmp_path)["toy"]
    after = assemble._bake([content(tiny, **words | {size: "flood"}, draw=draw)], tmp_path)["toy"]
    assert words[size] in before[size]
    assert "flood" in after[size]


@pytest.mark.parametrize("part", ["title", "description"])
def test_a_picture_is_made_anew_when_what_is_read_aloud_changed(
    tiny: Dealbook, tmp_path: Path, part: str
) -> None:
    figure = content(tiny, "river", "brook")
    assemble._bake([figure], tmp_path)
    assert (
        "another word" in assemble._bake([figure | {part: "another word"}], tmp_path)["toy"]["wide"]
    )


def test_a_picture_is_drawn_anew_by_another_engine(
    tiny: Dealbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = content(tiny, "river", "brook")
    assemble._bake([figure], tmp_path)
    assemble._engine.cache_clear()
    monkeypatch.setattr(assemble, "version", lambda _: "another")
    monkeypatch.setattr("tightrope.charts.figure.bake", lambda _: PICTURES)
    assert assemble._bake([figure], tmp_path)["toy"] == PICTURES
    assemble._engine.cache_clear()


def test_a_picture_that_nothing_has_changed_is_kept(
    tiny: Dealbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = content(tiny, "river", "brook")
    first = assemble._bake([figure], tmp_path)
    monkeypatch.setattr("tightrope.charts.figure.bake", lambda _: PICTURES)
    assert assemble._bake([figure], tmp_path) == first


def test_a_drawing_in_pixels_leaves_nothing_to_keep(tiny: Dealbook, tmp_path: Path) -> None:
    assemble._bake([content(tiny, "river", "brook", still)], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_picture_to_download_is_that_of_a_wide_page(tiny: Dealbook, tmp_path: Path) -> None:
    beside.write_figure(content(tiny, "river", "brook"), PICTURES, tmp_path)
    assert (tmp_path / "toy.svg").read_text() == PICTURES["wide"]


@pytest.mark.parametrize("draw", [moving, still])
def test_the_live_chart_on_a_phone_is_the_drawing_for_a_phone(
    tiny: Dealbook, tmp_path: Path, draw: Callable[[int, str], alt.Chart | Drawing]
) -> None:
    beside.write_figure(content(tiny, "river", "brook", draw), PICTURES, tmp_path)
    script = (tmp_path / "toy.js").read_text()
    live = json.loads(script.removeprefix('tightropeFigure("toy", ').removesuffix(");\n"))
    assert "river" in json.dumps(live["wide"])
    assert "brook" in json.dumps(live["narrow"])
    assert "river" not in json.dumps(live["narrow"])
