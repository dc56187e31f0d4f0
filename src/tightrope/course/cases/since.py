"""What has become of OpenAI's payments since the day of the case before."""

from __future__ import annotations

import pandas as pd

from tightrope import changes, counting
from tightrope.course.cases.exhibit import Exhibit, Line
from tightrope.course.cases.openai import FOCAL
from tightrope.course.cases.tongue import Tongue
from tightrope.dealbook import WEB, Dealbook

SHOWN = 6
"""So many changes have a line."""
_WORDS = {"letter_of_intent": "letter of intent", "binding": "signed", "": "not known"}


def exhibit(book: Dealbook, before: str, tongue: Tongue) -> Exhibit:
    """The largest changes between the day `before` (YYYY-MM-DD) and the book's own.

    Loans and guarantees apart; a payment counts as large as the larger of its two sums.
    """
    table = changes.between(book.within(*WEB), before, f"{book.day:%Y-%m-%d}")
    table = counting.given(table)
    own = table[table.payer.eq(FOCAL) | table.payee.eq(FOCAL)]
    own = own[~own.change.isin(["unchanged", "restated"])]
    size = own[[f"announced_{end}_{when}" for end in ("low", "high") for when in _WHEN]]
    own = own.assign(size=size.max(axis=1)).sort_values("size", ascending=False, kind="stable")
    lines = [_line(book, before, row, tongue) for _, row in own.head(SHOWN).iterrows()]
    head = (tongue["payment"], tongue["change"], tongue["before"], tongue["after"])
    return Exhibit("since", head, tuple(lines))


_WHEN = ("before", "after")


def _line(book: Dealbook, before: str, row: pd.Series, tongue: Tongue) -> Line:
    names = (tongue.name(book, str(row[side])) for side in ("payer", "payee"))
    what = str(row.instrument).replace("_", " ")
    said = (_stood(row, when, tongue) for when in _WHEN)
    steps = book.events[book.events.leg_id.eq(row.leg_id) & book.events.known_on.gt(before)]
    rows = tuple(f"events/{event}" for event in steps.event_id)
    return Line((f"{' → '.join(names)}, {what}", str(row.change), *said), rows)


def _stood(row: pd.Series, when: str, tongue: Tongue) -> str:
    status = str(row[f"status_{when}"])
    words = _WORDS.get(status, status)
    low, high = (row[f"announced_{end}_{when}"] for end in ("low", "high"))
    sum_ = tongue.range(low, high)
    return words if sum_ == "–" else f"{words}; in all {sum_}"
