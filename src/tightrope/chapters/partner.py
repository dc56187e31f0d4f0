"""A dossier: what one partner and the party in the middle have with each other, leg by leg.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from tightrope import accounts, counting, dealbook, ledger, quantities, upcoming, watching
from tightrope.dealbook import Dealbook
from tightrope.publish.opening import Opening
from tightrope.quantities import Quantities

_MANY = "boundary"
"""The kind of a party that stands for many firms."""
GRADES = ("filing", "company", "press", "secondary", "derived")


@dataclass(frozen=True)
class Dossier:
    """One partner seen from the party in the middle of a page.

    Frames of legs have the columns of `ledger.ladder`, with purpose, starts_on, ends_on, schedule,
    condition and `deal`, the deal's name. `every` has all legs of the book. `related` are those of
    the partner's deals with the party in the middle and of the deals that serve these; a partner
    that has none is shown with its own deals. `elsewhere` is what else it pays and is paid.
    """

    page: Opening
    party: str
    name: str
    kind: str
    country: str
    ticker: str
    quantities: Quantities
    every: pd.DataFrame
    related: pd.DataFrame
    elsewhere: pd.DataFrame

    @property
    def book(self) -> Dealbook:
        """The book of the page's edition."""
        return self.page.book

    @property
    def focal_name(self) -> str:
        """The name of the party in the middle."""
        return self.book.party_name(self.page.focal)

    @property
    def is_known(self) -> bool:
        """Whether a leg of the partner is known on the book's day."""
        return self.party in {*self.book.legs.payer_id, *self.book.legs.payee_id}

    @property
    def is_many(self) -> bool:
        """Whether the partner stands for many firms."""
        return self.kind == _MANY

    @cached_property
    def direct(self) -> pd.DataFrame:
        """The related legs between the partner and the party in the middle."""
        return self.related[accounts.are_between(self.related, self.party, self.page.focal)]

    @cached_property
    def onward(self) -> pd.DataFrame:
        """The other related legs."""
        return self.related[~accounts.are_between(self.related, self.party, self.page.focal)]

    @cached_property
    def lent(self) -> pd.DataFrame:
        """The loans and guarantees between the two that still stand."""
        return _standing(self.direct[self.direct.instrument.isin(counting.LENT)])

    @cached_property
    def standing(self) -> pd.DataFrame:
        """The related legs that were neither cancelled nor replaced."""
        return _standing(self.related)

    @cached_property
    def events(self) -> pd.DataFrame:
        """The steps of the related legs: the columns of events, with deal, payer and payee."""
        legs = self.related[["leg_id", "deal", "payer", "payee"]]
        return self.book.events.merge(legs, on="leg_id")

    @cached_property
    def titles(self) -> dict[str, str]:
        """What the page calls each related leg, by leg_id: its deal, and what sets it apart."""
        return {str(leg.leg_id): self._title(leg) for leg in self.related.itertuples()}

    def _title(self, leg: Any) -> str:
        others = self.related[self.related.deal_id.eq(leg.deal_id)]
        kind = leg.instrument.replace("_", " ")
        if len(others) == 1:
            is_alone = self.every.deal_id.eq(leg.deal_id).sum() == 1
            return str(leg.deal) if is_alone else f"{leg.deal}: {kind}"
        twins = others[others.instrument.eq(leg.instrument)]
        if len(twins) == 1:
            return f"{leg.deal}: {kind}"
        if twins.medium.nunique() == len(twins):
            return f"{leg.deal}: {kind} in {leg.medium}"
        if leg.payee in (self.party, self.page.focal):
            return f"{leg.deal}: {kind} from {self.book.party_name(leg.payer)}"
        return f"{leg.deal}: {kind} to {self.book.party_name(leg.payee)}"

    @property
    def layers(self) -> list[str]:
        """The layers that the edition shows, from what has moved to what was said."""
        return list(reversed(dealbook.LAYERS[dealbook.LAYERS.index(self.page.layer) :]))

    @property
    def rows(self) -> list[str]:
        """The related legs as rows of the data; the partner itself where there is none."""
        return [f"legs/{leg}" for leg in self.related.leg_id] or [f"parties/{self.party}"]


def dossier(page: Opening, whole: Dealbook, party: str) -> Dossier:
    """The dossier of `party`; `whole` is the book of all days, which names parties not yet known.

    Raises KeyError for a party that the data package does not have.
    """
    book, focal = page.book, page.focal
    known = whole.parties.set_index("party_id").loc[party]
    every = _every(book)
    is_own = every.payer.eq(party) | every.payee.eq(party)
    is_of_web = every.deal_id.isin(book.deals.deal_id[book.deals.scope.isin(dealbook.WEB)])
    own_deals = (
        set(every.deal_id[accounts.are_between(every, party, focal)])
        or set(every.deal_id[is_own & is_of_web])
        or set(every.deal_id[is_own])
    )
    serving = book.deals.deal_id[book.deals.serves_deal_id.isin(own_deals)]
    is_of_focal = every.payer.eq(focal) | every.payee.eq(focal)
    is_of_deals = every.deal_id.isin(own_deals) | (every.deal_id.isin(serving) & is_own)
    related = every[is_of_deals & (is_own | ~is_of_focal)]
    return Dossier(
        page=page,
        party=party,
        name=str(known["name"]),
        kind=str(known.kind),
        country=str(known.country),
        ticker=str(known.ticker),
        quantities=quantities.of(book, focal, party),
        every=every,
        related=related,
        elsewhere=every[is_own & ~every.leg_id.isin(related.leg_id)],
    )


def _every(book: Dealbook) -> pd.DataFrame:
    terms = ["leg_id", "purpose", "starts_on", "ends_on", "schedule", "condition"]
    deals = book.deals[["deal_id", "name"]].rename(columns={"name": "deal"})
    return ledger.ladder(book).merge(book.legs[terms], on="leg_id").merge(deals, on="deal_id")


def _standing(legs: pd.DataFrame) -> pd.DataFrame:
    return legs[~legs.status.isin(ledger.ENDED)]


def next_due(told: Dossier) -> pd.Series[object] | None:
    """What is expected next of the related legs or of the partner's figures; None for nothing.

    A row of `watching.expected`: the first of those with a day that is not past, before it those
    whose day is known within a month.
    """
    table = watching.expected(told.book)
    own = {
        *told.rows,
        *(f"events/{event}" for event in told.events.event_id),
        *(f"financials/{one}" for one in figures(told).financial_id),
    }
    is_own = table.changes.map(lambda rows: bool(own & set(str(rows).split()))).astype(bool)
    is_due = table.state.eq("expected") & table.expected_by.ge(told.book.day)
    is_wide = (table.expected_by - table.expected_from).gt(upcoming.SHORT_WHILE)
    due = table.assign(is_wide=is_wide)[is_own & is_due]
    due = due.sort_values(["is_wide", "expected_by", "expected_from"], kind="stable")
    return None if due.empty else due.iloc[0]


def naming(told: Dossier) -> pd.DataFrame:
    """The legs of deals of others whose summary names the partner: `every`, with `summary`."""
    deals = told.book.deals
    own = {*told.related.deal_id, *told.elsewhere.deal_id}
    named = deals[
        deals.scope.isin(dealbook.WEB)
        & deals.summary.str.contains(told.name, regex=False)
        & ~deals.deal_id.isin(own)
    ]
    legs = told.every[told.every.deal_id.isin(named.deal_id)]
    return (legs if told.is_known else legs.iloc[:0]).merge(
        named[["deal_id", "summary"]], on="deal_id"
    )


def claims(told: Dossier) -> pd.DataFrame:
    """The claims that name the partner or rest on one of its legs; none before it is known."""
    every = told.book.claims
    about = every.leg_id.isin(told.related.leg_id) | every.claim.str.contains(
        told.name, regex=False
    )
    return every[about & told.is_known]


def figures(told: Dossier) -> pd.DataFrame:
    """The partner's own figures by metric and day; none before a leg of it is known."""
    own = told.book.financials
    own = own[own.party_id.eq(told.party) & told.is_known]
    return own.sort_values(["metric", "known_on", "period"], kind="stable")


def grades(told: Dossier) -> dict[str, int]:
    """How many steps there are of each grade of evidence, the best first."""
    number = Counter(told.events.confidence)
    return {grade: number[grade] for grade in GRADES}


def one_voice(told: Dossier) -> dict[str, str]:
    """The standing legs of which only one of both sides has ever spoken: its name, by leg_id."""
    speakers = told.events.groupby("leg_id").stated_by.agg(set)
    return {
        str(leg.leg_id): told.book.party_name(getattr(leg, side))
        for leg in told.standing.itertuples()
        for side in ("payer", "payee")
        if speakers.get(leg.leg_id) == {side}
    }


def no_voice(told: Dossier) -> list[str]:
    """The standing legs of which no side has spoken: leg_ids, in the order of their names."""
    speakers = told.events.groupby("leg_id").stated_by.agg(set)
    standing = set(told.standing.leg_id)
    return [
        str(leg)
        for leg, who in speakers.items()
        if who <= {"third_party", "ours"} and leg in standing
    ]
