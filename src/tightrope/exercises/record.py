"""What an exercise and a question of a quiz are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

LEVELS = ("recall", "compute", "argue", "extend")
"""What is asked for, the easiest first: find it, reckon it, defend it, go beyond the page."""
MEANS = {"page": "on this page", "sheet": "with a spreadsheet", "code": "with code"}
"""What a reader needs beside a pencil, and how an exercise says it."""
GRID = {
    "claim": "Claim",
    "row": "Row cited",
    "denominator": "Denominator",
    "counter": "Counter-reading",
}
"""The rows of a marking grid; each is marked 0, 1 or 2."""
MISTAKES = {
    "rungs": "sums of different rungs were added",
    "years": "a sum of many years was set beside one year",
    "range": "one end of a range was taken for the whole",
    "letter": "a letter of intent was read as money",
    "fraud": "circular was taken for fraudulent",
    "milliarde": "a German Milliarde and an English trillion were mixed up",
    "direction": "payer and payee were exchanged",
    "proof": "what could be was taken for what is",
    "seniority": "who is paid first was left out",
    "other": "another slip",
}
"""Typical mistakes, by the word under which a wrong option names its own."""


@dataclass(frozen=True)
class Part:
    """One thing that is asked, and its answer: text with the `keys` computed in it, or a grid.

    `answer` is Markdown with `[[markers]]`. Of these `keys` are the result; others are given on
    the page. `grid` says for each row of `GRID` what earns its two marks.
    """

    ask: str
    answer: str
    keys: tuple[str, ...] = ()
    grid: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Exercise:
    """One exercise of a chapter.

    `own` says that it speaks of this book's deals; `known_from` is the day from which its answer
    holds, "" for all; `row` is the row (`table/id`) whose original source has to be read.
    """

    id: str
    level: str
    minutes: int
    means: str
    parts: tuple[Part, ...]
    own: bool = True
    known_from: str = ""
    row: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The computed answers of all parts."""
        return tuple(key for part in self.parts for key in part.keys)

    @property
    def is_marked_by_grid(self) -> bool:
        """Whether a part of it is marked by a grid."""
        return any(part.grid for part in self.parts)


@dataclass(frozen=True)
class Option:
    """What a question offers: its words, what is said to whoever chooses it, and its mistake.

    `mistake` is a word of `MISTAKES`; "" for the right option.
    """

    text: str
    why: str
    mistake: str = ""


@dataclass(frozen=True)
class Question:
    """One question of a quiz, in which exactly one option is right."""

    id: str
    ask: str
    options: tuple[Option, ...]
    known_from: str = ""

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options in the order in which they are offered: not that of writing, the right first.

        It follows from the words alone, so that it is the same in every copy.
        """

        def by(option: Option) -> bytes:
            return hashlib.sha256(f"{self.id}\0{option.text}".encode()).digest()

        return tuple(sorted(self.options, key=by))


@dataclass(frozen=True)
class Chapter:
    """The exercises and the quiz of one chapter, in the order of its page."""

    name: str
    exercises: tuple[Exercise, ...]
    quiz: tuple[Question, ...]
