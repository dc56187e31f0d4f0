"""The computed answers: known on each day they are shown, no point for a range, not on the page."""

from __future__ import annotations

import json
import math
import re

import nbformat
import pytest

from tightrope import paths, quantities
from tightrope.exercises.record import Chapter, Exercise
from tightrope.publish import facts
from tightrope.publish.named import marker

from .stated import book_of, stated
from .test_records import CHAPTERS, EVERY

DAYS = ("2025-10-31", "2026-02-27", "")
EMPTY = {"", facts.NO_SUM, facts.NOT_YET, "undisclosed", "none known", "nothing"}
PAIRS = [
    pytest.param(chapter, one, day, id=f"{one.id}-{day or 'today'}")
    for chapter, one in EVERY
    for day in DAYS
    if one.keys and one.known_from <= (day or "9999")
]
SITE = paths.ROOT / "_build" / "book" / "site"
_POINT = (".low", ".stated", ".high")


def written(chapter: Chapter, key: str, day: str) -> str:
    """How an answer stands in a sentence of the edition of a day."""
    asked = marker(key)
    if asked is None:
        return stated(chapter.name, day)[key].written
    book = book_of(day)
    one = quantities.of(book, book.focal, asked.partner)[asked.name]
    return one.at(asked.end) if asked.end else one.written


@pytest.mark.parametrize(("chapter", "one", "day"), PAIRS)
def test_an_answer_has_a_value_on_each_day_on_which_it_is_shown(
    chapter: Chapter, one: Exercise, day: str
) -> None:
    for key in one.keys:
        said = written(chapter, key, day)
        assert said not in EMPTY, key
        assert not re.search(r"\b(nan|None|inf)\b", said), key


def test_no_answer_is_an_end_of_a_quantity_whose_range_it_drops() -> None:
    assert [(one.id, key) for _, one in EVERY for key in one.keys if key.endswith(_POINT)] == []


def test_no_answer_states_a_value_beside_a_range_that_it_does_not_write() -> None:
    for chapter, one in EVERY:
        for key in one.keys:
            fact = stated(chapter.name).get(key)
            if fact is None or fact.low is None or fact.high is None or fact.value is None:
                continue
            assert math.isclose(fact.low, fact.high), key


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.name)
def test_no_computed_answer_stands_in_the_text_of_its_own_page(chapter: Chapter) -> None:
    """Words, such as a name, do: what is asked of them is which."""
    known = json.loads((SITE / "facts.json").read_text(encoding="utf-8"))
    cells = nbformat.read(paths.NOTEBOOKS / f"{chapter.name}.ipynb", as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    said = {
        known[f"{chapter.name}.{key}"]["written"]
        for _, key in facts.MARKER.findall(text)
        if f"{chapter.name}.{key}" in known
    }
    numbers = {
        key: written(chapter, key, "")
        for one in chapter.exercises
        for key in one.keys
        if any(character.isdigit() for character in written(chapter, key, ""))
    }
    assert {key: value for key, value in numbers.items() if value in said} == {}
