"""Dot and range for each assumption: one share, read in several ways, and which case moves it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill

_LANE = 18
_RADIUS = 5.0
_TICKS = (0, 25, 50, 75, 100)
_SHAPES = (
    marks.circle(_RADIUS),
    f"M{-_RADIUS},{-_RADIUS}H{_RADIUS}V{_RADIUS}H{-_RADIUS}Z",
    f"M0,{-1.3 * _RADIUS}L{1.3 * _RADIUS},0L0,{1.3 * _RADIUS}L{-1.3 * _RADIUS},0Z",
)
_BEYOND = f"M{-_RADIUS},{-_RADIUS}L{_RADIUS},0L{-_RADIUS},{_RADIUS}Z"


def readings(
    table: pd.DataFrame,
    width: int,
    names: Sequence[str],
    hue: str = theme.INTO_OPENAI,
    heading: str = "external, of all that came in",
) -> Drawing:
    """For each case one lane a reading: a mark at its share, a line from low to high.

    Columns: case, reading, low, mid, high (percent; `mid` missing: the range alone), note (what
    stands at the end of the lane, such as dollars), base (what stands under the case's name, such
    as "of $209 bn"), and kept: a case that is not is an aside, its name set in. `names` are up to
    three readings in the order of the lanes; each has its own shape of mark. Cases keep the order
    of the table. `heading` stands above the scale, which ends at 100 percent: what lies beyond is
    an arrow at its end, and the note must say how much it is. Returns a chart `width` wide.
    """
    shapes = dict(zip(names, _SHAPES, strict=False))
    wide = marks.is_wide(width)
    canvas = Canvas(width)
    y = _key(canvas, shapes, hue)
    notes = max((marks.text_width(str(note), marks.SMALL) for note in table.note), default=0.0)
    left = 216.0 if wide else _RADIUS + 6
    right = width - notes - 16
    scale = (right - left) / 100
    canvas.text(left if wide else 0, y + 6, heading, size=marks.SMALL)
    y += 22
    # Three labels need room; on a phone beside long notes only the ends have it.
    for tick in _TICKS if wide else _TICKS[:: 2 if scale * 50 > 55 else 4]:
        x = left + tick * scale
        align = "right" if tick == 100 else "left" if tick == 0 else "center"
        canvas.text(x, y + 6, f"{tick}%" if tick else "0", align, marks.SMALL)
    y += 18
    for case, rows in table.groupby("case", sort=False):
        y = _case(canvas, str(case), rows.set_index("reading"), shapes, hue, (y, left, scale))
    return canvas.chart(y)


def _key(canvas: Canvas, shapes: Mapping[str, str], hue: str) -> float:
    x, y = 0.0, 0.0
    for name, shape in shapes.items():
        needed = 20 + marks.text_width(name, marks.SMALL)
        if x and x + needed > canvas.width:
            x, y = 0.0, y + 20
        canvas.symbol(x + 8, y + 9, shape, hue)
        canvas.text(x + 20, y + 9, name, size=marks.SMALL)
        x += needed + 16
    return y + 28


def _case(
    canvas: Canvas,
    case: str,
    rows: pd.DataFrame,
    shapes: Mapping[str, str],
    hue: str,
    place: tuple[float, float, float],
) -> float:
    """Draw the lanes of one case; the height below them."""
    y, left, scale = place
    wide = marks.is_wide(canvas.width)
    base, kept = str(rows.base.iloc[0]), bool(rows.kept.iloc[0])
    indent = 0.0 if kept else 12.0
    canvas.line([(0, y), (canvas.width, y)], opacity=0.6 if kept else theme.GRID_OPACITY)
    room = (left - 14 if wide else canvas.width) - indent
    lines = marks.wrap(case, room, 3, bold=kept)
    if wide:
        top = y + 12
        for number, line in enumerate(lines):
            canvas.text(indent, top + number * marks.LINE, line, bold=kept)
        if base:
            below = top + len(lines) * marks.LINE
            canvas.text(indent, below, base, size=marks.SMALL, opacity=0.8)
        first = y + 5
        tall: float = max(_LANE * len(shapes), (len(lines) + 1) * marks.LINE) + 10
    else:
        for number, line in enumerate(lines):
            canvas.text(indent, y + 11 + number * marks.LINE, line, bold=kept)
        if base:
            below = y + 11 + len(lines) * marks.LINE
            canvas.text(indent, below, base, size=marks.SMALL, opacity=0.8)
        first = y + (20 if base else 4) + len(lines) * marks.LINE
        tall = first - y + _LANE * len(shapes) + 8
    for tick in _TICKS:
        x = left + tick * scale
        canvas.line([(x, first + 2), (x, first + _LANE * len(shapes))], opacity=theme.GRID_OPACITY)
    for number, (name, shape) in enumerate(shapes.items()):
        if name not in rows.index:
            continue
        row = rows.loc[name]
        middle = first + _LANE * (number + 0.5)
        low, mid, high = (marks.amount(row[end]) for end in ("low", "mid", "high"))
        tip = f"{case}, {name}: {_percent(low, mid, high)}, {row.note}"
        if not math.isnan(low) and (high - low) * scale > 2 * _RADIUS:
            start = left + low * scale
            long = (min(high, 100) - low) * scale
            rung = "unknown" if math.isnan(mid) else "high"
            canvas.area(start, middle - 4, long, 8, Fill(hue, rung), tip)
        ends = [low, high] if math.isnan(mid) else [mid]
        for at in ends:
            if at > 100:
                canvas.symbol(left + 100 * scale + 4, middle, _BEYOND, hue, tip=tip)
            elif not math.isnan(at):
                canvas.symbol(left + at * scale, middle, shape, hue, tip=tip)
        canvas.text(canvas.width - 2, middle, str(row.note), "right", marks.SMALL)
    return y + tall


def _percent(low: float, mid: float, high: float) -> str:
    if round(low) == round(high):
        return f"{high:.0f}%"
    return (
        f"{low:.0f} to {high:.0f}%" if math.isnan(mid) else f"{mid:.0f}% ({low:.0f} to {high:.0f}%)"
    )
