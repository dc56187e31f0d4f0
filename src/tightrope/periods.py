"""What a period of `financials.csv` means: its days, its length, its year, and which comes later.

A span is written 2025, 2025-Q1, 2025-H1, 2025-07, or with the year or month of its end 2025/2030,
2025-09/2026-08; a day 2025-12-31. FY2026, with or without a part or an end, marks fiscal years.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

import pandas as pd

from tightrope import cells
from tightrope.findings import quoted

SPELLING = "(FY)?[0-9]{4}(-(Q[1-4]|H[12]|[0-9]{2}(-[0-9]{2})?))?(/[0-9]{4}(-[0-9]{2})?)?"
"""The pattern of the column `period` in `datapackage.json`."""
_EXAMPLES = "2025, 2025-Q1, 2025-H1, 2025-07, 2025/2030, 2025-09/2026-08, FY2026 or 2025-12-31"
_FISCAL_LEAD = 9
"""Months from the end of March, the middle of when fiscal years end, to that of the year."""
_PARTS = {"": (0, 12)} | {f"Q{n}": (3 * n - 3, 3) for n in range(1, 5)}
_PARTS |= {"H1": (0, 6), "H2": (6, 6)} | {f"{n:02d}": (n - 1, 1) for n in range(1, 13)}
"""The months of a year before each part of it, and those in it."""


@dataclass(frozen=True)
class Span:
    """The days of a period: its first (`start`) and its last (`end`), which are one for a day.

    A fiscal year is taken to end in March, the middle of the half year in which it can (see
    `calendar_year`): its days, and those of its parts, are placed by this rule only.
    """

    start: pd.Timestamp
    end: pd.Timestamp
    is_fiscal: bool

    @property
    def months(self) -> int:
        """How many months it is long; 0 for a day, which does not say how long it was."""
        if self.start == self.end:
            return 0
        return _month(self.end) - _month(self.start) + 1

    @property
    def calendar_year(self) -> int:
        """The calendar year in which most of it lies; of a span of years, of its first.

        A fiscal year, written FY2027, counts as the year before the one that it is named after,
        and a part of it as the whole: Oracle's fiscal 2027 as 2026. That holds for fiscal years
        that end in the first half of the year that they are named after, which those of all
        partners do whose dues are known (Oracle: May, Microsoft: June). It does not hold for
        Broadcom (November), Cisco (July), Lucent (September) or SoftBank, which names the year
        after its beginning. The data do not say when a fiscal year ends, so nothing here can
        refuse them.
        """
        lead = _FISCAL_LEAD if self.is_fiscal else 0
        return (_month(self.start) + lead) // 12 - self.is_fiscal


def is_spelled(text: str) -> bool:
    """Whether a text is spelled as a period, be it in the calendar or not."""
    return re.fullmatch(SPELLING, text) is not None


@cache
def parse(text: str) -> Span:
    """The days of a period. Raises ValueError that quotes the text for any other.

    That is one that is spelled otherwise, has a month or day that no calendar has, ends before it
    begins, or makes a day the beginning of a span or a part of a fiscal year.
    """
    if not is_spelled(text):
        raise ValueError(f"{quoted(text)} is not a period; write one as {_EXAMPLES}")
    is_fiscal = text.startswith("FY")
    first, _, last = text.removeprefix("FY").partition("/")
    if len(first) == len("YYYY-MM-DD"):
        if is_fiscal or last:
            message = "is a day with FY or with an end; write a day alone, or months or years"
            raise ValueError(f"{quoted(text)} {message}")
        day = cells.day(first)
        if pd.isna(day):
            raise _not_in_calendar(text)
        return Span(day, day, is_fiscal=False)
    lead = _FISCAL_LEAD if is_fiscal else 0
    begin, end = _months(first, text)[0] - lead, _months(last or first, text)[1] - lead
    if end < begin:
        raise ValueError(f"{quoted(text)} ends before it begins")
    try:
        start = dt.date(begin // 12, begin % 12 + 1, 1)
    except ValueError:
        raise _not_in_calendar(text) from None
    year, month = end // 12, end % 12 + 1
    last_day = dt.date(year, month, calendar.monthrange(year, month)[1])
    return Span(_timestamp(start), _timestamp(last_day), is_fiscal)


def sort_key(text: str) -> tuple[pd.Timestamp, int]:
    """By what periods are put in order of time: the last day; of two, the longer comes later.

    Raises ValueError as `parse` does.
    """
    span = parse(text)
    return span.end, span.months


def _months(part: str, text: str) -> tuple[int, int]:
    """The first and the last month of a year or a part of one, counted since the year 0."""
    if part[5:] not in _PARTS:
        raise _not_in_calendar(text)
    before, months = _PARTS[part[5:]]
    begin = 12 * int(part[:4]) + before
    return begin, begin + months - 1


def _month(day: pd.Timestamp) -> int:
    return 12 * int(day.year) + int(day.month) - 1


def _timestamp(day: dt.date) -> pd.Timestamp:
    return pd.Timestamp(day).as_unit("us")


def _not_in_calendar(text: str) -> ValueError:
    return ValueError(f"{quoted(text)} is not in the calendar; give days, months or years")
