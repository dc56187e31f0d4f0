"""One payment as a bar in a row: how much of it stands on which rung, and how far it may reach."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tightrope.charts import marks
from tightrope.units import usd_bn_known


@dataclass(frozen=True)
class RungSum:
    """USD billion by rung, from what is surest; NaN is a rung whose amount nobody gives.

    `low` and `high` bound the whole then, or wherever `as_range` says that it is a range.
    """

    parts: tuple[tuple[str, float], ...]
    low: float
    high: float
    as_range: bool = False

    @property
    def known(self) -> float:
        """What sources give, on all rungs together."""
        return sum(part for _, part in self.parts if not math.isnan(part))

    @property
    def is_open(self) -> bool:
        """Whether a rung is there without an amount, or all is a range."""
        return self.as_range or any(math.isnan(part) for _, part in self.parts)

    @property
    def sure(self) -> tuple[tuple[str, float], ...]:
        """The parts as drawn: where a rung has no amount, what the low end leaves to it."""
        left = 0.0 if math.isnan(self.low) else max(self.low - self.known, 0.0)
        silent = next((rung for rung, part in self.parts if math.isnan(part)), "")
        return tuple((rung, left if rung == silent else part) for rung, part in self.parts)

    @property
    def certain(self) -> float:
        """The low end of the bar: what is drawn in the fills of its rungs."""
        return sum(part for _, part in self.sure if not math.isnan(part))

    @property
    def drawn(self) -> float:
        """Where the bar ends."""
        return max(self.certain, marks.span((self.high, 0.0))) if self.is_open else self.known

    @property
    def bars(self) -> tuple[tuple[str, float], ...]:
        """What is drawn, rung by rung, with what lies between the ends of the range as the last."""
        return (*self.sure, ("high", self.drawn - self.certain))

    @property
    def words(self) -> str:
        """The amount with its unit, or its range."""
        if self.as_range:
            return usd_bn_known(math.nan, self.low, self.high)
        if self.is_open:
            low = max(self.known, 0.0 if math.isnan(self.low) else self.low)
            return usd_bn_known(math.nan, low, self.high)
        return usd_bn_known(self.known)


def rung_sum(row: Mapping[str, object]) -> RungSum:
    """The sum in a row of `accounts.rungs`: a column a rung, and optional low, high, as_range."""
    return RungSum(
        tuple((rung, marks.amount(row.get(rung, 0.0))) for rung in marks.RUNGS),
        marks.amount(row.get("low")),
        marks.amount(row.get("high")),
        bool(row.get("as_range", False)),
    )


def together(sums: Sequence[RungSum]) -> RungSum:
    """What several come to, as drawn; a range where one of them is."""
    known = [(rung, part) for one in sums for rung, part in one.sure if not math.isnan(part)]
    parts = {rung: sum(part for name, part in known if name == rung) for rung in marks.RUNGS}
    is_silent = any(one.is_open and math.isnan(one.high) for one in sums)
    high = math.nan if is_silent else sum(one.drawn for one in sums)
    low = sum(parts.values())
    return RungSum(tuple(parts.items()), low, high, high != low)
