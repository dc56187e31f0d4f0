"""Sheets and slides of the course as a browser shows and prints them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tightrope.course import deck, guide, quizzes_de, sheets

from ..sharing import instructors_pack

PIXELS = 11
TEXT = re.compile(r"\W+")


def bare(text: str) -> str:
    """A text without blanks, signs and joined letters, as paper and screen both have it."""
    return TEXT.sub("", unicodedata.normalize("NFKC", text))


SMALLEST = """() => Math.min(...[...document.querySelectorAll(".is-shown svg text")].map(
  (text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""
BEYOND = """() => { const slide = document.querySelector(".is-shown");
  const low = slide.querySelector(".picture").getBoundingClientRect();
  return slide.scrollHeight > innerHeight || slide.scrollWidth > innerWidth || low.height < 300; }"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return instructors_pack(tmp_path_factory)


@pytest.fixture
def projector(browser: Browser, folder: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto((folder / deck.NAME).as_uri())
    yield page
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("place", ["", "de/"])
@pytest.mark.parametrize("name", sheets.SHEETS)
def test_a_sheet_is_one_printed_page(
    browser: Browser, folder: Path, name: str, place: str, paper: str
) -> None:
    page = browser.new_page()
    page.goto((folder / sheets.SHEETS[name][0] / f"{place}{name}.html").as_uri())
    printed = PdfReader(io.BytesIO(page.pdf(format=paper)))
    page.close()
    assert len(printed.pages) == 1


@pytest.mark.parametrize(
    "name",
    [
        guide.PROJECT,
        guide.NAME,
        *(
            f"{top}/{place}{name}.html"
            for name, (top, _) in sheets.SHEETS.items()
            for place in ("", "de/")
        ),
    ],
)
def test_a_sheet_is_no_wider_than_a_phone(browser: Browser, folder: Path, name: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto((folder / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


def test_no_question_of_a_quiz_is_parted_in_print(browser: Browser, folder: Path) -> None:
    quiz = folder / quizzes_de.PAGE
    page = browser.new_page()
    page.goto(quiz.as_uri())
    printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    asked = page.locator("fieldset").all_inner_texts()
    told = page.locator(".on-screen").inner_text()
    page.close()
    sheets_of_paper = [bare(one.extract_text()) for one in printed.pages]
    assert len(asked) > 10 and len(sheets_of_paper) > 1
    assert [one for one in asked if not any(bare(one) in sheet for sheet in sheets_of_paper)] == []
    assert bare(told) not in "".join(sheets_of_paper)


def test_every_slide_is_read_at_1280_by_720(projector: Page) -> None:
    slides = projector.locator("section").count()
    assert slides == 1 + len(deck.SLIDES)
    for number in range(1, slides):
        projector.keyboard.press("ArrowRight")
        title = projector.locator(".is-shown h1").inner_text()
        assert projector.evaluate(SMALLEST) >= PIXELS, title
        assert not projector.evaluate(BEYOND), title
        assert projector.evaluate("document.activeElement.textContent") == title
        assert projector.url.endswith(f"#{number}")


def test_keys_go_on_back_to_the_ends_and_open_the_notes(projector: Page) -> None:
    shown = projector.locator("section.is-shown")
    for key, expected in (
        ("ArrowRight", 1),
        (" ", 2),
        ("ArrowLeft", 1),
        ("Home", 0),
        ("ArrowLeft", 0),
    ):
        projector.keyboard.press(key)
        assert (
            projector.evaluate(
                "[...document.querySelectorAll('section')].findIndex(s => s.matches('.is-shown'))"
            )
            == expected
        )
    projector.keyboard.press("End")
    assert shown.locator(".notes").is_hidden()
    projector.keyboard.press("n")
    assert "Ask first." in shown.locator(".notes").inner_text()


def test_a_click_goes_on_and_one_on_the_notes_does_not(projector: Page) -> None:
    projector.keyboard.press("n")
    projector.locator(".is-shown h1").click()
    assert projector.url.endswith("#1")
    projector.locator(".is-shown .notes").click()
    assert projector.url.endswith("#1")


def test_the_number_of_a_slide_stands_above_its_notes(projector: Page) -> None:
    projector.keyboard.press("n")
    projector.keyboard.press("ArrowRight")
    foot = projector.locator(".is-shown .foot").bounding_box()
    notes = projector.locator(".is-shown .notes").bounding_box()
    assert foot and notes and foot["y"] + foot["height"] <= notes["y"]


def test_on_a_phone_all_slides_stand_below_each_other(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto((folder / deck.NAME).as_uri())
    assert page.locator("section:visible").count() == 1 + len(deck.SLIDES)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


def test_the_deck_asks_for_nothing_and_prints_a_page_a_slide(
    browser: Browser, folder: Path
) -> None:
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / deck.NAME).as_uri())
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert asked == [(folder / deck.NAME).as_uri()]
    assert len(printed.pages) >= 1 + len(deck.SLIDES)


def test_its_script_is_short_and_its_titles_are_those_of_the_book(folder: Path) -> None:
    page = (folder / deck.NAME).read_text(encoding="utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert len(script.strip().splitlines()) <= 60
    assert not re.search(r'(src|href)="https?:', page)
    titles = re.findall(r'<h1 tabindex="-1">(.*?)</h1>', page)
    assert all(len(title) > 20 and " " in title for title in titles)
    assert len(set(titles)) == len(deck.SLIDES)
