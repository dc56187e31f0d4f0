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
from tightrope.publish import making
from tightrope.publish.edition import Edition
from tightrope.publish.orphans import end_with_build
from tightrope.publish.pages import Manuscript, Page


@contextmanager
def assembling(
    manuscript: Manuscript, edition: Edition, out: Path
) -> Iterator[Callable[[Page, int], None]]:
    """What to call with each page that has run, and with how many have not yet.

    The last page is left to `assemble`, which comes next: for it no process is worth its start.
    What is wrong with a page is left to it, too. At the end all that was begun is kept.
    """
    warm = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(1, warm, end_with_build) as beside:

        def ran(page: Page, left: int) -> None:
            if left:
                beside.submit(_keep, manuscript, edition, out, page)

        yield ran


def _keep(manuscript: Manuscript, edition: Edition, out: Path, page: Page) -> None:
    _maker(manuscript, edition, out).of(page)


@cache
def _maker(manuscript: Manuscript, edition: Edition, out: Path) -> making.Making:
    book = edition.check(dealbook.load(edition.data))
    return making.Making(manuscript, book, edition, out)
