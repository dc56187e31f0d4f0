"""How values are written for readers: one way for every table, chart and sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

UNKNOWN = "undisclosed"
NONE_KNOWN = "none known"
"""A sum of payments of which none is known: that is not a payment of nothing."""
_THIN = "\N{NO-BREAK SPACE}"
UNITS = (
    "usd_bn",
    "usd",
    "percent",
    "share",
    "years",
    "gw",
    "usd_bn_per_gw",
    "m_shares",
    "count",
    "year",
    "date",
    "text",
)


def number(value: float) -> str:
    """Three significant digits with thousands separators and no trailing zeros: 22.4, 1,400.

    A tie is rounded away from zero, as browsers do it in the live charts: 25.25 is 25.3.
    """
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    rounded = Decimal(float(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = f"{rounded:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def usd_bn(value: float) -> str:
    """An amount in USD billion: "$22.4 bn", below one billion "$350 m", missing "undisclosed"."""
    if pd.isna(value):
        return UNKNOWN
    if value == 0:
        return "$0"
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    size = abs(value)
    if 0 < size < 0.9995:
        return f"{sign}${number(size * 1000)}{_THIN}m"
    return f"{sign}${number(size)}{_THIN}bn"


def usd_bn_range(low: float, high: float) -> str:
    """A range in USD billion: "$20–30 bn"; one amount if both ends are the same."""
    if pd.isna(low) and pd.isna(high):
        return UNKNOWN
    if pd.isna(high):
        return f"at least {usd_bn(low)}" if low > 0 else UNKNOWN
    if low == high:
        return usd_bn(high)
    if low == 0:
        return f"up to {usd_bn(high)}"
    if low < 0.9995:
        return f"{usd_bn(low)}–{usd_bn(high)}"
    return f"${number(low)}–{number(high)}{_THIN}bn"


def usd_bn_with_range(value: float, low: float, high: float) -> str:
    """An amount, or its range where no source gives the amount."""
    return usd_bn_range(low, high) if pd.isna(value) else usd_bn(value)


def usd_bn_known(value: float, low: float = math.nan, high: float = math.nan) -> str:
    """What is known to have been paid or promised, or its range; without any, "none known"."""
    if value == 0 or (pd.isna(value) and high == 0):
        return NONE_KNOWN
    return usd_bn_with_range(value, low, high)


def known_paid(value: float) -> str:
    """A part in words: "$5 bn known to be paid", "none known to be paid"."""
    return f"{usd_bn(value) if value else 'none'} known to be paid"


def day(value: object) -> str:
    """A date as readers write it: 7 March 2025."""
    when = pd.Timestamp(str(value))
    return f"{when.day}{_THIN}{when:%B %Y}"


def written(value: object, unit: str) -> str:
    """A value in its unit, as it stands in a sentence; raises ValueError for an unknown unit."""
    if unit not in UNITS:
        raise ValueError(f'unit must be one of {", ".join(UNITS)}, not "{unit}"')
    if unit == "text":
        return str(value)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return UNKNOWN
    if unit == "date":
        return day(value)
    if unit == "year":
        return str(value)
    amount = float(str(value))
    if unit == "usd_bn":
        return usd_bn(amount)
    if unit == "usd_bn_per_gw":
        return f"{usd_bn(amount)} a gigawatt"
    if unit == "usd":
        return f"${amount:,.2f}" if amount < 10 else f"${number(amount)}"
    if unit == "percent":
        return f"{number(amount)}%"
    if unit == "share":
        return f"{number(100 * amount)}%"
    if unit == "years":
        return f"{number(amount)}{_THIN}year" + ("s" if amount != 1 else "")
    if unit == "gw":
        return f"{number(amount)}{_THIN}GW"
    if unit == "m_shares":
        return f"{number(amount)}{_THIN}million shares"
    return f"{amount:,.0f}"


def written_range(low: float, high: float, unit: str) -> str:
    """Two values as one range; raises ValueError for an unknown unit."""
    if unit == "usd_bn":
        return usd_bn_range(low, high)
    return f"{written(low, unit)} to {written(high, unit)}"


def listing(words: Iterable[str]) -> str:
    """Words as a sentence has them: one, two and three; "" for none."""
    parts = list(words)
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
