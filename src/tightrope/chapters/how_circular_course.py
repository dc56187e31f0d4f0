"""How circular is it: the answer by quarter and by layer.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tightrope import dealbook, loops, quantities
from tightrope.chapters import how_circular as chapter
from tightrope.chapters.how_circular import MEASURES, READINGS
from tightrope.dealbook import Dealbook
from tightrope.quantities import Quantities

LAYERS = {"announced": "Announced", "binding": "Signed", "paid": "Paid"}
_WITHOUT_CHIPS = "Announced, without suppliers’ chips"
_DAY_LEFT_OUT = 20
"""A quarter that ended within so many days of the book's day adds nothing to that day's column."""


def by_quarter(book: Dealbook, focal: str, layer: str = "announced") -> pd.DataFrame:
    """`READINGS` at the end of every quarter since the first money in, and on the book's day.

    `day`, the low ends of the quantities of `layer` as they were known on that day, and `share`,
    what can return by any route over what comes in (NaN before anything did).
    """
    to_focal = book.legs.leg_id[book.legs.payee_id.eq(focal)]
    first = book.events.known_on[book.events.leg_id.isin(to_focal)].min()
    if pd.isna(first):
        return pd.DataFrame(columns=["day", *READINGS, "share"])
    last = book.day - pd.Timedelta(days=_DAY_LEFT_OUT)
    days = [*pd.date_range(first, last, freq="QE"), book.day]
    rows = []
    for day, is_new in zip(days, _brings_news(book, days), strict=True):
        if is_new:
            known = quantities.of(book.as_of(f"{day:%Y-%m-%d}"), focal)
            lows = [known[name].low for name in MEASURES[layer]]
        rows.append((day, *lows))
    table = pd.DataFrame(rows, columns=["day", *READINGS])
    table = table[table.inflow.cummax().gt(0)].reset_index(drop=True)
    return table.assign(share=table.any_route / table.inflow.where(table.inflow.gt(0)))


def _brings_news(book: Dealbook, days: Sequence[pd.Timestamp]) -> list[bool]:
    """Whether anything became known since the day before; in the first years most quarters bring
    nothing."""
    web = book.within(*loops.SCOPES)
    tables = (web.events, web.financials, web.terms)
    known = [tuple(int(table.known_on.le(day).sum()) for table in tables) for day in days]
    return [not place or known[place] != known[place - 1] for place in range(len(days))]


def last(course: pd.DataFrame, book: Dealbook) -> pd.Series[float]:
    """The last row of `by_quarter`; nothing on the book's day where there is no row."""
    if course.empty:
        return pd.Series({"day": book.day, **dict.fromkeys(READINGS, 0.0), "share": np.nan})
    return course.iloc[-1]


def peak(course: pd.DataFrame, book: Dealbook) -> pd.Series[float]:
    """The row of `by_quarter` with the largest share; the last where none is above nothing."""
    if course.share.gt(0).any():
        return course.loc[course.share.idxmax()]
    return last(course, book)


def by_layer(book: Dealbook, focal: str, layer: str, runs: int, seed: int) -> pd.DataFrame:
    """What can return to `focal`, as it is written, on a layer and on those within it.

    `what` is counted; `READINGS` with their ranges; `share_in` and `share_out`, what can return by
    any route over what comes in and goes out, in the draws. What is announced has a second row,
    without what suppliers pay for chips.
    """
    known, rows = quantities.of(book, focal), []
    for level in dealbook.LAYERS[dealbook.LAYERS.index(layer) :]:
        names = list(MEASURES[level])
        web = chapter.web(book, focal, level)
        found = chapter.in_runs(book, web, focal, runs, seed)
        rows.append((LAYERS[level], *_written(known, names, found)))
        if level == "announced":
            names[-1] += "_without_chips"
            bare = chapter.web(book, focal, level, others_chips=False)
            found = chapter.in_runs(book, bare, focal, runs, seed)
            rows.append((_WITHOUT_CHIPS, *_written(known, names, found)))
    return pd.DataFrame(rows, columns=["what", *READINGS, "share_in", "share_out"])


def _written(known: Quantities, names: list[str], runs: pd.DataFrame) -> tuple[str, ...]:
    into, out = (chapter.share(runs, "any_route", side) for side in ("inflow", "outflow"))
    is_paid = runs.outflow.gt(0).any()
    sums = (known[name].written for name in names)
    return (*sums, into.written, out.written if is_paid else "none known")
