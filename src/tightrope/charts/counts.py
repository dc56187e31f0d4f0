"""Counted things: one bar a kind, with its number."""

from __future__ import annotations

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import Lane, Row, stacked
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.rows import Rows


def counts(table: pd.DataFrame, width: int, noun: str) -> Drawing:
    """One bar a row of the table, in its order, as long as its number.

    Columns: label, count. `noun` says in the live chart what is counted. Returns a chart `width`
    wide.
    """
    rows = []
    for row in marks.records(table):
        label, number = str(row["label"]), int(row["count"])
        bars = stacked([("paid", number)], theme.ONWARD)
        rows.append(Row(label, [Lane(bars, str(number), tip=f"{label}: {number} {noun}")]))
    return Rows(Canvas(width), rows, names=240).chart(4)
