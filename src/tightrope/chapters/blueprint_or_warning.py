"""Blueprint or warning: what suppliers put up for buyers, around 2000 and now, and the ratios."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from tightrope import accounts, counting, dealbook, ledger, units
from tightrope.dealbook import MIDDLE, Dealbook
from tightrope.periods import parse, sort_key

LOANS = "Loans to the buyer"
UPSIDE = "The supplier’s own shares and warrants"
RENT = "Guarantee of the buyer’s rent"
STAKES = "Shares of the buyer"
CLOUDS = "Standing in for clouds: rents, unsold capacity"
REVERSE = "Loans from the buyer to a supplier"
CREDITS = "Cloud credits"
_GIVEN = {"loan": LOANS, "warrant": UPSIDE, "shares": UPSIDE, "equity": STAKES}
STANDS_IN = (RENT, CLOUDS)
"""What costs nothing unless somebody fails: only its most is known."""
_SUPPLY = ("compute", "chips", "lease", "construction")
NOT_YET = "not yet known"
NONE: Mapping[str, str] = MappingProxyType({})


def known(book: Dealbook, financial_id: str) -> float:
    """The value of a figure in its own unit, NaN before it was known."""
    return float(book.financials.set_index("financial_id").value.get(financial_id, math.nan))


def end_of(book: Dealbook, financial_id: str, side: str) -> float:
    """The "low" or "high" end of a figure, or its value without one; NaN before it was known."""
    figures = book.financials.set_index("financial_id")
    return float(figures[f"value_{side}"].fillna(figures.value).get(financial_id, math.nan))


def first_known(book: Dealbook, *financial_ids: str) -> str:
    """The first of these figures that is known; the last one where none is."""
    there = set(book.financials.financial_id)
    return next((row for row in financial_ids if row in there), financial_ids[-1])


def percent(low: float, high: float | None = None) -> str:
    """A share (a fraction), or a range of two, in whole percent; words where it is not known."""
    if pd.isna(low):
        return NOT_YET
    return units.share_range(low, low if high is None else high)


def figure_rows(*financial_ids: str) -> list[str]:
    """The rows of these figures, as facts and figures name them."""
    return [f"financials/{row}" for row in financial_ids]


def leg_rows(legs: Iterable[str]) -> list[str]:
    """The rows of these legs, as facts and figures name them."""
    return [f"legs/{leg}" for leg in legs]


def put_up(book: Dealbook, focal: str, others: Mapping[str, str] = NONE) -> dict[str, str]:
    """What suppliers put up for `focal` as their buyer: the instrument of each leg, by leg_id.

    Loans, shares and warrants between it and those whom it pays for compute, chips, sites or
    building them, and guarantees of theirs for its deals (`RENT`) or those of other clouds.
    `others` gives the instrument of legs that the data do not tell; before they are known they are
    left out.
    """
    scopes = book.legs.deal_id.map(book.deals.set_index("deal_id").scope)
    bought = book.legs[book.legs.payer_id.eq(focal) & book.legs.instrument.isin(_SUPPLY)]
    suppliers = set(bought.payee_id)
    sureties = dict.fromkeys(MIDDLE, RENT) | {"onward": CLOUDS}
    found = {}
    for leg, scope in zip(book.legs.itertuples(), scopes, strict=True):
        name = others.get(leg.leg_id, "")
        if not name and leg.payer_id in suppliers:
            is_surety = leg.instrument == "guarantee"
            given = _GIVEN.get(leg.instrument, "") if leg.payee_id == focal else ""
            name = sureties.get(scope, "") if is_surety else given
        elif not name and leg.payer_id == focal and leg.payee_id in suppliers:
            name = REVERSE if leg.instrument == "loan" else ""
        if name:
            found[str(leg.leg_id)] = name
    return found


@dataclass(frozen=True)
class Amount:
    """A value in its unit with the rows that it rests on; NaN before it was known."""

    value: float
    rows: tuple[str, ...]

    def __neg__(self) -> Amount:
        return Amount(-self.value, self.rows)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.value - other.value, (*self.rows, *other.rows))

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.value + other.value, (*self.rows, *other.rows))

    def __truediv__(self, other: Amount) -> Amount:
        return Amount(self.value / other.value, (*self.rows, *other.rows))


def figure(book: Dealbook, *financial_ids: str) -> Amount:
    """Figures of the data in their own unit, added up."""
    rows = figure_rows(*financial_ids)
    return Amount(sum(known(book, row) for row in financial_ids), tuple(rows))


def leg(book: Dealbook, leg_id: str, column: str) -> Amount:
    """What one leg comes to, by a column of `ledger.ladder`: "binding", "paid_low"; USD billion."""
    ladder = ledger.ladder(book).set_index("leg_id")
    return Amount(float(ladder[column].get(leg_id, math.nan)), (f"legs/{leg_id}",))


def first_stated(book: Dealbook, leg_id: str, status: str) -> Amount:
    """What a leg was said to come to at most when it first stood on a rung, USD billion."""
    steps = book.events[book.events.leg_id.eq(leg_id) & book.events.status.eq(status)]
    steps = steps.sort_values("known_on", kind="stable")
    amounts = steps.amount_high_usd_bn.fillna(steps.amount_usd_bn)
    return Amount(float(amounts.iloc[0]) if len(amounts) else math.nan, (f"legs/{leg_id}",))


class Ends(NamedTuple):
    """A sum in USD billion: what it comes to at least and at most."""

    low: float
    high: float


def on_layer(ladder: pd.DataFrame, layer: str, legs: Iterable[str]) -> Ends:
    """What legs come to on a layer, NaN where none is known; `ladder` by leg_id."""
    chosen = ladder[ladder.index.isin(list(legs))]
    _, low, high = accounts.total(chosen, layer)
    return Ends(low, high) if len(chosen) else Ends(math.nan, math.nan)


@dataclass(frozen=True)
class Maker:
    """What a maker had promised its customers at the end of a year; USD billion."""

    party: str
    promised: str
    """The row of its last promise in that year."""
    amount: float
    most: float
    """The highest that it had promised within the year."""
    revenue_row: str
    revenue: float


def makers(book: Dealbook, year: int) -> list[Maker]:
    """The makers that had promised customers credit at the end of `year`, as far as known.

    Those whose revenue of that year is in the data, fiscal or not; in the order of the data.
    """
    figures = book.financials
    revenues = figures[figures.metric.eq("revenue") & figures.period.isin([f"FY{year}", f"{year}"])]
    revenues = revenues.drop_duplicates("party_id").set_index("party_id")
    promises = figures[figures.metric.eq("vendor_financing_commitments")]
    ends = promises.period.map(lambda period: parse(period).end.year)
    promises = promises[ends.eq(year) & promises.party_id.isin(revenues.index)]
    found = []
    for party, rows in promises.groupby("party_id", sort=False):
        last = rows.loc[max(rows.index, key=lambda at: sort_key(rows.period[at]))]
        own = revenues.loc[party]
        most = float(rows.value_high.fillna(rows.value).max())
        found.append(
            Maker(
                str(party),
                last.financial_id,
                float(last.value),
                most,
                own.financial_id,
                float(own.value),
            )
        )
    return found


def drawn_from(book: Dealbook, some: Sequence[Maker], year: int) -> float:
    """What customers had drawn of these makers' credit at the end of `year`, as far as known.

    USD billion; NaN where no maker's sum of that day is known.
    """
    figures = book.financials
    at_end = figures.metric.eq("vendor_financing_drawn") & figures.period.eq(f"{year}-12-31")
    rows = figures[at_end & figures.party_id.isin([maker.party for maker in some])]
    return float(rows.value.sum(min_count=1))


@dataclass(frozen=True)
class Part:
    """What one supplier put up by one instrument; USD billion, NaN where nothing is known."""

    party: str
    instrument: str
    what: str
    low: float
    high: float
    revenue_row: str
    revenue: float


def parts(
    book: Dealbook,
    layer: str,
    named: Sequence[tuple[str, str, str, Sequence[str]]],
    revenues: Mapping[str, str],
) -> list[Part]:
    """What each supplier put up: party, instrument, words for a table, and the legs, of `named`.

    `revenues` has the row of each one's yearly revenue. The words say so where all that is known
    is a letter of intent.
    """
    ladder = ledger.ladder(book).set_index("leg_id")
    found = []
    for party, instrument, what, legs in named:
        low, high = on_layer(ladder, layer, legs)
        stated = ladder.stated_as[ladder.index.isin(list(legs))]
        if len(stated) and stated.eq("letter_of_intent").all():
            what = f"{what}, letter of intent"
        row = revenues[party]
        least = low * 0.0 if instrument == CLOUDS else low
        found.append(Part(party, instrument, what, least, high, row, known(book, row)))
    return found


def beside_revenue(name: str, low: float, high: float, revenue: float) -> str:
    """A sum of one firm with its share of a year's revenue in brackets; "" for no known sum.

    A sum that may be nothing is shown beside revenue at its most.
    """
    if pd.isna(high) or high == 0:
        return ""
    least = high if low == 0 else low
    share = "" if pd.isna(revenue) else f" ({percent(least / revenue, high / revenue)})"
    return f"{name} {units.usd_bn_range(low, high)}{share}"


def details(book: Dealbook, some: Iterable[Part]) -> dict[str, str]:
    """By instrument, the suppliers behind it with their shares of revenue, the largest first."""
    ranked = sorted(some, key=lambda part: -math.inf if pd.isna(part.high) else -part.high)
    words: dict[str, list[str]] = {}
    for part in ranked:
        # A right that may be worth nothing has a price target for its most: no share of sales.
        is_target = part.instrument == UPSIDE and part.low == 0
        revenue = math.nan if is_target else part.revenue
        text = beside_revenue(book.party_name(part.party), part.low, part.high, revenue)
        words.setdefault(part.instrument, []).extend([text] if text else [])
    return {instrument: "; ".join(texts) for instrument, texts in words.items()}


@dataclass(frozen=True)
class Webs:
    """The two webs of the chapter: what suppliers of `focal` put up, and the makers once."""

    given: Mapping[str, str]
    """The instrument of each leg between the focal party and its suppliers, in order."""
    makers: Sequence[Maker]
    drawn: float
    """What customers had drawn of the makers' credit, USD billion."""
    stakes: Sequence[str]
    """The legs by which makers bought shares of their customers."""
    lent: float
    """What suppliers have agreed to lend, USD billion."""
    web_rows: Sequence[str]
    lending_rows: Sequence[str]


def webs(
    book: Dealbook, layer: str, focal: str, year: int, others: Mapping[str, str] = NONE
) -> Webs:
    """Both webs as known; the makers at the end of `year`. `others` as in `put_up`."""
    ladder = ledger.ladder(book).set_index("leg_id")
    found = put_up(book, focal, others)
    given = {leg_id: found[leg_id] for leg_id in ladder.index if leg_id in found}
    some = makers(book, year)
    old = ledger.ladder(book.within("vendor_finance_2000"))
    bought = old.instrument.eq("equity") & old.payer.isin([maker.party for maker in some])
    stakes = [leg_id for leg_id in old.leg_id[bought] if ladder[f"{layer}_high"][leg_id] > 0]
    loans = [leg_id for leg_id, name in given.items() if name == LOANS]
    rows = leg_rows([*given, *stakes])
    promised = figure_rows(*(maker.promised for maker in some))
    return Webs(
        given,
        some,
        drawn_from(book, some, year),
        stakes,
        float(ladder.binding_high.reindex(loans).fillna(0).sum()),
        rows,
        leg_rows(loans) or rows or promised,
    )


class Signed(NamedTuple):
    """What a party has signed to pay for compute and chips: each leg, and the sum of all."""

    legs: pd.DataFrame
    sum: counting.Ends


def signed_purchases(book: Dealbook, focal: str) -> Signed:
    """What contracts oblige `focal` to pay for compute and chips, what is paid of it included."""
    legs = counting.counted(book.within(*dealbook.WEB), "binding")
    legs = legs[legs.payer.eq(focal) & legs.instrument.isin(["compute", "chips"])]
    return Signed(legs, counting.total(legs))


def if_known(value: float, words: str) -> str:
    """The words with an amount in USD billion in place of {}; "" where it is not known."""
    return "" if pd.isna(value) else words.format(units.usd_bn(value))
