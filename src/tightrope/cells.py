"""What the text of a cell means: a number, a day, true or false, or a number with its range.

Strict, so that nothing is guessed: a number has no thousands separator, a day is YYYY-MM-DD.
"""

from __future__ import annotations

import datetime as dt
import math
import re

import numpy as np
import pandas as pd

TRUE = ("true", "True", "TRUE")
FALSE = ("false", "False", "FALSE")
"""What the schema's booleans are by default: spreadsheets write them in capitals."""

_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_DAY = re.compile(r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ENDS = re.compile(rf" *({_NUMBER})(?:–({_NUMBER}))? *")


def numbers(texts: pd.Series) -> pd.Series:
    """The texts as numbers such as 22.4, -3 or 1.00E-05; NaN for any other, and for what no finite
    number holds."""
    is_number = texts.str.fullmatch(rf" *{_NUMBER} *")
    read = pd.to_numeric(texts.where(is_number, ""), errors="coerce").astype("float64")
    return read.replace([np.inf, -np.inf], np.nan)


def days(texts: pd.Series) -> pd.Series:
    """The texts as days; NaT for any that is not YYYY-MM-DD, or not in the calendar."""
    is_day = texts.str.fullmatch(_DAY.pattern)
    read = pd.to_datetime(texts.where(is_day, ""), format="%Y-%m-%d", errors="coerce")
    # Without a row pandas would take another unit, and days would not meet days.
    return read.dt.as_unit("us")


def day(text: object) -> pd.Timestamp:
    """One text as a day; NaT if it is not YYYY-MM-DD, or not in the calendar."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return pd.NaT
    try:
        return pd.Timestamp(dt.date.fromisoformat(text)).as_unit("us")
    except ValueError:
        return pd.NaT


def given_day(given: str | pd.Timestamp, name: str) -> pd.Timestamp:
    """A day that a caller gives as text, YYYY-MM-DD, or as a Timestamp; NaT stays NaT.

    Raises ValueError, with the `name` of the argument, for any other text.
    """
    if not isinstance(given, str):
        return given
    when = day(given)
    if pd.isna(when):
        raise ValueError(f'{name} must be a date as YYYY-MM-DD, not "{given}"')
    return when


def range_of(text: str) -> tuple[float, float]:
    """The lowest and highest value that a cell gives: of "22.4" the same twice, of "20–22.4" both.

    NaN twice for a text that is neither, such as "" or "20-22.4" with a hyphen.
    """
    ends = _ENDS.fullmatch(text)
    if not ends:
        return math.nan, math.nan
    low, high = float(ends[1]), float(ends[2] or ends[1])
    return (low, high) if math.isfinite(low) and math.isfinite(high) else (math.nan, math.nan)


_PER_USD_BN = {"usd_bn": 1.0, "usd_m": 1000.0}


def usd_bn_of(text: str, unit: str) -> tuple[float, float]:
    """A cell with a unit of money as USD billion, low and high; NaN twice for any other."""
    low, high = range_of(text)
    scale = _PER_USD_BN.get(unit, math.nan)
    return low / scale, high / scale
