"""The Chromium of the tests, for a bench: without one, a bench ends and says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

from tests import browsers


@contextmanager
def started() -> Iterator[Browser]:
    """A headless browser that can reach no other host; SystemExit with a reason if none starts."""
    with sync_playwright() as playwright:
        program = browsers.installed() or playwright.chromium.executable_path
        try:
            browser = playwright.chromium.launch(executable_path=program, args=[*browsers.OPTIONS])
        except Error as error:
            reason = error.message.splitlines()[0]
            raise SystemExit(f"{program} does not start ({reason}); {browsers.HINT}") from None
        yield browser
        browser.close()
