"""The warrant with sliders: its value against the share price, recomputed in the reader's browser.

`measures.equity.touch_value` is the formula; here it stands in Vega's expression language, which
knows no normal distribution. Its tail is taken from the Chebyshev fit of the complementary error
function with a relative error below 1.2e-7 everywhere (Press, Teukolsky, Vetterling & Flannery
1992, Numerical Recipes in C, 2nd ed., §6.2). Unlike the better known polynomial 26.2.17 of
Abramowitz & Stegun, whose error is absolute, it stays right far out, where targets are remote.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.sliders import Range, sliders
from tightrope.charts.vega import money
from tightrope.units import usd_bn

_FIT = (
    -1.26551223,
    1.00002368,
    0.37409196,
    0.09678418,
    -0.18628806,
    0.27886807,
    -1.13520398,
    1.48851587,
    -0.82215223,
    0.17087277,
)
_STEPS = 240
"""Of the curve, from a price of nothing to the end of the axis."""
_SHARES_PER_BN = 1e9
_TEXT: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": marks.SMALL}
_SPACE = "\N{NO-BREAK SPACE}"
_ROW = 42
_DOT = 5.0


def touch_steps(spot: str, rate: float) -> list[tuple[str, str]]:
    """Calculations, one after the other, that end in `touch`: dollars a share, as `touch_value`.

    Names of fields with Vega expressions. They read the price `spot` (an expression),
    `datum.hurdle`, and the parameters `years` and `volatility` (percent); `rate` a year is fixed.
    The normal distribution's exponent is the same in both terms, so that nothing overflows.
    """
    return [
        ("spread", "volatility / 100 * sqrt(max(years, 1e-9))"),
        ("drift", f"({rate!r} + volatility * volatility / 20000) * years"),
        ("far", f"log(max(1, datum.hurdle / {spot}))"),
        ("near", "(datum.drift - datum.far) / datum.spread"),
        ("mirror", "(datum.drift + datum.far) / datum.spread"),
        ("tail", _scaled_tail("abs(datum.near)")),
        ("bell", "exp(-datum.near * datum.near / 2)"),
        (
            "direct",
            "if(datum.near < 0, datum.bell * datum.tail, 1 - datum.bell * datum.tail)",
        ),
        ("reflected", f"datum.bell * {_scaled_tail('datum.mirror')}"),
        (
            "touch",
            f"if(datum.hurdle <= {spot}, {spot}, {spot} * min(1, datum.direct + datum.reflected))",
        ),
    ]


def _scaled_tail(x: str) -> str:
    """The normal chance of more than `x` >= 0, divided by exp(-x²/2)."""
    t = f"(1 / (1 + {x} / {2 * math.sqrt(2)!r}))"
    polynomial = repr(_FIT[-1])
    for factor in reversed(_FIT[:-1]):
        polynomial = f"({factor!r} + {t} * {polynomial})"
    return f"({t} / 2 * exp({polynomial}))"


@dataclass(frozen=True)
class Settings:
    """Where the sliders stand at first, and so what the picture shows.

    `price` in dollars a share, `volatility` a year as a fraction, `years` left, and the
    `gigawatts` that the customer takes in the end.
    """

    price: float
    volatility: float
    years: float
    gigawatts: int


@dataclass(frozen=True)
class _Plan:
    """The warrant and where its drawing stands; pixels."""

    company: str
    hurdles: Sequence[float]
    shares: float
    rate: float
    width: int
    price_most: float
    reach: float
    left: float
    right: float
    top: float
    bottom: float
    rows_left: float
    rows_top: float
    is_wide: bool

    @property
    def each(self) -> float:
        """Billion shares of one tranche."""
        return self.shares / len(self.hurdles) / _SHARES_PER_BN

    @property
    def across(self) -> float:
        """Pixels a dollar of the share price."""
        return (self.right - self.left) / self.reach

    @property
    def up(self) -> float:
        """Pixels a billion dollars of the plot."""
        return (self.bottom - self.top) / (self.reach * self.shares / _SHARES_PER_BN)

    @property
    def along(self) -> float:
        """Pixels a billion dollars of the tranches' bars."""
        return (self.width - 4 - self.rows_left) / (self.price_most * self.each)

    @property
    def height(self) -> float:
        """Of the whole drawing."""
        rows = self.rows_top + 26 + _ROW * len(self.hurdles)
        return max(self.bottom + 62, rows)


def value_with_sliders(
    hurdles: Sequence[float],
    shares: float,
    rate: float,
    settings: Settings,
    company: str,
    width: int,
) -> alt.LayerChart:
    """A penny warrant's value against the share price, with four sliders; `width` pixels wide.

    `hurdles` are the price targets of its tranches in dollars, rising, one gigawatt of purchases
    each; `shares` their number in all, split evenly; `rate` a year, fixed. The curve is the value
    of the tranches for which `gigawatts` suffice, the dashed line the payoff as if all had vested
    at that price, the bars show what each tranche is worth. A target that the price reached
    earlier and has left since counts as not reached. Both axes start at zero. Raises ValueError
    for no or falling hurdles, or settings outside their sliders.
    """
    if not len(hurdles) or list(hurdles) != sorted(hurdles) or hurdles[0] <= 0:
        raise ValueError("hurdles must be positive and rising")
    plan = _plan(hurdles, shares, rate, settings, company, width)
    bounds = _bounds(plan)
    for name, (least, most, _) in bounds.items():
        value = _start(settings)[name]
        if not least <= value <= most:
            raise ValueError(f"{name} must lie between {least:g} and {most:g}, not {value:g}")
    still = _still(plan)
    return alt.LayerChart(
        layer=[*still.layer, _curve(plan), _bars(plan), _now(plan), *_words(plan)],
        params=_params(plan, settings, bounds),
        usermeta={"words": _said(plan, settings)},
        width=width,
        height=math.ceil(plan.height),
        padding=0,
        autosize=alt.AutoSizeParams(type="none"),
    )


def _plan(
    hurdles: Sequence[float],
    shares: float,
    rate: float,
    settings: Settings,
    company: str,
    width: int,
) -> _Plan:
    is_wide = marks.is_wide(width)
    most = math.ceil(round(max(hurdles[-1], settings.price), 6) / 50) * 50.0
    left, top = 58.0, 78.0 if is_wide else 92.0
    right = width * 0.58 if is_wide else width - 4.0
    bottom = top + (260 if is_wide else 230)
    return _Plan(
        company=company,
        hurdles=[float(hurdle) for hurdle in hurdles],
        # Numbers of pandas would be written with their type into the expressions.
        shares=float(shares),
        rate=float(rate),
        width=width,
        price_most=most,
        reach=most * 1.25,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        rows_left=width * 0.64 if is_wide else 0.0,
        rows_top=top - 8 if is_wide else bottom + 84,
        is_wide=is_wide,
    )


def _start(settings: Settings) -> dict[str, float]:
    return {
        "price": settings.price,
        "volatility": round(settings.volatility * 100, 6),
        "gigawatts": settings.gigawatts,
        "years": settings.years,
    }


def _bounds(plan: _Plan) -> dict[str, Range]:
    """Least, most and step of each slider."""
    return {
        "price": (10, plan.price_most, 1),
        "volatility": (10, 120, 1),
        "gigawatts": (0, len(plan.hurdles), 1),
        "years": (0, 10, 0.25),
    }


def _said(plan: _Plan, settings: Settings) -> dict[str, str]:
    """What stands beside each slider before the reader's browser writes it."""
    start = _start(settings)
    return {
        "price": f"${start['price']:,.0f}",
        "volatility": f"{start['volatility']:g}%",
        "gigawatts": f"{start['gigawatts']:g} of {len(plan.hurdles)}",
        "years": f"{start['years']:g} {'year' if start['years'] == 1 else 'years'}",
    }


def _params(plan: _Plan, settings: Settings, bounds: Mapping[str, Range]) -> list[Any]:
    labels = {
        "price": f"{plan.company} share price ",
        "volatility": "Volatility a year ",
        "gigawatts": "Gigawatts taken in the end ",
        "years": "Years left ",
    }
    made = sliders(_start(settings), bounds, labels)
    tranches = len(plan.hurdles)
    words = {
        "price_words": "'$' + format(price, ',.0f')",
        "volatility_words": "volatility + '%'",
        "gigawatts_words": f"gigawatts + ' of {tranches}'",
        "years_words": "years + (years == 1 ? ' year' : ' years')",
    }
    made += [alt.param(name=name, expr=expression) for name, expression in words.items()]
    return [parameter.param for parameter in made]


def _still(plan: _Plan) -> Drawing:
    """Axes, the payoff of the headline, the targets, and the heads of the bars."""
    canvas = Canvas(plan.width)
    top_value = plan.reach * plan.shares / _SHARES_PER_BN
    ticks = [t for t in marks.ticks(0, top_value, 5 if plan.is_wide else 4) if t <= top_value]
    for tick, label in zip(ticks, marks.tick_labels(ticks), strict=True):
        y = plan.bottom - tick * plan.up
        canvas.line([(plan.left, y), (plan.right, y)], opacity=theme.GRID_OPACITY if tick else 0.5)
        canvas.text(plan.left - 6, y, label, "right", marks.SMALL)
    for price in marks.ticks(0, plan.reach, 6 if plan.is_wide else 4):
        if price <= plan.reach:
            x = plan.left + price * plan.across
            canvas.text(x, plan.bottom + 34, f"${price:,.0f}", "center", marks.SMALL)
    canvas.text(plan.right, plan.bottom + 52, f"{plan.company} share price", "right", marks.SMALL)
    for number, hurdle in enumerate(plan.hurdles, 1):
        x = plan.left + hurdle * plan.across
        canvas.line([(x, plan.bottom), (x, plan.bottom + 6)])
        tip = f"Target of tranche {number}: ${hurdle:,.0f}"
        canvas.text(x, plan.bottom + 15, str(number), "center", marks.SMALL, True)
        canvas.symbol(x, plan.bottom + 15, marks.circle(9), theme.INK, fill_opacity=0, tip=tip)
    canvas.text(
        plan.left, plan.bottom + 52, f"1–{len(plan.hurdles)}: price targets", "left", marks.SMALL
    )
    canvas.line([(plan.left, plan.bottom), (plan.right, plan.top)], dash=marks.DASH)
    last = plan.hurdles[-1]
    headline = last * plan.shares / _SHARES_PER_BN
    x, y = plan.left + last * plan.across, plan.bottom - headline * plan.up
    canvas.symbol(x, y, marks.circle(_DOT), None, theme.INK, tip=f"All vested at ${last:,.0f}", z=3)
    canvas.text(x - 6, y - 20 - marks.LINE, f"Headline: {usd_bn(headline)}", "right", bold=True)
    canvas.text(x - 6, y - 20, f"all vested at ${last:,.0f}", "right", marks.SMALL)
    left, middle = plan.rows_left, plan.rows_top + 8
    canvas.text(left, middle, "Each tranche", bold=True)
    left += marks.text_width("Each tranche", bold=True) + 10
    for word, rung in (("value", "binding"), ("if vested", "outlined")):
        hue = theme.INTO_OPENAI
        solid = marks.opacity_of("binding") if rung == "binding" else 0.0
        canvas.symbol(left, middle, "M0,-6H18V6H0Z", hue, hue, solid, 1)
        canvas.text(left + 23, middle, word, size=marks.SMALL)
        left += 23 + marks.text_width(word, marks.SMALL) + 10
    return canvas.chart(plan.height)


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=None, axis=None)


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def _tip() -> alt.Tooltip:
    return alt.Tooltip("tip:N", title=" ")


def _calculate(steps: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"calculate": expression, "as": name} for name, expression in steps]


def _worth(plan: _Plan, spot: str) -> list[dict[str, Any]]:
    """Transforms that end in `worth`: USD billion of a tranche at the price `spot`."""
    worth = f"datum.tranche <= gigawatts ? {plan.each!r} * datum.touch : 0"
    return _calculate([*touch_steps(spot, plan.rate), ("worth", worth)])


def _tranches(plan: _Plan) -> alt.InlineData:
    top = plan.rows_top + 26
    return alt.InlineData(
        values=[
            {"tranche": number, "hurdle": hurdle, "y": round(top + _ROW * (number - 1))}
            for number, hurdle in enumerate(plan.hurdles, 1)
        ]
    )


def _curve(plan: _Plan) -> alt.LayerChart:
    """The value against the price."""
    step = plan.reach / _STEPS
    every = {
        "hurdle": f"[{', '.join(f'{hurdle!r}' for hurdle in plan.hurdles)}]",
        "tranche": f"sequence(1, {len(plan.hurdles) + 1})",
    }
    line = alt.Chart().mark_line(
        stroke=theme.INTO_OPENAI, strokeWidth=2.5, strokeJoin="round", opacity=1
    )
    return alt.LayerChart(
        data=alt.sequence(step, plan.reach + step / 2, step, as_="at"),
        transform=[
            *_calculate(list(every.items())),
            {"flatten": list(every)},
            *_worth(plan, "datum.at"),
            {"aggregate": [{"op": "sum", "field": "worth", "as": "value"}], "groupby": ["at"]},
            *_calculate(
                [
                    ("x", f"{plan.left} + datum.at * {plan.across!r}"),
                    ("y", f"{plan.bottom} - datum.value * {plan.up!r}"),
                ]
            ),
        ],
        layer=[line.encode(_x("x"), _y("y"), order=alt.Order("at:Q"))],
    )


def _bars(plan: _Plan) -> alt.LayerChart:
    """For every tranche the price of its shares, and what of that it is worth."""
    left, scale = plan.rows_left, plan.along
    name = "'Tranche ' + datum.tranche"
    fields = [
        ("left", f"{left} + 0.5"),
        ("full", f"{left} + max(1, price * {plan.each * scale!r} - 0.5)"),
        ("part", f"{left} + max(0.5, datum.worth * {scale!r} - 0.5)"),
        ("middle", "datum.y + 8"),
        ("top", "datum.y + 18.5"),
        ("foot", "datum.y + 30.5"),
        ("sum", money("datum.worth")),
        (
            "words",
            f"{name} + ' · $' + format(datum.hurdle, ',.0f') + ', ' + datum.tranche + '{_SPACE}GW'",
        ),
        ("tip", f"{name} + ': ' + datum.sum + ' of ' + {money(f'({plan.each!r} * price)')}"),
    ]
    taken = "datum.tranche <= gigawatts"
    box: dict[str, Any] = {"fill": theme.INTO_OPENAI, "opacity": 1}
    ends = [_y("top"), alt.Y2("foot:Q"), _tip()]
    outline = alt.Chart().mark_rect(
        **box,
        fillOpacity=0,
        stroke=theme.INTO_OPENAI,
        strokeWidth=1,
        strokeDash=alt.ExprRef(f"{taken} ? [1, 0] : {marks.DASH}"),
    )
    filled = alt.Chart().mark_rect(**box, fillOpacity=theme.BINDING_OPACITY)
    label = alt.Chart().mark_text(**_TEXT, opacity=alt.ExprRef(f"{taken} ? 1 : 0.6"))
    amount = alt.Chart().mark_text(**_TEXT | {"align": "right"}, fontWeight="bold")
    return alt.LayerChart(
        data=_tranches(plan),
        transform=[*_worth(plan, "price"), *_calculate(fields)],
        layer=[
            outline.encode(_x("left"), alt.X2("full:Q"), *ends),
            filled.transform_filter("datum.worth > 0").encode(_x("left"), alt.X2("part:Q"), *ends),
            label.encode(x=alt.value(left), y=_y("middle"), text="words:N"),
            amount.encode(x=alt.value(plan.width - 4), y=_y("middle"), text="sum:N"),
        ],
    )


def _now(plan: _Plan) -> alt.LayerChart:
    """The price of the slider: a line up to the payoff, a dot on the curve, the sums in words."""
    fields = [
        ("payoff", f"price * {plan.shares / _SHARES_PER_BN!r}"),
        ("x", f"{plan.left} + price * {plan.across!r}"),
        ("y", f"{plan.bottom} - datum.value * {plan.up!r}"),
        ("top", f"{plan.bottom} - datum.payoff * {plan.up!r}"),
        ("foot", f"{plan.bottom}"),
        ("sum", money("datum.value")),
        ("tip", "'At ' + price_words + ': ' + datum.sum"),
        ("beside", f"min(datum.x + 9, {plan.right - 60})"),
        ("below", "datum.y + 17"),
        ("first", "'Modelled value now: ' + datum.sum"),
        ("second", f"'If all had vested at ' + price_words + ': ' + {money('datum.payoff')}"),
    ]
    circle: dict[str, Any] = {"shape": marks.circle(_DOT), "size": 4, "opacity": 1}
    rule = alt.Chart().mark_rule(strokeDash=[2, 2])
    ring = alt.Chart().mark_point(**circle, stroke=theme.INK, fill="none")
    dot = alt.Chart().mark_point(**circle, stroke=theme.INTO_OPENAI, fill=theme.INTO_OPENAI)
    bold = alt.Chart().mark_text(**_TEXT, fontWeight="bold")
    head = alt.Chart().mark_text(**_TEXT | {"fontSize": 16}, fontWeight="bold")
    line = alt.Chart().mark_text(**_TEXT)
    return alt.LayerChart(
        data=_tranches(plan),
        transform=[
            *_worth(plan, "price"),
            {"aggregate": [{"op": "sum", "field": "worth", "as": "value"}], "groupby": []},
            *_calculate(fields),
        ],
        layer=[
            rule.encode(_x("x"), _y("top"), alt.Y2("foot:Q")),
            ring.encode(_x("x"), _y("top")),
            dot.encode(_x("x"), _y("y"), _tip()),
            # Near the ground the sum would lie on the curve; the head of the drawing has it.
            bold.transform_filter(f"datum.value * {plan.up!r} > 34").encode(
                _x("beside"), _y("below"), text="sum:N"
            ),
            head.encode(x=alt.value(0), y=alt.value(10), text="first:N"),
            line.encode(x=alt.value(0), y=alt.value(31), text="second:N"),
        ],
    )


def _words(plan: _Plan) -> list[alt.Chart]:
    """What the picture rests on: where the sliders stand."""
    parts = [
        "'Volatility ' + volatility_words + ', ' + years_words + ' left'",
        f"gigawatts_words + ' gigawatts taken, rate {plan.rate * 100:g}%'",
    ]
    lines = [" + ', ' + ".join(parts)] if plan.is_wide else parts
    return [
        alt.Chart(alt.InlineData(values=[{}]))
        .transform_calculate(words=line)
        .mark_text(**_TEXT)
        .encode(x=alt.value(0), y=alt.value(50 + place * marks.LINE), text="words:N")
        for place, line in enumerate(lines)
    ]
