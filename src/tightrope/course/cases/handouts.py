"""The handouts as pages to print: each one file, with its exhibits and its documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tightrope.course.cases import (
    days,
    lucent,
    lucent_facts,
    lucent_questions,
    openai,
    openai_facts,
    openai_questions,
    since,
)
from tightrope.course.cases.exhibit import Exhibit
from tightrope.course.cases.questions import Question
from tightrope.course.cases.references import References
from tightrope.course.cases.tongue import ENGLISH, Tongue
from tightrope.dealbook import Dealbook
from tightrope.templates import render

STAGES = ("A", "B", "C")
Books = Mapping[str, Dealbook]
"""The book as each of the three days knew it, by stage."""


@dataclass(frozen=True)
class Case:
    """One case: its days, its questions, and what makes its exhibits and the words between them."""

    name: str
    days: days.Days
    questions: Sequence[Question]
    exhibits: Callable[[str, Books, Tongue], dict[str, Exhibit]]
    facts: Callable[[str, Books, Tongue], dict[str, object]]

    def values(self, book: Dealbook, stage: str, tongue: Tongue) -> dict[str, object]:
        """All that the templates of a stage are filled with."""
        books = self.days.books(book)
        shown = self.exhibits(stage, books, tongue)
        return {
            "lang": tongue.code,
            "stage": stage,
            "e": shown,
            "refs": References(books[stage], shown.values()),
            "f": self.facts(stage, books, tongue),
            "questions": self.asked(books["A"], tongue),
            "outcomes": {one.id: one.outcome(books["A"], books[stage]) for one in self.questions},
        }

    def asked(self, first: Dealbook, tongue: Tongue) -> dict[str, dict[str, str]]:
        """The sums that each question names, by its id."""
        return {
            one.id: {name: tongue.written(sum_) for name, sum_ in one.written(first).items()}
            for one in self.questions
        }


def _openai(stage: str, books: Books, tongue: Tongue) -> dict[str, Exhibit]:
    shown = openai.exhibits(books[stage], tongue)
    if stage != "A":
        before = books[STAGES[STAGES.index(stage) - 1]]
        shown["since"] = since.exhibit(books[stage], f"{before.day:%Y-%m-%d}", tongue)
    return shown


def _lucent(stage: str, books: Books, tongue: Tongue) -> dict[str, Exhibit]:
    before = "" if stage == "A" else f"{books[STAGES[STAGES.index(stage) - 1]].day:%Y-%m-%d}"
    return lucent.exhibits(books[stage], tongue, before)


OPENAI = Case("openai", days.OPENAI, openai_questions.QUESTIONS, _openai, openai_facts.of)
LUCENT = Case("lucent", days.LUCENT, lucent_questions.QUESTIONS, _lucent, lucent_facts.of)


def handout(case: Case, book: Dealbook, stage: str, tongue: Tongue = ENGLISH) -> str:
    """The handout of a stage, "A", "B" or "C", as HTML that needs no other file.

    `book` is that of the newest day. Raises KeyError for another stage.
    """
    template = f"course/cases/{case.name}-{tongue.code}.html"
    return render(template, **case.values(book, stage, tongue))
