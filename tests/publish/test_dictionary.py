"""The data dictionary says what `datapackage.json` says, and breaks at nothing that stands there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from tightrope.publish import dictionary

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def page(package: Path, tmp_path: Path) -> Tag:
    """The page of the toy package, in which one table and one column say more than others."""
    file = package / "datapackage.json"
    described = json.loads(file.read_text(encoding="utf-8"))
    parties = next(one for one in described["resources"] if one["name"] == "parties")
    parties |= {"description": EVIL, "inclusion": ["In: payers.", "Others too."]}
    field(parties, "name")["meanings"] = {"<all>": "Many & more", "none": "Nobody"}
    field(parties, "name")["dont"] = ""
    file.write_text(json.dumps(described), encoding="utf-8")
    (tmp_path / "source").mkdir()
    dictionary.write(package, tmp_path / "source")
    text = (tmp_path / "source" / "reference" / "data-dictionary.md").read_text(encoding="utf-8")
    return BeautifulSoup(text, "html.parser")


def field(resource: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in resource["schema"]["fields"] if one["name"] == name]
    return found


def entries(page: Tag, column: str) -> dict[str, str]:
    """What the page says of a column, by label."""
    (box,) = page.select(f'[id="{column}"]')
    return {
        entry.dt.get_text(): " ".join(entry.dd.get_text(" ").split())
        for entry in box.select("dl > div")
    }


def test_every_table_has_a_line_that_leads_to_it(page: Tag, package: Path) -> None:
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    there = [one["name"] for one in described["resources"] if (package / one["path"]).is_file()]
    names = [f"{name}.csv" for name in there]
    assert [a.get_text() for a in page.select("tbody th a")] == names
    assert [name for name in names if len(page.select(f'[id="{name}"]')) != 1] == []


def test_rows_are_counted(page: Tag, package: Path) -> None:
    (row,) = [r for r in page.select("tbody tr") if r.th.get_text() == "parties.csv"]
    lines = (package / "parties.csv").read_text(encoding="utf-8").splitlines()
    assert row.select(".number")[0].get_text() == str(len(lines) - 1)


def test_a_key_is_required_unique_and_of_a_pattern(page: Tag) -> None:
    allowed = entries(page, "parties.party_id")["Allowed"]
    assert allowed == "text; required; unique; pattern [a-z0-9]+(-[a-z0-9]+)*"


def test_a_choice_lists_its_values(page: Tag) -> None:
    assert "; one of " in entries(page, "events.status")["Allowed"]
    assert ", binding ," in entries(page, "events.status")["Allowed"]


def test_an_amount_says_its_unit(page: Tag) -> None:
    assert entries(page, "events.amount_usd_bn")["Allowed"].startswith("number, USD billion; ")


def test_a_reference_leads_to_the_column_it_names(page: Tag) -> None:
    (box,) = page.select('[id="legs.payer_id"]')
    assert [a["href"] for a in box.select("dd a")] == ["#parties.party_id"]
    assert entries(page, "legs.payer_id")["Refers to"] == "parties.party_id"


def test_a_reference_within_a_table_names_its_key(page: Tag) -> None:
    assert entries(page, "deals.parent_deal_id")["Refers to"] == "deal_id of this table"


def test_what_values_mean_stands_below_each_other(page: Tag) -> None:
    assert entries(page, "parties.name")["Means"] == "<all> : Many & more none : Nobody"


def test_what_is_not_said_has_no_entry(page: Tag) -> None:
    assert "Don’t" not in entries(page, "parties.name")
    assert "Means" not in entries(page, "parties.party_id")


def test_a_rule_of_what_gets_in_has_its_first_word_set_off(page: Tag) -> None:
    rules = page.select(".inclusion")[0].select("li")
    assert [str(rule) for rule in rules] == [
        "<li><strong>In</strong>: payers.</li>",
        "<li>Others too.</li>",
    ]


def test_nothing_that_is_described_can_run(page: Tag) -> None:
    assert not page.select("script")
    assert EVIL in page.get_text()


def test_a_blank_line_never_parts_a_list_of_columns(page: Tag) -> None:
    """Markdown would take what follows it for text."""
    assert [box for box in page.select(".dictionary") if "\n\n" in str(box)] == []
