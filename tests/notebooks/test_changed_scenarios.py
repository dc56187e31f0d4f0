"""One changed row of `scenarios.csv` changes the pages, and nothing typed contradicts it."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tightrope import dealbook, paths
from tightrope.publish import facts, named, page, pages, run
from tightrope.publish.host import Host
from tightrope.scenario_parameters import BASE

GROWTH = (BASE, "revenue_growth")
FAST = {"low": "2.5", "value": "3", "high": "3.5"}


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """The project's data, with growth so high that nothing is ever missing."""
    package = Path(shutil.copytree(paths.DATA, tmp_path / "rich"))
    table = package / "scenarios.csv"
    with table.open(encoding="utf-8", newline="") as before:
        rows = list(csv.DictReader(before))
    (growth,) = (row for row in rows if (row["scenario_id"], row["parameter"]) == GROWTH)
    growth.update(FAST)
    with table.open("w", encoding="utf-8", newline="") as after:
        writer = csv.DictWriter(after, list(growth))
        writer.writeheader()
        writer.writerows(rows)
    return package


def ran(one: str, data: Path, host: Host) -> tuple[dict[str, Any], str]:
    """The facts of a page run on this data, and its text as a reader has it."""
    chosen = next(each for each in pages.to_run(pages.OURS) if each.id == one)
    book = dealbook.load(data)
    notebook = run.run_page(chosen, run.Edition(data=str(data)), book, host)
    written = named.Named(book).all_facts(notebook, chosen.parameters)
    known = page.as_known(notebook, written, book)
    text = "\n".join(
        facts.fill(cell.source, written, None)
        for cell in known.cells
        if cell.cell_type == "markdown"
    )
    return written, re.sub(r"\s+", " ", text)


def test_a_scenario_page_follows_its_rows(rich: Path, host: Host) -> None:
    stated, text = ran("scenarios/as-planned", rich, host)
    assert stated["peak"]["value"] == 0
    assert "Cash lasts to the end of 2030, and nothing is missing." in text
    assert "Nobody breaks." in text
    assert "cash ends" not in text.lower()


def test_the_runway_follows_the_rows_of_the_base(rich: Path, host: Host) -> None:
    stated, text = ran("chapters/runway", rich, host)
    assert not stated["has-gap"]["value"]
    assert "There is no gap." in text


def test_the_comparison_follows_the_rows_of_every_scenario(rich: Path, host: Host) -> None:
    before, _ = ran("chapters/scenarios", paths.DATA, host)
    after, _ = ran("chapters/scenarios", rich, host)
    assert before["base-peak"]["value"] > 0 == after["base-peak"]["value"]
    # Growth is taken over where a scenario does not give its own.
    assert before["no-gap"]["written"] != after["no-gap"]["written"]
