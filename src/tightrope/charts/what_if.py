"""Cash with sliders: the reader's own assumptions, recomputed in the reader's browser.

The formulas are those of `runway_vega`: revenue, compute, cash, and from them the gap at its peak
and the month cash ends; and those of `suppliers_vega`: when suppliers fall short.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import altair as alt
import numpy as np

from tightrope.charts import (
    cash_band,
    cash_plot,
    legend,
    look,
    marks,
    sliders,
    suppliers_vega,
    theme,
)
from tightrope.charts.cash_band import SAMPLE
from tightrope.charts.look import Plot
from tightrope.charts.marks import SMALL, Canvas
from tightrope.charts.runway_vega import formulas
from tightrope.charts.sliders import Range, Slider
from tightrope.charts.suppliers_vega import Supplier
from tightrope.charts.vega import TEXT, Words, live, money, one, said, wrapped
from tightrope.measures.plan import Scenario
from tightrope.measures.runway import cash_by_year
from tightrope.scenario_parameters import PARAMETERS
from tightrope.units import usd_bn

SLIDERS = {
    "revenue_growth": ("Revenue growth in {}", "Growth in {}"),
    "margin_before_compute": ("Margin before compute", "margin before compute"),
    "commitments_honoured": ("Share of contracts paid from {}", "commitments honoured"),
    "conditional_funding_realised": ("Conditional funding that comes", "conditional funding"),
}
"""The parameters of a scenario that a reader can move, in percent: the label of each, and how the
picture speaks of it; {} is the second year."""
_HUE, _GAP = theme.INTO_OPENAI, theme.OUT_OF_OPENAI
_DOT = 5.0
_HEAD = 16
_DEEP = {_HEAD: 22, theme.FONT_SIZE: 20, SMALL: marks.LINE}
"""Pixels that a line of words takes, by its size."""
_SAMPLES = 17
"""Of revenue growth, to find the extremes of cash: it can move cash either way."""
_FINE = 3
"""Steps of the tinted ground from one stroke to the next."""
_X, _Y = alt.X("at:Q"), alt.Y("cash:Q")


class _Plan(NamedTuple):
    """The scenario and where its plot lies, in pixels.

    `own` is its cash when the first year begins, and at the end of each; `across` are pixels a
    year, `up` pixels a billion dollars.
    """

    scenario: Scenario
    years: Sequence[int]
    own: Sequence[float]
    plot: Plot
    is_wide: bool
    across: float
    up: float


def cash_with_sliders(
    scenario: Scenario,
    ranges: Mapping[str, Range],
    width: int,
    suppliers: Sequence[Supplier] = (),
) -> alt.LayerChart:
    """Cash over the years of a scenario, with four sliders; `width` pixels wide.

    `ranges` has the least, most and step of each of `SLIDERS` in percent; they begin at the
    scenario's own values, and all other parameters stay there. The line goes through cash when the
    first year begins and at the end of each; the dashed one is the scenario's own. A bracket and a
    sentence say the gap at its peak (what the lowest cash lacks to the minimum liquidity), its
    year, and the month cash ends if money flows evenly within a year; one more says the first year
    in which each of `suppliers` falls short if nobody fills the gap. The first year begins on
    1 January. The scale has room for every setting. Raises ValueError for other names than those
    of `SLIDERS`, and for ranges that run backwards, miss the scenario's own value or leave the
    bounds of their parameter.
    """
    is_wide = marks.is_wide(width)
    path = scenario.gap().path
    years = [int(year) for year in path.year]
    own = [float(scenario.values["opening_cash"]), *(float(cash) for cash in path.cash)]
    moved = _sliders(scenario, ranges, years[1])
    words = _words(scenario, moved, years[1], suppliers, width)
    lowest, highest = _extremes(scenario, ranges)
    # A little more, for what lies between the samples.
    levels = [*own, lowest, highest + 0.02 * (highest - lowest)]
    tall, zero = 290.0 if is_wide else 250.0, cash_plot.no_cash(is_wide)
    ground = cash_plot.cash_plot(levels, width - 10, 0, tall, zero, (0, len(years)))
    top = sum(_DEEP[size] for _, size in words) + (51 if is_wide else 73)
    left = math.ceil(ground.left)
    plot = Plot(width - left - 10, tall, left, 10, top, 46)
    plan = _Plan(scenario, years, own, plot, is_wide, plot.width / len(years), ground.up)
    y = look.money("cash", ground.ticks, (ground.lowest, ground.highest), zero)
    chart = plot.chart(*_still(plan, y), _missing(plan), _line(plan), _end(plan), _peak(plan))
    at = 10.0
    for line, size in words:
        chart.layer.append(said(plot, at, line, size, bold=size == _HEAD))
        at += _DEEP[size]
    return sliders.add(chart, moved, _computed(plan, suppliers))


def _sliders(scenario: Scenario, ranges: Mapping[str, Range], second: int) -> dict[str, Slider]:
    """The sliders by the parameter that each sets, checked against its bounds."""
    if set(ranges) != set(SLIDERS):
        raise ValueError(f"ranges are for {', '.join(SLIDERS)}, not for {', '.join(ranges)}")
    conditional = usd_bn(float(scenario.values["conditional_funding"]))
    found = {}
    for name, (label, _) in SLIDERS.items():
        least, most, step = ranges[name]
        lowest, highest = (100 * end for end in (PARAMETERS[name].lowest, PARAMETERS[name].highest))
        if not (lowest <= least < most <= highest and step > 0):
            raise ValueError(
                f"{name} needs {lowest:g} ≤ least < most ≤ {highest:g} "
                f"percent and a step, not {least:g}, {most:g}, {step:g}"
            )
        value = round(100 * float(scenario.values[name]), 6)
        of = f" of {conditional}" if name == "conditional_funding_realised" else ""
        said, words = f"{value:.4g}%{of}", f"format({name}, '.4~r') + '%{of}'"
        found[name] = Slider(label.format(second), value, ranges[name], said, words)
    return found


def _extremes(scenario: Scenario, ranges: Mapping[str, Range]) -> tuple[float, float]:
    """The lowest and the highest cash that the sliders can lead to."""
    growths = np.linspace(*ranges["revenue_growth"][:2], _SAMPLES) / 100
    # More margin and more funding leave more cash, commitments honoured leave less.
    worst, best = (
        {name: ranges[name][end != (name == "commitments_honoured")] / 100 for name in SLIDERS}
        | {"revenue_growth": growths}
        for end in (False, True)
    )
    opening = scenario.values["opening_cash"]
    highest = np.max(cash_by_year(scenario.amounts(best), opening))
    return float(np.min(scenario.lowest_cash(worst))), float(highest)


def _computed(plan: _Plan, suppliers: Sequence[Supplier]) -> dict[str, str]:
    """What the browser computes from the sliders, by name."""
    first, last = plan.years[0], plan.years[-1]
    return {
        **formulas(plan.scenario),
        **suppliers_vega.formulas(suppliers, plan.scenario),
        "month": f"monthFormat(floor(min(12 * part, 11))) + ' ' + ({first} + short)",
        "gap_words": f"{money('gap')} + ' in ' + ({first} + worst)",
        "end_words": (
            f"short < 0 ? 'Cash lasts to the end of {last}.' : 'Cash ends in ' + month + '.'"
        ),
    }


def _still(plan: _Plan, y: alt.Y) -> list[alt.Chart]:
    """Levels, years, the scenario's own path, and what the lines mean."""
    last = len(plan.years)
    axis = look.names(
        SMALL,
        values=[place + 0.5 for place in range(last)],
        labelExpr=f"{list(plan.years)}[floor(datum.value)]",
        labelPadding=28,  # below the sum that may stand under the lowest cash
    )
    x = alt.X("at:Q", axis=axis, scale=alt.Scale(domain=[0, last], nice=False))
    own = look.data([{"at": at, "cash": cash} for at, cash in enumerate(plan.own)])
    path = own.mark_line(strokeWidth=1.5, strokeDash=marks.DASH, opacity=0.8)
    ends = own.mark_rule(opacity=theme.GRID_OPACITY)
    return [path.encode(x, y), ends.encode(_X), look.zero("y", 1, 2), *_key(plan)]


def _key(plan: _Plan) -> list[alt.Chart]:
    """Samples of the three marks with their words, wrapped to the drawing."""
    canvas = Canvas(plan.plot.outer - round(plan.plot.left))
    own = partial(cash_band.stroke, canvas, hue=_HUE, thickness=3, dot=_DOT)
    scenario = partial(cash_band.stroke, canvas, thickness=1.5, dash=marks.DASH)
    missing = partial(cash_band.sample, canvas, cash_plot.TINT, True)
    items = [
        (SAMPLE, own, "your settings"),
        (SAMPLE, scenario, "the scenario"),
        (SAMPLE, missing, "money that is missing"),
    ]
    legend.flow(canvas, items, -37.0 if plan.is_wide else -59.0, -plan.plot.left)
    return canvas.chart(1).layer


def _missing(plan: _Plan) -> alt.LayerChart:
    """The ground between zero and cash, where money lacks: tinted, with strokes."""
    each = _FINE * max(1, round(plan.across / cash_plot.HATCH))
    last = len(plan.years) * each
    steps = {
        "at": f"datum.step / {each}",
        "year": f"min(floor(datum.at), {len(plan.years) - 1})",
        "level": "path[datum.year] + (datum.at - datum.year)"
        " * (path[datum.year + 1] - path[datum.year])",
        "cash": "min(0, datum.level)",
    }
    tint = alt.Chart().mark_area(fill=_GAP, fillOpacity=cash_plot.TINT, opacity=1, line=False)
    stroke = alt.Chart().mark_rule(stroke=_GAP, strokeWidth=cash_plot.STROKE)
    short = f"datum.level < 0 && datum.step % {_FINE} == 0"
    below = [mark.encode(_X, _Y, alt.Y2Datum(0)) for mark in (tint, stroke.transform_filter(short))]
    return live(alt.sequence(0, last + 1, 1, as_="step"), steps, *below)


def _line(plan: _Plan) -> alt.LayerChart:
    """Cash when the first year begins and at the end of each year."""
    when = [f"1 January {plan.years[0]}", *(f"End of {year}" for year in plan.years)]
    steps = {
        "cash": "path[datum.at]",
        "tip": "datum.when + ': ' + (datum.cash < 0 ? '−' : '') + " + money("abs(datum.cash)"),
    }
    line = alt.Chart().mark_line(stroke=_HUE, strokeWidth=3, strokeJoin="round", opacity=1)
    dot = alt.Chart().mark_circle(size=math.pi * _DOT**2, opacity=1, color=_HUE)
    rows = alt.InlineData(values=[{"at": at, "when": word} for at, word in enumerate(when)])
    return live(rows, steps, line.encode(_X, _Y), dot.encode(_X, _Y, *look.tip()))


def _end(plan: _Plan) -> alt.LayerChart:
    """Where cash ends: a ring on zero with the month, where the falling line leaves room for it."""
    longest = "September 2026" if plan.is_wide else "Sep 2026"
    is_below = f"datum.at >= {(marks.text_width(longest, SMALL) + 10) / plan.across!r}"
    steps = {
        "at": "short + part",
        "cash": "0",
        "when": "month" if plan.is_wide else "slice(month, 0, 3) + slice(month, -5)",
        "tip": "'Cash ends in ' + month",
    }
    ring = alt.Chart().mark_point(size=math.pi * 36, opacity=1, stroke=theme.INK, fill="none")
    when = alt.Chart().mark_text(
        **TEXT | {"align": alt.ExprRef(f"{is_below} ? 'right' : 'left'")},
        dx=alt.ExprRef(f"{is_below} ? -9 : 9"),
        dy=alt.ExprRef(f"{is_below} ? 13 : -12"),
    )
    drawn = ring.encode(_X, _Y, *look.tip()), when.encode(_X, _Y, alt.Text("when:N"))
    return live(one(), steps, *drawn, where="short >= 0")


def _peak(plan: _Plan) -> alt.LayerChart:
    """The gap at its peak: a bracket from the minimum liquidity down to the lowest cash."""
    half = marks.text_width("$1,000 bn in 2026", bold=True) / 2
    ends = (half - plan.plot.left) / plan.across, (plan.plot.width + 10 - half) / plan.across
    steps = {
        "at": "worst + 1",
        "cash": repr(float(plan.scenario.values["minimum_liquidity"])),
        "foot": "lowest",
        "middle": f"clamp(datum.at, {ends[0]!r}, {ends[1]!r})",
        # Below the month that may stand under zero.
        "under": f"min(datum.foot, {-15 / plan.up!r})",
        "sum": "gap_words",
    }
    rule = alt.Chart().mark_rule(strokeWidth=2.5)
    end = alt.Chart().mark_tick(
        thickness=2.5, size=12, orient="horizontal", color=theme.INK, opacity=1
    )
    text = alt.Chart().mark_text(
        **TEXT | {"align": "center", "fontSize": theme.FONT_SIZE}, fontWeight="bold", dy=17
    )
    foot = alt.Y("foot:Q")
    return live(
        one(),
        steps,
        rule.encode(_X, _Y, alt.Y2("foot:Q")),
        end.encode(_X, _Y),
        end.encode(_X, foot),
        text.encode(alt.X("middle:Q"), alt.Y("under:Q"), alt.Text("sum:N")),
        where="gap > 0",
    )


def _words(
    scenario: Scenario,
    moved: Mapping[str, Slider],
    second: int,
    suppliers: Sequence[Supplier],
    width: int,
) -> list[tuple[str, int]]:
    """Lines of words with their sizes: the answer, who falls short, where the sliders stand."""
    begin, none = "'The gap at its peak:'", "'No gap.'"
    if marks.is_wide(width):
        answer = [f"gap > 0 ? {begin} + ' ' + gap_words + '.' : {none}", "end_words"]
    else:
        answer = [
            f"gap > 0 ? {begin} : {none}",
            "gap > 0 ? gap_words + '.' : end_words",
            "gap > 0 ? end_words : ''",
        ]
    rests_on = []
    for name, slider in moved.items():
        what, of = SLIDERS[name][1].format(second), slider.said.partition("%")[2]
        end = "." if of else ","
        rests_on.append([Words(f"'{what} ' + {name}_words + '{end}'", f"{what} 888.8%{of}{end}")])
    buffer = float(scenario.values["minimum_liquidity"])
    if buffer > 0:
        stays = f"{usd_bn(buffer)} must stay in the till."
        rests_on.append([Words(f"'{stays}'", stays)])
    short = suppliers_vega.sentences(suppliers, scenario)
    return [
        *((line, _HEAD) for line in answer[:-1]),
        (answer[-1], theme.FONT_SIZE),
        *((line, theme.FONT_SIZE) for line in wrapped(short, width, theme.FONT_SIZE)),
        *((line, SMALL) for line in wrapped(rests_on, width, SMALL)),
    ]


def around(scenario: Scenario, name: str, least: float, most: float) -> Range:
    """Least, most and step of a slider in percent, in whole steps from the scenario's own value.

    As near to `least` and `most` as that allows; a value outside them becomes the end itself.
    """
    at = round(100 * scenario.values[name], 6)
    below, above = max(at - least, 0.0) // 1, max(most - at, 0.0) // 1
    return round(at - below, 6), round(at + above, 6), 1.0
