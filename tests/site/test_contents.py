"""The list of contents beside every page."""

from __future__ import annotations

import posixpath

import pytest
import yaml

from tightrope import paths

from .conftest import PAGES, soup

ASIDE = "nav.bd-docs-nav"


@pytest.mark.parametrize("name", ["index.html", "chapters/how-circular.html", "search.html"])
def test_it_names_the_parts_and_leads_to_their_pages_in_order(name: str) -> None:
    toc = yaml.safe_load(paths.TOC.read_text(encoding="utf-8"))["parts"]
    aside = soup(name).select_one(ASIDE)
    assert aside
    captions = [caption.get_text() for caption in aside.select(".caption-text")]
    assert captions == [part["caption"] for part in toc]
    targets = [
        posixpath.normpath(posixpath.join(posixpath.dirname(name), str(link["href"])))
        if link["href"] != "#"
        else name
        for link in aside.select("a")
    ]
    assert targets == [f"{page['file']}.html" for part in toc for page in part["chapters"]]


def test_only_the_page_itself_is_marked_as_current() -> None:
    for name in PAGES:
        marked = soup(name).select(f"{ASIDE} li.current > a.current")
        assert [str(link["href"]) for link in marked] in ([], ["#"])
    assert soup("chapters/runway.html").select(f"{ASIDE} li.current")
