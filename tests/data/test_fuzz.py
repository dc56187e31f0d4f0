"""Whatever a package holds, the check says what is wrong with it and never raises."""

from __future__ import annotations

import csv
import io
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tightrope import dealbook, validation
from tightrope.findings import DataError, Finding
from tightrope.validation import check

from ..conftest import OPTIONAL_CELLS, OPTIONAL_TABLES, TINY

pytestmark = pytest.mark.thorough

ODD = [
    "", " ", "{}", "{Media}", "{0}", "{x!r}", '"', "'", '""', ",", ";", "\t", "\n", "\r\n", "a\nb", "\0", "\x1b[0m",
    "\x85", "\u2028", "😀", "𝒜", "é", "e\u0301", "\ufeff", "\ufffe", "‮", "[[funded]]", "%s", "%", "\\", "\\n", "=1+1", "@x",
    "0", "-0", "1", "-1", "1e5", "1.00E-05", "1e400", "-1e-400", "nan", "inf", "1_000", "1,5", "0x10", "٣", "9" * 400,
    "20–22.4", "22–20", "20-22", "–", "1–", "true", "TRUE", "WAHR", "none", "null", "NaT", "None",
    "2019-07-22", "2019-7-2", "-2019-07-22", "2025-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01",
    "2020", "2020-13", "FY2020", "2020/2019", "43668", "22.07.2019",
    "openai", "OPENAI", "openai\n", "stake", "cloud", "letter", "stake-cash", "cloud-use", "release", "paper", "as-planned",
    "binding", "paid", "announced", "estimated", "usd_bn", "usd_m", "year", "derived", "accrual", "exact", "ceiling",
    "events/stake-paid-1", "legs/cloud-use legs/stake-cash", "events/", "https://example.org/story", "http://", "x" * 5000,
]  # fmt: skip
"""Texts that mean something to somebody: to a format, a spreadsheet, a parser, or these data."""
texts = st.one_of(st.sampled_from(ODD), st.text(max_size=12))
TABLES = sorted(path.stem for path in TINY.glob("*.csv")) + sorted(OPTIONAL_TABLES)


def full() -> dict[str, list[list[str]]]:
    """The toy package with every optional column and table, as cells."""
    tables = {}
    for table in TABLES:
        file = TINY / f"{table}.csv"
        text = OPTIONAL_TABLES.get(table) or file.read_text(encoding="utf-8")
        rows = list(csv.reader(io.StringIO(text)))
        for column, cells in OPTIONAL_CELLS.get(table, {}).items():
            rows = [
                [*row, cells.get(row[0], "") if place else column] for place, row in enumerate(rows)
            ]
        tables[table] = rows
    return tables


FULL = full()
DESCRIPTION = (TINY / "datapackage.json").read_bytes()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def written(folder: Path, tables: dict[str, list[list[str]]]) -> Path:
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "datapackage.json").write_bytes(DESCRIPTION)
    for table, rows in tables.items():
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        content = text.getvalue().encode("utf-8", "surrogatepass")
        (folder / f"{table}.csv").write_bytes(content)
    return folder


def assert_only_findings(package: Path) -> None:
    findings = check(package)
    assert all(isinstance(finding, Finding) for finding in findings)
    for finding in findings:
        assert finding.file and finding.line >= 1 and finding.column and finding.message
        assert len(str(finding).splitlines()) == 1
    with pytest.MonkeyPatch.context() as patch:
        # Loading what cannot be read asks the check once more, and that takes its time.
        patch.setattr(validation, "check", lambda place: findings)
        try:
            dealbook.load(package)
        except DataError as error:
            assert error.findings


few = settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


@few
@given(st.data())
def test_any_text_in_any_cells_gives_findings_only(folder: Path, data: st.DataObject) -> None:
    tables = {table: [list(row) for row in rows] for table, rows in FULL.items()}
    for _ in range(data.draw(st.integers(1, 6))):
        rows = tables[data.draw(st.sampled_from(TABLES))]
        row = data.draw(st.sampled_from(rows[1:]))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(texts)
    assert_only_findings(written(folder, tables))


@few
@given(st.data())
def test_rows_columns_and_headers_in_any_order_give_findings_only(
    folder: Path, data: st.DataObject
) -> None:
    tables = {table: [list(row) for row in rows] for table, rows in FULL.items()}
    for _ in range(data.draw(st.integers(1, 4))):
        table = data.draw(st.sampled_from(TABLES))
        rows = tables[table]
        place = data.draw(st.integers(0, len(rows) - 1)) if rows else 0
        width = len(rows[place]) if rows else 0
        match data.draw(st.integers(0, 7)):
            case 0:
                del rows[place : place + data.draw(st.integers(1, 4))]
            case 1:
                rows[place:place] = [list(row) for row in rows[place : place + 2]]
            case 2:
                rows.reverse()
            case 3 if width:
                rows[place].pop()
            case 4 if width:
                rows[place].append(data.draw(texts))
            case 5 if width:
                rows[place][data.draw(st.integers(0, width - 1))] = data.draw(texts)
            case 6:
                column = data.draw(st.integers(0, 8))
                tables[table] = [row[:column] + row[column + 1 :] for row in rows]
            case _:
                other = data.draw(st.sampled_from(TABLES))
                tables[table], tables[other] = tables[other], rows
    for table in data.draw(st.lists(st.sampled_from(TABLES), max_size=1)):
        tables.pop(table, None)
    assert_only_findings(written(folder, tables))


def damaged(content: bytes, data: st.DataObject) -> bytes:
    """Bytes with some of them cut, doubled, exchanged or replaced."""
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = sorted(chance.choices(range(len(content) + 1), k=2))
        end = min(end, start + chance.choice([1, 10, 1000]))
        odd = chance.choice(ODD).encode("utf-8", "surrogatepass")
        some = bytes(chance.randrange(256) for _ in range(3))
        content = chance.choice(
            [
                content[:start],
                content[start:],
                content[:start] + content[end:],
                content[:end] + content[start:],
                content[:start] + odd + content[start:],
                content[:start] + some + content[end:],
                content.replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\n", b""])),
                content.decode("utf-8", "ignore").encode(
                    chance.choice(["utf-16", "utf-8-sig", "cp1252"]), "ignore"
                ),
            ]
        )
    return content


@few
@given(st.data())
def test_any_damage_to_the_bytes_of_files_gives_findings_only(
    folder: Path, data: st.DataObject
) -> None:
    package = written(folder, FULL)
    for name in data.draw(
        st.lists(
            st.sampled_from([*(f"{table}.csv" for table in TABLES), "datapackage.json"]),
            min_size=1,
            max_size=2,
        )
    ):
        file = package / name
        file.write_bytes(damaged(file.read_bytes(), data))
    assert_only_findings(package)


@few
@given(st.data())
def test_any_value_in_the_description_gives_findings_only(
    folder: Path, data: st.DataObject
) -> None:
    package = written(folder, FULL)
    lines = DESCRIPTION.decode().splitlines()
    odd = st.sampled_from(["5", "-1", "null", "true", "[]", "{}", '""', '"x"', '["x"]', '"date"'])
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.integers(0, len(lines) - 1))
        key, colon, value = lines[place].partition(": ")
        comma = "," if value.endswith(",") else ""
        if colon and not value.endswith(("[", "{")):
            lines[place] = f"{key}: {data.draw(odd)}{comma}"
    (package / "datapackage.json").write_text("\n".join(lines), encoding="utf-8")
    assert_only_findings(package)
