"""Sources and uses, mirrored: where the money came from on the left, where it went on the right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.certainty import WORDS
from tightrope.charts.lanes import GAP, Heading, Lane, Mark, Row, Upright, stacked
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn_range

SIDES = ("source", "use")
_HEADS = ("where it came from", "where it went")
_BAR = 16.0
_STEP, _STEP_PHONE = 21.0, 18.0


class _Sum(NamedTuple):
    """One source or use: surely `low`, at most `high` USD billion; NaN where none is published."""

    name: str
    low: float
    high: float
    hue: str

    @property
    def label(self) -> str:
        return f"{self.name} {usd_bn_range(self.low, self.high)}"

    def bars(self, block: str, sign: int = 1) -> list[Mark]:
        """From the axis, to the left if the sign is negative: solid, then what is not sure."""
        low = 0.0 if math.isnan(self.low) else self.low
        parts = [("paid", min(low, self.high)), ("high", self.high - low)]
        return stacked(parts, self.hue, _BAR, sign, f"{block}: {self.label}")


def sources_uses(
    table: pd.DataFrame, width: int, heads: Mapping[str, str], hues: Mapping[str, str]
) -> Drawing:
    """A block for each period: sources to the left of one axis, uses to its right, on one scale.

    Columns: block (name), side ("source", "use"), name, kind, low, high (USD billion; both NaN
    where nothing is published: said, not drawn). What lies between low and high is hatched.
    Without a use, all bars go to the right. Blocks keep the order of the table, and so do the lanes
    within. `heads` gives blocks a line
    beneath their name; `hues` each kind its hue, in the order of the key (KeyError for a kind
    without one). The narrow drawing has sources above uses, both from the left. Returns a chart
    `width` wide. Raises ValueError for an unknown side.
    """
    strange = set(table.side) - set(SIDES)
    if strange:
        raise ValueError(f"side must be source or use, not {', '.join(sorted(strange))}")
    items: list[Row | Heading] = []
    has_uses = bool(table.side.eq(SIDES[1]).any())
    draw = _sources if not has_uses else _mirrored if marks.is_wide(width) else _stacked
    for block, rows in table.groupby("block", sort=False):
        sides = [
            [
                _Sum(
                    str(row["name"]),
                    marks.amount(row["low"]),
                    marks.amount(row["high"]),
                    hues[str(row["kind"])],
                )
                for row in marks.records(rows[rows.side.eq(side)])
            ]
            for side in SIDES
        ]
        items.append(Heading(str(block), heads.get(str(block), "")))
        items += draw(str(block), sides)
    canvas = Canvas(width)
    swatches = [(kind, Fill(hue)) for kind, hue in hues.items() if kind in set(table.kind)]
    if (table.low < table.high).any():
        swatches.append((WORDS["high"], Fill(theme.INK, "high")))
    y = marks.key(canvas, swatches)
    gap = 8 if marks.is_wide(width) else 4
    layout = Rows(canvas, items, uprights=[Upright(0, z=1)], gap=gap, by_names=False)
    if layout.wide and has_uses:
        for head, away, align in zip(_HEADS, (-GAP, GAP), ("right", "left"), strict=True):
            canvas.text(layout.x(0) + away, y + 8, head, align, bold=True)
        y += 22
    return layout.chart(y)


def _mirrored(block: str, sides: Sequence[Sequence[_Sum]]) -> list[Row]:
    lanes = []
    for came, went in zip_longest(*sides):
        bars = [*(came.bars(block, -1) if came else []), *(went.bars(block) if went else [])]
        words, before = went.label if went else "", came.label if came else ""
        lanes.append(Lane(bars, words, before, tall=_STEP))
    return [Row("", lanes)]


def _sources(block: str, sides: Sequence[Sequence[_Sum]]) -> list[Row]:
    return [Row("", [Lane(each.bars(block), each.label, tall=_STEP_PHONE) for each in sides[0]])]


def _stacked(block: str, sides: Sequence[Sequence[_Sum]]) -> list[Row]:
    return [
        Row(head, [Lane(each.bars(block), each.label, tall=_STEP_PHONE) for each in side])
        for head, side in zip(_HEADS, sides, strict=True)
        if side
    ]
