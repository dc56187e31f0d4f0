"""A reader's own scenario: one more page, with the checks of the data on their file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tightrope import scenarios
from tightrope.dealbook import DataError, load
from tightrope.publish import build, own_scenario, pages

from ..conftest import TINY

HEADER = "parameter,value,low,high,why,source_id\n"
ROW = "revenue_growth,0.9,0.5,1.2,A good year.,paper\n"


@pytest.fixture
def ours(tmp_path: Path) -> pages.Manuscript:
    toc = tmp_path / "_toc.yml"
    toc.write_text(
        "format: jb-book\nroot: index\nparts:\n  - caption: Scenarios\n    chapters:\n"
        "      - file: scenarios/as-planned\n      - file: scenarios/growth-halves\n"
        "  - caption: Reference\n    chapters:\n      - file: reference/facts\n"
    )
    return replace(pages.OURS, toc=toc)


def rows(folder: Path, text: str) -> Path:
    path = folder / "my.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_joins_the_data_and_the_list_of_pages_after_the_last_scenario(
    tmp_path: Path, ours: pages.Manuscript
) -> None:
    file = rows(tmp_path, HEADER + ROW)
    package, manuscript = own_scenario.add("my-year", file, TINY, ours, tmp_path / "out")
    assert scenarios.ids(load(package)) == ["as-planned", "growth-halves", "my-year"]
    assert scenarios.scenario(load(package), "my-year").values["revenue_growth"] == 0.9
    assert pages.listed(manuscript.toc) == [
        "index",
        "scenarios/as-planned",
        "scenarios/growth-halves",
        "scenarios/my-year",
        "reference/facts",
    ]


def test_the_projects_own_files_stay_as_they_are(tmp_path: Path, ours: pages.Manuscript) -> None:
    before = (TINY / "scenarios.csv").read_bytes(), ours.toc.read_bytes()
    own_scenario.add("my", rows(tmp_path, HEADER + ROW), TINY, ours, tmp_path / "out")
    assert ((TINY / "scenarios.csv").read_bytes(), ours.toc.read_bytes()) == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HEADER + ROW + "revenu,30,,,Less.,paper\n",
            'my.csv:3: parameter: "revenu" is not allowed; use one of: opening_cash',
        ),
        (
            HEADER + ROW.replace("0.5,1.2", "1.2,0.5"),
            "my.csv:2: value: low, value and high must rise, not 1.2, 0.9, 0.5",
        ),
        (
            HEADER + ROW.replace("paper", ""),
            "my.csv:2: source_id: must not be empty; every row needs a source",
        ),
        (
            HEADER + ROW.replace("0.9", "much"),
            'my.csv:2: value: "much" is not a number such as 22.4',
        ),
        (
            HEADER + '"revenue",40,,,"Two\nlines.",paper\n' + "revenue_growth,99,,,Up.,paper\n",
            'my.csv:4: value: "99" is not allowed; revenue_growth (share) must be between -1 and 10',
        ),
        (
            HEADER + ROW + ROW,
            'my.csv:3: parameter: "my, revenue_growth" is there already',
        ),
        (
            "parameter,value\nrevenue,40\n",
            "my.csv:1: low: column is missing; the columns must be, in this order: "
            "parameter, value, low, high, why, source_id",
        ),
        (HEADER, "my.csv:1: row: there is no row; give what you change"),
        (
            HEADER + "revenue,40,,,Less, and more,paper\n",
            "my.csv:2: row: the row must have 6 cells; quote a cell that holds a comma",
        ),
    ],
)
def test_wrong_rows_are_refused_where_the_reader_wrote_them(
    tmp_path: Path, ours: pages.Manuscript, text: str, message: str
) -> None:
    with pytest.raises(DataError) as error:
        own_scenario.add("my", rows(tmp_path, text), TINY, ours, tmp_path / "out")
    assert message in str(error.value)
    assert not (tmp_path / "out" / "data").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("My Year", 'NAME must be a lower-case word, with hyphens where there are more, not "My'),
        ("growth-halves", '"growth-halves" is taken: as-planned, growth-halves'),
    ],
)
def test_a_name_that_is_none_or_is_taken_is_refused(
    tmp_path: Path, ours: pages.Manuscript, name: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        own_scenario.add(name, rows(tmp_path, HEADER + ROW), TINY, ours, tmp_path / "out")


def test_the_last_good_site_stays_when_a_row_is_wrong(
    tmp_path: Path, ours: pages.Manuscript, capsys: pytest.CaptureFixture[str]
) -> None:
    standing = tmp_path / "out" / "site" / "index.html"
    standing.parent.mkdir(parents=True)
    standing.write_text("the last good site")
    file = rows(tmp_path, HEADER + ROW.replace("paper", "hearsay"))
    arguments = ["--data", str(TINY), "--out", str(tmp_path / "out"), "--jobs", "1"]
    assert build.main([*arguments, "--scenario", "my", "--rows", str(file)], ours) == 1
    assert 'my.csv:2: source_id: "hearsay" is not known' in capsys.readouterr().err
    assert standing.read_text() == "the last good site"


def test_a_file_that_is_not_there_is_said(tmp_path: Path, ours: pages.Manuscript) -> None:
    with pytest.raises(FileNotFoundError, match="ROWS must name a CSV file with your rows"):
        own_scenario.add("my", tmp_path / "none.csv", TINY, ours, tmp_path / "out")
