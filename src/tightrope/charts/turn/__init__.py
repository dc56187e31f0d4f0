"""What one party is paid and what it owes, year by year, on one scale of area.

On a wide page years run to the right, what comes in stands above them and what goes out below; on
a phone years run down, what comes in grows to the left and what goes out to the right.
"""

from __future__ import annotations

from tightrope.charts import legend, marks
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.turn import narrow, wide
from tightrope.charts.turn.model import RUNGS, Span, Turn, Yardstick

__all__ = ["RUNGS", "Span", "Turn", "Yardstick", "turn"]


def turn(picture: Turn, width: int) -> Drawing:
    """Draw the picture `width` pixels wide; raises ValueError where no payment has a year."""
    if picture.table.year.isna().all():
        raise ValueError("no payment has a year")
    canvas = Canvas(width)
    sides = [side for side in ("in", "out") if picture.table.side.eq(side).any()]
    y = legend.legend(canvas, sides, picture.rungs) + 8
    draw = wide.draw if marks.is_wide(width) else narrow.draw
    return canvas.chart(draw(canvas, picture, y))
