"""What each assumption does to one answer: a dot and a range for every setting."""

from __future__ import annotations

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import Heading, Lane, Row, Upright, bar, dot, wire
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn, usd_bn_range

_RANGE = Fill(theme.ROUND_TRIP, "high")


def assumptions(table: pd.DataFrame, width: int) -> Drawing:
    """Settings of each assumption below its name: a dot at the middle, a bar from low to high.

    Columns: group (the assumption), setting, low, value, high (USD billion), share (as words),
    base (true where the setting is the one that all other groups hold to; a line marks its
    value). In the order of the table. Returns a chart `width` wide.
    """
    items: list[Row | Heading] = []
    base = [Upright(float(value), 0.5, dash=[3, 3], z=-1) for value in table.value[table.base]][:1]
    for group, rows in table.groupby("group", sort=False):
        items.append(Heading(str(group)))
        for row in marks.records(rows):
            low, value, high = (float(row[end]) for end in ("low", "value", "high"))
            words = f"{usd_bn_range(low, high)} · {row['share']}"
            middle = (
                dot(value, marks.circle(6), theme.ROUND_TRIP)
                if row["base"]
                else dot(value, marks.circle(5), stroke=theme.ROUND_TRIP, thickness=2.5)
            )
            lane = Lane(
                [wire(0, low, 0.25), bar(low, high, _RANGE, 8, least=12), middle],
                words,
                tip=f"{group}, {row['setting']}: {words}; middle {usd_bn(value)}",
                tall=14,
            )
            lines = base if rows.base.any() else ()
            items.append(Row(str(row["setting"]), [lane], uprights=lines))
    return Rows(Canvas(width), items, names=232, aside=240, inset=8, gap=6).chart(0)
