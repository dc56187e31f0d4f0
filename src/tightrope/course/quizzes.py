"""The quizzes of a pack: a page each to open from a disk, and all as QTI for learning platforms.

QTI 2.1 (1EdTech, Question and Test Interoperability, 2012): a package of items with one right
choice and a sentence for each, and one test with a section a chapter.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tightrope import paths, units
from tightrope.chapters.answers import every
from tightrope.course.labs import csv_of
from tightrope.dealbook import Dealbook
from tightrope.exercises import cells, read
from tightrope.exercises.record import GRID, Chapter, Question
from tightrope.publish import archive, facts
from tightrope.publish.named import Named
from tightrope.templates import FOLDER, render

QTI = "quizzes/tightrope-quizzes-qti21.zip"
PLAN, GRIDS = "key/exercises.csv", "key/grids.csv"
"""What the instructor has: of each exercise level, minutes, means and answers; marking grids."""
_PLAN = ["chapter", "exercise", "part", "level", "minutes", "means", "row", "asked", "answer"]
_PACKAGE = ("test.xml", "imsmanifest.xml")


def chapters(book: Path = paths.BOOK) -> list[Chapter]:
    """The exercises and quizzes of all chapters, by name."""
    return [read.read(file) for file in sorted((book / read.FOLDER).glob("*.yml"))]


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """What a pack has of quizzes, by path in it; with `key` what solves the exercises, too."""
    del data  # the sums come from the book that was read from it
    all_of_them = chapters()
    asked = [(one, questions(one, book)) for one in all_of_them]
    day = units.day(book.day.date())
    held = {
        f"quizzes/{one.name}.html": render(
            "quizzes/page.html",
            lang="en",
            root="",
            title=title(one),
            day=day,
            questions=[
                Markup(filled(cells.question(number, each), one.name, book))
                for number, each in enumerate(some, 1)
            ],
        ).encode()
        for one, some in asked
    }
    held["quizzes/quiz.js"] = (paths.STATIC / "quiz.js").read_bytes()
    held["quizzes/quiz.css"] = (FOLDER / "quizzes" / "quiz.css").read_bytes()
    held[QTI] = archive.packed(qti(asked, book), "")
    return held | (_key(all_of_them, book) if key else {})


def questions(chapter: Chapter, book: Dealbook) -> list[Question]:
    """The questions of a chapter that are known on the book's day."""
    day = f"{book.day:%Y-%m-%d}"
    return [one for one in chapter.quiz if one.known_from <= day]


def title(chapter: Chapter) -> str:
    """A chapter's name in words: who-breaks -> Who breaks."""
    return chapter.name.replace("-", " ").capitalize()


def filled(text: str, chapter: str, book: Dealbook, write: Callable[[str], str] = str) -> str:
    """A text of a chapter with its numbers, as `write` has what `units` wrote.

    Raises KeyError for a key that the chapter does not state.
    """
    keys = {key for _, key in facts.MARKER.findall(text)}
    named = Named(book).facts(sorted(keys), {})
    said = {key: str(fact["written"]) for key, fact in named.items()}
    if keys - said.keys():
        said |= {key: fact.written for key, fact in every.stated(chapter, book).items()}
    return facts.MARKER.sub(lambda match: write(said[match[2]]), text)


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
    for one, some in asked:
        for each in some:
            held[f"items/{each.id}.xml"] = _item(each, one.name, book).encode()
    return held


def _item(one: Question, chapter: str, book: Dealbook) -> str:
    options: list[dict[str, str]] = [
        {
            "id": f"choice-{n}",
            "text": filled(each.text, chapter, book),
            "why": filled(each.why, chapter, book),
        }
        for n, each in enumerate(one.offered, 1)
    ]
    right = next(n for n, each in enumerate(one.offered, 1) if not each.mistake)
    return render(
        "quizzes/item.xml",
        id=one.id,
        title=one.id,
        ask=filled(one.ask, chapter, book),
        options=options,
        right=f"choice-{right}",
    )


def _key(all_of_them: list[Chapter], book: Dealbook) -> dict[str, bytes]:
    """What the instructor has of the exercises that are known on the book's day."""
    day = f"{book.day:%Y-%m-%d}"
    known = [
        (one.name, each) for one in all_of_them for each in one.exercises if each.known_from <= day
    ]
    plan = [
        [
            chapter,
            each.id,
            letter,
            each.level,
            each.minutes,
            each.means,
            each.row,
            part.ask,
            filled(part.answer, chapter, book),
        ]
        for chapter, each in known
        for letter, part in zip("abcdefgh", each.parts, strict=False)
    ]
    grids = [
        [each.id, GRID[row], words]
        for _, each in known
        for part in each.parts
        for row, words in part.grid
    ]
    return {
        PLAN: csv_of(_PLAN, plan),
        GRIDS: csv_of(["exercise", "0, 1 or 2 marks for", "two marks"], grids),
    }
