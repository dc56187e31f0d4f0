"""Grouped bars: a few measures side by side for each period, never stacked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tightrope.charts import marks
from tightrope.charts.lanes import Lane, Row, bar, fills_of
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn


def grouped_bars(table: pd.DataFrame, width: int, colours: Mapping[str, str | Fill]) -> Drawing:
    """A block for each group, a bar for each series in it, all from one zero on the left.

    Columns: group (name), series (name), amount (USD billion, not negative; missing is said, not
    drawn). Groups keep the order of the table, series that of `colours`; every series must be in
    it (KeyError). Returns a chart `width` wide.
    """
    fills = fills_of(colours, table.series)
    rows = []
    for group, members in table.groupby("group", sort=False):
        amounts = members.set_index("series").amount
        lanes = []
        for series in (name for name in fills if name in amounts.index):
            amount = marks.amount(amounts[series])
            lanes.append(
                Lane(
                    [bar(0, amount, fills[series])] if amount > 0 else [],
                    usd_bn(amount),
                    label=series,
                    tip=f"{group}, {series}: {usd_bn(amount)}",
                    tall=21,
                )
            )
        rows.append(Row(str(group), lanes, bold=True))
    return Rows(Canvas(width), rows, names=165).chart(4)
