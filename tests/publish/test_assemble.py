"""What is made of executed notebooks is kept by all that it depends on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tightrope import paths
from tightrope.dealbook import DataError, Dealbook
from tightrope.publish import assemble, build, catalogue, documents, making, pages, run, status
from tightrope.publish.edition import Edition
from tightrope.publish.kept import Kept
from tightrope.publish.pages import Manuscript, Page

from ..conftest import TINY, put
from .conftest import Cells, toy_cells

Write = Callable[[Cells], Manuscript]


class Book:
    """A toy book with data, modules and an imprint of its own, all to be changed."""

    def __init__(self, manuscript: Manuscript, data: Path, root: Path) -> None:
        self.root = root
        shutil.copy(paths.ROOT / "requirements.lock", root)
        shutil.copytree(
            paths.ROOT / "src", root / "src", ignore=shutil.ignore_patterns("*.pyc", "__pycache__")
        )
        shutil.copy(manuscript.config, root / "_config.yml")
        self.manuscript = Manuscript(
            manuscript.toc, root / "_config.yml", manuscript.notebooks, manuscript.book
        )
        self.data = data

    def key(self, **choice: str) -> str:
        edition = Edition(str(self.data), **choice)
        return making.common_key(self.manuscript, edition, self.root)


@pytest.fixture
def toy(manuscript: Write, package: Path, tmp_path: Path) -> Book:
    root = tmp_path / "root"
    root.mkdir()
    return Book(manuscript(toy_cells()), package, root)


@pytest.mark.parametrize(
    "changed",
    [
        "package/events.csv",
        "package/datapackage.json",
        "manuscript/_toc.yml",
        "manuscript/book/references.bib",
        "root/_config.yml",
        "root/requirements.lock",
        "root/src/tightrope/publish/page.py",
        "root/src/tightrope/publish/download.py",
        "root/src/tightrope/quantities/payments.py",
        "root/src/tightrope/charts/figure.py",
        "root/src/tightrope/ledger.py",
        "root/src/tightrope/html/reference/status.md",
    ],
)
def test_pages_depend_on(toy: Book, tmp_path: Path, changed: str) -> None:
    before = toy.key()
    file = tmp_path / changed
    more = "  - file: reference/status\n" if file.name == "_toc.yml" else "\n"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert toy.key() != before


@pytest.mark.parametrize("choice", [{"as_of": "2022-12-31"}, {"layer": "paid"}])
def test_pages_depend_on_the_edition(toy: Book, choice: dict[str, str]) -> None:
    assert toy.key(**choice) != toy.key()


def test_pages_do_not_depend_on_how_sphinx_is_set_up(toy: Book) -> None:
    before = toy.key()
    theme = toy.root / "src" / "tightrope" / "publish" / "neighbours.py"
    theme.write_text(theme.read_text() + "\n")
    assert toy.key() == before


def test_data_that_were_checked_are_not_checked_again_and_new_ones_are(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path / "kept")
    rows = build.rows_without_fault(package, kept)
    with monkeypatch.context() as patch:
        patch.setattr("tightrope.validation.checked", lambda folder: pytest.fail("again"))
        assert build.rows_without_fault(package, kept) == rows
    # It can be read, but is wrong: the day on which it became known lies before it happened.
    put(package, "events", "stake-announced", known_on="2019-01-01")
    with pytest.raises(DataError):
        build.rows_without_fault(package, kept)


def test_the_check_is_done_again_when_a_rule_changes(tmp_path: Path) -> None:
    rules = set((paths.ROOT / "src" / "tightrope" / "rules").glob("*.py"))
    assert rules
    assert rules <= set(Kept(tmp_path).reached([build.CHECK], paths.ROOT / "src"))


def test_facts_in_another_order_are_listed_anew() -> None:
    page = Page("chapters/toy", Path("toy.ipynb"))
    one, other = {"how": "counted"}, {"how": "added"}
    keys = {
        assemble.key_of_facts("", {page: "Toy"}, {page: facts})
        for facts in ({"a": one, "b": other}, {"b": other, "a": one})
    }
    assert len(keys) == 2


def test_what_no_page_has_to_run_for_is_made_before_the_pages_have_run(
    manuscript: Write, tiny: Dealbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, edition = manuscript(toy_cells()), Edition(str(TINY), "", "announced")
    run.run_all(pages.to_run(written), edition, tiny, tmp_path / "executed", 1, lambda line: None)
    made = making.Making(written, tiny, edition, tmp_path)
    assemble.prepare(made, written, tiny, edition)
    for module, name in ((catalogue, "pages"), (documents, "pages"), (status, "count")):
        monkeypatch.setattr(module, name, lambda *_, name=name: pytest.fail(f"{name} again"))
    assemble.assemble(written, tiny, edition, tmp_path)
    assert (tmp_path / "source" / "reference" / "status.md").is_file()
