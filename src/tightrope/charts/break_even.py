"""What share must be paid for a partner to pay its own bills, by partner and reading."""

from __future__ import annotations

import itertools
import math

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import share_range

_LANE = 24
_BAR = 14
_TICKS = (0, 20, 40, 60, 80, 100)
_BREAKS = Fill(theme.BORROWED)
_DEPENDS = Fill(theme.BORROWED, "binding")


def break_even(table: pd.DataFrame, width: int) -> Drawing:
    """The shares at which a partner cannot pay: surely up to `low`, at the strict end to `high`.

    Columns: party, base (what stands under or beside its name, such as what it is owed), reading,
    low and high (percent of what it is owed, at least 0; above 100 where not even full payment is
    enough, which an arrow and the number say), note (dollars, at the end of the lane). Partners
    and readings keep the order of the table; the key has what occurs. Returns a chart `width` wide.
    """
    wide = marks.is_wide(width)
    canvas = Canvas(width)
    swatches = {"cannot pay all its bills": _BREAKS, "cannot, at the strict end": _DEPENDS}
    occurs = (table.low.gt(0).any(), table.high.gt(table.low).any())
    y = marks.key(canvas, itertools.compress(swatches.items(), occurs))
    names = marks.column_width([*map(str, table.reading), *map(str, table.base)], 230)
    left = names + 18 if wide else 5.0
    notes = max((marks.text_width(str(note), marks.SMALL) for note in table.note), default=0.0)
    right = width - (notes + 30 if wide else 24)
    scale = (right - left) / 100
    canvas.text(left, y + 6, "if OpenAI pays this share of what it owes:", size=marks.SMALL)
    y += 20
    for tick in _TICKS:
        align = "left" if tick == 0 else "center"
        canvas.text(left + tick * scale, y + 6, f"{tick}%" if tick else "0", align, marks.SMALL)
    y += 16
    for party, rows in table.groupby("party", sort=False):
        canvas.line([(0, y), (width, y)], opacity=theme.GRID_OPACITY)
        base = str(rows.base.iloc[0])
        if wide:
            canvas.text(0, y + 14, str(party), bold=True)
            canvas.text(left, y + 14, base, size=marks.SMALL, opacity=0.8)
            y += 26
        else:
            canvas.text(0, y + 13, str(party), bold=True)
            canvas.text(0, y + 31, base, size=marks.SMALL, opacity=0.8)
            y += 42
        for row in marks.records(rows):
            y = _lane(canvas, row, (y, left, scale))
        y += 8
    return canvas.chart(y)


def _lane(canvas: Canvas, row: dict[str, object], place: tuple[float, float, float]) -> float:
    """Draw one lane; the height below it."""
    y, left, scale = place
    reading, note = str(row["reading"]), str(row["note"])
    low, high = marks.amount(row["low"]), marks.amount(row["high"])
    middle = y + _LANE / 2
    if marks.is_wide(canvas.width):
        canvas.text(0, middle, reading, size=marks.SMALL)
        canvas.text(canvas.width, middle, note, "right", marks.SMALL)
    else:
        canvas.text(0, y + 8, reading, size=marks.SMALL)
        middle = y + 26
    for tick in _TICKS:
        x = left + tick * scale
        canvas.line([(x, middle - 9), (x, middle + 9)], opacity=theme.GRID_OPACITY, z=-1)
    canvas.line([(left, middle), (left + 100 * scale, middle)], opacity=0.3, z=-1)
    tip = f"{row['party']}, {reading}: {percent(low, high)}; {note}"
    ends = [min(end, 100.0) if not math.isnan(end) else 0.0 for end in (low, high)]
    top = middle - _BAR / 2
    if ends[0] > 0:
        canvas.area(left, top, ends[0] * scale, _BAR, _BREAKS, tip)
    if ends[1] > ends[0]:
        begin = left + ends[0] * scale
        canvas.area(begin, top, (ends[1] - ends[0]) * scale, _BAR, _DEPENDS, tip)
    edge = left + 100 * scale
    if high > 100:
        canvas.symbol(edge + 3, middle, "M0,-6L9,0L0,6Z", theme.BORROWED, tip=tip)
    elif high == 0:
        canvas.symbol(left, middle, marks.circle(4), stroke=theme.BORROWED, tip=tip)
    if marks.is_wide(canvas.width):
        return y + _LANE
    canvas.text(0, middle + 17, note, size=marks.SMALL, opacity=0.8)
    return middle + 30


def percent(low: float, high: float) -> str:
    """What is needed, in percent of full payment: "13–145%"; "never enough" if nothing is."""
    return "never enough" if math.isinf(low) else share_range(low / 100, high / 100)
