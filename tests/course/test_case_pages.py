"""The handouts and notes as they lie in the packs, and as a browser prints them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader

from tightrope.course import keys, pack
from tightrope.course.cases import files
from tightrope.dealbook import Dealbook
from tightrope.paths import DATA
from tightrope.units import usd_bn

from ..browsers import started
from ..sharing import folder_of_run

HANDOUTS = {f"key/cases/{case}-{stage}.html" for case in ("case", "lucent") for stage in "abc"}
HANDOUTS |= {"key/cases/kasus-a-de.html", "cases/lucent-a.html"}
HANDOUTS -= {"key/cases/lucent-a.html"}
NOTES = {f"key/cases/{case}-{stage}-note.html" for case in ("case", "lucent") for stage in "abc"}


@pytest.fixture(scope="module")
def pages(unpacked: Path) -> dict[str, str]:
    held = [*unpacked.glob("key/cases/*"), *unpacked.glob("cases/*")]
    return {str(one.relative_to(unpacked)): one.read_text(encoding="utf-8") for one in held}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    shared = folder_of_run(tmp_path_factory)
    with sync_playwright() as playwright, started(playwright, shared) as found:
        yield found


def test_whoever_teaches_gets_all_handouts_and_notes_and_students_what_tells_nothing(
    book: Dealbook, pages: dict[str, str]
) -> None:
    assert set(pages) == HANDOUTS | NOTES
    assert set(files.files(book, DATA, False)) == {"cases/lucent-a.html"}
    assert files.files in pack.CONTENTS


def test_no_handout_of_the_students_has_a_sum_that_a_lab_asks_for(
    book: Dealbook, pages: dict[str, str]
) -> None:
    asked = [one for one in keys.answers(book) if one.unit == "USD billion" and one.value >= 10]
    sums = [usd_bn(float(one.value)).removeprefix("$") for one in asked]
    given = "".join(page for name, page in pages.items() if name.startswith("cases/"))
    held = "".join(pages.values())
    assert len([one for one in sums if one in held]) > 3
    assert [one for one in sums if f"${one}" in given or f"–{one}" in given] == []


@pytest.mark.parametrize("name", sorted(HANDOUTS | NOTES))
def test_a_page_needs_no_other_file(pages: dict[str, str], name: str) -> None:
    soup = BeautifulSoup(pages[name], "html.parser")
    assert soup.select("script, link, img, iframe, [src]") == []
    assert "url(http" not in pages[name]
    assert "{{" not in pages[name] and "nan" not in soup.get_text().split()
    assert soup.html is not None and soup.html["lang"] in ("en", "de")
    identities = [one["id"] for one in soup.select("[id]")]
    assert len(identities) == len(set(identities))


@pytest.mark.parametrize("name", sorted(HANDOUTS))
def test_a_handout_has_its_exhibits_roles_and_six_blanks(pages: dict[str, str], name: str) -> None:
    soup = BeautifulSoup(pages[name], "html.parser")
    captions = [one.get_text() for one in soup.select("figcaption")]
    numbers = [int(re.search(r"\d+", one)[0]) for one in captions]  # type: ignore[index]  # each has a number
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 6
    assert len(soup.select(".roles tr")) == 5
    assert all(len(row.get_text(strip=True)) > 40 for row in soup.select(".roles tr"))
    asked = [row for row in soup.select(".sheet tbody tr") if row.td and row.td.text in "123456"]
    assert len([row for row in asked if row.td.text]) >= 6
    cited = {int(one) for cell in soup.select("td.cite") for one in re.findall(r"\d+", cell.text)}
    assert cited == {int(one["value"]) for one in soup.select(".sources li")}


@pytest.mark.parametrize("name", sorted(NOTES))
def test_the_minutes_of_a_plan_add_up(pages: dict[str, str], name: str) -> None:
    rows = BeautifulSoup(pages[name], "html.parser").select(".plan tbody tr")
    *minutes, together = (int(row.td.text) for row in rows)
    assert sum(minutes) == together
    assert 25 <= together <= 60


@pytest.mark.parametrize("name", sorted(NOTES))
def test_no_mistaken_answer_reads_like_the_expected_one(pages: dict[str, str], name: str) -> None:
    rows = BeautifulSoup(pages[name], "html.parser").select(".answers tbody tr")
    assert len(rows) >= 3
    for _, expected, wrong in (row.select("td") for row in rows):
        first = wrong.text.partition(":")[0]
        assert expected.text and wrong.text and first not in expected.text


@pytest.mark.parametrize("name", sorted(HANDOUTS | NOTES))
def test_a_page_is_no_wider_than_a_phone(
    browser: Browser, pages: dict[str, str], name: str
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.set_content(pages[name])
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", sorted(HANDOUTS))
def test_a_handout_has_at_most_four_printed_pages(
    browser: Browser, pages: dict[str, str], name: str, paper: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(pages[name])
    printed = PdfReader(io.BytesIO(page.pdf(format=paper, print_background=True)))
    page.close()
    assert len(printed.pages) <= 4
    assert asked == []
    assert all(len(one.extract_text()) > 200 for one in printed.pages)
