"""What holds for every shipped case: a whole data package with a focal party of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from tightrope import paths
from tightrope.dealbook import KEYS, Dealbook
from tightrope.validation import check

from .conftest import NAMES, folder, load

FIRMS = re.compile("openai|nvidia|nvda|microsoft|oracle|coreweave|stargate|softbank", re.IGNORECASE)


def test_three_cases_are_shipped() -> None:
    assert NAMES == ["anthropic", "toy", "vendor-finance-2000"]


@pytest.mark.parametrize("name", NAMES)
def test_a_case_has_nothing_wrong(name: str) -> None:
    assert [str(finding) for finding in check(folder(name))] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_case_says_whose_web_it_is(name: str) -> None:
    described = json.loads((folder(name) / "datapackage.json").read_text(encoding="utf-8"))
    assert described["focal"] in set(load(name).parties.party_id)
    assert described["title"] != json.loads((paths.DATA / "datapackage.json").read_bytes())["title"]


@pytest.mark.parametrize("name", NAMES)
def test_the_description_of_the_tables_names_no_firm(name: str) -> None:
    described = json.loads((folder(name) / "datapackage.json").read_text(encoding="utf-8"))
    assert FIRMS.findall(json.dumps(described["resources"])) == []


def test_all_cases_describe_their_tables_in_the_same_words() -> None:
    tables = [
        json.loads((folder(name) / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        for name in NAMES
    ]
    assert tables[1:] == tables[:-1]


@pytest.mark.parametrize("name", NAMES)
def test_a_case_can_be_read_before_it_is_built(name: str) -> None:
    text = (folder(name) / "README.md").read_text(encoding="utf-8")
    for heading in ("## What it shows", "## Sources", "## What is left out", "## Build it"):
        assert heading in text, f"cases/{name}/README.md has no “{heading}”"
    assert f"make case DATA=cases/{name}" in text


def test_the_case_of_2000_names_no_firm_of_another_time() -> None:
    for file in folder("vendor-finance-2000").iterdir():
        assert "openai" not in file.read_text(encoding="utf-8").lower(), file.name


OTHERWISE = {
    ("deals", "scope"),  # one of the project's scopes is its own history
    ("financials", "metric"),  # some of its metrics name a firm
    ("claims", "section"),  # its sections are those of an article
}
"""The columns of which a case allows other values than the project's own package."""


def test_a_case_has_the_columns_and_the_bounds_of_the_projects_own_package() -> None:
    def bounds(folder_name: Path) -> dict[tuple[str, str], object]:
        described = json.loads((folder_name / "datapackage.json").read_text(encoding="utf-8"))
        return {
            (table["name"], field["name"]): (field["type"], field.get("constraints"))
            for table in described["resources"]
            for field in table["schema"]["fields"]
        }

    own, other = bounds(paths.DATA), bounds(folder("toy"))
    assert list(own) == list(other)
    assert {column for column in own if own[column] != other[column]} == OTHERWISE


@pytest.mark.parametrize("name", ["anthropic", "vendor-finance-2000"])
@pytest.mark.parametrize("table", ["legs", "events", "sources", "terms", "financials"])
def test_a_row_that_a_case_shares_with_the_book_is_the_same_row(
    name: str, table: str, book: Dealbook
) -> None:
    own, other = (getattr(one, table).set_index(KEYS[table]) for one in (book, load(name)))
    shared = other.index.intersection(own.index)
    assert len(shared) > 3
    pd.testing.assert_frame_equal(other.loc[shared], own.loc[shared])
