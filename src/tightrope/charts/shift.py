"""What became of sums between two days: from where to where, and which way."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import Heading, Lane, Mark, Row, dot, signs
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
    items: list[Row | Heading] = []
    word = ""
    for row in marks.records(table):
        if row["change"] != word:
            word = str(row["change"])
            items.append(Heading(word.capitalize()))
        words = _words(row)
        hue = marks.HUES[str(row["direction"])]
        before, after = float(row["before"]), float(row["after"])
        dots = dot(before, _DOT, stroke=hue), dot(after, _DOT, hue)
        lane = Lane([_arrow(before, after, hue), *dots], words, tip=f"{row['label']}: {words}")
        items.append(Row(str(row["label"]), [lane]))
    canvas = Canvas(width)
    key = {"before": dot(0.5, _DOT, stroke=theme.INK), "after": dot(0.5, _DOT, theme.INK)}
    return Rows(canvas, items, names=230, inset=8).chart(signs(canvas, key))


def _words(row: dict[str, Any]) -> str:
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
