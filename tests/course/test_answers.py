"""Answers that can be reckoned by hand, and what all of them have."""

from __future__ import annotations

import math

import pytest

from tightrope.course.answer import Answer
from tightrope.course.webs import web
from tightrope.measures import routes


@pytest.mark.parametrize(
    ("part", "value"),
    [
        # Straight back 3 of 10; what the cloud gets, 6 and 5, exceeds the 4 that it pays.
        ("4a", 3 + 4),
        ("4b", 3),
        # The cloud has 30 + 14 = 44 for 70, the maker 5 + 44 x 50/70 = 36.4 for 40: three fail.
        ("7c", 3),
        # The lender gets 44 x 20/70 and all that the maker has: in the end all cash, 30 + 14 + 5.
        ("7d", 49),
        # The cloud lacks 70 - 44 = 26, the maker 40 - 5 - 220/7 = 25/7.
        ("7e", 26 + 25 / 7),
        # Forge min(41, 9), mill min(24, 14); nobody else stands on both sides.
        ("8a", 9 + 14),
        # All that is paid home but the bank's, which nobody pays: 9 + 14 + 12 + 8.
        ("8b", 43),
        # Paid out 41 + 24 + 30 = 95; paid in 43 + 35.
        ("8c", 78),
    ],
)
def test_an_answer_on_an_invented_web_is_the_one_worked_by_hand(
    answers: dict[str, Answer], part: str, value: float
) -> None:
    found = answers[part].value
    assert isinstance(found, float | int)
    assert math.isclose(found, value, abs_tol=1e-6)


def test_one_payment_alone_lowers_what_returns_most(answers: dict[str, Answer]) -> None:
    valley = web("valley")
    # Without forge to mine the mine pays nothing on: 12 and 8 stay away.
    left = {
        f"{row.payer} to {row.payee}": routes.value_returnable(valley.drop(row.Index), "lab")
        for row in valley.itertuples()
    }
    assert left.pop("forge to mine") == 43 - 20
    assert min(left.values()) > 43 - 20
    assert answers["8d"].value == "forge to mine"


def test_every_part_has_a_finite_answer_and_a_mistake_that_is_told(
    answers: dict[str, Answer],
) -> None:
    wrong = [
        part
        for part, one in answers.items()
        if not one.told or (isinstance(one.value, float) and not math.isfinite(one.value))
    ]
    assert wrong == []


def test_no_sentence_gives_a_number_away(answers: dict[str, Answer]) -> None:
    said = [mistake.words for one in answers.values() for mistake in one.mistakes]
    # A year that a question itself names is no answer.
    assert [words for words in said if any(map(str.isdigit, words.replace("2026", "")))] == []
