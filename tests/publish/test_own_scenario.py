"""A reader's own scenario: one more page, with the checks of the data on their file."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tightrope import paths, scenarios
from tightrope.cases import __main__ as case
from tightrope.cases import carries
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


def test_a_name_of_the_data_is_taken(tmp_path: Path, ours: pages.Manuscript) -> None:
    listing = ours.toc.read_text()
    ours.toc.write_text(listing.replace("      - file: scenarios/growth-halves\n", ""))
    file = rows(tmp_path, HEADER + ROW)
    with pytest.raises(ValueError, match='"growth-halves" is taken: as-planned, growth-halves'):
        own_scenario.add("growth-halves", file, TINY, ours, tmp_path / "out")


def test_a_name_of_a_page_without_rows_is_taken(tmp_path: Path, ours: pages.Manuscript) -> None:
    ours.toc.write_text(ours.toc.read_text().replace("growth-halves", "drafted"))
    file = rows(tmp_path, HEADER + ROW)
    with pytest.raises(ValueError, match='"drafted" is taken: as-planned, drafted, growth-halves'):
        own_scenario.add("drafted", file, TINY, ours, tmp_path / "out")


def test_a_name_may_be_that_of_a_page_elsewhere(tmp_path: Path, ours: pages.Manuscript) -> None:
    file = rows(tmp_path, HEADER + ROW)
    _, manuscript = own_scenario.add("facts", file, TINY, ours, tmp_path / "out")
    assert {"scenarios/facts", "reference/facts"} <= set(pages.listed(manuscript.toc))


@pytest.mark.parametrize(
    "name",
    ["My Year", "../up", "a/b", "a.b", "a_b", "-a", "a--b", "jähr", "a\n", "a'b", "$(id)", "١"],
)
def test_a_name_with_odd_characters_is_refused_before_anything_is_written(
    tmp_path: Path, ours: pages.Manuscript, name: str
) -> None:
    message = "NAME must be a lower-case word, with hyphens where there are more, not "
    with pytest.raises(ValueError, match=message):
        own_scenario.add(name, rows(tmp_path, HEADER + ROW), TINY, ours, tmp_path / "out")
    assert not (tmp_path / "out").exists()


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


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path, ours: pages.Manuscript) -> None:
    with pytest.raises(IsADirectoryError, match="is a folder; ROWS must name a CSV file with"):
        own_scenario.add("my", tmp_path, TINY, ours, tmp_path / "out")


def test_a_file_with_the_name_of_the_table_is_told_from_it(
    tmp_path: Path, ours: pages.Manuscript, package: Path
) -> None:
    mine = tmp_path / "mine" / "scenarios.csv"
    mine.parent.mkdir()
    mine.write_text(HEADER + ROW.replace("0.9", "much"))
    table = package / "scenarios.csv"
    table.write_text(table.read_text().replace("as-planned,revenue,40", "as-planned,revenue,few"))
    with pytest.raises(DataError) as error:
        own_scenario.add("my", mine, package, ours, tmp_path / "out")
    assert str(error.value).splitlines() == [
        'package/scenarios.csv:4: value: "few" is not a number such as 22.4',
        f'{mine}:2: value: "much" is not a number such as 22.4',
    ]


@pytest.mark.parametrize("text", ["revenue_growth\n", HEADER, HEADER + "revenue,40\n"])
def test_what_is_wrong_with_the_whole_file_names_it_as_the_reader_did(
    tmp_path: Path, ours: pages.Manuscript, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    rows(tmp_path, text)
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match=r"(?m)\Amine/\.\./my\.csv:[12]: "):
        own_scenario.add("my", Path("mine/../my.csv"), TINY, ours, tmp_path / "out")


def test_data_that_does_not_describe_scenarios_is_refused_with_a_hint(
    tmp_path: Path, ours: pages.Manuscript, package: Path
) -> None:
    schema = package / "datapackage.json"
    schema.write_text(schema.read_text().replace('"name": "scenarios"', '"name": "stories"'))
    message = r'datapackage.json:1: resources: the table "scenarios" is not described; take'
    with pytest.raises(DataError, match=message):
        own_scenario.add("my", rows(tmp_path, HEADER + ROW), package, ours, tmp_path / "out")


def test_data_without_the_file_of_scenarios_is_refused(
    tmp_path: Path, ours: pages.Manuscript, package: Path
) -> None:
    (package / "scenarios.csv").unlink()
    with pytest.raises(DataError, match=r"^package/scenarios.csv:1: file: is missing"):
        own_scenario.add("my", rows(tmp_path, HEADER + ROW), package, ours, tmp_path / "out")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"], ids=["LF", "CR", "CRLF"])
def test_a_quoted_cell_may_hold_any_line_end_and_means_the_same(
    tmp_path: Path, ours: pages.Manuscript, end: str
) -> None:
    file = tmp_path / "my.csv"
    file.write_bytes(f'{HEADER}revenue_growth,0.9,,,"Two{end}lines.",paper\n'.encode())
    package, _ = own_scenario.add("my", file, TINY, ours, tmp_path / "out")
    assert load(package).scenarios.iloc[-1].why == "Two\nlines."


@pytest.fixture
def name_last(package: Path) -> Path:
    """The toy data with `scenario_id` as the last column of its table."""
    schema = json.loads((package / "datapackage.json").read_text())
    fields = next(t for t in schema["resources"] if t["name"] == "scenarios")["schema"]["fields"]
    fields.append(fields.pop(0))
    (package / "datapackage.json").write_text(json.dumps(schema))
    table = package / "scenarios.csv"
    lines = [line.partition(",") for line in table.read_text().splitlines()]
    table.write_text("".join(f"{rest},{first}\n" for first, _, rest in lines))
    return package


def test_the_name_goes_where_the_schema_has_it(
    tmp_path: Path, ours: pages.Manuscript, name_last: Path
) -> None:
    joined, _ = own_scenario.add(
        "my", rows(tmp_path, HEADER + ROW), name_last, ours, tmp_path / "out"
    )
    assert scenarios.scenario(load(joined), "my").values["revenue_growth"] == 0.9


def test_the_name_is_found_taken_where_the_schema_has_it(
    tmp_path: Path, ours: pages.Manuscript, name_last: Path
) -> None:
    file = rows(tmp_path, HEADER + ROW)
    with pytest.raises(ValueError, match='"growth-halves" is taken'):
        own_scenario.add("growth-halves", file, name_last, ours, tmp_path / "out")


def made(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`make scenario` with these arguments; the environment of the tests is taken as ready."""
    # Tests that make itself started must not hand on what it was called with.
    ours = ("MAKE", "DATA", "AS_OF", "LAYER")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        ["make", "-o", ".venv/ready", "scenario", *arguments],
        cwd=paths.ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("given", [(), ("NAME=my",), ("ROWS=my.csv",)])
def test_make_says_how_a_scenario_is_built_and_takes_nothing_from_the_shell(
    given: tuple[str, ...],
) -> None:
    done = made(*given, NAME="host", ROWS="lines")
    assert done.returncode != 0
    assert done.stderr.startswith("name the scenario and the file with its rows: make scenario")


def test_make_hands_name_and_rows_to_the_build() -> None:
    done = made("-n", "NAME=my", "ROWS=my.csv")
    assert "--out='_build/book-scenario-my' --scenario='my' --rows='my.csv'" in done.stdout


def test_data_about_another_web_are_sent_to_their_own_book() -> None:
    with pytest.raises(ValueError, match=r"make case DATA=.*toy NAME=my ROWS=my.csv"):
        own_scenario.check_is_ours(paths.ROOT / "cases" / "toy", "my", "my.csv")
    own_scenario.check_is_ours(TINY, "my", "my.csv")


def test_a_case_has_a_scenario_of_the_reader_beside_its_own(tmp_path: Path) -> None:
    file = rows(tmp_path, HEADER + ROW.replace("paper", "class-plan"))
    toy = paths.ROOT / "cases" / "toy"
    package = case.with_scenario(toy, "my-year", file, tmp_path / "out")
    book = load(package)
    assert scenarios.ids(book) == ["as-planned", "growth-halves", "my-year"]
    assert "scenarios/my-year" in {one.page for one in carries.of(book) if not one.why_not}


def test_a_case_without_a_plan_has_nothing_that_a_scenario_could_change(tmp_path: Path) -> None:
    file = rows(tmp_path, HEADER + ROW)
    lucent = paths.ROOT / "cases" / "vendor-finance-2000"
    with pytest.raises(ValueError, match="nothing that a scenario could change"):
        case.with_scenario(lucent, "my", file, tmp_path / "out")
