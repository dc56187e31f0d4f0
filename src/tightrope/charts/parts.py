"""Parts of a whole: bars of one length, so that shares compare where the dollars do not."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tightrope.charts import marks
from tightrope.charts.marks import Canvas, Drawing, Fill

_BAR = 20
_TICKS = (0, 25, 50, 75, 100)


def parts(table: pd.DataFrame, width: int, fills: Mapping[str, Fill]) -> Drawing:
    """One bar a whole, all equally long, divided by share; its words beneath or beside it.

    Columns: whole (name), part, amount (not negative, in the whole's own unit), words (what is
    written at the bar: its dollars), optional group (a heading over the wholes that follow).
    `fills` gives each part its filling and the order from the left; every part must be in it
    (KeyError). A whole without amounts is said, not drawn. Returns a chart `width` wide.
    """
    unknown = set(table.part) - set(fills)
    if unknown:
        raise KeyError(f"no filling for the part {', '.join(sorted(map(str, unknown)))}")
    wide = marks.is_wide(width)
    canvas = Canvas(width)
    y = marks.key(canvas, [(p, fill) for p, fill in fills.items() if p in set(table.part)]) + 4
    names = marks.column_width((str(name) for name in table.whole), 190) if wide else 0.0
    left = names + 14 if wide else 0.0
    right = width - (206.0 if wide else 2.0)
    scale = (right - left) / 100
    for tick in _TICKS:
        align = "left" if tick == 0 else "right" if tick == 100 else "center"
        canvas.text(left + tick * scale, y + 6, f"{tick}%" if tick else "0", align, marks.SMALL)
    y += 20
    heading = ""
    for whole, rows in table.groupby("whole", sort=False):
        group = str(rows.group.iloc[0]) if "group" in rows else ""
        if group != heading:
            heading = group
            canvas.line([(0, y), (width, y)], opacity=0.3)
            for line in marks.wrap(group, width, 2, bold=True):
                canvas.text(0, y + 14, line, bold=True)
                y += marks.LINE
            y += 14
        y = _whole(canvas, str(whole), rows, fills, (y, left, scale, names))
    return canvas.chart(y - 4)


def _whole(
    canvas: Canvas,
    whole: str,
    rows: pd.DataFrame,
    fills: Mapping[str, Fill],
    place: tuple[float, float, float, float],
) -> float:
    """Draw one bar with its name and words; the height below it."""
    y, left, scale, names = place
    wide = marks.is_wide(canvas.width)
    words = str(rows.words.iloc[0])
    lines = marks.wrap(whole, names if wide else canvas.width, 3)
    beside = marks.wrap(words, 190 if wide else canvas.width, 4, marks.SMALL)
    if not wide:
        for number, line in enumerate(lines):
            canvas.text(0, y + 8 + number * marks.LINE, line)
        y += 4 + len(lines) * marks.LINE
    tall = max(
        _BAR, (len(lines) if wide else 0) * marks.LINE, len(beside) * marks.LINE if wide else 0
    )
    middle = y + tall / 2
    if wide:
        marks.block(canvas, 0, middle, lines)
        marks.block(canvas, canvas.width - 190, middle, beside, size=marks.SMALL)
    total = rows.amount.sum()
    amounts = rows.groupby("part").amount.sum()
    x = left
    for part, fill in fills.items():
        share = 100 * float(amounts.get(part, 0.0)) / total if total > 0 else 0.0
        if share <= 0:
            continue
        long = share * scale
        gap = 1.0 if long > 4 else 0.0
        canvas.area(x, middle - _BAR / 2, long - gap, _BAR, fill, f"{whole}, {part}: {share:.0f}%")
        x += long
    if not wide:
        for number, line in enumerate(beside):
            canvas.text(0, middle + _BAR / 2 + 10 + number * marks.LINE, line, size=marks.SMALL)
        return middle + _BAR / 2 + len(beside) * marks.LINE + 14
    return y + tall + 10
