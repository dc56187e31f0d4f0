"""The web of partners: the web as claims have it, what turns back in it, and how fast it came.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from tightrope import accounts, dealbook, ledger, units
from tightrope.dealbook import Dealbook


def article_web(book: Dealbook, layer: str) -> pd.DataFrame:
    """`ledger.flows` of the deals of the article that the claims are from.

    These are its deals, those that serve them, and what else whoever pays or is paid in one of
    its deals pays another of them.
    """
    web = book.within(*dealbook.WEB)
    deals = web.deals[web.deals.in_article]
    named = web.legs[web.legs.deal_id.isin(deals.deal_id)]
    partners = {*named.payer_id, *named.payee_id}
    serving = web.deals.deal_id[web.deals.serves_deal_id.isin(deals.deal_id)]
    legs = ledger.flows(web, layer)
    is_of_deals = legs.deal_id.isin([*deals.deal_id, *serving])
    is_among = legs.payer.isin(partners) & legs.payee.isin(partners)
    return legs[is_of_deals | is_among].reset_index(drop=True)


def both_sides(book: Dealbook, layer: str, focal: str) -> pd.DataFrame:
    """`accounts.sides` of every partner; one of whom only the press speaks is left out."""
    legs = _climbed(book, layer)
    sides = accounts.sides(legs, focal)
    heard = legs[legs.is_report]
    is_heard = sides.party.isin([*heard.payer, *heard.payee])
    is_empty = sides.in_stated.eq(0) & sides.out_stated.eq(0)
    return sides[~(is_heard & is_empty)].reset_index(drop=True)


def with_focal(book: Dealbook, layer: str, focal: str) -> pd.DataFrame:
    """The legs that `focal` pays or is paid, as they count, loans and guarantees left out."""
    legs = _climbed(book, layer)
    return legs[legs.payer.eq(focal) | legs.payee.eq(focal)]


def _climbed(book: Dealbook, layer: str) -> pd.DataFrame:
    return accounts.climbed(book.within(*dealbook.WEB), layer)


def widest_round_trip(book: Dealbook, focal: str) -> str:
    """The partner whose round trip on everything announced has the widest range; "" for none.

    A range that is open above counts as none.
    """
    sides = accounts.sides(_climbed(book, "announced"), focal).set_index("party")
    width = (sides.round_high - sides.round_low).fillna(0.0)
    return str(width.idxmax()) if len(width) and width.max() > 0 else ""


def to_pay_by_partner(book: Dealbook, focal: str) -> pd.Series[float]:
    """What `focal` is to pay each partner, signed or not, as stated; the largest sum first."""
    sides = accounts.sides(_climbed(book, "announced"), focal).set_index("party")
    return sides.out_stated.sort_values(ascending=False)


def reported_loans(book: Dealbook, focal: str) -> pd.DataFrame:
    """The loans to `focal` of which only the press speaks, with a sum: rows of `ledger.ladder`."""
    legs = ledger.ladder(book.within(*dealbook.WEB))
    is_heard = legs.status.eq("reported") & legs.announced.gt(0)
    return legs[legs.payee.eq(focal) & legs.instrument.eq("loan") & is_heard]


def loan_words(loans: pd.DataFrame, book: Dealbook) -> str:
    """What `reported_loans` add to an upper end, as a sentence; "" for none."""
    told = units.listing(
        f"a loan of {units.usd_bn(loan.announced)} by {book.party_name(loan.payer)}"
        for loan in loans.itertuples()
    )
    return f"The upper end of that counts {told}, which only the press reports." if told else ""


def article_steps(book: Dealbook, focal: str) -> pd.DataFrame:
    """The steps of the article's deals: events with `deal`, `amount`, `label` and `direction`.

    `label` is the sum in words, or its range where no source gives the sum; `direction` is that of
    `accounts.direction`.
    """
    events = book.events
    ends = zip(
        events.amount_usd_bn, events.amount_low_usd_bn, events.amount_high_usd_bn, strict=True
    )
    labels = [units.usd_bn_with_range(*sums) for sums in ends]
    deals = book.deals[book.deals.in_article][["deal_id", "name"]]
    legs = book.legs.rename(columns={"payer_id": "payer", "payee_id": "payee"})
    legs = legs.assign(direction=accounts.directions(legs, focal))
    return (
        events.assign(label=labels, amount=events.amount_usd_bn)
        .merge(legs[["leg_id", "deal_id", "direction"]], on="leg_id")
        .merge(deals.rename(columns={"name": "deal"}), on="deal_id")
    )


@dataclass(frozen=True)
class Busiest:
    """The year in which most steps became known; year 0 where none is known."""

    year: int
    steps: int
    rows: tuple[str, ...]


def busiest(steps: pd.DataFrame) -> Busiest:
    """The year in which most of the steps became known; of two the first in the table."""
    number = steps.known_on.dt.year.value_counts()
    if number.empty:
        return Busiest(0, 0, ())
    year = int(number.idxmax())
    of_year = steps.event_id[steps.known_on.dt.year.eq(year)]
    return Busiest(year, int(number.max()), tuple(f"events/{one}" for one in of_year))


def joined_words(book: Dealbook, layer: str, later: Mapping[str, str]) -> str:
    """Who has joined the web: `later` names a partner by a leg; a clause that begins a sentence."""
    known = set(ledger.flows(book.within(*dealbook.WEB), layer).leg_id)
    joined = [name for leg, name in later.items() if leg in known]
    if not joined:
        return "More are to join"
    return f"{units.listing(joined)} {'have' if len(joined) > 1 else 'has'} joined"
