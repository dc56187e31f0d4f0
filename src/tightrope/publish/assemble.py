"""From executed notebooks to the source of the book and the files beside it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tightrope import addresses, paths
from tightrope.dealbook import Dealbook
from tightrope.publish import (
    audits_page,
    beside,
    catalogue,
    clone,
    dictionary,
    documents,
    facts_page,
    gallery,
    panels,
    parts,
    shared,
    status,
    totals_page,
)
from tightrope.publish.edition import Edition
from tightrope.publish.files import digest, keep_dates
from tightrope.publish.imprint import Imprint
from tightrope.publish.kept import Kept, key_of
from tightrope.publish.making import Assembled, AssemblyError, Making, faults
from tightrope.publish.page import Content
from tightrope.publish.pages import Manuscript, Page, listed, to_run

_BEFORE = "source.before"
"""Beside the source: that of the site that stands, whose dates Sphinx knows."""


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
    manuscript: Manuscript, book: Dealbook, edition: Edition, out: Path, kept: Kept | None = None
) -> None:
    """Write the book's source to `out`/source and the files beside the pages to `out`/beside.

    The executed notebooks are in `out`/executed. What was made before of the same notebook, data
    and code is taken from `out`/kept, with `kept` if the build has it already. Raises
    `AssemblyError` where a page uses a fact that it does not state, states one that it does not
    use, or where two figures share an id.
    """
    source, aside = out / "source", out / "beside"
    shutil.rmtree(aside, ignore_errors=True)
    _begin(manuscript, out)
    data = paths.package(edition.data)
    making = Making(manuscript, book, edition, out, kept)
    kept, common = making.kept, making.common
    made = {one: making.of(one) for one in to_run(manuscript)}
    _check(made)
    (aside / "figures").mkdir(parents=True)
    for one, page_of in made.items():
        _write(page_of.shown, source / f"{one.id}.ipynb")
        _write(page_of.taken, aside / "notebooks" / f"{one.id}.ipynb")
        for name, text in page_of.files.items():
            (aside / "figures" / name).write_bytes(text.encode("utf-8"))
    titles = {one: page_of.title for one, page_of in made.items()}
    stated = {one: page_of.stated for one, page_of in made.items()}
    said = key_of_facts(common, titles, stated)
    pages = listed(manuscript.toc)
    numbers = kept.once("facts", said, lambda: _plain(facts_page.pages(stated, titles, book)))
    opening, *of_pages = _parts(numbers)
    facts_page.write(opening, of_pages, source)
    facts_page.write_all(stated, book, aside)
    (aside / panels.FOLDER).mkdir()
    for name, text in kept.once(
        "panels", said, lambda: panels.files(stated, book, edition.layer, pages)
    ).items():
        (aside / panels.FOLDER / name).write_text(text, encoding="utf-8")
    parts.write(_parts(_deals(making, book, edition, pages)), addresses.DEALS, source)
    parts.write(_parts(_sources(making, book, pages)), addresses.SOURCES, source)
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
        lambda: status.write(manuscript, book, drawn, written, source, counted=_tests(kept)),
    )
    audits_page.write(manuscript, source)
    dictionary.write(data, source)
    beside.write_data(data, aside / "data")
    imprint = Imprint.of(manuscript)
    clone.write(imprint, source)
    headlines = {page: _headline(source / f"{page}.md") for page in pages}
    headlines |= {one.id: title for one, title in titles.items()}
    first = {
        one.id: page.files[f"{page.figures[0]['id']}.svg"]
        for one, page in made.items()
        if page.figures
    }
    shared.write(kept, common, book, imprint, headlines, first, aside)
    # Sphinx goes by dates: a page that was written as it was is not to be made again.
    keep_dates(out / _BEFORE, source)
    shutil.rmtree(out / _BEFORE, ignore_errors=True)


def prepare(making: Making, manuscript: Manuscript, book: Dealbook, edition: Edition) -> None:
    """Keep what `assemble` will need and no page has to run for.

    Raises whatever is wrong; `assemble` meets it again.
    """
    pages = listed(manuscript.toc)
    _deals(making, book, edition, pages)
    _sources(making, book, pages)
    _tests(making.kept)


def _deals(
    making: Making, book: Dealbook, edition: Edition, pages: Sequence[str]
) -> Sequence[Content]:
    found: Sequence[Content] = making.kept.once(
        "deals", making.common, lambda: _plain(catalogue.pages(book, edition.layer, pages))
    )
    return found


def _sources(making: Making, book: Dealbook, pages: Sequence[str]) -> Sequence[Content]:
    found: Sequence[Content] = making.kept.once(
        "sources", making.common, lambda: _plain(documents.pages(book, pages))
    )
    return found


def _tests(kept: Kept) -> Sequence[Sequence[str | int]]:
    code = [Path(status.__file__), *status.tests()]
    found: Sequence[Sequence[str | int]] = kept.once("tests", key_of(digest(code)), status.count)
    return found


def key_of_facts(
    common: str, titles: Mapping[Page, str], stated: Mapping[Page, Mapping[str, Content]]
) -> str:
    """One word for all that pages say of facts; their order counts, for lists of them keep it."""
    return key_of(common, [[p.id, titles[p], list(facts.items())] for p, facts in stated.items()])


def _plain(made: Sequence[parts.Part]) -> list[Content]:
    return [asdict(part) for part in made]


def _parts(kept: Sequence[Content]) -> list[parts.Part]:
    return [
        parts.Part(**part | {"sections": [parts.Section(**one) for one in part["sections"]]})
        for part in kept
    ]


def _check(made: Mapping[Page, Assembled]) -> None:
    wrong = [
        fault for one, found in made.items() for fault in faults(one, found.stated, found.asked)
    ]
    ids = Counter(one["id"] for found in made.values() for one in found.figures)
    wrong += [f'two figures share the id "{name}"' for name, times in ids.items() if times > 1]
    if wrong:
        raise AssemblyError("\n".join(wrong))


def _headline(page: Path) -> str:
    """The first heading of a page that no notebook makes."""
    if not page.is_file():
        return ""
    lines = page.read_text(encoding="utf-8").splitlines()
    return next((line.removeprefix("# ") for line in lines if line.startswith("# ")), "")


def _write(text: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"{text}\n", encoding="utf-8")
