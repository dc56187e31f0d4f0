"""What holds for every page of the site, as a browser shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from . import accessibility
from .conftest import EMBEDDED, PAGES, SHOWN, SITE, Reader, first_page_with, matrix, soup
from .kinds import KINDS

every_page = pytest.mark.parametrize("name", SHOWN)
IN_DARK = [
    name if name in {f"{page}.html" for page in KINDS.values()} else matrix(name) for name in PAGES
]
"""Dark differs in colours alone, which all pages of a kind share: `make test-all` shows the rest."""

# What is folded is tested too; code is one palette, and one page tells (see below).
UNFOLD = "what => document.querySelectorAll(what).forEach(fold => { fold.open = true })"
# Of long lists, whose items are all built alike, the first dozen tell.
TEXT = "details:not(.hide, .deal:nth-child(n+13), tr:nth-child(n+13) *, :has(li:nth-child(13)))"
CODE = "details.hide"
INPUTS = ".figure-controls:not(.web-controls)"
TOO_SMALL = """() => {
  const small = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue
    if (element.closest("script, style, .visually-hidden, .sd-hide-link-text")) continue
    const svg = element.closest("svg")
    const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1
    const size = parseFloat(getComputedStyle(element).fontSize) * scale
    if (size < 11.95) small.push(`${walker.currentNode.textContent.trim()} (${size.toFixed(1)})`)
  }
  return small
}"""


@dataclass(frozen=True)
class Opened:
    """A page as it was once it had loaded: what it had asked for and printed by then."""

    page: Page
    asked: list[str]
    printed: list[str]


@pytest.fixture(scope="module", params=SHOWN)
def opened(request: pytest.FixtureRequest, _readers: Callable[..., Reader], server: str) -> Opened:
    """A page of the site at a desk; its tests follow each other, so that it is loaded once."""
    desk = _readers("page by page", viewport={"width": 1280, "height": 900})
    page = desk.open(server + request.param)
    return Opened(page, [*desk.asked], [*desk.printed])


def test_the_site_is_built() -> None:
    assert (SITE / "index.html").is_file(), f"no site in {SITE}; run `make book` first"


def test_a_page_asks_no_other_host_and_prints_nothing_to_the_console(
    opened: Opened, server: str
) -> None:
    assert [url for url in opened.asked if not url.startswith((server, "data:"))] == []
    assert opened.printed == []


def test_a_page_has_no_accessibility_fault(opened: Opened) -> None:
    opened.page.evaluate(UNFOLD, TEXT)
    assert accessibility.faults(opened.page) == []


@pytest.mark.parametrize("opened", IN_DARK, indirect=True)
def test_a_page_has_no_fault_of_colours_in_the_dark(opened: Opened) -> None:
    page = opened.page
    page.evaluate(UNFOLD, TEXT)
    page.emulate_media(color_scheme="dark")
    # The theme follows the system a moment later.
    page.locator('html[data-theme="dark"]').wait_for(state="attached")
    assert accessibility.faults_of_colours(page) == []


def test_one_faint_text_among_many_that_are_built_alike_is_found(
    reader: Reader, server: str
) -> None:
    page = reader.open(server + max(PAGES, key=lambda name: len(soup(name).select(".fact-card"))))
    cards = page.locator(".fact-card")
    cards.nth(cards.count() - 2).evaluate("card => { card.style.color = '#ccc' }")
    assert "color-contrast" in " ".join(accessibility.faults_of_colours(page))


@every_page
def test_a_page_works_from_a_disk(name: str, reader: Reader) -> None:
    reader.open((SITE / name).as_uri())
    assert [url for url in reader.asked if not url.startswith((SITE.as_uri(), "data:"))] == []
    assert reader.printed == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_code_and_live_charts_have_no_accessibility_fault(
    theme: str, reader: Reader, server: str
) -> None:
    page = reader.open(server + first_page_with(f"body:has({CODE}) {INPUTS}"))
    page.emulate_media(color_scheme=theme)
    page.locator(f'html[data-theme="{theme}"]').wait_for(state="attached")
    page.evaluate(UNFOLD, CODE)
    page.locator(f"{INPUTS} input").first.focus()
    page.locator(".figure-chart svg").first.wait_for()
    assert accessibility.faults(page) == []


@every_page
def test_a_page_fits_a_phone_in_letters_of_12_pixels_or_more(
    name: str, phone: Reader, server: str
) -> None:
    page = phone.open(server + name)
    page.evaluate(UNFOLD, "details")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("name", EMBEDDED[:2])
def test_a_figure_on_a_page_of_its_own_is_sound_and_leads_to_its_page(
    name: str, phone: Reader, server: str
) -> None:
    page = phone.open(server + name)
    assert accessibility.faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    link = page.get_by_role("link").get_attribute("href")
    identity = name.removeprefix("figures/").removesuffix(".html")
    assert str(link).endswith(f".html#fig-{identity}")
