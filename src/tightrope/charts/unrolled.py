"""Small webs unrolled: money leaves a firm on the left and returns to it on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing
from tightrope.units import number

LIGHT = 0.35
"""How dense what may be, but need not be, is drawn."""
_BAR = 9.0
_THICKEST = 34.0
_APART = 32.0
_HOME = ""
"""The first firm where it stands again as the last."""


def unrolled(
    table: pd.DataFrame,
    stages: Mapping[str, Sequence[Sequence[str]]],
    findings: Mapping[str, Sequence[str]],
    width: int,
) -> Drawing:
    """One drawing a web, one below the other, all on one scale.

    Columns of `table`: web (name), payer, payee, amount (dollars), low and high, the least and
    the most of it that goes round (solid and light green, the rest grey), cut (true where the
    cheapest cut through all routes lies). `stages` gives each web its firms from left to right;
    the first firm stands there again as the last. `findings` gives each web the lines beside it,
    or above it on a phone. Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    wide = marks.is_wide(width)
    side = 200.0 if wide else 0.0
    scale = _THICKEST / (marks.span(table.amount) or 1)
    y = 0.0
    for name, columns in stages.items():
        lines = [part for line in findings[name] for part in marks.wrap(line, side or width, 2)]
        canvas.text(0, y + 10, name, bold=True)
        for place, line in enumerate(lines):
            canvas.text(0, y + 32 + place * 19, line)
        text_ends = y + 32 + len(lines) * 19
        top = y if wide else text_ends + 6
        below = _web(canvas, table[table.web.eq(name)], columns, (side, top), scale)
        y = max(below, text_ends) + 24
    return canvas.chart(y - 22)


def _web(
    canvas: Canvas,
    web: pd.DataFrame,
    columns: Sequence[Sequence[str]],
    corner: tuple[float, float],
    scale: float,
) -> float:
    """Draw one web; the height at which it ends."""
    (left, top), first = corner, columns[0][0]
    columns = [*columns[:-1], [_HOME]]
    web = web.assign(to=web.payee.replace(first, _HOME))
    sides = [web.groupby(side).amount for side in ("payer", "to")]
    tall = scale * pd.concat([side.sum() for side in sides]).groupby(level=0).max()
    deep = [tall[names].sum() + _APART * (len(names) - 1) for names in columns]
    uppers = {names[0] for names in columns if len(names) > 1}
    inset = marks.text_width(first, marks.SMALL, bold=True) / 2
    step = (canvas.width - left - 2 * inset - _BAR) / (len(columns) - 1)
    top += 22
    places: dict[str, tuple[float, float]] = {}
    for stage, names in enumerate(columns):
        x, y = left + inset + stage * step, top
        y += (max(deep) - deep[stage]) / 2 if uppers else 0
        for name in names:
            firm(canvas, x, y, _BAR, tall[name])
            canvas.text(x + _BAR / 2, y - 9, name or first, "center", marks.SMALL, bold=True)
            places[name] = x, y
            y += tall[name] + _APART
    starts, ends = (scale * (side.cumsum() - web.amount) for side in sides)
    for row, start, end in zip(marks.records(web), starts, ends, strict=True):
        (x, y), (x2, y2) = places[row["payer"]], places[row["to"]]
        # Names stand above the bars and amounts below their bands, above the upper of two.
        above = row["payer"] in uppers or row["to"] in uppers
        _payment(canvas, row, (x + _BAR, y + start), (x2, y2 + end), scale, above)
    return top + max(deep) + 20


def _payment(
    canvas: Canvas,
    row: Mapping[str, Any],
    start: tuple[float, float],
    end: tuple[float, float],
    scale: float,
    above: bool,
) -> None:
    amount, low, high = (float(row[key]) for key in ("amount", "low", "high"))
    words = f"${number(low)}" if low == high else f"${number(low)}–{number(high)}"
    tip = f"{row['payer']} pays {row['payee']} ${number(amount)}, of which {words} goes round"
    (x, y), (x2, y2) = start, end
    done = 0.0
    for upto, hue, dense in (
        (low, theme.ROUND_TRIP, 1.0),
        (high, theme.ROUND_TRIP, LIGHT),
        (amount, theme.ONWARD, theme.BINDING_OPACITY),
    ):
        if upto > done:
            inset = done * scale
            shape = ribbon(x, y + inset, x2, y2 + inset, (upto - done) * scale)
            canvas.symbol(0, 0, shape, hue, fill_opacity=dense, tip=tip)
            done = upto
    middle, height = (x + x2) / 2, (y + y2) / 2
    beside = height - 10 if above else height + amount * scale + 11
    canvas.text(middle, beside, f"${number(amount)}", "center", marks.SMALL)
    if row["cut"]:
        share = 0.78
        # How far down a ribbon is at this share of its way; good enough to mark it there.
        down = share * share * (3 - 2 * share)
        blade(canvas, x + (x2 - x) * share, y + (y2 - y) * down, amount * scale, tip)


def ribbon(x: float, y: float, x2: float, y2: float, thick: float) -> str:
    """A band of constant height from (x, y), its top left, to (x2, y2), its top right: an SVG path.

    It bends half-way.
    """
    thick, bend = max(thick, 1.0), (x + x2) / 2
    return (
        f"M{x:.1f},{y:.1f}C{bend:.1f},{y:.1f},{bend:.1f},{y2:.1f},{x2:.1f},{y2:.1f}"
        f"L{x2:.1f},{y2 + thick:.1f}"
        f"C{bend:.1f},{y2 + thick:.1f},{bend:.1f},{y + thick:.1f},{x:.1f},{y + thick:.1f}Z"
    )


def firm(canvas: Canvas, x: float, y: float, width: float, height: float, z: int = 1) -> None:
    """A firm as a block of ink right of and below its point, at least a pixel high."""
    height = max(height, 1.0)
    shape = f"M0,0L{width:.1f},0L{width:.1f},{height:.1f}L0,{height:.1f}Z"
    canvas.symbol(x, y, shape, theme.INK, fill_opacity=0.85, z=z)


def blade(canvas: Canvas, x: float, y: float, thick: float, tip: str = "") -> None:
    """The mark of a cut across a ribbon whose top is at `y`."""
    ends = y - 5, y + max(thick, 1.0) + 5
    canvas.line([(x, end) for end in ends], theme.INK, 2.5, tip=tip, z=3)
    for end in ends:
        canvas.line([(x - 4, end), (x + 4, end)], theme.INK, 2.5, tip=tip, z=3)
