"""What holds for the files of the site; no browser is needed."""

from __future__ import annotations

import gzip
import json
import re
from codecs import BOM_UTF8
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from .conftest import PAGES, SITE, soup

NOTEBOOKS = sorted(str(file.relative_to(SITE)) for file in SITE.rglob("*.ipynb"))
every_page = pytest.mark.parametrize("name", PAGES)
every_notebook = pytest.mark.parametrize("name", NOTEBOOKS)
PAID = ("Paid", "Known to be paid", "Known to be paid out")
"""Heads of columns in which a zero would claim a payment of nothing."""
BUDGET = 200_000
"""Bytes, compressed, that a page may cost before a reader touches it."""
LARGEST = 400_000
"""Bytes of HTML that a page may have."""


def _addresses(name: str, *kinds: tuple[str, str]) -> list[str]:
    found = [
        tag[key] for tag_name, key in kinds for tag in soup(name).find_all(tag_name, **{key: True})
    ]
    return [address for address in found if not urlsplit(address).scheme]


def _file(name: str, address: str) -> Path:
    path = unquote(urlsplit(address).path)
    return (SITE / name).parent / path if path else SITE / name


@cache
def _anchors(name: str) -> set[str]:
    """What an address can end in: every id of the page, and the names of its anchors."""
    found = {str(tag["id"]) for tag in soup(name).find_all(id=True)}
    return found | {str(tag["name"]) for tag in soup(name).find_all("a", attrs={"name": True})}


@every_page
def test_every_internal_link_and_anchor_of_a_page_works(name: str) -> None:
    broken = []
    for address in _addresses(
        name, ("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")
    ):
        file, anchor = _file(name, address).resolve(), unquote(urlsplit(address).fragment)
        if not file.is_file():
            broken.append(address)
        elif file.suffix == ".html" and anchor:
            page = str(file.relative_to(SITE))
            broken += [address] if anchor not in _anchors(page) else []
    assert sorted(set(broken)) == []


def _texts(name: str) -> list[str]:
    cells = json.loads((SITE / name).read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]


@every_notebook
def test_every_link_of_a_download_works_from_its_place_in_the_site(name: str) -> None:
    found = re.findall(r'\]\(([^)]*)\)|href="([^"]*)"', "\n".join(_texts(name)))
    broken = []
    for address in (markdown or html for markdown, html in found):
        if urlsplit(address).scheme or address.startswith("#"):
            continue
        file, anchor = _file(name, address).resolve(), unquote(urlsplit(address).fragment)
        if not file.is_file() or (anchor and anchor not in _anchors(str(file.relative_to(SITE)))):
            broken.append(address)
    assert broken == []


@every_notebook
def test_a_download_has_no_sign_that_only_sphinx_reads(name: str) -> None:
    text = re.sub(r"```.*?```", "", "\n".join(_texts(name)), flags=re.DOTALL)
    assert re.findall(r"\{[a-z:]+\}`|^:::|^\([a-z-]+\)=$|\[\[", text, re.MULTILINE) == []


@pytest.mark.parametrize("name", ["methods", "methods-runway", "methods-losses"])
def test_a_download_cites_as_its_page_does(name: str) -> None:
    page = soup(f"reference/{name}.html")
    cited = [tag.get_text() for tag in page.select(".bibtex-citation")]
    text = "\n".join(_texts(f"notebooks/reference/{name}.ipynb"))
    assert cited
    assert [one for one in cited if one not in text] == []


@every_page
def test_ids_are_unique_on_a_page(name: str) -> None:
    ids = [tag["id"] for tag in soup(name).find_all(id=True)]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


@every_page
def test_a_page_is_light(name: str) -> None:
    loaded = {_file(name, a) for a in _addresses(name, ("script", "src"))}
    # A lazy picture in a fold is asked for when a reader opens the fold.
    loaded |= {
        _file(name, image["src"])
        for image in soup(name).find_all("img", src=True)
        if not (image.get("loading") == "lazy" and image.find_parent("details", open=False))
    }
    loaded |= {_file(name, tag["href"]) for tag in soup(name).select("link[rel=stylesheet]")}
    weight = sum(len(gzip.compress(file.read_bytes())) for file in {SITE / name, *loaded})
    assert weight <= BUDGET


@every_page
def test_the_html_of_a_page_is_small(name: str) -> None:
    assert (SITE / name).stat().st_size <= LARGEST


@every_page
def test_every_figure_has_pictures_that_can_be_read_aloud_a_table_and_downloads(name: str) -> None:
    for figure in soup(name).select(".figure-twin"):
        for size in ("wide", "narrow"):
            assert figure.select(f".figure-{size} svg"), f"{figure['id']}: {size}"
        pictures = figure.select(".figure-stage svg")
        for picture in pictures:
            assert picture["role"] == "img"
            for key in ("aria-labelledby", "aria-describedby"):
                assert picture.find(id=picture[key]).get_text(strip=True), f"{figure['id']}: {key}"
        assert figure.select(".figure-table table caption"), figure["id"]
        assert figure.select(".figure-table table tbody tr"), figure["id"]
        downloads = [_file(name, link["href"]) for link in figure.select("a[download]")]
        assert {file.suffix for file in downloads} == {".csv", ".svg"}
        assert all(file.stat().st_size for file in downloads)


PAID_NOTHING = re.compile(
    r"""\bpaid"?:?\s*"?\$0(?![.,]?\d)|\$0 (?:(?:is|has|had|have|been|known|to|be) )*paid\b""",
    re.IGNORECASE,
)


@every_page
def test_no_page_says_that_nothing_was_paid_where_nothing_is_known(name: str) -> None:
    """In its text, its pictures and their descriptions, its tables and its live charts."""
    live = [
        SITE / "figures" / f"{figure['data-figure']}.js"
        for figure in soup(name).select("[data-figure]")
    ]
    texts = [soup(name).get_text(" "), *(one.read_text(encoding="utf-8") for one in live)]
    said = [
        match.group()
        for text in texts
        for match in PAID_NOTHING.finditer(re.sub(r"\s|\\u00a0", " ", text))
    ]
    assert said == []
    for table in soup(name).select("table"):
        heads = [head.get_text(strip=True) for head in table.select("thead th")]
        for row in table.select("tbody tr"):
            cells = [cell.get_text(strip=True) for cell in row.select("th, td")]
            silent = [h for h, c in zip(heads, cells, strict=False) if c == "$0" and h in PAID]
            assert silent == [], f"{table.caption}: {cells}"


@pytest.mark.parametrize(
    "text",
    [
        "paid $0",
        "Paid: $0",
        '"paid":"$0"',
        "$0 paid",
        "$0 known to be paid",
        "$0 is known to be paid",
    ],
)
def test_the_search_for_payments_of_nothing_finds_them(text: str) -> None:
    assert PAID_NOTHING.search(f"Of it {text}.")


@pytest.mark.parametrize("text", ["paid $0.5 bn", "paid: 30% gives $0", "$0 unpaid"])
def test_the_search_for_payments_of_nothing_finds_nothing_else(text: str) -> None:
    assert not PAID_NOTHING.search(text)


def test_github_pages_serves_the_folders_of_the_site() -> None:
    assert (SITE / ".nojekyll").is_file()


def test_every_csv_file_opens_in_a_spreadsheet_with_its_quotes_and_dashes() -> None:
    tables = list(SITE.rglob("*.csv"))
    assert {file.parent.name for file in tables} == {"data", "figures"}
    assert [file.name for file in tables if not file.read_bytes().startswith(BOM_UTF8)] == []


def test_the_site_has_figures_and_facts() -> None:
    assert any(soup(name).select(".figure-twin") for name in PAGES)
    assert any(soup(name).select("a.fact") for name in PAGES)
