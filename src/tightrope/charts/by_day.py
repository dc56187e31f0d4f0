"""The ladder's history: how much stood on each rung, day by day, with a day to move."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from tightrope.charts import legend, marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import NONE_KNOWN, usd_bn
from tightrope.units import day as written_day

_HEAD = 42
_PLOTS = 330
_LEAST = 30
_FOOT = 26
_DATE = 66.0
"""Half of the room that a date in bold takes."""
_RUNGS = list(marks.RUNGS)


def ladder_by_day(levels: pd.DataFrame, width: int) -> alt.TopLevelMixin:
    """Stacked steps over time, one panel a name, all panels on one scale of dollars.

    Columns as `accounts.rungs_by_day`: name, direction ("in", "out", "borrowed", "onward"), day,
    and as increments in USD billion paid, binding, announced, intended. Panels stand in the order
    of the table. In the live chart a slider moves the day whose sums are written above each panel,
    and the pointer reads off any other; the picture shows the last day. Returns a chart `width`
    wide.
    """
    wide = marks.is_wide(width)
    days = sorted(levels.day.unique())
    panels = [
        (str(name), str(panel.direction.iloc[0]), panel.set_index("day")[_RUNGS])
        for name, panel in levels.groupby("name", sort=False)
    ]
    tops = {name: float(panel.sum(axis=1).max()) for name, _, panel in panels}
    scale = _PLOTS / (sum(tops.values()) or 1.0)
    ticks = marks.ticks(0, sum(tops.values()), _PLOTS // 30)
    first = pd.Timestamp(days[0].year, 1, 1)
    labels = marks.tick_labels(ticks)
    left = max(marks.text_width(label, marks.SMALL) for label in labels) + 10
    right = width - 8.0
    across = (right - left) / max((days[-1] - first).days, 1)
    xs = [left + (day - first).days * across for day in days]

    canvas = Canvas(width)
    y = legend.certainty(canvas, _RUNGS) + 6
    texts: list[dict[str, Any]] = []
    tips: list[list[str]] = [[] for _ in days]
    spans: list[tuple[float, float]] = []
    head = _HEAD if wide else _HEAD + marks.LINE * 2
    for name, direction, panel in panels:
        height = max(tops[name] * scale, _LEAST)
        canvas.text(0, y + 8, name, bold=True)
        for place, day in enumerate(days):
            lines = _sums(panel.loc[day], wide)
            tips[place].append(f"{name}: {', '.join(lines)}")
            texts += [
                {"x": 0, "y": y + 8 + (row + 1) * marks.LINE, "text": line, "step": place}
                for row, line in enumerate(lines)
            ]
        bottom = y + head + height
        _axis(canvas, bottom, [tick for tick in ticks if tick <= tops[name]], scale, left)
        _steps(canvas, panel, direction, xs, right, bottom, scale)
        spans.append((bottom - height, bottom))
        y = bottom + 14
    _years(canvas, first, days[-1], left, across, y)
    drawing = canvas.chart(y + _FOOT + marks.LINE)
    return _scrubbed(drawing, days, xs, texts, tips, spans, y + _FOOT)


def _sums(levels: pd.Series[float], wide: bool) -> list[str]:
    """The sums of a day: cumulated up the ladder, as the layers are."""
    words, total = [], 0.0
    for rung in ("paid", "binding", "announced", "intended"):
        total += float(levels[rung])
        word = "with reports and letters" if rung == "intended" else rung
        is_silent = rung == "paid" and total == 0
        words.append(f"{word}: {NONE_KNOWN}" if is_silent else f"{word} {usd_bn(total)}")
    return [" · ".join(words)] if wide else [" · ".join(words[:2]), words[2], words[3]]


def _axis(canvas: Canvas, bottom: float, ticks: list[float], scale: float, left: float) -> None:
    """Grid lines at round dollars; the topmost names the unit."""
    for tick, label in zip(ticks, marks.tick_labels(ticks), strict=True):
        height = bottom - tick * scale
        canvas.line(
            [(left, height), (canvas.width - 8, height)],
            opacity=theme.GRID_OPACITY if tick else 0.6,
        )
        canvas.text(left - 6, height, label, "right", marks.SMALL)


def _steps(
    canvas: Canvas,
    panel: pd.DataFrame,
    direction: str,
    xs: Sequence[float],
    right: float,
    bottom: float,
    scale: float,
) -> None:
    floor = [0.0] * len(xs)
    for rung in _RUNGS:
        roof = [low + float(more) for low, more in zip(floor, panel[rung], strict=True)]
        if any(high > low for low, high in zip(floor, roof, strict=True)):
            upper = _staircase(xs, roof, right, bottom, scale)
            lower = _staircase(xs, floor, right, bottom, scale)
            path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in (*upper, *reversed(lower))) + "Z"
            fill = Fill(marks.HUES[direction], rung)
            canvas.shape(0, 0, path, fill, tip=marks.RUNGS[rung], z=0)
        floor = roof


def _staircase(
    xs: Sequence[float], levels: Sequence[float], right: float, bottom: float, scale: float
) -> list[tuple[float, float]]:
    """The corners of a line that is level from each day to the next."""
    ends = [*xs[1:], right]
    return [
        corner
        for x, end, level in zip(xs, ends, levels, strict=True)
        for corner in ((x, bottom - level * scale), (end, bottom - level * scale))
    ]


def _years(
    canvas: Canvas, first: pd.Timestamp, last: pd.Timestamp, left: float, across: float, y: float
) -> None:
    every = math.ceil(40 / (across * 365))
    for place, year in enumerate(range(first.year, last.year + 1)):
        x = left + (pd.Timestamp(year, 1, 1) - first).days * across
        if place % every == 0 and x + 16 < canvas.width:
            canvas.text(x, y + 4, str(year), "center" if place else "left", marks.SMALL)


def _scrubbed(
    drawing: Drawing,
    days: Sequence[pd.Timestamp],
    xs: Sequence[float],
    texts: list[dict[str, Any]],
    tips: Sequence[Sequence[str]],
    spans: Sequence[tuple[float, float]],
    foot: float,
) -> alt.TopLevelMixin:
    """The drawing with a day that a slider moves."""
    last = len(days) - 1
    slider = alt.binding_range(min=0, max=last, step=1, name="As known on ")
    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    rows = [
        {
            "x": round(place, 1),
            "y": round(spans[0][0], 1),
            "y2": round(spans[-1][1], 1),
            "foot": round(foot + 6, 1),
            "until": round(end, 1),
            "tip": f"{written_day(day.date())}: " + "; ".join(tips[step]),
            "left": round(min(max(place, _DATE), drawing.width - _DATE), 1),
            "step": step,
            "day": written_day(day.date()),
        }
        for step, (place, end, day) in enumerate(
            zip(xs, [*xs[1:], drawing.width], days, strict=True)
        )
    ]
    anchors = alt.Chart(alt.InlineData(values=tuple(rows)))
    # Unseen strips from day to day say under the pointer what the slider writes above.
    strips = anchors.mark_rect(opacity=0).encode(
        x, y, alt.X2("until:Q"), alt.Y2("y2:Q"), alt.Tooltip("tip:N", title=" ")
    )
    rule = (
        anchors.mark_rule(strokeWidth=1.5, strokeDash=[2, 2])
        .encode(x, y, alt.Y2("y2:Q"))
        .transform_filter("datum.step == stop")
    )
    date = (
        anchors.mark_text(fontSize=theme.FONT_SIZE, fontWeight="bold", baseline="middle")
        .encode(
            alt.X("left:Q", scale=None, axis=None),
            alt.Y("foot:Q", scale=None, axis=None),
            alt.Text("day:N"),
        )
        .transform_filter("datum.step == stop")
    )
    sums = (
        alt.Chart(alt.InlineData(values=tuple(texts)))
        .mark_text(align="left", baseline="middle", fontSize=marks.SMALL)
        .encode(x, y, alt.Text("text:N"))
        .transform_filter("datum.step == stop")
    )
    chart = alt.LayerChart(
        layer=[*drawing.layer, rule, date, sums, strips],
        width=drawing.width,
        height=drawing.height,
        padding=0,
        autosize=alt.AutoSizeParams(type="none"),
        usermeta={"words": {"stop": str(rows[-1]["day"])}},
    )
    # The page shows, and screen readers say, the words of `stop_words` beside the slider `stop`.
    return chart.add_params(
        alt.param(name="stop", value=last, bind=slider),
        alt.param(name="dates", value=[str(row["day"]) for row in rows]),
        alt.param(name="stop_words", expr="dates[stop]"),
    )
