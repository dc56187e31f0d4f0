"""Cash at the end of each year as one line, with the moment at which it crosses zero."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.cash_plot import crossing
from tightrope.charts.marks import LINE, SMALL, Canvas, Drawing
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
    levels = [0.0, *pd.concat([path, *others]).cash]
    up = _TALL / ((max(levels) - min(levels)) or 1)
    zero, across = _TOP + max(levels) * up, np.linspace(8, width - 8, len(path)).tolist()
    points, *beside = (
        [(x, zero - cash * up) for x, cash in zip(across, one.cash, strict=True)]
        for one in (path, *others)
    )
    canvas.line([(0, zero), (width, zero)], opacity=0.7)
    canvas.text(0, zero + 10, "cash 0", size=SMALL)
    for line in beside:
        canvas.line(line, opacity=0.55, dash=marks.DASH)
    canvas.line(points, thickness=2.5, z=1)
    first, last = (usd_bn(path.cash.iloc[end]) for end in (0, -1))
    canvas.text(across[0], points[0][1] - 12, first, bold=True)
    if others:
        canvas.text(0, _TOP + _TALL - 8, lacks, bold=True)
        canvas.text(0, _TOP + _TALL + 8, "missing at worst" if lacks else "", size=SMALL)
    else:
        canvas.text(across[-1], points[-1][1] + 14, last, "right", bold=True)
    own, *later = (crossing(line, zero) for line in (points, *beside))
    if own is not None and points[0][1] <= zero:
        canvas.symbol(own, zero, marks.circle(4.5), theme.INK, z=3)
        _say(canvas, when, max([own, *(x for x in later if x is not None)]), zero)
    bottom = _TOP + _TALL + 28
    canvas.text(width, 8, "at the end of each year", "right", SMALL)
    for x, year in zip(across, path.year, strict=True):
        canvas.text(min(max(x, 15), width - 15), bottom, str(year), "center", SMALL)
    return canvas.chart(bottom + 10)


def _say(canvas: Canvas, when: str, beyond: float, zero: float) -> None:
    """The words above the line at zero, beyond the last crossing; in more lines if need be."""
    lines = marks.wrap(when, canvas.width - beyond - 6, 3, bold=True)
    left, align = (beyond + 6, "left") if len(lines) == 1 else (canvas.width, "right")
    middle = zero - 12 - (len(lines) - 1) * LINE / 2
    marks.block(canvas, left, middle, lines, align, bold=True)
