"""The joined cases: which there are, and that one failing leaves the last good site."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tightrope.cases import joined

from .conftest import folder

STATIC = ("theme.css", "tightrope.css", "favicon.svg", "mode.js")
FOOT = '<footer class="bd-footer-content">\n<p class="imprint">\nBy us\n</p>\n          </footer>'


def site(out: Path) -> Path:
    """What the joined site asks of a built case, without a build."""
    (out / "_static").mkdir(parents=True)
    (out / "chapters").mkdir()
    for name in STATIC:
        (out / "_static" / name).write_text(name)
    for page in ("index.html", "chapters/web.html"):
        (out / page).write_text(f"<h1>A finding</h1>{FOOT}")
    return out


@pytest.fixture
def toy_twice(tmp_path: Path) -> list[joined.Seen]:
    """A folder with the toy alone, which names a day of its own."""
    shutil.copytree(folder("toy"), tmp_path / "cases" / "toy")
    described = tmp_path / "cases" / "toy" / "datapackage.json"
    content = json.loads(described.read_text(encoding="utf-8"))
    content["days"] = [{"day": "2024-12-31", "why": "with the letter"}]
    described.write_text(json.dumps(content), encoding="utf-8")
    return joined.shipped(tmp_path / "cases")


def test_every_shipped_case_is_joined_with_the_days_that_it_names() -> None:
    assert [one.folder for one in joined.shipped()] == [
        "anthropic",
        "vendor-finance-2000",
        "vendor-finance-2000-as-of-2000-12-31",
        "toy",
    ]


def test_a_case_is_built_where_make_case_builds_it() -> None:
    assert [one.built for one in joined.shipped()][1:3] == [
        "case-cases_vendor-finance-2000",
        "case-cases_vendor-finance-2000-as-of-2000-12-31",
    ]


def test_the_day_that_a_case_names_is_compared_in_the_place_of_its_newest(
    toy_twice: list[joined.Seen],
) -> None:
    own, toy = joined.side_by_side(toy_twice)
    assert own.book.focal == "openai"
    assert toy.name == "Alder Labs, end of 2024, invented"


def test_the_index_has_each_case_with_its_finding_party_day_and_pages(
    toy_twice: list[joined.Seen], tmp_path: Path
) -> None:
    sites = [site(tmp_path / one.built / "site") for one in toy_twice]
    joined.assemble(toy_twice, sites, tmp_path / "joined")
    index = (tmp_path / "joined/index.html").read_text(encoding="utf-8").replace("\xa0", " ")
    assert '<a href="toy/index.html">A toy web for class</a>' in index
    assert "$30 bn could be its own money coming back" in index
    assert "<strong>Alder Labs is to pay $40 bn; none of it is known to be paid.</strong>" in index
    assert index.count("<svg") == 2
    assert "In the middle: Alder Labs · as known on 31 December 2025 · 1 page" in index
    assert "as known on 31 December 2024, with the letter" in index
    assert sorted(file.name for file in (tmp_path / "joined/_static").iterdir()) == sorted(STATIC)
    assert (tmp_path / "joined/webs.html").is_file()


def test_every_page_of_a_case_leads_back_to_the_index(
    toy_twice: list[joined.Seen], tmp_path: Path
) -> None:
    sites = [site(tmp_path / one.built / "site") for one in toy_twice]
    joined.assemble(toy_twice, sites, tmp_path / "joined")
    inside = tmp_path / "joined/toy"
    assert '<a href="../index.html">All cases</a>' in (inside / "index.html").read_text()
    assert '<a href="../../index.html">All cases</a>' in (inside / "chapters/web.html").read_text()


def test_a_case_that_fails_is_named_and_leaves_the_last_good_site(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(folder("toy"), tmp_path / "cases" / "broken")
    legs = tmp_path / "cases" / "broken" / "legs.csv"
    legs.write_text(legs.read_text(encoding="utf-8").replace("alder", "nobody"), encoding="utf-8")
    out = tmp_path / "joined"
    out.mkdir()
    (out / "index.html").write_text("the last one")
    assert joined.main(["--out", str(out)], tmp_path / "cases") == 1
    said = capfd.readouterr().err
    assert "not built: broken" in said
    assert "the last good site stays" in said
    assert (out / "index.html").read_text() == "the last one"


def test_a_description_that_names_a_day_without_its_reason_is_refused(tmp_path: Path) -> None:
    shutil.copytree(folder("toy"), tmp_path / "cases" / "toy")
    described = tmp_path / "cases" / "toy" / "datapackage.json"
    content = json.loads(described.read_text(encoding="utf-8"))
    described.write_text(json.dumps(content | {"days": [{"day": "2024"}]}), encoding="utf-8")
    out = tmp_path / "joined"
    assert joined.main(["--out", str(out)], tmp_path / "cases") == 1
    assert not out.exists()
