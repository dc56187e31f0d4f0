"""What stands around the text of every page: the day of the data, the edition, who wrote it."""

from __future__ import annotations

import re

import pytest

from tightrope import dealbook, units, upcoming
from tightrope.publish import commit

from .conftest import PAGES, SITE, Reader, soup


def words(name: str, selector: str) -> str:
    found = soup(name).select_one(selector)
    return " ".join(found.get_text().split()) if found else ""


def test_every_page_but_the_first_says_the_day_of_the_data_and_the_next() -> None:
    book = dealbook.load().as_of("")
    due = upcoming.next_due(book, at_most=1)[0].when
    expected = f"Data to {units.day(book.day.date())} · next update: {due}"
    said = {words(name, ".masthead") for name in PAGES if name != "index.html"}
    assert said == {" ".join(expected.split())}
    assert words("index.html", ".masthead") == ""


def test_every_page_says_at_its_foot_who_wrote_it_and_which_edition_it_is() -> None:
    for name in PAGES:
        foot = words(name, ".bd-footer-content .imprint")
        assert foot.startswith("By The Tightrope contributors · "), name
        assert "Edition: as known on 9 October 2026, all that was announced" in foot, name
        assert commit.MARK not in (SITE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_header_is_as_high_with_the_day_as_without(
    reader: Reader, server: str, width: int
) -> None:
    reader.page.set_viewport_size({"width": width, "height": 800})
    page = reader.open(f"{server}chapters/runway.html")
    bar = page.locator(".bd-header-article").bounding_box()
    said = page.locator(".masthead").bounding_box()
    buttons = page.locator(".header-article-items__end").bounding_box()
    assert bar
    assert said
    assert buttons
    assert bar["height"] <= 56
    assert bar["y"] <= said["y"]
    assert said["y"] + said["height"] <= bar["y"] + bar["height"]
    assert said["x"] + said["width"] <= buttons["x"]


def test_without_an_address_no_page_claims_one() -> None:
    for name in PAGES:
        text = (SITE / name).read_text(encoding="utf-8")
        assert not re.search(r'og:url|og:image|rel="canonical"|application/atom\+xml', text), name
    assert not (SITE / "feed.xml").exists()
    assert not (SITE / "cards").exists()
