"""The figure twin."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd
import pytest

from tightrope.charts import controls, figure
from tightrope.charts.marks import Canvas, Drawing
from tightrope.dealbook import Dealbook

EVIL = "<script>alert(1)</script>"


def make(book: Dealbook, **changes: Any) -> figure.Figure:
    frame = pd.DataFrame({"party": ["A", EVIL], "amount_usd_bn": [1.0, 2.0]})

    def draw(width: int) -> alt.Chart:
        return (
            alt.Chart(frame)
            .mark_bar()
            .encode(x="amount_usd_bn:Q", y="party:N")
            .properties(width=width - 90)
        )

    given: dict[str, Any] = {
        "id": "a-figure", "title": f"Two is more than one {EVIL}", "subtitle": "USD billion",
        "description": "Two bars.", "draw": draw, "frame": frame,
        "labels": {"party": "Party", "amount_usd_bn": "Amount"}, "rows": ["legs/stake-cash"], "book": book,
    }  # fmt: skip
    return figure.Figure(**(given | changes))


def moving(width: int) -> alt.Chart:
    share = alt.param(
        name="share", value=5, bind=alt.binding_range(min=0, max=9, step=1, name="Share ")
    )
    one: alt.Chart = alt.Chart(pd.DataFrame({"x": [1]})).mark_bar().encode(x="x:Q")
    return one.properties(width=width - 90, height=40).add_params(share)


def test_the_picture_has_a_role_a_title_and_a_description(tiny: Dealbook) -> None:
    svg = figure.bake(make(tiny).content())["wide"]
    assert svg.startswith('<svg role="img" aria-labelledby="fig-a-figure-wide-title"')
    assert '<desc id="fig-a-figure-wide-desc">Two bars.</desc>' in svg


def test_it_is_drawn_anew_for_a_phone(tiny: Dealbook) -> None:
    pictures = figure.bake(make(tiny).content())
    assert pictures["wide"] != pictures["narrow"]


def test_the_twin_holds_picture_table_downloads_and_sources(tiny: Dealbook) -> None:
    content = make(tiny).content()
    html = figure.twin(content, figure.bake(content), root="../")
    for part in (
        "<svg", "<table", 'href="../figures/a-figure.csv"', 'href="../figures/a-figure.svg"',
        'href="../reference/sources/filing.html#filing-2020"',
    ):  # fmt: skip
        assert part in html


def test_it_can_be_linked_cited_and_embedded(tiny: Dealbook) -> None:
    content = make(tiny).content()
    html = figure.twin(content, figure.bake(content), root="../", citation="@misc{a & b}")
    assert 'href="#fig-a-figure"' in html
    assert "<code>@misc{a &amp; b}</code>" in html
    assert "&lt;iframe src=&#34;../figures/a-figure.html&#34;" in html


def test_what_a_reader_can_move_stands_above_the_picture(tiny: Dealbook) -> None:
    content = make(tiny, draw=moving).content()
    html = figure.twin(content, figure.bake(content), root="../")
    assert html.index('<input type="range" name="share"') < html.index("figure-stage")
    assert controls.has_controls(content["wide"])


def test_a_figure_without_inputs_has_no_controls(tiny: Dealbook) -> None:
    content = make(tiny).content()
    assert "figure-controls" not in figure.twin(content, figure.bake(content), root="../")
    assert not controls.has_controls(content["wide"])


def test_on_a_page_of_its_own_it_says_where_it_is_from(tiny: Dealbook) -> None:
    content = make(tiny).content()
    html = figure.embedded(content, "<svg></svg>", "chapters/a-page")
    assert 'href="../chapters/a-page.html#fig-a-figure"' in html
    assert "<svg></svg>" in html
    assert EVIL not in html


def test_nothing_in_it_can_run(tiny: Dealbook) -> None:
    content = make(tiny).content()
    html = figure.twin(content, figure.bake(content), root="../")
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 3


def test_by_itself_it_bakes_its_picture_and_has_no_links(
    tiny: Dealbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(figure.BUILDING, raising=False)
    html = make(tiny)._repr_mimebundle_()["text/html"]
    assert "<svg" in html
    assert "href=" not in html


def still(width: int) -> Drawing:
    canvas = Canvas(width)
    canvas.text(0, 10, "words")
    return canvas.chart(20)


@pytest.mark.parametrize(("changes", "is_drawn"), [({"draw": still}, True), ({}, False)])
def test_in_the_build_it_brings_pictures_that_need_no_engine_and_leaves_others_to_the_build(
    tiny: Dealbook, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], is_drawn: bool
) -> None:
    monkeypatch.setenv(figure.BUILDING, "1")
    bundle = make(tiny, **changes)._repr_mimebundle_()
    assert "text/html" not in bundle
    content = json.loads(bundle[figure.MIMETYPE])
    assert content["id"] == "a-figure"
    assert content.get("pictures") == (figure.bake(content) if is_drawn else None)


@pytest.mark.parametrize("field", ["title", "subtitle", "description", "rows"])
def test_it_cannot_be_made_without(tiny: Dealbook, field: str) -> None:
    with pytest.raises(ValueError, match=f"needs {field}"):
        make(tiny, **{field: ""})


def test_it_cannot_rest_on_nothing(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="rests on no source"):
        make(tiny, rows=["parties/openai"])


def test_an_example_with_made_up_numbers_says_so_in_place_of_sources(tiny: Dealbook) -> None:
    content = make(tiny, rows=[], is_made_up=True).content()
    html = figure.twin(content, figure.bake(content), root="../")
    assert "Made-up numbers" in html
    assert "figure-source" not in html


def test_an_example_with_made_up_numbers_rests_on_no_rows(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="made up and rests on no rows"):
        make(tiny, is_made_up=True)


def test_its_id_must_be_a_slug(tiny: Dealbook) -> None:
    with pytest.raises(ValueError, match="lower-case slug"):
        make(tiny, id="A Figure")
