"""Sources and uses, mirrored: where the money came from on the left, where it went on the right."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.certainty import WORDS
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import usd_bn_range

SIDES = ("source", "use")
_HEADS = ("where it came from", "where it went")
_BAR = 16
_STEP = 21
_GAP = 6
_SHORTEST = 12.0
"""Pixels that a bar is left in a narrow drawing, however long its label, which is cut then."""


class _Lane(NamedTuple):
    """One source or use: surely `low`, at most `high` USD billion; NaN where none is published."""

    name: str
    low: float
    high: float
    hue: str

    @property
    def reach(self) -> float:
        return 0.0 if math.isnan(self.high) else self.high

    @property
    def label(self) -> str:
        return f"{self.name} {usd_bn_range(self.low, self.high)}"


def sources_uses(
    table: pd.DataFrame, width: int, heads: Mapping[str, str], hues: Mapping[str, str]
) -> Drawing:
    """A block for each period: sources to the left of one axis, uses to its right, on one scale.

    Columns: block (name), side ("source", "use"), name, kind, low, high (USD billion; both NaN
    where nothing is published: said, not drawn). What lies between low and high is hatched.
    Blocks keep the order of the table, and so do the lanes within. `heads` gives blocks a line
    beneath their name; `hues` each kind its hue, in the order of the key (KeyError for a kind
    without one). The narrow drawing has sources above uses, both from the left. Returns a chart
    `width` wide. Raises ValueError for an unknown side.
    """
    strange = set(table.side) - set(SIDES)
    if strange:
        raise ValueError(f"side must be source or use, not {', '.join(sorted(strange))}")
    blocks = [
        (
            str(block),
            [
                [
                    _Lane(
                        str(row["name"]),
                        marks.amount(row["low"]),
                        marks.amount(row["high"]),
                        hues[str(row["kind"])],
                    )
                    for row in marks.records(rows[rows.side.eq(side)])
                ]
                for side in SIDES
            ],
        )
        for block, rows in table.groupby("block", sort=False)
    ]
    canvas = Canvas(width)
    items = [(kind, Fill(hue)) for kind, hue in hues.items() if kind in set(table.kind)]
    if (table.low < table.high).any():
        items.append((WORDS["high"], Fill(theme.INK, "high")))
    top = marks.key(canvas, items) + 4
    if marks.is_wide(width):
        return _wide(canvas, blocks, heads, top)
    return _narrow(canvas, blocks, heads, top)


_Blocks = list[tuple[str, list[list[_Lane]]]]


def _wide(canvas: Canvas, blocks: _Blocks, heads: Mapping[str, str], top: float) -> Drawing:
    left, right = (
        [
            (lane.reach, min(marks.text_width(lane.label) + 2 * _GAP, canvas.width * 0.4))
            for _, sides in blocks
            for lane in sides[side]
        ]
        + [(0.0, marks.text_width(_HEADS[side], bold=True) + 2 * _GAP)]
        for side in (0, 1)
    )
    scale = min(
        (
            (canvas.width - label_in - label_out) / (came + went)
            for came, label_in in left
            for went, label_out in right
            if came + went > 0
        ),
        default=0.0,
    )
    axis = max(label + reach * scale for reach, label in left)
    canvas.text(axis - _GAP, top + 8, _HEADS[0], "right", bold=True)
    canvas.text(axis + _GAP, top + 8, _HEADS[1], bold=True)
    y = top + 28
    for block, sides in blocks:
        y = _title(canvas, block, heads.get(block, ""), y)
        start = y
        for side, sign in ((0, -1), (1, 1)):
            for place, lane in enumerate(sides[side]):
                _lane(canvas, lane, block, axis, start + place * _STEP, sign * scale)
        y += _STEP * max(len(side) for side in sides)
        canvas.line([(axis, start - 4), (axis, y)], opacity=0.6, z=1)
        y += 14
    return canvas.chart(y - 12)


def _narrow(canvas: Canvas, blocks: _Blocks, heads: Mapping[str, str], top: float) -> Drawing:
    scale = min(
        (
            max(canvas.width - marks.text_width(lane.label) - 2 * _GAP, _SHORTEST) / lane.reach
            for _, sides in blocks
            for side in sides
            for lane in side
            if lane.reach > 0
        ),
        default=0.0,
    )
    y = top
    for block, sides in blocks:
        y = _title(canvas, block, heads.get(block, ""), y)
        for side, head in zip(sides, _HEADS, strict=True):
            if not side:
                continue
            canvas.text(0, y + 6, head, size=marks.SMALL)
            y += 18
            start = y
            for lane in side:
                _lane(canvas, lane, block, 0, y, scale)
                y += _STEP
            canvas.line([(0, start - 2), (0, y - 2)], opacity=0.6, z=1)
            y += 3
        y += 12
    return canvas.chart(y - 12)


def _title(canvas: Canvas, block: str, head: str, y: float) -> float:
    """The name of a block and the line beneath or beside it; the height at which lanes begin."""
    canvas.line([(0, y - 6), (canvas.width, y - 6)], opacity=0.3)
    canvas.text(0, y + 8, block, bold=True)
    if not head:
        return y + 24
    x = marks.text_width(block, bold=True) + 12
    beside = x + marks.text_width(head, marks.SMALL) <= canvas.width
    if beside:
        canvas.text(x, y + 8, head, size=marks.SMALL)
        return y + 24
    lines = marks.wrap(head, canvas.width, 3, marks.SMALL)
    for place, line in enumerate(lines):
        canvas.text(0, y + 26 + place * marks.LINE, line, size=marks.SMALL)
    return y + 24 + len(lines) * marks.LINE + 2


def _lane(canvas: Canvas, lane: _Lane, block: str, start: float, y: float, scale: float) -> None:
    """A bar from the axis, to the left if the scale is negative, with its label at its end."""
    tip = f"{block}: {lane.label}"
    sign = -1 if scale < 0 else 1
    reach = 0.0
    known = lane.reach and (0.0 if math.isnan(lane.low) else lane.low)
    for end, rung in ((known, "paid"), (lane.reach, "high")):
        long = end * abs(scale) - reach
        if long > 0:
            long = max(long, 1.0)
            x = start + reach if sign > 0 else start - reach - long
            canvas.area(x, y, long, _BAR, Fill(lane.hue, rung), tip)
            reach += long
    align = "left" if sign > 0 else "right"
    x = start + sign * (reach + _GAP)
    label = marks.wrap(lane.label, canvas.width - x if sign > 0 else x, 1)[0]
    canvas.text(x, y + _BAR / 2, label, align)
