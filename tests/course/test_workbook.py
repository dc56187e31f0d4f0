"""The workbook: every formula gives what the engine gives, and students find no answer in it."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tightrope import paths, quantities, scenarios
from tightrope.course import keys, workbook
from tightrope.course.workbook import cells, model, small
from tightrope.course.workbook.cells import Sheet
from tightrope.dealbook import Dealbook

SOFFICE = shutil.which("soffice")
# Recalculate whatever is opened: by default Calc shows the values that a file brings along.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>"""
# Comma, quote, UTF-8 (76), from line 1, numbers as they are and not as shown; all sheets.
TOKENS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


@pytest.fixture(scope="module")
def sheets(book: Dealbook) -> dict[str, Sheet]:
    return {sheet.name: sheet for sheet in workbook.sheets(book)}


def without_values(sheets: dict[str, Sheet], book: Dealbook) -> bytes:
    """The solved workbook with wrong values beside the formulas: only a recalculation mends it."""
    wrong = []
    for sheet in sheets.values():
        damaged = Sheet(sheet.name, sheet.widths, dict(sheet.cells), sheet.heights, sheet.frozen)
        for place, cell in sheet.cells.items():
            if cell.formula:
                damaged.cells[place] = cells.Cell(-987.0, cell.kind, cell.formula, cell.shown)
        wrong.append(damaged)
    return cells.written(wrong, book.day.date(), key=True)


def number(text: str) -> float | str:
    """What a cell of Calc holds: it writes shares in percent, with all digits."""
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return text


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice Calc (soffice) is not installed")
def test_calc_finds_the_engines_values_in_every_formula(
    tmp_path: Path, sheets: dict[str, Sheet], book: Dealbook
) -> None:
    (tmp_path / "course.xlsx").write_bytes(without_values(sheets, book))
    profile = tmp_path / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS)
    command = [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", TOKENS, "--outdir", str(tmp_path), str(tmp_path / "course.xlsx")]
    done = subprocess.run(
        command,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    checked, differ = 0, []
    for sheet in sheets.values():
        with (tmp_path / f"course-{sheet.name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        for (row, column), cell in sheet.cells.items():
            if not cell.formula:
                continue
            found = number(rows[row][column])
            if isinstance(cell.value, float) != isinstance(found, float) or (
                found != pytest.approx(cell.value, abs=1e-9)
            ):
                differ.append(f"{sheet.name}!{cells.at(row, column)}: {found}, not {cell.value}")
            checked += 1
    assert differ == []
    assert checked > 390


def test_its_values_are_the_quantities_of_the_book(
    sheets: dict[str, Sheet], book: Dealbook
) -> None:
    known = quantities.of(book)
    ladder, trip, runway = sheets["ladder"], sheets["round trip"], sheets["runway"]
    names = ("to_pay", "to_pay_signed", "paid_out"), ("to_come_in", "to_come_in_signed", "paid_in")
    for row, quantity in enumerate(names, 4):
        found = [ladder.cells[row, column].value for column in range(4, 10)]
        ends = [getattr(known[name], end) for name in quantity for end in ("low", "high")]
        assert found == [pytest.approx(end) if end == end else cells.OPEN for end in ends]
    total = max(row for row, column in trip.cells if column == 6)
    found = [trip.cells[total, column].value for column in (5, 6)]
    assert found == pytest.approx([known["round_trip"].low, known["round_trip"].high])
    gaps = {cell.value for cell in runway.cells.values() if cell.kind == "answer"}
    own = scenarios.scenario(book, model.SCENARIO)
    low, high = own.ranges["margin_before_compute"]
    assert {own.gap().peak, *own.peak({"margin_before_compute": [low, high]})} <= gaps


def test_a_year_of_the_runway_by_hand(sheets: dict[str, Sheet], book: Dealbook) -> None:
    """2026: 40 of cash, 36 × 0.688 left of revenue, 122 from investors, 50 for compute."""
    values = scenarios.scenario(book, model.SCENARIO).values
    assert values["opening_cash"] + 36 * 0.688 + 122 - 50 == pytest.approx(136.768)
    assert pytest.approx(136.768) in [
        cell.value for cell in sheets["runway"].cells.values() if isinstance(cell.value, float)
    ]


def test_the_three_firms_clear_as_by_hand() -> None:
    """The lab pays 40 of 80, half: 30 and 10. The cloud has 40 of 80: 20 and 20. The maker has
    5 + 10 + 20 = 35 of 40. With 48 the lab pays 36 and 12, the cloud 23 and 23: 5 + 12 + 23 = 40."""
    answers = [cell.value for cell in small.three_firms().cells.values() if cell.kind == "answer"]
    assert answers[6:9] == [40.0, 40.0, 35.0], "what all pay in round 4"
    lacks_and_losses = [40.0, 0.0, 40.0, 30.0, 5.0, 30.0, 25.0]
    assert sorted(answers[9:16]) == sorted(lacks_and_losses)
    assert answers[-1] == 48.0


def test_the_score_is_briers() -> None:
    """0.9 and it came: 0.01; 0.6 and it did not: 0.36; 0.2 and it did not: 0.04. Mean 0.41 / 3."""
    cells_of = small.scores().cells
    assert cells_of[7, 4].value == pytest.approx(0.41 / 3)


def test_a_range_never_stands_in_one_column(sheets: dict[str, Sheet]) -> None:
    for sheet in sheets.values():
        heads = [cell.value for cell in sheet.cells.values() if cell.kind == "head"]
        ends = [re.sub(r"\b(low|high|better|worse|least|most)\b", "…", str(head)) for head in heads]
        lone = {end for end in ends if "…" in end and ends.count(end) % 2}
        assert lone == set(), sheet.name


def shown(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        return "\n".join(pack.read(name).decode() for name in pack.namelist())


def test_students_have_every_cell_but_the_answers(book: Dealbook) -> None:
    made = workbook.sheets(book)
    given = cells.written(made, book.day.date(), key=False)
    solved = cells.written(made, book.day.date(), key=True)
    asked = [cell for sheet in made for cell in sheet.cells.values() if cell.kind == "answer"]
    formulas = {
        name: len(re.findall("<f>", shown(content)))
        for name, content in (("s", given), ("k", solved))
    }
    assert formulas["k"] - formulas["s"] == sum(bool(cell.formula) for cell in asked)
    assert all(cell.kind != "answer" for cell in made[0].cells.values())


def test_every_sheet_asks_something_and_has_live_formulas(sheets: dict[str, Sheet]) -> None:
    for name, sheet in sheets.items():
        kinds = {cell.kind for cell in sheet.cells.values()}
        assert name == "start" or {"answer", "sum"} <= kinds


def test_it_is_byte_equal_when_written_twice(book: Dealbook) -> None:
    again = workbook.sheets(book)
    assert workbook.files(book, paths.DATA, key=True) == workbook.files(book, paths.DATA, key=True)
    assert (
        cells.written(again, book.day.date(), key=True)
        == workbook.files(book, paths.DATA, key=True)[workbook.SOLVED]
    )


def test_a_cell_cannot_be_set_twice() -> None:
    sheet = Sheet("one", [10])
    sheet.put(0, 0, 1.0)
    with pytest.raises(ValueError, match="one!A1 is taken"):
        sheet.put(0, 0, 2.0)


def test_no_cell_that_students_see_is_what_a_lab_asks_for(
    sheets: dict[str, Sheet], book: Dealbook
) -> None:
    """A row of the data may be as large by chance; a sum that a formula gives may not."""
    asked = [one for one in keys.answers(book) if one.unit == "USD billion" and one.value >= 10]
    assert len(asked) > 15
    shown = [
        (name, cells.at(*place), cell.value)
        for name, sheet in sheets.items()
        for place, cell in sheet.cells.items()
        if cell.kind == "sum" and isinstance(cell.value, float)
    ]
    assert [
        (*where, one.part)
        for *where, value in shown
        for one in asked
        if abs(value - one.value) < 0.05
    ] == []
