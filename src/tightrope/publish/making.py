"""What one executed notebook becomes: a page of the book, a notebook to take away, its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import nbformat

from tightrope import paths
from tightrope.charts import figure
from tightrope.dealbook import Dealbook
from tightrope.publish import beside, download, exercised, imports, page
from tightrope.publish.edition import Edition
from tightrope.publish.files import digest
from tightrope.publish.imprint import Imprint
from tightrope.publish.kept import Kept, key_of, of_data
from tightrope.publish.literature import FILE as REFERENCES
from tightrope.publish.literature import Literature
from tightrope.publish.named import Named, asked_by, asked_by_name, hint, stated_by
from tightrope.publish.page import Content
from tightrope.publish.pages import Manuscript, Page, listed

_ASSEMBLY = "import tightrope.publish.assemble"
"""What makes the pages: this, and the modules of the project that it reaches."""


class AssemblyError(ValueError):
    """Text, facts and figures of the pages do not match; the message has a line a fault."""


@dataclass(frozen=True)
class Assembled:
    """All that the build makes of one executed notebook, as plain data.

    `stated` are its facts; `asked` those that its text uses, with the number of a cell; `shown` and
    `taken` the notebook as the book shows it and as readers take it away; `files` those of its
    figures by name, of which `figures` has id, title, and width and height of the wide picture.
    """

    title: str
    stated: dict[str, Content]
    asked: dict[str, int]
    figures: list[Content]
    shown: str
    taken: str
    files: dict[str, str]


def common_key(
    manuscript: Manuscript,
    edition: Edition,
    root: Path = paths.ROOT,
    reached: Callable[[list[str], Path], list[Path]] = imports.reached,
) -> str:
    """One word for all that what is made of any page depends on, beside the page itself.

    That is the edition with its data, the list of pages, the book's settings, literature and
    imprint, and the modules, templates and packages that make pages. `root` is where lock file and
    modules are; `reached` is asked for the modules.
    """
    src = root / "src"
    templates = sorted(file for file in (src / "tightrope" / "html").rglob("*") if file.is_file())
    makers = [root / "requirements.lock", *reached([_ASSEMBLY], src), *templates]
    of_book = [manuscript.config, manuscript.book / REFERENCES]
    data = of_data(paths.package(edition.data))
    return key_of(digest([*makers, *of_book]), data, asdict(edition), listed(manuscript.toc))


class Making:
    """Makes pages of one book; what all of them need is made when the first one does.

    The executed notebooks are in `out`/executed; what is made of them is kept in `out`/kept, with
    `kept` if the build has it already.
    """

    def __init__(
        self,
        manuscript: Manuscript,
        book: Dealbook,
        edition: Edition,
        out: Path,
        kept: Kept | None = None,
    ) -> None:
        self._manuscript, self._book, self._edition = manuscript, book, edition
        self._executed, self.kept = out / "executed", kept or Kept(out / "kept")
        self.named = Named(book)
        self.common = common_key(manuscript, edition, reached=self.kept.reached)

    def of(self, one: Page) -> Assembled:
        """What the notebook of a page becomes; kept from an earlier time if nothing has changed.

        Raises `AssemblyError` where it cannot be made; what is wrong with its facts, `faults` says.
        """
        file = self._executed / f"{one.id}.ipynb"
        key = key_of(self.common, digest([file, *self._exercises(one)]), one.parameters)
        with _naming(one):
            found = self.kept.once(f"pages/{one.id}", key, partial(self._made, one, file))
        return Assembled(**found)

    def _exercises(self, one: Page) -> list[Path]:
        return exercised.files(one, self._manuscript)

    def _stated(self, notebook: Any, one: Page) -> dict[str, Content]:
        """All facts of a page. Another text mostly names the same quantities: they are kept."""
        keys = asked_by_name(notebook)
        return stated_by(notebook) | self.kept.once(
            f"named/{one.id}",
            key_of(self.common, keys, one.parameters),
            lambda: self.named.facts(keys, one.parameters),
        )

    @cached_property
    def _taking(self) -> download.Download:
        return download.Download(self._imprint, Literature.of(self._manuscript))

    @cached_property
    def _imprint(self) -> Imprint:
        return Imprint.of(self._manuscript)

    def _made(self, one: Page, file: Path) -> Content:
        book, edition = self._book, self._edition
        # It was checked when it was written.
        ran = nbformat.v4.reads(file.read_text(encoding="utf-8"))
        notebook = exercised.notebook(ran, one, self._manuscript, edition, book)
        stated = self._stated(notebook, one)
        asked = asked_by(notebook)
        figures = [f for cell in notebook.cells for f in page.outputs_of(cell, figure.MIMETYPE)]
        if faults(one, stated, asked):
            # A page with a fault is not shown; the build says what is wrong with all of them.
            return asdict(Assembled("", stated, asked, [], "", "", {}))
        known = page.as_known(notebook, stated, book)
        taken = self._taking.notebook(notebook, one, stated, book, edition)
        return asdict(
            Assembled(
                title=page.title_of(notebook, stated),
                stated=stated,
                asked=asked,
                figures=[_in_short(content) for content in figures],
                shown=nbformat.writes(page.shown(known, one, stated, book, edition, self._imprint)),
                taken=nbformat.writes(taken),
                files={
                    name: text
                    for content in figures
                    for name, text in beside.figure_files(content, one.id).items()
                },
            )
        )


def _in_short(content: Content) -> Content:
    wide, high = figure.size_of(content["pictures"]["wide"])
    return {"id": content["id"], "title": content["title"], "width": wide, "height": high}


@contextmanager
def _naming(one: Page) -> Iterator[None]:
    """Say of any fault on which page it happened."""
    try:
        yield
    except OSError:
        raise  # a full disk is no fault of the page
    except Exception as error:
        raise AssemblyError(f"{one.source}: {type(error).__name__}: {error}") from error


def faults(one: Page, stated: Mapping[str, Content], asked: Mapping[str, int]) -> list[str]:
    """What does not match between the facts that a page states and those that its text uses."""
    return [
        f"{one.source}, cell {number}: [[{key}]] is used but not stated{hint(key)}"
        for key, number in asked.items()
        if key not in stated
    ] + [
        f"{one.source}: the fact {key} is stated but not used" for key in stated if key not in asked
    ]
