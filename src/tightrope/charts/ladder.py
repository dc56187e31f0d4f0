"""The ladder: how much of each deal is paid, binding, announced and merely intended."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from tightrope.charts import legend, marks, middle, theme
from tightrope.charts.lanes import Heading, Lane, Row, rungs_of, stacked
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.phone import held
from tightrope.charts.rows import Rows
from tightrope.charts.rung_sum import RungSum, rung_sum, together
from tightrope.units import NONE_KNOWN, UNKNOWN, known_paid, usd_bn

RUNG_LABELS = {
    "paid_usd_bn": "Known to be paid",
    "binding_usd_bn": "Binding, not known to be paid",
    "announced_usd_bn": "Announced, not binding",
    "intended_usd_bn": "Intended or reported only",
}
"""Heads of the rungs in the table under a ladder; each counts what the rung before does not."""
END_LABELS = {"low_usd_bn": "Total, low", "high_usd_bn": "Total, high"}
_ARROWS = {"in": "→ {}", "out": "{} →"}


class _Deal(NamedTuple):
    name: str
    direction: str
    sum: RungSum

    @property
    def label(self) -> str:
        words, paid = self.sum.words, self.sum.parts["paid"]
        if words == NONE_KNOWN or (math.isnan(paid) and words == UNKNOWN):
            return words
        if math.isnan(paid):
            return f"{words}, paid part {UNKNOWN}"
        if paid >= self.sum.high:
            return f"{words}, all paid"
        return f"{words}, {usd_bn(paid)} paid" if paid else f"{words}, {known_paid(paid)}"

    @property
    def row(self) -> Row:
        bars = stacked(self.sum.bars.items(), marks.HUES[self.direction])
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
    deals = [
        _Deal(str(row["name"]), str(row["direction"]), rung_sum(row))
        for row in marks.records(table)
    ]
    deals.sort(key=lambda deal: -deal.sum.drawn)
    return held(lambda count: _drawn(_pooled(deals, count), width), len(deals))


def _pooled(deals: Sequence[_Deal], count: int) -> list[_Deal]:
    """The first `count` deals, and what the others of each direction come to together."""
    found, rest = list(deals[:count]), deals[count:]
    for direction in dict.fromkeys(deal.direction for deal in rest):
        own = [deal for deal in rest if deal.direction == direction]
        whole = together([deal.sum for deal in own])
        pool = _Deal(f"{len(own)} more together", direction, whole)
        found.append(own[0] if len(own) == 1 else pool)
    return found


def _drawn(deals: Sequence[_Deal], width: int) -> Drawing:
    items: list[Row | Heading] = []
    for direction in dict.fromkeys(deal.direction for deal in deals):
        words = theme.DIRECTIONS[direction].replace("{focal}", middle.name())
        arrow = _ARROWS.get(direction, "{}").format(words)
        items.append(Heading(arrow, fill=Fill(marks.HUES[direction])))
        items += [deal.row for deal in deals if deal.direction == direction]
    canvas = Canvas(width)
    return Rows(canvas, items).chart(legend.certainty(canvas, rungs_of(items)))
