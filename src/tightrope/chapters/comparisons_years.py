"""Promises to buy in years of the buyer's revenue: a comparison without a scale, then and now."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import counting, dealbook, exposure, obligations, terms, units
from tightrope.chapters.blueprint_or_warning import Amount, figure, leg_rows
from tightrope.chapters.present_values import term
from tightrope.charts.figure import Figure
from tightrope.charts.years_of_revenue import years_of_revenue
from tightrope.dealbook import Dealbook
from tightrope.measures import credit
from tightrope.periods import parse
from tightrope.publish.facts import Facts

_PART_WORDS = {
    "without_condition": "take or pay",
    "on_condition": "on a condition",
    "terms_not_public": "on terms that are not public",
}
_UNKNOWN = "an unknown number of years"
_LABELS = {
    "buyer": "Buyer",
    "signed": "Signed to buy",
    "revenue": "Its revenue",
    "words": "Years of revenue",
    "lasts": "How long it runs",
    "obliges": "Take or pay?",
}


@dataclass(frozen=True)
class Promise:
    """What a buyer has signed to buy, beside a year's revenue; USD billion.

    `low` and `high` may be missing, the high end where none is known. `bound` is "up to" or "at
    least" where the ratio is an end. `lasts` says how long it runs, `obliges` if it is due anyway.
    """

    buyer: str
    direction: str
    low: float
    stated: float
    high: float
    revenue: Amount
    year: str
    lasts: str
    obliges: str
    bound: str
    rows: tuple[str, ...]

    @property
    def years(self) -> float:
        """Years of revenue at the stated sum; NaN where a number is not known."""
        return self.stated / self.revenue.value

    @property
    def words(self) -> str:
        """`years` in words, with its range where there is one."""
        ratio = units.number(self.years, 2)
        if self.bound:
            return f"{self.bound} {ratio} years"
        low = units.number(self.low / self.revenue.value, 2)
        if math.isnan(self.high):
            return f"{ratio} years (at least {low})"
        high = units.number(self.high / self.revenue.value, 2)
        return f"{ratio} years" if low == high else f"{ratio} years ({low}–{high})"

    @property
    def note(self) -> str:
        """Sum and revenue, how long it runs and whether it is take or pay, in a line."""
        runs, obliges = self.lasts.partition(";")[0], self.obliges.partition(",")[0]
        sums = f"{self.signed} ÷ {units.usd_bn(self.revenue.value)} in {self.year}"
        return f"{sums}; {runs}; take or pay: {obliges}"

    @property
    def of_revenue(self) -> str:
        """The revenue in words."""
        year, _, plan = self.year.partition(", ")
        return f"the revenue that it plans for {year}" if plan else f"its revenue of {year}"

    @property
    def signed(self) -> str:
        """The sum in words."""
        if self.bound:
            return f"{self.bound} {units.usd_bn(self.stated)}"
        return units.usd_bn_and_range(self.stated, self.low, self.high)


def ordered(book: Dealbook, leg_id: str, revenue_row: str, lasts: str = "") -> Promise | None:
    """An order of the data that has been called off since, at what it reached in force.

    `lasts` is the leg whose terms say how long it ran, its own unless given. None before the order
    or the revenue is known.
    """
    steps = book.events[book.events.leg_id.eq(leg_id) & book.events.status.eq("binding")]
    revenue = figure(book, revenue_row)
    if steps.empty or math.isnan(revenue.value):
        return None
    last = steps.sort_values("known_on", kind="stable").iloc[-1]
    own = book.legs.set_index("leg_id").loc[leg_id]
    said = terms.of_legs(book).set_index("leg_id")
    runs = said.termination.get(lasts or leg_id, "") or said.conditioned_on.get(leg_id, "")
    bounds = {"ceiling": "up to", "floor": "at least"}
    return Promise(
        f"{book.party_name(own.payer_id)}, of {book.party_name(own.payee_id)}",
        "onward",
        math.nan,
        float(last.amount_usd_bn),
        math.nan,
        revenue,
        _year(book, revenue_row),
        runs or "not published",
        "not known" if said.part.get(leg_id) == "terms_not_public" else "on a condition",
        bounds.get(last.amount_bound, ""),
        tuple(leg_rows(dict.fromkeys([leg_id, lasts or leg_id]))),
    )


def published(book: Dealbook, financial_id: str, revenue_row: str, of: str) -> Promise | None:
    """A commitment that stands among the figures, by contract due whatever is taken.

    `of` is the party of whom is bought. None before both figures are known.
    """
    sum_, revenue = figure(book, financial_id), figure(book, revenue_row)
    if math.isnan(sum_.value) or math.isnan(revenue.value):
        return None
    row = book.financials.set_index("financial_id").loc[financial_id]
    span = parse(row.period)
    years = span.end.year - span.start.year + 1
    return Promise(
        f"{book.party_name(row.party_id)}, of {book.party_name(of)}",
        "onward",
        math.nan,
        sum_.value,
        math.nan,
        revenue,
        _year(book, revenue_row),
        f"{years} years",
        "all of it",
        "at least",
        sum_.rows,
    )


def signed(
    book: Dealbook, focal: str, revenue_row: str, instruments: Sequence[str], what: str
) -> Promise | None:
    """What `focal` has signed to buy of some instruments, what is paid of it included.

    `what` follows its name. How long it runs is the mean life of what is not yet paid, undated
    money spread as in the base scenario. None before a sum and the revenue are known.
    """
    legs = counting.given(counting.counted(book.within(*dealbook.WEB), "binding"))
    legs = legs[legs.payer.eq(focal) & legs.instrument.isin(list(instruments))]
    revenue = figure(book, revenue_row)
    low, stated, high = counting.total(legs)
    if not stated or math.isnan(revenue.value):
        return None
    left = obligations.supply(book, focal)
    left = left[left.instrument.isin(list(instruments))]
    return Promise(
        f"{book.party_name(focal)}, {what}",
        "out",
        low,
        stated,
        high,
        revenue,
        _year(book, revenue_row),
        _runs(book, left, focal),
        _obliges(book, legs),
        "",
        tuple(leg_rows(legs.leg_id)),
    )


def life(book: Dealbook, left: pd.DataFrame, focal: str = "") -> tuple[float, float]:
    """The mean life of payments in years, undated money spread over the shortest and longest."""
    focal = focal or book.focal
    first = book.day.year
    low, high = (
        credit.mean_life(exposure.dated(book, left, one, focal), first) for one in term(book)
    )
    return low, high


def _runs(book: Dealbook, left: pd.DataFrame, focal: str) -> str:
    if left.empty:
        return "not published"
    last = left.year.max()
    until = "" if pd.isna(last) else f"; the last dated one in {last}"
    return "on average due in {}–{} years".format(*_two(*life(book, left, focal))) + until


def _obliges(book: Dealbook, legs: pd.DataFrame) -> str:
    part = terms.of_legs(book).set_index("leg_id").part
    sums = legs.groupby(legs.leg_id.map(part)).stated.sum()
    told = [
        f"{units.usd_bn(sums[name])} {words}"
        for name, words in _PART_WORDS.items()
        if sums.get(name, 0.0) > 0
    ]
    return ", ".join(told if "without_condition" in sums else ["none known", *told])


def _year(book: Dealbook, revenue_row: str) -> str:
    rows = book.financials.set_index("financial_id")
    if revenue_row not in rows.index:
        return ""
    row = rows.loc[revenue_row]
    return f"{row.period}, as planned" if row.nature == "plan" else str(row.period)


def promises_figure(
    book: Dealbook, some: Sequence[Promise | None], focal: str, note: str
) -> Figure | None:
    """Promises in years of revenue, the oldest first; None without one of then and one of now."""
    known = [one for one in some if one is not None]
    then = [one for one in known if one.direction == "onward"]
    now = [one for one in known if one.direction == "out"]
    if not then or not now:
        return None
    table = pd.DataFrame(
        {
            "buyer": one.buyer,
            "note": one.note,
            "direction": one.direction,
            "low": one.low / one.revenue.value,
            "years": one.years,
            "high": one.high / one.revenue.value,
            "words": one.words,
            "signed": one.signed,
            "revenue": f"{units.usd_bn(one.revenue.value)}, {one.year}",
            "lasts": one.lasts,
            "obliges": one.obliges,
        }
        for one in known
    )
    most = max(one.years for one in then)
    return Figure(
        id="comparisons-years",
        title=f"{book.party_name(focal)} has signed for {units.number(now[0].years, 2)} years of "
        f"{now[0].of_revenue}; the carriers of 2000 whose contracts are public, for at most "
        f"{units.number(most, 2)}",
        subtitle="What a buyer has signed to buy, divided by a year of its own revenue",
        description="A bar for each buyer. "
        + " ".join(f"{row.buyer}: {row.words}; {row.note}." for row in table.itertuples()),
        draw=lambda width: years_of_revenue(table, width),
        frame=table,
        labels=_LABELS,
        rows=[row for one in known for row in (*one.rows, *one.revenue.rows)],
        book=book,
        note=note,
    )


def state_years(fact: Facts, named: Mapping[str, Promise | None]) -> None:
    """State each promise in years of revenue, by key, and that it is not known where it is not."""
    for key, one in named.items():
        rows = [*one.rows, *one.revenue.rows] if one else []
        how = f"signed to buy ÷ revenue of {one.year}" if one else "signed to buy ÷ revenue"
        fact.words(key, one.words if one else _UNKNOWN, how, rows)


def state_life(fact: Facts, key: str, book: Dealbook, focal: str, one: Promise | None) -> None:
    """State the mean life of what is left to pay of a promise of now, in years."""
    left = obligations.supply(book, focal)
    left = left[[f"legs/{leg}" in (one.rows if one else ()) for leg in left.leg_id]]
    words = _UNKNOWN if left.empty else "{} to {} years".format(*_two(*life(book, left, focal)))
    how = "mean years until what is not paid falls due, undated money soonest and latest"
    fact.words(key, words, how, one.rows if one else ())


def _two(low: float, high: float) -> tuple[str, str]:
    return units.number(low, 2), units.number(high, 2)
