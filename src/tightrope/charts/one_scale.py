"""Sums of different kinds on one scale: a bar each, by how sure the money is."""

from __future__ import annotations

import pandas as pd

from tightrope.charts import legend, marks
from tightrope.charts.lanes import Lane, Row, stacked
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.rows import Rows

RUNGS = ("paid", "binding", "announced", "high")


def one_scale(table: pd.DataFrame, width: int, focal: str = "") -> Drawing:
    """A bar for each sum, all from one zero on the left, in the order of the table.

    Columns: name, direction (a key of `marks.HUES`), words (at the end of the bar), and as
    increments in USD billion paid, binding, announced, and high (what lies between the ends of its
    range). `focal` names the party in the middle. Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    used = [rung for rung in RUNGS if table[rung].gt(0).any()]
    y = legend.legend(canvas, set(table.direction), used, focal=focal)
    rows = []
    for row in marks.records(table):
        bars = stacked([(rung, row[rung]) for rung in RUNGS], marks.HUES[row["direction"]])
        rows.append(Row(str(row["name"]), [Lane(bars, row["words"], tip=row["words"])]))
    return Rows(canvas, rows).chart(y + 6)
