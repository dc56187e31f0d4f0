"""Quantities that add up payments: to pay, to come in, paid in, paid out, and what is signed."""

from __future__ import annotations

from tightrope import counting, terms
from tightrope.obligations import SUPPLY
from tightrope.quantities.definition import Value, defined
from tightrope.quantities.view import View

SHARES = ("equity",)
"""Money that buys shares of the focal party."""
_LENT = "loans and guarantees"
_REPORTED = "what only the press has reported, beyond contracts (in the high end)"


@defined(
    "what {focal} is to pay",
    layer="announced",
    counts="everything that a party has announced or a contract holds, whatever it is for; what is "
    "signed and what has been paid already included",
    leaves_out=f"{_LENT}; {_REPORTED}",
)
def to_pay(view: View) -> Value:
    """All that {focal} is to pay, over all years: what was paid, signed or announced.

    A total of purchases, leases and shares over some fifteen years: a direction, not a bill.
    """
    return view.summed(counting.given(view.paid_by("announced")))


@defined(
    "what {focal} has signed to pay",
    layer="binding",
    counts="what contracts oblige it to pay, on whatever terms, and what it has paid already",
    leaves_out=f"{_LENT}; letters of intent and announcements",
    variant_of="to_pay",
    differs="only what a contract obliges",
    part_of=["to_pay"],
)
def to_pay_signed(view: View) -> Value:
    """What contracts oblige {focal} to pay, what it has paid of it included.

    It has three parts, which are never one sum without saying so: due without a condition, due on
    a condition, and on terms that nobody has published.
    """
    return view.summed(counting.given(view.paid_by("binding")))


@defined(
    "what {focal} is to pay for computing power",
    layer="announced",
    counts="computing power, chips and leases of sites",
    leaves_out=f"{_LENT}; shares it buys, revenue share and building cost; {_REPORTED}",
    variant_of="to_pay",
    differs="only computing power, chips and sites",
    part_of=["to_pay"],
)
def to_pay_for_compute(view: View) -> Value:
    """What {focal} is to pay for computing power in its three forms: bought, as chips, as sites."""
    legs = view.paid_by("announced")
    return view.summed(legs[legs.instrument.isin(SUPPLY)])


@defined(
    "what {focal} is to pay, what it lends and guarantees included",
    layer="announced",
    counts="everything in what {focal} is to pay, and loans and guarantees by it",
    leaves_out=_REPORTED,
    variant_of="to_pay",
    differs="loans and guarantees by {focal} included",
)
def to_pay_with_loans(view: View) -> Value:
    """What {focal} is to pay, and what it lends and guarantees besides."""
    return view.summed(view.paid_by("announced"))


@defined(
    "what only the press reports that {focal} is to pay",
    layer="announced",
    counts="press reports of payments by {focal}, beyond what parties have said and contracts have",
    leaves_out=_LENT,
)
def reported_out(view: View) -> Value:
    """What newsrooms report that {focal} is to pay, and neither side has confirmed."""
    return _reports(view, "payer")


def _signed(view: View, part: str) -> Value:
    """What is signed on one kind of terms; `part` is a key of `terms.PARTS`."""
    legs = counting.given(view.paid_by("binding"))
    of_leg = terms.of_legs(view.web).set_index("leg_id").part
    return view.summed(legs[legs.leg_id.map(of_leg).eq(part)])


@defined(
    "signed, due without a condition",
    layer="binding",
    counts="legs whose terms say that they are due regardless",
    leaves_out=f"{_LENT}; legs whose terms nobody has published: silence is never no condition",
    part_of=["to_pay_signed"],
    nothing="nothing",
)
def signed_without_condition(view: View) -> Value:
    """What {focal} owes whatever happens, as far as a source says so."""
    return _signed(view, "without_condition")


@defined(
    "signed, due on a condition",
    layer="binding",
    counts="legs due on delivery, on a milestone, on a third party or at the payer's choice",
    leaves_out=_LENT,
    part_of=["to_pay_signed"],
)
def signed_on_condition(view: View) -> Value:
    """What {focal} owes if something happens first, mostly the delivery of capacity."""
    return _signed(view, "on_condition")


@defined(
    "signed, on terms that are not public",
    layer="binding",
    counts="legs of which no source gives the condition",
    leaves_out=_LENT,
    part_of=["to_pay_signed"],
    nothing="nothing",
)
def signed_terms_not_public(view: View) -> Value:
    """What {focal} has signed without its terms being known."""
    return _signed(view, "terms_not_public")


@defined(
    "what is to come in",
    layer="announced",
    counts="shares, warrants and services that partners have paid, signed or announced",
    leaves_out=f"{_LENT}; what customers pay; {_REPORTED}",
)
def to_come_in(view: View) -> Value:
    """All that partners have put into {focal}, have signed to, or have said they would.

    Warrants and shares in kind count at the range of values that the evidence allows.
    """
    return view.summed(counting.given(view.paid_to("announced")))


@defined(
    "what partners have signed to put in",
    layer="binding",
    counts="what contracts oblige partners to pay it, and what they have paid already",
    leaves_out=f"{_LENT}; what customers pay; letters of intent and announcements",
    variant_of="to_come_in",
    differs="only what a contract obliges",
    part_of=["to_come_in"],
)
def to_come_in_signed(view: View) -> Value:
    """What contracts oblige partners to put into {focal}, what they have paid of it included."""
    return view.summed(counting.given(view.paid_to("binding")))


@defined(
    "what investors are to pay for its shares",
    layer="announced",
    counts="money for shares of {focal} that was paid, signed or announced",
    leaves_out=f"{_LENT}; warrants, shares in kind and services; {_REPORTED}",
    variant_of="to_come_in",
    differs="only money for shares of {focal}",
    part_of=["to_come_in"],
)
def to_come_in_for_shares(view: View) -> Value:
    """What investors have paid, signed or announced for shares of {focal}, in cash or credits."""
    legs = view.paid_to("announced")
    return view.summed(legs[legs.instrument.isin(SHARES)])


@defined(
    "what is to come in, loans included",
    layer="announced",
    counts="everything in what is to come in, and loans to {focal}, drawn or not",
    leaves_out=f"what customers pay; {_REPORTED}",
    variant_of="to_come_in",
    differs="loans to {focal} included",
)
def to_come_in_with_loans(view: View) -> Value:
    """What is to come into {focal}, and what it may borrow besides."""
    return view.summed(view.paid_to("announced"))


@defined(
    "what only the press reports that is to come in",
    layer="announced",
    counts="press reports of money for {focal}, beyond what parties have said and contracts have",
    leaves_out=_LENT,
)
def reported_in(view: View) -> Value:
    """What newsrooms report that partners are to put into {focal}, and neither side confirms."""
    return _reports(view, "payee")


def _reports(view: View, side: str) -> Value:
    """What the low and stated ends gain where reports count like a party's word."""
    heard, said = (
        counting.given(view.counted("announced", reports)).set_index("leg_id")
        for reports in (True, False)
    )
    heard = heard[heard[side].eq(view.focal)]
    said = said.reindex(heard.index)
    more = heard.assign(low=heard.low - said.low, stated=heard.stated - said.stated)
    more = more.assign(high=heard.high - said.stated)
    more = more[more.stated.gt(0)].reset_index()
    return view.summed(more)


@defined(
    "what has been paid in",
    layer="paid",
    counts="money, credits and shares that have moved to {focal}",
    leaves_out=f"{_LENT}; what customers pay",
    part_of=["to_come_in_signed", "to_come_in"],
)
def paid_in(view: View) -> Value:
    """What partners are known to have paid {focal}, since the first deal."""
    return view.summed(counting.given(view.paid_to("paid")))


@defined(
    "what has been paid in for shares",
    layer="paid",
    counts="cash and credits that have been paid for shares of {focal}",
    leaves_out=f"{_LENT}; warrants that vested and shares in kind; what customers pay",
    variant_of="paid_in",
    differs="only money for shares of {focal}",
    part_of=["paid_in", "to_come_in_for_shares"],
)
def paid_in_for_shares(view: View) -> Value:
    """What investors are known to have paid for shares of {focal}, in cash or credits."""
    legs = view.paid_to("paid")
    return view.summed(legs[legs.instrument.isin(SHARES)])


@defined(
    "what firms that {focal} pays have paid in",
    layer="paid",
    counts="what has been paid in by parties that {focal} pays or is to pay",
    leaves_out=f"{_LENT}; what all others have paid",
    variant_of="paid_in",
    differs="only by firms that {focal} pays",
    part_of=["paid_in"],
)
def paid_in_by_suppliers(view: View) -> Value:
    """What those have paid {focal} whom it pays or is to pay."""
    legs = counting.given(view.paid_to("paid"))
    return view.summed(legs[legs.payer.isin(view.suppliers())])


@defined(
    "what {focal} has paid",
    layer="paid",
    counts="money that has moved from {focal} to the partners of this book",
    leaves_out=f"{_LENT}; what was booked and is still owed; all else that it spends",
    part_of=["to_pay_signed", "to_pay"],
)
def paid_out(view: View) -> Value:
    """What {focal} is known to have paid its partners. Most of them publish nothing.

    Where leaked or booked charges are all there is, the low end takes off what was settled in
    credits, is still owed or may be counted twice.
    """
    return view.summed(counting.given(view.paid_by("paid")))


@defined(
    "what {focal} has paid for computing power",
    layer="paid",
    counts="what has been paid for computing power, chips and sites",
    leaves_out=f"{_LENT}; revenue share and shares it buys",
    variant_of="paid_out",
    differs="only computing power, chips and sites",
    part_of=["paid_out", "to_pay_for_compute"],
)
def paid_out_for_compute(view: View) -> Value:
    """What {focal} is known to have paid for computing power, chips and sites."""
    legs = view.paid_by("paid")
    return view.summed(legs[legs.instrument.isin(SUPPLY)])


@defined(
    "what {focal} has paid, its loans included",
    layer="paid",
    counts="what {focal} has paid, and loans that it has given",
    leaves_out="all else that it spends",
    variant_of="paid_out",
    differs="loans that {focal} gave included",
)
def paid_out_with_loans(view: View) -> Value:
    """What {focal} is known to have paid, and what it has lent besides."""
    return view.summed(view.paid_by("paid"))
