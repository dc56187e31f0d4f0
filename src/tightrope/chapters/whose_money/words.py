"""How the chapter on whose money writes shares and sums."""

from __future__ import annotations

import pandas as pd

from tightrope import units


def percent_range(low: float, high: float) -> str:
    """Two shares (fractions) in words: "38 to 59%", "up to 0.4%"; one if both round to it."""
    if pd.isna(low) or pd.isna(high):
        return "a share that cannot be computed"
    if round(100 * low) == 0 and high > low:
        return f"up to {100 * high:.2g}%"
    ends = [f"{100 * end:.0f}" for end in (low, high)]
    return f"{ends[0]}%" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}%"


def amount_range(low: float, high: float) -> str:
    """Two sums (USD billion) as one range, without digits that the range makes meaningless."""
    if high - low <= 0.02 * high:
        return units.usd_bn(high)
    if high < 1:
        low, high = round(low, 3), round(high, 3)
    elif low >= 1:
        digits = 1 if high < 100 else 0
        low, high = round(low, digits), round(high, digits)
    is_wide = high - low > 0.02 * high
    return units.usd_bn_range(low, high) if is_wide else units.usd_bn(high)


def unbroken(text: str) -> str:
    """Words that stay on one line of a figure."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")
