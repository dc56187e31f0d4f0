"""Cash with sliders: the reader's own assumptions, recomputed in the reader's browser.

The formulas are those of `runway_vega`: revenue, compute, cash, and from them the gap at its peak
and the month cash ends; and those of `suppliers_vega`: when suppliers fall short.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt
import numpy as np

from tightrope.charts import cash_band, cash_plot, legend, look, marks, suppliers_vega, theme
from tightrope.charts.cash_band import SAMPLE
from tightrope.charts.look import Plot
from tightrope.charts.marks import SMALL, Canvas
from tightrope.charts.runway_vega import formulas
from tightrope.charts.sliders import Range, Slider, first_words, parameters
from tightrope.charts.suppliers_vega import Supplier
from tightrope.charts.vega import calculate, money, one, said
from tightrope.measures.plan import Scenario
from tightrope.scenario_parameters import PARAMETERS
from tightrope.units import usd_bn

SLIDERS = (
    "revenue_growth",
    "margin_before_compute",
    "commitments_honoured",
    "conditional_funding_realised",
)
"""The parameters of a scenario that a reader can move, in percent."""
_MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
]
_HUE, _GAP = theme.INTO_OPENAI, theme.OUT_OF_OPENAI
_DOT = 5.0
_HEAD = 16
_SAMPLES = 17
"""Of revenue growth, to find the extremes of cash: it can move cash either way."""
_SAID = 20
"""Pixels from one line about suppliers to the next."""
_FINE = 3
"""Steps of the tinted ground from one stroke to the next."""
_TEXT: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": SMALL}
_X, _Y = alt.X("at:Q"), alt.Y("cash:Q")


@dataclass(frozen=True)
class _Plan:
    """The scenario, where its plot lies, and the levels of cash at the plot's ends."""

    scenario: Scenario
    years: Sequence[int]
    own: Sequence[float]
    """Cash of the scenario itself: when the first year begins, and at the end of each."""
    plot: Plot
    lowest: float
    highest: float
    suppliers: Sequence[Supplier]

    @property
    def is_wide(self) -> bool:
        """Whether there is room for long words."""
        return marks.is_wide(self.plot.outer)

    @property
    def across(self) -> float:
        """Pixels a year."""
        return self.plot.width / len(self.years)

    @property
    def billion(self) -> float:
        """Pixels a billion dollars."""
        return self.plot.height / (self.highest - self.lowest)


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
    sliders = _sliders(scenario, ranges)
    is_wide = marks.is_wide(width)
    path = scenario.gap().path
    own = [float(scenario.values["opening_cash"]), *(float(cash) for cash in path.cash)]
    lowest, highest = _extremes(scenario, ranges)
    # A little more, for what lies between the samples.
    levels = [0.0, *own, lowest, highest + 0.02 * (highest - lowest)]
    lowest, highest = min(levels), max(levels)
    tall, top = (290.0, 126.0) if is_wide else (250.0, 218.0)
    top += _SAID * len(_short(scenario, suppliers, width))
    ticks = [tick for tick in marks.ticks(lowest, highest, 6) if lowest <= tick <= highest]
    zero = cash_plot.no_cash(is_wide)
    left = max(look.room(marks.tick_labels(ticks)), look.room(zero, bold=True)) + 8
    plot = Plot(width - left - 10, tall, left, 10, top, 46)
    plan = _Plan(scenario, [int(year) for year in path.year], own, plot, lowest, highest, suppliers)
    y = look.money("cash", ticks, (lowest, highest), zero)
    chart = plot.chart(*_still(plan, y), _missing(plan), _line(plan), _end(plan), _peak(plan))
    chart.layer += _words(plan)
    chart.params = parameters(sliders, _computed(plan))
    chart.usermeta = first_words(sliders)
    return chart


def _sliders(scenario: Scenario, ranges: Mapping[str, Range]) -> dict[str, Slider]:
    """The sliders by the parameter that each sets, checked against its bounds."""
    if set(ranges) != set(SLIDERS):
        raise ValueError(f"ranges are for {', '.join(SLIDERS)}, not for {', '.join(ranges)}")
    second = int(scenario.gap().path.year.iloc[1])
    conditional = usd_bn(float(scenario.values["conditional_funding"]))
    labels = {
        "revenue_growth": f"Revenue growth in {second}",
        "margin_before_compute": "Margin before compute",
        "commitments_honoured": f"Share of contracts paid from {second}",
        "conditional_funding_realised": "Conditional funding that comes",
    }
    found = {}
    for name in SLIDERS:
        value, (least, most, step) = round(100 * float(scenario.values[name]), 6), ranges[name]
        lowest, highest = (100 * end for end in (PARAMETERS[name].lowest, PARAMETERS[name].highest))
        if not (lowest <= least < most <= highest and step > 0):
            raise ValueError(
                f"{name} needs {lowest:g} ≤ least < most ≤ {highest:g} "
                f"percent and a step, not {least:g}, {most:g}, {step:g}"
            )
        if not least <= value <= most:
            raise ValueError(f"{name} must lie between {least:g} and {most:g}, not {value:g}")
        of = f" of {conditional}" if name == "conditional_funding_realised" else ""
        words = f"format({name}, '.4~r') + '%{of}'"
        found[name] = Slider(labels[name], value, ranges[name], f"{value:.4g}%{of}", words)
    return found


def _extremes(scenario: Scenario, ranges: Mapping[str, Range]) -> tuple[float, float]:
    """The lowest and the highest cash that the sliders can lead to."""
    growths = np.linspace(*ranges["revenue_growth"][:2], _SAMPLES) / 100
    # More margin and more funding leave more cash, commitments honoured leave less.
    worst, best = (
        {
            name: ranges[name][bad if name == "commitments_honoured" else good] / 100
            for name in SLIDERS[1:]
        }
        for good, bad in ((0, 1), (1, 0))
    )
    lowest = np.min(scenario.lowest_cash({**worst, "revenue_growth": growths}))
    paths = (scenario.gap(**best, revenue_growth=float(growth)).path for growth in growths)
    return float(lowest), max(float(path.cash.max()) for path in paths)


def _computed(plan: _Plan) -> dict[str, str]:
    """What the browser computes from the sliders, by name."""
    first, last = plan.years[0], plan.years[-1]
    return {
        **dict(formulas(plan.scenario)),
        **dict(suppliers_vega.formulas(plan.suppliers, plan.scenario)),
        "month": f"{_MONTHS}[floor(min(12 * part, 11))] + ' ' + ({first} + short)",
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
    return [
        path.encode(x, y),
        ends.encode(_X),
        look.zero("y", 1, 2),
        *_key(plan),
    ]


def _key(plan: _Plan) -> list[alt.Chart]:
    """Samples of the three marks with their words, wrapped to the drawing."""
    canvas = Canvas(plan.plot.outer - round(plan.plot.left))

    def path(stroke: str, thickness: float, dash: Sequence[float], x: float, y: float) -> None:
        canvas.line([(x, y), (x + SAMPLE, y)], stroke, thickness, dash=dash)
        if not dash:
            canvas.symbol(x + SAMPLE / 2, y, marks.circle(_DOT), stroke)

    items = [
        (SAMPLE, partial(path, _HUE, 3, ()), "your settings"),
        (SAMPLE, partial(path, theme.INK, 1.5, marks.DASH), "the scenario"),
        (SAMPLE, partial(cash_band.sample, canvas, cash_plot.TINT, True), "money that is missing"),
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
    return alt.LayerChart(
        data=alt.sequence(0, last + 1, 1, as_="step"),
        transform=calculate(steps),
        layer=[
            mark.encode(_X, _Y, alt.Y2Datum(0)) for mark in (tint, stroke.transform_filter(short))
        ],
    )


def _line(plan: _Plan) -> alt.LayerChart:
    """Cash when the first year begins and at the end of each year."""
    when = [f"1 January {plan.years[0]}", *(f"End of {year}" for year in plan.years)]
    steps = {
        "cash": "path[datum.at]",
        "tip": "datum.when + ': ' + (datum.cash < 0 ? '−' : '') + " + money("abs(datum.cash)"),
    }
    line = alt.Chart().mark_line(stroke=_HUE, strokeWidth=3, strokeJoin="round", opacity=1)
    dot = alt.Chart().mark_circle(size=math.pi * _DOT**2, opacity=1, color=_HUE)
    return alt.LayerChart(
        data=alt.InlineData(values=[{"at": at, "when": word} for at, word in enumerate(when)]),
        transform=calculate(steps),
        layer=[line.encode(_X, _Y), dot.encode(_X, _Y, *look.tip())],
    )


def _end(plan: _Plan) -> alt.LayerChart:
    """Where cash ends: a ring on zero with the month, where the falling line leaves room for it."""
    longest = "September 2026" if plan.is_wide else "Sep 2026"
    room = (marks.text_width(longest, SMALL) + 10) / plan.across
    steps = {
        "at": "short + part",
        "cash": "0",
        "when": "month" if plan.is_wide else "slice(month, 0, 3) + slice(month, -5)",
        "tip": "'Cash ends in ' + month",
    }
    ring = alt.Chart().mark_point(size=math.pi * 36, opacity=1, stroke=theme.INK, fill="none")
    under = alt.Chart().mark_text(**_TEXT | {"align": "right"}, dx=-9, dy=13)
    over = alt.Chart().mark_text(**_TEXT, dx=9, dy=-12)
    return alt.LayerChart(
        data=one(),
        transform=[{"filter": "short >= 0"}, *calculate(steps)],
        layer=[
            ring.encode(_X, _Y, *look.tip()),
            *(
                text.transform_filter(f"datum.at {where} {room!r}").encode(
                    _X, _Y, alt.Text("when:N")
                )
                for text, where in ((under, ">="), (over, "<"))
            ),
        ],
    )


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
        "under": f"min(datum.foot, {-15 / plan.billion!r})",
        "sum": "gap_words",
    }
    rule = alt.Chart().mark_rule(strokeWidth=2.5)
    end = alt.Chart().mark_tick(
        thickness=2.5, size=12, orient="horizontal", color=theme.INK, opacity=1
    )
    text = alt.Chart().mark_text(
        **_TEXT | {"align": "center", "fontSize": theme.FONT_SIZE}, fontWeight="bold", dy=17
    )
    foot = alt.Y("foot:Q")
    return alt.LayerChart(
        data=one(),
        transform=[{"filter": "gap > 0"}, *calculate(steps)],
        layer=[
            rule.encode(_X, _Y, alt.Y2("foot:Q")),
            end.encode(_X, _Y),
            end.encode(_X, foot),
            text.encode(alt.X("middle:Q"), alt.Y("under:Q"), alt.Text("sum:N")),
        ],
    )


def _words(plan: _Plan) -> list[alt.Chart]:
    """The answer in a sentence, and what it rests on: where the sliders stand."""
    begin, none = "'The gap at its peak:'", "'No gap.'"
    if plan.is_wide:
        answer = [f"gap > 0 ? {begin} + ' ' + gap_words + '.' : {none}", "end_words"]
    else:
        answer = [
            f"gap > 0 ? {begin} : {none}",
            "gap > 0 ? gap_words + '.' : end_words",
            "gap > 0 ? end_words : ''",
        ]
    growth = f"'Growth in {plan.years[1]} ' + revenue_growth_words"
    margin = "'margin before compute ' + margin_before_compute_words"
    honoured = "'commitments honoured ' + commitments_honoured_words"
    funding = "'conditional funding ' + conditional_funding_realised_words"
    lines = [f"{growth} + ', ' + {margin} + ','"]
    if plan.is_wide:
        lines += [f"{honoured} + ', ' + {funding} + '.'"]
    else:
        lines = [f"{growth} + ','", f"{margin} + ','", f"{honoured} + ','", f"{funding} + '.'"]
    buffer = float(plan.scenario.values["minimum_liquidity"])
    if buffer > 0:
        stays = f"'{usd_bn(buffer)} must stay in the till.'"
        lines = [*lines[:-1], f"{lines[-1]} + ' ' + {stays}"] if plan.is_wide else [*lines, stays]
    left, y = -plan.plot.left, 10 - plan.plot.top
    heads = [theme.FONT_SIZE if line == answer[-1] else _HEAD for line in answer]
    made = [
        said(line, left, y + 22 * place, size, bold=size == _HEAD)
        for place, (line, size) in enumerate(zip(answer, heads, strict=True))
    ]
    y += 22 * len(answer)
    for line in _short(plan.scenario, plan.suppliers, plan.plot.outer):
        made.append(said(line, left, y))
        y += _SAID
    return made + [said(line, left, y + marks.LINE * n, SMALL) for n, line in enumerate(lines)]


def _short(scenario: Scenario, suppliers: Sequence[Supplier], width: float) -> list[str]:
    """Lines that say when suppliers fall short."""
    return suppliers_vega.sentences(suppliers, scenario, width, theme.FONT_SIZE)


def around(scenario: Scenario, name: str, least: float, most: float) -> Range:
    """Least, most and step of a slider in percent, in whole steps from the scenario's own value.

    As near to `least` and `most` as that allows; a value outside them becomes the end itself.
    """
    at = round(100 * scenario.values[name], 6)
    below, above = max(at - least, 0.0) // 1, max(most - at, 0.0) // 1
    return round(at - below, 6), round(at + above, 6), 1.0
