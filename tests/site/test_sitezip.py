"""The site as a zip: what a reader unpacks works from the disk."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tightrope.copies import sitezip

from .conftest import SITE, Reader


@pytest.fixture(scope="module")
def content() -> bytes:
    return sitezip.zipped(SITE)


@pytest.fixture(scope="module")
def unpacked(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a reader’s folder")
    zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
    return folder / sitezip.FOLDER


def test_it_holds_every_file_of_the_site_in_one_folder(unpacked: Path) -> None:
    assert [one.name for one in unpacked.parent.iterdir()] == [sitezip.FOLDER]
    of_site = {file.relative_to(SITE) for file in SITE.rglob("*") if file.is_file()}
    there = {file.relative_to(unpacked) for file in unpacked.rglob("*") if file.is_file()}
    assert there - of_site == {Path("README.txt"), Path("LICENSE"), Path("LICENSE-DATA")}
    assert of_site - there == set()


def test_its_bytes_are_the_same_for_the_same_site(content: bytes) -> None:
    assert sitezip.zipped(SITE) == content


def test_its_readme_says_which_file_to_open(unpacked: Path) -> None:
    text = (unpacked / "README.txt").read_text(encoding="utf-8")
    assert "Open index.html in a browser." in text
    assert "As known on " in text
    assert (unpacked / "index.html").is_file()


def test_search_and_live_charts_work_from_the_disk(unpacked: Path, reader: Reader) -> None:
    page = reader.open((unpacked / "index.html").as_uri())
    page.keyboard.press("Control+k")
    page.keyboard.type("cash runs out")
    page.locator("dialog[open] .find-results a", has_text="cash runs out").first.click()
    page.wait_for_url("**/tightrope/chapters/runway.html")
    page.locator("#fig-runway-what-if input[type=range]").first.focus()
    page.locator("#fig-runway-what-if .figure-chart svg").first.wait_for()
    assert [url for url in reader.asked if not url.startswith(("file:", "data:"))] == []
    assert reader.printed == []


def test_a_folder_without_a_site_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "site.zip"
    assert sitezip.main(["--site", str(tmp_path), "--out", str(out)]) == 1
    assert capsys.readouterr().err.endswith("holds no built site; make book builds it\n")
    assert not out.exists()
