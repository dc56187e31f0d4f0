"""Cash at the end of each year as one line, with the moment at which it crosses zero."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import SMALL, Canvas, Drawing
from tightrope.units import usd_bn

_TALL, _TOP = 92.0, 20.0


def cash_path(
    path: pd.DataFrame,
    width: int,
    when: str = "",
    others: Sequence[pd.DataFrame] = (),
    lacks: str = "",
) -> Drawing:
    """The line over the years, both ends and the crossing marked: `when` it is, in words.

    Columns: year and cash (USD billion, may be negative); at least one row. `others` are thin lines
    of the same years beside it; then the end is not named, for lines may meet there, but what
    `lacks`, in words. Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    years, cash = list(path.year), list(path.cash)
    levels = [amount for one in (path, *others) for amount in one.cash]
    high, low = max(*levels, 0.0), min(*levels, 0.0)
    up = _TALL / ((high - low) or 1)
    first, last = usd_bn(cash[0]), usd_bn(cash[-1])
    left, right = 8.0, width - 8.0
    across = (right - left) / max(len(years) - 1, 1)
    points, *beside = (
        [(left + place * across, _TOP + (high - amount) * up) for place, amount in enumerate(line)]
        for line in (cash, *(list(one.cash) for one in others))
    )
    zero = _TOP + high * up
    canvas.line([(0, zero), (width, zero)], opacity=0.7)
    canvas.text(0, zero + 10, "cash 0", size=SMALL)
    for line in beside:
        canvas.line(line, opacity=0.55, dash=marks.DASH)
    canvas.line(points, thickness=2.5, z=1)
    canvas.text(left, points[0][1] - 12, first, bold=True)
    if others:
        canvas.text(0, _TOP + _TALL - 8, lacks, bold=True)
        canvas.text(0, _TOP + _TALL + 8, "missing at worst" if lacks else "", size=SMALL)
    else:
        canvas.text(right, points[-1][1] + 14, last, "right", bold=True)
    ends = [at for at in (_crossing(line, zero) for line in (points, *beside)) if at is not None]
    if points[0][1] <= zero and (own := _crossing(points, zero)) is not None:
        canvas.symbol(own, zero, marks.circle(4.5), theme.INK, z=3)
        _say(canvas, when, max(ends), zero)
    bottom = _TOP + _TALL + 28
    canvas.text(width, 8, "at the end of each year", "right", SMALL)
    for (x, _), year in zip(points, years, strict=True):
        canvas.text(min(max(x, 15), width - 15), bottom, str(year), "center", SMALL)
    return canvas.chart(bottom + 10)


def _crossing(line: Sequence[tuple[float, float]], zero: float) -> float | None:
    """Where a line falls below the height of zero; None where it does not."""
    for (x, y), (x2, y2) in pairwise(line):
        if y <= zero < y2:
            return x + (zero - y) / (y2 - y) * (x2 - x)
    return None


def _say(canvas: Canvas, when: str, beyond: float, zero: float) -> None:
    """The words above the line at zero, beyond the last crossing; in two lines if need be."""
    room = canvas.width - beyond - 6
    if marks.text_width(when, bold=True) <= room:
        canvas.text(beyond + 6, zero - 12, when, bold=True)
        return
    lines = marks.wrap(when, room, 3, bold=True)
    for place, line in enumerate(reversed(lines)):
        canvas.text(canvas.width, zero - 12 - place * marks.LINE, line, "right", bold=True)
