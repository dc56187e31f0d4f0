"""What a reader does with the list of documents: search, choose a kind, put it in order."""

from __future__ import annotations

from playwright.sync_api import Page

from .conftest import Reader, soup

NAME = "reference/sources.html"
LINES = soup(NAME).select(".listing-list > li")
SHOWN = ".listing-list > li:not([hidden])"


def shown(page: Page) -> list[str]:
    return page.locator(SHOWN).evaluate_all("lines => lines.map(line => line.id)")


def test_a_kind_of_document_can_be_chosen(reader: Reader, server: str) -> None:
    page = reader.open(server + NAME)
    page.get_by_label("Kind of document").select_option("filing")
    assert shown(page) == [str(one["id"]) for one in LINES if one["data-kind"] == "filing"]
    assert page.url.endswith("#kind=filing")


def test_a_document_of_which_only_the_month_or_the_year_is_known_is_found_within_it(
    reader: Reader, server: str
) -> None:
    page = reader.open(f"{server}{NAME}#from=2025-09-10&to=2025-09-20")
    assert shown(page) == [
        str(one["id"])
        for one in LINES
        if str(one["data-day"]) in ("2025", "2025-09")
        or "2025-09-10" <= str(one["data-day"]) <= "2025-09-20"
    ]


def test_the_documents_on_which_most_rests_can_come_first(reader: Reader, server: str) -> None:
    page = reader.open(f"{server}{NAME}#sort=rows")
    numbers = page.locator(SHOWN).evaluate_all("all => all.map(one => Number(one.dataset.amount))")
    assert numbers == sorted(numbers, reverse=True)


def test_a_search_finds_a_publisher(reader: Reader, server: str) -> None:
    page = reader.open(server + NAME)
    page.get_by_label("Search the text").fill("SEC EDGAR")
    found = shown(page)
    assert 0 < len(found) < len(LINES)
    expected = {str(one["id"]) for one in LINES if "SEC EDGAR" in one.get_text()}
    assert expected <= set(found)


def test_without_javascript_all_documents_are_listed_and_no_form(
    scriptless: Reader, server: str
) -> None:
    page = scriptless.open(server + NAME)
    assert page.locator(".listing-list > li:visible").count() == len(LINES)
    assert not page.locator(".listing-filter").is_visible()
