"""Parts of a whole: bars of one length, so that shares compare where the dollars do not."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tightrope.charts import marks
from tightrope.charts.lanes import PERCENT, Heading, Lane, Row, bar, fills_of
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows


def parts(table: pd.DataFrame, width: int, fills: Mapping[str, Fill], tall: float = 20) -> Drawing:
    """One bar a whole, all equally long, divided by share; its words beneath or beside it.

    Columns: whole (name), part, amount (not negative, in the whole's own unit), words (what is
    written at the bar: its dollars), optional group (a heading over the wholes that follow) and
    note (what stands under the name of a whole).
    `fills` gives each part its filling and the order from the left; every part must be in it
    (KeyError). A whole without amounts is said, not drawn. Bars are `tall` pixels high. Returns a
    chart `width` wide.
    """
    fills_of(fills, table.part)
    items: list[Row | Heading] = []
    canvas, heading = Canvas(width), ""
    for whole, rows in table.groupby("whole", sort=False):
        group = str(rows.group.iloc[0]) if "group" in rows else ""
        if group != heading:
            items.append(Heading(group))
            heading = group
        amounts = rows.groupby("part").amount.sum()
        shares = 100 * amounts.reindex(list(fills), fill_value=0.0) / (amounts.sum() or 1.0)
        bars = [
            bar(end - share, end, fills[str(part)], tall, f"{whole}, {part}: {share:.0f}%")
            for (part, share), end in zip(shares.items(), shares.cumsum(), strict=True)
        ]
        note = str(rows.note.iloc[0]) if "note" in rows else ""
        items.append(Row(str(whole), [Lane(bars, str(rows.words.iloc[0]), tall=tall + 4)], note))
    used = set(table.part)
    y = marks.key(canvas, [(part, fill) for part, fill in fills.items() if part in used])
    layout = Rows(canvas, items, span=(0, 100), aside=230)
    return layout.chart(layout.ticks(y + 4, PERCENT))
