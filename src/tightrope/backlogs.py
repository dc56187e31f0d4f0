"""How the backlog of a supplier runs off, as it has published it, and whose it mostly is."""

from __future__ import annotations

import pandas as pd

from tightrope import periods
from tightrope.dealbook import Dealbook
from tightrope.measures.runoff import Band

_MOST = 50.0
"""Percent of a backlog from which its run-off is taken to be that of a single contract in it."""


def bands(book: Dealbook, party: str) -> tuple[Band, ...]:
    """What part of its backlog a party has said to fall due in which months; none if it has not.

    The newest set: rows `backlog_part` whose period is a span, divided by the `backlog` of the day
    before the first of them.
    """
    return tuple(band for band, _ in _published(book, party))


def rows(book: Dealbook, party: str) -> tuple[str, ...]:
    """The rows that `bands` come from."""
    return tuple(row for _, row in _published(book, party))


def is_mostly(book: Dealbook, party: str, focal: str) -> bool:
    """Whether the newest count has more than half of a party's backlog come from `focal`."""
    shares = _of(book, party, f"backlog_share_{focal}").sort_values(
        ["known_on", "financial_id"], kind="stable"
    )
    if shares.empty:
        return False
    newest = shares.iloc[-1]
    least = newest.value if pd.isna(newest.value_low) else newest.value_low
    return bool(least > _MOST)


def _of(book: Dealbook, party: str, metric: str) -> pd.DataFrame:
    figures = book.financials
    return figures[figures.party_id.eq(party) & figures.metric.eq(metric)]


def _published(book: Dealbook, party: str) -> list[tuple[Band, str]]:
    backlog = _of(book, party, "backlog").set_index("period").value
    parts = _of(book, party, "backlog_part")
    spans = [(periods.parse(part.period), part) for part in parts.itertuples()]
    found = sorted(
        (span.start, span.end, part.value, f"financials/{part.financial_id}")
        for span, part in spans
        if span.months > 0
    )
    starts = [start for start, *_ in found]
    days = {start: f"{start - pd.Timedelta(days=1):%Y-%m-%d}" for start in starts}
    known = [start for start in starts if days[start] in backlog.index]
    if not known:
        return []
    first, whole = max(known), float(backlog[days[max(known)]])
    return [
        ((start, end, float(value) / whole), row)
        for start, end, value, row in found
        if start >= first
    ]
