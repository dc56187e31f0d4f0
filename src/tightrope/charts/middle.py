"""How a drawing names the party in the middle: as the book of its figure does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_NAME = ContextVar("middle", default="OpenAI")


def name() -> str:
    """The name of the party in the middle of the figure that is drawn."""
    return _NAME.get()


@contextmanager
def named(party: str) -> Iterator[None]:
    """Let drawings that are made inside name `party` as the one in the middle."""
    before = _NAME.set(party)
    try:
        yield
    finally:
        _NAME.reset(before)
