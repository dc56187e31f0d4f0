"""Several editions as one site: the built site twice, the second without one of its pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tightrope.copies import editions
from tightrope.copies.editions import Named

from .accessibility import faults
from .conftest import SITE, Reader

NEWEST = Named("", "Newest", "newest")
OLDER = Named("2025-10-31", "The article’s day", "31 Oct 2025", as_of="2025-10-31")
MISSING = "partners/nscale.html"


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editions")
    older = folder / "older"
    shutil.copytree(SITE, older)
    (older / MISSING).unlink()
    index = older / "index.html"
    nav = f'<a class="reference internal" href="{MISSING}">Nscale</a>'
    text = index.read_text(encoding="utf-8")
    assert nav in text
    index.write_text(text.replace(nav, ""), encoding="utf-8")
    editions.assemble([(NEWEST, SITE), (OLDER, older)], folder / "joined")
    return folder / "joined"


def switch(page: Page) -> Locator:
    fold = page.locator("details.editions")
    fold.locator("summary").click()
    return fold


def test_the_switch_keeps_the_page_and_the_place(joined: Path, reader: Reader) -> None:
    page = reader.open(f"{(joined / 'chapters/runway.html').as_uri()}#learn")
    fold = switch(page)
    assert fold.locator("summary").inner_text() == "Edition: newest"
    assert fold.locator("[aria-current]").inner_text() == "Newest"
    fold.get_by_role("link", name=OLDER.name).click()
    page.wait_for_url("**/joined/2025-10-31/chapters/runway.html#learn")
    switch(page).get_by_role("link", name=NEWEST.name).click()
    page.wait_for_url("**/joined/chapters/runway.html#learn")
    assert [url for url in reader.asked if not url.startswith(("file:", "data:"))] == []
    assert reader.printed == []


def test_a_page_that_an_edition_lacks_leads_to_its_first_page_which_says_so(
    joined: Path, reader: Reader
) -> None:
    page = reader.open((joined / MISSING).as_uri())
    switch(page).get_by_role("link", name=OLDER.name).click()
    page.wait_for_url("**/joined/2025-10-31/index.html?without=*")
    assert page.locator("[role=status].editions-without").inner_text() == (
        "This edition has no page “Nscale”. This is its first page."
    )
    assert reader.printed == []


def test_a_page_asks_for_the_switch_whatever_a_browser_has_kept(joined: Path) -> None:
    def marks(site: Path) -> set[str]:
        page = (site / "chapters/runway.html").read_text(encoding="utf-8")
        return set(re.findall(r"tightrope\.(?:js|css)\?v=\w+", page))

    assert len(marks(joined)) == 2
    assert marks(joined).isdisjoint(marks(SITE))


@pytest.mark.parametrize("folder", ["", OLDER.folder])
@pytest.mark.parametrize("name", ["index.html", "chapters/runway.html"])
def test_without_javascript_the_foot_leads_to_the_list_of_editions(
    joined: Path, scriptless: Reader, folder: str, name: str
) -> None:
    page = scriptless.open((joined / folder / name).as_uri())
    page.locator(".imprint").get_by_role("link", name="Other editions").click()
    page.wait_for_url("**/joined/editions.html")


def test_without_javascript_a_plain_page_lists_the_editions(
    joined: Path, scriptless: Reader
) -> None:
    page = scriptless.open((joined / "editions.html").as_uri())
    links = [link.get_attribute("href") for link in page.locator("main a").all()]
    assert links == ["index.html", "2025-10-31/index.html"]
    page.get_by_role("link", name=OLDER.name).click()
    page.wait_for_url("**/joined/2025-10-31/index.html")


def test_the_switch_fits_on_a_phone_and_escape_closes_it(joined: Path, phone: Reader) -> None:
    page = phone.open((joined / "2025-10-31/chapters/runway.html").as_uri())
    fold = switch(page)
    edges = fold.locator("ul").evaluate(
        "one => [one.getBoundingClientRect().left, one.getBoundingClientRect().right]"
    )
    assert edges[0] >= 0
    assert edges[1] <= 320
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(page) == []
    page.keyboard.press("Escape")
    assert fold.get_attribute("open") is None


def test_an_edition_that_fails_leaves_the_last_good_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "editions"
    out.mkdir()
    (out / "index.html").write_text("the last one")
    assert editions.main(["--out", str(out), "--jobs", "0"], [OLDER]) == 1
    assert "the edition “The article’s day” was not built" in capsys.readouterr().err
    assert (out / "index.html").read_text() == "the last one"


def test_an_edition_cannot_take_the_name_of_a_folder_of_the_site(tmp_path: Path) -> None:
    taken = Named("chapters", "Chapters", "chapters")
    with pytest.raises(ValueError, match="has a folder chapters already"):
        editions.assemble([(NEWEST, SITE), (taken, SITE)], tmp_path / "joined")
