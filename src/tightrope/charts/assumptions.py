"""What each assumption does to one answer: a dot and a range for every setting."""

from __future__ import annotations

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import Heading, Lane, Mark, Row, Upright, bar, dot, wire
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn, usd_bn_range

_RANGE = Fill(theme.ROUND_TRIP, "high")


def assumptions(table: pd.DataFrame, width: int) -> Drawing:
    """Settings of each assumption below its name: a dot at the middle, a bar from low to high.

    Columns: group (the assumption), setting, low, value, high (USD billion), share (as words),
    base (true where the setting is the one that all other groups hold to; a line marks its
    value). In the order of the table. On a phone all settings of an assumption share a row, whose
    words are those of its least and its most. Returns a chart `width` wide.
    """
    if not marks.is_wide(width):
        groups = [_together(str(group), rows) for group, rows in table.groupby("group", sort=False)]
        return Rows(Canvas(width), groups, inset=8, gap=14).chart(0)
    items: list[Row | Heading] = []
    base = [Upright(float(value), 0.5, dash=[3, 3], z=-1) for value in table.value[table.base]][:1]
    for group, rows in table.groupby("group", sort=False):
        items.append(Heading(str(group)))
        for row in marks.records(rows):
            low, value, high = (float(row[end]) for end in ("low", "value", "high"))
            words = f"{usd_bn_range(low, high)} · {row['share']}"
            middle = _dot(value, bool(row["base"]))
            lane = Lane(
                [wire(0, low, 0.25), bar(low, high, _RANGE, 8, least=12), middle],
                words,
                tip=f"{group}, {row['setting']}: {words}; middle {usd_bn(value)}",
                tall=14,
            )
            lines = base if rows.base.any() else ()
            items.append(Row(str(row["setting"]), [lane], uprights=lines))
    return Rows(Canvas(width), items, names=232, aside=240, inset=8, gap=6).chart(0)


def _together(group: str, rows: pd.DataFrame) -> Row:
    """An assumption in one row: the reach of all its settings, and a dot for each."""
    least, most = rows.loc[rows.value.idxmin()], rows.loc[rows.value.idxmax()]
    dots = [
        _dot(float(row["value"]), bool(row["base"]))
        for row in sorted(marks.records(rows), key=lambda row: bool(row["base"]))
    ]
    low, high = float(rows.low.min()), float(rows.high.max())
    range_ = bar(low, high, _RANGE, 8, least=12)
    ends = " to ".join(dict.fromkeys(usd_bn(float(end.value)) for end in (least, most)))
    said = f"{least.setting}: {usd_bn(float(least.value))}; {most.setting}: "
    note = said + usd_bn(float(most.value)) if least.value < most.value else ""
    lane = Lane([wire(0, low, 0.25), range_, *dots], ends, tip=f"{group}: {note or ends}", tall=14)
    lines = [Upright(float(v), 0.5, dash=[3, 3], z=-1) for v in rows.value[rows.base]][:1]
    return Row(group, [lane], note, bold=True, uprights=lines)


def _dot(value: float, is_base: bool) -> Mark:
    if is_base:
        return dot(value, marks.circle(6), theme.ROUND_TRIP)
    return dot(value, marks.circle(5), stroke=theme.ROUND_TRIP, thickness=2.5)
