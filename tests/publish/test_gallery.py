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


def test_pictures_below_the_first_screen_are_fetched_when_they_come_near(tmp_path: Path) -> None:
    pages = [Page(f"chapters/{number}", Path("a.ipynb")) for number in range(5)]
    gallery.write({page: [FIGURE] for page in pages}, {page: page.id for page in pages}, tmp_path)
    page = BeautifulSoup((tmp_path / f"{gallery.PAGE}.md").read_text("utf-8"), "html.parser")
    assert [image.get("loading") for image in page.select("img")] == [None] * 3 + ["lazy"] * 2
