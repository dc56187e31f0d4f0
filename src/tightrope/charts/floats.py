"""The float of each partner over the years: what came in from it less what went out to it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.phone import TALLEST
from tightrope.units import usd_bn

_HEAD = 12.0
_FOOT = 30.0
_REST = 22.0
"""Room at the right of a panel for what has no year."""
_BAR = 9.0
_LOWEST = 60.0
"""Pixels that a plot keeps on a phone, however many there are."""
_LABEL = 19.0
"""Room above and below the plot, for a label at its highest and lowest point."""


class _Point(NamedTuple):
    """A moment (in years) and the float then."""

    when: float
    value: float


@dataclass(frozen=True)
class _Partner:
    """One panel: the float at the ends of the years, and what has no year."""

    name: str
    points: tuple[_Point, ...]
    undated_in: float
    undated_out: float

    @property
    def end(self) -> float:
        return self.points[-1].value

    @property
    def top(self) -> float:
        return max(0.0, self.end + self.undated_in, *(point.value for point in self.points))

    @property
    def bottom(self) -> float:
        return min(0.0, self.end - self.undated_out, *(point.value for point in self.points))


@dataclass(frozen=True)
class _Panel:
    """Where a panel stands, in pixels, and its scales."""

    left: float
    right: float
    top: float
    up: float
    highest: float
    first: float
    across: float

    def x(self, when: float) -> float:
        return self.left + (when - self.first) * self.across

    def y(self, value: float) -> float:
        return self.top + (self.highest - value) * self.up


def floats(table: pd.DataFrame, width: int, today: float) -> Drawing:
    """A panel a partner, all on one scale: the running sum of its money that OpenAI holds.

    Columns: party (name), year, float (USD billion at the end of the year, as
    `timing.float_by_year`; a partner with no year at all has one row without a year), and, the
    same in every row of a partner, so_far (the float by what has been paid until today) and
    undated_in and undated_out (what no year is known for). Above zero, in blue, the partner has
    put in more than it got; below, in orange, it has got more. What lies after `today` (a year
    with its fraction) is scheduled and lighter. Dashed bars at the right are what has no date.
    Panels keep the order of the table. Returns a chart `width` wide.
    """
    partners = [
        _partner(str(name), rows, today) for name, rows in table.groupby("party", sort=False)
    ]
    columns = (3 if len(partners) > 4 else 2) if marks.is_wide(width) else 1
    first, last = _years(table, today)
    partners = [_begun(partner, first) for partner in partners]
    highest = max(partner.top for partner in partners)
    lowest = min(partner.bottom for partner in partners)
    canvas = Canvas(width)
    y = _key(canvas) + 6
    around = _HEAD + _LABEL * 2 + _FOOT
    lowered = max((TALLEST - y) / len(partners) - around, _LOWEST)
    plot = 190.0 if columns > 1 else min(120.0, lowered)
    up = plot / ((highest - lowest) or 1)
    rounded = marks.ticks(lowest, highest, 4 if plot > 90 else 2)
    ticks = [tick for tick in rounded if lowest <= tick <= highest]
    words = _tick_words(ticks)
    axis = max(marks.text_width(word, marks.SMALL) for word in words) + 8
    gap = 20.0
    panel_width = (width - axis - gap * (columns - 1)) / columns
    deep = around + plot
    for place, partner in enumerate(partners):
        row, column = divmod(place, columns)
        left = axis + column * (panel_width + gap)
        right = left + panel_width
        panel = _Panel(
            left=left,
            right=right,
            top=y + row * deep + _HEAD + _LABEL,
            up=up,
            highest=highest,
            first=first,
            across=(panel_width - _REST - 4) / (last - first),
        )
        canvas.text(left, panel.top - _LABEL - _HEAD + 6, partner.name, bold=True)
        for tick, word in zip(ticks, words, strict=True):
            at = panel.y(tick)
            shade = 0.6 if tick == 0 else theme.GRID_OPACITY
            canvas.line([(left, at), (right, at)], opacity=shade)
            if column == 0:
                canvas.text(left - 5, at, word, "right", marks.SMALL)
        _draw_years(canvas, panel, first, last, panel.y(lowest) + _LABEL + 10)
        _draw_float(canvas, panel, partner, today)
        _draw_rest(canvas, panel, partner)
    rows = math.ceil(len(partners) / columns)
    return canvas.chart(y + rows * deep)


def _partner(name: str, rows: pd.DataFrame, today: float) -> _Partner:
    dated = rows.dropna(subset=["year"]).sort_values("year")
    # Payments of a year are spread over it: the float of its end stands where the next begins.
    points = [
        _Point(float(year) + 1, float(value))
        for year, value in zip(dated.year, dated["float"], strict=True)
    ]
    start = _Point(points[0].when - 1 if points else math.nan, 0.0)
    first = rows.iloc[0]
    if points and start.when < today < points[-1].when:
        points = sorted([*points, _Point(today, marks.amount(first["so_far"]))])
    while len(points) > 1 and points[-1].value == points[-2].value:
        points.pop()  # nothing moves any more
    return _Partner(
        name,
        (start, *points),
        marks.amount(first["undated_in"]),
        marks.amount(first["undated_out"]),
    )


def _begun(partner: _Partner, first: float) -> _Partner:
    """The partner with a place on the axis also where no year of it is known."""
    if not math.isnan(partner.points[0].when):
        return partner
    return _Partner(partner.name, (_Point(first, 0.0),), partner.undated_in, partner.undated_out)


def _years(table: pd.DataFrame, today: float) -> tuple[float, float]:
    known = table.year.dropna().astype(int)
    first = min((*known, math.floor(today)))
    return float(first), float(max((*known, math.floor(today))) + 1)


def _key(canvas: Canvas) -> float:
    items = [
        ("the partner has put in more than it got", Fill(theme.INTO_OPENAI)),
        ("it has got more than it put in", Fill(theme.OUT_OF_OPENAI)),
        ("lighter: scheduled", Fill(theme.INK, "binding")),
        ("dashed: no date known", Fill(theme.INK, "intended")),
    ]
    return marks.key(canvas, items)


def _tick_words(ticks: Sequence[float]) -> list[str]:
    return [usd_bn(tick) if tick else "$0" for tick in ticks]


def _draw_years(canvas: Canvas, panel: _Panel, first: float, last: float, y: float) -> None:
    years = range(int(first), int(last) + 1)
    every = math.ceil(44 / panel.across) if panel.across < 44 else 1
    for year in years:
        if year % every == 0 and panel.x(year) <= panel.right - _REST:
            x = panel.x(year)
            canvas.line([(x, y - 11), (x, y - 7)], opacity=0.5)
            canvas.text(x, y + 2, str(year), "center", marks.SMALL)


def _draw_float(canvas: Canvas, panel: _Panel, partner: _Partner, today: float) -> None:
    """The area between the float and zero, its line, and the sums at its turning points."""
    points = partner.points
    if len(points) < 2:
        return
    for run in _runs(points, today):
        middle = run[len(run) // 2]
        positive = sum(point.value for point in run) > 0
        is_past = max(point.when for point in run) <= today + 1e-9
        hue = theme.INTO_OPENAI if positive else theme.OUT_OF_OPENAI
        corners = [(panel.x(point.when), panel.y(point.value)) for point in run]
        base = [(panel.x(run[-1].when), panel.y(0)), (panel.x(run[0].when), panel.y(0))]
        path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in (*corners, *base)) + "Z"
        density = theme.PAID_OPACITY if is_past else theme.BINDING_OPACITY
        tip = f"{partner.name}, {_moment(middle.when)}: {usd_bn(middle.value)}"
        canvas.symbol(0, 0, path, hue, None, density, tip=tip)
        canvas.line(corners, hue, 2.2 if is_past else 1.4, z=1)
    peak = max(points, key=lambda point: point.value)
    trough = min(points, key=lambda point: point.value)
    for point, above in ((peak, True), (trough, False)):
        if abs(point.value) * panel.up < 1 and point.value == 0:
            continue
        if (point.value > 0) != above:
            continue
        text = usd_bn(point.value)
        half = marks.text_width(text, marks.SMALL, bold=True) / 2
        x = min(max(panel.x(point.when), panel.left + half), panel.right - half)
        y = panel.y(point.value) + (-10 if above else 11)
        canvas.symbol(panel.x(point.when), panel.y(point.value), marks.circle(2.6), theme.INK, z=2)
        canvas.text(x, y, text, "center", marks.SMALL, True, z=3)


def _moment(when: float) -> str:
    """A point at the end of a year is named by that year."""
    return f"end of {int(when) - 1}" if when == int(when) else f"{int(when)}"


def _runs(points: Sequence[_Point], today: float) -> list[list[_Point]]:
    """The float cut where it crosses zero and at today: each run has one side and one tense."""
    cut: list[_Point] = [points[0]]
    for before, after in itertools.pairwise(points):
        if before.value * after.value < 0:
            share = before.value / (before.value - after.value)
            cut.append(_Point(before.when + share * (after.when - before.when), 0.0))
        cut.append(after)
    runs = [[cut[0]]]
    for after in cut[1:]:
        runs[-1].append(after)
        if after.value == 0 or math.isclose(after.when, today):
            runs.append([after])
    return [run for run in runs if len(run) > 1 and any(point.value for point in run)]


def _draw_rest(canvas: Canvas, panel: _Panel, partner: _Partner) -> None:
    """Dashed bars from the last float: up for what may still come in, down for what may go out."""
    x = panel.right - _REST + 8
    words = [
        (partner.undated_in, 1.0, theme.INTO_OPENAI, f"+{usd_bn(partner.undated_in)}"),
        (
            partner.undated_out,
            -1.0,
            theme.OUT_OF_OPENAI,
            f"\N{MINUS SIGN}{usd_bn(partner.undated_out)}",
        ),
    ]
    above = min(panel.y(0), panel.y(partner.end + partner.undated_in)) - 10
    for amount, sign, hue, text in words:
        if not amount > 0:
            continue
        start, end = panel.y(partner.end), panel.y(partner.end + sign * amount)
        tall = max(abs(start - end), 2.5)
        tip = f"{partner.name}: {text} without a date"
        canvas.area(x, min(start, end), _BAR, tall, Fill(hue, "intended"), tip, z=2)
        if tall > 30:
            canvas.text(x - 5, end - sign * -8, text, "right", marks.SMALL, z=3)
        else:
            centre = min(x + _BAR / 2, panel.right - marks.text_width(text, marks.SMALL) / 2 + 2)
            canvas.text(centre, above, text, "center", marks.SMALL, z=3)
            above -= marks.LINE
