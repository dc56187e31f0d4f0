"""Published figures of parties as lines of an exhibit: the newest that a day knew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pandas as pd

from tightrope import cells, units
from tightrope.course.cases.exhibit import Line
from tightrope.course.cases.tongue import Tongue
from tightrope.dealbook import Dealbook
from tightrope.periods import sort_key

_PART = re.compile(r"(?P<year>(?:FY)?\d{4})-(?P<part>[QH])(?P<number>\d)")
_MONTH = re.compile(r"\d{4}-\d{2}")


def newest(book: Dealbook, party: str, metric: str, natures: Sequence[str]) -> pd.Series | None:
    """The row of a metric for the newest period, the one that was published last; None for none."""
    own = _by_period(book, party, metric, natures)
    return None if own.empty else own.iloc[-1]


def history(book: Dealbook, party: str, metric: str) -> pd.Series:
    """What a party has booked of a metric, by period, oldest first; the last word on each."""
    own = _by_period(book, party, metric, ["actual"])
    return own.drop_duplicates("period", keep="last").set_index("period").value


def _by_period(book: Dealbook, party: str, metric: str, natures: Sequence[str]) -> pd.DataFrame:
    own = book.financials
    own = own[own.party_id.eq(party) & own.metric.eq(metric) & own.nature.isin(list(natures))]
    keyed = own.assign(place=[sort_key(period) for period in own.period])
    return keyed.sort_values(["place", "known_on"], kind="stable")


def lines(book: Dealbook, party: str, metrics: Iterable[str], tongue: Tongue) -> list[Line]:
    """A line for each metric that is known: party and figure, its period, its amount.

    Estimates stand only for a share of a backlog: nobody books that.
    """
    found = []
    for metric in metrics:
        natures = ["actual", "estimate"] if "share" in metric else ["actual"]
        row = newest(book, party, metric, natures)
        if row is not None:
            name = f"{tongue.name(book, party)}, {tongue[metric]}"
            cells_ = (name, period(str(row.period), tongue), amount(row, tongue))
            found.append(Line(cells_, (f"financials/{row.financial_id}",)))
    return found


def amount(row: pd.Series, tongue: Tongue) -> str:
    """The value of a row of financials in its unit, or its range where it has no value."""
    if pd.notna(row.value):
        return tongue.written(units.written(float(row.value), str(row.unit)))
    return tongue.written(units.written_range(row.value_low, row.value_high, str(row.unit)))


def period(text: str, tongue: Tongue) -> str:
    """A period as readers know it: a day or a month in words, "Q1 FY2026", or a year."""
    if pd.notna(cells.day(text)):
        return tongue.day(text)
    if _MONTH.fullmatch(text):
        return tongue.day(f"{text}-01").split("\N{NO-BREAK SPACE}", 1)[1]
    found = _PART.fullmatch(text)
    return tongue[found["part"]].format(found["number"], found["year"]) if found else text
