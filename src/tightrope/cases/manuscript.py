"""The manuscript of a case: its list of pages, its settings, and its notebooks and pages."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Container, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
import yaml

from tightrope import dealbook, paths
from tightrope.cases import words
from tightrope.cases.carries import Carried
from tightrope.dealbook import Dealbook
from tightrope.exercises import cells, read
from tightrope.flat.writing import NO_LICENCE
from tightrope.publish.find import WORDS_OF_READERS
from tightrope.publish.pages import GENERATED, RUN_PER_VALUE, Manuscript
from tightrope.publish.run import CASE, with_values
from tightrope.publish.terms import GLOSSARY

_OURS = "CC-BY-4.0"
"""The licence of this book's own data."""
OWN = "own"
"""The tag of cells that speak of this book's deals: a case leaves them out."""
_FIRMS = ("lab", "cloud", "chipmaker", "equipment_maker", "investor")
"""Kinds of parties that are firms; lenders and builders have names of every day."""
KNOWN_FROM = "known-from-"
"""Tags of cells that this book shows from a day of its own on: in a case that day means nothing."""
WITH = "with-"
"""Tags of cells that a case shows only beside a page of this name."""
_WRITTEN = ("reference/glossary", "reference/about")
"""Pages written by hand that a case takes over."""
_ENDS = {"reference/about": "\n## Who writes, and on what terms"}
"""Where a page written by hand goes on about this book alone."""


def write(
    book: Dealbook, described: dict[str, Any], pages: Sequence[Carried], folder: Path
) -> Manuscript:
    """Write the manuscript of a case about `book` to `folder`, which is made anew.

    `described` is the description of its data package, `pages` those that it can have; of them
    the ones without a reason against are in the book.
    """
    shutil.rmtree(folder, ignore_errors=True)
    notebooks, hand = folder / "notebooks", folder / "book"
    notebooks.mkdir(parents=True)
    kept = [one for one in pages if not one.why_not]
    ids = {"index", *(one.page for one in kept)}
    (folder / "_toc.yml").write_text(_toc(kept), encoding="utf-8")
    (folder / "_config.yml").write_text(settings(described), encoding="utf-8")
    name = book.party_name(book.focal)
    for template, page in _templates(ids).items():
        notebook = _with_exercises(nbformat.read(paths.NOTEBOOKS / template, as_version=4), page)
        _rewrite(notebook, page, ids, book.focal, name)
        text = nbformat.writes(notebook)
        (notebooks / template).write_text(f"{text}\n", encoding="utf-8")
    _by_hand(hand, ids, name)
    return Manuscript(
        folder / "_toc.yml", folder / "_config.yml", notebooks, hand, book.focal, is_case=True
    )


def _toc(kept: Sequence[Carried]) -> str:
    parts = [
        {
            "caption": part,
            "chapters": [
                {"file": one.page} | ({"title": one.title} if one.title else {}) for one in those
            ],
        }
        for part, those in groupby(kept, key=lambda one: one.part)
    ]
    listed = {"format": "jb-book", "root": "index", "parts": parts}
    return yaml.safe_dump(listed, sort_keys=False, allow_unicode=True)


def settings(described: dict[str, Any]) -> str:
    """The settings of this book with the name and the authors of the package."""
    settings = yaml.safe_load(paths.CONFIG.read_text(encoding="utf-8"))
    authors = ", ".join(one["title"] for one in described.get("contributors", []))
    own = {"title": described["title"], "author": authors or "the authors of the data"}
    neutral = {"site_url": "", "repository_url": "", "licence": _licence(described)}
    return yaml.safe_dump(settings | own | neutral, sort_keys=False, allow_unicode=True)


def _licence(described: dict[str, Any]) -> str:
    """How the text and the data of the package may be used; "" where that is as in this book."""
    names = [one["name"] for one in described.get("licenses", [])]
    if names == [_OURS]:
        return ""
    given = [name for name in names if name != NO_LICENCE]
    return f"text CC BY 4.0, data {', '.join(given) or 'under no licence yet'}"


def _templates(ids: Collection[str]) -> dict[str, str]:
    """The notebooks of these pages, each with the page from whose place its links are read."""
    found: dict[str, str] = {}
    for page in sorted(ids):
        if page in GENERATED or page in _WRITTEN:
            continue
        folder, _, name = page.rpartition("/")
        template = RUN_PER_VALUE[folder][0] if folder in RUN_PER_VALUE else f"{name}.ipynb"
        found.setdefault(template, page)
    return found


def _with_exercises(notebook: Any, page: str) -> Any:
    """The notebook with those exercises of its chapter that speak of no deal of this book."""
    file = read.chapter_of(page, paths.BOOK)
    if not file:
        return notebook
    return cells.into(notebook, read.read(file), "../" * page.count("/"), rows={}, own=False)


def _rewrite(notebook: Any, page: str, ids: Container[str], focal: str, name: str) -> None:
    """Leave out what speaks of this book's deals, and let the rest speak of the case."""
    kept = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if OWN in tags or not _beside(tags, ids):
            continue
        if cell.cell_type == "markdown":
            cell.source = words.linked(words.about(cell.source, name), page, ids)
        elif "parameters" in tags:
            cell.source = with_values(words.about(cell.source, name), {"focal": focal})
        else:
            cell.source = words.code_about(cell.source, name)
        cell.metadata["tags"] = [
            tag for tag in tags if tag != CASE and not tag.startswith((WITH, KNOWN_FROM))
        ]
        kept.append(cell)
    notebook.cells = kept


def _beside(tags: Sequence[str], ids: Container[str]) -> bool:
    wanted = [tag.removeprefix(WITH) for tag in tags if tag.startswith(WITH)]
    return all(f"chapters/{one}" in ids or f"reference/{one}" in ids for one in wanted)


def firms() -> set[str]:
    """The first words of the names of the parties in this book's own web, but the middle."""
    own = dealbook.load()
    names = own.parties[own.parties.party_id.ne(own.focal)]
    firms = names[names.kind.isin(_FIRMS)]["name"]
    return {name.split()[0].partition("’")[0] for name in firms}


def _is_shared(page: str) -> bool:
    """Whether a page of this name is about the same in every book: no firm, no scenario."""
    return page.partition("/")[0] not in RUN_PER_VALUE


def _by_hand(folder: Path, ids: Container[str], name: str) -> None:
    """What the build takes from the folder of pages written by hand, as far as it fits any web."""
    shutil.copytree(paths.STATIC, folder / "_static", ignore_dangling_symlinks=True)
    shutil.copy(paths.BOOK / "references.bib", folder)
    readers = yaml.safe_load((paths.BOOK / WORDS_OF_READERS).read_text(encoding="utf-8"))
    asked = readers["pages"].items()
    readers["pages"] = {page: said for page, said in asked if page in ids and _is_shared(page)}
    (folder / WORDS_OF_READERS).write_text(yaml.safe_dump(readers), encoding="utf-8")
    for page in _WRITTEN:
        text = (paths.BOOK / f"{page}.md").read_text(encoding="utf-8")
        text = text.partition(_ENDS.get(page, "\0"))[0]
        if page == GLOSSARY:
            text = words.glossary(text, firms())
        target = folder / f"{page}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(words.linked(words.about(text, name), page, ids), encoding="utf-8")
