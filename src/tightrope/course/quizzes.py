"""The quizzes of a pack: a page each to open from a disk, and all as QTI for learning platforms.

QTI 2.1 (1EdTech, Question and Test Interoperability, 2012): a package of items with one right
choice and a sentence for each, and one test with a section a chapter.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tightrope import paths, units
from tightrope.chapters.answers import payments
from tightrope.course.labs import csv_of
from tightrope.dealbook import Dealbook
from tightrope.exercises import cells, read
from tightrope.exercises.record import GRID, Chapter, Exercise, Question
from tightrope.publish import archive, facts
from tightrope.publish.named import Named
from tightrope.templates import FOLDER, render

QTI = "quizzes/tightrope-quizzes-qti21.zip"
PLAN, GRIDS = "key/exercises.csv", "key/grids.csv"
"""What the instructor has: level, minutes and means of each exercise, and the marking grids."""
_PACKAGE = ("test.xml", "imsmanifest.xml")


def chapters(book: Path = paths.BOOK) -> list[Chapter]:
    """The exercises and quizzes of all chapters, by name."""
    return [read.read(file) for file in sorted((book / read.FOLDER).glob("*.yml"))]


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """What a pack has of quizzes, by path in it; with `key` the plan and grids of exercises too."""
    del data  # the sums come from the book that was read from it
    all_of_them = chapters()
    asked = [(one, questions(one, book)) for one in all_of_them]
    day = units.day(book.day.date())
    held = {
        f"quizzes/{one.name}.html": render(
            "quizzes/page.html",
            title=title(one),
            day=day,
            questions=[
                Markup(filled(cells.question(number, each), book))
                for number, each in enumerate(some, 1)
            ],
        ).encode()
        for one, some in asked
    }
    held["quizzes/quiz.js"] = (paths.STATIC / "quiz.js").read_bytes()
    held["quizzes/quiz.css"] = (FOLDER / "quizzes" / "quiz.css").read_bytes()
    held[QTI] = archive.packed(qti(asked, book), "")
    return held | (_key(all_of_them) if key else {})


def questions(chapter: Chapter, book: Dealbook) -> list[Question]:
    """The questions of a chapter that are known on the book's day."""
    day = f"{book.day:%Y-%m-%d}"
    return [one for one in chapter.quiz if one.known_from <= day]


def title(chapter: Chapter) -> str:
    """A chapter's name in words: who-breaks -> Who breaks."""
    return chapter.name.replace("-", " ").capitalize()


def filled(text: str, book: Dealbook) -> str:
    """A text with its numbers. Raises KeyError for a key that no quiz can name."""
    stated = _facts(book)
    keys = [key for _, key in facts.MARKER.findall(text)]
    known = {**stated, **Named(book).facts([key for key in keys if key not in stated], {})}
    return facts.MARKER.sub(lambda match: str(known[match[2]]["written"]), text)


def qti(asked: list[tuple[Chapter, list[Question]]], book: Dealbook) -> dict[str, bytes]:
    """The files of a QTI 2.1 package: an item a question, the test and the manifest."""
    sections = [
        {
            "id": one.name,
            "title": title(one),
            "items": [{"id": each.id, "file": f"items/{each.id}.xml"} for each in some],
        }
        for one, some in asked
    ]
    listed: list[Any] = [item for section in sections for item in section["items"]]
    held = {
        name: render(f"quizzes/{name}", sections=sections, files=listed).encode()
        for name in _PACKAGE
    }
    for _, some in asked:
        for each in some:
            held[f"items/{each.id}.xml"] = _item(each, book).encode()
    return held


def _item(one: Question, book: Dealbook) -> str:
    options: list[dict[str, str]] = [
        {"id": f"choice-{n}", "text": filled(each.text, book), "why": filled(each.why, book)}
        for n, each in enumerate(one.offered, 1)
    ]
    right = next(n for n, each in enumerate(one.offered, 1) if not each.mistake)
    return render(
        "quizzes/item.xml",
        id=one.id,
        title=one.id,
        ask=filled(one.ask, book),
        options=options,
        right=f"choice-{right}",
    )


class _Collected(facts.Facts):
    """States facts into a mapping, where no notebook shows them."""

    def __init__(self, book: Dealbook) -> None:
        super().__init__(book)
        self.found: dict[str, Mapping[str, Any]] = {}

    def _add(self, fact: facts.Fact) -> None:
        self.found[fact.key] = {"written": fact.written}


def _facts(book: Dealbook) -> dict[str, Mapping[str, Any]]:
    """What quizzes name beside quantities."""

    def stated() -> dict[str, Mapping[str, Any]]:
        collected = _Collected(book)
        payments.added_rungs(collected, book)
        return collected.found

    return book.once(("quizzes", "facts"), stated)


def _key(all_of_them: list[Chapter]) -> dict[str, bytes]:
    pairs: list[tuple[Chapter, Exercise]] = [
        (one, each) for one in all_of_them for each in one.exercises
    ]
    plan = [
        [one.name, each.id, each.level, each.minutes, each.means, each.known_from, each.row]
        for one, each in pairs
    ]
    grids = [
        [each.id, GRID[row], words]
        for _, each in pairs
        for part in each.parts
        for row, words in part.grid
    ]
    header = ["chapter", "exercise", "level", "minutes", "means", "known_from", "row"]
    return {
        PLAN: csv_of(header, plan),
        GRIDS: csv_of(["exercise", "0, 1 or 2 marks for", "two marks"], grids),
    }
