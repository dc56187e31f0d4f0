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
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tightrope import paths

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


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong with the data: where it is, what it is, and what is allowed."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.column}: {self.message}"


@dataclass(frozen=True)
class RawTable:
    """A CSV file as text: `rows` holds one list of cells a data row, `lines` its line number."""

    resource: dict[str, Any]
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    findings: list[Finding]

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The columns as the schema describes them."""
        fields: list[dict[str, Any]] = self.resource["schema"]["fields"]
        return fields

    @property
    def is_readable(self) -> bool:
        """False where the file or its header is so wrong that cells have no meaning."""
        return not self.findings


def describe(folder: Path) -> dict[str, Any]:
    """The data package's descriptor (`datapackage.json`); raises FileNotFoundError with a hint."""
    path = folder / "datapackage.json"
    if not path.is_file():
        raise FileNotFoundError(
            f"{path}: not found; DATA must name a folder with datapackage.json and its CSV files"
        )
    descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return descriptor


@cache
def standard() -> dict[str, dict[str, Any]]:
    """The tables of the project's own package by name, as its descriptor describes them.

    What another package leaves out, an optional table or column, is empty and typed as here.
    """
    return {resource["name"]: resource for resource in describe(paths.DATA)["resources"]}


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
    day = pd.to_datetime(str(given), format="%Y-%m-%d", errors="coerce")
    message = ""
    if not isinstance(given, str) or pd.isna(day):
        message = f'"{given}" is not a date as YYYY-MM-DD'
    elif day < newest:
        message = f"{given} is before the newest row became known ({newest:%Y-%m-%d})"
    return Finding("datapackage.json", 1, "read_until", message) if message else day


def read_raw(folder: Path, resource: dict[str, Any]) -> RawTable:
    """Read one CSV file as text. A byte-order mark and CRLF are accepted.

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
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        byte = f"0x{content[error.start]:02X}"
        return failed(line, "encoding", f"byte {byte} is not UTF-8; save the file as UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 1
    try:
        for cells in reader:
            if not header:
                header = cells
            elif cells:
                rows.append(cells)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        return failed(reader.line_num, "quoting", f"{error}; close every quoted cell with a quote")
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
    return RawTable(resource, header, rows, lines, findings)


def to_frame(table: RawTable) -> pd.DataFrame:
    """The table as a frame with the schema's types, indexed by line number in the file.

    Cells that do not fit their type are empty (NaN, NaT), and so are numbers that are not finite;
    `tightrope.validation` names them. Optional columns that the file leaves out are empty.
    """
    names = [field["name"] for field in table.fields]
    width = len(names)
    cells = [(row + [""] * width)[:width] for row in table.rows] if table.is_readable else []
    frame = pd.DataFrame(cells, columns=names, dtype="object")
    frame.index = pd.Index(table.lines if cells else [], name="line", dtype="int64")
    return _typed(frame, [*table.fields, *_left_out(table.resource["name"], names)])


def _left_out(table: str, names: list[str]) -> list[dict[str, Any]]:
    """The optional columns of the project's own table that `names` does not have."""
    fields = standard().get(table, {"schema": {"fields": []}})["schema"]["fields"]
    return [field for field in fields if field.get("optional") and field["name"] not in names]


def _typed(frame: pd.DataFrame, fields: list[dict[str, Any]]) -> pd.DataFrame:
    """The frame of texts with the types of `fields`; a column that it lacks is added, empty."""
    for field in fields:
        column = frame.get(field["name"], pd.Series("", index=frame.index, dtype="object"))
        if field["type"] == "number":
            numbers = pd.to_numeric(column, errors="coerce")
            frame[field["name"]] = numbers.replace([np.inf, -np.inf], np.nan)
        elif field["type"] == "date":
            days = pd.to_datetime(column, format="%Y-%m-%d", errors="coerce")
            # Without a row pandas would take another unit, and days would not meet days.
            frame[field["name"]] = days.dt.as_unit("us")
        elif field["type"] == "boolean":
            frame[field["name"]] = column.eq("true")
        else:
            frame[field["name"]] = column.astype("str")
    return frame


def unread(table: RawTable, frame: pd.DataFrame) -> list[tuple[int, str]]:
    """The cells with a text that is empty in the frame of the table: place of the row, column."""
    return [
        (row, field["name"])
        for place, field in enumerate(table.fields)
        if field["type"] in {"number", "date"}
        for row in map(int, np.flatnonzero(frame[field["name"]].isna()))
        if "".join(table.rows[row][place : place + 1])
    ]


def read_all(folder: Path) -> dict[str, RawTable]:
    """Every CSV file of the package as text, by the name of its resource.

    An optional table whose file is not there is left out.
    """
    return {
        resource["name"]: read_raw(folder, resource)
        for resource in describe(folder)["resources"]
        if not resource.get("optional") or (folder / resource["path"]).is_file()
    }


def to_frames(raw: Mapping[str, RawTable]) -> dict[str, pd.DataFrame]:
    """Every table as `to_frame` gives it; optional tables that the package leaves out are empty."""
    given = {name: to_frame(table) for name, table in raw.items()}
    for name, resource in standard().items():
        if resource.get("optional") and name not in given:
            given[name] = to_frame(RawTable(resource, [], [], [], []))
    return given


def undescribed(raw: Mapping[str, RawTable]) -> list[Finding]:
    """A finding for every table that the package's `datapackage.json` does not describe."""
    return [
        Finding(
            "datapackage.json",
            1,
            "resources",
            f'the table "{name}" is not described; take datapackage.json from the project’s data',
        )
        for name in TABLES
        if name not in raw
    ]
