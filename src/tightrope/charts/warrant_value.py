"""The warrant with sliders: its value against the share price, recomputed in the reader's browser.

`measures.equity.touch_value` is the formula; here it stands in Vega's expression language.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from tightrope.charts import look, marks, sliders, theme
from tightrope.charts.look import Plot
from tightrope.charts.marks import SMALL, Canvas, Drawing
from tightrope.charts.sliders import Slider
from tightrope.charts.vega import TEXT, Words, calculate, money, said, wrapped
from tightrope.units import usd_bn

_STEPS = 240
"""Of the curve, from a price of nothing to the end of the axis."""
_DOT: dict[str, Any] = {"size": math.pi * 25, "opacity": 1, "fill": "none"}
_ROW, _HEAD = 44, 16


def touch_steps(spot: str, rate: float) -> dict[str, str]:
    """Calculations, one after the other, that end in `touch`: dollars a share, as `touch_value`.

    Vega expressions by the field that each makes. They read the price `spot` (an expression),
    `datum.hurdle`, and the parameters `years` and `volatility` (percent); `rate` a year is fixed.
    """
    return {
        "variance": "volatility * volatility / 10000",
        "spread": "sqrt(datum.variance * max(years, 1e-9))",
        "pull": f"({rate!r} + datum.variance / 2) * years",
        "far": f"log(max(1, datum.hurdle / {spot}))",
        "direct": "cumulativeNormal((datum.pull - datum.far) / datum.spread)",
        "reflected": f"exp(datum.far * (1 + {2 * rate!r} / datum.variance))"
        " * cumulativeNormal(-(datum.pull + datum.far) / datum.spread)",
        "touch": f"{spot} * if(datum.hurdle <= {spot}, 1, min(1, datum.direct + datum.reflected))",
    }


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
class _Warrant:
    """Its terms, with shares in billions, and how far the share price goes on its slider."""

    company: str
    hurdles: list[float]
    shares: float
    rate: float
    most: float

    @property
    def each(self) -> float:
        """Billion shares of one tranche: billion dollars for each dollar of the price."""
        return self.shares / len(self.hurdles)

    @property
    def tranches(self) -> alt.InlineData:
        """A row a tranche."""
        rows = [{"tranche": n, "hurdle": hurdle} for n, hurdle in enumerate(self.hurdles, 1)]
        return alt.InlineData(values=rows)

    def worth(self, spot: str) -> list[dict[str, Any]]:
        """Transforms that end in `worth`: USD billion of a tranche at the price `spot`."""
        worth = f"datum.tranche <= gigawatts ? {self.each!r} * datum.touch : 0"
        return calculate({**touch_steps(spot, self.rate), "worth": worth})


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
    # Numbers of pandas would be written with their type into the expressions.
    targets, at = [float(hurdle) for hurdle in hurdles], settings.price
    most = math.ceil(round(max(targets[-1], at), 6) / 50) * 50.0
    warrant = _Warrant(company, targets, float(shares) / 1e9, float(rate), most)
    left, rows = 58.0, float(_ROW * len(targets))
    if marks.is_wide(width):
        end = round(0.58 * width) - 4.0
        plot = Plot(end - left, max(260, rows), left, width - end, top=84, bottom=62)
        across, down = (round(0.64 * width) - left, width - 4 - left), (0.0, plot.height)
    else:
        plot = Plot(width - left - 4, 230, left, 4, top=92, bottom=114 + rows)
        across, down = (-left, plot.width), (plot.height + 110, plot.height + 110 + rows)
    both = _curve(warrant, plot), _bars(warrant, across, down)
    chart = plot.chart(*both).resolve_scale(x="independent", y="independent")
    return sliders.add(chart, _sliders(warrant, settings), {})


def _sliders(warrant: _Warrant, settings: Settings) -> dict[str, Slider]:
    """The sliders by the parameter that each sets."""
    price, years, tranches = settings.price, settings.years, len(warrant.hurdles)
    percent = round(settings.volatility * 100, 6)
    return {
        "price": Slider(
            f"{warrant.company} share price",
            price,
            (10, warrant.most, 1),
            f"${price:,.0f}",
            "'$' + format(price, ',.0f')",
        ),
        "volatility": Slider(
            "Volatility a year", percent, (10, 120, 1), f"{percent:g}%", "volatility + '%'"
        ),
        "gigawatts": Slider(
            "Gigawatts taken in the end",
            settings.gigawatts,
            (0, tranches, 1),
            f"{settings.gigawatts:g} of {tranches}",
            f"gigawatts + ' of {tranches}'",
        ),
        "years": Slider(
            "Years left",
            years,
            (0, 10, 0.25),
            f"{years:g} {'year' if years == 1 else 'years'}",
            "years + (years == 1 ? ' year' : ' years')",
        ),
    }


def _curve(warrant: _Warrant, plot: Plot) -> alt.LayerChart:
    """The value against the price, below the payoff, and both at the price of the slider."""
    is_wide, reach = marks.is_wide(plot.outer), 1.25 * warrant.most
    top = reach * warrant.shares
    prices = look.ticks(0, reach, 6 if is_wide else 4)
    axis = look.names(SMALL, values=prices, format="$,.0f", labelPadding=28, labelFlush=False)
    x = alt.X("price:Q", axis=axis, scale=alt.Scale(domain=[0, reach], nice=False))
    y = look.money("value", look.ticks(0, top, 5 if is_wide else 4), (0, top))
    payoff = look.data([{"price": at, "value": at * warrant.shares} for at in (0.0, reach)])
    step = reach / _STEPS
    prices_drawn = {"price": f"sequence({step!r}, {reach + step / 2!r}, {step!r})"}
    summed = [{"op": "sum", "field": "worth", "as": "value"}]
    line = alt.Chart(
        data=warrant.tranches,
        transform=[
            *calculate(prices_drawn),
            {"flatten": ["price"]},
            *warrant.worth("datum.price"),
            {"aggregate": summed, "groupby": ["price"]},
        ],
    ).mark_line(stroke=theme.INTO_OPENAI, strokeWidth=2.5, strokeJoin="round")
    worth = money("datum.value")
    vested = f"'If all had vested at ' + price_words + ': ' + {money('datum.payoff')}"
    at_price = {
        "price": "price",
        "payoff": f"price * {warrant.shares!r}",
        "sum": worth,
        "tip": "'At ' + price_words + ': ' + datum.sum",
        "within": f"min(price, {reach * (1 - 69 / plot.width)!r})",
    }
    part = alt.Chart()
    rule, ring = part.mark_rule(strokeDash=[2, 2]), part.mark_point(stroke=theme.INK, **_DOT)
    dot = part.mark_point(stroke=theme.INTO_OPENAI, **_DOT | {"fill": theme.INTO_OPENAI})
    # Near the ground the sum would lie on the curve; the head of the drawing has it.
    beside = part.transform_filter(f"datum.value > {34 * top / plot.height!r}").mark_text(
        **TEXT, fontWeight="bold", dx=9, dy=17
    )
    now = alt.LayerChart(
        data=warrant.tranches,
        transform=[
            *warrant.worth("price"),
            {"aggregate": summed, "groupby": []},
            *calculate(at_price),
        ],
        layer=[
            rule.encode(x, alt.Y("payoff:Q"), alt.Y2Datum(0)),
            ring.encode(x, alt.Y("payoff:Q")),
            dot.encode(x, y, *look.tip()),
            beside.encode(alt.X("within:Q"), y, alt.Text("sum:N")),
            said(plot, 10, f"'Modelled value now: ' + {worth}", 16, bold=True, inherits=True),
            said(plot, 31, vested, SMALL, inherits=True),
        ],
    )
    dashed = payoff.mark_line(strokeWidth=1, strokeDash=marks.DASH).encode(x, y)
    still = _still(warrant, plot, plot.width / reach).layer
    volatility = "'Volatility ' + volatility_words + ', ' + years_words + ' left,'"
    taken = f"gigawatts_words + ' gigawatts taken, rate {warrant.rate * 100:g}%'"
    rests_on = [
        [Words(volatility, "Volatility 120%, 9.75 years left,")],
        [Words(taken, "88 of 88 gigawatts taken, rate 8.88%")],
    ]
    lines = wrapped(rests_on, plot.outer, SMALL)
    words = [said(plot, 50 + place * marks.LINE, line, SMALL) for place, line in enumerate(lines)]
    return alt.LayerChart(layer=[dashed, look.zero("y"), *still, line.encode(x, y), now, *words])


def _still(warrant: _Warrant, plot: Plot, across: float) -> Drawing:
    """The targets on the axis of prices, and the headline: all vested at the last of them."""
    canvas, foot = Canvas(round(plot.width)), plot.height
    for number, hurdle in enumerate(warrant.hurdles, 1):
        x, tip = hurdle * across, f"Target of tranche {number}: ${hurdle:,.0f}"
        canvas.line([(x, foot), (x, foot + 6)])
        canvas.text(x, foot + 15, str(number), "center", SMALL, bold=True)
        canvas.symbol(x, foot + 15, marks.circle(9), theme.INK, fill_opacity=0, tip=tip)
    canvas.text(0, foot + 52, f"1–{len(warrant.hurdles)}: price targets", size=SMALL)
    canvas.text(plot.width, foot + 52, f"{warrant.company} share price", "right", SMALL)
    # The payoff runs from one corner of the plot to the other.
    y, said = foot - x * foot / plot.width, f"all vested at ${hurdle:,.0f}"
    canvas.symbol(x, y, marks.circle(5), None, theme.INK, tip=said.capitalize(), z=3)
    headline = f"Headline: {usd_bn(hurdle * warrant.shares)}"
    canvas.text(x - 6, y - 20 - marks.LINE, headline, "right", bold=True)
    canvas.text(x - 6, y - 20, said, "right", SMALL)
    return canvas.chart(1)


def _bars(
    warrant: _Warrant, across: tuple[float, float], down: tuple[float, float]
) -> alt.LayerChart:
    """For every tranche the price of its shares, and what of that it is worth.

    `across` and `down` are where the bars begin and end, in pixels of the plot.
    """
    name, taken = "'Tranche ' + datum.tranche", "datum.tranche <= gigawatts"
    fields = {
        "full": f"price * {warrant.each!r}",
        "sum": money("datum.worth"),
        "words": f"{name} + ' · $' + format(datum.hurdle, ',.0f') + ', ' + datum.tranche"
        " + '\N{NO-BREAK SPACE}GW'",
        "tip": f"{name} + ': ' + datum.sum + ' of ' + {money('datum.full')}",
    }
    longest = alt.Scale(domain=[0, warrant.most * warrant.each], range=across, nice=False)
    x = alt.X("worth:Q", axis=None, scale=longest)
    y = alt.Y("tranche:O", axis=None, scale=alt.Scale(padding=0, range=down))
    thin: dict[str, Any] = {"height": 12, "yOffset": 3.5, "fill": theme.INTO_OPENAI, "opacity": 1}
    dashed = alt.ExprRef(f"{taken} ? [1, 0] : {marks.DASH}")
    outline = alt.Chart().mark_bar(
        **thin, fillOpacity=0, stroke=theme.INTO_OPENAI, strokeWidth=1, strokeDash=dashed
    )
    filled = alt.Chart().mark_bar(**thin, fillOpacity=theme.BINDING_OPACITY)
    label = alt.Chart().mark_text(**TEXT, dy=-13, opacity=alt.ExprRef(f"{taken} ? 1 : 0.6"))
    amount = alt.Chart().mark_text(**TEXT | {"align": "right"}, dy=-13, fontWeight="bold")
    return alt.LayerChart(
        data=warrant.tranches,
        transform=[*warrant.worth("price"), *calculate(fields)],
        layer=[
            outline.encode(alt.X("full:Q", axis=None, scale=longest), y, *look.tip()),
            filled.encode(x, y, *look.tip()),
            label.encode(look.fixed(alt.XValue, across[0]), y, alt.Text("words:N")),
            amount.encode(look.fixed(alt.XValue, across[1]), y, alt.Text("sum:N")),
            *_key(across[0], down[0] - _HEAD),
        ],
    )


def _key(x: float, y: float) -> list[alt.Chart]:
    """What the bars mean, above them."""
    canvas, hue = Canvas(300), theme.INTO_OPENAI
    canvas.text(x, y, "Each tranche", bold=True)
    x += marks.text_width("Each tranche", bold=True) + 10
    for word, density in (("value", theme.BINDING_OPACITY), ("if vested", 0.0)):
        canvas.symbol(x, y, "M0,-6H18V6H0Z", hue, hue, density, 1)
        canvas.text(x + 23, y, word, size=SMALL)
        x += 33 + marks.text_width(word, SMALL)
    return canvas.chart(1).layer
