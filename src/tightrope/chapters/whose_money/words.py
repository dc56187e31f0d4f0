"""How the chapter on whose money writes shares."""

from __future__ import annotations

import pandas as pd


def percent_range(low: float, high: float) -> str:
    """Two shares (fractions) in words: "38 to 59%", "up to 0.4%"; one if both round to it."""
    if pd.isna(low) or pd.isna(high):
        return "a share that cannot be computed"
    if round(100 * low) == 0 and high > low:
        return f"up to {100 * high:{'.2g' if high < 0.1 else '.0f'}}%"
    ends = [f"{100 * end:.0f}" for end in (low, high)]
    return f"{ends[0]}%" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}%"


def unbroken(text: str) -> str:
    """Words that stay on one line of a figure."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")
