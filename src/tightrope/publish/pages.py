"""The list of pages: `_toc.yml`, read into what has to be run and what is written by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tightrope import paths

RUN_ONCE = ("chapters", "reference")
"""Folders whose page X is `notebooks/X.ipynb`, run once."""
RUN_PER_VALUE = {
    "partners": ("partner.ipynb", "party"),
    "scenarios": ("scenario.ipynb", "scenario"),
}
"""Folders whose page V is one notebook, run with a parameter set to V."""
GENERATED = (
    "reference/facts",
    "reference/data-dictionary",
    "reference/status",
    "reference/audits",
)
"""Pages that the build writes: from all other pages, the schema, the tests and the audits."""


@dataclass(frozen=True)
class Page:
    """A page that a notebook makes. `id` is its place in `_toc.yml`, its file and its address."""

    id: str
    template: Path
    parameters: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def slug(self) -> str:
        """The id in one word, for addresses inside a page: chapters/core-deal -> core-deal."""
        folder, _, name = self.id.rpartition("/")
        return name if folder in RUN_ONCE else f"{folder}-{name}"

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


OURS = Manuscript()


class TocError(ValueError):
    """`_toc.yml` names a page that nothing makes."""


def listed(toc: Path) -> list[str]:
    """The page ids of `_toc.yml`, in reading order, the root first."""
    content = yaml.safe_load(toc.read_text(encoding="utf-8"))
    return [content["root"], *_files(content)]


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
    """The pages that notebooks make. Raises `TocError` for every page that nothing makes."""
    toc, notebooks, book = manuscript.toc, manuscript.notebooks, manuscript.book
    pages, faults = [], []
    for page_id in listed(toc):
        if page_id in GENERATED or (book / f"{page_id}.md").is_file():
            continue
        folder, _, name = page_id.rpartition("/")
        if folder in RUN_PER_VALUE:
            file, parameter = RUN_PER_VALUE[folder]
            page = Page(page_id, notebooks / file, {parameter: name})
        else:
            page = Page(page_id, notebooks / f"{name}.ipynb")
        if folder in (*RUN_ONCE, *RUN_PER_VALUE) and page.template.is_file():
            pages.append(page)
        else:
            expected = f"notebooks/{page.template.name} or " if folder else ""
            faults.append(
                f'{toc.name}:{_line(toc, page_id)}: file: nothing makes the page "{page_id}"; '
                f"add {expected}book/{page_id}.md, or take the line out"
            )
    if faults:
        raise TocError("\n".join(faults))
    return pages


def _line(toc: Path, page_id: str) -> int:
    lines = toc.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.split()[-1:] == [page_id]), 1)
