"""The class quiz in German: questions of all chapters on one page, to open from a disk."""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup

from tightrope import paths
from tightrope.course import german, quizzes
from tightrope.dealbook import Dealbook
from tightrope.exercises import cells, translated
from tightrope.templates import render

PAGE = "quizzes/de/quiz.html"
TITLE = "Quiz: Wer bezahlt die Rechenleistung von OpenAI?"
_ENGLISH, _TRAP = re.compile(r"\*([^*<>]+)\*"), re.compile(r"~([^~<>]+)~")
"""How the record marks English words, and the German word that is a mistake."""


def questions(book: Path = paths.BOOK) -> list[translated.Translated]:
    """All questions of the quiz. Raises `ExerciseError` where they do not fit the English."""
    return translated.read("de", book, quizzes.chapters(book))


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """The page by its path in a pack, with the questions that are known on the book's day.

    Raises ValueError for a sum that would stay half English, or stand in Billionen.
    """
    del data, key  # the sums come from the book, and a quiz has its answers in each pack
    day = f"{book.day:%Y-%m-%d}"
    known = [one for one in questions() if one.known_from <= day]
    page = render(
        "quizzes/page.html",
        lang="de",
        root="../",
        title=TITLE,
        day=german.day(book.day.date()),
        questions=[_asked(number, one, book) for number, one in enumerate(known, 1)],
    )
    return {PAGE: german.guarded(page).encode()}


def _asked(number: int, one: translated.Translated, book: Dealbook) -> Markup:
    html = cells.question(number, one, "de")
    html = _ENGLISH.sub(r'<span lang="en">\1</span>', html)
    html = _TRAP.sub(r'<span class="trap">\1</span>', html)
    return Markup(quizzes.filled(html, one.chapter, book, german.whole))
