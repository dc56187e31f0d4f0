"""The build: what the pages show, and that a failure leaves the last good site."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import subprocess
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tightrope.publish import build, files, making, site
from tightrope.publish.pages import Manuscript
from tightrope.publish.run import Edition

from ..conftest import TINY, in_stock_jupyter
from .conftest import Cells, code, markdown, toy_cells, write_manuscript

Write = Callable[[Cells], Manuscript]
Make = Callable[..., Path]
Stays = Callable[..., None]
EVIL = "<script>alert(1)</script>"
LATER = code("later = 41", "known-from-2023-02-01", "plumbing")
NEEDS_LATER = code("print(later + 1)")


@pytest.fixture
def make(manuscript: Write, tmp_path: Path) -> Make:
    """Build the toy book and return its site."""

    def build_toy(cells: Cells | None = None, data: Path = TINY, out: str = "out") -> Path:
        build.build(Edition(data=str(data)), tmp_path / out, 1, manuscript(cells or toy_cells()))
        return tmp_path / out / "site"

    return build_toy


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the toy book, for tests that only read it."""
    folder = tmp_path_factory.mktemp("toy")
    written = write_manuscript(folder / "manuscript", toy_cells())
    build.build(Edition(data=str(TINY)), folder / "out", 1, written)
    return folder / "out" / "site"


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the toy book from a package with names that could be taken for something else.

    The package lies two folders above it.
    """
    folder = tmp_path_factory.mktemp("strange")
    package = Path(shutil.copytree(TINY, folder / "package"))
    for table, old, new in (
        ("parties", "nvidia,Nvidia", f"nvidia,{EVIL}"),
        ("parties", "openai,OpenAI", "openai,{Media} {} {0}"),
        ("deals", "The lab rents the cloud.", "=1+1"),
    ):
        file = package / f"{table}.csv"
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))
    cells = [*toy_cells(), code("display(*parties.name)", "solution")]
    written = write_manuscript(folder / "manuscript", cells)
    build.build(Edition(data=str(package)), folder / "out", 1, written)
    return folder / "out" / "site"


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the toy book as of an earlier day, with a cell that needs a later one."""
    folder = tmp_path_factory.mktemp("earlier")
    written = write_manuscript(folder / "manuscript", [*toy_cells(), LATER, NEEDS_LATER])
    build.build(Edition(str(TINY), "2022-12-31"), folder / "out", 1, written)
    return folder / "out" / "site"


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_page_shows_its_number_as_a_link_to_the_facts_page(toy: Path) -> None:
    page = (toy / "chapters" / "toy.html").read_text()
    assert (
        '<a class="fact" href="../reference/facts/toy.html#toy.stake">$10\N{NO-BREAK SPACE}bn</a>'
        in page
    )
    assert 'id="toy.stake"' in (toy / "reference" / "facts" / "toy.html").read_text()
    assert json.loads((toy / "facts.json").read_text())["toy.stake"]["value"] == 10


def test_a_figure_stands_on_its_page_and_can_be_taken_away(toy: Path) -> None:
    assert 'data-figure="toy"' in (toy / "chapters" / "toy.html").read_text()
    for ending in ("csv", "svg", "js"):
        assert (toy / "figures" / f"toy.{ending}").is_file()


def test_a_page_folds_a_solution_and_leaves_plumbing_out(toy: Path) -> None:
    page = (toy / "chapters" / "toy.html").read_text()
    assert "Show the solution" in page
    assert "dealbook.load(data)" not in page


def test_a_page_of_an_earlier_day_leaves_out_what_was_known_later_and_says_so(
    toy: Path, earlier: Path
) -> None:
    later = "It was replaced."
    assert later in (toy / "chapters" / "toy.html").read_text()
    assert later not in (earlier / "chapters" / "toy.html").read_text()
    assert "known on 31\N{NO-BREAK SPACE}December 2022" in (earlier / "index.html").read_text()


def test_two_builds_in_two_places_are_the_same_bytes(toy: Path, make: Make) -> None:
    assert bytes_of(toy) == bytes_of(make(out="two/deeper"))


def test_a_process_for_the_site_that_was_started_before_the_build_makes_the_same_site(
    make: Make, manuscript: Write, tmp_path: Path
) -> None:
    out = tmp_path / "early"
    with site.jupyter_book(out) as early:
        build.build(Edition(data=str(TINY)), out, 1, manuscript(toy_cells()), early=early)
    assert bytes_of(out / "site") == bytes_of(make())


def test_the_downloaded_notebook_is_clean_and_runs_in_stock_jupyter(
    toy: Path, tmp_path: Path
) -> None:
    path = toy / "notebooks" / "chapters" / "toy.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert "The stake is <span>&#36;</span>10\N{NO-BREAK SPACE}bn." in text
    assert ":::" not in text
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code")
    in_stock_jupyter(path, tmp_path)


LATER = code("later = 41", "known-from-2023-02-01", "plumbing")
NEEDS_LATER = code("print(later + 1)")


def test_the_download_of_an_earlier_edition_keeps_what_later_cells_need(
    earlier: Path, tmp_path: Path
) -> None:
    ran = in_stock_jupyter(earlier / "notebooks" / "chapters" / "toy.ipynb", tmp_path)
    (needing,) = (cell for cell in ran.cells if cell.source == NEEDS_LATER.source)
    assert needing.outputs[0].text == "42\n"
    assert all("It was replaced." not in cell.source for cell in ran.cells)


def test_the_download_of_other_data_finds_them_wherever_it_lies(
    strange: Path, tmp_path: Path
) -> None:
    path = strange / "notebooks" / "chapters" / "toy.ipynb"
    # Outside this process the copy is where the tests keep it, not in the repository.
    name = next(line for line in path.read_text().splitlines() if "data = " in line)
    assert "packages" in name
    ran = in_stock_jupyter(path, tmp_path)
    assert "{Media} {} {0}" in str(ran.cells[-1].outputs)


def test_no_published_file_names_a_place_of_the_building_machine(strange: Path) -> None:
    folder = strange.parents[1]
    told = [
        file.name
        for file in strange.rglob("*")
        if file.is_file() and str(folder).encode() in file.read_bytes()
    ]
    assert told == []
    assert "data from package." in (strange / "index.html").read_text()


def test_what_readers_download_as_csv_opens_in_a_spreadsheet_with_its_dashes(toy: Path) -> None:
    tables = list(toy.rglob("*.csv"))
    assert {table.parent.name for table in tables} == {"data", "figures"}
    assert [table.name for table in tables if not table.read_bytes().startswith(BOM_UTF8)] == []


def test_the_downloaded_data_build_the_same_book(toy: Path, make: Make) -> None:
    again = make(data=toy / "data", out="again")
    assert bytes_of(again / "data") == bytes_of(toy / "data")
    assert (again / "facts.json").read_bytes() == (toy / "facts.json").read_bytes()


def test_github_pages_serves_every_folder_of_the_site(toy: Path) -> None:
    assert (toy / ".nojekyll").read_bytes() == b""


def test_a_party_with_a_script_for_a_name_is_shown_as_text(strange: Path) -> None:
    page = (strange / "chapters" / "toy.html").read_text()
    assert EVIL not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert EVIL not in (strange / "figures" / "toy.svg").read_text()
    assert "alert(1)</script>" not in (strange / "figures" / "toy.js").read_text()
    assert ",'=1+1" in (strange / "data" / "deals.csv").read_text()


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([*toy_cells(), markdown("And [[ghost]].")], "cell 8: [[ghost]] is used but not stated"),
        (
            [*toy_cells(), code('Facts(book).legs("idle", ["stake-cash"], "paid")')],
            "the fact idle is stated but not used",
        ),
        ([*toy_cells(), toy_cells()[5]], 'two figures share the id "toy"'),
    ],
)
def test_text_and_facts_must_match(make: Make, cells: Cells, message: str) -> None:
    with pytest.raises(making.AssemblyError) as error:
        make(cells)
    assert message in str(error.value)


def test_a_warning_of_sphinx_stops_the_build_and_is_said(make: Make) -> None:
    with pytest.raises(site.SiteError, match=r"chapters/toy.ipynb.*ghost"):
        make([*toy_cells(), markdown("[nowhere](ghost.md)")])


class TestTheLastGoodSiteStays:
    """Whatever goes wrong, `out/site` is what it was."""

    @pytest.fixture
    def stays(self, manuscript: Write, tmp_path: Path) -> Stays:
        standing = tmp_path / "out" / "site"
        standing.mkdir(parents=True)
        (standing / "index.html").write_text("the last good site")

        def check(code_expected: int, *more: str, cells: Cells | None = None) -> None:
            arguments = ["--data", str(TINY), "--out", str(tmp_path / "out"), "--jobs", "1", *more]
            assert build.main(arguments, manuscript(cells or toy_cells())) == code_expected
            assert bytes_of(standing) == {
                "index.html": hashlib.sha256(b"the last good site").hexdigest()
            }

        return check

    def test_when_the_data_is_wrong(
        self, stays: Stays, package: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (package / "deals.csv").write_text("")
        stays(1, "--data", str(package))
        assert "deals.csv:1: header: is missing" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            (["--as-of", "2025-13-40"], 'as_of must be a date as YYYY-MM-DD, not "2025-13-40"'),
            (["--as-of", "2018-01-01"], "before the first event"),
            (["--layer", "bindng"], "layer must be one of announced, binding, paid"),
            (["--data", "nowhere"], "DATA must name a folder with datapackage.json"),
        ],
    )
    def test_when_the_edition_is_wrong(
        self,
        stays: Stays,
        more: list[str],
        message: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        stays(1, *more)
        assert message in capsys.readouterr().err

    def test_when_a_cell_raises(self, stays: Stays, capsys: pytest.CaptureFixture[str]) -> None:
        stays(1, cells=[*toy_cells(), code("1 / 0")])
        assert "cell 8: ZeroDivisionError" in capsys.readouterr().err

    def test_when_the_disk_is_full(
        self,
        stays: Stays,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(shutil, "copytree", full)
        stays(1)
        assert "No space left on device" in capsys.readouterr().err

    def test_when_it_is_interrupted(
        self,
        stays: Stays,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def interrupted(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)
        stays(130)
        assert "interrupted; the last good site stays" in capsys.readouterr().err


def test_an_interrupted_swap_is_undone(tmp_path: Path) -> None:
    (tmp_path / "site.old").mkdir()
    (tmp_path / "site.old" / "index.html").write_text("the last good site")
    files.recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "the last good site"


def test_a_swap_that_was_finished_but_not_tidied_keeps_the_new_site(tmp_path: Path) -> None:
    for name in ("site", "site.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    files.recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "site"
    assert not (tmp_path / "site.old").exists()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """The bytes of the toy's site: clean, changed, changed back, and clean with each change."""
    folder = tmp_path_factory.mktemp("again")
    written = write_manuscript(folder / "manuscript", toy_cells())
    toy, by_hand = written.notebooks / "toy.ipynb", written.book / "reference" / "sources.md"
    # A glossary: Sphinx keeps its index entries apart from its text.
    by_hand.write_text("# Sources\n\n:::{glossary}\nstake\n  A share of a company.\n:::\n")
    first = {file: file.read_text() for file in (toy, by_hand)}

    def made(out: str, **replaced: str) -> dict[str, str]:
        for file, text in first.items():
            for old, new in replaced.items():
                text = text.replace(old, new)
            if text != file.read_text():
                file.write_text(text)
        build.build(Edition(data=str(TINY)), folder / out, 1, written)
        return bytes_of(folder / out / "site")

    sentence, title = {"replaced": "exchanged"}, {"Sources": "Origins"}
    return {
        "clean": made("one"),
        "sentence again": made("one", **sentence),
        "title again": made("one", **title),
        "changed back": made("one"),
        "sentence clean": made("two", **sentence),
        "title clean": made("three", **title),
    }


class TestABuildGoesOnFromTheOneBefore:
    """Whatever stands from an earlier build, the site is the one that a clean build makes."""

    def test_with_another_sentence(self, sites: dict[str, dict[str, str]]) -> None:
        assert sites["sentence again"] == sites["sentence clean"]
        assert sites["sentence again"] != sites["clean"]

    def test_with_another_title_which_every_page_shows(
        self, sites: dict[str, dict[str, str]]
    ) -> None:
        assert sites["title again"] == sites["title clean"]
        changed = {
            page for page, digest in sites["title again"].items() if digest != sites["clean"][page]
        }
        assert {"index.html", "chapters/toy.html", "reference/facts.html"} <= changed

    def test_when_the_change_is_taken_back(self, sites: dict[str, dict[str, str]]) -> None:
        assert sites["changed back"] == sites["clean"]

    def test_and_a_fault_that_stays_is_said_again(self, make: Make) -> None:
        wrong = [*toy_cells(), markdown("[nowhere](ghost.md)")]
        for _ in range(2):
            with pytest.raises(site.SiteError, match=r"chapters/toy.ipynb.*ghost"):
                make(wrong)
