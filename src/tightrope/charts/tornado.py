"""What moves an outcome most: one thing at a time, from the low to the high end of its range."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import BAR, Lane, Row, Upright, bar
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn

_LOW, _HIGH = Fill(theme.OUT_OF_OPENAI, "binding"), Fill(theme.OUT_OF_OPENAI)
_MOST = 90.0
"""Room for an end of a range as written."""
_ARROW = "→\N{NO-BREAK SPACE}"


def tornado(table: pd.DataFrame, width: int) -> Drawing:
    """A row a parameter: bars from the base to the outcome at both ends of its range.

    Columns: parameter (its name), low_words and high_words (the ends of its range as written),
    base, at_low and at_high (the outcome as assumed and at the ends, USD billion). Rows stand in
    the order of the table. A vertical line marks the base. The bar of the low end is light, that
    of the high end solid; where both move the outcome the same way, two thinner bars share the row.
    Lengths are linear in dollars. Returns a chart `width` wide. Raises ValueError for a table
    without rows, with unknown outcomes, or with more than one base.
    """
    outcomes = table[["base", "at_low", "at_high"]].astype("float64")
    if table.empty or outcomes.isna().any(axis=None):
        raise ValueError("a tornado needs rows, and base, at_low and at_high in each of them")
    if outcomes.base.nunique() > 1:
        raise ValueError(f"all rows need the same base, not {sorted(set(outcomes.base))}")
    base = float(outcomes.base.iloc[0])
    canvas = Canvas(width)
    rows = [_row(row, base, marks.is_wide(width)) for row in marks.records(table)]
    line = Upright(base, 1, 1.5, z=1)
    layout = Rows(canvas, rows, zero=base, uprights=[line], gap=8)
    y = marks.key(canvas, [("at the low end of its range", _LOW), ("at the high end", _HIGH)])
    words = f"{usd_bn(base)}, as assumed"
    half = marks.text_width(words, bold=True) / 2
    at = min(max(layout.x(base), half), width - half)
    canvas.text(at, y + 8, words, "center", bold=True)
    return layout.chart(y + 24)


def _row(row: dict[str, Any], base: float, wide: bool) -> Row:
    """Bars to both ends: in one lane where they lie on two sides of the base, else in two."""
    low, high = float(row["at_low"]), float(row["at_high"])
    shared = min(low, high) > base or max(low, high) < base
    said, tips = [], []
    for words, outcome in ((str(row["low_words"]), low), (str(row["high_words"]), high)):
        arrow = f"{_ARROW}{usd_bn(outcome)}"
        short = marks.wrap(words, _MOST, 1, marks.SMALL)[0]
        said.append(f"{short} {arrow}" if wide or shared else f"{short}\n{arrow}")
        tips.append(f"{row['parameter']}: {words} {arrow}")
    tall = 12.0 if shared else BAR
    bars = bar(base, low, _LOW, tall, tips[0]), bar(base, high, _HIGH, tall, tips[1])
    if shared:
        ends = [(words, "") if low < base else ("", words) for words in said]
        lanes = [
            Lane([end], after, before, tall=marks.LINE, size=marks.SMALL)
            for end, (before, after) in zip(bars, ends, strict=True)
        ]
    else:
        # An end that moves nothing stands opposite the other.
        before, after = said if low <= base <= high else said[::-1]
        lanes = [Lane(bars, after, before, tall=26 if wide else 32, size=marks.SMALL)]
    return Row(str(row["parameter"]), lanes)
