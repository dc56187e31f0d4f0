"""What moves an outcome most: one thing at a time, from the low to the high end of its range."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import usd_bn

_HUE = theme.OUT_OF_OPENAI
_LOW, _HIGH = Fill(_HUE, "binding"), Fill(_HUE)
_ROW = 34.0
_BAR = 18.0
_THIN = 12.0
_MOST = 90.0
"""Room for an end of a range as written."""
_GAP = 7.0
"""Between a bar and the words at its end."""
_ARROW = "→\N{NO-BREAK SPACE}"


class _End(NamedTuple):
    """One end of a range: the outcome there, how it is written and how its bar is filled."""

    outcome: float
    lines: tuple[str, ...]
    fill: Fill
    tip: str

    @property
    def width(self) -> float:
        """Of its words."""
        return max(marks.text_width(line, marks.SMALL) for line in self.lines)


class _Row(NamedTuple):
    """A parameter: the ends that lie below the base, and those above it, each from the low."""

    name: str
    below: tuple[_End, ...]
    above: tuple[_End, ...]


def tornado(table: pd.DataFrame, width: int) -> Drawing:
    """A row a parameter: bars from the base to the outcome at both ends of its range.

    Columns: parameter (its name), low_words and high_words (the ends of its range as written),
    base, at_low and at_high (the outcome as assumed and at the ends, USD billion). Rows stand in
    the order of the table. A vertical line marks the base. The bar of the low end is light, that
    of the high end solid; where both move the outcome the same way, two thinner bars share the row.
    Lengths are linear in dollars. Returns a chart `width` wide. Raises ValueError for a table
    without rows, with unknown outcomes, or with more than one base.
    """
    outcomes = table[["base", "at_low", "at_high"]].astype("float64")
    if table.empty or outcomes.isna().any(axis=None):
        raise ValueError("a tornado needs rows, and base, at_low and at_high in each of them")
    if outcomes.base.nunique() > 1:
        raise ValueError(f"all rows need the same base, not {sorted(set(outcomes.base))}")
    base = float(outcomes.base.iloc[0])
    wide = marks.is_wide(width)
    rows = [_row(row, base, wide) for row in marks.records(table)]
    canvas = Canvas(width)
    names = marks.column_width((row.name for row in rows), 190) if wide else 0.0
    left = names + 16 if wide else 0.0
    origin, scale = _scale(rows, base, left, width)
    at = origin + base * scale

    y = marks.key(canvas, [("at the low end of its range", _LOW), ("at the high end", _HIGH)])
    words = f"{usd_bn(base)}, as assumed"
    half = marks.text_width(words, bold=True) / 2
    canvas.text(min(max(at, left + half), width - half), y + 8, words, "center", bold=True)
    y += 20
    for row in rows:
        lines = marks.wrap(row.name, names if wide else width, 3)
        deep = (len(lines) - 1) * marks.LINE
        if wide:
            middle = y + (_ROW + deep / 2) / 2
            marks.block(canvas, 0, middle, lines)
            top, y = y, y + _ROW + deep / 2
        else:
            marks.block(canvas, 0, y + 12 + deep / 2, lines)
            top = y + 22 + deep
            middle, y = top + _ROW / 2, top + _ROW + 4
        # A phone's names stand between the rows: the line of the base leaves them free.
        canvas.line([(at, top), (at, y)], thickness=1.5, z=1)
        _bars(canvas, row, middle, origin, scale, at)
    return canvas.chart(y + 2)


def _row(row: dict[str, Any], base: float, wide: bool) -> _Row:
    outcomes = [float(row["at_low"]), float(row["at_high"])]
    shared = min(outcomes) > base or max(outcomes) < base
    low, high = (
        _end(row, outcome, words, fill, wide or shared)
        for outcome, words, fill in zip(
            outcomes, (str(row["low_words"]), str(row["high_words"])), (_LOW, _HIGH), strict=True
        )
    )
    name = str(row["parameter"])
    if shared:
        return _Row(name, *(((low, high), ()) if low.outcome < base else ((), (low, high))))
    # An end that moves nothing stands opposite the other.
    below, above = (low, high) if low.outcome <= base <= high.outcome else (high, low)
    return _Row(name, (below,), (above,))


def _end(row: dict[str, Any], outcome: float, words: str, fill: Fill, in_line: bool) -> _End:
    arrow = f"{_ARROW}{usd_bn(outcome)}"
    short = marks.wrap(words, _MOST, 1, marks.SMALL)[0]
    lines = (f"{short} {arrow}",) if in_line else (short, arrow)
    return _End(outcome, lines, fill, f"{row['parameter']}: {words} {arrow}")


def _scale(rows: list[_Row], base: float, left: float, right: float) -> tuple[float, float]:
    """Where zero lies and the pixels a billion: the most with which all words find room."""
    lows: list[tuple[float, float]] = []
    highs: list[tuple[float, float]] = []
    for row in rows:
        for side, bound, room in ((row.below, min, lows), (row.above, max, highs)):
            tip = bound((end.outcome for end in side), default=base)
            room.append((tip, max((end.width + _GAP for end in side), default=1.0)))
    scale = min(
        (
            max(right - left - words - more, 1.0) / (high - low)
            for low, words in lows
            for high, more in highs
            if high > low
        ),
        default=1.0,
    )
    return max(left + words - scale * low for low, words in lows), scale


def _bars(canvas: Canvas, row: _Row, middle: float, origin: float, scale: float, at: float) -> None:
    for side, align, away in ((row.below, "right", -_GAP), (row.above, "left", _GAP)):
        tall = _BAR if len(side) == 1 else _THIN
        for place, end in enumerate(side):
            x = origin + end.outcome * scale
            height = middle + (place - (len(side) - 1) / 2) * marks.LINE
            if x != at:
                canvas.area(min(x, at), height - tall / 2, abs(x - at), tall, end.fill, end.tip)
            marks.block(canvas, x + away, height, end.lines, align, marks.SMALL)
