"""At a glance: who stands for how much of what goes in and out, and what the model hangs on.

All sums are USD billion, nominal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from tightrope import (
    accounts,
    counting,
    dealbook,
    loops,
    quantities,
    scenarios,
    terms,
    units,
)
from tightrope.dealbook import Dealbook
from tightrope.quantities import Quantities, Quantity, Value
from tightrope.quantities.view import View


@dataclass(frozen=True)
class Finding:
    """Whether what can come back is small beside what is signed; else the sums, as stated."""

    back: Quantity
    signed: Quantity
    sums: str

    @property
    def is_small(self) -> bool:
        """Whether the most that can come back is less than half of the least that is signed."""
        return 0 < self.back.high < self.signed.low / 2

    @property
    def words(self) -> str:
        """The finding as a headline."""
        if self.is_small:
            return "The circle is too small to carry the promise"
        return self.sums


def finding(q: Quantities) -> Finding:
    """What the page at a glance leads with."""
    return Finding(q["back_by_any_route"], q["to_pay_signed"], _sums(q))


def _sums(q: Quantities) -> str:
    """What is to come in, to go out and can go round, as stated; loans where nothing else goes."""
    to_pay, lent = q["to_pay"].stated, q["to_pay_with_loans"].stated
    goes = (to_pay, "out") if to_pay > 0 else (lent, "lent or guaranteed")
    sums = [
        f"{units.usd_bn(amount)} {where}"
        for amount, where in ((q["to_come_in"].stated, "in"), goes)
        if amount > 0
    ]
    if not sums:
        return "No sum is known of what comes in or goes out"
    said, back = f"{units.listing(sums)}, paid or promised", q["back_by_any_route"]
    both = q["round_trip_with_loans"].stated
    if back.stated > 0:
        return f"{said}; {units.usd_bn(back.stated)} could go round"
    if back.high > 0:
        return f"{said}; at most {units.usd_bn(back.high)} could go round"
    if both > 0:
        return f"{said}; {units.usd_bn(both)} could go round, loans counted"
    return f"{said}; of none of it is a way round known"


def pieces(view: View) -> pd.DataFrame:
    """What comes in and goes out by partner and by how far it has come: one row a piece.

    Columns: direction ("in", "out"), name, rung and amount (USD billion). `rung` is "paid"; for
    what is signed "conditional" where it is due on a condition, else "binding"; "announced" for
    what was only said or estimated; "high" for what lies between the sum as stated and the high
    end. A sum without a high end ends as stated. What only the press reports is left out.
    `comes_back` marks the money of partners from whom a way leads back to the focal party.
    """
    legs = counting.apart(accounts.climbed(view.web))
    legs = legs.assign(direction=accounts.directions(legs, view.focal))
    legs = legs[legs.direction.isin(["in", "out"]) & ~legs.is_report]
    party = legs.payer.where(legs.direction.eq("in"), legs.payee)
    part = legs.leg_id.map(terms.of_legs(view.web).set_index("leg_id").part)
    on_condition = part.eq("on_condition") & legs.direction.eq("out")
    rungs = {
        "paid": legs.paid,
        "conditional": legs.binding.where(on_condition, 0.0),
        "binding": legs.binding.where(~on_condition, 0.0),
        "announced": legs.announced + legs.intended,
        "high": (legs.high - legs.stated).clip(lower=0).fillna(0.0),
    }
    sided = legs.assign(party=party)[["direction", "party"]]
    found = pd.concat(
        [sided.assign(rung=rung, amount=amount) for rung, amount in rungs.items()],
        ignore_index=True,
    )
    found = found.groupby(["direction", "party", "rung"], as_index=False, sort=False).amount.sum()
    found = found[found.amount.gt(0)].reset_index(drop=True)
    found["comes_back"] = _comes_back(view, found)
    names = found.party.map(view.book.party_name)
    return found.assign(name=names)[["direction", "name", "rung", "amount", "comes_back"]]


def _comes_back(view: View, found: pd.DataFrame) -> pd.Series[bool]:
    """Which pieces of `pieces` are green."""
    web = view.payments("announced")
    home = loops.ways(web, view.focal) - {view.focal}
    return found.direction.eq("in") & found.party.isin(home)


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
    under_negotiation: float
    """Funding that is still under negotiation, USD billion."""
    widest: str
    least: float
    most: float
    rows: tuple[str, ...]


def model(book: Dealbook, gap: Quantity, focal: str) -> Model:
    """The base scenario of the book, taken apart by `scenarios.swings`; `gap` is the quantity."""
    own = scenarios.scenario(book, focal=focal)
    swings = scenarios.swings(own)
    widest, ends = "any other", [gap.stated, gap.stated]
    if len(swings):
        first = swings.iloc[0]
        widest, ends = first.words.lower(), sorted((float(first.at_low), float(first.at_high)))
    return Model(
        is_public=not math.isnan(gap.stated),
        under_negotiation=own.values["conditional_funding"],
        widest=widest,
        least=ends[0],
        most=ends[1],
        rows=gap.rows,
    )
