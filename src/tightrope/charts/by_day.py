"""The ladder's history: how much stood on each rung, day by day, with a day to move."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd

from tightrope.charts import look, marks, theme
from tightrope.charts.certainty import LOOKS
from tightrope.charts.look import Plot
from tightrope.charts.marks import LINE, SMALL, Fill
from tightrope.units import NONE_KNOWN, usd_bn
from tightrope.units import day as written_day

_PLOTS = 330
"""Height of all panels together."""
_LEAST = 30
_APART = 14
_DATE = 66.0
"""Half of the room that a date in bold takes."""
_RUNGS = list(marks.RUNGS)
_WORDS = {"binding": "signed", "intended": "with letters of intent"}
"""What a sum up to a rung is called, where it is not called as the rung."""
_CHOSEN = "datum.step == stop"
_TEXT: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": theme.FONT_SIZE}


def ladder_by_day(levels: pd.DataFrame, width: int) -> alt.VConcatChart:
    """Stacked steps over time, one panel a name, all panels on one scale of dollars.

    Columns as `accounts.rungs_by_day`: name, direction ("in", "out", "borrowed", "onward"), day,
    and as increments in USD billion paid, binding, announced, intended. Panels stand in the order
    of the table. In the live chart a slider moves the day whose sums are written above each panel,
    and the pointer reads off any other; the picture shows the last day. Returns a chart `width`
    wide.
    """
    days = sorted(levels.day.unique())
    first = pd.Timestamp(days[0].year, 1, 1)
    end = max((days[-1] - first).days, 1)
    total = levels[_RUNGS].sum(axis=1)
    tops = total.groupby(levels["name"], sort=False).max()
    unit = _PLOTS / (tops.sum() or 1.0)
    ticks = marks.ticks(0, tops.sum(), _PLOTS // 30)
    left = round(look.room(marks.tick_labels(ticks)) + 10)
    titles = {name: marks.wrap(str(name), width, 2, bold=True) for name in tops.index}
    above = max(map(len, titles.values())) + (1 if marks.is_wide(width) else 3)
    head = 10 + LINE * above
    plot = Plot(width - left - 8, 0, left, 8, top=head + 6)
    swatches = {marks.RUNGS[rung]: Fill(theme.ONWARD, rung) for rung in _RUNGS}
    plot, key = plot.key(swatches.items())
    frame = levels.assign(
        at=(levels.day - first).dt.days,
        step=levels.day.map(days.index),
        date=levels.day.map(lambda day: written_day(day.date())),
    )
    years = _years(first, end, plot.width)
    panels: list[alt.LayerChart] = []
    names = list(tops.index)
    for name, top in tops.items():
        rows = frame[frame["name"] == name]
        own = replace(plot, height=round(max(top * unit, _LEAST)))
        axis = years if name == names[-1] else None
        x = alt.X("at:Q", axis=axis, scale=alt.Scale(domain=[0, end], nice=False))
        y = look.money("top", _within(ticks, top), (0, own.height / unit))
        layers = [*_steps(rows, x, y), *_reading(rows, own, x, titles[name])]
        layers = [*key, *layers] if name == names[0] else layers
        layers += [_date(rows, own, x)] if name == names[-1] else []
        panels.append(alt.LayerChart(layer=layers, width=own.width, height=own.height))
    tall = sum(panel.height for panel in panels) + (head + _APART) * (len(panels) - 1) + 58
    dates = [str(date) for date in frame.drop_duplicates("step").sort_values("step").date]
    slider = alt.binding_range(min=0, max=len(days) - 1, step=1, name="As known on ")
    return alt.VConcatChart(
        vconcat=panels,
        # The same rung has another hue in each panel.
        resolve={"scale": {"fill": "independent", "stroke": "independent"}},
        spacing=head + _APART,
        bounds="flush",
        # Panels have no height of their own in Vega: it is all in the padding.
        padding={"left": left, "right": 8, "top": round(plot.top), "bottom": tall},
        autosize=alt.AutoSizeParams(type="none"),
        usermeta={"words": {"stop": dates[-1]}},
        # The page shows, and screen readers say, the words of `stop_words` beside the slider.
        params=[
            alt.VariableParameter(name="stop", value=len(days) - 1, bind=slider),
            alt.VariableParameter(name="dates", value=dates),
            alt.VariableParameter(name="stop_words", expr="dates[stop]"),
        ],
    )


def _steps(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """What stood on each rung, level from each day of change to the next, one upon the other."""
    fills = {rung: Fill(marks.HUES[rows.direction.iloc[0]], rung) for rung in _RUNGS}
    # Until the last day a line is level: without that day it would end with the last change.
    moved = pd.concat([_moved(rows), rows.tail(1)]).drop_duplicates("at")
    roofs = moved.set_index("at")[_RUNGS].cumsum(axis=1)
    floors = roofs.shift(axis=1, fill_value=0.0)
    drawn = [
        {"at": at, "rung": rung, "top": roof, "floor": floors[rung][at], "tip": marks.RUNGS[rung]}
        for rung in _RUNGS
        if moved[rung].any()
        for at, roof in roofs[rung].items()
    ]
    areas = [
        look.data([row for row in drawn if bool(LOOKS[row["rung"]].dash) == is_dashed])
        .mark_area(interpolate="step-after", line=False, strokeWidth=1, strokeDash=dash)
        .encode(x, y, alt.Y2("floor:Q"), *look.tip(), *look.fills("rung", fills)[:3])
        for is_dashed, dash in ((False, [1, 0]), (True, marks.DASH))
    ]
    return [look.zero("y"), *areas]


def _within(ticks: Sequence[float], top: float) -> list[float]:
    """The values that a panel of this height names; a low one has one of its own beside zero."""
    named = [tick for tick in ticks if tick <= top]
    return named if len(named) > 1 else [t for t in marks.ticks(0, top, 2) if t <= top] or [0.0]


def _moved(rows: pd.DataFrame) -> pd.DataFrame:
    """The first day, and those on which something of this panel changed."""
    levels = rows[_RUNGS].fillna(0.0)
    return rows[levels.ne(levels.shift()).any(axis=1)]


def _sums(levels: Mapping[str, float], is_wide: bool) -> list[str]:
    """The sums of a day: cumulated up the ladder, as the layers are."""
    words, total = [], 0.0
    for rung in _RUNGS:
        total += levels[rung]
        word = _WORDS.get(rung, rung)
        is_silent = rung == "paid" and total == 0
        words.append(f"{word}: {NONE_KNOWN}" if is_silent else f"{word} {usd_bn(total)}")
    return [" · ".join(words)] if is_wide else [" · ".join(words[:2]), words[2], words[3]]


def _reading(rows: pd.DataFrame, plot: Plot, x: alt.X, title: list[str]) -> list[alt.Chart]:
    """The name above a panel, below it the sums of the chosen day, and where that day lies."""
    said = [_sums(row, marks.is_wide(plot.outer)) for row in marks.records(rows)]
    days = rows[["at", "step", "date"]]
    tips = [f"{date}: {', '.join(sums)}" for date, sums in zip(rows.date, said, strict=True)]
    moved = _moved(rows.assign(tip=tips))
    until = moved["at"].shift(-1, fill_value=rows["at"].iloc[-1] + 1)
    lines = [
        {"step": step, "text": text, "dy": (place - len(sums)) * LINE}
        for step, sums in zip(rows.step, said, strict=True)
        for place, text in enumerate(sums)
    ]
    corner = [look.fixed(alt.XValue, -plot.left), look.fixed(alt.YValue, -2)]
    up = (len(title) + len(said[0])) * LINE
    names = look.data([{"text": text, "dy": n * LINE - up} for n, text in enumerate(title)])
    dy = alt.ExprRef("datum.dy")
    bold = names.mark_text(**_TEXT, fontWeight="bold", dy=dy)
    words = look.data(lines).mark_text(**_TEXT | {"fontSize": SMALL}, dy=dy)
    line = look.data(days).mark_rule(strokeWidth=1.5, strokeDash=[2, 2])
    # Unseen strips from change to change say under the pointer what the slider writes above.
    unseen = look.data(moved[["at", "tip"]].assign(until=until)).mark_rect(opacity=0)
    tall = look.fixed(alt.YValue, 0), look.fixed(alt.Y2Value, plot.height)
    return [
        bold.encode(*corner, alt.Text("text:N")),
        words.encode(*corner, alt.Text("text:N")).transform_filter(_CHOSEN),
        line.encode(x).transform_filter(_CHOSEN),
        unseen.encode(x, alt.X2("until:Q"), *tall, *look.tip()),
    ]


def _years(first: pd.Timestamp, end: int, width: float) -> alt.Axis:
    """The years along a plot from the first day on, as many as have room."""
    begins = pd.date_range(first, first + pd.Timedelta(days=end), freq="YS")
    begins = begins[:: math.ceil(40 * end / (width * 365))]
    said = {(begin - first).days: str(begin.year) for begin in begins}
    named = [at for at in said if (end - at) * width / end > 16]
    words = f"{json.dumps(said)}[datum.value]"
    return look.names(SMALL, values=named, labelExpr=words, labelPadding=14, labelFlush=False)


def _date(rows: pd.DataFrame, plot: Plot, x: alt.X) -> alt.Chart:
    """The chosen day, below the years."""
    middle = rows["at"] * plot.width / max(rows["at"].max(), 1)
    inwards = middle.clip(_DATE - plot.left, plot.width - _DATE) - middle
    chosen = look.data(rows[["at", "step", "date"]].assign(dx=inwards))
    style = _TEXT | {"align": "center", "fontWeight": "bold", "dx": alt.ExprRef("datum.dx")}
    below = look.fixed(alt.YValue, plot.height + 46)
    date: alt.Chart = chosen.mark_text(**style).encode(x, below, alt.Text("date:N"))
    return date.transform_filter(_CHOSEN)
