"""Pages assembled while other notebooks still run: a process beside the build fills `Kept`.

What a page becomes is kept under a key of all that it follows from, so `assemble` finds it there.
The process is a fork of the warm server, and has the book read and its quantities known.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tightrope import dealbook
from tightrope.publish import assemble, making, site
from tightrope.publish.edition import Edition
from tightrope.publish.orphans import end_with_build
from tightrope.publish.pages import Manuscript, Page


@contextmanager
def assembling(
    manuscript: Manuscript, edition: Edition, out: Path
) -> Iterator[Callable[[Page, int], None]]:
    """What to call with each page that has run, and with how many have not yet.

    The last page is left to `assemble`, which comes next: for it no process is worth its start.
    What is wrong with a page is left to it, too. At the end all that was begun is kept, and with
    the first page what `assemble` needs beside pages.
    """
    warm = multiprocessing.get_context("forkserver")
    begun = False
    with ProcessPoolExecutor(1, warm, end_with_build) as beside:

        def ran(page: Page, left: int) -> None:
            nonlocal begun
            if left and not begun:
                begun = True
                beside.submit(_prepare, manuscript, edition, out)
            if left:
                beside.submit(_keep, manuscript, edition, out, page)

        yield ran


def _keep(manuscript: Manuscript, edition: Edition, out: Path, page: Page) -> None:
    _maker(manuscript, edition, out).of(page)


def _prepare(manuscript: Manuscript, edition: Edition, out: Path) -> None:
    maker, book = _maker(manuscript, edition, out), _book(edition)
    assemble.prepare(maker, manuscript, book, edition)
    # Its engine would let nothing else happen in the process of the build.
    site.vega_bundle()


def _book(edition: Edition) -> dealbook.Dealbook:
    return edition.check(dealbook.load(edition.data))


@cache
def _maker(manuscript: Manuscript, edition: Edition, out: Path) -> making.Making:
    return making.Making(manuscript, _book(edition), edition, out)
