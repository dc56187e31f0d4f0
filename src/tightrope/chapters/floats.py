"""Floats: accounts that are part dated and part not, and what a maker is paid by others.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from tightrope.chapters.when_money_moves import partners
from tightrope.quantities.view import View


class Side(NamedTuple):
    """One side of an account in USD billion: what has a date, and the rest at its ends."""

    dated: float
    rest_low: float
    rest_high: float
    """NaN where a leg is open above."""


class Account(NamedTuple):
    """Both sides between the focal party and some others, and what of them is matched."""

    inward: Side
    outward: Side

    @property
    def matched(self) -> float:
        """The smaller side of what has a date."""
        return min(self.inward.dated, self.outward.dated)

    @property
    def most(self) -> float:
        """The most that can be matched if the rest comes too; NaN where both sides are open."""
        inward, outward = (side.dated + side.rest_high for side in self)
        return float(np.fmin(inward, outward))

    @property
    def has_rest(self) -> bool:
        """Whether anything on either side has no date."""
        return any(not side.rest_high <= 1e-9 or side.rest_low > 1e-9 for side in self)

    @property
    def runs_both_ways(self) -> bool:
        """Whether something is or may be paid on both sides."""
        return all(side.dated + side.rest_high != 0 for side in self)


def account(
    legs: pd.DataFrame,
    payments: pd.DataFrame,
    focal: str,
    members: Collection[str],
    more: pd.DataFrame | None = None,
) -> Account:
    """The account of `focal` with `members` taken as one: rows of `flows`, and dated `payments`.

    `more` are further legs with low and high that count as paid by `focal` to them.
    """
    dated = payments.dropna(subset=["year"]).groupby("leg_id").amount.sum()

    def side(own: pd.DataFrame) -> Side:
        amounts = own.get("amount", pd.Series(np.nan, own.index))
        high = float(amounts.fillna(own.high).sum(skipna=False))
        low = float(amounts.fillna(own.low).sum())
        known = float(dated.reindex(own.leg_id).sum())
        return Side(known, max(0.0, low - known), high - known)

    members = list(members)
    inward = legs[legs.payer.isin(members) & legs.payee.eq(focal)]
    outward = legs[legs.payee.isin(members) & legs.payer.eq(focal)]
    if more is not None:
        outward = pd.concat([outward, more], ignore_index=True)
    return Account(side(inward), side(outward))


def bought_through(view: View, maker: str, layer: str = "announced") -> pd.DataFrame:
    """What suppliers of the focal party pay `maker` for chips that serve it: as `counting.counted`.

    The estimates of `loops.payments`, without purchases that serve a deal with somebody else.
    Raises ValueError for an unknown layer.
    """
    web = view.payments(layer)
    chips = web[web.instrument.eq("chips") & web.payee.eq(maker)]
    chips = chips[chips.payer.isin(view.suppliers())]
    deals = view.book.deals.set_index("deal_id")
    serves = chips.deal_id.map(deals.serves_deal_id).fillna("")
    return chips[serves.map(deals.scope).fillna("").ne("onward")].reset_index(drop=True)


class Open(NamedTuple):
    """An account with something undated, by the name under which it stands in a table."""

    name: str
    account: Account


def open_accounts(
    legs: pd.DataFrame, moves: pd.DataFrame, focal: str, names: Mapping[str, str]
) -> list[Open]:
    """The account of every partner with something undated and something on both sides."""
    found = [
        Open(names[party], account(legs, moves, focal, [party])) for party in partners(legs, focal)
    ]
    return [one for one in found if one.account.has_rest and one.account.runs_both_ways]
