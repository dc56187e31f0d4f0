"""A supplier's own money in what it is paid, and the rebate in the paper that it gives."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from tightrope import counting, ledger, units
from tightrope.chapters.floats import bought_through
from tightrope.chapters.whose_money.words import percent_range, unbroken
from tightrope.chapters.whose_money.years import YearFigure
from tightrope.measures import equity
from tightrope.quantities.view import View

OWN, MAYBE = "its own money, at least", "its own money, at most"
OTHERS = "money of others"
PERIOD, CONTRACTS = "In one period", "Over all years of the contracts"
_SUPPLY = ("compute", "chips")
_TO_RAISE = "still to be raised or earned"
_TRANCHES = 6


class OwnMoney(NamedTuple):
    """A vendor's own money in what it is paid: USD billion, and as fractions of what it is paid."""

    low: float
    high: float
    revenue_low: float
    revenue_high: float
    share_low: float
    share_high: float


def own_money(
    sources: Mapping[str, float] | pd.Series[float], vendor: str, revenue: tuple[float, float]
) -> OwnMoney:
    """How much of its revenue `vendor` may have paid itself, at both ends of that revenue.

    `sources` is who gave the buyer how much. The least is the vendor's part of all sources, the
    most all that it gave (`equity.look_through`).
    """
    ends = [equity.look_through(sources, {vendor: amount}, vendor) for amount in revenue]
    return OwnMoney(
        min(end.proportional for end in ends),
        max(end.earmarked for end in ends),
        min(revenue),
        max(revenue),
        min(end.proportional_share for end in ends),
        max(end.earmarked_share for end in ends),
    )


def rebate(worth: tuple[float, float], purchases: tuple[float, float]) -> tuple[float, float]:
    """The rebate that paper makes on purchases, at its ends: fractions.

    The lowest worth over the highest purchases, and the highest over the lowest; USD billion.
    """
    return (
        equity.effective_rebate(worth[0], purchases[1]),
        equity.effective_rebate(worth[1], purchases[0]),
    )


@dataclass(frozen=True)
class Look:
    """One supplier over one time: its own money in what it is paid, and the rows behind it."""

    name: str
    group: str
    own: OwnMoney
    rows: tuple[str, ...]

    @property
    def words(self) -> str:
        """The share, the sum and the whole."""
        own = self.own
        whole = units.usd_bn_range(own.revenue_low, own.revenue_high)
        if not own.share_high > 0:
            return f"nothing of {whole}"
        share = unbroken(percent_range(own.share_low, own.share_high))
        return f"{share}: " + unbroken(f"{units.usd_bn_range(own.low, own.high)} of {whole}")


def in_order(looks: Sequence[Look]) -> list[Look]:
    """Those of one period first, then those of contracts by the most that is their own money."""
    period = [look for look in looks if look.group == PERIOD]
    contracts = [look for look in looks if look.group != PERIOD]
    return period + sorted(contracts, key=lambda look: -look.own.share_high)


def look_bars(looks: Sequence[Look]) -> pd.DataFrame:
    """The looks as `charts.parts` draws them, three parts a bar, in their order.

    Columns: whole, group, part, amount (a fraction), words, rows, and the ends of what is paid
    and of the own money in it (USD billion).
    """
    found = []
    for look in looks:
        own = look.own
        amounts = (own.share_low, own.share_high - own.share_low, 1 - own.share_high)
        for part, amount in zip((OWN, MAYBE, OTHERS), amounts, strict=True):
            sums = (own.revenue_low, own.revenue_high, own.low, own.high)
            shown = (look.name, look.group, part, max(amount, 0.0), look.words, look.rows)
            found.append((*shown, *sums))
    names = ["whole", "group", "part", "amount", "words", "rows"]
    ends = ["revenue_low", "revenue_high", "own_low", "own_high"]
    return pd.DataFrame(found, columns=[*names, *ends])


def own_in_period(
    view: View,
    paid_in: pd.DataFrame,
    revenue: Mapping[int, YearFigure],
    leg_id: str,
    since: int,
) -> list[Look]:
    """A supplier's own money in what a leg is known to have been paid, from all that came in.

    `paid_in` and `revenue` as in `years`: money and credits up to the last proof of payment
    at the middle of their ranges, and customers' money of the years up to then. Nothing where the
    leg is not known to be paid, or a year between `since` and the proof is not known to its end.
    """
    ladder = ledger.ladder(view.web).set_index("leg_id")
    if leg_id not in ladder.index or not ladder.paid[leg_id] > 0:
        return []
    steps = view.book.events[view.book.events.leg_id.eq(leg_id)]
    settled = steps.happened_on[steps.status.eq("paid")].max()
    years = range(since + 1, max(settled.year, since + 2))
    if not all(year in revenue and not revenue[year].part for year in years):
        return []
    vendor = str(ladder.payee[leg_id])
    up_to = paid_in[paid_in.is_said & paid_in.day.le(settled)]
    up_to = up_to[up_to.medium.isin(["cash", "credits"])]
    sources = up_to.assign(mid=(up_to.low + up_to.high) / 2).groupby("payer").mid.sum()
    came = [year for number, year in revenue.items() if number <= settled.year]
    sources["customers"] = sum((year.low + year.high) / 2 for year in came)
    legs = [f"legs/{leg}" for leg in [*up_to.leg_id.unique(), leg_id]]
    rows = [f"financials/{row}" for year in revenue.values() for row in year.rows]
    name = (
        f"{view.book.party_name(vendor)} from {since} to {settled:%B %Y}, "
        "from all that came in up to then"
    )
    own = own_money(sources, vendor, (float(ladder.paid[leg_id]),) * 2)
    return [Look(name, PERIOD, own, (*legs, *rows))]


@dataclass(frozen=True)
class Contracts:
    """All that suppliers give, and all that is bought of them over the years of the contracts.

    `legs` are rows of `ledger.flows` without loans and parts; `low` and `high` what is bought, by
    seller, and `sources` what is given, by giver, with what is still to be raised: USD billion.
    """

    view: View
    layer: str
    legs: pd.DataFrame
    low: pd.Series[float]
    high: pd.Series[float]
    sources: pd.Series[float]

    def sellers(self) -> list[str]:
        """Of whom something is bought at a known sum."""
        return [str(seller) for seller in self.high.index[self.high > 0]]

    def look(self, seller: str) -> Look:
        """What of the purchases from `seller` its own money can have paid."""
        focal, legs = self.view.focal, self.legs
        buys = legs.payee.eq(seller) & legs.payer.eq(focal) & legs.instrument.isin(_SUPPLY)
        gives = legs.payer.eq(seller) & legs.payee.eq(focal)
        rows = [f"legs/{leg}" for leg in legs.leg_id[gives | buys]]
        ends = float(self.low.get(seller, 0.0)), float(self.high.get(seller, 0.0))
        name = self.view.book.party_name(seller)
        return Look(name, CONTRACTS, own_money(self.sources, seller, ends), tuple(rows))

    def look_through(self, maker: str, name: str) -> list[Look]:
        """The same of `maker`, with the chips that suppliers buy of it (`bought_through`)."""
        through = bought_through(self.view, maker, self.layer)
        if through.empty or not self.sources.get(maker, 0.0) > 0:
            return []
        focal, legs = self.view.focal, self.legs
        direct = legs[legs.payee.eq(maker) & legs.payer.eq(focal) & legs.instrument.eq("chips")]
        low, high = (
            float(sum(table[end].fillna(table.low).sum() for table in (through, direct)))
            for end in ("low", "high")
        )
        in_data = through.leg_id.isin(self.view.book.legs.leg_id)
        gives = legs.leg_id[legs.payer.eq(maker) & legs.payee.eq(focal)]
        ids = [*through.leg_id[in_data], *direct.leg_id, *gives]
        rows = [*(f"legs/{leg}" for leg in ids), *self.view.rows(through[~in_data])]
        return [Look(name, CONTRACTS, own_money(self.sources, maker, (low, high)), tuple(rows))]


def contracts(
    view: View,
    layer: str,
    worth: Mapping[str, float] | None = None,
    in_kind: Collection[str] = (),
) -> Contracts | None:
    """The `Contracts` of the focal party on a layer; None where nothing is given.

    `worth` is the value (USD billion) of legs without an amount, by leg_id; the middle of its
    range for any other. Money and credits count as given, and whatever the parties of `in_kind`
    give. What is bought beyond that is still to be raised, and money of others.
    """
    legs = ledger.flows(view.web, layer)
    parts = view.book.legs.leg_id[view.book.legs.part_of_leg_id.ne("")]
    legs = legs[~legs.instrument.isin(counting.LENT) & ~legs.leg_id.isin(parts)]
    buys = legs[legs.payer.eq(view.focal) & legs.instrument.isin(_SUPPLY)]
    high = buys.high.fillna(buys.amount).fillna(buys.low)
    bought = [buys.assign(end=end).groupby("payee").end.sum() for end in (buys.low, high)]
    given = legs[legs.payee.eq(view.focal)]
    given = given[given.medium.isin(["cash", "credits"]) | given.payer.isin(in_kind)]
    amount = given.amount.fillna(given.leg_id.map(dict(worth or {})).astype(float))
    amount = amount.fillna((given.low + given.high) / 2)
    sums = amount.groupby(given.payer).sum()
    if sums.empty:
        return None
    to_raise = max(0.0, float(bought[1].sum() - sums.sum()))
    sources = pd.concat([sums, pd.Series({_TO_RAISE: to_raise})])
    return Contracts(view, layer, legs, bought[0], bought[1], sources)


def warrant_values(
    spot: float,
    last_hurdle: float,
    m_shares: float,
    years: float,
    rate: float,
    volatilities: Sequence[float],
) -> list[float]:
    """A warrant in six equal tranches at evenly spaced targets: USD billion, by volatility.

    Prices in USD, `m_shares` in millions, `rate` and `volatilities` a year as fractions
    (`equity.warrant_value`). NaN where a price is not known.
    """
    if pd.isna(spot + last_hurdle):
        return [math.nan] * len(volatilities)
    hurdles = equity.even_hurdles(spot, last_hurdle, _TRANCHES)
    tables = [
        equity.warrant_value(spot, hurdles, m_shares * 1e6, years, rate, volatility)
        for volatility in volatilities
    ]
    return [float(table.value.sum() / 1e9) for table in tables]


class Rebate(NamedTuple):
    """Paper given with an order: a row of the table."""

    key: str
    name: str
    kind: str
    worth: str
    purchases: str
    rate: str
    rows: list[str]


def rebate_row(
    key: str,
    name: str,
    kind: str,
    worth: tuple[float, float],
    purchases: tuple[float, float],
    rows: Sequence[str],
) -> list[Rebate]:
    """The rebate in words, if all of it is known; `worth` and `purchases` in USD billion."""
    if not all(pd.notna([*worth, *purchases])):
        return []
    ends = rebate(worth, purchases)
    is_one = abs(ends[1] - ends[0]) < 1e-9
    places = 0 if max(ends) >= 0.095 else 2 if is_one else 1
    digits = [f"{100 * end:.{places}f}" for end in ends]
    rate = f"{digits[0]}%" if digits[0] == digits[1] else f"{digits[0]} to {digits[1]}%"
    sums = units.usd_bn_range(*worth), units.usd_bn_range(*purchases)
    return [Rebate(key, name, kind, *sums, rate, list(rows))]


def sum_of(ladder: pd.DataFrame, legs: Sequence[str], layer: str) -> tuple[float, float]:
    """The sum of legs on a layer at its ends, USD billion; NaN where one is not known.

    `ladder` as `Opening.ladder`.
    """
    known, least = ladder.reindex(legs), len(legs)
    low, high = (known[f"{layer}_{end}"].sum(min_count=least) for end in ("low", "high"))
    return float(low), float(high)


def rebates(
    ladder: pd.DataFrame,
    given: Sequence[tuple[str, str, Sequence[str], Sequence[str]]],
    worth: Mapping[str, tuple[float, float]],
) -> list[Rebate]:
    """The gifts of which all is known: key, name, legs of the paper and legs of the purchases.

    What the paper is worth (USD billion, both ends) is in `worth` by key, else what its legs come
    to as announced in `ladder`, as the purchases do.
    """
    found = []
    for key, name, paper, orders in given:
        ends = worth.get(key) or sum_of(ladder, paper, "announced")
        bought = sum_of(ladder, orders, "announced")
        rows = [f"legs/{leg}" for leg in (*paper, *orders)]
        found += rebate_row(f"rebate-{key}", name, "gift", ends, bought, rows)
    return found


def look(
    name: str, vendor: str, sources: Mapping[str, float], revenue: float, rows: Sequence[str]
) -> list[Look]:
    """A `Look` at one period, if the sources and the revenue (USD billion) are all known."""
    if pd.isna(sum(sources.values()) + revenue):
        return []
    return [Look(name, PERIOD, own_money(sources, vendor, (revenue, revenue)), tuple(rows))]


def revenue_per_hundred(ladder: pd.DataFrame, order: str, paper: str) -> float:
    """Of a hundred dollars invoiced under a leg, what is revenue with `paper` set off: dollars.

    NaN where one of the two is not known.
    """
    whole = float(ladder.announced.get(order, math.nan))
    worth, _ = sum_of(ladder, [paper], "announced")
    return math.nan if pd.isna(whole + worth) else equity.net_revenue(100.0, whole, worth)
