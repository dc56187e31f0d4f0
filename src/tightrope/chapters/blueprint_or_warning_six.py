"""Six figures that would settle blueprint or warning: today's values against two thresholds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import ledger
from tightrope.chapters.blueprint_or_warning import (
    Amount,
    figure,
    figure_rows,
    first_stated,
    leg,
    leg_rows,
)
from tightrope.dealbook import Dealbook
from tightrope.periods import sort_key

_PARTS = {
    "Q1": "the first quarter of ",
    "H1": "the first half of ",
    "Q2": "the second quarter of ",
    "Q3": "the third quarter of ",
    "H2": "the second half of ",
    "Q4": "the last quarter of ",
    "": "",
}
_SO_FAR = ["no quarter", "the first quarter", "the first half", "three quarters", "the year"]
NUMBERS = ["none", "one", "two", "three", "four", "five", "six"]
LATE_PERCENT = 12
"""Our judgement: one point less than in September 2026."""
_CALENDAR = r"\d{4}(-[QH]\d)?"


def in_words(period: str) -> str:
    """A calendar period as readers know it: the first quarter of 2026 for 2026-Q1."""
    return _PARTS[period[5:]] + period[:4] if period else "no period yet"


def _booked(book: Dealbook, party: str, *metrics: str) -> pd.DataFrame:
    """What a party has booked of these metrics, the newest row of each period."""
    own = book.financials[book.financials.party_id.eq(party)]
    own = own[own.nature.eq("actual") & own.metric.isin(metrics)]
    own = own.sort_values("known_on", kind="stable")
    return own.drop_duplicates(["period", "metric"], keep="last")


@dataclass(frozen=True)
class Together:
    """Metrics of one party and one period: the period, "" before any, and the row of each."""

    period: str
    rows: tuple[str, ...]


def newest(book: Dealbook, party: str, metrics: Sequence[str], before: Sequence[str]) -> Together:
    """The newest calendar period for which a party has booked all these metrics.

    `before` are the rows that are named where nothing is booked yet. Margins by accounting rules
    (rows that end in "-gaap") are another measure and left out.
    """
    own = book.financials[~book.financials.financial_id.str.endswith("-gaap")]
    own = own[own.party_id.eq(party) & own.nature.eq("actual") & own.metric.isin(list(metrics))]
    own = own[own.period.str.fullmatch(_CALENDAR)].sort_values("known_on", kind="stable")
    own = own.drop_duplicates(["period", "metric"], keep="last")
    table = own.pivot(index="period", columns="metric", values="financial_id")
    table = table.reindex(columns=list(metrics)).dropna()
    if table.empty:
        return Together("", tuple(before))
    last = max(table.index, key=sort_key)
    return Together(last, tuple(table.loc[last]))


@dataclass(frozen=True)
class Sales:
    """What is booked of a year's revenue, beside a better and a worse plan; USD billion."""

    year: int
    so_far: Amount
    when: str
    is_over: bool
    high: Amount
    low: Amount

    @property
    def to_go(self) -> Amount:
        """What is still missing to the better plan."""
        left = self.high - self.so_far
        return left if pd.isna(left.value) else Amount(max(left.value, 0.0), left.rows)

    @property
    def crossed(self) -> tuple[bool, bool]:
        """Whether the better plan is reached, and whether the worse one is missed."""
        missed = self.is_over and self.so_far.value < self.low.value
        return self.so_far.value >= self.high.value, missed


def sales(
    book: Dealbook, party: str, year: int, plans: tuple[str, str], before: Sequence[str]
) -> Sales:
    """The revenue that a party has booked of a year beside two plans, the better one first.

    `before` are the rows that are named where nothing is booked yet.
    """
    booked = _booked(book, party, "revenue").set_index("period").financial_id
    high, low = (figure(book, plan) for plan in plans)
    if str(year) in booked.index:
        return Sales(year, figure(book, booked[str(year)]), "the year", True, high, low)
    quarters = [f"{year}-Q{place}" for place in range(1, 5)]
    there = [booked[quarter] for quarter in quarters if quarter in booked.index]
    so_far = figure(book, *(there or before))
    return Sales(year, so_far, _SO_FAR[len(there)], len(there) == len(quarters), high, low)


@dataclass(frozen=True)
class Margin:
    """A gross margin in percent beside a goal and a floor, and what it leaves of revenue."""

    period: str
    percent: Amount
    left: Amount
    """USD billion."""
    goal: Amount
    floor: Amount

    @property
    def crossed(self) -> tuple[bool, bool]:
        """Whether the goal is reached, and whether the floor is broken."""
        at = self.percent.value
        return at >= self.goal.value, at < self.floor.value


def margin(book: Dealbook, party: str, goal: str, floor: str, before: tuple[str, str]) -> Margin:
    """The newest margin of a party with revenue of the same period; `before` as in `newest`."""
    own = newest(book, party, ["gross_margin", "revenue"], before)
    share, base = (figure(book, row) for row in own.rows)
    left = Amount(share.value / 100 * base.value, (*share.rows, *base.rows))
    return Margin(own.period, share, left, figure(book, goal), figure(book, floor))


@dataclass(frozen=True)
class Due:
    """The part of a party's backlog that falls due within twelve months; USD billion."""

    party: str
    soon: Amount
    backlog: Amount
    percent: float
    """As published, a whole percent."""
    low: float
    high: float
    fifth: float
    """What a contract in full flow pays a year: one part of as many as it has years."""
    years: float
    contract: str

    @property
    def rows(self) -> tuple[str, ...]:
        """The part and the whole."""
        return (*self.soon.rows, *self.backlog.rows)

    @property
    def crossed(self) -> tuple[bool, bool]:
        """Whether orders are delivered in full flow, and whether they run away."""
        share = self.soon.value / self.backlog.value
        return share >= self.fifth, self.percent <= LATE_PERCENT


def due_soon(book: Dealbook, party: str, leg_id: str, before: str) -> Due:
    """The newest part of a party's backlog due within twelve months, beside a contract's term.

    `before` is the row that is named where nothing is published yet. The party publishes a whole
    percent; the sum is only as exact as that: half a point less and more.
    """
    ending = "-twelve-months"
    own = book.financials[book.financials.party_id.eq(party)]
    own = own[own.financial_id.str.endswith(ending)].sort_values("period")
    row = own.financial_id.iloc[-1] if len(own) else before
    soon, backlog = figure(book, row), figure(book, row.removesuffix(ending))
    share = soon.value / backlog.value
    whole = float(round(100 * share)) if pd.notna(share) else math.nan
    low, high = (
        float(round((whole + half) / 100 * backlog.value)) if pd.notna(whole) else math.nan
        for half in (-0.5, 0.5)
    )
    term = book.legs[book.legs.leg_id.eq(leg_id)]
    days = (pd.to_datetime(term.ends_on) - pd.to_datetime(term.starts_on)).dt.days
    years = float(days.iloc[0]) / 365.25 if len(term) else math.nan
    fifth = 1 / round(years) if pd.notna(years) else math.nan
    return Due(party, soon, backlog, whole, low, high, fifth, years, f"legs/{leg_id}")


@dataclass(frozen=True)
class Round:
    """What is paid of a round of shares, beside the round and its price; USD billion."""

    low: float
    high: float
    rows: tuple[str, ...]
    raised: Amount
    price: Amount
    is_called_off: bool
    later: Amount
    """The lowest price of shares since, NaN where there is none."""

    @property
    def crossed(self) -> tuple[bool, bool]:
        """Whether all is paid, and whether a part was called off or new shares were cheaper."""
        is_cheaper = self.later.value < self.price.value
        return self.low >= self.raised.value, self.is_called_off or is_cheaper


def round_of(book: Dealbook, party: str, legs: Sequence[str], raised: str, price: str) -> Round:
    """What the legs of a round of `party` are known to have been paid, and what came after."""
    stand = ledger.ladder(book).set_index("leg_id").reindex(list(legs))
    prices = _booked(book, party, "valuation")
    known_on = book.financials.set_index("financial_id").known_on
    later = prices[prices.known_on > known_on.get(price, pd.Timestamp.max)]
    return Round(
        float(stand.paid_low.sum()),
        float(stand.paid_high.sum()),
        tuple(leg_rows(legs)),
        figure(book, raised),
        figure(book, price),
        bool(stand.status.isin(ledger.ENDED).any()),
        Amount(float(later.value.min()), tuple(figure_rows(*later.financial_id))),
    )


@dataclass(frozen=True)
class Surety:
    """What a supplier stands in for at most, beside its income of a year; USD billion."""

    most: Amount
    called: float
    rent: float
    """The part of it that is the focal party's own rent."""
    signed: Amount
    """The guarantee of that rent when it was signed."""
    income: Amount
    """Four times the income of a quarter."""

    @property
    def crossed(self) -> tuple[bool, bool]:
        """Whether the guarantee has shrunk uncalled; whether it is called or exceeds a year."""
        is_called = self.called > 0
        is_less = not is_called and self.rent < self.signed.value
        return is_less, is_called or self.most.value > self.income.value


def surety(book: Dealbook, rent: str, others: Sequence[str], profit: str) -> Surety:
    """What stands behind a guarantee of rent and other legs together; `profit` of a quarter."""
    ladder = ledger.ladder(book).set_index("leg_id")
    legs = [rent, *others]
    quarter = figure(book, profit)
    return Surety(
        Amount(float(ladder.binding_high.reindex(legs).sum()), tuple(leg_rows(legs))),
        float(ladder.paid_low.reindex(legs).fillna(0).sum()),
        leg(book, rent, "binding_high").value,
        first_stated(book, rent, "binding"),
        Amount(4 * quarter.value, quarter.rows),
    )


@dataclass(frozen=True)
class Interest:
    """A cloud's interest beside its revenue of one period, and its net loss; USD billion."""

    period: str
    paid: Amount
    sales: Amount
    loss: Amount
    before: Amount
    """Interest as a share of revenue in an earlier period, a fraction."""

    @property
    def share(self) -> Amount:
        """Interest ÷ revenue, a fraction."""
        return self.paid / self.sales

    @property
    def crossed(self) -> tuple[bool, bool]:
        """Whether there is no loss, and whether interest takes more than it did before."""
        return self.loss.value <= 0, self.share.value > self.before.value


def interest(
    book: Dealbook, party: str, before: tuple[str, str], at_least: tuple[str, str, str]
) -> Interest:
    """The newest interest, revenue and loss of a party; `before` are interest and revenue once.

    `at_least` are the rows that are named where nothing is booked yet.
    """
    own = newest(book, party, ["interest_cost", "revenue", "net_loss"], at_least)
    paid, base, loss = (figure(book, row) for row in own.rows)
    once, base_once = (figure(book, row) for row in before)
    return Interest(own.period, paid, base, loss, once / base_once)


@dataclass(frozen=True)
class Six:
    """The six measures."""

    sales: Sales
    margin: Margin
    due: Due
    round: Round
    surety: Surety
    interest: Interest

    @property
    def crossed(self) -> tuple[int, int]:
        """How many stand beyond the line of the blueprint, and how many beyond the warning's.

        What is not known crosses no line.
        """
        all_six = (self.sales, self.margin, self.due, self.round, self.surety, self.interest)
        sides = [measure.crossed for measure in all_six]
        return sum(bool(side[0]) for side in sides), sum(bool(side[1]) for side in sides)

    @property
    def crossed_words(self) -> str:
        """`crossed` as a clause."""
        on, off = self.crossed
        if not on and not off:
            return "none of the six has crossed either line"
        stand = "stands" if on == 1 else "stand"
        return (
            f"{NUMBERS[on]} of the six {stand} on the side of the blueprint and "
            f"{NUMBERS[off]} on that of the warning"
        )

    @property
    def is_known(self) -> bool:
        """Whether every measure has a value today, and the year its plan."""
        values = (self.sales.high, self.sales.so_far, self.due.soon, self.surety.most)
        more = (self.interest.share, self.margin.percent, self.margin.goal)
        return not any(pd.isna(amount.value) for amount in (*values, *more))

    @property
    def rows(self) -> list[str]:
        """The rows behind every value and threshold."""
        amounts = [self.sales.so_far, self.sales.high, self.sales.low, self.margin.percent]
        amounts += [self.margin.goal, self.margin.floor, self.due.soon, self.due.backlog]
        amounts += [self.round.raised, self.round.price, self.round.later, self.surety.income]
        amounts += [self.interest.share, self.interest.loss, self.interest.before]
        rows = [row for amount in amounts for row in amount.rows]
        return [*rows, self.due.contract, *self.surety.most.rows, *self.round.rows]


def even_growth(last: float, target: float) -> float:
    """Growth a quarter at which two further quarters bring the target: last × (g + g²) = target.

    A fraction; `last` and `target` in one unit, both positive.
    """
    return (-1 + (1 + 4 * target / last) ** 0.5) / 2 - 1


def year_at_pace(first: Amount, second: Amount) -> Amount:
    """A year whose last two quarters grow as the second did."""
    growth = second.value / first.value
    year = first.value + second.value * (1 + growth + growth**2)
    return Amount(year, (*first.rows, *second.rows))


def pace_word(pace: float, low: float, high: float) -> str:
    """Where a year at that pace would end beside the worse and the better plan."""
    if low * 0.95 < pace < low:
        return "just on the warning side"
    if pace < low:
        return "below the warning line"
    return "between the two lines" if pace < high else "above the plan"
