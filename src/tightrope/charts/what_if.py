"""Cash with sliders: the reader's own assumptions, recomputed in the reader's browser.

`measures.runway` has the formulas; here they stand in Vega's expression language, unrolled over
the years: revenue, compute, cash, and from them the gap at its peak and the month cash ends.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from tightrope.charts import cash_plot, marks, theme
from tightrope.charts.cash_plot import CashPlot
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.sliders import Range, sliders
from tightrope.charts.vega import money
from tightrope.measures.runway import Scenario
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
_DOT = 4.5
_HEAD = 16
_SAMPLES = 17
"""Of revenue growth, to find the extremes of cash: it can move cash either way."""
_FINE = 3
"""Steps of the tinted ground from one stroke to the next."""
_TEXT: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": marks.SMALL}


@dataclass(frozen=True)
class _Plan:
    """The scenario and where its drawing stands; pixels."""

    scenario: Scenario
    years: Sequence[int]
    own: Sequence[float]
    """Cash of the scenario itself: when the first year begins, and at the end of each."""
    plot: CashPlot
    width: int
    is_wide: bool

    @property
    def across(self) -> float:
        """Pixels a year."""
        return (self.plot.right - self.plot.left) / len(self.years)

    @property
    def height(self) -> float:
        """Of the whole drawing."""
        return self.plot.bottom + 46

    def x(self, years: str) -> str:
        """A Vega expression: the place of a time in years from the first January on."""
        return f"{self.plot.left!r} + ({years}) * {self.across!r}"

    def y(self, cash: str) -> str:
        """A Vega expression: the height of a level of cash."""
        return f"{self.plot.height(0)!r} - ({cash}) * {self.plot.up!r}"


def cash_with_sliders(
    scenario: Scenario, ranges: Mapping[str, Range], width: int
) -> alt.LayerChart:
    """Cash over the years of a scenario, with four sliders; `width` pixels wide.

    `ranges` has the least, most and step of each of `SLIDERS` in percent; they begin at the
    scenario's own values, and all other parameters stay there. The line goes through cash when the
    first year begins and at the end of each; the dashed one is the scenario's own. A bracket and a
    sentence say the gap at its peak (what the lowest cash lacks to the minimum liquidity), its
    year, and the month cash ends if money flows evenly within a year. The first year begins on
    1 January. The scale has room for every setting. Raises ValueError for other names than those
    of `SLIDERS`, and for ranges that run backwards, miss the scenario's own value or leave the
    bounds of their parameter.
    """
    _check(scenario, ranges)
    is_wide = marks.is_wide(width)
    path = scenario.gap().path
    own = [float(scenario.values["opening_cash"]), *(float(cash) for cash in path.cash)]
    lowest, highest = _extremes(scenario, ranges)
    # A little more, for what lies between the samples.
    levels = [*own, lowest, highest + 0.02 * (highest - lowest)]
    top = 126.0 if is_wide else 218.0
    plot = cash_plot.cash_plot(levels, width - 10.0, top, 290.0 if is_wide else 250.0, is_wide)
    plan = _Plan(scenario, [int(year) for year in path.year], own, plot, width, is_wide)
    still = _still(plan)
    return alt.LayerChart(
        layer=[*still.layer, _missing(plan), _line(plan), _end(plan), _peak(plan), *_words(plan)],
        params=_params(plan, ranges),
        usermeta={"words": _said(plan.scenario)},
        width=width,
        height=math.ceil(plan.height),
        padding=0,
        autosize=alt.AutoSizeParams(type="none"),
    )


def _start(scenario: Scenario) -> dict[str, float]:
    return {name: round(float(scenario.values[name]) * 100, 6) for name in SLIDERS}


def _said(scenario: Scenario) -> dict[str, str]:
    """What stands beside each slider before the reader's browser writes it."""
    said = {name: f"{value:.4g}%" for name, value in _start(scenario).items()}
    conditional = usd_bn(float(scenario.values["conditional_funding"]))
    said["conditional_funding_realised"] += f" of {conditional}"
    return said


def _check(scenario: Scenario, ranges: Mapping[str, Range]) -> None:
    if set(ranges) != set(SLIDERS):
        raise ValueError(f"ranges are for {', '.join(SLIDERS)}, not for {', '.join(ranges)}")
    for name, value in _start(scenario).items():
        least, most, step = ranges[name]
        bounds = PARAMETERS[name]
        if not (100 * bounds.lowest <= least < most <= 100 * bounds.highest and step > 0):
            raise ValueError(
                f"{name} needs {100 * bounds.lowest:g} ≤ least < most ≤ {100 * bounds.highest:g} "
                f"percent and a step, not {least:g}, {most:g}, {step:g}"
            )
        if not least <= value <= most:
            raise ValueError(f"{name} must lie between {least:g} and {most:g}, not {value:g}")


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


def _formulas(scenario: Scenario) -> list[tuple[str, str]]:
    """Names with Vega expressions, one resting on the other, as `measures.runway` computes them.

    They read the sliders in percent. `revenue_0`, `compute_0`, `cash_0` and so on are those of each
    year in USD billion, `path` the opening cash and cash at the end of each year, `lowest` the
    least cash at the end of a year, `gap` the one at its peak, `worst` the number of its year,
    `short` that of the first year which ends below zero, -1 if none does, and `part` the fraction
    of that year after which cash ends.
    """
    values = {name: float(value) for name, value in scenario.values.items()}
    due = [float(amount) for amount in scenario.commitments]
    reference = [float(amount) for amount in scenario.budget()["revenue"]]
    years = len(due)
    first, total = values["compute_spend"], values["compute_spend_total"]
    step = (total - years * first) / (years * (years - 1) / 2)
    follows = values["compute_variable_share"]
    funding = [
        repr(values["committed_funding"]),
        f"{values['conditional_funding']!r} * conditional_funding_realised / 100",
    ]
    made: list[tuple[str, str]] = []
    for year in range(years):
        growth = (
            f"revenue_growth / 100 * {values['growth_endurance'] ** (year - 1)!r}" if year else ""
        )
        before = f"revenue_{year - 1} * max(0, 1 + {growth})"
        relative = f"revenue_{year} / {reference[year]!r}" if reference[year] > 0 else "1"
        planned = f"{first + step * year!r} * ({1 - follows!r} + {follows!r} * {relative})"
        made += [
            (f"revenue_{year}", before if year else repr(values["revenue"])),
            (
                f"compute_{year}",
                (f"commitments_honoured / 100 * {due[year]!r}" if year else repr(due[year]))
                + f" + max(0, {planned} - {due[year]!r})",
            ),
            (
                f"cash_{year}",
                (f"cash_{year - 1}" if year else repr(values["opening_cash"]))
                + f" + margin_before_compute / 100 * revenue_{year} - compute_{year}"
                + (f" + {funding[year]}" if year < len(funding) else ""),
            ),
        ]
    cash = [f"cash_{year}" for year in range(years)]
    short = "-1"
    for year in reversed(range(years)):
        short = f"cash_{year} < 0 ? {year} : {short}"
    return [
        *made,
        ("path", f"[{values['opening_cash']!r}, {', '.join(cash)}]"),
        ("lowest", f"min({', '.join(cash)})"),
        ("gap", f"max(0, {values['minimum_liquidity']!r} - lowest)"),
        ("worst", f"indexof([{', '.join(cash)}], lowest)"),
        ("short", short),
        ("part", "short < 0 ? 0 : path[short] / (path[short] - path[short + 1])"),
    ]


def _params(plan: _Plan, ranges: Mapping[str, Range]) -> list[Any]:
    first, last = plan.years[0], plan.years[-1]
    labels = {
        "revenue_growth": f"Revenue growth in {plan.years[1]} ",
        "margin_before_compute": "Margin before compute ",
        "commitments_honoured": f"Share of contracts paid from {plan.years[1]} ",
        "conditional_funding_realised": "Conditional funding that comes ",
    }
    made = sliders(_start(plan.scenario), ranges, labels)
    words = {name: f"format({name}, '.4~r') + '%'" for name in SLIDERS}
    conditional = usd_bn(float(plan.scenario.values["conditional_funding"]))
    words["conditional_funding_realised"] += f" + ' of {conditional}'"
    # The page shows, and screen readers say, the words of `X_words` beside the slider `X`.
    computed = [
        *((f"{name}_words", expression) for name, expression in words.items()),
        *_formulas(plan.scenario),
        ("month", f"{_MONTHS}[floor(min(12 * part, 11))] + ' ' + ({first} + short)"),
        ("gap_words", f"{money('gap')} + ' in ' + ({first} + worst)"),
        (
            "end_words",
            f"short < 0 ? 'Cash lasts to the end of {last}.' : 'Cash ends in ' + month + '.'",
        ),
    ]
    made += [alt.param(name=name, expr=expression) for name, expression in computed]
    return [parameter.param for parameter in made]


def _still(plan: _Plan) -> Drawing:
    """Levels, years, the scenario's own path, and what the lines mean."""
    canvas, plot = Canvas(plan.width), plan.plot
    cash_plot.draw_levels(canvas, plot, plan.is_wide)
    for place, year in enumerate([*plan.years, None]):
        x = plot.left + place * plan.across
        canvas.line([(x, plot.top), (x, plot.bottom + 24)], opacity=theme.GRID_OPACITY, z=-1)
        if year is not None:
            middle = x + plan.across / 2
            canvas.text(middle, plot.bottom + 36, str(year), "center", marks.SMALL)
    own = [
        (plot.left + place * plan.across, plot.height(cash)) for place, cash in enumerate(plan.own)
    ]
    canvas.line(own, theme.INK, 1.5, 0.8, marks.DASH, "the scenario as it stands", z=1)
    _key(canvas, plot.top - 26 if plan.is_wide else plot.top - 48)
    return canvas.chart(plan.height)


def _key(canvas: Canvas, y: float) -> None:
    """Samples of the three marks with their words, wrapped to the canvas."""
    x, sample = 0.0, 24.0
    for word in ("your settings", "the scenario", "money that is missing"):
        needed = sample + 6 + marks.text_width(word, marks.SMALL)
        if x and x + needed > canvas.width:
            x, y = 0.0, y + 20
        if word == "the scenario":
            canvas.line([(x, y), (x + sample, y)], theme.INK, 1.5, 0.8, marks.DASH)
        elif word == "your settings":
            canvas.line([(x, y), (x + sample, y)], _HUE, 3)
            canvas.symbol(x + sample / 2, y, marks.circle(_DOT), _HUE)
        else:
            canvas.symbol(x, y, f"M0,-6H{sample}V6H0Z", _GAP, None, cash_plot.TINT)
            for place in range(5):
                at = x + place * cash_plot.HATCH
                canvas.line([(at, y - 6), (at, y + 6)], _GAP, cash_plot.STROKE)
        canvas.text(x + sample + 6, y, word, size=marks.SMALL)
        x += needed + 18


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=None, axis=None)


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _calculate(steps: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"calculate": expression, "as": name} for name, expression in steps.items()]


def _one() -> alt.InlineData:
    return alt.InlineData(values=[{}])


def _missing(plan: _Plan) -> alt.LayerChart:
    """The ground between zero and cash, where money lacks: tinted, with strokes."""
    each = _FINE * max(1, round(plan.across / cash_plot.HATCH))
    last = len(plan.years) * each
    steps = {
        "at": f"datum.step / {each}",
        "year": f"min(floor(datum.at), {len(plan.years) - 1})",
        "cash": "path[datum.year] + (datum.at - datum.year)"
        " * (path[datum.year + 1] - path[datum.year])",
        "x": plan.x("datum.at"),
        "y": plan.y("min(0, datum.cash)"),
        "zero": plan.y("0"),
    }
    tint = alt.Chart().mark_area(fill=_GAP, fillOpacity=cash_plot.TINT, opacity=1, line=False)
    stroke = alt.Chart().mark_rule(stroke=_GAP, strokeWidth=cash_plot.STROKE)
    ends = [_x("x"), _y("y"), alt.Y2("zero:Q")]
    return alt.LayerChart(
        data=alt.sequence(0, last + 1, 1, as_="step"),
        transform=_calculate(steps),
        layer=[
            tint.encode(*ends),
            stroke.transform_filter(f"datum.cash < 0 && datum.step % {_FINE} == 0").encode(*ends),
        ],
    )


def _line(plan: _Plan) -> alt.LayerChart:
    """Cash when the first year begins and at the end of each year."""
    when = [f"1 January {plan.years[0]}", *(f"End of {year}" for year in plan.years)]
    steps = {
        "cash": "path[datum.step]",
        "x": plan.x("datum.step"),
        "y": plan.y("datum.cash"),
        "tip": "datum.when + ': ' + (datum.cash < 0 ? '−' : '') + " + money("abs(datum.cash)"),
    }
    line = alt.Chart().mark_line(stroke=_HUE, strokeWidth=3, strokeJoin="round", opacity=1)
    dot = alt.Chart().mark_point(
        shape=marks.circle(_DOT), size=4, opacity=1, fill=_HUE, stroke=_HUE
    )
    return alt.LayerChart(
        data=alt.InlineData(
            values=[{"step": step, "when": word} for step, word in enumerate(when)]
        ),
        transform=_calculate(steps),
        layer=[
            line.encode(_x("x"), _y("y"), order=alt.Order("step:Q")),
            dot.encode(_x("x"), _y("y"), tooltip=alt.Tooltip("tip:N", title=" ")),
        ],
    )


def _end(plan: _Plan) -> alt.LayerChart:
    """Where cash ends: a ring on zero with the month, where the falling line leaves room for it."""
    longest = "September 2026" if plan.is_wide else "Sep 2026"
    room = plan.plot.left + marks.text_width(longest, marks.SMALL) + 10
    steps = {
        "x": plan.x("short + part"),
        "y": plan.y("0"),
        "before": "datum.x - 9",
        "after": "datum.x + 9",
        "under": "datum.y + 13",
        "over": "datum.y - 12",
        "when": "month" if plan.is_wide else "slice(month, 0, 3) + slice(month, -5)",
        "tip": "'Cash ends in ' + month",
    }
    ring = alt.Chart().mark_point(
        shape=marks.circle(6), size=4, opacity=1, stroke=theme.INK, strokeWidth=2, fill="none"
    )
    under = alt.Chart().mark_text(**_TEXT | {"align": "right"})
    over = alt.Chart().mark_text(**_TEXT)
    return alt.LayerChart(
        data=_one(),
        transform=[{"filter": "short >= 0"}, *_calculate(steps)],
        layer=[
            ring.encode(_x("x"), _y("y"), tooltip=alt.Tooltip("tip:N", title=" ")),
            under.transform_filter(f"datum.x >= {room!r}").encode(
                _x("before"), _y("under"), text="when:N"
            ),
            over.transform_filter(f"datum.x < {room!r}").encode(
                _x("after"), _y("over"), text="when:N"
            ),
        ],
    )


def _peak(plan: _Plan) -> alt.LayerChart:
    """The gap at its peak: a bracket from the minimum liquidity down to the lowest cash."""
    buffer = float(plan.scenario.values["minimum_liquidity"])
    half = marks.text_width("$1,000 bn in 2026", bold=True) / 2
    steps = {
        "x": plan.x("worst + 1"),
        "y": plan.y(repr(buffer)),
        "foot": plan.y("lowest"),
        "middle": f"clamp(datum.x, {plan.plot.left + half!r}, {plan.width - half!r})",
        # Below the month that may stand under zero.
        "under": f"max(datum.foot + 17, {plan.plot.height(0) + 32!r})",
        "sum": "gap_words",
    }
    rule = alt.Chart().mark_rule(strokeWidth=2.5)
    end = alt.Chart().mark_point(
        shape="M-6,0H6", size=4, opacity=1, stroke=theme.INK, strokeWidth=2.5
    )
    text = alt.Chart().mark_text(baseline="middle", fontSize=theme.FONT_SIZE, fontWeight="bold")
    return alt.LayerChart(
        data=_one(),
        transform=[{"filter": "gap > 0"}, *_calculate(steps)],
        layer=[
            rule.encode(_x("x"), _y("y"), alt.Y2("foot:Q")),
            end.encode(_x("x"), _y("y")),
            end.encode(_x("x"), _y("foot")),
            text.encode(_x("middle"), _y("under"), text="sum:N"),
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
    made, y = [], 10
    for place, expression in enumerate(answer):
        is_head = place < len(answer) - 1
        made.append(_text(expression, y, _HEAD if is_head else theme.FONT_SIZE, is_head))
        y += 22
    for expression in lines:
        made.append(_text(expression, y, marks.SMALL))
        y += marks.LINE
    return made


def _text(expression: str, y: float, size: int, bold: bool = False) -> alt.Chart:
    style = _TEXT | {"fontSize": size, "fontWeight": "bold" if bold else "normal"}
    drawn: alt.Chart = (
        alt.Chart(_one())
        .transform_calculate(words=expression)
        .mark_text(**style)
        .encode(x=alt.value(0), y=alt.value(y), text="words:N")
    )
    return drawn


def around(scenario: Scenario, name: str, least: float, most: float) -> Range:
    """Least, most and step of a slider in percent, in whole steps from the scenario's own value.

    As near to `least` and `most` as that allows; a value outside them becomes the end itself.
    """
    at = round(100 * scenario.values[name], 6)
    below, above = max(at - least, 0.0) // 1, max(most - at, 0.0) // 1
    return round(at - below, 6), round(at + above, 6), 1.0
