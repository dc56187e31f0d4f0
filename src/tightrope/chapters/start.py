"""The start page: when the money came in, when the bills fall due, and what is expected next.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import ledger, terms, units, watching
from tightrope.chapters import when_money_moves
from tightrope.dealbook import Dealbook
from tightrope.quantities.view import View

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_RICH, _NEARLY_ALL, _HEAVY = 0.2, 0.8, 0.5
"""A year is rich with this part of all that came in; rich years are most of it from that part on;
a year is heavy with this part of the heaviest year's bills."""
SHORT_WHILE = pd.Timedelta(days=31)
"""An expected result whose days lie further apart has no date that a reader could note."""


def dated(view: View, layer: str) -> pd.DataFrame:
    """What the focal party is paid and pays, by year, side, rung and partner: one row each.

    The payments of `when_money_moves.moves` with `side` ("in", "out"), `who` (the partner's name)
    and `rung`: "paid"; of what is signed "conditional" where it is due on a condition and "binding"
    where its terms are not public or name none; "announced" for the rest. Columns year (missing:
    no date), side, rung, who, amount and leg_id.
    """
    moves = when_money_moves.moves(view, layer)
    stand = ledger.ladder(view.web).set_index("leg_id")
    part = terms.of_legs(view.web).set_index("leg_id").part
    is_due = moves.basis.eq("scheduled")
    due = moves.amount.where(is_due, 0.0).groupby(moves.leg_id).transform("sum")
    bound = (stand.binding - stand.paid).clip(lower=0).fillna(0.0)
    signed = (moves.leg_id.map(bound) / due).clip(upper=1.0).where(is_due, 0.0).fillna(0.0)
    on_condition = moves.leg_id.map(part).eq("on_condition")
    is_in = moves.payee.eq(view.focal)
    partner = moves.payer.where(is_in, moves.payee)
    sided = moves.assign(
        side=is_in.map({True: "in", False: "out"}), who=partner.map(view.book.party_name)
    )
    rungs = {
        "paid": moves.amount.where(~is_due, 0.0),
        "binding": moves.amount * signed.where(~on_condition, 0.0),
        "conditional": moves.amount * signed.where(on_condition, 0.0),
        "announced": moves.amount.where(is_due, 0.0) * (1 - signed),
    }
    found = pd.concat(
        [sided.assign(rung=rung, amount=amount) for rung, amount in rungs.items()],
        ignore_index=True,
    )
    columns = ["year", "side", "rung", "who", "amount", "leg_id"]
    return found.loc[found.amount.gt(0), columns].reset_index(drop=True)


@dataclass(frozen=True)
class Turn:
    """Years in which most came in, and those in which the heavy bills fall due."""

    came: range
    came_sum: float
    due: range
    due_sum: float
    later_sum: float
    """What falls due in later years."""
    is_found: bool
    """Whether the years say it: a few in a row brought most, and heavy ones follow them at once."""

    @property
    def words(self) -> str:
        """The finding as a headline."""
        if not self.is_found:
            return "What has been paid, what is due, and what has no date"
        came, due = (in_words(len(years)) for years in (self.came, self.due))
        years = "year" if len(self.came) == 1 else "years"
        return f"The money came in {came} {years}. The big bills come in the next {due}."


def turn(payments: pd.DataFrame, today: int) -> Turn:
    """Find both in rows of `dated`; `today` is the year of the book's day.

    A rich year brought a fifth of all that has been paid in; the heavy years are those to come with
    more than half of the heaviest year's bills.
    """
    has_year = payments.dropna(subset=["year"])
    inward = _by_year(has_year[has_year.side.eq("in") & has_year.rung.eq("paid")])
    outward = _by_year(has_year[has_year.side.eq("out") & has_year.year.gt(today)])
    came = _span(inward.index[inward.ge(_RICH * inward.sum())])
    due = _span(outward.index[outward.gt(_HEAVY * outward.max())])
    came_sum, due_sum, later = (
        float(sums[(sums.index >= first) & (sums.index < last)].sum())
        for sums, first, last in (
            (inward, came.start, came.stop),
            (outward, due.start, due.stop),
            (outward, due.stop, 9999),
        )
    )
    is_found = (
        0 < len(came) <= 3
        and came_sum >= _NEARLY_ALL * inward.sum()
        and 1 < len(due) < len(_NUMBERS)
        and due.start == came.stop
        and bool(outward.reindex(due).gt(_HEAVY * outward.max()).all())
    )
    return Turn(came, came_sum, due, due_sum, later, is_found)


def _by_year(payments: pd.DataFrame) -> pd.Series[float]:
    sums = payments.groupby("year").amount.sum()
    return sums.set_axis(sums.index.astype(int))


def _span(years: Sequence[int]) -> range:
    return range(min(years), max(years) + 1) if len(years) else range(0)


def in_words(number: int) -> str:
    """A small number as a word, a large one in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


@dataclass(frozen=True)
class Expected:
    """A result that is expected: where it will be printed, when, and the row that says so."""

    where: str
    when: str
    row: str

    @property
    def words(self) -> str:
        """Where and when, as a line has them."""
        return f"{self.where}, {self.when}"


def expected(item: pd.Series[object]) -> Expected:
    """A row of `watching.expected` in words: whose report will have it, and the days."""
    first, *more = str(item["published_in"]).split(" (")[0].split(";")[0].split(", ")
    # One word alone is a name: what it publishes comes next.
    where = f"{first}, {more[0]}" if more and " " not in first else first
    when = days(item["expected_from"], item["expected_by"])
    return Expected(where, when, f"watch/{item['watch_id']}")


def days(first: object, last: object) -> str:
    """Two days as one span: "29 October to 6 November 2026"; "no fixed day" without any."""
    named = [pd.Timestamp(str(day)) for day in (first, last) if pd.notna(day)]
    if not named:
        return "no fixed day"
    start, end = named[0], named[-1]
    if start == end:
        return units.day(end)
    begins = units.day(start)
    if start.year == end.year:
        begins = begins.removesuffix(f" {start.year}")
    if (start.year, start.month) == (end.year, end.month):
        begins = str(start.day)
    return f"{begins} to {units.day(end)}"


def next_due(book: Dealbook, at_most: int = 2) -> list[Expected]:
    """What is expected next: the first results after the book's day whose days are set.

    The watch list decides, and the day of the book; no clock. Two rows of one source are one.
    """
    table = watching.expected(book)
    has_days = table.expected_from.notna() & table.expected_by.notna()
    is_soon = has_days & (table.expected_by - table.expected_from).le(SHORT_WHILE)
    table = table[table.state.eq("expected") & is_soon & table.expected_by.ge(book.day)]
    table = table.sort_values(["expected_by", "expected_from"], kind="stable")
    found: dict[tuple[str, object], Expected] = {}
    for _, item in table.iterrows():
        # Before the first comma stands whose report it is.
        whose = str(item["published_in"]).split(",")[0].split("’")[0]
        found.setdefault((whose, item["expected_by"]), expected(item))
    return list(found.values())[:at_most]


def next_of(book: Dealbook, watch_ids: Sequence[str]) -> Expected | None:
    """The first of these that is still expected, in their order; None where none is."""
    table = watching.expected(book).set_index("watch_id", drop=False)
    for watch_id in watch_ids:
        if watch_id in table.index and table.state[watch_id] == "expected":
            return expected(table.loc[watch_id])
    return None
