"""The workbook of a course: live formulas on the book's rows, for a class without code."""

from __future__ import annotations

from pathlib import Path

from tightrope import units
from tightrope.course.workbook import cells, model, payments, small
from tightrope.course.workbook.cells import Sheet
from tightrope.dealbook import Dealbook

NAME = "workbook/tightrope-course.xlsx"
SOLVED = "key/tightrope-course-solved.xlsx"


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """The workbook by its path in a pack; with `key` the one with all answers too."""
    made, day = sheets(book), book.day.date()
    held = {NAME: cells.written(made, day, key=False)}
    return held | ({SOLVED: cells.written(made, day, key=True)} if key else {})


def sheets(book: Dealbook) -> list[Sheet]:
    """All sheets in their order."""
    made = [
        payments.ladder(book),
        payments.matrix(book),
        payments.round_trip(book),
        model.runway(book),
        model.break_even(book),
        small.three_firms(),
        small.scores(),
    ]
    return [_start(book, made), *made]


def _start(book: Dealbook, made: list[Sheet]) -> Sheet:
    sheet = Sheet("start", [20, 70])
    sheet.text(0, "The Tightrope: workbook of the course", 2, kind="title")
    sheet.text(
        1,
        f"How OpenAI pays for computing power, as known on {units.day(book.day.date())}. Sums are "
        "USD billion, nominal. Every range has its low and its high end in a column of its own. "
        "The rows come from the book, where each has its source.",
        2,
        3,
    )
    sheet.put(3, 0, "yellow", "input")
    sheet.put(3, 1, "what you may change; formulas follow", "label")
    sheet.put(4, 0, "bold", "sum")
    sheet.put(4, 1, "what a formula gives", "label")
    sheet.cells[5, 0] = cells.Cell("green", "mark")
    sheet.put(5, 1, "what you are asked to fill", "label")
    sheet.row(7, 0, ["sheet", "what it is about"], "left")
    for row, one in enumerate(made, 8):
        sheet.put(row, 0, one.name, "label")
        sheet.put(row, 1, one.cells[0, 0].value, "label")
    return sheet
