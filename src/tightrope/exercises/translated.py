"""Questions of the chapters' quizzes in another language: words alone, all else from the English.

Which option is right, its mistake, the order of the options, the numbers and the day from which a
question holds are those of the English record, so that no translation can drift from it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tightrope.exercises.read import FOLDER, LINE, MARKER, Fault, dicts, fields, loaded, refuse
from tightrope.exercises.record import Chapter, Option, Question

_QUESTION = ({"id", "of", "ask", "options"}, set[str]())
_OPTION = ({"text", "why"}, set[str]())


@dataclass(frozen=True)
class Translated(Question):
    """A question in other words; its options stand in the order of the English question."""

    chapter: str = ""

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options as they stand: the order that the English words gave them."""
        return self.options


def mark(one: Question) -> str:
    """Eight digits that change with any word of a question: which words a translation is of."""
    words = [one.ask, *(word for o in one.options for word in (o.text, o.why, o.mistake))]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:8]


def read(language: str, book: Path, chapters: Iterable[Chapter]) -> list[Translated]:
    """The questions of `exercises/LANGUAGE/quiz.yml` in the book's folder, in its order.

    Raises `ExerciseError` that names every fault: an unknown or repeated id, a missing or surplus
    option, other numbers than those of the English words, and English words that have changed.
    """
    name = f"{FOLDER}/{language}/quiz.yml"
    english = {one.id: (chapter.name, one) for chapter in chapters for one in chapter.quiz}
    content = loaded(book / name)
    refuse(name, _faults(content, english))
    return [_translated(one, *english[one["id"]]) for one in content["questions"]]


English = Mapping[str, tuple[str, Question]]
"""The chapter's name and the question, by id."""


def _faults(content: Any, english: English) -> Iterator[Fault]:
    yield from fields(content, ({"questions"}, set()))
    if not isinstance(content, dict):
        return
    ids: set[str] = set()
    for one in dicts(content.get("questions"), 1):
        if isinstance(one, tuple):
            yield one
            continue
        yield from fields(one, _QUESTION)
        name = str(one.get("id", ""))
        if name in ids:
            yield one[LINE], "id", f'"{name}" is there twice'
        ids.add(name)
        if name in english:
            yield from _faults_beside(one, english[name][1])
        elif name:
            yield one[LINE], "id", f'"{name}" is no question of a chapter, as at-a-glance-q1 is'


def _faults_beside(one: dict[str, Any], english: Question) -> Iterator[Fault]:
    line = one[LINE]
    if one.get("of") and one["of"] != mark(english):
        told = f'the English words have changed; read these again and write "{mark(english)}"'
        yield line, "of", told
    yield from _markers(line, "ask", one, english.ask)
    options = list(dicts(one.get("options"), line))
    if len(options) != len(english.options):
        told = f"{len(options)} are there; the English question has {len(english.options)}"
        yield line, "options", told
        return
    for option, theirs in zip(options, english.options, strict=True):
        if isinstance(option, tuple):
            yield option
            continue
        yield from fields(option, _OPTION)
        yield from _markers(option[LINE], "text", option, theirs.text)
        yield from _markers(option[LINE], "why", option, theirs.why)


def _markers(line: int, field: str, one: dict[str, Any], english: str) -> Iterator[Fault]:
    found, needed = (Counter(MARKER.findall(t)) for t in (str(one.get(field, "")), english))
    if found != needed:
        told = (
            "".join(f"[[{key}]]" for key in some.elements()) or "none" for some in (found, needed)
        )
        yield line, field, "has the numbers {}; the English words have {}".format(*told)


def _translated(one: dict[str, Any], chapter: str, english: Question) -> Translated:
    words = {
        theirs: Option(str(each["text"]).strip(), str(each["why"]).strip(), theirs.mistake)
        for each, theirs in zip(one["options"], english.options, strict=True)
    }
    options = tuple(words[theirs] for theirs in english.offered)
    return Translated(english.id, str(one["ask"]).strip(), options, english.known_from, chapter)
