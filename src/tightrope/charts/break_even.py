"""What share must be paid for a partner to pay its own bills, by partner and reading."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope.charts import marks, middle, theme
from tightrope.charts.lanes import Lane, Upright, bar, dot, headed, wire
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import share_range

_TICKS: dict[float, str] = {0: "0", 20: "20%", 40: "40%", 60: "60%", 80: "80%", 100: "100%"}
_GRID = [Upright(tick, theme.GRID_OPACITY, z=-1) for tick in _TICKS]
_BREAKS = Fill(theme.BORROWED)
_DEPENDS = Fill(theme.BORROWED, "binding")


def break_even(table: pd.DataFrame, width: int) -> Drawing:
    """The shares at which a partner cannot pay: surely up to `low`, at the strict end to `high`.

    Columns: party, base (what stands under or beside its name, such as what it is owed), reading,
    low and high (percent of what it is owed, at least 0; above 100 where not even full payment is
    enough, which an arrow and the number say), note (dollars, at the end of the lane). Partners
    and readings keep the order of the table; the key has what occurs. Returns a chart `width` wide.
    """
    items = headed(table, "party", "reading", _lane)
    canvas = Canvas(width)
    swatches = {"cannot pay all its bills": _BREAKS, "cannot, at the strict end": _DEPENDS}
    occurs = (table.low.gt(0).any(), table.high.gt(table.low).any())
    y = marks.key(canvas, itertools.compress(swatches.items(), occurs))
    layout = Rows(
        canvas, items, names=230, span=(0, 100), aside=240, inset=12, uprights=_GRID, gap=8
    )
    scale = f"if {middle.name()} pays this share of what it owes:"
    return layout.chart(layout.ticks(y, _TICKS, scale))


def _lane(row: Mapping[str, Any]) -> Lane:
    low, high = marks.amount(row["low"]), marks.amount(row["high"])
    sure, most = (min(end, 100.0) if not math.isnan(end) else 0.0 for end in (low, high))
    found = [wire(0, 100), bar(0, sure, _BREAKS, 14), bar(sure, most, _DEPENDS, 14)]
    if high > 100:
        found.append(dot(100, "M3,-6L12,0L3,6Z", theme.BORROWED))
    elif high == 0:
        found.append(dot(0, marks.circle(4), stroke=theme.BORROWED))
    tip = f"{row['party']}, {row['reading']}: {percent(low, high)}; {row['note']}"
    return Lane(found, str(row["note"]), tip=tip)


def percent(low: float, high: float) -> str:
    """What is needed, in percent of full payment: "13–145%"; "never enough" if nothing is."""
    return "never enough" if math.isinf(low) else share_range(low / 100, high / 100)
