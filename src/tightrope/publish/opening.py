"""What every page begins with: the book of its edition, its quantities and its facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tightrope import dealbook, ledger, quantities, units
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts
from tightrope.quantities import Quantities

_SCOPE = {
    "announced": "everything announced",
    "binding": "binding amounts",
    "paid": "paid amounts",
}


@dataclass(frozen=True)
class Opening:
    """One page of one edition, seen from the party in the middle."""

    book: Dealbook
    layer: str
    focal: str
    fact: Facts
    quantities: Quantities

    @property
    def as_known(self) -> str:
        """The day of the edition, as subtitles end: "as known on 9 October 2026"."""
        return f"as known on {units.day(self.book.day.date())}"

    @property
    def scope(self) -> str:
        """The layer in words."""
        return _SCOPE[self.layer]

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the parties by id."""
        return dict(zip(self.book.parties.party_id, self.book.parties["name"], strict=True))

    @cached_property
    def ladder(self) -> pd.DataFrame:
        """`ledger.ladder` of the book, by leg_id."""
        return ledger.ladder(self.book).set_index("leg_id")

    def rows(self, legs: pd.DataFrame) -> list[str]:
        """The rows of these legs, with leg_id as a column or as index; the party for none."""
        ids = legs.leg_id if "leg_id" in legs else legs.index
        return [f"legs/{leg}" for leg in dict.fromkeys(ids)] or [f"parties/{self.focal}"]


def opening(data: str = "", as_of: str = "", layer: str = "announced", focal: str = "") -> Opening:
    """Load the data package `data` as known on the day `as_of`; "" is the book's own choice.

    Raises ValueError for a day, a layer or a party that the package does not have.
    """
    book = dealbook.load(data).as_of(as_of)
    focal = focal or book.focal
    dealbook.check_layer(layer)
    return Opening(book, layer, focal, Facts(book), quantities.of(book, focal))
