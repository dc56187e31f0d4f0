"""The page of a scenario: every assumption leads to its row, its source and its facts."""

from __future__ import annotations

import csv
from urllib.parse import DefragResult, urldefrag

import pytest
from bs4 import Tag

from tightrope.paths import DATA
from tightrope.scenario_parameters import BASE, PARAMETERS

from .conftest import soup

with (DATA / "scenarios.csv").open(encoding="utf-8", newline="") as _table:
    ROWS = list(csv.DictReader(_table))
OWN = {
    scenario: {row["parameter"]: row for row in ROWS if row["scenario_id"] == scenario}
    for scenario in dict.fromkeys(row["scenario_id"] for row in ROWS)
}
EACH = pytest.mark.parametrize("scenario", OWN)
FACTS = "reference/facts/all-scenarios.html"


def lines(scenario: str) -> list[Tag]:
    """The lines of the table of assumptions, in the order of the page."""
    page = soup(f"scenarios/{scenario}.html")
    table = next(
        caption.find_parent("table")
        for caption in page.select("caption")
        if caption.get_text().startswith("What the scenario “")
    )
    assert table is not None
    return list(table.select("tbody tr"))


def links(scenario: str) -> list[dict[str, str]]:
    """Of every line: where its links lead, the file before the anchor."""
    return [
        {there.url: there.fragment for there in (urldefrag(str(a["href"])) for a in line("a"))}
        for line in lines(scenario)
    ]


def documents(there: dict[str, str]) -> list[DefragResult]:
    """The links of a line that lead to a document."""
    return [
        DefragResult(url, anchor)
        for url, anchor in there.items()
        if url.startswith("../reference/sources/")
    ]


def ids_of(name: str) -> set[str]:
    return {str(element["id"]) for element in soup(name).select("[id]")}


@EACH
def test_the_table_has_a_line_for_every_parameter(scenario: str) -> None:
    assert len(lines(scenario)) == len(PARAMETERS)


@EACH
def test_a_row_of_the_scenario_is_an_anchor_on_its_page(scenario: str) -> None:
    anchors = [span["id"] for line in lines(scenario) for span in line.select("th span[id]")]
    assert anchors == [name for name in PARAMETERS if name in OWN[scenario]]


@EACH
def test_what_is_taken_over_leads_to_the_row_of_the_base(scenario: str) -> None:
    led = [there.get(f"{BASE}.html") for there in links(scenario)]
    assert led == [None if name in OWN[scenario] else name for name in PARAMETERS]


@EACH
def test_every_assumption_leads_to_its_source(scenario: str) -> None:
    led = [one.fragment for there in links(scenario) for one in documents(there)]
    rows = [OWN[scenario].get(name) or OWN[BASE][name] for name in PARAMETERS]
    assert led == [row["source_id"] for row in rows]


@EACH
def test_every_source_of_an_assumption_is_on_the_page_of_its_kind(scenario: str) -> None:
    for there in links(scenario):
        (led,) = documents(there)
        assert led.fragment in ids_of(led.url.removeprefix("../"))


@EACH
def test_every_number_of_the_text_is_on_the_page_of_facts(scenario: str) -> None:
    facts = soup(f"scenarios/{scenario}.html").select("a.fact")
    led = {urldefrag(str(fact["href"])) for fact in facts}
    assert len(led) > 3
    assert {one.url for one in led} == {f"../{FACTS}"}
    assert {one.fragment for one in led} - ids_of(FACTS) == set()


@EACH
def test_the_page_of_facts_leads_back_to_the_rows_of_the_scenario(scenario: str) -> None:
    page = f"../../scenarios/{scenario}.html"
    led = {
        anchor
        for address, anchor in (urldefrag(str(a["href"])) for a in soup(FACTS).select("a[href]"))
        if address == page and anchor
    }
    assert led == set(OWN[scenario])
