"""Counted things: one bar a kind, with its number."""

from __future__ import annotations

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import Lane, Row, bar
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows


def counts(table: pd.DataFrame, width: int, noun: str) -> Drawing:
    """One bar a row of the table, in its order, as long as its number.

    Columns: label, count, optional hue (a colour of the theme). `noun` says in the live chart
    what is counted. Returns a chart `width` wide.
    """
    rows = []
    for row in marks.records(table):
        label, number = str(row["label"]), int(row["count"])
        fill = Fill(str(row.get("hue", theme.ONWARD)))
        found = [bar(0, number, fill)] if number else []
        lane = Lane(found, str(number), tip=f"{label}: {number} {noun}")
        rows.append(Row(label, [lane]))
    return Rows(Canvas(width), rows, names=240).chart(4)
