"""Warrants and rebates: what shares given with an order come to, and what old owners give up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from tightrope import units
from tightrope.measures import equity


def dilution(shares: float, outstanding: float) -> float:
    """What old owners give up if new shares are issued beside those outstanding: percent."""
    return 100 * shares / (shares + outstanding)


class Rebate(NamedTuple):
    """Shares given with an order, in words: a row of the table."""

    deal: str
    shares: str
    bought: str
    rebate: str


def rebates(
    ladder: pd.DataFrame, given: Sequence[tuple[str, tuple[float, float], Sequence[str]]]
) -> pd.DataFrame:
    """The rebates of which all is known: the columns of `Rebate`.

    `given` are the name, what the shares are worth (USD billion, both ends) and the legs of the
    purchases, counted as announced in `ladder` (as `Opening.ladder`).
    """
    found = []
    for name, (low, high), legs in given:
        bought = ladder.loc[[leg for leg in legs if leg in ladder.index]]
        least, most = (
            float(bought[f"announced{end}"].fillna(bought.announced).sum())
            for end in ("_low", "_high")
        )
        if low >= 0 and least > 0:
            ends = equity.effective_rebate(low, most), equity.effective_rebate(high, least)
            sums = units.usd_bn_range(low, high), units.usd_bn_range(least, most)
            found.append(Rebate(name, *sums, _percent_range(*ends)))
    return pd.DataFrame(found, columns=Rebate._fields)


def _percent_range(*ends: float) -> str:
    """Two fractions in percent, with a digit after the point below ten."""
    low, high = (f"{100 * end:.0f}" if end >= 0.0995 else f"{100 * end:.1f}" for end in ends)
    return f"{low}%" if low == high else f"{low} to {high}%"
