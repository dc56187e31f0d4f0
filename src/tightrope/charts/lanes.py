"""What the rows of a chart hold: lanes with bars, dots and thin lines on one scale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from tightrope.charts import legend, marks, theme
from tightrope.charts.marks import Canvas, Fill

BAR = 18.0
"""Height of a bar, and of a lane that says nothing else, in pixels."""
GAP = 7.0
"""Between what stands on the scale and the words at its end."""
_SIGN = 16.0
"""Width of a mark in a key, in pixels."""
PERCENT: dict[float, str] = {0: "0", 25: "25%", 50: "50%", 75: "75%", 100: "100%"}
"""Ticks of a scale of shares."""
Draw = Callable[[Canvas, Callable[[float], float], float, str], None]
"""Draws on a canvas: where a value stands, the middle of the lane, what the pointer says."""


class Mark(NamedTuple):
    """What stands in a lane between two values; a sign needs its `radius` beyond them."""

    low: float
    high: float
    draw: Draw
    radius: float = 0
    fill: Fill | None = None


def bar(
    start: float, end: float, fill: Fill, tall: float = BAR, tip: str = "", least: float = 0
) -> Mark:
    """A bar, left out where it is not longer than `least` pixels; `tip` replaces the lane's."""
    low, high = sorted((start, end))

    def draw(canvas: Canvas, x: Callable[[float], float], middle: float, said: str) -> None:
        if x(high) - x(low) > least:
            top, long = middle - tall / 2, x(high) - x(low)
            canvas.area(x(low), top, long, tall, fill, tip or said)

    return Mark(low, high, draw, 0, fill)


def dot(
    at: float,
    shape: str,
    fill: str | None = None,
    stroke: str | None = None,
    thickness: float = 1.5,
    radius: float = 6,
) -> Mark:
    """A sign at a value, filled or outlined: an SVG path in pixels."""

    def draw(canvas: Canvas, x: Callable[[float], float], middle: float, said: str) -> None:
        canvas.symbol(x(at), middle, shape, fill, stroke, thickness=thickness, tip=said)

    return Mark(at, at, draw, radius)


def wire(start: float, end: float, opacity: float = 0.3, dash: Sequence[float] = ()) -> Mark:
    """A thin line along the lane, below all else."""

    def draw(canvas: Canvas, x: Callable[[float], float], middle: float, _: str) -> None:
        points = [(x(start), middle), (x(end), middle)]
        canvas.line(points, opacity=opacity, dash=dash, z=-1)

    return Mark(min(start, end), max(start, end), draw)


class Upright(NamedTuple):
    """A line across the lanes of a row at a value: zero, a tick, a base."""

    at: float
    opacity: float = 0.6
    thickness: float = 1
    dash: Sequence[float] = ()
    z: int = 0


@dataclass(frozen=True)
class Lane:
    """What stands on the scale at one height, `words` after it and `before` in front of it.

    `label` names the lane where a row has several. A line break in the words begins a new line.
    """

    marks: Sequence[Mark] = ()
    words: str = ""
    before: str = ""
    label: str = ""
    tip: str = ""
    tall: float = BAR
    size: int = theme.FONT_SIZE
    bold: bool = False

    def reach(self, zero: float) -> tuple[float, float]:
        """The smallest and the largest value in the lane, or twice `zero` where it is empty."""
        lows, highs = [mark.low for mark in self.marks], [mark.high for mark in self.marks]
        return min(lows, default=zero), max(highs, default=zero)

    def room(self, words: str) -> float:
        """Pixels that words at an end of the lane need, with their distance from it."""
        sign = max((mark.radius for mark in self.marks), default=0.0)
        lines = [marks.text_width(line, self.size, self.bold) for line in words.split("\n")]
        return sign + GAP + max(lines) if words else sign


class Row(NamedTuple):
    """A name with its lanes; `note` stands below the name, in smaller type.

    `uprights` in place of those of the chart.
    """

    name: str
    lanes: Sequence[Lane]
    note: str = ""
    bold: bool = False
    uprights: Sequence[Upright] | None = None


class Heading(NamedTuple):
    """A line over the rows that follow, with a note beside it where there is room, or below."""

    text: str
    note: str = ""
    fill: Fill | None = None


def stacked(
    parts: Iterable[tuple[str, float]],
    hue: str,
    tall: float = BAR,
    sign: int = 1,
    tip: str = "",
    start: float = 0,
) -> list[Mark]:
    """Bars one after the other from `start`, one for each rung with an amount.

    With `sign` -1 they go leftwards. What is not known (NaN) is left out.
    """
    bars: list[Mark] = []
    for rung, part in parts:
        if part > 0:
            bars.append(bar(sign * start, sign * (start + part), Fill(hue, rung), tall, tip))
            start += part
    return bars


def rungs_of(items: Iterable[Row | Heading]) -> set[str]:
    """What the fills of all bars stand for."""
    rows = [item for item in items if isinstance(item, Row)]
    found = [mark.fill for row in rows for lane in row.lanes for mark in lane.marks]
    return {fill.rung for fill in found if fill}


def fills_of(colours: Mapping[str, str | Fill], names: Iterable[object]) -> dict[str, Fill]:
    """The fill of each series, a hue alone being solid; raises KeyError for a name without one."""
    unknown = sorted({str(name) for name in names} - set(colours))
    if unknown:
        raise KeyError(f"no colour for {', '.join(unknown)}")
    return {name: Fill(fill) if isinstance(fill, str) else fill for name, fill in colours.items()}


def signs(canvas: Canvas, items: Mapping[str, Mark]) -> float:
    """A key of marks with their words, wrapped to the canvas; the height below it.

    Each mark is drawn on a scale whose 0 and 1 are the ends of its place, 16 pixels apart.
    """
    drawn = [(_SIGN, partial(_sign, canvas, mark), words) for words, mark in items.items()]
    return legend.flow(canvas, drawn, 0) + 6


def _sign(canvas: Canvas, mark: Mark, left: float, middle: float) -> None:
    mark.draw(canvas, lambda value: left + _SIGN * value, middle, "")


def headed(
    table: pd.DataFrame,
    heading: str,
    name: str,
    lane: Callable[[Mapping[str, Any]], Lane],
    note: str = "base",
) -> list[Row | Heading]:
    """A heading for each value of a column, unless it is "", and under it a lane a row.

    `heading` and `name` are the columns that name headings and rows, both in the table's order;
    `note`, if it is not "", is that of the words beside a heading.
    """
    items: list[Row | Heading] = []
    for head, rows in table.groupby(heading, sort=False):
        items += [Heading(str(head), str(rows[note].iloc[0]) if note else "")] if head else []
        items += [Row(str(row[name]), [lane(row)]) for row in marks.records(rows)]
    return items
