"""Is the circle larger than chance would make it: the web beside webs with random partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import counting, loops
from tightrope.chapters.circularity import NINE_IN_TEN, closed
from tightrope.dealbook import Dealbook
from tightrope.measures import chance

RUNS = 200
"""Enough for whole hundredths; more would make the page late."""
_RARE = 0.05


@dataclass(frozen=True)
class BesideChance:
    """One end of a web beside webs with random partners; sums in USD billion.

    `low` and `high` are what can return to the party in the middle nine tenths of them, `here` what
    can in the web; `more` is the share of them in which more can.
    """

    low: float
    high: float
    here: float
    more: float


def beside_chance(web: pd.DataFrame, focal: str, end: str, seed: int) -> BesideChance | None:
    """A web at one end, of `counting.ENDS`, beside webs of the same parties, sums and density.

    Raises ValueError for another end. None where `focal` is not both paid and paying.
    """
    if end not in counting.ENDS:
        raise ValueError(f'an end is one of {", ".join(counting.ENDS)}, not "{end}"')
    table = closed(web)
    amounts = table.assign(amount=table[end])[["payer", "payee", "amount"]]
    amounts = amounts[amounts.amount.gt(0)]
    if not (amounts.payer.eq(focal).any() and amounts.payee.eq(focal).any()):
        return None
    drawn = chance.by_chance(amounts, focal, RUNS, seed).returning
    here = loops.returnable_at(table, focal, end)
    low, high = drawn.quantile(list(NINE_IN_TEN))
    return BesideChance(float(low), float(high), here, float((drawn > here).mean()))


def published(book: Dealbook, check_id: str) -> float:
    """What another count found, in its own unit; NaN before it was published."""
    values = book.outside_checks.set_index("check_id").value
    return float(values.get(check_id, float("nan")))


def verdict(shares: Sequence[float]) -> str:
    """What the shares of random webs in which more can return come to, for a sentence."""
    if min(shares) >= 0.5:
        return "no larger than chance would make it"
    if max(shares) <= _RARE:
        return "larger than chance would make it"
    return "about as large as chance would make it"
