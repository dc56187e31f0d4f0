"""The German quiz of the pack in a browser: with a keyboard, without a script, on a phone."""

from __future__ import annotations

import pytest

from tightrope import dealbook, paths
from tightrope.course import quizzes, quizzes_de

from . import accessibility
from .conftest import Reader
from .test_quiz import FIRST, place, said


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page as it lies on a disk, with the files beside it."""
    made = tmp_path_factory.mktemp("quiz")
    book = dealbook.load()
    held = quizzes.files(book, paths.DATA, False) | quizzes_de.files(book, paths.DATA, False)
    for name, content in held.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)
    return (made / quizzes_de.PAGE).as_uri()


def test_with_a_keyboard_alone_an_answer_is_chosen_checked_and_told_in_german(
    reader: Reader, address: str
) -> None:
    page = reader.open(address)
    page.locator(f"{FIRST} >> button").click()
    assert said(page) == "Wählen Sie zuerst eine Antwort."
    for _ in range(place(page, right=True)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert said(page).startswith("Richtig. ")
    assert page.url == address
    assert reader.printed == []


def test_what_is_told_of_an_option_with_an_english_word_is_its_why(
    reader: Reader, address: str
) -> None:
    page = reader.open(address)
    form = page.locator("#at-a-glance-q4")
    form.get_by_label("trillion").check()
    form.locator("button").click()
    assert form.locator(".quiz-said").inner_text() == (
        "Nicht ganz. Das ist tausendmal so viel; auf Deutsch heißt es Billion."
    )


def test_without_javascript_the_answers_stand_in_a_fold(scriptless: Reader, address: str) -> None:
    page = scriptless.open(address)
    assert not page.locator(f"{FIRST} >> button").is_visible()
    page.locator(f"{FIRST} >> .quiz-answers > summary").click()
    assert page.locator(f"{FIRST} >> .quiz-answers li").first.is_visible()


def test_axe_finds_nothing_and_a_phone_shows_all_of_it(
    reader: Reader, phone: Reader, address: str
) -> None:
    for one in (reader, phone):
        page = one.open(address)
        page.locator(f"{FIRST} >> input").first.check()
        page.locator(f"{FIRST} >> button").click()
        assert accessibility.faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
