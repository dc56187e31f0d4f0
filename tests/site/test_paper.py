"""The book on paper: what `make pdf` prints, of a few pages and, with the matrix, of all."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import Destination

from tightrope.copies import contents, paging, pdf, whole

from ..browsers import WITHOUT
from .conftest import SITE

FEW = (
    "index",
    "chapters/core-deal",
    "chapters/web-of-partners",
    "partners/microsoft",
    "reference/glossary",
)
LOW = 120
"""What stands lower on a page, in points from its lower edge, may be its last line."""


@pytest.fixture(
    scope="module",
    params=["some pages", pytest.param("the whole book", marks=pytest.mark.matrix)],
)
def site(request: pytest.FixtureRequest) -> contents.Site:
    built = contents.read(SITE)
    few = tuple(leaf for leaf in built.leaves if leaf.id in FEW)
    return replace(built, leaves=few) if request.param == "some pages" else built


@pytest.fixture(scope="module")
def document(site: contents.Site) -> str:
    return whole.document(site, "Somebody")


@pytest.fixture(scope="module")
def content(browser: Browser, document: str, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    # The fixture `browser` leaves the test out where there is none.
    try:
        program = pdf.able()
    except ValueError as error:
        pytest.skip(f"{WITHOUT}{error}")
    return pdf.printed(program, document, tmp_path_factory.mktemp("paper"))


@pytest.fixture(scope="module")
def book(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


@pytest.fixture(scope="module")
def texts(book: PdfReader) -> list[str]:
    return [page.extract_text() for page in book.pages]


def bookmarks(entries: list[Any], level: int = 1) -> Iterator[tuple[int, Destination]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from bookmarks(entry, level + 1)
        else:
            yield level, entry


def links(book: PdfReader, page: int) -> Iterator[Any]:
    for one in book.pages[page].get("/Annots", []):
        if one.get_object().get("/Subtype") == "/Link":
            yield one.get_object()


def plain(text: str) -> str:
    """Text without blanks and, as a print has them, without letters that are drawn as one."""
    return re.sub(r"\s+", "", normalize("NFKC", text))


def in_print(site: contents.Site) -> list[contents.Leaf]:
    return [leaf for leaf in site.leaves if leaf.id not in whole.LEFT_OUT]


def test_its_bookmarks_are_the_headlines_of_its_pages(site: contents.Site, book: PdfReader) -> None:
    told = [entry.title for level, entry in bookmarks(book.outline) if level == 1]
    assert list(map(plain, told)) == [
        "Contents",
        *(plain(leaf.headline) for leaf in in_print(site)),
    ]


def test_its_contents_lead_to_the_page_of_each(site: contents.Site, book: PdfReader) -> None:
    starts = [
        book.get_destination_page_number(entry)
        for level, entry in bookmarks(book.outline)
        if level == 1
    ]
    places = book.named_destinations
    of_contents = [one for page in range(starts[0], starts[1]) for one in links(book, page)]
    led = [
        book.get_destination_page_number(places[one["/Dest"]])
        for one in of_contents
        if "/Dest" in one
    ]
    # A line that breaks has a link for each part.
    assert list(dict.fromkeys(led)) == starts[1:]
    assert len(of_contents) >= len(in_print(site))


def test_every_line_of_its_contents_names_the_page_that_its_heading_is_printed_on(
    site: contents.Site, book: PdfReader, texts: list[str]
) -> None:
    first = book.get_destination_page_number(book.outline[1])
    lines = [line for text in texts[1:first] for line in text.splitlines()]
    for leaf in in_print(site):
        title = "First page" if leaf.id == "index" else leaf.title
        beside = "" if leaf.headline == title else plain(leaf.headline)
        entry = re.compile(re.escape(plain(title) + beside) + r"(\d+)")
        found = [told[1] for line in lines if (told := entry.fullmatch(plain(line)))]
        assert len(found) == 1, leaf.id
        number = int(found[0])
        printed = texts[number - 1]
        assert plain(leaf.headline) in plain(printed), f"{leaf.id} is not on page {number}"
        assert f"{number}The Tightrope ·" in printed


def test_title_and_number_of_a_line_of_its_contents_are_links(
    site: contents.Site, book: PdfReader
) -> None:
    first = book.get_destination_page_number(book.outline[1])
    led = [one["/Dest"] for page in range(1, first) for one in links(book, page)]
    for leaf in in_print(site):
        assert led.count(f"/{whole.prefix(leaf.id)}") >= 2, leaf.id


def test_every_link_within_it_has_its_place(book: PdfReader) -> None:
    wanted = {
        one["/Dest"]
        for page in range(len(book.pages))
        for one in links(book, page)
        if "/Dest" in one
    }
    assert wanted - set(book.named_destinations) == set()


def test_no_link_leads_to_a_disk(book: PdfReader) -> None:
    addresses = {
        one["/A"].get_object().get("/URI", "")
        for page in range(len(book.pages))
        for one in links(book, page)
        if "/A" in one
    }
    assert {one for one in addresses if not one.startswith(("http", "mailto"))} == set()


def test_every_page_but_the_cover_has_its_number(book: PdfReader) -> None:
    last = len(book.pages)
    for number in {2, 3, last // 2, last}:
        assert f"{number}The Tightrope ·" in book.pages[number - 1].extract_text()
    assert "1The Tightrope" not in book.pages[0].extract_text()


def test_no_heading_is_the_last_line_of_a_page(book: PdfReader) -> None:
    found = []
    for _, entry in bookmarks(book.outline):
        if float(entry.top or 0) < LOW:
            number = book.get_destination_page_number(entry)
            # The browser writes the margins first.
            if plain(book.pages[number].extract_text()).endswith(plain(entry.title)):
                found.append(f"{number + 1}: {entry.title}")
    assert found == []


def test_no_table_begins_on_another_page_than_what_its_heading_says_of_it(
    site: contents.Site, texts: list[str]
) -> None:
    pressed = [plain(text) for text in texts]
    opening = re.compile(
        r"<h[234]>((?:(?!</h).)*)</h[234]>\s*<p>((?:(?!</p>).)*)</p>\s*"
        r'(?:<div[^>]*>\s*)*<table class="data-table">\s*<caption>(.*?)</caption>.*?'
        r"<tbody>\s*<tr>(.*?)</tr>",
        re.S,
    )
    found = 0
    for leaf in in_print(site):
        for match in opening.finditer(leaf.article):
            heading, said, caption, row = (plain(contents.text_of(one)) for one in match.groups())
            pages = {number for number, text in enumerate(pressed) if caption in text}
            if not pages:  # the table of a figure, which paper leaves out
                continue
            assert any(
                all(one in pressed[number] for one in (heading, said[-20:], row[:20]))
                for number in pages
            ), f"{leaf.id}: {caption}"
            found += 1
    assert found


def test_no_figure_is_an_image(content: bytes) -> None:
    assert content.count(b"/Subtype /Image") == 0


@pytest.mark.parametrize("site", ["some pages"], indirect=True)
def test_it_has_the_same_bytes_when_it_is_printed_again(
    site: contents.Site, document: str, content: bytes, tmp_path: Path
) -> None:
    assert pdf.printed(pdf.able(), document, tmp_path) == content


@pytest.mark.matrix
@pytest.mark.parametrize("site", ["the whole book"], indirect=True)
def test_the_whole_book_has_more_than_40_pages_in_at_most_15_megabytes(
    site: contents.Site, book: PdfReader, content: bytes
) -> None:
    assert len(book.pages) > 40
    assert len(content) <= 15_000_000


def test_every_figure_fits_on_a_page(document: str, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "whole.html"
    file.write_text(document, encoding="utf-8")
    # A4 without its margins, at 96 points an inch.
    page = browser.new_page(viewport={"width": 658, "height": 975}, java_script_enabled=False)
    page.emulate_media(media="print")
    page.goto(file.as_uri())
    heights = page.eval_on_selector_all(
        "figure.figure-twin", "all => all.map(one => [one.id, one.getBoundingClientRect().height])"
    )
    page.close()
    assert heights
    assert [one for one in heights if one[1] > 975] == []


def test_without_a_browser_one_line_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pdf.browser, "installed", lambda: None)
    last = tmp_path / "book.pdf"
    last.write_bytes(b"the last one")
    assert pdf.main(["--site", str(SITE), "--out", str(last)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("no Chromium or Chrome to print with: install Chromium or Chrome, or")
    assert "the last PDF stays as it was" in said
    assert last.read_bytes() == b"the last one"


def test_contents_that_would_name_wrong_pages_are_not_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printed = iter([{"index": 3}, {"index": 4}])
    monkeypatch.setattr(pdf, "_print", lambda *_: b"")
    monkeypatch.setattr(paging, "pages_of", lambda _: next(printed))
    with pytest.raises(pdf.PrintError, match="the contents would name wrong pages"):
        pdf.printed("chromium", "<head></head>", tmp_path)


def test_a_print_that_tells_no_pages_is_refused() -> None:
    with pytest.raises(PyPdfError):
        paging.pages_of(b"%PDF-1.4\n%%EOF")


def test_an_old_browser_is_named_with_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = tmp_path / "chromium"
    old.write_text("#!/bin/sh\necho Chromium 120.0.6099.224\n")
    old.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(old))
    with pytest.raises(ValueError, match=r"is version 120; 131 or newer prints page numbers"):
        pdf.able()
