"""Sums side by side: a dot at the value, a bar from low to high."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope.charts import marks
from tightrope.charts.lanes import Heading, Lane, Mark, Row, Upright, bar, dot, headed, wire
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn_and_range, usd_bn_known


def dumbbell(table: pd.DataFrame, width: int) -> Drawing:
    """Sums side by side: a dot at the value, a bar from low to high, sorted by value.

    Columns: label, value, low, high (USD billion, each may be missing), optional direction for
    the hue ("in", "out", "onward", "borrowed") and heading, which parts the rows, in the table's
    order. The scale starts at zero, or below it where a sum is negative. Returns a chart `width`
    wide.
    """
    items: list[Row | Heading] = []
    most = table[["value", "high"]].max(axis=1)
    named = table.assign(heading=table.get("heading", ""), most=most)
    for _, rows in named.groupby("heading", sort=False):
        ranked = rows.sort_values("most", ascending=False, kind="stable")
        items += headed(ranked, "heading", "label", _lane, "")
    return Rows(Canvas(width), items, inset=8, uprights=[Upright(0)]).chart(4)


def _lane(row: Mapping[str, Any]) -> Lane:
    hue = marks.HUES[str(row.get("direction", ""))]
    value, low, high = (marks.amount(row.get(name)) for name in ("value", "low", "high"))
    found: list[Mark] = []
    if low < high:
        found = [wire(0, low), bar(low, high, Fill(hue, "high"), 8)]
    elif not math.isnan(value):
        found = [wire(0, value)]
    if not math.isnan(value):
        found.append(dot(value, marks.circle(6), hue))
    is_sure = math.isnan(value) or not low < high
    words = usd_bn_known(value, low, high) if is_sure else usd_bn_and_range(value, low, high)
    return Lane(found, words, tip=f"{row['label']}: {words}")
