"""What the cell of a day means: a day, or a month, quarter, half or year by its last day."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from tightrope import cells, periods
from tightrope.csvpackage import FIRST_DAY, LAST_DAY
from tightrope.findings import quoted

_MONTHS = {
    name: place
    for place, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
ALLOWED = "a day as 2024-03-31, a month as 2024-03, a quarter as 2024-Q1, or a year as 2024"


class Day(NamedTuple):
    """A day, what it was read from if that was longer than a day, or why there is none."""

    day: pd.Timestamp
    period: str = ""
    fault: str = ""


def read(cell: str) -> Day:
    """The day that a cell means, the last one of a longer period."""
    text = _spelled(cell)
    if not periods.is_spelled(text) or "/" in text or text.startswith("FY"):
        return Day(pd.NaT, fault=_fault(cell))
    try:
        span = periods.parse(text)
    except ValueError as error:
        return Day(pd.NaT, fault=str(error))
    if not cells.day(FIRST_DAY) <= span.end <= cells.day(LAST_DAY):
        message = f"{quoted(cell)} is not within the days of the data, {FIRST_DAY} to {LAST_DAY}"
        return Day(pd.NaT, fault=message)
    return Day(span.end, "" if span.start == span.end else cell)


def _spelled(cell: str) -> str:
    """A cell as `periods` spells it, where no other reading is possible."""
    text = re.sub(r"[T ]00:00(:00(\.0+)?)?Z?$", "", cell.strip())
    if match := re.fullmatch(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?", text):
        return "-".join([match[1], *(f"{int(part):02d}" for part in match.groups()[1:] if part)])
    if match := re.fullmatch(r"(\d{4}) ?-?([QqHh][1-4])", text):
        return f"{match[1]}-{match[2].upper()}"
    if match := re.fullmatch(r"([QqHh][1-4])[ /-]?(\d{4})", text):
        return f"{match[2]}-{match[1].upper()}"
    words = re.findall(r"[a-z]+|\d+", text.casefold())
    months = [word for word in words if word in _MONTHS]
    numbers = [word for word in words if word.isdigit()]
    if len(months) == 1 and len(words) == len(numbers) + 1:
        month = f"{_MONTHS[months[0]]:02d}"
        years = [word for word in numbers if len(word) == 4]
        days = [f"{int(word):02d}" for word in numbers if len(word) <= 2]
        if len(years) == 1 and len(years) + len(days) == len(numbers) <= 2:
            return "-".join([years[0], month, *days])
    return text


def _fault(cell: str) -> str:
    if not cell:
        return f"must not be empty; give {ALLOWED}"
    hint = ""
    if match := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})", cell):
        hint = f" ({match[1]} may be the day or the month)"
    elif re.fullmatch(r"[34]\d{4}", cell):
        day = pd.Timestamp("1899-12-30") + pd.Timedelta(days=int(cell))
        hint = f" (as a spreadsheet counts days it is {day:%Y-%m-%d})"
    elif cell.upper().startswith("FY"):
        hint = " (nobody says when that fiscal year ends)"
    return f"{quoted(cell)} is not read as a day{hint}; give {ALLOWED}"
