"""From which fall of one value on a limit is met: a lane an assumption, below each limit."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import PERCENT, Lane, bar, headed, wire
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import on_grid
from tightrope.units import share_range

_MET = Fill(theme.BORROWED)
_DEPENDS = Fill(theme.BORROWED, "binding")
_NEVER = "never"


def falls(table: pd.DataFrame, width: int, axis: str) -> Drawing:
    """The falls by which each limit is met: surely from `high` on, at the strict end from `low`.

    Columns: limit (a heading), base (what stands under or beside it), assumption, low and high
    (percent of the value, 0 to 100; infinite where not even a fall to nothing is enough). Limits
    and assumptions keep the order of the table; the key has what occurs. `axis` says what falls.
    Returns a chart `width` wide.
    """
    items = headed(table, "limit", "assumption", _lane)
    canvas = Canvas(width)
    swatches = {"above the limit": _MET, "above it, on the harshest reading": _DEPENDS}
    occurs = (table.high.le(100).any(), table.low.lt(table.high).any())
    y = marks.key(canvas, itertools.compress(swatches.items(), occurs))
    return on_grid(canvas, items, y, PERCENT, axis, names=230, aside=190, inset=12, gap=8)


def _lane(row: Mapping[str, Any]) -> Lane:
    low, high = marks.amount(row["low"]), marks.amount(row["high"])
    found = [wire(0, 100), bar(min(low, 100), min(high, 100), _DEPENDS, 14)]
    found.append(bar(min(high, 100), 100, _MET, 14))
    said = fall_words(low, high)
    return Lane(found, said, tip=f"{row['limit']}, {row['assumption']}: {said}")


def fall_words(low: float, high: float) -> str:
    """The fall at which a limit is met: "at 36–82%", "at 90%, or never", "never"."""
    if math.isinf(low):
        return _NEVER
    if math.isinf(high):
        return f"at {share_range(low / 100, low / 100)}, or {_NEVER}"
    return f"at {share_range(low / 100, high / 100)}"
