"""The core deal: what the first investor and the focal party have paid and promised each other.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from tightrope import accounts, counting, dealbook
from tightrope.dealbook import Dealbook
from tightrope.quantities import Quantities, Quantity

_AMOUNTS = {
    "events": ("event_id", ["amount_low_usd_bn", "amount_usd_bn", "amount_high_usd_bn"]),
    "financials": ("financial_id", ["value_low", "value", "value_high"]),
}
_STEPS = {"paid": "Paid so far", "announced": "With what is signed or talked about"}
"""The layers of `by_layer`: on the one between them the two often stand as on the last."""


@dataclass(frozen=True)
class Finding:
    """What an investor has paid in, and whether at least as much has been paid back to it."""

    name: str
    paid_in: Quantity
    paid_out: Quantity

    @property
    def has_come_back(self) -> bool:
        """Whether the least that was paid out reaches the most that was paid in."""
        return 0 < self.paid_in.high <= self.paid_out.low

    @property
    def words(self) -> str:
        """The finding as a headline."""
        if not self.paid_in.stated:
            return "What the first investor put in, and what came back"
        put_in = f"{self.name} put in {self.paid_in.at('stated')}."
        if self.has_come_back:
            return f"{put_in} At least {self.paid_out.at('low')} came back."
        if self.paid_out.high == 0:
            return f"{put_in} Nothing is known to have come back."
        return f"{put_in} How much came back is not settled."


def finding(book: Dealbook, partner: str, q: Quantities) -> Finding:
    """What the page leads with; `q` are the quantities with the partner alone."""
    return Finding(book.party_name(partner) if partner else "", q["paid_in"], q["paid_out"])


def first_investor(book: Dealbook, focal: str) -> str:
    """Who was the first to give `focal` something, a loan or a guarantee apart: a party_id.

    Of several on one day, the one whose leg comes first in the data; "" where nobody is known to.
    """
    legs = book.legs[book.legs.payee_id.eq(focal) & ~book.legs.instrument.isin(counting.LENT)]
    first = book.events.groupby("leg_id").known_on.min()
    known = legs.assign(since=legs.leg_id.map(first)).sort_values("since", kind="stable")
    return str(known.payer_id.iloc[0]) if len(known) else ""


def answers(book: Dealbook, rows: Mapping[str, str], replaces: Mapping[str, str]) -> pd.DataFrame:
    """What several rows of the data say came back: one row an answer that is known.

    `rows` names a row (`events/id` or `financials/id`) by what it counts. `replaces` maps a newer
    row to the one whose place it takes once it is known. Columns: label, value, low, high, row.
    The ends of a single value are the value; a value that is only a range is NaN.
    """
    found = []
    for label, row in rows.items():
        table, row_id = row.split("/")
        key, ends = _AMOUNTS[table]
        known = getattr(book, table).set_index(key)[ends]
        if row_id in known.index:
            low, value, high = known.loc[row_id]
            low, high = (value if pd.isna(end) else end for end in (low, high))
            found.append((label, value, low, high, row))
    given = pd.DataFrame(found, columns=["label", "value", "low", "high", "row"])
    superseded = given.row.map(replaces).dropna()
    return given[~given.row.isin(superseded)].reset_index(drop=True)


def between(ladder: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """The legs of `ledger.ladder` that one of the two pays the other."""
    return ladder[accounts.are_between(ladder, one, other)]


def by_layer(book: Dealbook, focal: str, partner: str) -> pd.DataFrame:
    """The account of `focal` with one partner, paid and in all: `accounts.sides`, and `step`.

    `step` is the layer in words; a layer on which the two have nothing has no row.
    """
    web = book.within(*dealbook.WEB)
    sides = pd.concat(
        accounts.sides(accounts.climbed(web, layer), focal).assign(step=words)
        for layer, words in _STEPS.items()
    )
    return sides[sides.party.eq(partner)].reset_index(drop=True)
