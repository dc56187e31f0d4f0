"""Cash at the end of each year as one line, with the moment at which it crosses zero."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import SMALL, Canvas, Drawing
from tightrope.units import usd_bn

_TALL, _TOP = 92.0, 20.0


def cash_path(path: pd.DataFrame, width: int, when: str = "") -> Drawing:
    """The line over the years, both ends and the crossing marked: `when` it is, in words.

    Columns: year and cash (USD billion, may be negative); at least one row.
    Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    years, cash = list(path.year), list(path.cash)
    high, low = max(*cash, 0.0), min(*cash, 0.0)
    up = _TALL / ((high - low) or 1)
    first, last = usd_bn(cash[0]), usd_bn(cash[-1])
    left, right = 8.0, width - 8.0
    across = (right - left) / max(len(years) - 1, 1)
    points = [
        (left + place * across, _TOP + (high - amount) * up) for place, amount in enumerate(cash)
    ]
    zero = _TOP + high * up
    canvas.line([(0, zero), (width, zero)], opacity=0.7)
    canvas.text(0, zero + 10, "cash 0", size=SMALL)
    canvas.line(points, thickness=2.5, z=1)
    canvas.text(left, points[0][1] - 12, first, bold=True)
    canvas.text(right, points[-1][1] + 14, last, "right", bold=True)
    for (x, y), (x2, y2) in pairwise(points):
        if y <= zero < y2:
            at = x + (zero - y) / (y2 - y) * (x2 - x)
            canvas.symbol(at, zero, marks.circle(4.5), theme.INK, z=3)
            canvas.text(at + 6, zero - 12, when, bold=True)
            break
    bottom = _TOP + _TALL + 28
    canvas.text(width, 8, "at the end of each year", "right", SMALL)
    for (x, _), year in zip(points, years, strict=True):
        canvas.text(min(max(x, 15), width - 15), bottom, str(year), "center", SMALL)
    return canvas.chart(bottom + 10)
