"""Sources and uses, mirrored: where the money came from on the left, where it went on the right."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.certainty import WORDS
from tightrope.charts.lanes import GAP, Heading, Lane, Row, Upright, stacked
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn_range

SIDES = ("source", "use")
_HEADS = ("where it came from", "where it went")
_BAR = 16.0
_STEP, _STEP_PHONE = 21.0, 18.0


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
    has_uses = bool(table.side.eq(SIDES[1]).any())
    mirrors = has_uses and marks.is_wide(width)
    items: list[Row | Heading] = []
    for block, rows in table.groupby("block", sort=False):
        items.append(Heading(str(block), heads.get(str(block), "")))
        came, went = (
            [
                _lane(row, hues[str(row["kind"])], -1 if mirrors and side == SIDES[0] else 1)
                for row in marks.records(rows[rows.side.eq(side)])
            ]
            for side in SIDES
        )
        if mirrors:
            items.append(Row("", [_mirrored(*both) for both in zip_longest(came, went)]))
        else:
            named = zip(_HEADS if has_uses else ("", ""), (came, went), strict=True)
            items += [Row(head, lanes) for head, lanes in named if lanes]
    canvas = Canvas(width)
    swatches = [(kind, Fill(hue)) for kind, hue in hues.items() if kind in set(table.kind)]
    if (table.low < table.high).any():
        swatches.append((WORDS["high"], Fill(theme.INK, "high")))
    y = marks.key(canvas, swatches)
    gap = 8 if marks.is_wide(width) else 4
    layout = Rows(canvas, items, uprights=[Upright(0, z=1)], gap=gap, by_names=False)
    if mirrors:
        for head, away, align in zip(_HEADS, (-GAP, GAP), ("right", "left"), strict=True):
            canvas.text(layout.x(0) + away, y + 8, head, align, bold=True)
        y += 22
    return layout.chart(y)


def _lane(row: Mapping[str, Any], hue: str, sign: int) -> Lane:
    """One source or use, from the axis on: solid, then what is not sure; -1 goes to the left."""
    low, high = marks.amount(row["low"]), marks.amount(row["high"])
    words = f"{row['name']} {usd_bn_range(low, high)}"
    parts = [("paid", min(marks.span([low]), high)), ("high", high - low)]
    bars = stacked(parts, hue, _BAR, sign, f"{row['block']}: {words}")
    return Lane(bars, words, tall=_STEP_PHONE)


def _mirrored(came: Lane | None, went: Lane | None) -> Lane:
    """A source to the left of the axis and a use to its right."""
    came, went = came or Lane(), went or Lane()
    return Lane([*came.marks, *went.marks], went.words, came.words, tall=_STEP)
