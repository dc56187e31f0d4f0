"""A second build has nothing to do if nothing changed: contents decide, not dates."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tightrope import templates
from tightrope.publish import build, command, standing
from tightrope.publish.pages import Manuscript

from .conftest import Cells, toy_cells

Write = Callable[[Cells], Manuscript]


class Edition:
    """The toy book with data of its own."""

    def __init__(self, manuscript: Manuscript, data: Path, out: Path) -> None:
        self.manuscript = manuscript
        self.data = data
        self.out = out

    def key(self, **other: str) -> str:
        arguments = {"data": str(self.data), "out": str(self.out)} | other
        asked = command.read([f"--{name.replace('_', '-')}={v}" for name, v in arguments.items()])
        return asked.key(self.manuscript)

    def build(self) -> int:
        arguments = [f"--data={self.data}", f"--out={self.out}", "--jobs=1"]
        return build.main(arguments, self.manuscript)


@pytest.fixture
def toy(manuscript: Write, package: Path, tmp_path: Path) -> Edition:
    return Edition(manuscript(toy_cells()), package, tmp_path / "out")


def test_a_second_build_says_that_there_is_nothing_to_do(
    toy: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    assert toy.build() == 0
    made = (toy.out / "site" / "index.html").stat()
    capsys.readouterr()
    assert toy.build() == 0
    said = capsys.readouterr().out
    assert said == f"nothing to do: {toy.out}/site/index.html is up to date\n"
    assert (toy.out / "site" / "index.html").stat() == made


def test_a_file_put_back_with_an_older_date_is_built(
    toy: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    assert toy.build() == 0
    parties = toy.data / "parties.csv"
    parties.write_text(parties.read_text().replace("Nvidia", "Nvidia of old"))
    os.utime(parties, (0, 0))
    assert toy.build() == 0
    assert "nothing to do" not in capsys.readouterr().out
    assert "Nvidia of old" in (toy.out / "site" / "chapters" / "toy.html").read_text()


def test_a_failed_build_is_tried_again_and_the_good_state_is_known_again(
    toy: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    assert toy.build() == 0
    parties = toy.data / "parties.csv"
    good = parties.read_text()
    parties.write_text("")
    assert [toy.build(), toy.build()] == [1, 1]
    parties.write_text(good)
    capsys.readouterr()
    assert toy.build() == 0
    assert "nothing to do" in capsys.readouterr().out


def test_a_build_that_was_ended_between_swap_and_record_is_done_again(toy: Edition) -> None:
    (toy.out / "site").mkdir(parents=True)
    (toy.out / "site" / "index.html").write_text("a site")
    key = toy.key()
    standing.keep(toy.out, key)
    assert standing.is_current(toy.out, key)
    standing.forget(toy.out)
    assert not standing.is_current(toy.out, key)


def test_a_site_that_is_gone_is_not_current(toy: Edition) -> None:
    toy.out.mkdir()
    standing.keep(toy.out, toy.key())
    assert not standing.is_current(toy.out, toy.key())


@pytest.mark.parametrize(
    "stray", ["deals copy.csv", "a:b.csv", "notes.json", "~lock.deals.csv#", "data.xlsx"]
)
def test_stray_files_beside_the_data_change_nothing(toy: Edition, stray: str) -> None:
    before = toy.key()
    (toy.data / stray).write_text("stray")
    assert toy.key() == before


@pytest.mark.parametrize("stray", ["Untitled Folder.ipynb", "a:b.ipynb", "notes.txt"])
def test_stray_files_beside_the_notebooks_change_nothing(toy: Edition, stray: str) -> None:
    before = toy.key()
    (toy.manuscript.notebooks / stray).write_text("stray")
    assert toy.key() == before


def test_a_link_that_leads_nowhere_in_the_book_changes_nothing(toy: Edition) -> None:
    (toy.manuscript.book / ".#index.md").symlink_to("someone@somewhere")
    assert toy.build() == 0


@pytest.mark.parametrize(
    "name", ["data/parties.csv", "data/datapackage.json", "notebooks/toy.ipynb", "book/index.md"]
)
def test_what_the_build_reads_changes_the_key_whatever_its_date(toy: Edition, name: str) -> None:
    folder, _, file = name.partition("/")
    place = toy.data if folder == "data" else toy.manuscript.toc.parent / folder
    path = place / file
    before, stat = toy.key(), path.stat()
    path.write_bytes(path.read_bytes() + b"\n")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert toy.key() != before


def test_a_date_alone_changes_nothing(toy: Edition) -> None:
    before = toy.key()
    for path in (*toy.data.iterdir(), toy.manuscript.toc):
        os.utime(path, (2**31, 2**31))
    assert toy.key() == before


def test_a_page_more_changes_the_key(toy: Edition) -> None:
    before = toy.key()
    (toy.manuscript.book / "more.md").write_text("# More\n")
    with_file = toy.key()
    toc = toy.manuscript.toc
    toc.write_text(f"{toc.read_text()}  - file: more\n")
    assert len({before, with_file, toy.key()}) == 3


def test_a_template_is_read_by_the_build_as_the_code_is(toy: Edition) -> None:
    read = set(standing._read_by_a_build(toy.data, toy.manuscript, ""))
    assert {Path(templates.__file__), templates.FOLDER / "theme" / "layout.html"} <= read


def test_data_behind_a_link_is_read_where_it_lies(toy: Edition, tmp_path: Path) -> None:
    link = tmp_path / "a link"
    link.symlink_to(toy.data, target_is_directory=True)
    linked = Edition(toy.manuscript, link, toy.out)
    before = linked.key()
    with (toy.data / "events.csv").open("a") as events:
        events.write("\n")
    assert linked.key() != before


def test_another_choice_is_another_key(toy: Edition, tmp_path: Path) -> None:
    copy = shutil.copytree(toy.data, tmp_path / "copy")
    rows = tmp_path / "my rows.csv"
    rows.write_text("parameter,value\n")
    mine = {"scenario": "my", "rows": str(rows)}
    keys = {toy.key(), toy.key(as_of="2023-01-01"), toy.key(layer="paid"), toy.key(**mine)}
    keys |= {toy.key(data=str(copy)), toy.key(**mine | {"scenario": "mine"})}
    rows.write_text("parameter,value,low\n")
    assert len(keys | {toy.key(**mine)}) == 7


@pytest.mark.parametrize("content", [b"", b"{", b"\xff"])
def test_a_broken_description_is_left_to_the_build(toy: Edition, content: bytes) -> None:
    (toy.data / "datapackage.json").write_bytes(content)
    assert toy.key() == ""


@pytest.mark.parametrize("content", [b"[]", b'"x"', b'{"resources": [{}, 1]}', b'{"resources": 1}'])
def test_a_description_of_nothing_is_other_data(toy: Edition, content: bytes) -> None:
    before = toy.key()
    (toy.data / "datapackage.json").write_bytes(content)
    assert toy.key() not in ("", before)


def test_what_cannot_be_read_is_never_current(toy: Edition) -> None:
    toy.manuscript.toc.write_text("root: [")
    assert toy.key() == ""
    (toy.out / "site").mkdir(parents=True)
    (toy.out / "site" / "index.html").write_text("a site")
    standing.keep(toy.out, "")
    assert not standing.is_current(toy.out, "")


def test_a_record_that_is_damaged_is_no_record(toy: Edition) -> None:
    (toy.out / "site").mkdir(parents=True)
    (toy.out / "site" / "index.html").write_text("a site")
    (toy.out / standing.RECORD).write_bytes(b"\xff\x00")
    assert not standing.is_current(toy.out, toy.key())


def test_the_answer_needs_no_heavy_library() -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from tightrope.publish import command;"
            "command.read(['--out=x']).key();"
            "print({'pandas', 'numpy', 'altair', 'jupyter_client', 'nbformat'} & set(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "set()\n"


def test_stray_files_run_no_notebook_again(
    toy: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    assert toy.build() == 0
    (toy.data / "deals copy.csv").write_text("stray")
    index = toy.manuscript.book / "index.md"
    index.write_text(index.read_text() + "\nMore.\n")
    capsys.readouterr()
    assert toy.build() == 0
    assert "notebooks: all 1 as they were" in capsys.readouterr().out


def test_a_fault_of_a_page_names_the_page(
    toy: Edition, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("c11")

    monkeypatch.setattr("tightrope.publish.page.shown", broken)
    assert toy.build() == 1
    assert capsys.readouterr().err.splitlines()[0] == (
        "notebooks/toy.ipynb (page chapters/toy): KeyError: 'c11'"
    )


def test_pages_of_other_manuscripts_are_other_keys(toy: Edition, tmp_path: Path) -> None:
    other = tmp_path / "_toc.yml"
    other.write_text("format: jb-book\nroot: index\n")
    moved = Edition(replace(toy.manuscript, toc=other), toy.data, toy.out)
    assert moved.key() != toy.key()
