"""What buyers have promised to buy, in years of their own revenue: one bar a buyer."""

from __future__ import annotations

import pandas as pd

from tightrope.charts import marks
from tightrope.charts.lanes import Lane, Row, stacked
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.rows import Rows


def years_of_revenue(table: pd.DataFrame, width: int) -> Drawing:
    """A bar from nothing to the years at the stated sum, and hatched beyond it to the most.

    Columns: buyer, note (below the name), direction (its hue, a key of `marks.HUES`), low, years,
    high (years of revenue, each at least the one before; high may be missing), words (at the
    end). Rows keep the order of the table. Returns a chart `width` wide.
    """
    items = []
    for row in table.itertuples():
        hue = marks.HUES[str(row.direction)]
        years, high = marks.amount(row.years), marks.amount(row.high)
        bars = stacked([("binding", years), ("high", high - years)], hue)
        lane = Lane(bars, str(row.words), tip=f"{row.buyer}: {row.words}")
        items.append(Row(str(row.buyer), [lane], note=str(row.note)))
    return Rows(Canvas(width), items, names=275).chart(4)
