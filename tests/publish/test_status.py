"""The status page: right counts, the benchmark's table, nothing that changes by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tightrope import paths
from tightrope.dealbook import Dealbook
from tightrope.publish import pages, status
from tightrope.publish.pages import Manuscript

BENCH = """problem,solver,payments,seconds,growth,measured_on,machine
circulation,ours,1000,0.0069,,2026-11-22,"A <fast> one, Python 3.11"
circulation,ours,10000,0.019,0.44,2026-11-22,"A <fast> one, Python 3.11"
circulation,ours,1000000,13.04,1.2,2026-11-22,"A <fast> one, Python 3.11"
circulation,theirs,1000,0.0155,,2026-11-22,"A <fast> one, Python 3.11"
circulation,theirs,10000,,,2026-11-22,"A <fast> one, Python 3.11"
"""


@pytest.fixture
def written(tmp_path: Path, tiny: Dealbook) -> tuple[str, dict[str, Tag]]:
    """The page of a book with a benchmark and two test files, and its tables by caption."""
    folder = tmp_path / "book"
    (folder / "reference").mkdir(parents=True)
    (folder / status.BENCHMARK).write_text(BENCH)
    tests = tmp_path / "tests"
    for name, text in {
        "unit/test_a.py": "@given(x=1)\ndef test_x(x): ...\n\ndef test_y(): ...\n\ndef helper(): ...",
        "site/test_b.py": "class TestIt:\n    @pytest.mark.parametrize('a', [1])\n    def test_z(self, a): ...",
        "fixtures/none.py": "def test_not(): ...",
    }.items():
        (tests / name).parent.mkdir(parents=True)
        (tests / name).write_text(text)
    return _write(tmp_path, tiny, replace(pages.OURS, book=folder), tests)


def _write(
    out: Path, book: Dealbook, manuscript: Manuscript, tests: Path
) -> tuple[str, dict[str, Tag]]:
    (out / "source").mkdir()
    status.write(manuscript, book, 12, 345, out / "source", tests)
    text = (out / "source" / "reference" / "status.md").read_text(encoding="utf-8")
    tables = BeautifulSoup(text, "html.parser").select("table")
    return text, {table.select("caption")[0].get_text(): table for table in tables}


def cells(table: Tag) -> list[list[str]]:
    return [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]


def test_the_counts_are_those_of_the_build(written: tuple[str, dict[str, Tag]]) -> None:
    text, _ = written
    assert f"{len(pages.listed(paths.TOC))} pages with 12 figures, and 345 numbers" in text


def test_rows_are_counted_as_known_and_in_all(
    written: tuple[str, dict[str, Tag]], tiny: Dealbook
) -> None:
    rows = {row[0]: row[1:] for row in cells(written[1]["Rows by table"])}
    assert rows["events.csv"] == [str(len(tiny.events)), str(len(tiny.all_ids["events"]))]


def test_tests_are_counted_by_kind(written: tuple[str, dict[str, Tag]]) -> None:
    rows = cells(written[1]["Tests by kind"])
    assert [row[1:] for row in rows[1:]] == [
        ["1", "0", "tests/site"],
        ["2", "1", "tests/unit"],
        ["3", "1", ""],
    ]


def test_the_benchmark_is_a_table_of_sizes_with_growth_date_and_machine(
    written: tuple[str, dict[str, Tag]],
) -> None:
    text, tables = written
    assert cells(tables["Processor seconds, by number of payments"]) == [
        ["Problem, solver", "1,000", "10,000", "1,000,000", "Growth"],
        ["circulation, ours", "0.007", "0.019", "13.0", "1.20"],
        ["circulation, theirs", "0.015", "–", "–", "–"],
    ]
    assert "Measured on 2026-11-22: A &lt;fast&gt; one, Python 3.11." in text


def test_without_a_benchmark_the_page_says_so(tmp_path: Path, tiny: Dealbook) -> None:
    empty = replace(pages.OURS, book=tmp_path)
    text, tables = _write(tmp_path, tiny, empty, paths.ROOT / "tests")
    assert "It has not been run." in text
    # Every kind of test of this project has a description.
    assert not {row[0] for row in cells(tables["Tests by kind"])} & {"data", "unit", "site"}
