"""Follow one dollar: step by step with the script, picture by picture without it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

import pytest
from playwright.sync_api import Locator, Page

from .conftest import Reader, soup

PAGE = "chapters/follow-one-dollar.html"
HEADS = ".bd-article section section h3"
PICTURES = "figure[data-figure^='dollar-']"
LOOPS = ((1, 3), (4, 5), (6, 8))
"""The first and the last step of each loop."""
HIGHEST, MOST_WORDS = 1266, 900


@pytest.fixture
def tall_phone(_readers: Callable[..., Reader]) -> Reader:
    return _readers("tall phone", viewport={"width": 390, "height": 844})


def seen(page: Page) -> list[int]:
    """The steps whose pictures can be seen, from 1 on."""
    return [
        number
        for number, picture in enumerate(page.locator(PICTURES).all(), 1)
        if picture.evaluate("one => getComputedStyle(one.closest('.cell')).opacity") == "1"
    ]


def top_of(one: Locator) -> float:
    return float(one.evaluate("one => one.getBoundingClientRect().top"))


def test_arrow_keys_go_from_step_to_step_and_each_shows_its_picture(
    reader: Reader, server: str
) -> None:
    page = reader.open(server + PAGE)
    heads = page.locator(HEADS)
    heads.first.focus()
    for number in range(1, heads.count() + 1):
        loop = next((first, last) for first, last in LOOPS if first <= number <= last)
        assert [one for one in seen(page) if loop[0] <= one <= loop[1]] == [number]
        head = heads.nth(number - 1)
        assert head.evaluate("one => one === document.activeElement")
        assert head.get_attribute("aria-current") == "step"
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    assert heads.first.evaluate("one => one === document.activeElement")
    assert reader.printed == []


def test_buttons_lead_on_and_back_and_stop_at_the_ends(reader: Reader, server: str) -> None:
    page = reader.open(server + PAGE)
    walk = page.get_by_role("navigation", name="Steps")
    on, back = (walk.get_by_role("button", name=f"{way} step") for way in ("Next", "Previous"))
    assert back.is_disabled()
    count = page.locator(HEADS).count()
    for number in range(1, count + 1):
        on.click()
        assert walk.locator("span").text_content() == f"{number} of {count}"
    assert on.is_disabled()
    back.click()
    assert walk.locator("span").text_content() == f"{count - 1} of {count}"


def test_whoever_scrolls_sees_the_picture_of_the_step_that_is_read(
    reader: Reader, server: str
) -> None:
    page = reader.open(server + PAGE)
    second = page.locator(HEADS).nth(1)
    second.evaluate("one => one.scrollIntoView()")
    page.wait_for_function("one => one.getAttribute('aria-current')", arg=second.element_handle())
    assert [one for one in seen(page) if one <= LOOPS[0][1]] == [2]
    picture = page.locator(PICTURES).nth(1).bounding_box()
    assert picture
    assert 0 <= picture["y"] < 200


def test_with_reduced_motion_nothing_moves_and_else_it_does(reader: Reader, server: str) -> None:
    page = reader.open(server + PAGE)
    cell = page.locator(PICTURES).first.locator("xpath=ancestor::div[contains(@class, 'cell')][1]")
    lasts = "one => getComputedStyle(one.closest('.dollar-step > .cell')).transitionDuration"
    assert cell.evaluate(lasts) == "0s"
    page.get_by_role("button", name="Next step").click()
    assert 0 <= top_of(page.locator(HEADS).first) < 200  # at once
    page.locator(".dollar-moves").wait_for()
    assert cell.evaluate(lasts) == "0s"
    page.emulate_media(reduced_motion="no-preference")
    assert cell.evaluate(lasts) == "0.25s"
    page.emulate_media(reduced_motion="reduce")


def test_without_javascript_every_step_has_its_picture_and_none_lies_on_another(
    scriptless: Reader, server: str
) -> None:
    page = scriptless.open(server + PAGE)
    pictures = page.locator(f"{PICTURES} .figure-stage svg:visible").all()
    boxes = [box for one in pictures if (box := one.bounding_box())]
    assert len(boxes) == len(soup(PAGE).select(PICTURES)) == LOOPS[-1][-1]
    ends = [box["y"] + box["height"] for box in boxes]
    assert all(box["y"] >= end for box, end in zip(boxes[1:], ends, strict=False))
    assert page.locator(".dollar-walk").count() == 0


def test_print_has_every_picture_and_no_buttons(reader: Reader, server: str) -> None:
    page = reader.open(server + PAGE)
    page.emulate_media(media="print")
    assert seen(page) == list(range(1, LOOPS[-1][-1] + 1))
    assert not page.locator(".dollar-walk").is_visible()


def test_on_a_phone_no_page_scrolls_sideways_and_every_picture_stands_at_its_step(
    phone: Reader, server: str
) -> None:
    page = phone.open(server + PAGE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert seen(page) == list(range(1, LOOPS[-1][-1] + 1))
    heads = [top_of(one) for one in page.locator(HEADS).all()]
    pictures = [top_of(one) for one in page.locator(PICTURES).all()]
    assert all(head < picture for head, picture in zip(heads, pictures, strict=True))
    assert all(picture < head for picture, head in zip(pictures, heads[1:], strict=False))


def test_on_a_phone_no_picture_is_higher_than_a_screen_and_a_half(
    tall_phone: Reader, server: str
) -> None:
    page = tall_phone.open(server + PAGE)
    boxes = [one.bounding_box() for one in page.locator(f"{PICTURES} .figure-narrow > svg").all()]
    assert len(boxes) == LOOPS[-1][-1]
    assert all(box and box["height"] <= HIGHEST for box in boxes)


def test_each_step_has_its_rows_with_links_or_says_that_none_is_known() -> None:
    rows = soup(PAGE).select(".dollar-rows")
    assert len(rows) == LOOPS[-1][-1]
    for one in rows:
        lines = one.select("li")
        assert lines or "none known" in one.get_text()
        for line in lines:
            places = [str(link["href"]) for link in line.select("a")]
            assert ["#leg-" in place for place in places] == [True, False]
            assert places[1].startswith("../reference/sources/")


def test_the_page_is_short() -> None:
    article = copy(soup(PAGE).select_one("article"))
    assert article
    for furniture in article.select(
        "svg, script, details, .figure-tools, .prev-next-footer, .headerlink, .edition"
    ):
        furniture.decompose()
    assert len(article.get_text(" ").split()) <= MOST_WORDS
