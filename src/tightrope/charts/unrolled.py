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
FAINT = theme.BINDING_OPACITY
"""How dense what does not return is drawn."""
_BAR = 9.0
_THICKEST = 34.0
_APART = 32.0


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
        rows = marks.records(table[table.web.eq(name)])
        top = y if wide else text_ends + 6
        below = _web(canvas, rows, columns, (side, top), scale)
        y = max(below, text_ends) + 24
    return canvas.chart(y - 22)


def _web(
    canvas: Canvas,
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[Sequence[str]],
    corner: tuple[float, float],
    scale: float,
) -> float:
    """Draw one web; the height at which it ends."""
    left, top = corner
    first = columns[0][0]
    ends = {0: ("payer", first), len(columns) - 1: ("payee", first)}
    inset = marks.text_width(first, marks.SMALL, bold=True) / 2
    step = (canvas.width - left - 2 * inset - _BAR) / (len(columns) - 1)

    def through(stage: int, firm: str) -> float:
        sides = [ends[stage][0]] if stage in ends else ["payer", "payee"]
        return scale * max(sum(row["amount"] for row in rows if row[s] == firm) for s in sides)

    deep = [
        sum(through(stage, firm) for firm in firms) + _APART * (len(firms) - 1)
        for stage, firms in enumerate(columns)
    ]
    top += 22
    branches = any(len(firms) > 1 for firms in columns)
    place: dict[tuple[int, str], tuple[float, float]] = {}
    for stage, firms in enumerate(columns):
        y = top + (max(deep) - deep[stage]) / 2 if branches else top
        for firm in firms:
            x = left + inset + stage * step
            canvas.symbol(x, y, block(_BAR, through(stage, firm)), theme.INK, fill_opacity=0.85)
            canvas.text(x + _BAR / 2, y - 9, firm, "center", marks.SMALL, bold=True)
            place[stage, firm] = x, y
            y += through(stage, firm) + _APART
    leaving, arriving = dict.fromkeys(place, 0.0), dict.fromkeys(place, 0.0)
    stage_of = {
        firm: stage for stage, firms in enumerate(columns) for firm in firms if firm != first
    } | {first: 0}
    for row in rows:
        source = stage_of[row["payer"]], str(row["payer"])
        stage = stage_of[row["payee"]] if row["payee"] != first else len(columns) - 1
        target = stage, str(row["payee"])
        start = place[source][0] + _BAR, place[source][1] + leaving[source]
        end = place[target][0], place[target][1] + arriving[target]
        # Names stand above the bars and amounts below their bands, above the upper of two.
        above = any(
            len(columns[at]) > 1 and firm == columns[at][0] for at, firm in (source, target)
        )
        _payment(canvas, row, start, end, scale, above)
        leaving[source] += row["amount"] * scale
        arriving[target] += row["amount"] * scale
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
    done = 0.0
    for upto, hue, dense in (
        (low, theme.ROUND_TRIP, 1.0),
        (high, theme.ROUND_TRIP, LIGHT),
        (amount, theme.ONWARD, FAINT),
    ):
        if upto > done:
            shape = ribbon(
                start[0],
                start[1] + done * scale,
                end[0],
                end[1] + done * scale,
                (upto - done) * scale,
            )
            canvas.symbol(0, 0, shape, hue, fill_opacity=dense, tip=tip)
            done = upto
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    beside = y - 10 if above else y + amount * scale + 11
    canvas.text(x, beside, f"${number(amount)}", "center", marks.SMALL)
    if row["cut"]:
        at = x + (end[0] - start[0]) * 0.28
        share = (at - start[0]) / (end[0] - start[0])
        blade(canvas, at, start[1] + (end[1] - start[1]) * ease(share), amount * scale, tip)


def ribbon(x: float, y: float, x2: float, y2: float, thick: float, turn: float = 0.5) -> str:
    """A band of constant height from (x, y), its top left, to (x2, y2), its top right: an SVG path.

    It bends at the share `turn` of its way.
    """
    thick, bend = max(thick, 1.0), x + (x2 - x) * turn
    return (
        f"M{x:.1f},{y:.1f}C{bend:.1f},{y:.1f},{bend:.1f},{y2:.1f},{x2:.1f},{y2:.1f}"
        f"L{x2:.1f},{y2 + thick:.1f}"
        f"C{bend:.1f},{y2 + thick:.1f},{bend:.1f},{y + thick:.1f},{x:.1f},{y + thick:.1f}Z"
    )


def ease(share: float) -> float:
    """How far down a ribbon is at this share of its way across; good enough to mark it there."""
    return share * share * (3 - 2 * share)


def block(width: float, height: float) -> str:
    """A rectangle right of and below its point, at least a pixel high: an SVG path."""
    height = max(height, 1.0)
    return f"M0,0L{width:.1f},0L{width:.1f},{height:.1f}L0,{height:.1f}Z"


def blade(canvas: Canvas, x: float, y: float, thick: float, tip: str = "") -> None:
    """The mark of a cut across a ribbon whose top is at `y`."""
    thick = max(thick, 1.0)
    ends = y - 5, y + thick + 5
    canvas.line([(x, ends[0]), (x, ends[1])], theme.INK, 2.5, tip=tip, z=3)
    for end in ends:
        canvas.line([(x - 4, end), (x + 4, end)], theme.INK, 2.5, tip=tip, z=3)
