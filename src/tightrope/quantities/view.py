"""One book seen from one party: the legs that the quantities add up, each counted once."""

from __future__ import annotations

from functools import cached_property, partial

import pandas as pd

from tightrope import counting, loops
from tightrope.dealbook import WEB, Dealbook
from tightrope.quantities.definition import Value


class View:
    """The payments of `focal` in a book, with all its partners or with one.

    Raises ValueError for a party that the data package does not have.
    """

    def __init__(self, book: Dealbook, focal: str, partner: str = "") -> None:
        for party in (focal, *([partner] if partner else [])):
            if party not in book.all_ids["parties"]:
                raise ValueError(f'party must be one of parties.csv, not "{party}"')
        self.book, self.focal, self.partner = book, focal, partner
        self._counted: dict[tuple[str, bool], pd.DataFrame] = {}
        self._payments: dict[tuple[str, bool], pd.DataFrame] = {}
        self._circles: dict[bool, loops.Circle] = {}

    @classmethod
    def of(cls, book: Dealbook, focal: str, partner: str = "") -> View:
        """The view that all who ask for the same one share; raises as the class itself does."""
        return book.once(("view", focal, partner), lambda: cls(book, focal, partner))

    @cached_property
    def web(self) -> Dealbook:
        """The book without the deals that are there for comparison only."""
        return self.book.within(*WEB)

    def counted(self, layer: str, reports: bool = False) -> pd.DataFrame:
        """`counting.counted` of the web: the legs that `focal` pays or is paid."""
        key = (layer, reports)
        if key not in self._counted:
            legs = counting.counted(self.web, layer, reports)
            if self.partner:
                # What another may take of the partner's sum, it does not surely give.
                legs = self.web.once(("apart", *key), partial(counting.apart, legs))
            other = legs.payer.where(legs.payee.eq(self.focal), legs.payee)
            own = legs.payer.eq(self.focal) | legs.payee.eq(self.focal)
            with_partner = other.eq(self.partner) if self.partner else True
            self._counted[key] = legs[own & with_partner].reset_index(drop=True)
        return self._counted[key]

    def paid_to(self, layer: str, reports: bool = False) -> pd.DataFrame:
        """The legs that are paid to `focal`."""
        legs = self.counted(layer, reports)
        return legs[legs.payee.eq(self.focal)]

    def paid_by(self, layer: str, reports: bool = False) -> pd.DataFrame:
        """The legs that `focal` pays."""
        legs = self.counted(layer, reports)
        return legs[legs.payer.eq(self.focal)]

    def payments(self, layer: str, others_chips: bool = True) -> pd.DataFrame:
        """`loops.payments`: the web in which money can come back to `focal`."""
        key = (layer, others_chips)
        if key not in self._payments:
            self._payments[key] = loops.payments(self.book, self.focal, layer, others_chips)
        return self._payments[key]

    def circle(self, others_chips: bool = True) -> loops.Circle:
        """`loops.circle` of everything announced, with or without what others pay for chips."""
        if others_chips not in self._circles:
            self._circles[others_chips] = loops.circle(self.payments("announced", others_chips))
        return self._circles[others_chips]

    def suppliers(self) -> list[str]:
        """Whom `focal` pays or is to pay, a loan or a guarantee apart, with a known sum or not."""
        return sorted(set(counting.given(self.paid_by("announced")).payee))

    def rows(self, legs: pd.DataFrame) -> tuple[str, ...]:
        """The rows of these legs; the party itself where there is none."""
        ids = dict.fromkeys(loops.leg_ids(legs))
        return tuple(f"legs/{leg}" for leg in ids) or (f"parties/{self.focal}",)

    def summed(self, legs: pd.DataFrame) -> Value:
        """Legs of `counted` added up."""
        silent = legs[legs.stated.eq(0) & legs.high.isna() & legs.part_of.eq("")]
        return Value(*counting.total(legs), self.rows(legs), tuple(silent.leg_id))
