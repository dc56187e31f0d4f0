"""The tables of what is expected next: what is overdue, what is to come, what came of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tightrope import units, watching
from tightrope.charts.table import Table, linked
from tightrope.dealbook import Dealbook
from tightrope.publish.homes import Links

CAPTIONS = {
    "overdue": "Overdue: due before the last day read, and nothing was found",
    "expected": "Still to come, what is due first on top",
    "known": "Known by now",
}
_LABELS = {
    "due": "Due",
    "what": "What",
    "published_in": "Printed in",
    "threshold": "What it would mean",
    "changes": "Rows it would change",
    "source": "Said in",
}


def table(book: Dealbook, state: str) -> Table:
    """The items in one state of `watching.STATES`; of what is known, with its result."""
    links = Links(book)
    items = watching.expected(book)
    rows = [_row(book, links, item) for item in items[items.state.eq(state)].itertuples()]
    labels = _LABELS | ({"result": "What came of it"} if state == "known" else {})
    return linked(rows, CAPTIONS[state], labels)


def due(item: Any) -> str:
    """When something is expected, in words."""
    first, last = (
        "" if pd.isna(day) else units.day(day.date())
        for day in (item.expected_from, item.expected_by)
    )
    if first and last and first != last:
        return f"{first} to {last}"
    if last:
        return last if first else f"by {last}"
    return f"from {first}" if first else "no day named"


def _row(book: Dealbook, links: Links, item: Any) -> dict[str, str]:
    told = f"{units.day(item.result_on.date())}: {item.result}" if item.result else ""
    return {
        "due": due(item),
        "what": f"{item.what} {item.note}".strip(),
        "published_in": item.published_in,
        "threshold": item.threshold,
        "changes": links.rows(item.changes.split()),
        "source": links.source(item.source_id),
        "result": told,
    }
