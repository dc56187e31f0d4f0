"""What a reader does with a quiz: with a keyboard, from a disk, without a script, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from . import accessibility
from .conftest import PAGES, SITE, Reader, soup

NAME = "chapters/promise-and-cash.html"
FIRST = ".quiz-question >> nth=0"
WITH_QUIZ = [name for name in PAGES if 'class="quiz-question"' in (SITE / name).read_text("utf-8")]


@pytest.fixture(params=["from a server", "from a disk"])
def address(request: pytest.FixtureRequest, server: str) -> str:
    return (server if request.param == "from a server" else f"{SITE.as_uri()}/") + NAME


def opened(reader: Reader, address: str) -> Page:
    """The page with the fold of its course open."""
    page = reader.open(address)
    page.locator("#learn details.course > summary").first.click()
    return page


def said(page: Page) -> str:
    return page.locator(f"{FIRST} >> .quiz-said").inner_text()


def place(page: Page, *, right: bool) -> int:
    """The place of a right or a wrong option of the first question."""
    options = page.locator(f"{FIRST} >> input").evaluate_all(
        "options => options.map(option => 'right' in option.dataset)"
    )
    return int(options.index(right))


def test_pages_with_a_quiz_alone_ask_for_its_script() -> None:
    asking = [name for name in PAGES if "quiz.js" in (SITE / name).read_text("utf-8")]
    assert asking == WITH_QUIZ
    assert len(WITH_QUIZ) == 13


def test_with_a_keyboard_alone_an_answer_is_chosen_checked_and_told(
    reader: Reader, address: str
) -> None:
    page = opened(reader, address)
    page.locator(f"{FIRST} >> input").first.focus()
    for _ in range(place(page, right=True)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert said(page) == "", "choosing with arrow keys passes options, and must not answer"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert said(page).startswith("Right.")
    assert page.url == address


def test_a_wrong_answer_is_told_why_and_another_choice_takes_the_word_back(
    reader: Reader, address: str
) -> None:
    page = opened(reader, address)
    wrong = page.locator(f"{FIRST} >> input").nth(place(page, right=False))
    wrong.check()
    page.locator(f"{FIRST} >> button").click()
    assert said(page).startswith("Not quite.")
    assert len(said(page)) > len("Not quite. ")
    page.locator(f"{FIRST} >> input").nth(place(page, right=True)).check()
    assert said(page) == ""


def test_without_a_choice_it_asks_for_one(reader: Reader, address: str) -> None:
    page = opened(reader, address)
    page.locator(f"{FIRST} >> button").click()
    assert said(page) == "Choose an answer first."
    assert page.evaluate("document.activeElement.type") == "radio"


def test_without_javascript_the_answers_stand_in_a_fold(scriptless: Reader, server: str) -> None:
    page = opened(scriptless, server + NAME)
    assert not page.locator(f"{FIRST} >> button").is_visible()
    page.locator(f"{FIRST} >> .quiz-answers > summary").click()
    assert page.locator(f"{FIRST} >> .quiz-answers li").first.is_visible()


def test_each_group_has_a_name_and_what_is_told_is_announced(reader: Reader, server: str) -> None:
    page = opened(reader, server + NAME)
    for number in range(5):
        form = page.locator(".quiz-question").nth(number)
        legend = form.locator("legend").inner_text()
        assert form.get_by_role("group", name=legend).count() == 1
        assert form.get_by_role("status").count() == 1
        assert form.get_by_role("button", name=f"Check question {number + 1}").count() == 1


def test_axe_finds_nothing_with_answers_told_and_folds_open(
    reader: Reader, phone: Reader, server: str
) -> None:
    for one in (reader, phone):
        page = opened(one, server + NAME)
        page.locator(f"{FIRST} >> input").first.check()
        page.locator(f"{FIRST} >> button").click()
        page.evaluate("document.querySelectorAll('#learn details').forEach(d => d.open = true)")
        assert accessibility.faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_but_the_site_is_asked_for(reader: Reader, server: str) -> None:
    opened(reader, server + NAME)
    assert [url for url in reader.asked if not url.startswith(server)] == []
    assert reader.printed == []


@pytest.mark.parametrize("name", WITH_QUIZ)
def test_no_question_shows_a_marker_or_a_stray_sign(name: str) -> None:
    for form in soup(name).select(".quiz-question"):
        assert [sign for sign in ("[[", "\\", "&amp;amp;") if sign in str(form)] == []
