"""What the benches of the pages make of what browsers say; the browsers themselves are not asked."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from bench.pages import __main__ as pages
from bench.pages import browsers, lighthouse, processor, server
from bench.pages.loading import Load, middle

FINE = Load(transfer=90, requests=12, external=0, paint=1.2, shift=0, blocking=40)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site" / "chapters").mkdir(parents=True)
    (tmp_path / "site" / "chapters" / "runway.html").write_text("<head><script src='a.js'>")
    return tmp_path / "site"


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with server.serving(site) as own:
        yield f"{own}chapters/runway.html"


def found(kind: str, **figures: float) -> pages.Found:
    load = Load(**(vars(FINE) | figures))
    return {kind: {"book": {"phone": load, "desk": FINE}}}


def test_a_page_is_compressed_for_those_that_take_it(address: str) -> None:
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.read()) == b"<head><script src='a.js'>"


def test_a_page_is_sent_as_it_is_to_those_that_do_not(address: str) -> None:
    with urlopen(address) as answer:
        assert answer.read() == b"<head><script src='a.js'>"


def test_each_figure_has_a_median_of_its_own() -> None:
    one, other = Load(1, 9, 0, 3, 0, 5), Load(2, 8, 0, 2, 0, 6)
    assert middle([one, other, Load(3, 7, 0, 1, 0, 7)]) == Load(2, 8, 0, 2, 0, 6)


@pytest.mark.parametrize(
    ("marks", "runs", "mark"),
    [
        ([0.98, 1, 0.99], 3, 0.99),
        ([0.9, 0.97, 0.95], 3, 0.95),
        ([1, 0.9, 1, 0.97, 0.98], 5, 0.98),
    ],
)
def test_lighthouse_reads_a_page_until_its_median_is_decided(
    marks: list[float], runs: int, mark: float
) -> None:
    left = [lighthouse.MUST | {"performance": one} for one in reversed(marks)]
    assert lighthouse.middle(left.pop) == lighthouse.MUST | {"performance": mark}
    assert len(marks) - len(left) == runs


def test_a_figure_beyond_its_limit_is_named_with_page_and_limit() -> None:
    slow = found("dossier", blocking=90)
    assert [*pages.missed(slow)] == [
        "dossier (partners/microsoft): blocking, phone, ms 90, must 80"
    ]


def test_only_a_chapter_has_a_limit_of_what_it_loads() -> None:
    assert [*pages.missed(found("documents", transfer=500))] == []
    assert [*pages.missed(found("chapter", transfer=500))] == [
        "chapter (chapters/whose-money): kB, gzip 500, must 120"
    ]


def test_a_page_that_the_default_build_has_not_stands_alone_in_its_row() -> None:
    *_, row = pages.table(found("deals")).splitlines()
    assert row == "| deals | 90 | 12 | 0 | 1.20 | 0.000 | 40 | 1.20 | 40 |"


def test_the_hook_comes_first_and_the_site_itself_is_not_touched(
    site: Path, tmp_path: Path
) -> None:
    copy = browsers.copied(site, tmp_path / "copy", ["chapter with a live chart"])
    text = (copy / "chapters" / "runway.html").read_text(encoding="utf-8")
    assert text == "<head><script src=\"../hook.js\"></script><script src='a.js'>"
    assert "hook" not in (site / "chapters" / "runway.html").read_text(encoding="utf-8")


class Tab:
    """A browser with one answer for all pages."""

    name = "Browser 1"

    def __init__(self, said: dict[str, Any], fits: bool = True) -> None:
        self._said, self._fits = said, fits

    def open(self, address: str, width: int) -> None:
        pass

    def answer(self, script: str) -> Any:
        return self._fits if script == browsers._FITS else self._said


SAID = {"formulas": None, "search": None, "panel": True, "chart": None, "console": True}
ROOTS = {"from a server": "http://127.0.0.1/", "from a disk": "file:///"}


def test_a_page_on_which_all_is_well_has_no_word_but_yes() -> None:
    assert [*browsers.rows(Tab(SAID), ROOTS, ["chapter"])] == [
        ("| Browser 1 | chapter | yes | – | – | yes | – | yes |", True)
    ]


def test_a_fault_is_told_with_the_place_of_the_page() -> None:
    ((row, well),) = browsers.rows(Tab(SAID | {"console": "x is no name"}), ROOTS, ["chapter"])
    assert (row.split(" | ")[-1], well) == ("from a server: x is no name |", False)


def test_sideways_scrolling_is_told_with_the_width() -> None:
    ((row, well),) = browsers.rows(Tab(SAID, fits=False), ROOTS, ["chapter"])
    assert ("| at 320 px |" in row, well) == (True, False)


@pytest.mark.parametrize(("index", "times"), [(1750, 4), (875, 2), (437.5, 1), (200, 1), (3000, 4)])
def test_a_slow_machine_slows_less_so_that_the_phone_is_the_same(
    index: float, times: float
) -> None:
    assert processor.phone(index).slower == times
