"""Dot and range: one share of each case, read in two ways."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import PERCENT, Lane, Row, Upright, bar, dot, signs
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows

_RADIUS = 5.0
_SHAPES = (
    marks.circle(_RADIUS),
    f"M{-_RADIUS},{-_RADIUS}H{_RADIUS}V{_RADIUS}H{-_RADIUS}Z",
)
_BEYOND = f"M-1,{-_RADIUS}L9,0L-1,{_RADIUS}Z"
_GRID = [Upright(tick, theme.GRID_OPACITY, z=-1) for tick in PERCENT]


def readings(
    table: pd.DataFrame, width: int, names: Sequence[str], hue: str, heading: str
) -> Drawing:
    """For each case one lane a reading: a mark at its share, a line from low to high.

    Columns: case, reading, low, mid, high (percent; `mid` missing: the range alone), and note (what
    stands at the end of the lane, such as dollars). `names` are up to two readings in the order of
    the lanes; each has its own shape of mark. Cases keep the order of the table. `heading` stands
    above the scale, which ends at 100 percent: what lies beyond is an arrow at its end, and the
    note must say how much it is. Returns a chart `width` wide.
    """
    shapes = dict(zip(names, _SHAPES, strict=False))
    canvas, items = Canvas(width), []
    wide = marks.is_wide(width)
    tall = 18 if wide else 14
    for case, rows in table.groupby("case", sort=False):
        of = rows.set_index("reading")
        lanes = [
            _lane(f"{case}, {name}", of.loc[name], shape, hue, tall) if name in of.index else Lane()
            for name, shape in shapes.items()
        ]
        items.append(Row(str(case), lanes, bold=True, rule=0.6))
    key = {name: dot(0.5, shape, hue) for name, shape in shapes.items()}
    layout = Rows(
        canvas,
        items,
        names=202,
        span=(0, 100),
        aside=240,
        inset=9,
        uprights=_GRID,
        gap=5 if wide else 4,
    )
    return layout.chart(layout.ticks(signs(canvas, key), PERCENT, heading))


def _lane(name: str, row: pd.Series, shape: str, hue: str, tall: float) -> Lane:
    low, mid, high = (marks.amount(row[end]) for end in ("low", "mid", "high"))
    is_open = math.isnan(mid)
    fill = Fill(hue, "unknown" if is_open else "high")
    ends = [low, high] if is_open else [mid]
    known = [end for end in ends if not math.isnan(end)]
    dots = [dot(min(end, 100), _BEYOND if end > 100 else shape, hue) for end in known]
    ranges = [bar(low, min(high, 100), fill, 8, least=2 * _RADIUS)] if low < high else []
    tip = f"{name}: {_percent(low, mid, high)}, {row.note}"
    return Lane([*ranges, *dots], str(row.note), tip=tip, tall=tall)


def _percent(low: float, mid: float, high: float) -> str:
    if round(low) == round(high):
        return f"{high:.0f}%"
    between = f"{low:.0f} to {high:.0f}%"
    return between if math.isnan(mid) else f"{mid:.0f}% ({between})"
