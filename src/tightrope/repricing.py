"""What owners of the focal party lose if its shares fall, and when a limit on their debt is met.

USD billion. Two ends everywhere: what an owner's books can lose, and the price of the last round;
an owner's own figures, and the worst that was known later.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from tightrope import counting, periods
from tightrope.dealbook import WEB, Dealbook
from tightrope.measures import stakes
from tightrope.partners import newest_stock

Owners = Mapping[str, tuple[str, str]]
"""By party the figures of its part in percent, and of that part's fair value in its books.

Ids of `financials.csv`; "" where none is published. Whose shares a figure is about, only its note
says.
"""
ENDS = ("in_books", "at_price")
DRAGS = (0.0, 0.5, 1.0)
"""How far an owner's other holdings fall with the focal party: not, half as far, as far."""


@dataclass(frozen=True)
class Stake:
    """A part of the focal party: `paid` for it, and its worth `in_books` and `at_price`.

    `in_books` is its fair value and what was paid since where an owner marks it to the market, and
    what was paid where it does not. `at_price` is its part at the price of the last round; what
    was paid where the part is not published. `equity` is the owner's own, of the day `equity_on`.
    """

    party: str
    paid: float
    in_books: float
    at_price: float
    equity: float
    equity_on: str
    rows: tuple[str, ...]


def holders(book: Dealbook, focal: str, owners: Owners) -> list[Stake]:
    """The stakes of those of `owners` that have paid for shares and whose equity is known."""
    figures = book.financials.set_index("financial_id")
    price = last_price(book, focal)
    shares = _shares(book, focal)
    found = []
    for party, (part_id, marked_id) in owners.items():
        own = shares[shares.payer.eq(party)]
        equity = _equity(book, party)
        paid = float(counting.total(own).stated)
        if equity is None or not paid > 0:
            continue
        rows = [f"legs/{leg}" for leg in own.leg_id] + [f"financials/{equity.financial_id}"]
        at_price = in_books = paid
        if part_id in figures.index and price is not None:
            at_price = float(figures.value[part_id] / 100 * price.value)
            rows += [f"financials/{part_id}", f"financials/{price.financial_id}"]
        if marked_id in figures.index:
            marked = figures.loc[marked_id]
            in_books = float(marked.value) + paid_since(book, focal, party, marked.period)
            rows.append(f"financials/{marked_id}")
        stake = Stake(
            party, paid, in_books, at_price, _amount(equity), str(equity.period), tuple(rows)
        )
        found.append(stake)
    return found


def last_price(book: Dealbook, focal: str) -> pd.Series | None:
    """What investors last valued all of `focal` at: a row of `financials`; None where none did.

    What is only in talks, or what somebody expects, is no price.
    """
    known = book.financials[
        book.financials.party_id.eq(focal)
        & book.financials.metric.eq("valuation")
        & book.financials.nature.eq("actual")
    ]
    ends = [periods.parse(period).end for period in known.period]
    in_time = known.assign(end=ends).sort_values(["end", "known_on"], kind="stable")
    return in_time.iloc[-1] if len(in_time) else None


def paid_since(book: Dealbook, focal: str, party: str, period: str) -> float:
    """What a party has paid for shares of `focal` after the end of a period."""
    legs = set(_shares(book, focal).leg_id[_shares(book, focal).payer.eq(party)])
    paid = book.events[book.events.status.eq("paid") & book.events.leg_id.isin(legs)]
    steps = paid[paid.amount_usd_bn.notna()].sort_values(["happened_on", "known_on"])
    upto = steps[steps.happened_on.le(periods.parse(period).end)]
    last = steps.groupby("leg_id").amount_usd_bn.last()
    before = upto.groupby("leg_id").amount_usd_bn.last().reindex(last.index, fill_value=0.0)
    return float((last - before).sum())


def losses(
    book: Dealbook, focal: str, held: Sequence[Stake], falls: Sequence[float]
) -> pd.DataFrame:
    """What each owner loses if `focal` is worth that much less: a row an owner and fall.

    Columns party, fall (a part of the value), low and high (USD billion: the smaller and the
    larger of ENDS), and both in percent of the owner's equity, `low_share` and `high_share`. Empty
    where no price is known. The values are those of `stakes.values`.
    """
    columns = ["party", "fall", "low", "high", "low_share", "high_share"]
    price = last_price(book, focal)
    if not held or price is None:
        return pd.DataFrame(columns=columns)
    worth = float(price.value)
    whole = {end: _worth(focal, held, end, worth, 0.0) for end in ENDS}
    rows = []
    for fall in falls:
        after = {end: _worth(focal, held, end, worth, fall) for end in ENDS}
        for one in held:
            lost = sorted(float(whole[end][one.party] - after[end][one.party]) for end in ENDS)
            parts = [100 * amount / one.equity for amount in lost]
            rows.append((one.party, fall, *lost, *parts))
    return pd.DataFrame(rows, columns=columns)


def _worth(
    focal: str, held: Sequence[Stake], end: str, price: float, fall: float
) -> pd.Series[float]:
    """What everybody is worth once `focal` has fallen, each stake counted at one end."""
    firms = [focal, *(one.party for one in held)]
    owned = pd.DataFrame(0.0, index=firms, columns=firms)
    assets = {focal: price * (1 - fall)}
    for one in held:
        stake = float(getattr(one, end))
        owned.loc[one.party, focal] = stake / price
        assets[one.party] = one.equity - stake
    return stakes.values(owned, assets).book


class Books(NamedTuple):
    """What an owner owes net of cash, holds in all, and holds of the focal party."""

    net_debt: float
    holdings: float
    stake: float


@dataclass(frozen=True)
class Leverage:
    """An owner that lives by a limit on its debt: its books at two ends, and its limits.

    `mild` are its own figures of one day; `strict` the newest prices of its holdings, with what it
    has paid for shares of the focal party since that day as if it had borrowed all of it.
    `limits` are loan-to-value in percent, the lowest first.
    """

    party: str
    mild: Books
    strict: Books
    limits: tuple[float, ...]
    rows: tuple[str, ...]


def leverage(book: Dealbook, focal: str, party: str, marked_id: str) -> Leverage | None:
    """The debt, holdings and limits of an owner; None where one of them is not known.

    `marked_id` is the figure of its stake's fair value; net debt and net assets of the same day go
    with it.
    """
    figures = book.financials[book.financials.party_id.eq(party)].set_index("financial_id")
    if marked_id not in figures.index:
        return None
    marked = figures.loc[marked_id]
    same_day = figures[figures.period.eq(marked.period) & figures.nature.eq("actual")]
    debt, net = (same_day[same_day.metric.eq(metric)] for metric in ("net_debt", "net_asset_value"))
    planned = figures[figures.metric.eq("loan_to_value") & figures.nature.eq("plan")]
    newest = newest_stock(book, "net_asset_value", [party])
    if debt.empty or net.empty or planned.empty:
        return None
    owed, worth, stake = (float(row.value) for row in (debt.iloc[0], net.iloc[0], marked))
    since = paid_since(book, focal, party, str(marked.period))
    mild = Books(owed, worth + owed, stake)
    later = float(newest.value.iloc[0])
    strict = Books(owed + since, later + owed + since, stake + since)
    ids = [marked_id, debt.index[0], net.index[0], newest.financial_id.iloc[0], *planned.index]
    shares = _shares(book, focal)
    legs = [f"legs/{leg}" for leg in shares.leg_id[shares.payer.eq(party)]]
    rows = (*dict.fromkeys(f"financials/{row}" for row in ids), *legs)
    return Leverage(
        party, mild, strict, tuple(sorted({float(limit) for limit in planned.value})), rows
    )


def crossings(own: Leverage, drags: Sequence[float] = DRAGS) -> pd.DataFrame:
    """The fall of the focal party at which an owner meets each limit: a row a limit and drag.

    Columns limit (percent), drag, and low (strict end) and high (mild end) in percent of the focal
    party's value; infinite where not even a stake worth nothing gets there.
    """
    rows = []
    for limit in own.limits:
        for drag in drags:
            ends = (
                100 * stakes.fall_to_limit(*books, limit / 100, drag)
                for books in (own.strict, own.mild)
            )
            rows.append((limit, drag, *sorted(ends)))
    return pd.DataFrame(rows, columns=["limit", "drag", "low", "high"])


def _shares(book: Dealbook, focal: str) -> pd.DataFrame:
    """What has been paid for shares of `focal`, in the web: rows of `counting.counted`."""
    paid = counting.counted(book.within(*WEB), "paid")
    return paid[paid.payee.eq(focal) & paid.instrument.eq("equity")]


def _equity(book: Dealbook, party: str) -> pd.Series | None:
    """The newest net assets of a party, or else its book equity."""
    for metric in ("net_asset_value", "equity_book_value"):
        for _, figure in newest_stock(book, metric, [party]).iterrows():
            return figure
    return None


def _amount(figure: pd.Series) -> float:
    value = figure.value_low if math.isnan(figure.value) else figure.value
    return float(value)
