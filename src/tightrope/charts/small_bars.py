"""A few bars on one scale, each under its own words: how sums compare, at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill

_BAR, _GAP = 14.0, 12.0


class Part(NamedTuple):
    """A piece of a bar in USD billion, or any other unit that all bars share."""

    amount: float
    fill: Fill


class Bar(NamedTuple):
    """A bar of parts, from the left, with its sum as it is written and words that follow it."""

    written: str
    words: str
    parts: Sequence[Part]

    @property
    def length(self) -> float:
        """All its parts together."""
        return sum(part.amount for part in self.parts)


def small_bars(bars: Sequence[Bar], width: int, longest: float = 0.0) -> Drawing:
    """The bars one below the other, the longest as wide as the drawing; a chart `width` wide.

    `longest` sets the scale where longer bars stand elsewhere.
    """
    canvas = Canvas(width)
    longest = max((bar.length for bar in bars), default=0.0) if longest <= 0 else longest
    scale = width / longest if longest > 0 else 0.0
    y = 0.0
    for bar in bars:
        y = _words(canvas, bar, y) if bar.written or bar.words else y
        x = 0.0
        canvas.line([(0, y), (0, y + _BAR)], opacity=0.4)
        for part in bar.parts:
            if part.amount > 0:
                long = part.amount * scale
                canvas.area(x, y, long, _BAR, part.fill)
                x += long
        y += _BAR + _GAP
    return canvas.chart(y - _GAP + 1)


def _words(canvas: Canvas, bar: Bar, y: float) -> float:
    """The sum in bold with its words behind it, or below where they have no room; where it ends."""
    size = theme.FONT_SIZE
    room = marks.text_width(bar.written, size, bold=True) + 6 if bar.written else 0.0
    canvas.text(0, y + 8, bar.written, bold=True)
    if room + marks.text_width(bar.words) <= canvas.width:
        canvas.text(room, y + 8, bar.words)
        return y + 19
    y += marks.LINE if bar.written else 0
    return marks.paragraph(canvas, marks.wrap(bar.words, canvas.width), 0, y) + 3
