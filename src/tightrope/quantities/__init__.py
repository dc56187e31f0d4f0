"""Every sum, share and count that the book states: asked for by name, computed once.

`of(book)["paid_in"]` is a quantity: its definition in words and its value at three ends. All of
them take the party in the middle, and with `partner` count only what it and that party pay each
other.
"""

from __future__ import annotations

import difflib

from tightrope.dealbook import Dealbook

# Importing the modules enters their quantities, in this order.
from tightrope.quantities import payments as payments  # isort: skip
from tightrope.quantities import circular as circular  # isort: skip
from tightrope.quantities import external as external  # isort: skip
from tightrope.quantities import debt as debt  # isort: skip
from tightrope.quantities import model as model  # isort: skip
from tightrope.quantities import record as record  # isort: skip
from tightrope.quantities.definition import (
    DEFINITIONS,
    Definition,
    Quantity,
    Value,
)
from tightrope.quantities.view import View

__all__ = ["DEFINITIONS", "HEADLINES", "Definition", "Quantities", "Quantity", "Value", "of"]

HEADLINES = (
    "to_pay",
    "to_come_in",
    "paid_in",
    "paid_out",
    "round_trip",
    "back_by_any_route",
    "external_share",
    "gap",
)
"""The eight quantities that the book leads with."""


class Quantities:
    """The quantities of one book seen from one party, each computed when it is first asked for."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[str, Quantity] = {}

    def __getitem__(self, name: str) -> Quantity:
        if name not in DEFINITIONS:
            near = difflib.get_close_matches(name, DEFINITIONS, 3, 0.5)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise KeyError(f'there is no quantity "{name}"{hint}')
        if name not in self._known:
            definition = DEFINITIONS[name]
            about = definition.about(self._view.book.party_name(self._view.focal))
            self._known[name] = Quantity(about, definition.compute(self._view))
        return self._known[name]


def of(book: Dealbook, focal: str = "", partner: str = "") -> Quantities:
    """The quantities of `book` seen from `focal`, with all partners or with `partner` alone.

    Raises ValueError for a party that the data package does not have.
    """
    focal = focal or book.focal
    seen = ("quantities", focal, partner)
    return book.once(seen, lambda: Quantities(View.of(book, focal, partner)))
