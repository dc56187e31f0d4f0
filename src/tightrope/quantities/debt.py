"""Quantities of the debt behind the focal party's deals: what others have borrowed for them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope import counting
from tightrope.dealbook import MIDDLE
from tightrope.quantities.definition import Value, defined
from tightrope.quantities.view import View

_NOT_IN = "guarantees; what {focal} borrows or lends itself; repayments, which are not taken off"
_CAP = (
    "who borrows for a payment to {focal} counts up to that payment, for what is more took "
    "the place of an earlier loan"
)


def loans(view: View, layer: str = "announced", reports: bool = False) -> pd.DataFrame:
    """Loans to others than the focal party: rows of `counting.counted`, and what they serve.

    `serves` is the deal that a loan is raised for, "" if it serves several or none; `is_tied` says
    that this is a deal in the middle of the data's web (scope `MIDDLE`), or one that carries such a
    deal, whichever party asks. Loans for a borrower's deals with others are left out. Raises
    ValueError for an unknown layer.
    """
    legs = counting.counted(view.web, layer, reports)
    legs = legs[legs.instrument.eq("loan")]
    legs = legs[legs.payer.ne(view.focal) & legs.payee.ne(view.focal)]
    if view.partner:
        legs = legs[legs.payee.eq(view.partner)]
    deals = view.web.deals.set_index("deal_id")
    serves = legs.deal_id.map(deals.serves_deal_id).fillna("")
    scope = serves.map(deals.scope).fillna("")
    legs = legs.assign(serves=serves, is_tied=scope.isin([*MIDDLE, "financing"]))
    return legs[legs.is_tied | serves.eq("")].reset_index(drop=True)


def capped(view: View, legs: pd.DataFrame) -> pd.DataFrame:
    """Rows of `loans`, each borrower's for one payment to the focal party up to that payment.

    Where loans that serve a deal exceed what their borrower is to pay the focal party there, the
    last ones have taken the place of the first: they are cut to what is left, in their order. A
    borrower that pays nothing in the deal, or is paid in it, builds something: it has no such end.
    """
    own = counting.given(view.counted("announced"))
    paid = set(zip(own.deal_id, own.payee, strict=True))
    buys = own[own.payee.eq(view.focal)]
    here = zip(buys.deal_id, buys.payer, strict=True)
    buys = buys[np.array([pair not in paid for pair in here], dtype=bool)]
    most = buys.groupby(["deal_id", "payer"])[list(counting.ENDS)].agg(
        lambda column: column.sum(skipna=False)
    )
    kept = legs.copy()
    for key, of_deal in legs.groupby(["serves", "payee"]):
        if key not in most.index:
            continue
        for end in counting.ENDS:
            top = float(most.loc[key, end])
            sums = of_deal[end].fillna(np.inf).cumsum().clip(upper=np.inf if top != top else top)
            cut = sums.diff().fillna(sums)
            kept.loc[of_deal.index, end] = cut.where(np.isfinite(sums), of_deal[end])
    return kept


def _borrowed(view: View, layer: str, reports: bool = False, general: bool = False) -> Value:
    legs = capped(view, loans(view, layer, reports))
    legs = legs if general else legs[legs.is_tied]
    return view.summed(legs)


@defined(
    "what others have borrowed for {focal}'s deals",
    layer="announced",
    counts="loans and bonds raised for a deal with {focal}, by the word of a party or a contract, "
    f"drawn or not; {_CAP}",
    leaves_out=f"loans that serve all that a firm does; {_NOT_IN}; what only the press has "
    "reported (in the high end)",
)
def borrowed_for_deals(view: View) -> Value:
    """What partners of {focal} and builders behind them have borrowed for its deals.

    A bond does not say what it is for. So this is the part that can be tied to one deal, and a
    floor of what is lent against the promises of {focal}.
    """
    return _borrowed(view, "announced")


@defined(
    "what others have drawn of it",
    layer="paid",
    counts="as borrowed for {focal}'s deals, what is known to have been drawn",
    leaves_out=f"loans that serve all that a firm does; {_NOT_IN}",
    variant_of="borrowed_for_deals",
    differs="only what is known to have been drawn",
    part_of=["borrowed_for_deals"],
)
def borrowed_for_deals_drawn(view: View) -> Value:
    """What of the loans for deals with {focal} is known to have been drawn."""
    return _borrowed(view, "paid")


@defined(
    "what others have borrowed for {focal}'s deals, press reports included",
    layer="announced",
    counts="as borrowed for {focal}'s deals, and what only the press has reported",
    leaves_out=f"loans that serve all that a firm does; {_NOT_IN}",
    variant_of="borrowed_for_deals",
    differs="press reports included",
)
def borrowed_for_deals_with_reports(view: View) -> Value:
    """What others have borrowed for deals with {focal}, a press report counting like their word."""
    return _borrowed(view, "announced", reports=True)


@defined(
    "what partners have borrowed, for {focal}'s deals or for all that they do",
    layer="announced",
    counts="as borrowed for {focal}'s deals, and loans of partners that serve no single deal",
    leaves_out=f"loans for a partner's deals with others; {_NOT_IN}; what only the press has "
    "reported (in the high end)",
    variant_of="borrowed_for_deals",
    differs="loans included that serve all that a partner does",
)
def borrowed_by_partners(view: View) -> Value:
    """What partners of {focal} and builders have borrowed, whatever for, but for deals with others.

    An upper end of what is lent against the promises of {focal}: most of it serves other
    customers too.
    """
    return _borrowed(view, "announced", general=True)
