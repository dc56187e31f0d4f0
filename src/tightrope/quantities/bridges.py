"""What lies between two totals: from where to where, how much, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tightrope.counting import ENDS, Ends

if TYPE_CHECKING:
    from tightrope.quantities import Quantities
    from tightrope.quantities.definition import Quantity
    from tightrope.quantities.view import View

MOST_LEGS = 3
"""How many legs are named that differ between two sums."""


@dataclass(frozen=True)
class Bridge:
    """A step between two quantities of one unit; `why` is what makes the difference, as a noun."""

    start: str
    end: str
    why: str


@dataclass(frozen=True)
class Crossing:
    """A bridge in one book: what is added on the way, and the legs that differ most.

    `difference` is the end less the start, end by end of the range, in their unit; NaN where one of
    the two is open or not known. `legs` holds leg_id and what the leg adds as stated, in USD
    billion, the largest first; none where one of the two is no sum over legs.
    """

    bridge: Bridge
    start: Quantity
    end: Quantity
    difference: Ends
    legs: tuple[tuple[str, float], ...]


BRIDGES = (
    Bridge("to_pay", "to_pay_signed", "what is announced and not signed"),
    Bridge("to_pay_signed", "paid_out", "what is signed and not known to be paid"),
    Bridge("to_pay", "to_pay_for_compute", "all but computing power, chips and sites"),
    Bridge("to_pay", "to_pay_with_loans", "what {focal} lends and guarantees"),
    Bridge("to_pay", "round_trip", "what is more than the same partner puts into {focal}"),
    Bridge(
        "to_pay_signed",
        "signed_on_condition",
        "what is due without a condition, or on terms that are not public",
    ),
    Bridge("to_come_in", "to_come_in_signed", "what is announced and not signed"),
    Bridge("to_come_in_signed", "paid_in", "what is signed and not known to be paid"),
    Bridge("to_come_in", "to_come_in_for_shares", "warrants, shares in kind and services"),
    Bridge("to_come_in", "to_come_in_with_loans", "loans to {focal}, drawn or not"),
    Bridge("to_come_in", "back_by_any_route", "what cannot be its own money by any route"),
    Bridge("paid_in", "paid_in_for_shares", "warrants that vested, shares in kind and services"),
    Bridge("paid_in", "paid_in_by_suppliers", "money of parties that {focal} pays nothing"),
    Bridge("paid_in", "round_trip_paid", "what is more than {focal} has paid the same partner"),
    Bridge("paid_out", "paid_out_for_compute", "revenue share and shares that it buys"),
    Bridge("paid_out", "paid_out_with_loans", "loans that {focal} gave"),
    Bridge("round_trip", "back_by_any_route", "what returns by way of third parties"),
    Bridge("round_trip", "round_trip_signed", "what one side has announced and not signed"),
    Bridge("round_trip_signed", "round_trip_paid", "what one side is not known to have paid"),
    Bridge("round_trip", "round_trip_with_loans", "loans and guarantees"),
    Bridge("back_by_any_route", "back_by_any_route_signed", "what hangs on mere announcements"),
    Bridge(
        "back_by_any_route_signed",
        "back_by_any_route_paid",
        "what is not known to be paid, and all estimates of chips",
    ),
    Bridge(
        "back_by_any_route",
        "back_by_any_route_without_chips",
        "what only chips that suppliers buy carry on",
    ),
    Bridge("external_money", "to_come_in_for_shares", "money of firms that {focal} pays"),
    Bridge("external_money", "external_money_paid", "what is not known to be paid"),
    Bridge(
        "external_money",
        "external_money_net",
        "what suppliers give beyond what they are to be paid",
    ),
    Bridge(
        "external_money",
        "external_money_any_route",
        "what suppliers give and no route can have brought them",
    ),
    Bridge(
        "external_share",
        "external_share_net",
        "what suppliers give beyond what they are to be paid",
    ),
    Bridge(
        "external_share",
        "external_share_any_route",
        "what suppliers give and no route can have brought them",
    ),
    Bridge("external_share", "external_share_of_paid", "money that is not paid yet"),
    Bridge("circulating", "circulating_without_chips", "loops through chips that suppliers buy"),
    Bridge(
        "circulation_index",
        "circulation_index_without_chips",
        "loops through chips that suppliers buy",
    ),
    Bridge(
        "borrowed_for_deals", "borrowed_for_deals_drawn", "what is not known to have been drawn"
    ),
    Bridge(
        "borrowed_for_deals", "borrowed_for_deals_with_reports", "what only the press has reported"
    ),
    Bridge("borrowed_for_deals", "borrowed_by_partners", "loans that serve no single deal"),
    Bridge("gap", "gap_without_talks", "the round that is only under negotiation"),
    Bridge("gap", "gap_in_runs", "what the assumptions’ own ranges allow, other readings left out"),
)
"""The steps that lead from one total to the next, in the order in which readers meet them."""


def crossings(quantities: Quantities, view: View) -> list[Crossing]:
    """Every bridge with its amounts, of the book and the party of `view`."""
    return [_crossed(bridge, quantities, view) for bridge in BRIDGES]


def _crossed(bridge: Bridge, quantities: Quantities, view: View) -> Crossing:
    start, end = quantities[bridge.start], quantities[bridge.end]
    difference = Ends(*(getattr(end, one) - getattr(start, one) for one in ENDS))
    return Crossing(bridge, start, end, difference, _legs_apart(start, end, view))


def _legs_apart(start: Quantity, end: Quantity, view: View) -> tuple[tuple[str, float], ...]:
    """What the legs add between two sums, as stated: those that differ most."""
    before, after = _by_leg(start, view), _by_leg(end, view)
    if before is None or after is None:
        return ()
    apart = after.sub(before, fill_value=0.0)
    apart = apart[~np.isclose(apart, 0.0)]
    order = apart.abs().sort_values(ascending=False, kind="stable").index[:MOST_LEGS]
    return tuple((str(leg), float(apart[leg])) for leg in order)


def _by_leg(quantity: Quantity, view: View) -> pd.Series[float] | None:
    """What each leg counts in a quantity, as stated; None where it is no sum of its rows."""
    if not quantity.definition.layer or quantity.definition.unit != "usd_bn":
        return None
    legs = view.counted(quantity.definition.layer).set_index("leg_id").stated
    rows = set(quantity.rows)
    own = legs[[f"legs/{leg}" in rows for leg in legs.index]]
    return own if np.isclose(own.sum(), quantity.stated) else None
