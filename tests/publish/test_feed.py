"""What changed, as a feed: what RFC 4287 asks of one, and entries that stay what they are."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tightrope.dealbook import Dealbook
from tightrope.publish import feed
from tightrope.publish.imprint import Imprint

ATOM = "{http://www.w3.org/2005/Atom}"
BOOK = Imprint("The book & more", "The authors", "https://example.org/book")


def entries(book: Dealbook) -> list[ElementTree.Element]:
    return ElementTree.fromstring(feed.atom(book, BOOK)).findall(f"{ATOM}entry")


def text(element: ElementTree.Element, name: str) -> str:
    found = element.findtext(f"{ATOM}{name}")
    assert found
    return found


def test_it_has_what_a_feed_must_have(tiny: Dealbook) -> None:
    root = ElementTree.fromstring(feed.atom(tiny, BOOK))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert text(root, "id") == "https://example.org/book/"
    assert text(root, "title") == "The book & more: what changed"
    assert text(root, "updated") == f"{tiny.day:%Y-%m-%d}T00:00:00Z"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "The authors"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.org/book/feed.xml"
    for entry in entries(tiny):
        assert [text(entry, name) for name in ("id", "title", "updated", "content")]


def test_an_entry_is_a_day_newest_first_with_an_id_of_its_own(tiny: Dealbook) -> None:
    days = [text(entry, "updated") for entry in entries(tiny)]
    assert len(days) > 1
    assert days == sorted(days, reverse=True)
    ids = [text(entry, "id") for entry in entries(tiny)]
    assert ids == [f"tag:example.org,{day[:10]}:the-tightrope/changes" for day in days]


def test_an_entry_says_what_became_of_which_leg_with_its_address(tiny: Dealbook) -> None:
    newest = entries(tiny)[0]
    assert "replaced" in text(newest, "title")
    assert 'href="https://example.org/book/reference/deal-catalogue/' in text(newest, "content")


def test_what_becomes_known_later_leaves_earlier_entries_as_they_were(tiny: Dealbook) -> None:
    now, before = entries(tiny), entries(tiny.as_of("2022-12-31"))
    assert len(now) > len(before) > 0
    later = [ElementTree.tostring(entry) for entry in now[-len(before) :]]
    assert later == [ElementTree.tostring(entry) for entry in before]


def test_a_name_that_could_be_taken_for_markup_stays_text(tiny: Dealbook) -> None:
    odd = replace(tiny, deals=tiny.deals.assign(name="<b>A & B</b>"))
    content = text(entries(odd)[0], "content")
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in content


def test_it_goes_no_further_back_than_it_says(
    tiny: Dealbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "ENTRIES", 1)
    assert len(entries(tiny)) == 1
