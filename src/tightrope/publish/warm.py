"""What the warm server reckons before the first kernel starts: the book and what pages ask of it.

Importing this module does it, for that is what a server of forks does first. Every kernel is a
fork, and so has the book read and its quantities known.
"""

from __future__ import annotations

import contextlib
import gc
import os

from tightrope import accounts, addresses, dealbook, ledger, quantities
from tightrope.environment import WARM_DATA, WARM_DAY


def reckon(data: str, as_of: str) -> None:
    """Load a book and compute what several pages ask of it; `dealbook` and the book keep it.

    Raises whatever is wrong with the data or the day.
    """
    book = dealbook.load(data).as_of(as_of)
    known = quantities.of(book)
    for name in quantities.DEFINITIONS:
        known[name]
    for seen in (book, book.within(*dealbook.WEB)):
        for layer in dealbook.LAYERS:
            ledger.payments(seen, layer)
            accounts.climbed(seen, layer)
    addresses.of_sources(book), addresses.of_deals(book)
    book.sources_of([])


if WARM_DATA in os.environ:
    # What is wrong with the data is the build's to say; the pages then never run.
    with contextlib.suppress(Exception):
        reckon(os.environ[WARM_DATA], os.environ.get(WARM_DAY, ""))
    # What is there before a fork never becomes garbage: a collector need not look at it, and a
    # kernel that does not write to its pages shares them.
    gc.collect()
    gc.freeze()
