"""Ranges side by side under headings: where draws lie, and their middle."""

from __future__ import annotations

import pandas as pd

from tightrope.charts import marks
from tightrope.charts.lanes import Heading, Lane, Row, Upright, bar, dot, wire
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn, usd_bn_range

_THICK = 8
_TALL = 22.0


def ranges(table: pd.DataFrame, width: int) -> Drawing:
    """A row a name under each heading, with a bar from low to high and a dot at the middle.

    Columns: heading, note (beside it), name, lane (what parts the bars of one name; may be empty),
    low, middle, high (USD billion), direction (for the hue). Headings and names keep the order of
    the table. Returns a chart `width` wide.
    """
    items: list[Row | Heading] = []
    for (heading, note), under in table.groupby(["heading", "note"], sort=False):
        items.append(Heading(str(heading), str(note)))
        for name, rows in under.groupby("name", sort=False):
            lanes = [_lane(str(name), **row) for row in marks.records(rows.drop(columns="name"))]
            items.append(Row(str(name), lanes))
    return Rows(Canvas(width), items, inset=8, uprights=[Upright(0)]).chart(4)


def _lane(name: str, **row: object) -> Lane:
    low, middle, high = (marks.amount(row[part]) for part in ("low", "middle", "high"))
    hue = marks.HUES[str(row["direction"])]
    return Lane(
        [
            wire(0, low),
            bar(low, high, Fill(hue, "high"), _THICK),
            dot(middle, marks.circle(5), hue, radius=5),
        ],
        usd_bn_range(low, high),
        label=str(row["lane"]),
        tip=f"{name}{', ' if row['lane'] else ''}{row['lane']}: middle {usd_bn(middle)}",
        tall=_TALL,
    )
