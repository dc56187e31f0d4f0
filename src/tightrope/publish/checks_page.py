"""What others have counted, as the page shows it: value, scope, and why it differs from ours."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tightrope import units
from tightrope.dealbook import Dealbook
from tightrope.publish.cards import Card, Cards
from tightrope.publish.homes import Links

QUESTIONS = (
    "how_circular",
    "whose_money",
    "how_much_is_promised",
    "who_breaks",
    "how_large_is_the_gap",
    "how_fast_do_firms_grow",
)


def figures(book: Dealbook, question: str) -> Cards:
    """The figures that others published on one of `QUESTIONS`, the newest first.

    Raises ValueError for another question.
    """
    if question not in QUESTIONS:
        raise ValueError(f'question must be one of {", ".join(QUESTIONS)}, not "{question}"')
    links = Links(book)
    checks = book.outside_checks
    chosen = checks[checks.question.eq(question)]
    newest = chosen.sort_values("known_on", ascending=False, kind="stable")
    return Cards([_card(links, check) for check in newest.itertuples()], "None yet on that day.")


def written(check: Any) -> str:
    """A published figure in its unit, or its range."""
    if pd.isna(check.value):
        return units.written_range(check.value_low, check.value_high, check.unit)
    return units.written(check.value, check.unit)


def _card(links: Links, check: Any) -> Card:
    facts = {
        "Who": f"{check.publisher}, {units.day(check.known_on.date())}",
        "Scope": check.scope,
        "Differs": check.differs_because,
        "Read in": links.source(check.source_id),
        "Note": check.note,
    }
    return Card(written(check), check.measure, facts, f"check-{check.check_id}")
