"""Sheets and slides of the course as a browser shows and prints them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tightrope import dealbook, paths
from tightrope.course import deck, sheets

PIXELS = 11
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".is-shown svg text")].map(
  (text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""
BEYOND = """() => { const slide = document.querySelector(".is-shown");
  const low = slide.querySelector(".picture").getBoundingClientRect();
  return slide.scrollHeight > innerHeight || slide.scrollWidth > innerWidth || low.height < 300; }"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("course")
    book = dealbook.load()
    files = sheets.files(book, paths.DATA, key=True) | deck.files(book, paths.DATA, key=True)
    for name, content in files.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)
    return made


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
    top = "key" if name in sheets.TO_HAND_OUT else "sheets"
    page = browser.new_page()
    page.goto((folder / top / f"{place}{name}.html").as_uri())
    printed = PdfReader(io.BytesIO(page.pdf(format=paper)))
    page.close()
    assert len(printed.pages) == 1


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
