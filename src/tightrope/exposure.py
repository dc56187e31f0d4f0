"""What promises of the focal party are worth to those who count on them. USD billion.

Three readings of one sum: as written, discounted at a rate for the debtor, and discounted and
weighed with the chance that what it depends on comes about. The rates are market prices of the
data; the chances are `uncertainty.PRIORS`, an assumption.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from tightrope import obligations, partners, spending, terms
from tightrope.dealbook import MIDDLE, Dealbook
from tightrope.measures import credit
from tightrope.measures.uncertainty import PRIORS, Chance

_HORIZON = 100
"""Years ahead that are looked at: more than any contract of the data has."""
COLUMNS = [
    *("party", "nominal", "present_low", "present_high", "expected_low", "expected_high"),
    *("legs", "rows"),
]


class Ends(NamedTuple):
    """A range, in the unit of what it is of."""

    low: float
    high: float


class Market(NamedTuple):
    """What the market asks, as fractions a year: of the Treasury, and beyond it of the debtor.

    `recovery` is what is got back of a dollar in a default; `rows` are the figures behind all.
    """

    risk_free: Ends
    spread: Ends
    recovery: float
    rows: tuple[str, ...]

    @property
    def rate(self) -> Ends:
        """At which the debtor's promises are discounted."""
        low, high = (one + more for one, more in zip(self.risk_free, self.spread, strict=True))
        return Ends(low, high)


def market(book: Dealbook, focal: str = "") -> Market | None:
    """The rates for what `focal` promises, None before they are known.

    The Treasury's newest yields, from the lowest to the highest term that the data have. The
    debtor has no rating and no bond of its own: its spread runs from the newest `bond_spread` of
    the data to the dearest default swap of those whom it pays for compute, and is that of the
    bonds alone where no swap is known.
    """
    focal = focal or book.focal
    yields = _newest(book, "treasury_yield")
    spreads, recoveries = _newest(book, "bond_spread"), _newest(book, "recovery_rate")
    if yields.empty or spreads.empty or recoveries.empty:
        return None
    paid = set(obligations.supply(book, focal).payee)
    known = [one for party in sorted(paid) if (one := swap(book, party))]
    dearest = max(known, key=lambda one: one.spread, default=None)
    bonds = spreads.value.min() / 100
    behind = [*yields.financial_id, *spreads.financial_id, *recoveries.financial_id]
    rows = [f"financials/{row}" for row in behind] + ([dearest.row] if dearest else [])
    return Market(
        Ends(yields.value.min() / 100, yields.value.max() / 100),
        Ends(bonds, max(bonds, dearest.spread) if dearest else bonds),
        float(recoveries.value.iloc[-1]) / 100,
        tuple(rows),
    )


def _newest(book: Dealbook, metric: str) -> pd.DataFrame:
    """The figures of a metric of the newest period."""
    rows = book.financials[book.financials.metric.eq(metric)]
    return rows[rows.period.eq(rows.period.max())]


class Swap(NamedTuple):
    """What insuring a party's debt costs, a fraction a year, and the figure behind it."""

    spread: float
    row: str


def swap(book: Dealbook, party: str) -> Swap | None:
    """The newest price of a default swap on a party; None where none is known."""
    rows = book.financials[book.financials.party_id.eq(party)]
    rows = rows[rows.metric.eq("credit_default_swap") & rows.nature.eq("actual")]
    if rows.empty:
        return None
    last = rows.sort_values(["known_on", "period"], kind="stable").iloc[-1]
    return Swap(float(last.value) / 100, f"financials/{last.financial_id}")


def chance(book: Dealbook, leg_id: str) -> Chance:
    """The chance that signed money of a leg falls due, low and high, by the terms of the leg.

    What is due without a condition is surest; what depends on something, and what is silent about
    it, has the chances of conditional money.
    """
    part = terms.of_legs(book).set_index("leg_id").part.get(leg_id)
    return PRIORS["binding" if part == "without_condition" else "conditional"]


def owed(book: Dealbook, rates: Market, term: Ends, focal: str = "") -> pd.DataFrame:
    """What `focal` still has to pay for compute under contract, by payee, the largest first.

    Columns `COLUMNS`: the stated sum, its present value and what of that can be expected, each low
    and high, the legs, and the rows behind it. Payments are discounted to the year of the book's
    day, at the ends of their years. What has no date falls due over `term` years as the plan spends
    (`dated`), over the longest at the low end, when money comes latest, and over the shortest at
    the high end. A contract that names only a range counts at its low end.
    """
    focal = focal or book.focal
    supplied = obligations.supply(book, focal, at_least=True)
    rows = [
        _owed(book, str(payee), legs, rates, term, focal)
        for payee, legs in supplied.groupby("payee")
    ]
    return _ranked(rows)


def _owed(
    book: Dealbook, payee: str, legs: pd.DataFrame, rates: Market, term: Ends, focal: str
) -> dict[str, object]:
    present, expected = [0.0, 0.0], [0.0, 0.0]
    for leg_id, own in legs.groupby("leg_id"):
        chances = chance(book, str(leg_id))
        ends = ((rates.rate.high, term.high), (rates.rate.low, term.low))
        for end, (rate, years) in enumerate(ends):
            value = credit.present_value(dated(book, own, years, focal), book.day.year, rate)
            present[end] += value
            expected[end] += value * chances[end]
    ids = tuple(dict.fromkeys(legs.leg_id))
    nominal = float(legs.amount.sum())
    return _row(payee, nominal, Ends(*present), Ends(*expected), ids, rates.rows)


def dated(book: Dealbook, payments: pd.DataFrame, term: float, focal: str = "") -> pd.DataFrame:
    """All of these payments with a year; what has none falls due over `term` years from now on.

    It does so as the plan of `focal` spends on compute (`spending.undated_shares`).
    """
    focal = focal or book.focal
    years = range(book.day.year, book.day.year + _HORIZON)
    return obligations.dated(payments, years, spending.undated_shares(book, years, term, focal))


def guaranteed(book: Dealbook, rates: Market, years: Ends, focal: str = "") -> pd.DataFrame:
    """What others stand in for if `focal` cannot pay, by guarantor: `COLUMNS`, the largest first.

    The sum is the cap of the guarantee. Its value is that of an option on the default of `focal`
    within `years` (`credit.guarantee_value`), discounted at the Treasury's yield and the
    guarantor's own default swap where one is known; what can be expected of it is that times the
    chance that it comes into force. The cap is taken as constant, so that the value is at most
    this where it falls. Only guarantees in the deals of `focal` itself.
    """
    focal = focal or book.focal
    scopes = book.legs.set_index("leg_id").deal_id.map(book.deals.set_index("deal_id").scope)
    found = terms.guarantees(book)
    found = found[found.payer.ne(focal) & found.leg_id.map(scopes).isin(MIDDLE)]
    caps = found.cap_usd_bn.fillna(found.high)
    found = found.assign(cap=caps)[caps.gt(0)]
    return _ranked(
        [
            _guaranteed(book, str(payer), legs, rates, years)
            for payer, legs in found.groupby("payer")
        ]
    )


def _guaranteed(
    book: Dealbook, guarantor: str, legs: pd.DataFrame, rates: Market, years: Ends
) -> dict[str, object]:
    own = swap(book, guarantor)
    more = own.spread if own else 0.0
    value, expected = [0.0, 0.0], [0.0, 0.0]
    for leg in legs.itertuples():
        chances = chance(book, str(leg.leg_id))
        # A dear debtor makes the guarantee worth more; a dear dollar of tomorrow less.
        ends = (
            (rates.spread.low, years.low, rates.risk_free.high),
            (rates.spread.high, years.high, rates.risk_free.low),
        )
        for end, (spread, span, rate) in enumerate(ends):
            worth = credit.guarantee_value(leg.cap, spread, rates.recovery, span, rate + more)
            value[end] += worth
            expected[end] += worth * chances[end]
    rows = (*rates.rows, own.row) if own else rates.rows
    return _row(
        guarantor, float(legs.cap.sum()), Ends(*value), Ends(*expected), tuple(legs.leg_id), rows
    )


def by_purchases(values: Sequence[float], bound: int, end: int) -> float:
    """What of a warrant's tranches can be expected, when each goes with a purchase.

    `values` by tranche, in their order, as if all were bought; the first `bound` go with purchases
    that are signed on a condition, the others with such as are only announced. `end` is 0 for the
    low chance and 1 for the high. In the unit of `values`. Raises ValueError for another end.
    """
    if end not in (0, 1):
        raise ValueError(f"end must be 0 or 1, not {end}")
    sure, unsure = PRIORS["conditional"][end], PRIORS["announced"][end]
    return math.fsum(
        value * (sure if place < bound else unsure) for place, value in enumerate(values)
    )


class Dues(NamedTuple):
    """What a partner owes creditors in some years, and what the focal party owes it in them.

    Each as written and at present value; `spread` is the partner's own, a fraction a year.
    """

    party: str
    spread: float
    owes: Ends
    owes_present: Ends
    is_owed: Ends
    is_owed_present: Ends
    rows: tuple[str, ...]


def dues(
    book: Dealbook,
    party: str,
    years: Sequence[int],
    rates: Market,
    term: Ends,
    focal: str = "",
) -> Dues | None:
    """What `party` owes lenders and landlords in `years`, at its own spread, beside its claim.

    None where it has no default swap, or no dues are known (`partners.fixed_charges`).
    """
    focal = focal or book.focal
    own, charges = swap(book, party), partners.fixed_charges(book, years, [party])
    if own is None or charges.empty:
        return None
    first = book.day.year
    owes, owes_present = [], []
    for end, risk_free in zip(("low", "high"), reversed(rates.risk_free), strict=True):
        table = charges.rename(columns={end: "amount"})[["year", "amount"]]
        owes.append(float(table.amount.sum()))
        owes_present.append(credit.present_value(table, first, risk_free + own.spread))
    supplied = obligations.supply(book, focal)
    is_owed, is_owed_present = [], []
    for rate, span in ((rates.rate.high, term.high), (rates.rate.low, term.low)):
        shares = spending.undated_shares(book, years, span, focal)
        due = obligations.dated(supplied[supplied.payee.eq(party)], years, shares)
        is_owed.append(float(due.amount.sum()))
        is_owed_present.append(credit.present_value(due, first, rate))
    return Dues(
        party,
        own.spread,
        Ends(*owes),
        Ends(*owes_present),
        Ends(*is_owed),
        Ends(*is_owed_present),
        (own.row, *dict.fromkeys(row for rows in charges.rows for row in rows)),
    )


def _row(
    party: str,
    nominal: float,
    present: Ends,
    expected: Ends,
    legs: tuple[str, ...],
    rows: tuple[str, ...],
) -> dict[str, object]:
    values = (party, nominal, *present, *expected, legs, rows)
    return dict(zip(COLUMNS, values, strict=True))


def _ranked(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values(["nominal", "party"], ascending=[False, True], ignore_index=True)
