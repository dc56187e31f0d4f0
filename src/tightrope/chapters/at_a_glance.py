"""At a glance: who stands for how much of what goes in and out, and what the model hangs on.

All sums are USD billion, nominal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from tightrope import accounts, counting, dealbook, quantities, scenarios, units
from tightrope.dealbook import Dealbook
from tightrope.measures import runway
from tightrope.quantities import Quantity, Value


def by_partner(book: Dealbook, focal: str) -> pd.DataFrame:
    """What each partner gives `focal`, and what it is to be paid, by how far it has come.

    One row a partner and direction: name, direction ("in" or "out"), the increments of
    `accounts.RUNGS`, which add up to what parties and contracts name, and low and high. A partner
    of whom only the press speaks on a side has no row there.
    """
    legs = counting.apart(accounts.climbed(book.within(*dealbook.WEB)))
    legs = legs.assign(direction=accounts.directions(legs, focal))
    legs = legs[legs.direction.isin(["in", "out"])]
    partner = legs.payer.where(legs.direction.eq("in"), legs.payee)
    legs = legs.assign(name=partner.map(book.party_name))
    legs = legs[~legs.groupby(["name", "direction"]).is_report.transform("all")]
    sums = legs.groupby(["name", "direction"], sort=False)[[*accounts.RUNGS, "low", "high"]]
    return sums.agg(lambda column: column.sum(skipna=False)).reset_index()


def largest_supplier(book: Dealbook, focal: str) -> str:
    """Whom `focal` has signed to pay most, as stated: its id, or "" where nothing is signed."""
    signed = _sides(book, focal, "binding").set_index("party").out_stated
    return str(signed.idxmax()) if len(signed) and signed.max() > 0 else ""


def whom_it_paid(book: Dealbook, focal: str) -> str:
    """To whom what `focal` has paid went, as stated: a sentence."""
    paid = _sides(book, focal, "paid")
    paid = paid[paid.out_stated.gt(0)]
    if paid.empty:
        return "No payment is known."
    if len(paid) == 1:
        return f"All of it went to {book.party_name(paid.party.iloc[0])}."
    to_whom = (
        f"{units.usd_bn(row.out_stated)} to {book.party_name(row.party)}"
        for row in paid.itertuples()
    )
    return f"Of it went {units.listing(to_whom)}."


def _sides(book: Dealbook, focal: str, layer: str) -> pd.DataFrame:
    return accounts.sides(accounts.climbed(book.within(*dealbook.WEB), layer), focal)


def paid_in_by(book: Dealbook, focal: str, parties: Iterable[str]) -> Value:
    """What these parties together have paid in, with the rows of each of them.

    A party not yet known on the book's day has paid nothing. Raises ValueError for one that the
    data package does not have.
    """
    each = [quantities.of(book, focal, party)["paid_in"] for party in parties]
    return Value(
        sum(one.low for one in each),
        sum(one.stated for one in each),
        sum(one.high for one in each),
        tuple(row for one in each for row in one.rows),
    )


@dataclass(frozen=True)
class Model:
    """What the base scenario's gap rests on; the gap of the assumption that moves it most.

    `widest` is that assumption in words, `least` and `most` the gap at the ends of its range,
    USD billion; without any assumption that moves the gap both are the gap itself.
    """

    is_public: bool
    """Whether all that the model assumes is public on the book's day."""
    committed: float
    """Committed funding, USD billion."""
    under_negotiation: float
    """Funding that is still under negotiation, USD billion."""
    cash_ends: str
    """When cash ends without the latter, in words."""
    widest: str
    least: float
    most: float
    rows: tuple[str, ...]


def model(book: Dealbook, gap: Quantity, focal: str) -> Model:
    """The base scenario of the book, taken apart by `scenarios.swings`; `gap` is the quantity."""
    own = scenarios.scenario(book, focal=focal)
    month = runway.month_cash_ends(own.gap(conditional_funding=0.0))
    swings = scenarios.swings(own)
    widest, ends = "any other", [gap.stated, gap.stated]
    if len(swings):
        first = swings.iloc[0]
        widest, ends = first.words.lower(), sorted((float(first.at_low), float(first.at_high)))
    return Model(
        is_public=not math.isnan(gap.stated),
        committed=own.values["committed_funding"],
        under_negotiation=own.values["conditional_funding"],
        cash_ends=f"in {month:%B %Y}" if month else "not before the end of the years of the model",
        widest=widest,
        least=ends[0],
        most=ends[1],
        rows=gap.rows,
    )
