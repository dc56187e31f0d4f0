"""What is expected next, in words: whose report will have it, and on which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import units, watching
from tightrope.dealbook import Dealbook

SHORT_WHILE = pd.Timedelta(days=31)
"""An expected result whose days lie further apart has no date that a reader could note."""


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
