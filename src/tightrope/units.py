"""How values are written for readers: one way for every table, chart and sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

UNKNOWN = "undisclosed"
NONE_KNOWN = "none known"
"""A sum of payments of which none is known: that is not a payment of nothing."""
LAYER_WORDS = {"paid": "Paid", "binding": "Binding", "announced": "Announced"}
"""The layers as tables and charts head them, from what has moved to what was said."""
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


# What follows a number in its unit, and what the number is multiplied by.
_AFTER = {
    "percent": (1, "%"),
    "share": (100, "%"),
    "years": (1, f"{_THIN}years"),
    "gw": (1, f"{_THIN}GW"),
    "m_shares": (1, f"{_THIN}million shares"),
}


def number(value: float, significant: int = 3) -> str:
    """Three significant digits with thousands separators and no trailing zeros: 22.4, 1,400.

    A tie is rounded away from zero, as browsers do it in the live charts: 25.25 is 25.3. Digits
    before the decimal point all stay, however few are `significant`.
    """
    if value == 0:
        return "0"
    return _fixed(value, max(0, significant - 1 - math.floor(math.log10(abs(value)))))


def _fixed(value: float, digits: int) -> str:
    """At most so many digits after the decimal point."""
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
    """A range in USD billion: "$20–30 bn"; one amount if both ends are written the same.

    A missing low end is nothing. A missing or infinite high end is open: "at least $7 bn".
    """
    low = 0.0 if pd.isna(low) else low
    if _is_open(high):
        return f"at least {usd_bn(low)}" if low > 0 else UNKNOWN
    if usd_bn(low) == usd_bn(high):
        return usd_bn(high)
    if low == 0:
        return f"up to {usd_bn(high)}"
    if low < 0.9995:
        return f"{usd_bn(low)}–{usd_bn(high)}"
    return f"${number(low)}–{number(high)}{_THIN}bn"


def usd_bn_short(low: float, high: float) -> str:
    """A range in USD billion where there is little room: "$67–240 bn", "≤ $96 bn", "$9 bn + ?".

    A range has two significant digits, and more before the decimal point; a sum whose upper end
    is open, or that has an unknown part, ends in a question mark.
    """
    if _is_open(high):
        return f"{usd_bn(low)} + ?" if low else "?"
    if low == high:
        return usd_bn(high)
    if low == 0:
        return f"≤ {usd_bn(high)}"
    least, most = (number(float(f"{end:.2g}")) for end in (low, high))
    return f"${most}{_THIN}bn" if least == most else f"${least}–{most}{_THIN}bn"


def usd_bn_with_range(value: float, low: float, high: float) -> str:
    """An amount, or its range where no source gives the amount."""
    return usd_bn_range(low, high) if pd.isna(value) else usd_bn(value)


def usd_bn_and_range(value: float, low: float, high: float) -> str:
    """An amount and, where it is in doubt, its range: "$8.5 bn ($7.5–8.5 bn)", "up to $2.7 bn".

    Ends are read as in `usd_bn_range`, but a missing low end is the amount itself.
    """
    spread = usd_bn_range(value if pd.isna(low) else low, high)
    amount = usd_bn(value)
    if pd.isna(value) or spread in (amount, f"up to {amount}", f"at least {amount}"):
        return spread
    return f"{amount} ({spread})"


def _is_open(high: float) -> bool:
    return bool(pd.isna(high)) or math.isinf(high)


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
    if unit == "years" and amount == 1:
        return f"1{_THIN}year"
    if unit in _AFTER:
        times, after = _AFTER[unit]
        return f"{number(times * amount)}{after}"
    return f"{amount:,.0f}"


def written_range(low: float, high: float, unit: str) -> str:
    """Two values as one range: "61–76.6%", "4–5.5 GW", "$600 to $700"; one if written the same.

    A missing end is open. Raises ValueError for an unknown unit.
    """
    if unit == "usd_bn":
        return usd_bn_range(low, high)
    if unit == "usd_bn_per_gw" and not pd.isna(high):
        return f"{usd_bn_range(low, high)} a gigawatt"
    least, most = written(low, unit), written(high, unit)
    if least == most:
        return most
    if pd.isna(high):
        return f"at least {least}"
    if pd.isna(low):
        return f"up to {most}"
    if unit in _AFTER and low >= 0:
        return f"{number(_AFTER[unit][0] * low)}–{most}"
    return f"{least} to {most}"


def share_range(low: float, high: float, digits: int = 0) -> str:
    """Two shares (fractions) in percent, rounded: "13–91%", "up to 25%", "at least 40%".

    One number if both ends round to it; `digits` after the decimal point at most. What is not
    nothing and rounds to it is "less than 1%". A missing low end is nothing, a missing or infinite
    high end open; without either end the share is unknown.
    """
    low = 0.0 if pd.isna(low) else low
    least = _fixed(100 * low, digits)
    if _is_open(high):
        return f"at least {least}%" if low > 0 else UNKNOWN
    most = _fixed(100 * high, digits)
    if least == most == "0":
        return f"less than {_fixed(10**-digits, digits)}%" if high > 0 else "0%"
    if least == most:
        return f"{most}%"
    return f"up to {most}%" if least == "0" else f"{least}–{most}%"


def number_of(number: int, noun: str) -> str:
    """How many of something: "1 leg", "3 legs"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listing(words: Iterable[str]) -> str:
    """Words as a sentence has them: one, two and three; "" for none."""
    parts = list(words)
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
