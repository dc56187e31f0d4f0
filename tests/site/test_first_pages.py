"""The pages that a reader opens first: what a phone shows at once, and what a shared link says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from tightrope import dealbook, upcoming
from tightrope.charts.phone import COLUMN, SCREENS

from .conftest import PAGES, SITE, Reader, soup

FIRST = ("index.html", "chapters/at-a-glance.html")
SCREEN = 844
"""Pixels of a phone's first screen; it is 390 wide."""


@pytest.fixture
def tall_phone(_readers: Callable[..., Reader]) -> Reader:
    return _readers("tall phone", viewport={"width": 390, "height": SCREEN})


def test_a_phone_shows_headline_both_sums_and_the_top_of_the_picture_at_once(
    tall_phone: Reader, server: str
) -> None:
    page = tall_phone.open(f"{server}index.html")
    signed, *_, paid_out, paid_in = (sum_.bounding_box() for sum_ in page.locator(".sum").all())
    picture = page.locator(".figure-narrow > svg").first.bounding_box()
    headline = page.locator("h1").bounding_box()
    assert headline and signed and paid_out and paid_in and picture
    for box in (headline, signed, paid_out, paid_in):
        assert box["y"] + box["height"] <= SCREEN
    assert picture["y"] + 80 <= SCREEN  # the sums over both sides of it


def narrow(text: str) -> Iterator[tuple[str, float, float]]:
    """Name, width and height of the phone's drawing of each static figure of a page."""
    for figure in re.split(r'(?=<figure class="figure-twin)', text)[1:]:
        if 'data-script="web.js"' in figure[: figure.index(">")]:
            continue  # an explorer: its loops are shown one by one, with controls
        name = re.search(r'data-figure="([^"]+)"', figure)
        drawing = figure.partition('class="figure-narrow"')[2]
        found = re.search(r'<svg[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
        assert name, figure[:200]
        assert found, name[1]
        yield name[1], float(found[1]), float(found[2])


def test_on_a_phone_no_static_figure_is_higher_than_a_screen_and_a_half() -> None:
    tall, seen = {}, 0
    for page in SITE.rglob("*.html"):
        for name, width, height in narrow(page.read_text(encoding="utf-8")):
            seen += 1
            on_the_page = height * COLUMN / width
            if on_the_page > SCREENS:
                tall[name] = round(on_the_page)
    assert tall == {}
    assert seen > 80


@pytest.mark.parametrize(
    "name", [*FIRST, "chapters/how-circular.html", "partners/oracle.html", "reference/methods.html"]
)
def test_on_a_phone_a_figure_fills_the_column_that_its_height_is_reckoned_for(
    tall_phone: Reader, server: str, name: str
) -> None:
    page = tall_phone.open(server + name)
    for picture in page.locator(".figure-narrow > svg").all():
        box = picture.bounding_box()
        assert box
        assert box["width"] == pytest.approx(COLUMN, abs=0.5)
        assert box["height"] <= SCREENS


@pytest.mark.parametrize("name", FIRST)
def test_on_a_phone_no_small_picture_is_higher_than_half_a_screen(
    tall_phone: Reader, server: str, name: str
) -> None:
    page = tall_phone.open(server + name)
    for picture in page.locator(".thumbnail > svg").all():
        box = picture.bounding_box()
        assert box
        assert box["height"] <= SCREEN / 2


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
@pytest.mark.parametrize("name", FIRST)
def test_no_page_scrolls_sideways(reader: Reader, server: str, name: str, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 900})
    page = reader.open(server + name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", FIRST)
def test_no_type_is_smaller_than_twelve_pixels(tall_phone: Reader, server: str, name: str) -> None:
    page = tall_phone.open(server + name)
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(".bd-article svg text")]
          .filter(text => text.getBoundingClientRect().width > 0)
          .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""
    )
    assert smallest >= 11.9


@pytest.mark.parametrize("name", FIRST)
def test_a_shared_link_says_what_was_found(name: str) -> None:
    page = soup(name)
    told = {tag["property"]: tag["content"] for tag in page.select('meta[property^="og:"]')}
    heading = page.select_one("h1")
    assert heading
    assert told["og:title"] == heading.contents[0].get_text().strip()
    assert re.search(r"\$\d", told["og:description"])
    described = page.select_one('meta[name="description"]')
    assert described
    assert described["content"] == told["og:description"]


def test_no_title_says_the_name_of_the_book_twice() -> None:
    title = soup("index.html").title
    assert title
    assert title.get_text().count("The Tightrope") == 1


def test_what_is_due_next_is_a_row_of_the_watch_list_after_the_day_of_the_data() -> None:
    book = dealbook.load().as_of("")
    due = soup("index.html").select_one(".due")
    assert due
    said = due.get_text()
    assert all(one.words in said for one in upcoming.next_due(book, at_most=1))


@pytest.mark.parametrize("name", FIRST)
def test_an_amount_in_a_sentence_is_a_link_to_its_rows(name: str) -> None:
    page = soup(name)
    for paragraph in page.select(".standfirst p, .sum p, #seven-steps section > p"):
        for amount in paragraph.find_all(string=re.compile(r"\$\d")):
            assert amount.find_parent("a", class_="fact"), paragraph.get_text()


CHAPTERS = [name for name in PAGES if name.startswith("chapters/")]
TOP_OF_FIGURE = """() => Math.min(...[...document.querySelectorAll("figure.figure-twin")]
  .map(figure => figure.getBoundingClientRect().top + window.scrollY))"""


@pytest.mark.parametrize("name", CHAPTERS)
class TestAChapterShowsItsFigureOnTheFirstScreen:
    def test_of_a_desk(self, reader: Reader, server: str, name: str) -> None:
        reader.page.set_viewport_size({"width": 1280, "height": 800})
        assert reader.open(server + name).evaluate(TOP_OF_FIGURE) <= 520

    def test_of_a_phone(self, tall_phone: Reader, server: str, name: str) -> None:
        assert tall_phone.open(server + name).evaluate(TOP_OF_FIGURE) <= 600
