"""From executed notebooks to the source of the book and the files beside it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from tightrope import addresses, paths
from tightrope.charts import figure
from tightrope.dealbook import Dealbook
from tightrope.publish import (
    audits_page,
    beside,
    catalogue,
    dictionary,
    documents,
    download,
    facts_page,
    page,
    parts,
    status,
    totals_page,
)
from tightrope.publish.files import keep_dates
from tightrope.publish.imprint import Imprint
from tightrope.publish.literature import Literature
from tightrope.publish.named import Named, asked_by, hint
from tightrope.publish.page import Content
from tightrope.publish.pages import Manuscript, Page, listed, to_run
from tightrope.publish.run import Edition


class AssemblyError(ValueError):
    """Text, facts and figures of the pages do not match; the message has a line a fault."""


def assemble(
    manuscript: Manuscript, executed: Path, book: Dealbook, edition: Edition, out: Path
) -> None:
    """Write the book's source to `out`/source and the files beside the pages to `out`/beside.

    `executed` holds the executed notebooks. Raises `AssemblyError` where a page uses a fact that
    it does not state, states one that it does not use, or where two figures share an id.
    """
    source, aside, before = out / "source", out / "beside", out / "source.before"
    for folder in (aside, before):
        shutil.rmtree(folder, ignore_errors=True)
    if source.is_dir():
        source.rename(before)
    # Some editors mark an open file with a link that leads nowhere.
    shutil.copytree(manuscript.book, source, ignore_dangling_symlinks=True)
    shutil.copy(manuscript.toc, source / "_toc.yml")
    shutil.copy(manuscript.config, source / "_config.yml")
    notebooks = {
        # It was checked when it was written.
        one: nbformat.v4.reads((executed / f"{one.id}.ipynb").read_text(encoding="utf-8"))
        for one in to_run(manuscript)
    }
    figures = {
        one: [f for cell in notebook.cells for f in page.outputs_of(cell, figure.MIMETYPE)]
        for one, notebook in notebooks.items()
    }
    named, stated = Named(book), {}
    for one, notebook in notebooks.items():
        with _naming(one):
            stated[one] = named.all_facts(notebook, one.parameters)
    _check(notebooks, stated, figures)
    imprint = Imprint.of(manuscript)
    taking = download.Download(imprint, Literature.of(manuscript))
    for one, notebook in notebooks.items():
        with _naming(one):
            known = page.as_known(notebook, stated[one], book)
            _write(page.shown(known, one, stated[one], book, edition, imprint), source, one)
            taken = taking.notebook(notebook, one, stated[one], book, edition)
            _write(taken, aside / "notebooks", one)
            for content in figures[one]:
                beside.write_figure(content, aside / "figures", one.id)
    titles = {one: page.title_of(notebook, stated[one]) for one, notebook in notebooks.items()}
    pages = listed(manuscript.toc)
    facts_page.write(stated, titles, book, source, aside)
    parts.write(catalogue.pages(book, edition.layer, pages), addresses.DEALS, source)
    parts.write(documents.pages(book, pages), addresses.SOURCES, source)
    if totals_page.PAGE in pages:
        totals_page.write(stated, titles, book, named.quantities(), source)
    drawn, written = (sum(map(len, each.values())) for each in (figures, stated))
    status.write(manuscript, book, drawn, written, source)
    audits_page.write(manuscript, source)
    data = paths.package(edition.data)
    dictionary.write(data, source)
    beside.write_data(data, aside / "data")
    # Sphinx goes by dates: a page that was written as it was is not to be made again.
    keep_dates(before, source)
    shutil.rmtree(before, ignore_errors=True)


@contextmanager
def _naming(one: Page) -> Iterator[None]:
    """Say of any fault on which page it happened."""
    try:
        yield
    except OSError:
        raise  # a full disk is no fault of the page
    except Exception as error:
        raise AssemblyError(f"{one.source}: {type(error).__name__}: {error}") from error


def _check(
    notebooks: Mapping[Page, Any],
    stated: Mapping[Page, Mapping[str, Content]],
    figures: Mapping[Page, Sequence[Content]],
) -> None:
    faults = []
    for one, notebook in notebooks.items():
        name = one.source
        used = asked_by(notebook)
        faults += [
            f"{name}, cell {number}: [[{key}]] is used but not stated{hint(key)}"
            for key, number in used.items()
            if key not in stated[one]
        ]
        faults += [
            f"{name}: the fact {key} is stated but not used"
            for key in stated[one]
            if key not in used
        ]
    ids = Counter(content["id"] for contents in figures.values() for content in contents)
    faults += [f'two figures share the id "{name}"' for name, times in ids.items() if times > 1]
    if faults:
        raise AssemblyError("\n".join(faults))


def _write(notebook: Any, folder: Path, one: Page) -> None:
    target = folder / f"{one.id}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)
