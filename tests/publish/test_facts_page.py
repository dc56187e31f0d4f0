"""The facts page: every number with its rows, each long list once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tightrope.dealbook import Dealbook
from tightrope.publish import facts_page
from tightrope.publish.pages import Page

SCENARIO = Page("scenarios/as-planned", Path("scenario.ipynb"), {"scenario": "as-planned"})
ROWS = [
    "scenarios/as-planned.revenue",
    "scenarios/as-planned.opening_cash",
    "scenarios/as-planned.compute_spend",
    "legs/cloud-use",
]


def fact(key: str, rows: list[str]) -> dict[str, Any]:
    return {"key": key, "written": "$1 bn", "how": "computed", "rows": rows}


@pytest.fixture
def text(tiny: Dealbook, tmp_path: Path) -> str:
    facts = {
        "peak": fact("peak", ROWS),
        "month": fact("month", ROWS),
        "short": fact("short", ROWS[:1]),
        "again": fact("again", ROWS[:1]),
    }
    facts_page.write({SCENARIO: facts}, {SCENARIO: "As planned"}, tiny, tmp_path, tmp_path / "out")
    return (tmp_path / "reference" / "facts.md").read_text(encoding="utf-8")


def of(text: str, key: str) -> str:
    return text.split(f'id="scenarios-as-planned.{key}"')[1].split("</tr>")[0]


def test_an_assumption_leads_to_its_row_on_the_page_of_its_scenario(text: str) -> None:
    assert '<a href="../scenarios/as-planned.html#revenue">' in of(text, "peak")


def test_a_long_list_of_rows_stands_once_a_page(text: str) -> None:
    assert of(text, "peak").count("<li>") > len(ROWS)
    assert "<li>" not in of(text, "month")
    assert 'the 4 rows of <a href="#scenarios-as-planned.peak">' in of(text, "month")


def test_a_short_list_stands_beside_every_fact(text: str) -> None:
    assert "as-planned.revenue" in of(text, "again")
