"""Rules about names and addresses: what readers see must tell things apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from tightrope.findings import Finding, quoted
from tightrope.rules.frames import Frames, line_of


def _read(name: str) -> str:
    """A name as readers tell it from others: not by capitals, spaces or the way it is encoded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _opened(address: str) -> str:
    """An address as browsers open it: with either scheme, with or without a last slash."""
    return re.sub(r"^https?://", "", address, flags=re.IGNORECASE).removesuffix("/")


_UNIQUE: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("parties", "name", _read),
    ("deals", "name", _read),
    ("sources", "url", _opened),
)


def names_tell_things_apart(frames: Frames) -> Iterator[Finding]:
    """No two parties or deals have the same name to a reader, and no two sources an address.

    What is the same to the letter, the schema finds: here is what only looks the same.
    """
    for table, column, seen in _UNIQUE:
        first: dict[str, tuple[int, str]] = {}
        for label, cell in frames[table][column].items():
            line, other = first.setdefault(seen(str(cell)), (line_of(label), str(cell)))
            if cell and other != cell:
                yield Finding(
                    f"{table}.csv",
                    line_of(label),
                    column,
                    f"{quoted(cell)} is {quoted(other)} of line {line} to a reader; "
                    f"every {column} must be unique",
                )
