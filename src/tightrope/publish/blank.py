"""What a kernel does before each page: it forgets the page before."""

from __future__ import annotations

from functools import cache
from typing import Any

from IPython import get_ipython


def blank() -> None:
    """Empty the namespace, and let go of what the page before asked to be called for.

    What the package remembers of a book stays: it is the same for whoever asks.
    """
    shell = get_ipython()
    callbacks = shell.events.callbacks
    for event, ours in _at_first().items():
        callbacks[event][:] = ours
    shell.reset(new_session=False)


@cache
def _at_first() -> dict[str, list[Any]]:
    """What the kernel calls by itself at each event; asked for before the first page."""
    return {event: list(ours) for event, ours in get_ipython().events.callbacks.items()}
