"""Grouped bars: a few measures side by side for each period, never stacked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import usd_bn

_BAR = 18
_GAP = 6


def grouped_bars(table: pd.DataFrame, width: int, colours: Mapping[str, str | Fill]) -> Drawing:
    """A block for each group, a bar for each series in it, all from one zero on the left.

    Columns: group (name), series (name), amount (USD billion, not negative; missing is said, not
    drawn). Groups keep the order of the table, series that of `colours`; every series must be in
    it (KeyError). Returns a chart `width` wide.
    """
    fills = {name: Fill(fill) if isinstance(fill, str) else fill for name, fill in colours.items()}
    unknown = set(table.series) - set(fills)
    if unknown:
        raise KeyError(f"no colour for the series {', '.join(sorted(map(str, unknown)))}")
    canvas = Canvas(width)
    wide = width >= theme.WIDE / 1.5
    names = marks.column_width((str(name) for name in table.series), 150)
    groups = marks.column_width((str(name) for name in table.group), 165, bold=True)
    start = (groups + 16 if wide else 0) + names + 10
    labels = max((marks.text_width(usd_bn(amount)) for amount in table.amount), default=0) + _GAP
    scale = (width - start - labels) / (marks.span(table.amount) or 1)
    y = 4.0
    for group in dict.fromkeys(table.group):
        rows = table[table.group.eq(group)].set_index("series").amount
        if wide:
            canvas.text(0, y + _BAR / 2, str(group), bold=True)
        else:
            canvas.text(0, y + 8, str(group), bold=True)
            y += 20
        for series, fill in fills.items():
            if series not in rows.index:
                continue
            amount = marks.amount(rows[series])
            reach = marks.span((amount, 0.0)) * scale
            middle = y + _BAR / 2
            canvas.text(start - 10, middle, series, "right")
            if reach > 0:
                tip = f"{group}, {series}: {usd_bn(amount)}"
                canvas.area(start, y, reach, _BAR, fill, tip)
            canvas.text(start + max(reach, 1) + _GAP, middle, usd_bn(amount))
            y += _BAR + 3
        y += 14
    return canvas.chart(y - 12)
