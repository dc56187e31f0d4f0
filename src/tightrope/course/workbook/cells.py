"""Sheets as cells with a value, a formula and a kind, and how they are written as one workbook."""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

OPEN = "open"
"""Stands for a high end that no source sets: a sum with it is open as well."""
Plain = float | str
_FACE: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16},
    "text": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "align": "right"},
    "left": {"bold": True, "valign": "bottom", "bottom": 1},
    "label": {},
    "given": {},
    "input": {"bg_color": "#FFF2A8", "border": 1, "border_color": "#B59B00"},
    "sum": {"bold": True},
    "answer": {"bg_color": "#DDF0E3", "border": 2, "border_color": "#1B7A43"},
    "mark": {"bg_color": "#DDF0E3", "border": 2, "border_color": "#1B7A43", "align": "right"},
}
KINDS = tuple(_FACE)
"""What a cell is for. An `input` is yellow and may be changed; an `answer` is green, and blank in
the student's copy."""
_SHOWN = {"amount": '#,##0.0;-#,##0.0;"–"', "share": "0.0%", "whole": "0", "score": "0.000"}
_RIGHT = {"given", "input", "sum", "answer"}


@dataclass(frozen=True)
class Cell:
    """A value with, where it is live, the formula that gives it."""

    value: Plain
    kind: str
    formula: str = ""
    shown: str = "amount"
    across: int = 1
    """How many columns text is written across."""


@dataclass
class Sheet:
    """Cells by row and column, counted from 0, with the width of each column in characters."""

    name: str
    widths: Sequence[float]
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    frozen: tuple[int, int] = (0, 0)

    def put(
        self,
        row: int,
        column: int,
        value: Plain,
        kind: str = "given",
        formula: str = "",
        shown: str = "amount",
    ) -> None:
        """Set a cell; a missing number is `OPEN`. Raises ValueError for a cell that is taken."""
        if (row, column) in self.cells:
            raise ValueError(f"{self.name}!{at(row, column)} is taken")
        plain = OPEN if isinstance(value, float) and math.isnan(value) else value
        self.cells[row, column] = Cell(plain, kind, formula, shown)

    def row(
        self, row: int, column: int, values: Iterable[Plain], kind: str = "given", shown: str = ""
    ) -> None:
        """Set cells side by side."""
        for place, value in enumerate(values):
            self.put(row, column + place, value, kind, shown=shown or "amount")

    def text(self, row: int, words: str, across: int, lines: int = 1, kind: str = "text") -> None:
        """Set text in the first column that runs across the next ones, so many lines high."""
        self.cells[row, 0] = Cell(words, kind, across=across)
        self.heights[row] = 22.0 if kind == "title" else 15.5 * lines


def at(row: int, column: int, fix_row: bool = False, fix_column: bool = False) -> str:
    """The name of a cell, such as B3 or $B$3."""
    return str(xl_rowcol_to_cell(row, column, fix_row, fix_column))


def block(first: tuple[int, int], last: tuple[int, int], fix_column: bool = True) -> str:
    """A range of cells whose rows stay where they are when a formula is copied."""
    return f"{at(*first, True, fix_column)}:{at(*last, True, fix_column)}"


def written(sheets: Sequence[Sheet], day: datetime.date, key: bool) -> bytes:
    """The workbook: formulas with their values, blanks for answers without `key`.

    The same bytes for the same sheets.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        made = datetime.datetime.combine(day, datetime.time())
        book.set_properties({"title": "The Tightrope: workbook", "created": made})
        formats: dict[tuple[str, str], Format] = {}
        for sheet in sheets:
            _write(book, book.add_worksheet(sheet.name), sheet, formats, key)
    return stream.getvalue()


def _write(
    book: Workbook,
    page: Worksheet,
    sheet: Sheet,
    formats: dict[tuple[str, str], Format],
    key: bool,
) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for row, height in sheet.heights.items():
        page.set_row(row, height)
    page.hide_gridlines(2)
    page.freeze_panes(*sheet.frozen)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    for (row, column), cell in sorted(sheet.cells.items()):
        named = (cell.kind, cell.shown)
        if named not in formats:
            formats[named] = book.add_format(_format(*named))
        face = formats[named]
        if cell.across > 1:
            page.merge_range(row, column, row, column + cell.across - 1, cell.value, face)
        elif cell.kind == "answer" and not key:
            page.write_blank(row, column, None, face)
        elif cell.formula:
            page.write_formula(row, column, cell.formula, face, cell.value)
        elif isinstance(cell.value, str):
            page.write_string(row, column, cell.value, face)
        else:
            page.write_number(row, column, cell.value, face)


def _format(kind: str, shown: str) -> dict[str, object]:
    face = dict(_FACE[kind])
    if kind in _RIGHT:
        face |= {"num_format": _SHOWN[shown], "align": "right"}
    return face
