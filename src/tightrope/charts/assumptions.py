"""What each assumption does to one answer: a dot and a range for every setting."""

from __future__ import annotations

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import Lane, Mark, Row, Upright, bar, dot, wire
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn

_RANGE = Fill(theme.ROUND_TRIP, "high")


def assumptions(table: pd.DataFrame, width: int) -> Drawing:
    """A row an assumption: the reach of all its settings as a bar, and a dot at each one's middle.

    Columns: group (the assumption), setting, low, value, high (USD billion), base (true where the
    setting is the one that all other groups hold to: its dot is full, and a line marks its value).
    The words are those of the least and the most setting; the assumption whose middles lie farthest
    apart stands first. Returns a chart `width` wide.
    """
    groups = sorted(
        table.groupby("group", sort=False),
        key=lambda group: float(group[1].value.min() - group[1].value.max()),
    )
    rows = [_together(str(name), own) for name, own in groups]
    return Rows(Canvas(width), rows, inset=8, gap=14).chart(0)


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
