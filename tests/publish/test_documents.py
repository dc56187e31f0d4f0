"""The documents: a list to search, a page a kind, and what rests on each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag

from tightrope import dealbook
from tightrope.dealbook import Dealbook
from tightrope.publish import documents


def with_sources(book: Dealbook, **columns: list[str]) -> Dealbook:
    return replace(book, sources=book.sources.assign(**columns))


def listed(book: Dealbook) -> Tag:
    return BeautifulSoup(documents.html(book), "html.parser")


def pages(book: Dealbook, *there: str) -> Tag:
    parts = documents.pages(book, there)
    html = "".join(section.html for part in parts for section in part.sections)
    return BeautifulSoup(html, "html.parser")


def one(page: Tag, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def test_a_line_leads_to_the_page_of_its_kind_and_keeps_the_old_address(tiny: Dealbook) -> None:
    lines = listed(tiny).select(".listing-list > li")
    # By publisher: a newspaper, a regulator, the two firms.
    assert {str(line["id"]): str(one(line, "a")["href"]) for line in lines} == {
        "paper": "sources/press.html#paper",
        "filing-2020": "sources/filing.html#filing-2020",
        "release": "sources/company.html#release",
    }
    assert [str(line["id"]) for line in lines] == ["paper", "filing-2020", "release"]
    assert all(line.has_attr("data-moved") for line in lines)


def test_a_line_says_how_many_rows_rest_on_its_document(tiny: Dealbook) -> None:
    line = one(listed(tiny), "#filing-2020")
    uses = documents.uses(tiny)
    rests = int(uses.source_id.eq("filing-2020").sum())
    assert words(line) == f"A filing A regulator, 2020-06-30; {rests} rows"
    assert (line["data-kind"], line["data-day"]) == ("filing", "2020-06-30")


def test_a_search_finds_what_a_note_says(tiny: Dealbook) -> None:
    told = with_sources(tiny, note=["", "Read at the agency.", ""])
    assert "agency" in str(one(listed(told), "#filing-2020")["data-words"]).split()


def test_the_list_can_be_filtered_by_the_kinds_that_there_are(tiny: Dealbook) -> None:
    options = [str(option["value"]) for option in listed(tiny).select("#filter-kind option")]
    assert options == ["", "filing", "company", "press"]


def test_kinds_without_a_document_have_no_page(tiny: Dealbook) -> None:
    told = with_sources(tiny, kind=["press", "filing", "press"])
    assert [(part.page, part.title) for part in documents.pages(told, [])] == [
        ("reference/sources/filing", "Filings and exhibits (1)"),
        ("reference/sources/press", "Newsrooms (2)"),
    ]


def test_on_a_page_documents_stand_by_publisher_whatever_its_capitals(tiny: Dealbook) -> None:
    told = with_sources(tiny, kind=["press"] * 3, publisher=["beta", "A regulator", "Alpha"])
    cards = [str(card["id"]) for card in pages(told).select(".source-card")]
    assert cards == ["filing-2020", "paper", "release"]


def test_a_card_says_if_only_passages_were_read_when_and_where(tiny: Dealbook) -> None:
    told = with_sources(tiny, read_as=["extract", "text", "text"], note=["In part.", "", ""])
    card = one(pages(told), "#release")
    assert "Read as an extract only. In part." in words(card)
    assert "The two firms example.org" in words(card)
    assert "Published 2020-01-10; read by 2026-11-22." in words(card)
    assert one(card, "h2 a")["href"] == "https://example.org/release"


def test_a_card_lists_the_rows_that_rest_on_it_with_links_to_those_that_a_page_shows(
    tiny: Dealbook,
) -> None:
    card = one(pages(tiny, "reference/deal-catalogue"), "#filing-2020")
    # Three steps: the stake as it became binding and as it was paid, twice.
    assert words(one(card, "summary")) == "What rests on it: 3 steps"
    assert [str(link["href"]) for link in card.select("li a")] == [
        f"../deal-catalogue/openai.html#event-{event}"
        for event in ("stake-binding", "stake-paid-1", "stake-paid-2")
    ]
    assert not one(pages(tiny), "#filing-2020").select("li a")


def test_a_document_on_which_nothing_rests_says_so(tiny: Dealbook) -> None:
    unused = with_sources(tiny, source_id=["new", "filing-2020", "paper"])
    assert "Nothing in this edition rests on it." in words(one(pages(unused), "#new"))


def test_rows_are_counted_by_table_in_words() -> None:
    assert documents.what_rests(["financials/c", "events/a", "events/b"]) == "2 steps, 1 figure"


@pytest.mark.parametrize("column", ["title", "publisher", "note"])
def test_what_is_said_of_a_document_is_text(tiny: Dealbook, column: str) -> None:
    name = 'A <b> & "C"'
    told = with_sources(tiny, **{column: [name] * 3})
    assert name in pages(told).get_text()
    assert not pages(told).select("b")
    assert not listed(told).select("b")


def test_every_row_of_the_projects_own_data_that_rests_on_a_document_is_counted() -> None:
    book = dealbook.load()
    uses = documents.uses(book)
    lines = listed(book).select(".listing-list > li")
    assert sum(int(str(line["data-amount"])) for line in lines) == len(uses)
