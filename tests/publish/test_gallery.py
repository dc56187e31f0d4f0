"""The page with all figures."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from tightrope.publish import gallery
from tightrope.publish.pages import Page

NONE, ONE = (Page(f"chapters/{name}", Path("a.ipynb")) for name in ("none", "one"))
FIGURE = {"id": "a-loop", "title": "Money & more <comes> back", "width": 720, "height": 300}


def test_every_figure_leads_to_where_it_stands(tmp_path: Path) -> None:
    gallery.write({NONE: [], ONE: [FIGURE]}, {NONE: "Nothing", ONE: "A chapter"}, tmp_path)
    text = (tmp_path / f"{gallery.PAGE}.md").read_text(encoding="utf-8")
    assert "1 figure, by page" in text
    page = BeautifulSoup(text, "html.parser")
    (link,) = page.select("a")
    assert link["href"] == "../chapters/one.html#fig-a-loop"
    assert link.get_text() == "Money & more <comes> back"
    assert page.select_one("img")["src"] == "../figures/a-loop.svg"
    assert [heading.get_text() for heading in page.select("h2")] == ["A chapter"]
