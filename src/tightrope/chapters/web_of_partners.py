"""The web of partners: which loops lead back, which of them is paid, and what turns back.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import accounts, dealbook, units
from tightrope.charts.ring.model import Ring
from tightrope.dealbook import Dealbook

_COUNT = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


@dataclass(frozen=True)
class Finding:
    """Loops that lead back to the party `who`, and those of which every step is paid in part."""

    who: str
    rings: Sequence[Ring]

    @property
    def paid(self) -> list[Ring]:
        """The rings on each side of which a payment is known."""
        return [ring for ring in self.rings if is_paid_round(ring)]

    @property
    def words(self) -> str:
        """The finding as a headline."""
        if not self.rings:
            return f"No way of money back to {self.who} is known, loans left out"
        if len(self.rings) == 1:
            paid = "It is" if self.paid else "It is not"
            return f"One loop leads back to {self.who}. {paid} known to be paid."
        number = _COUNT.get(len(self.rings), str(len(self.rings)))
        paid = "all" if len(self.paid) == len(self.rings) else _COUNT.get(len(self.paid), "none")
        are = "are" if len(self.paid) > 1 else "is"
        return f"Of the {number} widest loops back to {self.who}, {paid} {are} known to be paid"

    @property
    def paid_with(self) -> str:
        """With whom every step is paid in part, at the end of a sentence."""
        names = units.listing(ring.name for ring in self.paid)
        return f"{names} alone" if len(self.paid) == 1 else names or "nobody yet"


def is_paid_round(ring: Ring) -> bool:
    """Whether on each side of a ring some payment is known to have been made."""
    sides = {band.direction: False for band in ring.bands}
    for band in ring.bands:
        sides[band.direction] |= bool(band.parts.get("paid"))
    return len(sides) > 1 and all(sides.values())


def _climbed(book: Dealbook, layer: str) -> pd.DataFrame:
    return accounts.climbed(book.within(*dealbook.WEB), layer)


def widest_round_trip(book: Dealbook, focal: str) -> str:
    """The partner whose round trip on everything announced has the widest range; "" for none.

    A range that is open above counts as none.
    """
    sides = accounts.sides(_climbed(book, "announced"), focal).set_index("party")
    width = (sides.round_high - sides.round_low).fillna(0.0)
    return str(width.idxmax()) if len(width) and width.max() > 0 else ""


def to_pay_by_partner(book: Dealbook, focal: str) -> pd.Series[float]:
    """What `focal` is to pay each partner, signed or not, as stated; the largest sum first."""
    sides = accounts.sides(_climbed(book, "announced"), focal).set_index("party")
    return sides.out_stated.sort_values(ascending=False)
