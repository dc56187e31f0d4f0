"""A chapter's exercises and quiz as cells of its notebook.

Tags do the rest: a cell tagged `solution` is folded, and comes last in the notebook to take away; a
book without solutions drops it. `own` and `known-from-DATE` mean what they do in any notebook.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import nbformat
from markupsafe import Markup

from tightrope.exercises.record import GRID, MEANS, Chapter, Exercise, Part, Question
from tightrope.templates import render

SOLUTION, QUIZ, OWN = "solution", "quiz", "own"
SOLVES = "solves-"
"""Tag of a code cell of the notebook that is the solution of the exercise of this id, in code."""
_LEARN = "## Learn"


def into(
    notebook: Any, chapter: Chapter, root: str, rows: Mapping[str, str], own: bool = True
) -> Any:
    """The notebook with the chapter's quiz and exercises at the end of its section "Learn".

    `root` is the way from the page to the site's root, `rows` where on it each row stands. Without
    `own`, what speaks of this book's
    deals stays out. Code tagged `solves-ID` moves under its exercise. Raises ValueError for a
    notebook without that section, and for code that solves no exercise of the chapter.
    """
    made = copy.deepcopy(notebook)
    solving = [cell for cell in made.cells if _solves(cell)]
    if unknown := {_solves(cell) for cell in solving} - {one.id for one in chapter.exercises}:
        raise ValueError(f"code solves no exercise of {chapter.name}: {', '.join(unknown)}")
    rest = [cell for cell in made.cells if not _solves(cell)]
    end = _end_of_learn(rest)
    kept = [one for one in chapter.exercises if own or not one.own]
    more = list(_quiz(chapter, root)) if own else []
    if kept:
        more.append(_cell("exercises", "### Exercises"))
    for number, one in enumerate(kept, 1):
        link = f"{root}{rows[one.row]}" if one.row in rows else ""
        code = [cell for cell in solving if _solves(cell) == one.id]
        more += _exercise(asked(number, one, link), one, code)
    made.cells = [*rest[:end], *more, *rest[end:]]
    return made


def asked(number: int, one: Exercise, link: str = "") -> str:
    """An exercise as Markdown: its level, minutes and means before what it asks.

    `link` is the address of the row whose source it has a reader read.
    """
    head = f"**{number}.** *{one.level.capitalize()}, {one.minutes} minutes, {MEANS[one.means]}.*"
    read = f' [<a href="{link}">The row and its source</a>]' if link else ""
    return f"{head} {_lettered([part.ask for part in one.parts])}{read}"


def solved(one: Exercise) -> str:
    """The answers of an exercise as Markdown, each marking grid as a table."""
    return _lettered([_answer(part) for part in one.parts])


def question(number: int, one: Question, lang: str = "en") -> str:
    """A question as one piece of HTML without an empty line, as Markdown lets it pass.

    `lang`, "en" or "de", is the language of what stands around the question's own words.
    """
    html = render("quiz.html", question=_marked_up(one), number=number, lang=lang)
    return "\n".join(line for line in html.splitlines() if line.strip())


def _solves(cell: Any) -> str:
    tags = cell.metadata.get("tags", [])
    return next((tag.removeprefix(SOLVES) for tag in tags if tag.startswith(SOLVES)), "")


def _end_of_learn(cells: list[Any]) -> int:
    """The place of the first cell of the section after "Learn"."""
    within = False
    for number, cell in enumerate(cells):
        text = f"\n{cell.source}"
        if within and cell.cell_type == "markdown" and cell.source.lstrip().startswith("## "):
            return number
        within = within or (cell.cell_type == "markdown" and f"\n{_LEARN}" in text)
    if not within:
        raise ValueError(f'the notebook has no section "{_LEARN}" for its exercises')
    return len(cells)


def _quiz(chapter: Chapter, root: str) -> Iterator[Any]:
    if chapter.quiz:
        yield _cell("quiz", "### Check yourself", [OWN, QUIZ])
    for number, one in enumerate(chapter.quiz, 1):
        yield _cell(one.id, question(number, one), [OWN, QUIZ, *_days(one.known_from)])
    if chapter.quiz:
        script = f'<script src="{root}_static/quiz.js" defer></script>'
        yield _cell("quiz-script", script, [OWN, QUIZ])


def _exercise(text: str, one: Exercise, code: list[Any]) -> Iterator[Any]:
    tags = [*([OWN] if one.own else []), *_days(one.known_from)]
    yield _cell(f"{one.id}-asked", text, tags)
    yield _cell(f"{one.id}-solved", solved(one), [SOLUTION, *tags])
    for cell in code:
        cell.metadata["tags"] = [*cell.metadata["tags"], *_days(one.known_from)]
        yield cell


def _days(known_from: str) -> list[str]:
    return [f"known-from-{known_from}"] if known_from else []


def _lettered(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return "\n\n".join(f"({chr(97 + n)}) {text}" for n, text in enumerate(texts))


def _answer(part: Part) -> str:
    if not part.grid:
        return part.answer
    rows = "\n".join(f"| {GRID[row]} | {text} |" for row, text in part.grid)
    grid = f"| 0, 1 or 2 marks for | two marks |\n|---|---|\n{rows}"
    return f"{part.answer}\n\n{grid}".strip()


def _marked_up(one: Question) -> dict[str, object]:
    """A question whose texts may hold markers; a number in a quiz is no link."""
    return {
        "id": one.id,
        "ask": _plain(one.ask),
        "options": [
            {"text": _plain(each.text), "why": _plain(each.why), "mistake": each.mistake}
            for each in one.offered
        ],
    }


def _plain(text: str) -> Markup:
    escaped = str(Markup.escape(" ".join(text.split())))
    return Markup(escaped.replace("[[=", "[[").replace("[[", "[[="))


def _cell(name: str, source: str, tags: list[str] | None = None) -> Any:
    metadata = {"tags": tags} if tags else {}
    return nbformat.from_dict(
        {"cell_type": "markdown", "id": name[:64], "metadata": metadata, "source": source}
    )
