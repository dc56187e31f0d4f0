"""The tables of what others have counted, question by question."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tightrope import units
from tightrope.charts.table import Markup, Table, linked
from tightrope.dealbook import Dealbook
from tightrope.publish.homes import Links

QUESTIONS = {
    "how_circular": "How circular is the money?",
    "whose_money": "Whose money is it?",
    "how_much_is_promised": "How much is promised?",
    "who_breaks": "Who breaks if it stops?",
    "how_large_is_the_gap": "How large is the gap?",
}
_LABELS = {
    "publisher": "Who",
    "measure": "What was measured",
    "value": "Value",
    "scope": "Scope",
    "differs": "Why it differs from this book",
    "source": "Read in",
}


def table(book: Dealbook, question: str) -> Table:
    """The figures that others published on one of `QUESTIONS`, the newest first."""
    links = Links(book)
    checks = book.outside_checks
    chosen = checks[checks.question.eq(question)]
    newest = chosen.sort_values("known_on", ascending=False, kind="stable")
    rows = [_row(links, check) for check in newest.itertuples()]
    return linked(rows, QUESTIONS[question], _LABELS)


def written(check: Any) -> str:
    """A published figure in its unit, or its range."""
    if pd.isna(check.value):
        return units.written_range(check.value_low, check.value_high, check.unit)
    return units.written(check.value, check.unit)


def _row(links: Links, check: Any) -> dict[str, str]:
    day = units.day(check.known_on.date())
    return {
        "publisher": f"{check.publisher}, {day}",
        "measure": check.measure,
        "value": written(check),
        "scope": check.scope,
        "differs": f"{check.differs_because} {check.note}".strip(),
        "source": Markup(links.source(check.source_id)),
    }
