"""A figure's pictures and files: each drawing is where its reader looks."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import altair as alt
import nbformat
import pandas as pd
import pytest

from tightrope.charts import figure
from tightrope.charts.figure import Figure, bake
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.dealbook import Dealbook
from tightrope.publish import beside, pictures

Content = dict[str, Any]
BAR = pd.DataFrame({"amount": [1.0]})
PICTURES = {"wide": "<svg>for a wide page</svg>", "narrow": "<svg>for a phone</svg>"}


def moving(width: int, word: str) -> alt.Chart:
    drawn: alt.Chart = alt.Chart(BAR).mark_bar().encode(x=alt.X("amount:Q", title=word))
    return drawn.properties(width=width)


def with_slider(width: int, word: str) -> alt.Chart:
    slider = alt.binding_range(min=0, max=9, step=1, name="Share ")
    return moving(width, word).add_params(alt.param(name="share", value=5, bind=slider))


def still(width: int, word: str) -> Drawing:
    canvas = Canvas(width)
    canvas.text(0, 10, word)
    canvas.area(0, 0, 10, 10, Fill("#123456"), tip=f"this is a {word}")
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
def test_each_picture_is_that_of_its_own_drawing(
    tiny: Dealbook, draw: Callable[[int, str], alt.Chart | Drawing]
) -> None:
    drawn = bake(content(tiny, "river", "brook", draw))
    assert ("river" in drawn["wide"], "brook" in drawn["wide"]) == (True, False)
    assert ("river" in drawn["narrow"], "brook" in drawn["narrow"]) == (False, True)


def files(content: Content) -> dict[str, str]:
    return beside.figure_files(content | {"pictures": PICTURES}, "chapters/a-page")


def written(content: Content) -> dict[str, Any]:
    """What a figure's script hands to the page."""
    script = files(content)["toy.js"]
    answers: dict[str, Any] = json.loads(
        script.removeprefix('tightropeFigure("toy", ').removesuffix(");\n")
    )
    return answers


def test_the_picture_to_download_is_that_of_a_wide_page(tiny: Dealbook) -> None:
    assert files(content(tiny, "river", "brook"))["toy.svg"] == PICTURES["wide"]


def test_the_page_to_embed_holds_the_wide_picture(tiny: Dealbook) -> None:
    page = files(content(tiny, "river", "brook"))["toy.html"]
    assert PICTURES["wide"] in page
    assert "../chapters/a-page.html#fig-toy" in page


def test_the_live_chart_on_a_phone_is_the_drawing_for_a_phone(tiny: Dealbook) -> None:
    live = written(content(tiny, "river", "brook", with_slider))
    assert "river" in json.dumps(live["wide"])
    assert "brook" in json.dumps(live["narrow"])
    assert "river" not in json.dumps(live["narrow"])


def test_the_inputs_of_a_live_chart_are_the_page_s_own(tiny: Dealbook) -> None:
    live = written(content(tiny, "river", "brook", with_slider))
    assert [one["name"] for one in live["wide"]["params"]] == ["share"]
    assert "bind" not in json.dumps(live)


def test_what_a_mark_says_is_that_of_its_own_drawing(tiny: Dealbook) -> None:
    answers = written(content(tiny, "river", "brook", still))
    assert answers == {"wide": ["this is a river"], "narrow": ["this is a brook"]}


def executed(*contents: Content) -> nbformat.NotebookNode:
    cells = []
    for one in contents:
        output = nbformat.v4.new_output("display_data", {figure.MIMETYPE: json.dumps(one)})
        cells.append(nbformat.v4.new_code_cell("show", outputs=[output]))
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Words"), *cells])


def shown(notebook: nbformat.NotebookNode) -> list[dict[str, str]]:
    return [
        json.loads(cell.outputs[0].data[figure.MIMETYPE])["pictures"] for cell in notebook.cells[1:]
    ]


def test_the_build_draws_what_a_kernel_left_to_it(tiny: Dealbook, tmp_path: Path) -> None:
    one = content(tiny, "river", "brook")
    notebook = executed(one, one | {"id": "drawn", "pictures": PICTURES})
    pictures.complete(notebook, tmp_path / "partners" / "a.pictures")
    assert shown(notebook) == [bake(one), PICTURES]


def test_what_was_drawn_for_the_page_before_is_not_drawn_again(
    tiny: Dealbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "a.pictures"
    first, again = (executed(content(tiny, "river", "brook")) for _ in range(2))
    pictures.complete(first, memory)
    monkeypatch.setattr(figure, "bake", None)
    pictures.complete(again, memory)
    assert shown(again) == shown(first)


def test_a_memory_keeps_what_the_last_run_showed_and_no_more(
    tiny: Dealbook, tmp_path: Path
) -> None:
    memory = tmp_path / "a.pictures"
    for word in ("river", "lake"):
        pictures.complete(executed(content(tiny, word, word)), memory)
    assert "lake" in memory.read_text()
    assert "river" not in memory.read_text()


@pytest.mark.parametrize("part", ["id", "title", "description", "wide", "narrow"])
def test_pictures_are_drawn_anew_where_any_part_of_them_changes(tiny: Dealbook, part: str) -> None:
    one = content(tiny, "river", "brook")
    changed = one[part] | {"height": 1} if part in ("wide", "narrow") else "other"
    assert pictures.key(one | {part: changed}) != pictures.key(one)


@pytest.mark.parametrize("changed", ["vl-convert-python", "bake.py", "figure.py", "pixels.py"])
def test_pictures_are_drawn_anew_by_another_engine_or_other_code(
    tiny: Dealbook, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    one = content(tiny, "river", "brook")
    before = pictures.key(one)
    pictures.made_by.cache_clear()
    monkeypatch.setattr(
        "tightrope.publish.pictures.version", lambda name: version(name) + "x" * (name == changed)
    )
    source = inspect.getsource
    monkeypatch.setattr(
        inspect,
        "getsource",
        lambda module: source(module) + "x" * (Path(module.__file__).name == changed),
    )
    after = pictures.key(one)
    pictures.made_by.cache_clear()
    assert after != before
