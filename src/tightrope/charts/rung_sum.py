"""One payment as a bar in a row: how much of it stands on which rung, and how far it may reach."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tightrope.charts import marks
from tightrope.units import usd_bn_known


class RungSum(NamedTuple):
    """USD billion by rung, from what is surest; NaN is a rung whose amount nobody gives.

    `low` and `high` are the ends of the whole, the same where it is no range; a high end of NaN is
    open.
    """

    parts: Mapping[str, float]
    low: float
    high: float

    @property
    def bars(self) -> dict[str, float]:
        """What is drawn, rung by rung, with what lies between the ends of the range as the last.

        A rung without an amount is what the low end leaves to it.
        """
        sure = {rung: marks.span([part]) for rung, part in self.parts.items()}
        silent = next((rung for rung, part in self.parts.items() if math.isnan(part)), "")
        if silent:
            sure[silent] = max(self.low - sum(sure.values()), 0.0)
        return sure | {"high": max(marks.span([self.high]) - sum(sure.values()), 0.0)}

    @property
    def drawn(self) -> float:
        """Where the bar ends."""
        return sum(self.bars.values())

    @property
    def words(self) -> str:
        """The amount with its unit, or its range."""
        return usd_bn_known(math.nan, self.low, self.high)


def rung_sum(row: Mapping[str, object]) -> RungSum:
    """The sum in a row of `accounts.rungs`: a column a rung, and optional low, high, as_range."""
    parts = {rung: marks.amount(row.get(rung, 0.0)) for rung in marks.RUNGS}
    low, high = marks.amount(row.get("low")), marks.amount(row.get("high"))
    known = sum(part for part in parts.values() if not math.isnan(part))
    if row.get("as_range", False):
        return RungSum(parts, low, high)
    if any(math.isnan(part) for part in parts.values()):
        return RungSum(parts, max(known, marks.span([low])), high)
    return RungSum(parts, known, known)


def together(sums: Sequence[RungSum]) -> RungSum:
    """What several come to, as drawn; a range where one of them is."""
    parts = {rung: sum(one.bars[rung] for one in sums) for rung in marks.RUNGS}
    is_open = any(math.isnan(one.high) for one in sums)
    high = math.nan if is_open else sum(one.drawn for one in sums)
    return RungSum(parts, sum(parts.values()), high)
