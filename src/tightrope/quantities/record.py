"""Counts of the record: partners, deals, legs, steps and claims, and who has spoken of them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from tightrope import statements
from tightrope.quantities.definition import Value, defined
from tightrope.quantities.view import View

_NONE = "none"
_WITH_OTHERS = "nothing: deals that are there for comparison are among them"
_WEB_ONLY = "the deals that are there for comparison; what neither was promised nor paid"


def _count(view: View, table: str, ids: Iterable[object]) -> Value:
    """How many there are: a count has one end."""
    rows = tuple(f"{table}/{one}" for one in ids)
    number = float(len(rows))
    return Value(number, number, number, rows or (f"parties/{view.focal}",))


def _between(view: View, legs: pd.DataFrame) -> pd.DataFrame:
    """All of these legs, or those between the focal party and the one partner asked about."""
    if not view.partner:
        return legs
    ends = {view.focal, view.partner}
    return legs[legs.payer_id.isin(ends) & legs.payee_id.isin(ends)]


def _legs(view: View) -> pd.DataFrame:
    return _between(view, view.book.legs)


@defined(
    "the partners of {focal}",
    counts="parties that {focal} pays or that pay it, by what was announced, signed or paid",
    leaves_out="customers; partners of partners; those whose deals have all ended without a "
    "payment",
    unit="count",
    nothing=_NONE,
    shows="stated",
)
def partners(view: View) -> Value:
    """The parties that {focal} pays or is to pay, or that pay or are to pay it."""
    legs = view.counted("announced")
    return _count(view, "parties", sorted({*legs.payer, *legs.payee} - {view.focal}))


@defined(
    "the deals on record",
    counts="deals of which at least one leg is known",
    leaves_out=_WITH_OTHERS,
    unit="count",
    nothing=_NONE,
    shows="stated",
)
def deals(view: View) -> Value:
    """All deals in the data, those that are there for comparison included."""
    known = view.book.deals.deal_id
    return _count(view, "deals", known[known.isin(_legs(view).deal_id)])


@defined(
    "the legs on record",
    counts="payments that somebody owes, has promised or has made, each once",
    leaves_out=_WITH_OTHERS,
    unit="count",
    nothing=_NONE,
    shows="stated",
)
def legs(view: View) -> Value:
    """All legs in the data: one payment from one party to another, on whatever rung it stands."""
    return _count(view, "legs", _legs(view).leg_id)


@defined(
    "the steps on record",
    counts="news of the status or the sum of a leg, one a statement",
    leaves_out=_WITH_OTHERS,
    unit="count",
    nothing=_NONE,
    shows="stated",
)
def steps(view: View) -> Value:
    """All steps in the data: news of a leg's status or sum, dated by the day it became public."""
    events = view.book.events
    return _count(view, "events", events.event_id[events.leg_id.isin(_legs(view).leg_id)])


def _heard(view: View, *who: str) -> Value:
    """Legs of all data by who has spoken of them."""
    said = statements.sides_heard(view.book)
    return _count(view, "legs", [leg for leg in _legs(view).leg_id if said[leg] in who])


@defined(
    "the legs of which both sides have spoken",
    counts="legs of all the data of which payer and payee have each stated a step",
    leaves_out="steps that were derived: they are nobody's statement",
    unit="count",
    part_of=["legs"],
    nothing=_NONE,
    shows="stated",
)
def legs_both_spoke(view: View) -> Value:
    """Legs of which payer and payee have spoken, together or apart, of promise or payment."""
    return _heard(view, "both")


@defined(
    "the legs of which one side has spoken",
    counts="legs of all the data of which only the payer or only the payee has stated a step",
    leaves_out="steps that were derived: they are nobody's statement",
    unit="count",
    part_of=["legs"],
    nothing=_NONE,
    shows="stated",
)
def legs_one_spoke(view: View) -> Value:
    """Legs of which the payer alone or the payee alone has spoken."""
    return _heard(view, *statements.SIDES)


@defined(
    "the legs of which neither side has spoken",
    counts="legs of all the data of which only others have spoken, or that were derived",
    leaves_out="legs of which payer or payee has stated a step",
    unit="count",
    part_of=["legs"],
    nothing=_NONE,
    shows="stated",
)
def legs_neither_spoke(view: View) -> Value:
    """Legs that are known from third parties or from our arithmetic alone."""
    return _heard(view, "third_party")


def _spoken(view: View, *who: str) -> Value:
    """Promises and payments of the web by who has spoken: a leg with both counts twice."""
    own = _between(view, view.web.legs).leg_id
    table = statements.two_sided(view.web)
    chosen = table[table.leg_id.isin(own) & table.spoken.isin(who)]
    rows = tuple(dict.fromkeys(f"legs/{leg}" for leg in chosen.leg_id))
    number = float(len(chosen))
    return Value(number, number, number, rows or (f"parties/{view.focal}",))


@defined(
    "the promises and payments of the web",
    counts="legs of the web that were promised, and again those that were paid: two statements to "
    "confirm",
    leaves_out=_WEB_ONLY,
    unit="count",
    nothing=_NONE,
    shows="stated",
)
def promises_and_payments(view: View) -> Value:
    """What can be confirmed in the web: each leg's promise and each leg's payment, apart."""
    return _spoken(view, "both", *statements.SIDES, "third_party")


@defined(
    "the promises and payments of which both sides have spoken",
    counts="promises and payments of the web that payer and payee have each stated",
    leaves_out=_WEB_ONLY,
    unit="count",
    part_of=["promises_and_payments"],
    nothing=_NONE,
    shows="stated",
)
def spoken_by_both(view: View) -> Value:
    """Promises and payments of the web of which payer and payee have spoken, together or apart."""
    return _spoken(view, "both")


@defined(
    "the promises and payments of which one side has spoken",
    counts="promises and payments of the web that only the payer or only the payee has stated",
    leaves_out=_WEB_ONLY,
    unit="count",
    part_of=["promises_and_payments"],
    nothing=_NONE,
    shows="stated",
)
def spoken_by_one(view: View) -> Value:
    """Promises and payments of the web of which the payer alone or the payee alone has spoken."""
    return _spoken(view, *statements.SIDES)


@defined(
    "the promises and payments of which neither side has spoken",
    counts="promises and payments of the web that only others have stated, or that were derived",
    leaves_out=_WEB_ONLY,
    unit="count",
    part_of=["promises_and_payments"],
    nothing=_NONE,
    shows="stated",
)
def spoken_by_neither(view: View) -> Value:
    """Promises and payments of the web that are known from others or our arithmetic alone."""
    return _spoken(view, "third_party")


def _claims(view: View, verdict: str = "") -> Value:
    table = view.book.claims
    if view.partner:
        table = table[table.leg_id.isin(_legs(view).leg_id)]
    if verdict:
        table = table[table.verdict.eq(verdict)]
    return _count(view, "claims", table.claim_id)


@defined(
    "the claims that were checked",
    counts="statements of the article that evidence can bear out or refute",
    leaves_out="opinions and forecasts",
    unit="count",
    nothing=_NONE,
    shows="stated",
)
def claims(view: View) -> Value:
    """The checkable claims into which the article was taken apart."""
    return _claims(view)


@defined(
    "the claims that are confirmed",
    counts="claims that hold as they stand",
    leaves_out="claims that are imprecise, outdated or unverifiable",
    unit="count",
    part_of=["claims"],
    nothing=_NONE,
    shows="stated",
)
def claims_confirmed(view: View) -> Value:
    """Claims of the article that the evidence bears out as they stand."""
    return _claims(view, "confirmed")


@defined(
    "the claims that are wrong",
    counts="claims that the evidence refutes",
    leaves_out="claims that are imprecise, outdated or unverifiable",
    unit="count",
    part_of=["claims"],
    nothing=_NONE,
    shows="stated",
)
def claims_wrong(view: View) -> Value:
    """Claims of the article of which the evidence says otherwise."""
    return _claims(view, "wrong")
