"""The list of pages: `_toc.yml`, read into what has to be run and what is written by hand."""

from __future__ import annotations

import os
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml

from tightrope import addresses, paths
from tightrope.environment import TOC

RUN_ONCE = ("", "chapters", "reference")
"""Folders whose page X is `notebooks/X.ipynb`, run once; "" holds the first page."""
RUN_PER_VALUE = {
    "partners": ("partner.ipynb", "party"),
    "scenarios": ("scenario.ipynb", "scenario"),
}
"""Folders whose page V is one notebook, run with a parameter set to V."""
GENERATED = (
    "reference/facts",
    "reference/why-the-totals-differ",
    "reference/data-dictionary",
    "reference/status",
    "reference/audits",
    "reference/gallery",
)
"""Pages that the build writes: from other pages, quantities, the schema, tests and audits."""
FOCAL = "openai"
"""The party that the project's own book is about, whose partners have dossiers."""


@dataclass(frozen=True)
class Page:
    """A page that a notebook makes. `id` is its place in `_toc.yml`, its file and its address."""

    id: str
    template: Path
    parameters: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def slug(self) -> str:
        """The id in one word, for addresses inside a page: chapters/core-deal -> core-deal."""
        return addresses.slug(self.id)

    @property
    def source(self) -> str:
        """Where the page comes from, for messages."""
        return f"notebooks/{self.template.name} (page {self.id})"

    @property
    def root(self) -> str:
        """The way from the page to the site's root."""
        return "../" * self.id.count("/")


@dataclass(frozen=True)
class Manuscript:
    """What a book is made from: the list of pages, its settings, its templates, its own pages."""

    toc: Path = paths.TOC
    config: Path = paths.CONFIG
    notebooks: Path = paths.NOTEBOOKS
    book: Path = paths.BOOK
    focal: str = FOCAL
    is_case: bool = False
    """Whether it was made for another web, by `tightrope.cases`."""


OURS = Manuscript()


class TocError(ValueError):
    """`_toc.yml` is no list of pages, or names a page that nothing can make."""


def listed(toc: Path) -> list[str]:
    """The page ids of `_toc.yml`, in reading order, the root first.

    Raises `TocError` with the line where the file is no list of pages.
    """
    return list(_listed(toc.name, toc.read_text(encoding="utf-8")))


@cache
def _listed(name: str, text: str) -> tuple[str, ...]:
    try:
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TocError(f"{name}:{line}: is not YAML: {error.problem}") from None
    if not isinstance(content, dict) or "root" not in content:
        raise TocError(f"{name}:1: root: is missing; add root: index, the first page")
    pages = [content["root"], *_files(content)]
    for page in pages:
        if not isinstance(page, str):
            raise TocError(
                f"{name}:1: file: {page!r} is no page; write folder/name, as in partners/amd"
            )
    return tuple(pages)


def of_this_book() -> list[str]:
    """The pages of the book that is being built; outside a build, those of the project's own."""
    return listed(Path(os.environ.get(TOC, paths.TOC)))


def link_to(page: str, words: str, here: str, pages: Container[str]) -> str:
    """`words` as an HTML link from the page `here` to `page`; alone if `pages` has no such page.

    The data may well know a scenario or a party that the list of pages leaves out.
    """
    if page not in pages:
        return escape(words)
    address = f"{'../' * here.count('/')}{page}.html"
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _files(node: Any) -> list[str]:
    if isinstance(node, list):
        return [file for item in node for file in _files(item)]
    if isinstance(node, dict):
        own = [node["file"]] if "file" in node else []
        return own + [
            file for key in ("parts", "chapters", "sections") for file in _files(node.get(key, []))
        ]
    return []


def to_run(manuscript: Manuscript) -> list[Page]:
    """The pages that notebooks make. Raises `TocError` for every page that nothing can make."""
    toc, notebooks, book = manuscript.toc, manuscript.notebooks, manuscript.book
    pages, faults = [], []
    for page_id in listed(toc):
        if page_id in GENERATED or (book / f"{page_id}.md").is_file():
            continue
        folder, _, name = page_id.rpartition("/")
        if page_id == f"partners/{manuscript.focal}":
            faults.append(
                f'{toc.name}:{_line(toc, page_id)}: file: "{page_id}": a dossier shows a partner '
                f"beside {manuscript.focal}, which is no partner of itself; take the line out"
            )
            continue
        if folder in RUN_PER_VALUE:
            file, parameter = RUN_PER_VALUE[folder]
            page = Page(page_id, notebooks / file, {parameter: name})
        else:
            page = Page(page_id, notebooks / f"{name}.ipynb")
        if folder in (*RUN_ONCE, *RUN_PER_VALUE) and page.template.is_file():
            pages.append(page)
        else:
            faults.append(
                f'{toc.name}:{_line(toc, page_id)}: file: nothing makes the page "{page_id}"; '
                f"add notebooks/{page.template.name} or book/{page_id}.md, or take the line out"
            )
    if faults:
        raise TocError("\n".join(faults))
    return pages


def _line(toc: Path, page_id: str) -> int:
    lines = toc.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.split()[-1:] == [page_id]), 1)
