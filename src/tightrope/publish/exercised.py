"""An executed notebook with the exercises of its chapter, or without their solutions."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from tightrope import addresses
from tightrope.dealbook import Dealbook
from tightrope.exercises import cells, read
from tightrope.publish.edition import Edition
from tightrope.publish.pages import Manuscript, Page


def files(one: Page, manuscript: Manuscript) -> list[Path]:
    """What a page has of exercises: one file, or none."""
    file = read.chapter_of(one.id, manuscript.book)
    return [file] if file else []


def notebook(ran: Any, one: Page, manuscript: Manuscript, edition: Edition, book: Dealbook) -> Any:
    """The notebook with its exercises, as this edition has them.

    Without solutions everything tagged so is gone, and with it the facts that only solutions use.
    Raises `read.ExerciseError` for a file of exercises that is wrong.
    """
    for file in files(one, manuscript):
        ran = cells.into(ran, read.read(file), one.root, addresses.of_deals(book))
    if edition.solutions:
        return ran
    left = copy.deepcopy(ran)
    left.cells = [cell for cell in ran.cells if not is_solution(cell)]
    return left


def is_solution(cell: Any) -> bool:
    """Whether a cell belongs to the solution of an exercise."""
    return cells.SOLUTION in cell.metadata.get("tags", [])


def is_quiz(cell: Any) -> bool:
    """Whether a cell is of a quiz, which is a page's alone: a notebook cannot answer."""
    return cells.QUIZ in cell.metadata.get("tags", [])
