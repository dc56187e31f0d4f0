"""Quantities of the circle: the round trip, and what can return by any route."""

from __future__ import annotations

from tightrope import counting, loops
from tightrope.quantities.definition import Value, defined
from tightrope.quantities.view import View

_PARTIES = "loans and guarantees; what customers pay"
_STILL = "the dates: a payment of one year can meet one of another"


def _round_trip(view: View, layer: str, loans: bool = False) -> Value:
    legs = view.counted(layer)
    legs = legs if loans else counting.given(legs)
    table = counting.by_partner(legs, view.focal)
    both = table[table.in_high.ne(0) & table.out_high.ne(0)].party
    low, stated, high = (float(table[f"round_{end}"].sum(skipna=False)) for end in counting.ENDS)
    used = legs[legs.payer.isin(both) | legs.payee.isin(both)]
    return Value(low, stated, high, view.rows(used))


@defined(
    "the round trip",
    layer="announced",
    counts="partner by partner, the smaller of what it is to put into {focal} and what {focal} is "
    "to pay it; where one side has no upper end, the other is the bound",
    leaves_out=f"{_PARTIES}; money that returns by way of a third party; {_STILL}",
    part_of=["to_pay", "to_come_in", "back_by_any_route"],
)
def round_trip(view: View) -> Value:
    """The money that can come straight back to {focal} from the partner that it went to.

    The smaller side, added up over partners. No model is needed, and it can be checked by deal.
    """
    return _round_trip(view, "announced")


@defined(
    "the round trip of what is signed",
    layer="binding",
    counts="as the round trip, of what contracts oblige both sides to pay",
    leaves_out=f"{_PARTIES}; money that returns by way of a third party; {_STILL}",
    variant_of="round_trip",
    differs="only what contracts oblige",
    part_of=["round_trip", "to_pay_signed", "to_come_in_signed"],
)
def round_trip_signed(view: View) -> Value:
    """The round trip of what contracts oblige {focal} and its partners to pay each other."""
    return _round_trip(view, "binding")


@defined(
    "the round trip of what is paid",
    layer="paid",
    counts="as the round trip, of what is known to have been paid both ways",
    leaves_out=f"{_PARTIES}; money that returns by way of a third party; {_STILL}",
    variant_of="round_trip",
    differs="only what was paid",
    part_of=["round_trip_signed", "paid_in", "paid_out"],
)
def round_trip_paid(view: View) -> Value:
    """The round trip of what {focal} and its partners are known to have paid each other."""
    return _round_trip(view, "paid")


@defined(
    "the round trip, loans and guarantees included",
    layer="announced",
    counts="as the round trip, with loans and guarantees in both directions",
    leaves_out=f"what customers pay; {_STILL}",
    variant_of="round_trip",
    differs="loans and guarantees included",
)
def round_trip_with_loans(view: View) -> Value:
    """The round trip of {focal} if a loan counted like a gift and a guarantee like a payment."""
    return _round_trip(view, "announced", loans=True)


def _any_route(view: View, layer: str, others_chips: bool = True) -> Value:
    web = view.payments(layer, others_chips)
    if view.partner:
        # What can return from one partner: no other may give.
        web = web[web.payee.ne(view.focal) | web.payer.eq(view.partner)]
    sums = loops.returnable(web, view.focal)
    between = loops.ways(web, view.focal)
    used = web[web.payee.isin(between) & web.payer.isin(between)]
    return Value(*sums, view.rows(used))


@defined(
    "what can come back by any route",
    layer="announced",
    counts="the most that can leave {focal} and return to it along payments of the web, whoever "
    "passes it on (a maximum flow); what its suppliers pay for chips counts as estimated",
    leaves_out=f"{_PARTIES}; {_STILL}",
    part_of=["to_come_in", "to_pay"],
)
def back_by_any_route(view: View) -> Value:
    """The money of {focal} that can find its way back to it along some chain of payments.

    An upper limit: it says that the pipes are wide enough, not that a dollar took that way.
    """
    return _any_route(view, "announced")


@defined(
    "what can come back by any route of what is signed",
    layer="binding",
    counts="as back by any route, of what contracts oblige; chips as estimated",
    leaves_out=f"{_PARTIES}; {_STILL}",
    variant_of="back_by_any_route",
    differs="only what contracts oblige",
    part_of=["back_by_any_route", "to_come_in_signed"],
)
def back_by_any_route_signed(view: View) -> Value:
    """What can return to {focal} by any route, of what contracts oblige."""
    return _any_route(view, "binding")


@defined(
    "what can have come back by any route of what is paid",
    layer="paid",
    counts="as back by any route, of what is known to have been paid; no estimate of chips",
    leaves_out=f"{_PARTIES}; {_STILL}",
    variant_of="back_by_any_route",
    differs="only what was paid",
    part_of=["back_by_any_route_signed", "paid_in", "paid_out"],
)
def back_by_any_route_paid(view: View) -> Value:
    """What can have returned to {focal} by any route, of what is known to have been paid."""
    return _any_route(view, "paid")


@defined(
    "what can come back without what suppliers pay for chips",
    layer="announced",
    counts="as back by any route, without the estimates of what suppliers pay for chips",
    leaves_out=f"{_PARTIES}; chips that suppliers buy; {_STILL}",
    variant_of="back_by_any_route",
    differs="chips that suppliers buy left out",
    part_of=["back_by_any_route"],
)
def back_by_any_route_without_chips(view: View) -> Value:
    """What can return to {focal} by any route if its suppliers bought no chips."""
    return _any_route(view, "announced", others_chips=False)


def _circle(view: View, measure: str, others_chips: bool = True) -> Value:
    """One measure of `loops.circle`; a share's ends are the least and the most of its three."""
    ends: counting.Ends = getattr(view.circle(others_chips), measure)
    low, stated, high = ends
    if measure in {"index", "excess"}:
        low, high = min(ends), max(ends)
    return Value(low, stated, high, view.rows(view.payments("announced", others_chips)))


_THREE_WEBS = (
    "the ends are the least and the most of three webs, with every sum at its low end, as stated "
    "or at its high end, a sum without an upper end as stated"
)
_CHIPS = "chips that suppliers buy"


@defined(
    "all payments of the web",
    layer="announced",
    counts="every payment of {focal}, to it, and what its suppliers and investors pay on, chips as "
    "estimated",
    leaves_out=_PARTIES,
)
def web_payments(view: View) -> Value:
    """All payments of the web of {focal} together: a dollar counts at every step that it takes."""
    return _circle(view, "gross")


@defined(
    "what goes round in the whole web",
    layer="announced",
    counts="the largest part of all payments of the web that fits into closed loops; a payment "
    "without an upper end is bounded by the rest of its loops",
    leaves_out=f"{_PARTIES}; {_STILL}",
    part_of=["web_payments"],
)
def circulating(view: View) -> Value:
    """The largest part of all payments in the web of {focal} that fits into closed loops."""
    return _circle(view, "circulating")


@defined(
    "what goes round without what suppliers pay for chips",
    layer="announced",
    counts="as what goes round, without the estimates of what suppliers pay for chips",
    leaves_out=f"{_PARTIES}; {_CHIPS}; {_STILL}",
    variant_of="circulating",
    differs="chips that suppliers buy left out",
    part_of=["circulating"],
)
def circulating_without_chips(view: View) -> Value:
    """What goes round in the web of {focal} if its suppliers bought no chips."""
    return _circle(view, "circulating", others_chips=False)


@defined(
    "the circulation index",
    unit="share",
    layer="announced",
    counts=f"what goes round, over all payments of the web; {_THREE_WEBS}",
    leaves_out=f"{_PARTIES}; {_STILL}",
    nothing="none",
)
def circulation_index(view: View) -> Value:
    """The part of all payments in the web of {focal} that fits into closed loops.

    Nothing in a web without loops, one if every firm's books balance.
    """
    return _circle(view, "index")


@defined(
    "the circulation index without what suppliers pay for chips",
    unit="share",
    layer="announced",
    counts=f"as the circulation index, without what suppliers pay for chips; {_THREE_WEBS}",
    leaves_out=f"{_PARTIES}; {_CHIPS}; {_STILL}",
    variant_of="circulation_index",
    differs="chips that suppliers buy left out",
    nothing="none",
)
def circulation_index_without_chips(view: View) -> Value:
    """The circulation index of the web of {focal} if its suppliers bought no chips."""
    return _circle(view, "index", others_chips=False)


@defined(
    "the excess of the web",
    unit="share",
    layer="announced",
    counts="all payments of the web less half the sum of all net positions, over all payments; "
    f"{_THREE_WEBS}",
    leaves_out=f"{_PARTIES}; {_STILL}",
    nothing="none",
)
def excess_share(view: View) -> Value:
    """The part of all payments in the web of {focal} that netting among all would do away with."""
    return _circle(view, "excess")
