"""What became of sums between two days: from where to where, and which way."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import Lane, Mark, dot, headed, signs
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn

_RADIUS = 5.0
_DOT = marks.circle(_RADIUS)


def shift(table: pd.DataFrame, width: int) -> Drawing:
    """One row a sum: a hollow dot where it was, a solid one where it is, an arrow between them.

    Columns: label, change (a word), direction ("in", "out", "onward", "borrowed"), before, after
    (USD billion, both known). Rows stand in the order of the table, under a head for each word of
    `change`. The scale starts at zero. Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    named = table.assign(change=table.change.str.capitalize())
    key = {"before": dot(0.5, _DOT, stroke=theme.INK), "after": dot(0.5, _DOT, theme.INK)}
    y = signs(canvas, key)
    return Rows(canvas, headed(named, "change", "label", _lane, ""), names=230, inset=8).chart(y)


def _lane(row: Mapping[str, Any]) -> Lane:
    words, hue = _words(row), marks.HUES[str(row["direction"])]
    before, after = float(row["before"]), float(row["after"])
    dots = dot(before, _DOT, stroke=hue), dot(after, _DOT, hue)
    return Lane([_arrow(before, after, hue), *dots], words, tip=f"{row['label']}: {words}")


def _words(row: Mapping[str, Any]) -> str:
    before, after = float(row["before"]), float(row["after"])
    if before in (0.0, after):
        return usd_bn(after)
    return f"{usd_bn(before)} → {usd_bn(after) if after else 'nothing'}"


def _arrow(before: float, after: float, hue: str) -> Mark:
    """From the sum before to the sum after, between their dots; where they touch, nothing."""
    low, high = sorted((before, after))

    def draw(canvas: Canvas, x: Callable[[float], float], middle: float, said: str) -> None:
        if x(high) - x(low) > 3 * _RADIUS:
            long = x(high) - x(low) - 2 * _RADIUS
            canvas.area(x(low) + _RADIUS, middle - 3, long, 6, Fill(hue, "binding"), said)
            way = math.copysign(1, after - before)
            head = f"M0,0L{-8 * way},-6L{-8 * way},6Z"
            canvas.symbol(x(after) - way * _RADIUS, middle, head, hue, tip=said)

    return Mark(low, high, draw)
