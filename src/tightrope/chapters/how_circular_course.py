"""How circular is it: the answer by quarter.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tightrope import loops, quantities
from tightrope.chapters.how_circular import MEASURES, READINGS
from tightrope.dealbook import Dealbook

_DAY_LEFT_OUT = 20
"""A quarter that ended within so many days of the book's day adds nothing to that day's column."""


def by_quarter(book: Dealbook, focal: str, layer: str = "announced") -> pd.DataFrame:
    """`READINGS` at the end of every quarter since the first money in, and on the book's day.

    `day`, the low ends of the quantities of `layer` as they were known on that day, and `share`,
    what can return by any route over what comes in (NaN before anything did).
    """
    return _with_share(_course(book, focal, MEASURES[layer], "low"))


def lent_by_quarter(book: Dealbook, focal: str) -> pd.DataFrame:
    """`by_quarter` of all that is announced, as stated, with loans and guarantees of both sides.

    What goes by way of a third party is not counted with loans: `any_route` is `direct`.
    """
    back = "round_trip_with_loans"
    names = ("to_come_in_with_loans", "to_pay_with_loans", back, back)
    return _with_share(_course(book, focal, names, "stated").fillna(0.0))


def _with_share(course: pd.DataFrame) -> pd.DataFrame:
    return course.assign(share=course.any_route / course.inflow.where(course.inflow.gt(0)))


def _course(book: Dealbook, focal: str, names: Sequence[str], end: str) -> pd.DataFrame:
    """These four quantities at one end, on every day of `by_quarter`, as they were known then."""
    to_focal = book.legs.leg_id[book.legs.payee_id.eq(focal)]
    first = book.events.known_on[book.events.leg_id.isin(to_focal)].min()
    if pd.isna(first):
        return pd.DataFrame(columns=["day", *READINGS]).astype(dict.fromkeys(READINGS, float))
    last = book.day - pd.Timedelta(days=_DAY_LEFT_OUT)
    days = [*pd.date_range(first, last, freq="QE"), book.day]
    rows = []
    for day, is_new in zip(days, _brings_news(book, days), strict=True):
        if is_new:
            known = quantities.of(book.as_of(f"{day:%Y-%m-%d}"), focal)
            sums = [getattr(known[name], end) for name in names]
        rows.append((day, *sums))
    table = pd.DataFrame(rows, columns=["day", *READINGS])
    return table[table.inflow.cummax().gt(0)].reset_index(drop=True)


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


def recent(course: pd.DataFrame, years: int) -> pd.DataFrame:
    """The rows of `by_quarter` from the last so many years.

    Where nothing changed in them, those until the row after the last change, from the beginning.
    """
    since = course.day.max() - pd.DateOffset(years=years) if len(course) else pd.NaT
    late = course[course.day.ge(since)].reset_index(drop=True)
    if len(late) == len(course) or late[list(READINGS)].drop_duplicates().shape[0] > 1:
        return late
    readings = course[list(READINGS)]
    changed = readings.ne(readings.shift()).any(axis=1)
    return course.loc[: int(changed[changed].index[-1]) + 1].reset_index(drop=True)


def year_ago(course: pd.DataFrame) -> pd.Series[float] | None:
    """The newest row of `by_quarter` from at least a year before its last; None where none is."""
    then = (
        course[course.day.le(course.day.max() - pd.DateOffset(years=1))] if len(course) else course
    )
    return then.iloc[-1] if len(then) else None
