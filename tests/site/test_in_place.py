"""A number and a term open in place: by pointer, by key, by finger; without a script they are links."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from .conftest import PAGES, SITE, Reader, first_page_with, soup

NUMBER = ".bd-article p a.fact"
PANEL = ".number-panel"


@pytest.fixture
def touched_phone(_readers: Callable[..., Reader]) -> Reader:
    size = {"width": 320, "height": 640}
    return _readers("touched phone", viewport=size, has_touch=True)


@pytest.fixture(params=["from a server", "from a disk"])
def address(request: pytest.FixtureRequest, server: str) -> str:
    return server if request.param == "from a server" else f"{SITE.as_uri()}/"


def number_of(page: Page) -> Locator:
    number = page.locator(NUMBER).first
    number.scroll_into_view_if_needed()
    return number


def test_a_pointer_that_rests_on_a_number_opens_its_panel(reader: Reader, address: str) -> None:
    page = reader.open(address + first_page_with(NUMBER))
    number = number_of(page)
    number.hover()
    panel = page.locator(PANEL)
    panel.wait_for()
    written = number.text_content()
    assert panel.locator(".number-head strong").text_content() == written
    assert str(panel.locator(".number-how").first.text_content()).endswith(".")
    assert 0 < panel.locator("li").count() <= 5
    assert number.get_attribute("aria-expanded") == "true"
    assert reader.printed == []


def test_a_number_reached_by_key_opens_and_escape_closes_it(reader: Reader, server: str) -> None:
    page = reader.open(server + first_page_with(NUMBER))
    number = number_of(page)
    number.press("Enter")
    page.locator(f"{PANEL}:focus").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(PANEL).count() == 0
    assert number.evaluate("number => number === document.activeElement")


def test_the_tab_key_goes_from_a_number_into_its_panel(reader: Reader, server: str) -> None:
    page = reader.open(server + first_page_with(NUMBER))
    number_of(page).press("Enter")
    page.locator(PANEL).wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate(f"Boolean(document.activeElement.closest('{PANEL}'))")


def test_a_tap_on_a_phone_opens_a_sheet_that_leaves_the_number_in_sight(
    touched_phone: Reader, address: str
) -> None:
    page = touched_phone.open(address + first_page_with(NUMBER))
    number = number_of(page)
    number.tap()
    panel = page.locator(PANEL)
    panel.wait_for()
    sheet, word = panel.bounding_box(), number.bounding_box()
    height, width = page.viewport_size["height"], page.viewport_size["width"]
    assert sheet and word
    assert sheet["width"] == width
    assert sheet["y"] + sheet["height"] == pytest.approx(height, abs=1)
    assert sheet["height"] <= 0.71 * height
    assert word["y"] + word["height"] <= sheet["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Close").tap()
    assert page.locator(PANEL).count() == 0


def test_one_panel_is_open_at_a_time(reader: Reader, server: str) -> None:
    page = reader.open(server + first_page_with(f"{NUMBER} ~ a.fact"))
    for number in page.locator(f"{NUMBER}:has(~ a.fact), {NUMBER} ~ a.fact").all()[:2]:
        number.focus()
        page.keyboard.press("Enter")
        page.locator(PANEL).wait_for()
        assert page.locator(PANEL).count() == 1


def test_the_panel_leads_to_the_card_with_all_rows(reader: Reader, server: str) -> None:
    page = reader.open(server + first_page_with(NUMBER))
    number_of(page).press("Enter")
    page.locator(f"{PANEL} .number-all").click()
    page.locator(".fact-card:target").wait_for()


def test_without_javascript_a_number_leads_to_its_card(scriptless: Reader, server: str) -> None:
    page = scriptless.open(server + first_page_with(NUMBER))
    number_of(page).click()
    page.locator(".fact-card:target").wait_for()


def test_what_a_panel_lists_is_where_its_links_lead() -> None:
    """Every address in the files of the numbers is a place on a page of the site."""
    missing = set()
    for file in sorted((SITE / "numbers").glob("*.js")):
        for address in addresses(file.read_text(encoding="utf-8")):
            page, _, anchor = address.partition("#")
            if not (SITE / page).is_file() or soup(page).find(id=anchor) is None:
                missing.add(address)
    assert missing == set()


def addresses(text: str) -> set[str]:
    _, _, content = text.removesuffix(");\n").partition(",")
    return {row[5] for row in json.loads(content)["rows"] if row[5]}


def test_a_term_opens_its_meaning(reader: Reader, address: str) -> None:
    page = reader.open(address + first_page_with("a.term"))
    term = page.locator("a.term").first
    term.scroll_into_view_if_needed()
    term.hover()
    panel = page.locator(PANEL)
    panel.wait_for()
    assert len(str(panel.locator(".number-how").text_content()).split()) > 4
    panel.locator(".number-all").click()
    page.wait_for_url("**/reference/glossary.html#term-*")
    assert reader.printed == []


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("chapters/")])
def test_a_chapter_links_a_term_once(name: str) -> None:
    words = [link["href"] for link in soup(name).select("a.term")]
    assert len(words) == len(set(words))
