"""From executed notebooks to the source of the book and the files beside it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path

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
    gallery,
    imports,
    page,
    parts,
    share_card,
    status,
    totals_page,
)
from tightrope.publish.edition import Edition
from tightrope.publish.files import digest, keep_dates
from tightrope.publish.imprint import Imprint
from tightrope.publish.kept import Kept, key_of, of_data
from tightrope.publish.literature import FILE as REFERENCES
from tightrope.publish.literature import Literature
from tightrope.publish.named import Named, asked_by, hint
from tightrope.publish.page import Content
from tightrope.publish.pages import Manuscript, Page, listed, to_run

_ASSEMBLY = "import tightrope.publish.assemble"
"""What makes the pages: this, and the modules of the project that it reaches."""


_BEFORE = "source.before"
"""Beside the source: that of the site that stands, whose dates Sphinx knows."""


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


def _begin(manuscript: Manuscript, out: Path) -> None:
    """Write all of the book's source to `out`/source but what `assemble` adds."""
    source, before = out / "source", out / _BEFORE
    if before.is_dir():
        # The last build ended before `assemble` did: what its site was made from is there.
        shutil.rmtree(source, ignore_errors=True)
    elif source.is_dir():
        source.rename(before)
    # Some editors mark an open file with a link that leads nowhere.
    shutil.copytree(manuscript.book, source, ignore_dangling_symlinks=True)
    shutil.copy(manuscript.toc, source / "_toc.yml")
    shutil.copy(manuscript.config, source / "_config.yml")


def assemble(
    manuscript: Manuscript, executed: Path, book: Dealbook, edition: Edition, out: Path
) -> None:
    """Write the book's source to `out`/source and the files beside the pages to `out`/beside.

    `executed` holds the executed notebooks. What an earlier build made
    of the same notebook, data and code is taken from `out`/kept. Raises `AssemblyError` where a
    page uses a fact that it does not state, states one that it does not use, or where two figures
    share an id.
    """
    source, aside = out / "source", out / "beside"
    shutil.rmtree(aside, ignore_errors=True)
    _begin(manuscript, out)
    data, kept = paths.package(edition.data), Kept(out / "kept")
    common = common_key(manuscript, edition, reached=kept.reached)
    making = _Making(manuscript, book, edition)
    made: dict[Page, Assembled] = {}
    for one in to_run(manuscript):
        file = executed / f"{one.id}.ipynb"
        key = key_of(common, digest([file]), one.parameters)
        with _naming(one):
            found = kept.once(f"pages/{one.id}", key, partial(making.of, one, file))
        made[one] = Assembled(**found)
    _check(made)
    (aside / "figures").mkdir(parents=True)
    for one, page_of in made.items():
        _write(page_of.shown, source / f"{one.id}.ipynb")
        _write(page_of.taken, aside / "notebooks" / f"{one.id}.ipynb")
        for name, text in page_of.files.items():
            (aside / "figures" / name).write_bytes(text.encode("utf-8"))
    titles = {one: page_of.title for one, page_of in made.items()}
    stated = {one: page_of.stated for one, page_of in made.items()}
    for one in (first for first in made if not first.root and made[first].figures):
        first_figure = made[one].figures[0]["id"]
        picture = made[one].files[f"{first_figure}.svg"]
        share_card.write(titles[one], picture, aside / share_card.FILE)
    said = key_of(common, [[one.id, titles[one], stated[one]] for one in made])
    pages = listed(manuscript.toc)
    facts_page.write(stated, titles, book, source, aside)
    deals = kept.once("deals", common, lambda: _plain(catalogue.pages(book, edition.layer, pages)))
    parts.write(_parts(deals), addresses.DEALS, source)
    sources = kept.once("sources", common, lambda: _plain(documents.pages(book, pages)))
    parts.write(_parts(sources), addresses.SOURCES, source)
    if totals_page.PAGE in pages:
        kept.files(
            "totals",
            said,
            [source / f"{totals_page.PAGE}.md"],
            lambda: totals_page.write(stated, titles, book, making.named.quantities(), source),
        )
    if gallery.PAGE in pages:
        gallery.write({one: page_of.figures for one, page_of in made.items()}, titles, source)
    drawn = sum(len(page_of.figures) for page_of in made.values())
    written = sum(map(len, stated.values()))
    counted = [*status.tests(), manuscript.book / status.BENCHMARK]
    counting = digest(file for file in counted if file.is_file())
    kept.files(
        "status",
        key_of(common, drawn, written, counting),
        [source / f"{status.PAGE}.md"],
        lambda: status.write(manuscript, book, drawn, written, source),
    )
    audits_page.write(manuscript, source)
    dictionary.write(data, source)
    beside.write_data(data, aside / "data")
    # Sphinx goes by dates: a page that was written as it was is not to be made again.
    keep_dates(out / _BEFORE, source)
    shutil.rmtree(out / _BEFORE, ignore_errors=True)


def _plain(made: Sequence[parts.Part]) -> list[Content]:
    return [asdict(part) for part in made]


def _parts(kept: Sequence[Content]) -> list[parts.Part]:
    return [
        parts.Part(**part | {"sections": [parts.Section(**one) for one in part["sections"]]})
        for part in kept
    ]


def common_key(
    manuscript: Manuscript,
    edition: Edition,
    citation: Path = paths.CITATION,
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
    of_book = [manuscript.config, manuscript.book / REFERENCES, citation]
    data = of_data(paths.package(edition.data))
    return key_of(digest([*makers, *of_book]), data, asdict(edition), listed(manuscript.toc))


class _Making:
    """Makes pages of one book; what all of them need is made when the first one does."""

    def __init__(self, manuscript: Manuscript, book: Dealbook, edition: Edition) -> None:
        self._manuscript, self._book, self._edition = manuscript, book, edition
        self.named = Named(book)

    @cached_property
    def _taking(self) -> download.Download:
        return download.Download(self._imprint, Literature.of(self._manuscript))

    @cached_property
    def _imprint(self) -> Imprint:
        return Imprint.of(self._manuscript)

    def of(self, one: Page, file: Path) -> Content:
        """`Assembled` of a page whose executed notebook is in `file`, as a dictionary."""
        book, edition = self._book, self._edition
        # It was checked when it was written.
        notebook = nbformat.v4.reads(file.read_text(encoding="utf-8"))
        stated = self.named.all_facts(notebook, one.parameters)
        asked = asked_by(notebook)
        figures = [f for cell in notebook.cells for f in page.outputs_of(cell, figure.MIMETYPE)]
        if _faults(one, stated, asked):
            # A page with a fault is not shown; `_check` says what is wrong with all of them.
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


def _faults(one: Page, stated: Mapping[str, Content], asked: Mapping[str, int]) -> list[str]:
    """What does not match between the facts that a page states and those that its text uses."""
    return [
        f"{one.source}, cell {number}: [[{key}]] is used but not stated{hint(key)}"
        for key, number in asked.items()
        if key not in stated
    ] + [
        f"{one.source}: the fact {key} is stated but not used" for key in stated if key not in asked
    ]


def _check(made: Mapping[Page, Assembled]) -> None:
    faults = [
        fault for one, found in made.items() for fault in _faults(one, found.stated, found.asked)
    ]
    ids = Counter(one["id"] for found in made.values() for one in found.figures)
    faults += [f'two figures share the id "{name}"' for name, times in ids.items() if times > 1]
    if faults:
        raise AssemblyError("\n".join(faults))


def _write(text: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"{text}\n", encoding="utf-8")
