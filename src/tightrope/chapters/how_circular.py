"""How circular is it: the webs of the chapter, and its finding.

A web is a frame of `loops.payments` with one column more, `mode`: the sum that parties or contracts
name for a payment, NaN where they name none, or only a range. All sums are USD billion, nominal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tightrope import counting, ledger, loops, units
from tightrope.dealbook import Dealbook
from tightrope.quantities import Quantities, Quantity

MEASURES = {
    "announced": ("to_come_in", "to_pay", "round_trip", "back_by_any_route"),
    "binding": (
        "to_come_in_signed",
        "to_pay_signed",
        "round_trip_signed",
        "back_by_any_route_signed",
    ),
    "paid": ("paid_in", "paid_out", "round_trip_paid", "back_by_any_route_paid"),
}
"""By layer, the quantities of what comes in, goes out, and returns straight and by any route."""

READINGS = ("inflow", "outflow", "direct", "any_route")
"""The same four in every table of this chapter."""

_BROUGHT = {"announced": "is promised to", "binding": "is signed for", "paid": "was paid to"}
"""What comes in on each layer, as a verb."""
_PARTS = ((0.6, "Most"), (0.45, "Half"), (0.2, "A part"), (0.0, "Little"))
"""From which share on what can return is called so."""


@dataclass(frozen=True)
class Finding:
    """How much of what comes in to the party of this name can be its own, at the low ends."""

    name: str
    layer: str
    comes: Quantity
    back: Quantity
    goes_round_lent: bool = False
    """Whether something goes both ways with the same partner once loans are counted."""

    @property
    def share(self) -> float:
        """A fraction; NaN where nothing of a known sum comes in."""
        return self.back.low / self.comes.low if self.comes.low else np.nan

    @property
    def words(self) -> str:
        """The finding as a headline."""
        if self.back.high == 0 and self.goes_round_lent:
            return f"Only with loans counted does money of {self.name} go round"
        brought = f"of what {_BROUGHT[self.layer]} {self.name}"
        if np.isnan(self.share):
            known = self.back.high > 0
            most = f"At most {units.usd_bn(self.back.high)} {brought} could be its own money"
            return most if known else f"How much of {self.name}’s money could be its own"
        if self.back.high == 0:
            return f"Nothing {brought} can be its own money yet"
        part = next(words for least, words in _PARTS if self.share >= least)
        return f"{part} {brought} could be its own money"


def finding(q: Quantities, layer: str, name: str) -> Finding:
    """What the chapter leads with."""
    comes, _, _, back = (q[one] for one in MEASURES[layer])
    lent = q["round_trip_with_loans"]
    return Finding(name, layer, comes, back, lent.stated > 0 or lent.high > 0)


def web(
    book: Dealbook,
    focal: str,
    layer: str = "announced",
    others_chips: bool = True,
    loans: bool = False,
) -> pd.DataFrame:
    """`loops.payments` with their `mode`; with `loans`, the loans on that layer as well.

    What only the press has named has no mode, nor has a part of a shared sum, or of a site. Raises
    ValueError for an unknown layer.
    """
    legs = loops.payments(book, focal, layer, others_chips)
    if loans:
        every = counting.counted(book.within(*loops.SCOPES), layer)
        lent = every[every.instrument.eq("loan") & ~every.leg_id.isin(legs.leg_id)]
        legs = pd.concat([legs, lent], ignore_index=True)
    estimates = legs.instrument.eq("chips") & legs.payer.ne(focal)
    return legs.assign(
        mode=named(book, legs, layer).where(~estimates, named(book, legs, "announced"))
    )


def named(book: Dealbook, legs: pd.DataFrame, layer: str) -> pd.Series[float]:
    """What parties or contracts name for each leg, NaN where it is no sum within its range."""
    standing = ledger.ladder(book).set_index("leg_id")
    sums = standing[layer]
    if layer == "announced":
        sums = sums.where(standing.stated_as.ne("reported"), standing.binding)
    is_named = legs.leg_id.map(sums).gt(0) & legs.part_of.eq("")
    is_within = legs.stated.ge(legs.low) & ~legs.stated.gt(legs.high)
    return legs.stated.where(is_named & is_within)


def held(
    web: pd.DataFrame, chosen: pd.Series[bool], amount: float | pd.Series[float]
) -> pd.DataFrame:
    """The web with each of the `chosen` payments at exactly this amount, or at its own of them."""
    ends = [*counting.ENDS, "mode"]
    return web.assign(**{end: web[end].mask(chosen, amount) for end in ends})
