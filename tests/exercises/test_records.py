"""What holds for the exercises and quizzes of all chapters together."""

from __future__ import annotations

from collections import Counter

import pytest

from tightrope import paths
from tightrope.dealbook import Dealbook
from tightrope.exercises import read
from tightrope.exercises.record import LEVELS, MISTAKES, Chapter

from ..notebooks.test_templates import AMOUNT, LESSONS

CHAPTERS = [read.read(file) for file in sorted((paths.BOOK / read.FOLDER).glob("*.yml"))]
EVERY = [(one, each) for one in CHAPTERS for each in one.exercises]
ASKED = ("rungs", "years", "range", "letter", "fraud", "milliarde")
"""The typical mistakes that the quizzes of the book have to meet."""


def texts(chapter: Chapter) -> list[str]:
    """All that a reader reads of a chapter's exercises and quiz."""
    found = [
        text
        for one in chapter.exercises
        for part in one.parts
        for text in (part.ask, part.answer, *(words for _, words in part.grid))
    ]
    for question in chapter.quiz:
        found += [question.ask, *(t for o in question.options for t in (o.text, o.why))]
    return found


def test_each_lesson_has_exercises_and_no_other_page() -> None:
    assert sorted(one.name for one in CHAPTERS) == sorted(path.stem for path in LESSONS)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.name)
class TestAChapter:
    def test_sets_one_exercise_of_each_level_the_easiest_first(self, chapter: Chapter) -> None:
        assert tuple(one.level for one in chapter.exercises) == LEVELS

    def test_begins_with_five_minutes_on_the_page(self, chapter: Chapter) -> None:
        first = chapter.exercises[0]
        assert first.minutes <= 5
        assert first.means == "page"

    def test_needs_no_code_for_at_least_two(self, chapter: Chapter) -> None:
        assert sum(one.means != "code" for one in chapter.exercises) >= 2

    def test_argues_with_a_marking_grid(self, chapter: Chapter) -> None:
        argued = next(one for one in chapter.exercises if one.level == "argue")
        assert argued.is_marked_by_grid

    def test_asks_five_questions_with_a_word_for_each_wrong_answer(self, chapter: Chapter) -> None:
        assert len(chapter.quiz) == 5
        for question in chapter.quiz:
            assert all(option.why for option in question.options)
            assert len({option.text for option in question.options}) == len(question.options)

    def test_types_no_amount(self, chapter: Chapter) -> None:
        assert [text for text in texts(chapter) if AMOUNT.search(text)] == []


def test_the_book_has_enough_rows_to_read_and_arguments_to_mark() -> None:
    assert sum(bool(one.row) for _, one in EVERY) >= 8
    assert sum(one.is_marked_by_grid for _, one in EVERY) >= 8


def test_no_two_exercises_share_an_id() -> None:
    assert [one for one, times in Counter(each.id for _, each in EVERY).items() if times > 1] == []


def test_each_row_to_read_is_there_and_known_when_it_is_asked_for(book: Dealbook) -> None:
    known = book.events.set_index("event_id").known_on
    for _, one in EVERY:
        if one.row:
            table, _, row = one.row.partition("/")
            assert table == "events"
            assert f"{known[row]:%Y-%m-%d}" <= (one.known_from or "2025-10-31"), one.id


def test_the_quizzes_meet_each_typical_mistake() -> None:
    met = Counter(o.mistake for one in CHAPTERS for q in one.quiz for o in q.options)
    assert {mistake for mistake in ASKED if met[mistake] < 3} == set()
    assert met.keys() - {""} <= MISTAKES.keys()


def test_the_right_answer_has_no_place_of_its_own() -> None:
    places = Counter(
        next(n for n, option in enumerate(q.offered) if not option.mistake)
        for one in CHAPTERS
        for q in one.quiz
    )
    assert min(places[n] for n in range(3)) >= 12
