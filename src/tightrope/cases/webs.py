"""Webs side by side: a few measures of each, computed as the book about it computes them.

A share comes with the dollars that it is a share of, and with its range. What the data of a web do
not say is said, with the reason, in the place of a number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from tightrope import counting, quantities, units
from tightrope.cases import carries
from tightrope.chapters import who_breaks
from tightrope.counting import Ends
from tightrope.dealbook import Dealbook
from tightrope.measures.clearing import herfindahl
from tightrope.measures.roundtrip_range import round_trip_share
from tightrope.quantities import Value
from tightrope.quantities.view import View
from tightrope.scenario_parameters import YEARS
from tightrope.stress import READINGS

_MANY = "boundary"
"""The kind of a party that stands for many: the data do not tell them apart."""
_NO_SUM = Ends(math.nan, math.nan, math.nan)


@dataclass(frozen=True)
class Web:
    """A web as it was known on the day of `book`, and where its pages are.

    `address` is the folder of its pages on the site, "" where it has none there; `is_invented`
    says that nothing in it is true, `when` what its day is, where that is not the newest.
    """

    book: Dealbook
    title: str
    address: str = ""
    is_invented: bool = False
    when: str = ""

    @property
    def focal(self) -> str:
        """The name of the party in the middle."""
        return self.book.party_name(self.book.focal)

    @property
    def name(self) -> str:
        """The party in the middle, with the year where the day is not the newest."""
        invented = ", invented" if self.is_invented else ""
        return f"{self.focal}{f', end of {self.book.day.year}' if self.when else ''}{invented}"

    @property
    def view(self) -> View:
        """The web seen from its middle."""
        return View.of(self.book, self.book.focal)

    def value(self, name: str) -> Value:
        """The value of a quantity of the book about it."""
        return quantities.of(self.book)[name].value


@dataclass(frozen=True)
class Measured:
    """A measure of one web: its three ends, and in words the dollars behind it.

    `stated` is NaN where only a range can be given; all are NaN where `why_not` says why nothing
    can be said.
    """

    ends: Ends
    dollars: str = ""
    why_not: str = ""


def _cannot(why: str) -> Measured:
    return Measured(_NO_SUM, why_not=why)


def _sum(one: Value) -> str:
    """A sum as stated, and its range."""
    if not one.is_some:
        return units.NONE_KNOWN
    if one.low == 0 and math.isnan(one.high):
        return f"{units.usd_bn(one.stated)} as stated"
    return units.usd_bn_and_range(one.stated, one.low, one.high)


def _part(part: Value, whole: Value) -> str:
    """Two sums of which the one is a part of the other, with their ranges."""
    return f"{_sum(part)} of {_sum(whole)}"


def circular(web: Web, lent: str = "") -> Measured:
    """What can go straight back to the same partner, of all that comes in."""
    comes = web.value(f"to_come_in{lent}")
    if not comes.is_some:
        left = "" if lent else ", loans left out"
        return _cannot(f"no sum is known that anybody gives {web.focal}{left}")
    legs = web.view.counted("announced")
    sides = counting.by_partner(legs if lent else counting.given(legs), web.book.focal)
    return Measured(round_trip_share(sides), _part(web.value(f"round_trip{lent}"), comes))


def circular_with_loans(web: Web) -> Measured:
    """The circular share with loans and guarantees of both sides counted."""
    return circular(web, "_with_loans")


def external(web: Web) -> Measured:
    """The external share, strictly counted, with its dollars."""
    share, shares = web.value("external_share"), web.value("to_come_in_for_shares")
    if not shares.is_some:
        return _cannot(f"no money for shares of {web.focal} is known")
    ends = Ends(share.low, share.stated, share.high)
    return Measured(ends, _part(web.value("external_money"), shares))


def _paid_of_signed(web: Web, paid: Value, signed: Value, nothing: str) -> Measured:
    """Paid over signed; an open sum counts as stated, for it bounds no share."""
    if not signed.is_some:
        return _cannot(nothing)
    most = signed.stated if math.isnan(signed.high) else signed.high
    top = paid.stated if math.isnan(paid.high) else paid.high
    ends = Ends(
        low=paid.low / most,
        stated=paid.stated / signed.stated if signed.stated else math.nan,
        high=min(1.0, top / signed.low) if signed.low else 1.0,
    )
    return Measured(ends, _part(paid, signed))


def paid_out_of_signed(web: Web) -> Measured:
    """What the middle is known to have paid, of what it has signed to pay."""
    paid, signed = web.value("paid_out"), web.value("to_pay_signed")
    nothing = f"no sum is known that {web.focal} has signed to pay, loans left out"
    return _paid_of_signed(web, paid, signed, nothing)


def paid_out_with_loans(web: Web) -> Measured:
    """The same with what the middle lends and guarantees: what is drawn, of what is promised."""
    signed = web.view.summed(web.view.paid_by("binding"))
    nothing = f"no sum is known that {web.focal} has signed to pay, lend or guarantee"
    return _paid_of_signed(web, web.value("paid_out_with_loans"), signed, nothing)


def paid_in_of_signed(web: Web) -> Measured:
    """What partners are known to have paid, of what they have signed to give."""
    paid, signed = web.value("paid_in"), web.value("to_come_in_signed")
    nothing = f"no sum is known that anybody has signed to give {web.focal}, loans left out"
    return _paid_of_signed(web, paid, signed, nothing)


def concentration(web: Web, of: str, does: str) -> Measured:
    """The Herfindahl index of the partners on one side; `of` is their column, payer or payee."""
    legs = counting.apart(counting.given(web.view.counted("announced")))
    other = "payee" if of == "payer" else "payer"
    own = legs[legs[other].eq(web.book.focal)]
    sums = {
        end: own.assign(amount=own[end].fillna(own.stated)).groupby(of).amount.sum()
        for end in counting.ENDS
    }
    if not sums["stated"].sum() > 0:
        return _cannot(f"no sum is known that {does}, loans left out")
    many = set(web.book.parties.party_id[web.book.parties.kind.eq(_MANY)])
    found = [index for end in counting.ENDS for index in _indices(sums[end], many)]
    stated = sums["stated"]
    party = str(stated[~stated.index.isin(many) | stated.index.isin(many).all()].idxmax())
    part = units.share_range(stated[party] / stated.sum(), stated[party] / stated.sum())
    words = f"{web.book.party_name(party)}: {units.usd_bn(stated[party])} of "
    words += f"{units.usd_bn(stated.sum())}, {part}"
    return Measured(Ends(min(found), _indices(stated, many)[0], max(found)), words)


def _indices(sums: pd.Series[float], many: set[str]) -> list[float]:
    """The index with whoever stands for many as nobody, and as one; [] without any sum."""
    if not sums.sum() > 0:
        return []
    percent = 100 * sums / sums.sum()
    return [herfindahl(percent[~percent.index.isin(many)]), herfindahl(percent)]


def givers(web: Web) -> Measured:
    """The concentration of those who give."""
    return concentration(web, "payer", f"anybody gives {web.focal}")


def suppliers(web: Web) -> Measured:
    """The concentration of those whom the middle is to pay."""
    return concentration(web, "payee", f"{web.focal} is to pay")


def break_even(web: Web) -> Measured:
    """The share of its dues that the partner which needs most of them must get to pay its own."""
    pages = {one.page: one.why_not for one in carries.of(web.book)}
    if why := pages["chapters/who-breaks"]:
        return _cannot(why)
    last = YEARS[-1] + 1
    case = who_breaks.case(web.book, web.book.focal, "announced", last, last)
    lanes = who_breaks.every_break_even(case.web)
    if lanes.empty:
        return _cannot("to no partner whose accounts are known does anything fall due")
    first = lanes[lanes.year.eq(lanes.year.min())]
    party = str(first.groupby("party").high.max().idxmax())
    own = first[first.party.eq(party)]
    low = float(own.low[own.reading.eq(READINGS[0])].iloc[0]) / 100
    high = float(own.high[own.reading.eq(READINGS[1])].iloc[0]) / 100
    year, due = int(own.year.iloc[0]), float(own.due.iloc[0])
    words = f"{web.book.party_name(party)} in {year}, of {units.usd_bn(due)} due"
    return Measured(Ends(low, math.nan, high), words)
