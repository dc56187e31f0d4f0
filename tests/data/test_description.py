"""`datapackage.json` describes the data for people too, and the dictionary shows all of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tightrope import descriptor, paths
from tightrope.csvpackage import describe
from tightrope.publish import dictionary

from ..conftest import TINY

PACKAGE = describe(paths.DATA)
TABLES: list[dict[str, Any]] = PACKAGE["resources"]
FIELDS = [
    pytest.param(table, field, id=f"{table['name']}.{field['name']}")
    for table in TABLES
    for field in table["schema"]["fields"]
]


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_every_column_says_what_it_is_what_to_do_and_what_not_to_do(
    table: dict[str, Any], field: dict[str, Any]
) -> None:
    for key in ("title", "description", "do", "dont"):
        assert field.get(key), f"datapackage.json: {table['name']}.{field['name']} has no {key}"
    assert field["do"] != field["dont"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["name"])
def test_every_table_says_what_gets_in_and_what_stays_out(table: dict[str, Any]) -> None:
    rules = table.get("inclusion", [])
    assert any(rule.startswith("In: ") for rule in rules)
    assert any(rule.startswith("Out: ") for rule in rules)


def test_licence_and_version_are_those_of_the_citation_and_of_the_package() -> None:
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert PACKAGE["version"] == citation["version"] == project["version"]
    assert {one["name"] for one in PACKAGE["licenses"]} <= set(citation["license"])
    assert [one["title"] for one in PACKAGE["contributors"]] == [
        author["name"] for author in citation["authors"]
    ]


def test_the_toy_package_has_the_same_description() -> None:
    name = "datapackage.json"
    assert (TINY / name).read_bytes() == (paths.DATA / name).read_bytes()


def test_the_description_names_the_party_that_the_data_are_about() -> None:
    assert descriptor.focal(PACKAGE) == "openai"
    assert descriptor.focal({**PACKAGE, "focal": "lucent"}) == "lucent"
    assert descriptor.focal({}) == ""


@pytest.fixture
def page(tmp_path: Path, termed: Path) -> str:
    dictionary.write(termed, tmp_path)
    return (tmp_path / "reference" / "data-dictionary.md").read_text(encoding="utf-8")


def test_the_dictionary_has_every_column_in_its_order(page: str) -> None:
    assert re.findall(r'class="column" id="([a-z._]+)"', page) == [
        f"{table['name']}.{field['name']}"
        for table in TABLES
        for field in table["schema"]["fields"]
    ]


def test_the_dictionary_shows_type_values_key_and_an_example_from_the_data(page: str) -> None:
    column = page.split('id="legs.payer_id"')[1].split('class="column"')[0]
    assert "<dt>Allowed</dt><dd>text; required; pattern <code>" in column
    assert '<a href="#parties.party_id"><code>parties.party_id</code></a>' in column
    assert "<dt>Example</dt><dd><code>microsoft</code></dd>" in column
    assert "one of <code>once</code>, <code>even</code>, <code>undated</code>" in page


def test_the_dictionary_counts_the_rows_of_the_package_it_is_made_from(page: str) -> None:
    assert "The table has 7 rows" in page.split('id="events.csv"')[1].split("</p>")[0]


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_meanings_are_given_for_allowed_values_only(
    table: dict[str, Any], field: dict[str, Any]
) -> None:
    assert set(field.get("meanings", {})) <= set(field.get("constraints", {}).get("enum", []))


def test_a_package_without_optional_tables_has_a_dictionary_of_what_it_has(tmp_path: Path) -> None:
    dictionary.write(TINY, tmp_path)
    text = (tmp_path / "reference" / "data-dictionary.md").read_text(encoding="utf-8")
    assert 'id="events.note"' in text
    assert 'id="events.derived_from"' not in text
    assert 'id="terms.csv"' not in text


def test_optional_columns_stand_behind_the_others_so_that_older_files_keep_their_order() -> None:
    for table in TABLES:
        marks = [bool(field.get("optional")) for field in table["schema"]["fields"]]
        assert marks == sorted(marks), table["name"]
