"""The class quiz in German: the English questions in other words, on a page of its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tightrope import paths
from tightrope.course import german, quizzes, quizzes_de
from tightrope.dealbook import Dealbook
from tightrope.exercises.read import MARKER

from ..exercises.test_records import ASKED
from ..notebooks.test_templates import AMOUNT
from .conftest import Files

ENGLISH = {one.id: one for chapter in quizzes.chapters() for one in chapter.quiz}


@pytest.fixture(scope="module")
def page(given: Files) -> BeautifulSoup:
    return BeautifulSoup(given[quizzes_de.PAGE].decode(), "html.parser")


def forms(page: BeautifulSoup) -> dict[str, Any]:
    """The questions of a page by their ids."""
    return {str(form["id"]): form for form in page.select("form.quiz-question")}


def test_ten_to_fifteen_questions_are_asked_each_once() -> None:
    ids = [one.id for one in quizzes_de.questions()]
    assert 10 <= len(ids) <= 15
    assert len(set(ids)) == len(ids)


def test_each_has_the_options_of_the_english_question_and_a_word_for_each() -> None:
    for one in quizzes_de.questions():
        english = ENGLISH[one.id].offered
        assert [o.mistake for o in one.offered] == [o.mistake for o in english], one.id
        assert all(o.text and o.why for o in one.offered), one.id
        assert len({o.text for o in one.offered}) == len(english), one.id


def test_the_typical_mistakes_are_met_twice_each() -> None:
    met = Counter(o.mistake for one in quizzes_de.questions() for o in one.options)
    assert {mistake for mistake in ASKED if met[mistake] < 2} == set()


def test_no_question_gives_away_the_sum_that_another_asks_for() -> None:
    asked, right = Counter[str](), Counter[str]()
    for one in quizzes_de.questions():
        asked.update(MARKER.findall(one.ask))
        right.update(key for o in one.options if not o.mistake for key in MARKER.findall(o.text))
    assert right.keys() == {"paid_in"}
    assert asked.keys() == {"back_by_any_route", "borrowed_for_deals"}


def test_words_that_harden_are_asked_for(page: BeautifulSoup) -> None:
    asked = forms(page)["promise-and-cash-q5"].legend.get_text()
    assert "beabsichtigt, bis zu" in asked


def test_no_amount_is_typed_in_a_question() -> None:
    for one in quizzes_de.questions():
        for text in (one.ask, *(t for o in one.options for t in (o.text, o.why))):
            assert not AMOUNT.search(text), text
            assert not re.search(r"\d\s?(Mrd|Mio|Milliarde|Million)", text), text


def test_each_place_and_right_option_is_that_of_the_english_page(
    page: BeautifulSoup, given: Files
) -> None:
    for id_, form in forms(page).items():
        chapter = given[f"quizzes/{id_.rsplit('-q', 1)[0]}.html"].decode()
        english = forms(BeautifulSoup(chapter, "html.parser"))[id_]
        right = [
            [box.has_attr("data-right") for box in one.select("input")] for one in (form, english)
        ]
        assert right[0] == right[1], id_
        assert sum(right[0]) == 1, id_


def test_a_sum_is_that_of_the_book_in_milliarden(page: BeautifulSoup, book: Dealbook) -> None:
    right = forms(page)["at-a-glance-q1"].select_one("label:has(input[data-right])").get_text()
    assert right.strip() == german.whole(quizzes.filled("[[paid_in]]", "at-a-glance", book))
    assert "Mrd." in right


def test_the_page_is_german_and_no_english_word_is_unmarked(page: BeautifulSoup) -> None:
    assert page.html is not None
    assert page.html["lang"] == "de"
    for marked in page.select("span[lang=en], span.trap"):
        marked.decompose()
    words = page.get_text()
    assert not re.search(
        r"\b([bt]rillions?|Billion(en)?|bn|Check|Right|Not quite|funding)\b", words
    )
    assert not re.search(r"[*~]|\[\[", words)


def test_the_page_asks_for_no_other_host_and_for_files_that_are_in_the_pack(
    page: BeautifulSoup, given: Files
) -> None:
    asked = [str(one[key]) for key in ("src", "href") for one in page.select(f"[{key}]")]
    assert sorted(asked) == ["../quiz.css", "../quiz.js"]
    assert {"quizzes/quiz.js", "quizzes/quiz.css"} <= given.keys()
    assert "http" not in given[quizzes_de.PAGE].decode()


def test_a_day_on_which_a_question_is_not_known_leaves_it_out(book: Dealbook) -> None:
    held = quizzes_de.files(book.as_of("2025-10-31"), paths.DATA, key=False)
    early = BeautifulSoup(held[quizzes_de.PAGE].decode(), "html.parser")
    later = {one.id for one in quizzes_de.questions() if one.known_from > "2025-10-31"}
    assert later == {"paying-for-technology-q1", "how-circular-q2"}
    assert forms(early).keys() == {one.id for one in quizzes_de.questions()} - later
    assert "31.\N{NO-BREAK SPACE}Oktober 2025" in early.get_text()
