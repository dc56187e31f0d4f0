"""What a page opens in place: the panel of a number, a live chart."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

NUMBER = ".bd-article a.fact"
PANEL = ".number-panel"
INPUTS = ".figure-controls:not(.web-controls) input"
LIVE = ".figure-chart svg"


def first_number(page: Page) -> Locator:
    """The first number that is not in a closed fold."""
    return page.locator(NUMBER).filter(visible=True).first


def open_all(page: Page) -> None:
    """Draw the first live chart and open the first number, where the page has them."""
    if page.locator(INPUTS).count():
        page.locator(INPUTS).first.focus()
        page.locator(LIVE).first.wait_for()
    if first_number(page).count():
        first_number(page).click()
        page.locator(f"{PANEL} .number-all").wait_for()
