"""The ladder: how much of each deal is paid, binding, announced and merely intended."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope.charts import legend, marks, theme
from tightrope.charts.lanes import Heading, Lane, Row, rungs_of, stacked
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.phone import held
from tightrope.charts.rows import Rows
from tightrope.units import NONE_KNOWN, UNKNOWN, known_paid, usd_bn, usd_bn_known


@dataclass(frozen=True)
class _Deal:
    name: str
    direction: str
    parts: tuple[tuple[str, float], ...]
    low: float
    high: float
    as_range: bool = False

    @property
    def known(self) -> float:
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
        return max(self.certain, marks.span((self.high, 0.0))) if self.is_open else self.known

    @property
    def label(self) -> str:
        if self.as_range:
            total = usd_bn_known(math.nan, self.low, self.high)
        elif self.is_open:
            low = max(self.known, 0.0 if math.isnan(self.low) else self.low)
            total = usd_bn_known(math.nan, low, self.high)
        else:
            total = usd_bn(self.known)
        paid = dict(self.parts).get("paid", 0.0)
        if not self.is_open and self.known == 0:
            return NONE_KNOWN
        if math.isnan(paid):
            return total if total == UNKNOWN else f"{total}, paid part {UNKNOWN}"
        if not self.is_open and paid >= self.known:
            return f"{total}, all paid"
        return f"{total}, {usd_bn(paid)} paid" if paid else f"{total}, {known_paid(paid)}"

    @property
    def row(self) -> Row:
        rungs = (*self.sure, ("high", self.drawn - self.certain))
        bars = stacked(rungs, marks.HUES[self.direction])
        return Row(self.name, [Lane(bars, self.label, tip=f"{self.name}: {self.label}")])


def ladder(table: pd.DataFrame, width: int) -> Drawing:
    """A stacked bar for each deal: paid, binding beyond paid, announced beyond binding, the rest.

    Columns: name, direction ("in", "out", "onward", "borrowed"), and as increments in USD
    billion paid, binding, announced, intended (letter of intent or report); NaN is a rung whose
    amount nobody gives; optional low and high bound the total then, or wherever the optional
    as_range is true: then the label is that range and the bar is hatched beyond its rungs. Bars
    start at zero and are sorted by value within their direction; on a phone the smaller ones of a
    direction are one bar where all have no room. Returns a chart `width` wide.
    """
    deals = sorted((_deal(row) for row in marks.records(table)), key=lambda deal: -deal.drawn)
    return held(lambda count: _drawn(_pooled(deals, count), width), len(deals))


def _pooled(deals: Sequence[_Deal], count: int) -> list[_Deal]:
    """The first `count` deals, and what the others of each direction come to together."""
    found, rest = list(deals[:count]), deals[count:]
    for direction in dict.fromkeys(deal.direction for deal in rest):
        own = [deal for deal in rest if deal.direction == direction]
        found.append(own[0] if len(own) == 1 else _together(own))
    return found


def _together(deals: Sequence[_Deal]) -> _Deal:
    parts = [deal.sure for deal in deals]
    known = [(rung, part) for own in parts for rung, part in own if not math.isnan(part)]
    sums = {rung: sum(part for name, part in known if name == rung) for rung in marks.RUNGS}
    is_silent = any(deal.is_open and math.isnan(deal.high) for deal in deals)
    high = math.nan if is_silent else sum(deal.drawn for deal in deals)
    low = sum(sums.values())
    name = f"{len(deals)} more together"
    return _Deal(name, deals[0].direction, tuple(sums.items()), low, high, high != low)


def _drawn(deals: Sequence[_Deal], width: int) -> Drawing:
    items: list[Row | Heading] = []
    for direction in dict.fromkeys(deal.direction for deal in deals):
        if direction in theme.DIRECTIONS:
            words = _ARROWS.get(direction, "{}").format(theme.DIRECTIONS[direction])
            items.append(Heading(words, fill=Fill(marks.HUES[direction])))
        items += [deal.row for deal in deals if deal.direction == direction]
    canvas = Canvas(width)
    return Rows(canvas, items).chart(legend.certainty(canvas, rungs_of(items)))


_ARROWS = {"in": "→ {}", "out": "{} →"}


def _deal(row: dict[str, object]) -> _Deal:
    parts = tuple((rung, marks.amount(row.get(rung, 0.0))) for rung in marks.RUNGS)
    return _Deal(
        str(row["name"]),
        str(row.get("direction", "")),
        parts,
        marks.amount(row.get("low")),
        marks.amount(row.get("high")),
        bool(row.get("as_range", False)),
    )
