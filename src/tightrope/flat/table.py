"""Read a flat table from CSV or a spreadsheet as text, row by row with its line."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zipfile import BadZipFile

import pandas as pd

from tightrope.findings import DataError, Finding, not_utf8
from tightrope.flat import columns
from tightrope.units import listing

_SEPARATORS = ",;\t|"
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class Table:
    """A table as text: `header` names the columns, `rows` holds one list of cells a row."""

    name: str
    """The name of the file, as findings show it."""
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    """The line of each row in the file; in a spreadsheet, the number of its row."""
    line: int = 1
    """The line of the heading."""
    separator: str = ","
    assumed: list[str] = field(default_factory=list)


def read(path: Path, sheet: str = "") -> Table:
    """The table in a `.csv` (commas, semicolons, tabs or bars; UTF-8) or an `.xlsx`.

    Rows without anything in them are passed over. Raises FileNotFoundError with a hint, or
    `DataError` for a file that cannot be read.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path}: not found; FLOWS must name a .csv or .xlsx file")
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        lines, assumed = _from_spreadsheet(path, sheet)
        separator = ","
    elif path.suffix.lower() in {".xls", ".ods", ".numbers"}:
        raise _refused(path, 1, "file", f"{path.suffix} is not read; save it as .xlsx or .csv")
    else:
        lines, separator = _from_text(path)
        assumed = []
        if separator != ",":
            assumed = [f"Cells are separated by {_NAMES[separator]}."]
    if not lines:
        raise _refused(path, 1, "header", "is missing, the table is empty")
    top = _heading(lines)
    (first, header), *rest = lines[top:]
    if top:
        assumed.append(f"The heading is in line {first}; what stands above it is no part.")
    header = [" ".join(cell.split()) for cell in header]
    while header and not header[-1]:
        header.pop()
    findings = [
        Finding(
            path.name,
            line,
            "row",
            f"has {len(cells)} cells, and the heading in line {first} has {len(header)}; "
            "quote a cell that holds the separator",
        )
        for line, cells in rest
        if any(cell.strip() for cell in cells[len(header) :])
    ]
    if not rest:
        findings.append(Finding(path.name, first, "row", "there is no row below the heading"))
    if findings:
        raise DataError(findings)
    rows = [[*cells, *[""] * len(header)][: len(header)] for _, cells in rest]
    return Table(path.name, header, rows, [line for line, _ in rest], first, separator, assumed)


Lines = list[tuple[int, list[str]]]
_FEWEST, _DEEPEST = 3, 10


def _heading(lines: Lines) -> int:
    """The place of the heading: below a title, the first row with several cells filled."""
    filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in lines[:_DEEPEST]]
    return next((place for place, count in enumerate(filled) if count >= _FEWEST), 0)


def _from_text(path: Path) -> tuple[Lines, str]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError([_not_utf8(path.name, content, error)]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A title may stand above the heading, and has no separator.
    first = max(text.split("\n")[:_DEEPEST], key=lambda one: max(map(one.count, _SEPARATORS)))
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: Lines = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"{error}; close every quoted cell with a quote"
        raise _refused(path, line, "quoting", message) from None
    return lines, separator


def _not_utf8(file: str, content: bytes, error: UnicodeDecodeError) -> Finding:
    """The finding for a file that is no UTF-8, with all lines that have such bytes."""
    first = not_utf8(file, content, error)
    lines = [
        str(line)
        for line, text in enumerate(content.split(b"\n"), start=1)
        if "\ufffd" in text.decode("utf-8", "replace")
    ]
    hint = "which a spreadsheet calls “CSV UTF-8”"
    others = f"; so it is in line {listing(lines[1:])}" if len(lines) > 1 else ""
    return replace(first, message=f"{first.message}, {hint}{others}")


def _from_spreadsheet(path: Path, sheet: str) -> tuple[Lines, list[str]]:
    try:
        with pd.ExcelFile(path, engine="openpyxl") as book:
            sheets = [str(name) for name in book.sheet_names]
            if sheet and sheet not in sheets:
                message = f'there is no sheet "{sheet}"; the sheets are: {", ".join(sheets)}'
                raise _refused(path, 1, "sheet", message)
            read = pd.read_excel(
                book,
                sheet_name=[sheet] if sheet else sheets,
                header=None,
                dtype=object,
                keep_default_na=False,
            )
    except (BadZipFile, KeyError, OSError):
        raise _refused(
            path, 1, "file", "is no spreadsheet that can be read; save it anew"
        ) from None
    found = {str(name): _filled(cells) for name, cells in read.items()}
    chosen = max(found, key=lambda name: _fits(found[name]))
    assumed = [] if sheet or len(sheets) == 1 else [f"Of {len(sheets)} sheets “{chosen}” was read."]
    return found[chosen], assumed


def _filled(cells: pd.DataFrame) -> Lines:
    """The rows of a sheet that have something in them, as text."""
    rows: Sequence[Sequence[object]] = cells.to_numpy().tolist()
    lines = [(place, [_text(cell) for cell in row]) for place, row in enumerate(rows, start=1)]
    return [one for one in lines if any(one[1])]


def _fits(lines: Lines) -> int:
    """How many of the columns that a table must have the heading of a sheet has."""
    header = lines[_heading(lines)][1] if lines else []
    return len({*columns.match("", 1, header).places} & {*columns.REQUIRED})


def _text(cell: object) -> str:
    """What a cell of a spreadsheet says: a day as YYYY-MM-DD, a number as short as it is exact."""
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float):
        return "" if cell != cell else f"{cell:.15g}"
    return str(cell).strip()


def _refused(path: Path, line: int, column: str, message: str) -> DataError:
    return DataError([Finding(path.name, line, column, message)])
