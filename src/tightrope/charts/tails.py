"""What many draws come to: the mean as a dot, and two ticks that most draws stay below."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import Lane, dot, headed, signs, wire
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.rows import on_grid
from tightrope.units import usd_bn

NOTHING = 0.005
"""Less than five million dollars is nothing, in USD billion."""
_MEAN, _MOST, _NEARLY_ALL = marks.circle(5), "M-1.5,-5H1.5V5H-1.5Z", "M-1.5,-9H1.5V9H-1.5Z"
_LEGEND = {
    "mean": _MEAN,
    "95 of 100 draws stay below": _MOST,
    "99 of 100 draws stay below": _NEARLY_ALL,
}


def tails(table: pd.DataFrame, width: int, hues: Mapping[str, str]) -> Drawing:
    """For each group a lane a case: a dot at the mean, ticks at 95 and 99 % of all draws.

    Columns: group (a heading, with `note` beside it), case, mean, p95, p99 (USD billion, not
    negative). Groups and cases keep the order of the table; `hues` has a hue for each group
    (KeyError). The three sums stand at the end of the lane. Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    items = headed(table, "group", "case", partial(_lane, hues), "note")
    most = max(float(table.p99.max()), NOTHING)
    scale = marks.ticks(0, most, 5 if marks.is_wide(width) else 3)
    words = dict(zip(scale, marks.tick_labels(scale), strict=True))
    y = signs(canvas, {words: dot(0.5, shape, theme.ONWARD) for words, shape in _LEGEND.items()})
    return on_grid(canvas, items, y, words, names=230, aside=230, inset=10, gap=8)


def _lane(hues: Mapping[str, str], row: Mapping[str, Any]) -> Lane:
    hue = hues[str(row["group"])]
    mean, most, nearly_all = (marks.amount(row[name]) for name in ("mean", "p95", "p99"))
    words = " · ".join(map(sum_words, (mean, most, nearly_all)))
    found = [
        wire(0, nearly_all, 0.5),
        dot(most, _MOST, hue),
        dot(nearly_all, _NEARLY_ALL, hue),
        dot(mean, _MEAN, hue),
    ]
    tip = f"{row['group']}, {row['case']}: mean, 95 and 99 of 100 draws: {words}"
    none = [dot(0, marks.circle(4), stroke=hue)]
    return Lane(found if nearly_all >= NOTHING else none, words, tip=tip, tall=20)


def sum_words(amount: float) -> str:
    """A sum of draws, which is nothing where it is less than five million dollars."""
    return usd_bn(amount) if amount >= NOTHING else "nothing"
