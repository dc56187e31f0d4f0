"""The server of a site that is being written: what it adds to pages, and that no file has it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tightrope.publish import reload, serve

PAGE = "<html><head><title>A page</title></head><body>The book</body></html>"


class Watched(NamedTuple):
    """A site that is served while it is written."""

    site: Path
    news: reload.News
    address: str

    def asked(self, path: str) -> str:
        with urlopen(f"{self.address}{path}") as answer:
            return str(answer.read().decode())


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    site = tmp_path / "site"
    (site / "chapters").mkdir(parents=True)
    (site / "index.html").write_text(PAGE)
    (site / "chapters" / "toy.html").write_text(PAGE)
    (site / "style.css").write_text("body {}")
    news = reload.News()
    with serve.server(site, 0, partial(reload.Handler, news=news)) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=(0.01,))
        thread.start()
        yield Watched(site, news, f"http://127.0.0.1:{serving.server_address[1]}")
        serving.shutdown()
        thread.join()


@pytest.mark.parametrize("path", ["/", "/index.html", "/chapters/toy.html?a=b"])
def test_a_page_is_sent_with_the_script_and_the_number_of_its_build(
    watched: Watched, path: str
) -> None:
    watched.news.built()
    tag = '<script defer src="/_watch.js?1"></script>'
    assert watched.asked(path) == PAGE.replace("</head>", f"{tag}</head>")


def test_no_file_of_the_site_has_the_script(watched: Watched) -> None:
    watched.asked("/")
    assert (watched.site / "index.html").read_text() == PAGE
    assert [path.name for path in watched.site.rglob("*watch*")] == []


def test_other_files_are_sent_as_they_are(watched: Watched) -> None:
    assert watched.asked("/style.css") == "body {}"


def test_no_answer_is_kept_by_a_browser(watched: Watched) -> None:
    for path in ("/", "/style.css", "/_watch.json", "/_watch.js"):
        with urlopen(f"{watched.address}{path}") as answer:
            assert answer.headers["Cache-Control"] == "no-store"


def test_a_failed_build_is_told_until_one_succeeds(watched: Watched) -> None:
    watched.news.built()
    watched.news.failed("events.csv:3: no")
    assert json.loads(watched.asked("/_watch.json")) == {"built": 1, "fault": "events.csv:3: no"}
    watched.news.built()
    assert json.loads(watched.asked("/_watch.json")) == {"built": 2, "fault": ""}


def test_a_page_that_is_not_there_is_not_found(watched: Watched) -> None:
    with pytest.raises(HTTPError, match="404"):
        watched.asked("/chapters/none.html")


def test_before_the_first_build_there_is_a_page_that_waits(watched: Watched) -> None:
    (watched.site / "index.html").unlink()
    assert "Not built yet" in watched.asked("/")
    assert "/_watch.js?0" in watched.asked("/")
