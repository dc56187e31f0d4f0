"""Read the CSV files of a data package as their schema describes them.

Reading never stops at the first fault: what cannot be read becomes a `Finding` or an empty
cell, so that `tightrope.validation` can report everything at once.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tightrope import cells
from tightrope.descriptor import FILE as DESCRIPTOR
from tightrope.descriptor import describe as describe
from tightrope.descriptor import standard
from tightrope.findings import Finding as Finding
from tightrope.findings import not_utf8, quoted

TABLES = (
    "parties",
    "deals",
    "legs",
    "events",
    "sources",
    "financials",
    "claims",
    "scenarios",
)
"""What every data package describes. Other tables, and columns marked so, may be left out."""
FIRST_DAY, LAST_DAY = "1990-01-01", "2100-12-31"
"""The days that data can speak of; `datapackage.json` has them as bounds of its dates."""


@dataclass(frozen=True)
class RawTable:
    """A CSV file as text: `rows` holds one list of cells a data row, `lines` its line number."""

    resource: dict[str, Any]
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    findings: list[Finding]
    blank: tuple[int, ...] = ()
    """The lines of rows without anything in them but commas; `rows` does not have them."""

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The columns as the schema describes them."""
        fields: list[dict[str, Any]] = self.resource["schema"]["fields"]
        return fields

    @property
    def is_readable(self) -> bool:
        """False where the file or its header is so wrong that cells have no meaning."""
        return not self.findings


def newest_day(frames: Mapping[str, pd.DataFrame]) -> pd.Timestamp:
    """The day on which the newest step or figure became known; NaT without any.

    A figure can become public after the newest event: then the book knows it, and says so.
    """
    return pd.concat([frames[name].known_on for name in ("events", "financials")]).max()


def reading_ended(descriptor: Mapping[str, Any], newest: pd.Timestamp) -> pd.Timestamp | Finding:
    """The day until when public text was read, `read_until` in the descriptor.

    Without it, the day on which the newest row became known. What is no day, or lies before that
    one, is a finding.
    """
    given = descriptor.get("read_until")
    if given is None:
        return newest
    day = cells.day(given)
    message = ""
    if pd.isna(day) or not FIRST_DAY <= f"{given}" <= LAST_DAY:
        message = f"{quoted(given)} is not a date as YYYY-MM-DD, from {FIRST_DAY} to {LAST_DAY}"
    elif day < newest:
        message = f"{given} is before the newest row became known ({newest:%Y-%m-%d})"
    return Finding(DESCRIPTOR, 1, "read_until", message) if message else day


def read_raw(folder: Path, resource: dict[str, Any]) -> RawTable:
    """Read one CSV file as text. A byte-order mark and any kind of line end are accepted.

    An optional column that the file leaves out is left out of the table's `fields` too.
    """
    name = resource["path"]
    fields = resource["schema"]["fields"]
    allowed = f"the columns must be, in this order: {', '.join(field['name'] for field in fields)}"

    def failed(line: int, column: str, message: str) -> RawTable:
        return RawTable(resource, [], [], [], [Finding(name, line, column, message)])

    path = folder / name
    if not path.is_file():
        return failed(1, "file", "is missing; datapackage.json names it")
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return RawTable(resource, [], [], [], [not_utf8(name, content, error)])
    except OSError as error:
        return failed(1, "file", f"cannot be read: {error.strerror}")
    # One line end for all, also within a cell: a file saved elsewhere means the same.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(text, [field["name"] for field in fields])
    if separator != ",":
        return failed(
            1, "header", f"cells are separated by {_SEPARATORS[separator]}; save them with commas"
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    blank: list[int] = []
    line = 1
    too_long = (
        f"a cell holds more than {_LONGEST_CELL:,} characters; shorten it, or close its quote"
    )
    try:
        for row in reader:
            if max(map(len, row), default=0) > _LONGEST_CELL:
                return failed(line, "row", too_long)
            if not header:
                header = row
            elif any(row):
                rows.append(row)
                lines.append(line)
            elif row:
                blank.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            return failed(line, "row", too_long)
        return failed(line, "quoting", f"{error}; close every quoted cell with a quote")
    if not header:
        return failed(1, "header", f"is missing, the file is empty; {allowed}")
    fields = [field for field in fields if field["name"] in header or not field.get("optional")]
    expected = [field["name"] for field in fields]
    resource = resource | {"schema": resource["schema"] | {"fields": fields}}
    findings = [
        Finding(name, 1, column, f"column is missing; {allowed}")
        for column in expected
        if column not in header
    ]
    findings += [
        Finding(name, 1, column or "(no name)", f"column is not known; {allowed}")
        for column in header
        if column not in expected
    ]
    if not findings and header != expected:
        findings = [Finding(name, 1, "header", f"columns are out of order or doubled; {allowed}")]
    return RawTable(resource, header, rows, lines, findings, tuple(blank))


# Python's own limit, which other libraries lift for the whole process.
_LONGEST_CELL = 131_072
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def _separator(text: str, names: list[str]) -> str:
    """What separates the cells of the first line: the sign that makes most of its known names."""
    first = text.lstrip("\n").partition("\n")[0]

    def known(sign: str) -> int:
        return len({cell.strip().strip('"') for cell in first.split(sign)} & set(names))

    best = max(_SEPARATORS, key=known)
    return best if known(best) > max(1, known(",")) else ","


def to_frame(table: RawTable) -> pd.DataFrame:
    """The table as a frame with the schema's types, indexed by line number in the file.

    Cells that do not fit their type are empty (NaN, NaT), and so are numbers that are not finite;
    `tightrope.validation` names them. Optional columns that the file leaves out are empty.
    Tables of the same contents are one frame, so nobody may change it.
    """
    names = [field["name"] for field in table.fields]
    fields = [*table.fields, *_left_out(table.resource["name"], names)]
    kinds = [
        {part: field[part] for part in ("name", "type", "trueValues") if part in field}
        for field in fields
    ]
    is_read = bool(table.rows) and table.is_readable
    lines, rows = (table.lines, table.rows) if is_read else ([], [])
    return _frame(json.dumps(kinds), len(names), tuple(lines), tuple(map(tuple, rows)))


@lru_cache(maxsize=64)
def _frame(
    kinds: str, given: int, lines: tuple[int, ...], rows: tuple[tuple[str, ...], ...]
) -> pd.DataFrame:
    """The rows with the types of these fields, of which the file has as many as are `given`."""
    fields = json.loads(kinds)
    index = pd.Index(lines, name="line", dtype="int64")
    # A row may be too short: validation names it.
    texts = {
        field["name"]: pd.Series(["".join(row[at : at + 1]) for row in rows], index, dtype="object")
        for at, field in enumerate(fields[:given])
    }
    nothing = pd.Series("", index, dtype="object")
    columns = {field["name"]: _typed(texts.get(field["name"], nothing), field) for field in fields}
    return pd.DataFrame(columns, index)


def _left_out(table: str, names: list[str]) -> list[dict[str, Any]]:
    """The optional columns of the project's own table that `names` does not have."""
    fields = standard().get(table, {"schema": {"fields": []}})["schema"]["fields"]
    return [field for field in fields if field.get("optional") and field["name"] not in names]


def _typed(texts: pd.Series, field: dict[str, Any]) -> pd.Series:
    """The texts of a column with the type of its field."""
    if field["type"] == "number":
        return cells.numbers(texts)
    if field["type"] == "date":
        return cells.days(texts)
    if field["type"] == "boolean":
        return texts.isin(field.get("trueValues", cells.TRUE))
    return texts.astype("str")


def unread(table: RawTable, frame: pd.DataFrame) -> list[tuple[int, str]]:
    """The cells whose text has no meaning in the frame of the table: place of the row, column."""
    found: list[tuple[int, str]] = []
    if not table.is_readable:
        return found
    for place, field in enumerate(table.fields):
        if field["type"] in {"number", "date"}:
            unclear = frame[field["name"]].isna()
        elif field["type"] == "boolean":
            false = set(field.get("falseValues", cells.FALSE))
            unclear = pd.Series("".join(row[place : place + 1]) not in false for row in table.rows)
            unclear = unclear.astype(bool).to_numpy() & ~frame[field["name"]]
        else:
            continue
        found += [
            (row, field["name"])
            for row in map(int, np.flatnonzero(unclear))
            if "".join(table.rows[row][place : place + 1])
        ]
    return found


def read_all(folder: Path, described: Mapping[str, Any] | None = None) -> dict[str, RawTable]:
    """Every CSV file of the package as text, by the name of its resource.

    `described` is what `describe` gives for the folder, where it was asked already. An optional
    table whose file is not there is left out. Raises as `describe` does.
    """
    return {
        resource["name"]: read_raw(folder, resource)
        for resource in (described or describe(folder))["resources"]
        if not resource.get("optional") or (folder / resource["path"]).is_file()
    }


def to_frames(raw: Mapping[str, RawTable]) -> dict[str, pd.DataFrame]:
    """Every table as `to_frame` gives it; optional tables that the package leaves out are empty."""
    given = {name: to_frame(table) for name, table in raw.items()}
    for name, resource in standard().items():
        if resource.get("optional") and name not in given:
            given[name] = _without_rows(name)
    return given


@cache
def _without_rows(name: str) -> pd.DataFrame:
    """The frame of an optional table of the project's own that a package leaves out."""
    return to_frame(RawTable(standard()[name], [], [], [], []))


def undescribed(raw: Mapping[str, RawTable]) -> list[Finding]:
    """A finding for every table that the package's `datapackage.json` does not describe."""
    return [
        Finding(
            DESCRIPTOR,
            1,
            "resources",
            f'the table "{name}" is not described; take datapackage.json from the project’s data',
        )
        for name in TABLES
        if name not in raw
    ]
