"""What a promise is worth: as written, discounted, and what of that can be expected."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import Heading, Lane, Mark, Row, Upright, bar, dot, signs, wire
from tightrope.charts.marks import SMALL, Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn, usd_bn_range

_RADIUS = 5.0
_DISC = marks.circle(_RADIUS)
_TALL = 10.0
_CAP = 4.0
_NARROWEST = 1 / 200
"""Of the largest sum: so wide a range is drawn at least, that it can be seen."""


def worth(table: pd.DataFrame, width: int) -> Drawing:
    """Two lanes a promise: a disc at its sum and a bar for its present value, and one expected.

    Columns: group (a heading over its rows), name, note (below the name), direction (whose hue it
    has, a key of `marks.HUES`), nominal, present_low, present_high, expected_low, expected_high
    (USD billion). Rows keep the order of the table. On a phone the sums stand above the lanes,
    which so have the whole width. Returns a chart `width` wide.
    """
    canvas, items = Canvas(width), list[Row | Heading]()
    least, wide = float(table.nominal.max()) * _NARROWEST, marks.is_wide(width)
    for group, rows in table.groupby("group", sort=False):
        items.append(Heading(str(group)))
        items += [_row(pd.Series(row), least, wide) for row in rows.to_dict("records")]
    key = {
        "sum as written": dot(0.5, _DISC, theme.INK),
        "its present value": bar(0, 1, Fill(theme.INK, "binding"), _TALL),
        "what of that can be expected": _interval(0, 1, theme.INK),
    }
    rows = Rows(
        canvas, items, names=190, inset=_RADIUS, gap=9 if wide else 5, uprights=[Upright(0)]
    )
    return rows.chart(signs(canvas, key))


def _row(one: pd.Series, least: float, wide: bool) -> Row:
    hue = marks.HUES[one.direction]
    present = usd_bn_range(one.present_low, one.present_high)
    expected = usd_bn_range(one.expected_low, one.expected_high)
    whole = usd_bn(one.nominal)
    tip = f"{one['name']}: {whole} as written, {present} present, {expected} expected"
    until = max(one.present_high, one.present_low + least)
    upper = [
        wire(until, one.nominal, 0.5, marks.DASH),
        bar(one.present_low, until, Fill(hue, "binding"), _TALL),
        dot(one.nominal, _DISC, hue),
    ]
    lower = [_interval(one.expected_low, max(one.expected_high, one.expected_low + least), hue)]
    tall = 17 if wide else 14
    now = f"{whole}, now {present}"
    lanes = [
        Lane(upper, now if wide else "", tip=tip, tall=tall, size=SMALL),
        Lane(lower, expected if wide else "", tip=tip, tall=tall, size=SMALL),
    ]
    note = str(one.note) if wide else f"{one.note}: {now}, expected {expected}"
    return Row(str(one["name"]), lanes, note=note)


def _interval(low: float, high: float, hue: str) -> Mark:
    """A range that is no amount: a line with a cap at either end."""

    def draw(canvas: Canvas, x: Callable[[float], float], middle: float, said: str) -> None:
        canvas.line([(x(low), middle), (x(high), middle)], hue, 3, tip=said)
        for end in (low, high):
            canvas.line([(x(end), middle - _CAP), (x(end), middle + _CAP)], hue, 2)

    return Mark(low, high, draw)
