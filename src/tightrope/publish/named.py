"""The quantities that a page's text names: their values as facts, without a cell that states them.

A marker is a quantity's name, with `:partner` if it is asked of one partner alone (`:party` is the
party that a dossier is about), and with `.low`, `.stated`, `.high` or `.range` for an end of it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from tightrope import quantities
from tightrope.dealbook import Dealbook
from tightrope.publish import facts, page
from tightrope.publish.facts import Fact
from tightrope.publish.page import Content
from tightrope.quantities import DEFINITIONS, Quantities

_NAME = re.compile(r"([a-z0-9]+(?:_[a-z0-9]+)*)(?::([a-z0-9-]+))?(?:\.(low|stated|high|range))?")
_DOSSIER = "party"


class Marker(NamedTuple):
    """A marker taken apart; `partner` and `end` are "" where it has none."""

    name: str
    partner: str
    end: str


def marker(key: str) -> Marker | None:
    """The quantity that a key of the text names, or None where it names none."""
    match = _NAME.fullmatch(key)
    if not match or match[1] not in DEFINITIONS:
        return None
    return Marker(match[1], match[2] or "", match[3] or "")


class Named:
    """Answers markers that name a quantity, from one book; each quantity is computed once."""

    def __init__(self, book: Dealbook) -> None:
        self._book = book
        self._asked: dict[tuple[str, str], Quantities] = {}

    def all_facts(self, notebook: Any, parameters: Mapping[str, object]) -> dict[str, Content]:
        """All facts of an executed notebook: what its cells state and its text asks for by name."""
        return stated_by(notebook) | self.facts(asked_by_name(notebook), parameters)

    def facts(self, keys: Iterable[str], parameters: Mapping[str, object]) -> dict[str, Content]:
        """The facts of those `keys` that name a quantity; `parameters` are the page's own.

        A key that names none has no entry. Raises ValueError for an unknown party, and for `:party`
        on a page that is about none.
        """
        found = {}
        for key in keys:
            asked = marker(key)
            if asked:
                name, partner, end = asked
                if partner == _DOSSIER:
                    if _DOSSIER not in parameters:
                        raise ValueError(f"[[{key}]]: the page is a dossier of no party; name one")
                    partner = str(parameters[_DOSSIER])
                focal = str(parameters.get("focal", "") or self._book.focal)
                found[key] = asdict(self._fact(key, focal, name, partner, end))
        return found

    def quantities(self, focal: str = "", partner: str = "") -> Quantities:
        """The quantities seen from `focal`, with all its partners or with one, kept once made."""
        focal = focal or self._book.focal
        asked = self._asked.get((focal, partner))
        if asked is None:
            asked = quantities.of(self._book, focal, partner)
            self._asked[focal, partner] = asked
        return asked

    def _fact(self, key: str, focal: str, name: str, partner: str, end: str) -> Fact:
        one = self.quantities(focal, partner)[name]
        what = one.definition
        with_whom = f", with {self._book.party_name(partner)} alone" if partner else ""
        how = f"{what.title}{with_whom}: {what.counts}; without {what.leaves_out}"
        low, stated, high = (
            None if number != number else number for number in (one.low, one.stated, one.high)
        )
        written = one.at(end) if end else one.written
        return Fact(key, written, stated, low, high, what.unit, how, one.rows)


def stated_by(notebook: Any) -> dict[str, Content]:
    """The facts that the cells of an executed notebook state, by key."""
    return {
        fact["key"]: fact
        for cell in notebook.cells
        for stated in page.outputs_of(cell, facts.MIMETYPE)
        for fact in stated
    }


def asked_by(notebook: Any) -> dict[str, int]:
    """The facts and quantities that a notebook's text asks for, with the number of a cell."""
    cells = list(enumerate(notebook.cells, 1))
    written = {
        key: number
        for number, cell in cells
        if cell.cell_type == "markdown"
        for _, key in facts.MARKER.findall(cell.source)
    }
    return written | {key: number for number, cell in cells for key in page.facts_asked(cell)}


def asked_by_name(notebook: Any) -> list[str]:
    """What a notebook's text asks for and no cell states: quantities, unless there is a fault."""
    stated = stated_by(notebook)
    # In the order of the text: that of a set differs from run to run.
    return [key for key in asked_by(notebook) if key not in stated]


def hint(key: str) -> str:
    """What a marker that is no fact of its page may have meant; "" if nothing comes near."""
    name = re.split(r"[:.]", key)[0].replace("-", "_")
    near = difflib.get_close_matches(name, DEFINITIONS, 3, 0.7)
    return f"; quantities with such a name: {', '.join(near)}" if near else ""
