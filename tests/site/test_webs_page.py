"""The pages beside the cases, with the stylesheets of the built book."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tightrope import templates
from tightrope.cases import joined, webs_page
from tightrope.cases.webs_measures import MEASURES

from .accessibility import faults
from .conftest import SITE, Reader

PAGES = ("index.html", "webs.html")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("cases")
    shutil.copytree(SITE / "_static", out / "_static")
    webs = joined.side_by_side(joined.shipped())
    (out / "webs.html").write_text(webs_page.html(webs), encoding="utf-8")
    said = {"title": "A web", "finding": "It goes round.", "focal": "A", "day": "1 May", "why": ""}
    index = templates.render(
        "cases/index.html",
        cases=[said | {"folder": "a", "pages": "1 page", "lead": "It is to pay"}],
        picture=webs_page.first_picture(webs),
    )
    (out / "index.html").write_text(index, encoding="utf-8")
    return out


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_beside_the_cases_has_no_fault(
    pages: Path, reader: Reader, name: str, scheme: str
) -> None:
    page = reader.open((pages / name).as_uri())
    page.emulate_media(color_scheme=scheme)
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == scheme
    assert faults(page) == []
    assert [url for url in reader.asked if not url.startswith(("file:", "data:"))] == []
    assert reader.printed == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_beside_the_cases_fits_on_a_phone(pages: Path, phone: Reader, name: str) -> None:
    page = phone.open((pages / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(page) == []


def test_webs_are_compared_without_javascript(pages: Path, scriptless: Reader) -> None:
    page = scriptless.open((pages / "webs.html").as_uri())
    assert page.locator("details table").count() == len(MEASURES)
    page.locator("summary").first.click()
    assert page.get_by_role("table").count() == 1
    assert page.get_by_role("img").first.is_visible()
