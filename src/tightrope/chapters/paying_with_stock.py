"""Paying with stock: a warrant in a model, what it rebates, and what suppliers give and get."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from tightrope import quantities, units
from tightrope.chapters.blueprint_or_warning import known
from tightrope.dealbook import Dealbook
from tightrope.measures import equity
from tightrope.publish.opening import Opening

_SIDES = {
    "announced": {"in": "to_come_in", "out": "to_pay"},
    "binding": {"in": "to_come_in_signed", "out": "to_pay_signed"},
    "paid": {"in": "paid_in", "out": "paid_out"},
}
"""The quantities of what a partner gives and gets, by layer."""


@dataclass(frozen=True)
class Model:
    """The assumptions about a warrant: `volatilities` (low, middle, high) and `rate` a year.

    Both as fractions; `expires` is its last day, `tranches` vest one a gigawatt.
    """

    volatilities: tuple[float, float, float]
    rate: float
    expires: str
    tranches: int

    def years(self, day: str) -> float:
        """Years that are left on a day."""
        return (pd.Timestamp(self.expires) - pd.Timestamp(day)).days / 365.25


class Quote(NamedTuple):
    """A closing price: dollars a share, NaN where it is not known, and its day."""

    price: float
    day: str


@dataclass(frozen=True, eq=False)
class Warrant:
    """A penny warrant whose tranches vest at price targets of which the last is known.

    `m_shares` millions of shares at `strike`, the last target at `hurdle` (dollars a share); NaN
    where not known. `quotes` are share prices by day, rows of `financials`; `rows` those behind
    the terms, `leg` the warrant's own.
    """

    party: str
    name: str
    leg: str
    issued_on: str
    m_shares: float
    strike: float
    hurdle: float
    quotes: pd.DataFrame = field(repr=False)
    rows: Sequence[str]
    model: Model

    @property
    def before(self) -> pd.DataFrame:
        """The last quote before the warrant was issued, if there is one."""
        return self.quotes[self.quotes.index < self.issued_on].tail(1)

    @property
    def since(self) -> pd.DataFrame:
        """The quotes after it was issued."""
        return self.quotes[self.quotes.index > self.issued_on]

    @property
    def is_priced(self) -> bool:
        """Whether the share price before and after, and the last target, are known."""
        return len(self.before) > 0 and len(self.since) > 0 and bool(pd.notna(self.hurdle))

    @property
    def old_price(self) -> float:
        """The price before the warrant was issued: dollars a share, NaN if not priced."""
        return float(self.before.value.iloc[0]) if self.is_priced else math.nan

    @property
    def first(self) -> Quote:
        """The first quote after it was issued."""
        if not self.is_priced:
            return Quote(math.nan, self.issued_on)
        return Quote(float(self.since.value.iloc[0]), str(self.since.index[0]))

    def latest(self, since: str) -> Quote:
        """The newest quote from a day on."""
        later = self.quotes[self.quotes.index >= since]
        if not self.is_priced or later.empty:
            return Quote(math.nan, self.issued_on)
        return Quote(float(later.value.iloc[-1]), str(later.index[-1]))

    @property
    def price_rows(self) -> list[str]:
        """The rows of the quotes; those of the terms where it is not priced."""
        if not self.is_priced:
            return list(self.rows)
        return [f"financials/{row}" for row in self.quotes.financial_id]

    def payoff(self, price: float) -> float:
        """What it would pay at a share price if all had vested: USD billion."""
        return float(self.m_shares * (price - self.strike) / 1000)

    def value(
        self,
        quote: Quote,
        volatility: float,
        taken: int | None = None,
        targets: Sequence[float] = (),
    ) -> pd.DataFrame:
        """Its value by tranche in dollars, if `taken` gigawatts are bought in the end.

        All of them without `taken`. Without `targets` they rise in even steps from the price
        before. The columns of `equity.warrant_value`, which raises ValueError if not priced.
        """
        tranches = self.model.tranches
        bought = tranches if taken is None else taken
        return equity.warrant_value(
            quote.price,
            targets or equity.even_hurdles(self.old_price, self.hurdle, tranches),
            self.m_shares * 1e6,
            years=self.model.years(quote.day),
            rate=self.model.rate,
            volatility=volatility,
            delivery_probability=[1.0] * bought + [0.0] * (tranches - bought),
        )

    def span(
        self,
        quote: Quote | None = None,
        taken: int | None = None,
        targets: Sequence[float] = (),
    ) -> tuple[float, float]:
        """The least and the most of its value over the volatilities: USD billion.

        At the `first` quote unless another is given; NaN where the price is not known.
        """
        at = quote or self.first
        if not self.is_priced or pd.isna(at.price):
            return math.nan, math.nan
        tables = [self.value(at, one, taken, targets) for one in self.model.volatilities]
        ends = [float(table.value.sum()) / 1e9 for table in tables]
        return min(ends), max(ends)


def warrant_of(
    book: Dealbook, party: str, leg: str, issued_on: str, terms: Sequence[str], model: Model
) -> Warrant:
    """The warrant that a party issued.

    `terms` are the ids of three figures: its shares, its exercise price and its last target.
    """
    prices = book.financials[
        book.financials.party_id.eq(party) & book.financials.metric.eq("share_price")
    ]
    m_shares, strike, hurdle = (known(book, term) for term in terms)
    return Warrant(
        party,
        book.party_name(party),
        leg,
        issued_on,
        m_shares,
        strike,
        hurdle,
        quotes=prices.sort_values("period").set_index("period"),
        rows=[f"financials/{term}" for term in terms],
        model=model,
    )


def no_warrant(book: Dealbook, party: str, model: Model) -> Warrant:
    """What stands for a warrant where there is none: nothing is known of it."""
    nan, quotes = math.nan, book.financials.iloc[:0].set_index("period")
    return Warrant(party, "", "", "", nan, nan, nan, quotes, [f"parties/{party}"], model)


def reported(book: Dealbook, event_id: str) -> float:
    """What an event named, USD billion; NaN before it was known."""
    return float(book.events.set_index("event_id").amount_usd_bn.get(event_id, math.nan))


def deals_in_stock(page: Opening) -> float:
    """In how many of the article's deals the focal party is paid in shares or a warrant."""
    article = page.book.deals.deal_id[page.book.deals.in_article]
    ladder = page.ladder
    is_stock = ladder.medium.isin(["stock", "warrant"]) & ladder.payee.eq(page.focal)
    return float(ladder[is_stock & ladder.deal_id.isin(article)].deal_id.nunique())


def by_tranche(warrant: Warrant) -> pd.DataFrame:
    """Each tranche on the first day: tranche, hurdle, shares (million) and its value.

    `low_usd_bn`, `value_usd_bn` and `high_usd_bn` are at the three volatilities.
    """
    low, middle, high = (
        warrant.value(warrant.first, volatility) for volatility in warrant.model.volatilities
    )
    return middle[["tranche", "hurdle"]].assign(
        shares=middle.shares / 1e6,
        low_usd_bn=low.value / 1e9,
        value_usd_bn=middle.value / 1e9,
        high_usd_bn=high.value / 1e9,
    )


def at_prices(warrant: Warrant) -> pd.DataFrame:
    """The warrant at every known share price, a row each; empty if it is not priced.

    Columns: day and price; `payoff_usd_bn` if all had vested; what the model gives in words
    (`model`), and for the first gigawatt alone (`first`); `high`, the most in USD billion. A
    price before the warrant was issued counts as one of its first day.
    """
    if not warrant.is_priced:
        return pd.DataFrame()
    rows = []
    for day, price in warrant.quotes.value.items():
        quote = Quote(price, max(str(day), warrant.first.day))
        low, high = warrant.span(quote)
        rows.append(
            {
                "day": units.day(day),
                "price": price,
                "payoff_usd_bn": warrant.payoff(price),
                "model": units.usd_bn_range(low, high),
                "first": units.usd_bn_range(*warrant.span(quote, taken=1)),
                "high": high,
            }
        )
    return pd.DataFrame(rows)


def most(warrant: Warrant) -> float:
    """The most that the model gives at a known share price: USD billion, NaN if not priced."""
    table = at_prices(warrant)
    return float(table.high.max()) if len(table) else math.nan


def made_by_news(old: tuple[float, float], new: tuple[float, float]) -> float:
    """Which part of a value its own announcement made, by the middles of both ranges."""
    return 1 - sum(old) / sum(new)


Sides = Mapping[str, tuple[Sequence[str], Sequence[str]]]
"""For each supplier the legs of what it gives in stock and of what it is to be paid."""


def sides(
    page: Opening, deals: Sides, warrant: Warrant, silent: Collection[str] = ()
) -> pd.DataFrame:
    """What each supplier gives the focal party and gets from it: rows for `two_sided`, USD billion.

    Unless it is paid, a `warrant` comes in at `most`: the ladder knows its payoff at the last
    target only. Of the `silent` it is not published what they were paid. A supplier without a
    known purchase is left out.
    """
    rows, worth = [], most(warrant)
    for party, (given, bought) in deals.items():
        if not page.ladder.index.isin(list(bought)).any():
            continue
        totals = quantities.of(page.book, page.focal, partner=party)
        row: dict[str, object] = {"party": page.book.party_name(party)}
        for side, legs in (("in", given), ("out", bought)):
            quantity = totals[_SIDES[page.layer][side]]
            row |= _rungs(page.ladder[page.ladder.index.isin(list(legs))], side, page.layer)
            row |= {f"{side}_low": quantity.low, f"{side}_high": quantity.high}
        if page.layer != "paid" and party == warrant.party and pd.notna(worth):
            row["in_high"] = worth
        if page.layer == "paid" and party in silent:
            row |= {"paid_out": math.nan, "out_high": math.nan}
        rows.append(row)
    return pd.DataFrame(rows)


def _rungs(legs: pd.DataFrame, side: str, layer: str) -> dict[str, object]:
    """Legs of one side as increments that climb the ladder, up to the layer."""
    signed = (legs.binding - legs.paid).sum() if layer != "paid" else 0.0
    stated = (legs.announced - legs.binding).sum() if layer == "announced" else 0.0
    return {
        f"paid_{side}": legs[layer].sum(skipna=False),
        f"{side}_paid": legs.paid.sum(),
        f"{side}_binding": signed,
        f"{side}_announced": stated,
    }
