"""make watch in a browser: a page follows its builds, and says why one has failed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.site.conftest import Reader
from tightrope.publish import reload, serve

PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'"></head>
<body><p>The {} text</p></body></html>"""


@pytest.fixture
def watched(tmp_path: Path, reader: Reader) -> Iterator[tuple[Path, reload.News, Reader]]:
    """A page with the strictest policy, opened while it is being written."""
    page = tmp_path / "index.html"
    page.write_text(PAGE.format("first"))
    news = reload.News()
    with serve.server(tmp_path, 0, partial(reload.Handler, news=news)) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=(0.01,))
        thread.start()
        reader.page.goto(f"http://127.0.0.1:{serving.server_address[1]}/")
        yield page, news, reader
        reader.page.goto("about:blank")
        serving.shutdown()
        thread.join()


def test_a_page_loads_itself_anew_after_a_build(
    watched: tuple[Path, reload.News, Reader],
) -> None:
    page, news, reader = watched
    page.write_text(PAGE.format("second"))
    news.built()
    expect(reader.page.get_by_text("The second text")).to_be_visible()


def test_a_failed_build_is_a_bar_at_the_top_until_one_succeeds(
    watched: tuple[Path, reload.News, Reader],
) -> None:
    _, news, reader = watched
    news.failed("events.csv:3: no such deal")
    bar = reader.page.get_by_role("alert")
    expect(bar).to_have_text("events.csv:3: no such deal")
    expect(bar).to_have_css("background-color", "rgb(138, 28, 28)")
    assert bar.bounding_box() is not None
    news.built()
    expect(bar).to_have_count(0)
    expect(reader.page.get_by_text("The first text")).to_be_visible()
