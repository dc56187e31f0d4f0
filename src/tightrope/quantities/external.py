"""Quantities of whose money it is: what of the money for shares comes from outside the circle."""

from __future__ import annotations

import pandas as pd

from tightrope import counting
from tightrope.counting import Ends
from tightrope.measures.external import ExternalRange, external_range
from tightrope.measures.routes import OPEN
from tightrope.quantities.definition import Value, defined
from tightrope.quantities.payments import SHARES
from tightrope.quantities.view import View

READINGS = ("strict", "net", "any route")
"""How far one looks for the party's own money: at the payer, at its balance, along all payments."""
_MONEY = "money for shares of {focal}, announced, signed or paid"
_NOT_IN = (
    "loans, guarantees, warrants, services and what customers pay; what only the press has reported"
)


def money(view: View, layer: str) -> pd.DataFrame:
    """The money for shares of the focal party: rows of `counting.counted` that a party vouches for.

    A leg that is part of another one's sum stays beside it. Raises ValueError for an unknown layer.
    """
    legs = view.paid_to(layer)
    return legs[legs.instrument.isin(SHARES) & ~legs.is_report]


def ways(view: View, reading: str, layer: str) -> pd.DataFrame:
    """The payments by which the focal party's money can come to those who give, on a reading.

    Columns payer, payee, low, stated, high. "strict": whoever is paid anything could give only the
    party's own; "net": what the party is to pay each; "any route": the web of `loops.payments`.
    Raises ValueError for an unknown reading or layer.
    """
    if reading == "strict":
        suppliers = pd.DataFrame({"payer": view.focal, "payee": view.suppliers()})
        return suppliers.assign(**dict.fromkeys(Ends._fields, OPEN))
    if reading == "net":
        return counting.given(view.paid_by(layer))
    if reading == "any route":
        return view.payments(layer)
    raise ValueError(f'reading must be one of {", ".join(READINGS)}, not "{reading}"')


def external(view: View, reading: str, layer: str = "announced") -> ExternalRange:
    """What of the money for shares is external on a reading and a layer, share and dollars.

    Raises ValueError for an unknown reading or layer.
    """
    asked = ("external", view.focal, view.partner, reading, layer)
    return view.book.once(
        asked, lambda: external_range(money(view, layer), ways(view, reading, layer), view.focal)
    )


def _share(view: View, reading: str, layer: str = "announced") -> Value:
    return Value(*external(view, reading, layer).share, view.rows(money(view, layer)))


def _dollars(view: View, reading: str, layer: str = "announced") -> Value:
    legs = money(view, layer)
    if reading == "strict":
        legs = legs[~legs.payer.isin(view.suppliers())]
    return Value(*external(view, reading, layer).usd_bn, view.rows(legs))


@defined(
    "the external share",
    unit="share",
    layer="announced",
    counts=f"of {_MONEY}, the part from parties that {{focal}} pays nothing",
    leaves_out=_NOT_IN,
    nothing="none",
)
def external_share(view: View) -> Value:
    """The part of the money for shares of {focal} that comes from parties whom it pays nothing.

    The strict reading: one contract with a party, and all that it gives is the circle's own. Its
    dollars stand beside it as external_money.
    """
    return _share(view, "strict")


@defined(
    "the external share, net",
    unit="share",
    layer="announced",
    counts="as the external share, and of a supplier's money what exceeds what it is to be paid",
    leaves_out="as the external share",
    variant_of="external_share",
    differs="suppliers' money counts beyond what they are to be paid",
    nothing="none",
)
def external_share_net(view: View) -> Value:
    """The part of the money for shares of {focal} that is more than its payer is to be paid."""
    return _share(view, "net")


@defined(
    "the external share by any route",
    unit="share",
    layer="announced",
    counts="as the external share, of all money but what can have come back by some route",
    leaves_out="as the external share",
    variant_of="external_share",
    differs="all money counts but what can come back by any route",
    nothing="none",
)
def external_share_any_route(view: View) -> Value:
    """The part of the money for shares of {focal} that cannot be its own by any route."""
    return _share(view, "any route")


@defined(
    "the external share of what is paid",
    unit="share",
    layer="paid",
    counts="of the money paid for shares of {focal}, the part from parties that it pays nothing",
    leaves_out="as the external share",
    variant_of="external_share",
    differs="only what was paid",
    nothing="none",
)
def external_share_of_paid(view: View) -> Value:
    """The part of the money paid for shares of {focal} by parties whom it pays nothing."""
    return _share(view, "strict", "paid")


@defined(
    "the money behind the external share",
    layer="announced",
    counts=f"{_MONEY}, from parties that it pays nothing",
    leaves_out=_NOT_IN,
    part_of=["to_come_in_for_shares"],
)
def external_money(view: View) -> Value:
    """What parties whom {focal} pays nothing have paid, signed or announced for its shares."""
    return _dollars(view, "strict")


@defined(
    "the money behind the external share of what is paid",
    layer="paid",
    counts="money paid for shares of {focal} by parties that it pays nothing",
    leaves_out=_NOT_IN,
    variant_of="external_money",
    differs="only what was paid",
    part_of=["paid_in_for_shares", "external_money"],
)
def external_money_paid(view: View) -> Value:
    """What parties whom {focal} pays nothing have paid for its shares."""
    return _dollars(view, "strict", "paid")


@defined(
    "the money behind the external share, net",
    layer="announced",
    counts=f"{_MONEY}, from parties that it pays nothing, and what suppliers give beyond what they "
    "are to be paid",
    leaves_out=_NOT_IN,
    variant_of="external_money",
    differs="suppliers' money counts beyond what they are to be paid",
    part_of=["to_come_in_for_shares"],
)
def external_money_net(view: View) -> Value:
    """What parties give for shares of {focal} beyond what it is to pay them."""
    return _dollars(view, "net")


@defined(
    "the money behind the external share by any route",
    layer="announced",
    counts=f"{_MONEY}, but for what can come back by some route",
    leaves_out=_NOT_IN,
    variant_of="external_money",
    differs="all money counts but what can come back by any route",
    part_of=["to_come_in_for_shares"],
)
def external_money_any_route(view: View) -> Value:
    """What is given for shares of {focal} and cannot be its own money by any route."""
    return _dollars(view, "any route")
