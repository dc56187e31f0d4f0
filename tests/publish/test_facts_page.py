"""The pages of numbers: every number with its rows, each long list once, old addresses lead on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from tightrope.dealbook import Dealbook
from tightrope.publish import facts_page
from tightrope.publish.pages import Page

RUNWAY = Page("chapters/runway", Path("runway.ipynb"))
SCENARIO = Page("scenarios/as-planned", Path("scenario.ipynb"), {"scenario": "as-planned"})
ROWS = [
    "scenarios/as-planned.revenue",
    "scenarios/as-planned.opening_cash",
    "scenarios/as-planned.compute_spend",
    "legs/cloud-use",
]


def fact(key: str, rows: list[str]) -> dict[str, Any]:
    return {"key": key, "written": "$1 bn", "how": "computed", "rows": rows}


TOC = "format: jb-book\nroot: index\nchapters:\n- file: reference/facts\n"


def written(folder: Path, book: Dealbook, **facts: dict[str, Any]) -> Path:
    """The book's source with the numbers of a chapter and, the same, of a scenario."""
    (folder / "_toc.yml").write_text(TOC)
    stated = {RUNWAY: facts, SCENARIO: facts}
    titles = {RUNWAY: "Runway", SCENARIO: "As planned"}
    opening, *of_pages = facts_page.pages(stated, titles, book)
    facts_page.write(opening, of_pages, folder)
    facts_page.write_all(stated, book, folder / "out")
    return folder / "reference"


def soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def card(page: BeautifulSoup, identity: str) -> Tag:
    found = page.find(id=identity)
    assert isinstance(found, Tag)
    return found


def one(page: Tag, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


@pytest.fixture
def reference(tiny: Dealbook, tmp_path: Path) -> Path:
    return written(
        tmp_path,
        tiny,
        peak=fact("peak", ROWS),
        month=fact("month", ROWS),
        short=fact("short", ROWS[:1]),
        again=fact("again", ROWS[:1]),
    )


@pytest.fixture
def scenarios(reference: Path) -> BeautifulSoup:
    return soup(reference / "facts" / "all-scenarios.md")


def test_a_card_has_the_value_its_key_how_it_was_computed_and_its_sources(
    reference: Path,
) -> None:
    shown = card(soup(reference / "facts" / "runway.md"), "runway.peak")
    assert one(shown, ".fact-value strong").get_text() == "$1 bn"
    assert one(shown, ".fact-value code").get_text() == "peak"
    assert "computed" in shown.get_text()
    # The assumptions rest on the story, the contract on the release.
    sources = [str(link["href"]) for link in shown.select('a[href^="../sources/"]')]
    assert sorted(sources) == ["../sources/company.html#release", "../sources/press.html#paper"]


def test_an_assumption_leads_to_its_row_on_the_page_of_its_scenario(
    scenarios: BeautifulSoup,
) -> None:
    peak = card(scenarios, "scenarios-as-planned.peak")
    assert peak.select('a[href="../../scenarios/as-planned.html#revenue"]')


def test_a_row_that_no_page_shows_is_named_without_a_link(scenarios: BeautifulSoup) -> None:
    peak = card(scenarios, "scenarios-as-planned.peak")
    assert "legs/cloud-use" in peak.get_text()
    assert "legs/cloud-use" not in {link.get_text() for link in peak.select("a")}


def test_a_long_list_of_rows_stands_once_a_page(scenarios: BeautifulSoup) -> None:
    assert len(card(scenarios, "scenarios-as-planned.peak").select("details li")) == len(ROWS)
    month = card(scenarios, "scenarios-as-planned.month")
    assert not month.select("li")
    link = one(month, "a")
    assert link.get_text() == "the same 4 rows as peak"
    there = scenarios.find(id=str(link["href"]).removeprefix("#"))
    assert isinstance(there, Tag)
    assert there.name == "details"


def test_a_short_list_stands_beside_every_fact(scenarios: BeautifulSoup) -> None:
    again = card(scenarios, "scenarios-as-planned.again")
    assert next(item.get_text() for item in again.select("li")) == ROWS[0]


def test_the_index_leads_from_the_name_of_a_page_to_its_numbers(reference: Path) -> None:
    lines = soup(reference / "facts.md").select("[data-moved]")
    led = {str(line["data-moved"]): str(one(line, "a")["href"]) for line in lines}
    assert led == {
        "runway": "facts/runway.html",
        "scenarios-as-planned": "facts/all-scenarios.html#numbers-of-scenarios-as-planned",
    }
    assert "(numbers-of-scenarios-as-planned)=\n## As planned" in (
        reference / "facts" / "all-scenarios.md"
    ).read_text(encoding="utf-8")


def test_all_rows_of_a_table_are_named_in_one(tiny: Dealbook, tmp_path: Path) -> None:
    # Fewer rows are listed one by one: sixteen is one too many.
    many = [f"one-{number}" for number in range(16)]
    parties = pd.concat([tiny.parties.iloc[:1]] * 16, ignore_index=True).assign(party_id=many)
    book = replace(tiny, parties=parties)
    rows = [f"parties/{one}" for one in many]
    reference = written(tmp_path, book, all=fact("all", rows), most=fact("most", rows[:15]))
    page = soup(reference / "facts" / "runway.md")
    assert [item.get_text() for item in card(page, "runway.all").select("li")] == [
        "all 16 rows of parties"
    ]
    assert len(card(page, "runway.most").select("li")) == 15


def test_a_number_on_many_documents_counts_them(tiny: Dealbook, tmp_path: Path) -> None:
    documents = [f"paper-{number}" for number in range(16)]
    sources = pd.concat([tiny.sources.iloc[:1]] * 16, ignore_index=True)
    rows = [f"sources/{one}" for one in documents]
    book = replace(tiny, sources=sources.assign(source_id=documents))
    reference = written(tmp_path, book, all=fact("all", rows))
    page = soup(reference / "facts" / "runway.md")
    assert "16 documents: the rows lead to them" in card(page, "runway.all").get_text()


def test_what_a_number_says_is_text(tiny: Dealbook, tmp_path: Path) -> None:
    evil = fact("evil", ROWS[:1]) | {"written": '<b>1</b> & "2"', "how": "<i>so</i>"}
    page = soup(written(tmp_path, tiny, evil=evil) / "facts" / "runway.md")
    text = card(page, "runway.evil").get_text()
    assert '<b>1</b> & "2"' in text
    assert "<i>so</i>" in text
