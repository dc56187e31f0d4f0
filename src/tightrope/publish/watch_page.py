"""What is expected next, as the page shows it: when, where it will be printed, what it means."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tightrope import units, watching
from tightrope.dealbook import Dealbook
from tightrope.publish.cards import Card, Cards
from tightrope.publish.homes import Links


def items(book: Dealbook, state: str) -> Cards:
    """The items in one state of `watching.STATES`, what is due first on top."""
    links = Links(book)
    table = watching.expected(book)
    chosen = table[table.state.eq(state)]
    return Cards([_card(links, item) for item in chosen.itertuples()], "None.")


def due(item: Any) -> str:
    """When something is expected, in words."""
    first, last = (
        "" if pd.isna(day) else units.day(day.date())
        for day in (item.expected_from, item.expected_by)
    )
    if first and last and first != last:
        return f"{first} to {last}"
    if last:
        return last if first else f"By {last}"
    return f"From {first}" if first else "No day named"


def _card(links: Links, item: Any) -> Card:
    result = f"{units.day(item.result_on.date())}: {item.result}" if item.result else ""
    facts = {
        "Came out": result,
        "Printed in": item.published_in,
        "Means": item.threshold,
        "Changes": links.rows(item.changes.split()),
        "Said in": links.source(item.source_id),
        "Note": item.note,
    }
    return Card(due(item), item.what, facts, f"watch-{item.watch_id}")
