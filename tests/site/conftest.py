"""The built site, a server for it, and a browser that can reach nothing else."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, sync_playwright

from ..browsers import started
from ..sharing import folder_of_run

ROOT = Path(__file__).parents[2]
SITE = Path(os.environ.get("TIGHTROPE_SITE", ROOT / "_build" / "book" / "site")).resolve()
_ALL = sorted(str(file.relative_to(SITE)) for file in SITE.rglob("*.html"))
EMBEDDED = [name for name in _ALL if name.startswith("figures/")]
"""Figures on pages of their own, for other people's sites; all are made from one template."""
PAGES = [name for name in _ALL if name not in EMBEDDED]
ALIKE = (
    "partners/",
    "reference/deal-catalogue/",
    "reference/facts/",
    "reference/sources/",
    "scenarios/",
)
"""Folders whose pages are made from one template each."""


def _others(folder: str) -> list[str]:
    """The pages of a folder without the two longest, which tell for all that are built alike."""
    pages = [name for name in PAGES if name.startswith(folder)]
    return sorted(pages, key=lambda name: (SITE / name).stat().st_size)[:-2]


def matrix(name: str) -> pytest.ParameterSet:
    """A page that `make test-all` alone shows."""
    return pytest.param(name, marks=pytest.mark.matrix)


_LEFT = {name for folder in ALIKE for name in _others(folder)}
SHOWN = [matrix(name) if name in _LEFT else name for name in PAGES]
"""All pages; those that are built as others are shown by `make test-all` alone."""


@cache
def soup(name: str) -> BeautifulSoup:
    return BeautifulSoup((SITE / name).read_text(encoding="utf-8"), "html.parser")


def first_page_with(selector: str) -> str:
    for name in PAGES:
        if soup(name).select_one(selector):
            return name
    pytest.fail(f"no page of {SITE} has {selector}")


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(autouse=True)
def _untraced(no_cover: None) -> None:
    """Another process made the site: to trace its tests tells nothing of the package."""


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(SITE)))
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}/"
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    shared = folder_of_run(tmp_path_factory)
    with sync_playwright() as playwright, started(playwright, shared) as browser:
        yield browser


class Reader:
    """One tab, and what its page asked for and printed since it was opened."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.page: Page = browser.new_context(reduced_motion="reduce", **options).new_page()
        self.page.set_default_timeout(10_000)
        self.asked: list[str] = []
        self.printed: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.printed.append(message.text))
        self.page.on("pageerror", lambda error: self.printed.append(str(error)))

    def open(self, address: str) -> Page:
        self.page.goto("about:blank")
        self.asked.clear()
        self.printed.clear()
        self.page.emulate_media(media="screen", color_scheme="light")
        self.page.goto(address)
        return self.page


@pytest.fixture(scope="session")
def _readers(browser: Browser) -> Callable[..., Reader]:
    kept: dict[str, Reader] = {}

    def reader(name: str, **options: Any) -> Reader:
        if name not in kept:
            kept[name] = Reader(browser, **options)
        return kept[name]

    return reader


@pytest.fixture
def reader(_readers: Callable[..., Reader]) -> Iterator[Reader]:
    """A reader at a desk; starts without a remembered theme."""
    desk = _readers("desk", viewport={"width": 1280, "height": 900})
    yield desk
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    if desk.page.url.startswith(("http", "file")):
        desk.page.evaluate("localStorage.clear()")


@pytest.fixture
def phone(_readers: Callable[..., Reader]) -> Reader:
    return _readers("phone", viewport={"width": 320, "height": 640})


@pytest.fixture
def scriptless(_readers: Callable[..., Reader]) -> Reader:
    return _readers(
        "scriptless", viewport={"width": 1280, "height": 900}, java_script_enabled=False
    )
