"""What a reader may come with, on every kind of page: a finger, keys, no script, paper, a large type."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import accessibility, opening
from .conftest import SITE, Reader
from .kinds import KINDS
from .opening import PANEL

PAPER = 673
"""Pixels between the margins of A4: 210 mm without twice 16 mm."""
TABS = 60
DEAD = "button, input, select, textarea, [role=button]"

# What a screen scrolls is lost on paper.
CUT_OFF = """() => {
  const width = document.documentElement.clientWidth
  const isLost = element => {
    const { right, width: own } = element.getBoundingClientRect()
    const scrolls = getComputedStyle(element).overflowX !== "visible"
    return own > 1 && (right > width + 1
      || scrolls && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
  }
  return [...document.querySelectorAll("body *:not(svg *, .visually-hidden)")]
    .filter(element => element.checkVisibility({ visibilityProperty: true }) && isLost(element))
    .map(element => element.outerHTML.slice(0, 120))
}"""
# The line of a deal or of sources says what there is; any other would print a promise to open.
CLOSED = "details:not([open], .deal, .figure-source)"

WITH_ALL = ("at a glance", "chapter with a live chart", "dossier", "deals", "status")
"""Kinds that have between them what opens and every template; axe takes seconds for a page."""

every_kind = pytest.mark.parametrize("kind", KINDS)
with_numbers = pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind, page in KINDS.items()
        if (SITE / f"{page}.html").is_file()
        and 'class="fact"' in (SITE / f"{page}.html").read_text(encoding="utf-8")
    ],
)


def address_of(kind: str) -> str:
    return f"{KINDS[kind]}.html"


@pytest.fixture
def touched_phone(_readers: Callable[..., Reader]) -> Reader:
    return _readers("touched phone", viewport={"width": 320, "height": 640}, has_touch=True)


@pytest.fixture
def enlarged(_readers: Callable[..., Reader]) -> Reader:
    """A desk of 1280 x 900 pixels at 200 %."""
    return _readers("enlarged", viewport={"width": 640, "height": 450}, device_scale_factor=2)


@every_kind
def test_at_twice_the_size_a_page_stays_within_the_window_and_its_menu_opens(
    kind: str, enlarged: Reader, server: str
) -> None:
    page = enlarged.open(server + address_of(kind))
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.locator(".bd-main h1").first.is_visible()
    page.locator(".primary-toggle").click()
    page.locator("dialog[open] nav a").first.wait_for()


@every_kind
def test_on_paper_nothing_is_cut_off_and_no_fold_is_left_closed(
    kind: str, _readers: Callable[..., Reader], server: str
) -> None:
    paper = _readers("paper", viewport={"width": PAPER, "height": 950})
    page = paper.open(server + address_of(kind))
    page.emulate_media(media="print")
    assert page.evaluate(CUT_OFF) == []
    assert page.locator(CLOSED).filter(visible=True).count() == 0


@every_kind
def test_without_javascript_a_page_is_whole_and_shows_no_control_that_does_nothing(
    kind: str, scriptless: Reader, server: str
) -> None:
    page = scriptless.open(server + address_of(kind))
    assert page.locator(".bd-main h1").first.is_visible()
    assert page.locator(".bd-sidebar-primary nav a").first.is_visible()
    assert page.locator(DEAD).filter(visible=True).count() == 0
    for figure in page.locator(".figure-twin").all()[:1]:
        assert figure.locator(".figure-wide > svg").is_visible()


def test_without_javascript_the_contents_follow_the_page_on_a_phone(
    _readers: Callable[..., Reader], server: str
) -> None:
    phone = _readers(
        "scriptless phone", viewport={"width": 320, "height": 640}, java_script_enabled=False
    )
    page = phone.open(f"{server}partners/disney.html")
    contents, text = (page.locator(name) for name in (".bd-sidebar-primary", "article"))
    below, above = contents.bounding_box(), text.bounding_box()
    assert below and above
    assert above["y"] + above["height"] <= below["y"]
    assert contents.locator("nav a").last.is_visible()


@with_numbers
def test_keys_alone_lead_to_the_first_number_and_into_and_out_of_its_panel(
    kind: str, reader: Reader, server: str
) -> None:
    page = reader.open(server + address_of(kind))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.skip-link') !== null")
    page.keyboard.press("Enter")
    number = opening.first_number(page)
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if number.evaluate("number => number === document.activeElement"):
            break
    page.locator(PANEL).wait_for()
    page.keyboard.press("Enter")
    page.locator(f"{PANEL}:focus").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(PANEL).count() == 0
    assert number.evaluate("number => number === document.activeElement")


@with_numbers
def test_a_tap_opens_a_number_within_the_width_of_a_phone(
    kind: str, touched_phone: Reader, server: str
) -> None:
    page = touched_phone.open(server + address_of(kind))
    opening.first_number(page).tap()
    page.locator(PANEL).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    "kind",
    [kind if kind in WITH_ALL else pytest.param(kind, marks=pytest.mark.matrix) for kind in KINDS],
)
def test_on_a_phone_with_panel_and_chart_open_a_page_has_no_accessibility_fault(
    kind: str, touched_phone: Reader, server: str
) -> None:
    page = touched_phone.open(server + address_of(kind))
    opening.open_all(page)
    assert accessibility.faults(page) == []
    page.emulate_media(color_scheme="dark")
    page.locator('html[data-theme="dark"]').wait_for(state="attached")
    assert accessibility.faults_of_colours(page) == []
