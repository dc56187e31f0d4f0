"""Addresses on pages from before these were divided lead to where things are now."""

from __future__ import annotations

import json
from functools import cache
from urllib.parse import urljoin

import pytest
from bs4 import Tag

from .conftest import SITE, Reader, soup

FACTS, DEALS, SOURCES = (
    f"reference/{name}.html" for name in ("facts", "deal-catalogue", "sources")
)
LISTED = [DEALS, SOURCES]
METHODS = "reference/methods.html"


@cache
def ids_of(name: str) -> set[str]:
    return {str(tag["id"]) for tag in soup(name).find_all(id=True)}


@cache
def leading(index: str) -> dict[str, Tag]:
    """The first line of an index for each thing that has moved, by what its address ends in."""
    key = "data-moved" if index == FACTS else "id"
    lines = [line for line in soup(index).select("[data-moved]") if line.get(key)]
    return {str(line[key]): line for line in reversed(lines)}


def led_to(index: str, identity: str) -> str:
    """The page to which the index leads from an id, as its script does."""
    line = leading(index)[identity.partition(".")[0] if index == FACTS else identity]
    link = line.select_one("a")
    assert link is not None
    return urljoin(index, str(link["href"])).partition("#")[0]


def numbers() -> list[str]:
    facts: dict[str, object] = json.loads((SITE / "facts.json").read_text(encoding="utf-8"))
    return list(facts)


def test_the_old_address_of_every_number_leads_to_its_card() -> None:
    pages = {slug: led_to(FACTS, slug) for slug in {one.partition(".")[0] for one in numbers()}}
    lost = [one for one in numbers() if one not in ids_of(pages[one.partition(".")[0]])]
    assert lost == []


@pytest.mark.parametrize("index", LISTED)
def test_the_old_address_of_every_line_leads_to_what_it_names(index: str) -> None:
    lost = []
    for line in soup(index).select(".listing-list > li"):
        there = ids_of(led_to(index, str(line["id"])))
        ids = [str(line["id"]), *(str(part["id"]) for part in line.select("i[id]"))]
        lost += [one for one in ids if one not in there]
    assert lost == []


@pytest.mark.parametrize("index", LISTED)
def test_every_card_has_a_place_in_its_list(index: str) -> None:
    """So that no old address is lost: cards and list are made apart."""
    folder = SITE / index.removesuffix(".html")
    cards = {
        str(card["id"])
        for page in folder.glob("*.html")
        for card in soup(str(page.relative_to(SITE))).select(
            ".deal, .leg, .steps > li, .source-card"
        )
    }
    assert cards - ids_of(index) == set()


def test_the_old_address_of_every_section_of_the_methods_leads_to_it() -> None:
    for line in soup(METHODS).select("li[data-moved]"):
        link = line.select_one("a")
        assert link is not None
        moved = {str(tag["id"]) for tag in line.find_all(id=True)}
        assert moved
        assert moved <= ids_of(urljoin(METHODS, str(link["href"])))


@pytest.fixture(params=["from a server", "from a disk"])
def root(request: pytest.FixtureRequest, server: str) -> str:
    return server if request.param == "from a server" else f"{SITE.as_uri()}/"


@pytest.mark.parametrize("index", [FACTS, *LISTED])
def test_a_browser_arrives_at_the_new_place(index: str, reader: Reader, root: str) -> None:
    if index == FACTS:
        identity = numbers()[-1]
    else:
        identity = str(soup(index).select(".listing-list > li")[-1]["id"])
    page = reader.open(f"{root}{index}#{identity}")
    page.locator(f"[id='{identity}']:target").wait_for()
    assert page.url == f"{root}{led_to(index, identity)}#{identity}"
    assert reader.printed == []


def test_a_browser_arrives_at_a_section_that_moved(reader: Reader, root: str) -> None:
    page = reader.open(f"{root}{METHODS}#break-even-pay-ratio-and-concentration")
    page.locator("h2:text('Break-even pay ratio')").wait_for()
    assert page.url.startswith(f"{root}reference/methods-losses.html#")
    assert reader.printed == []


@pytest.mark.parametrize("index", LISTED)
def test_without_javascript_it_arrives_at_a_line_that_leads_there(
    index: str, scriptless: Reader, server: str
) -> None:
    identity = str(soup(index).select(".listing-list > li")[-1]["id"])
    page = scriptless.open(f"{server}{index}#{identity}")
    line = page.locator(f"[id='{identity}']")
    box = line.bounding_box()
    assert box is not None and 0 < box["y"] < 900
    line.locator("a").first.click()
    assert page.url == f"{server}{led_to(index, identity)}#{identity}"


def test_without_javascript_the_index_of_numbers_says_where_they_are(
    scriptless: Reader, server: str
) -> None:
    page = scriptless.open(f"{server}{FACTS}#{numbers()[0]}")
    assert page.locator("noscript p").is_visible()
    assert page.locator("[data-moved] a").first.is_visible()
