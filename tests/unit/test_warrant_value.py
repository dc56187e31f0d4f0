"""The warrant with sliders: what the browser computes is what the measure computes."""

from __future__ import annotations

import itertools
import json
import math
import re
from functools import cache
from types import SimpleNamespace
from typing import Any

import altair as alt
import numpy as np
import pytest
import vl_convert
from scipy.special import ndtr

from tests.unit.pictured import Picture
from tightrope.charts import theme
from tightrope.charts.figure import specification
from tightrope.charts.warrant_value import Settings, touch_steps, value_with_sliders
from tightrope.measures.equity import even_hurdles, touch_value, warrant_value
from tightrope.units import usd_bn

pytestmark = pytest.mark.thorough

HURDLES = even_hurdles(164.67, 600, 6)
NOW = Settings(price=203.71, volatility=0.55, years=5, gigawatts=6)
SHARES = 160e6
GRID = list(
    itertools.product(
        [5, 50, 164.67, 203.71, 455.5, 700],
        [237.225, 600],
        [0.25, 1, 5, 10],
        [20, 35, 55, 65, 120],
    )
)
"""Price, hurdle, years, volatility in percent."""


@cache
def chart(width: int, settings: Settings = NOW) -> dict[str, Any]:
    """The same for all who ask; `moved` copies it."""
    return specification(
        lambda w: value_with_sliders(HURDLES, SHARES, 0.04, settings, "AMD", w), width
    )


def moved(spec: dict[str, Any], **values: float) -> dict[str, Any]:
    """The chart after a reader has moved its sliders."""
    spec = json.loads(json.dumps(spec))
    for param in spec["params"]:
        param["value"] = values.get(param["name"], param.get("value"))
        if "expr" in param:
            del param["value"]
    return spec


def words(spec: dict[str, Any]) -> list[str]:
    svg = vl_convert.vegalite_to_svg(spec)
    return [text.replace("&#39;", "'") for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def worth(price: float, volatility: float, years: float, gigawatts: int) -> list[float]:
    chances = [1.0] * gigawatts + [0.0] * (6 - gigawatts)
    table = warrant_value(price, HURDLES, SHARES, years, 0.04, volatility, chances)
    return [float(value) / 1e9 for value in table.value]


def in_python(price: float, hurdle: float, years: float, volatility: float) -> float:
    """The calculations of the chart, read by Python instead of Vega."""
    datum = SimpleNamespace(hurdle=hurdle)
    known = {
        "datum": datum,
        "years": years,
        "volatility": volatility,
        "price": price,
        "pick": lambda test, yes, no: yes if test else no,
        **{name: getattr(math, name) for name in ("exp", "log", "sqrt")},
        **{"min": min, "max": max, "cumulativeNormal": ndtr},
    }
    for name, expression in touch_steps("price", 0.04).items():
        assert "?" not in expression, "a form that Python cannot read"
        setattr(datum, name, eval(expression.replace("if(", "pick("), {}, known))
    return float(datum.touch)


def test_the_charts_formula_is_the_measures_on_a_grid() -> None:
    for price, hurdle, years, volatility in GRID:
        expected = touch_value(price, hurdle, years, 0.04, volatility / 100)
        assert in_python(price, hurdle, years, volatility) == pytest.approx(
            expected, rel=1e-6, abs=1e-300
        )


def test_vega_computes_the_same_from_the_same_expressions() -> None:
    spec = alt.Chart(
        alt.InlineData(
            values=[
                {"hurdle": h, "price": p, "y": y, "v": v, "row": n}
                for n, (p, h, y, v) in enumerate(GRID)
            ]
        )
    )
    for name, expression in touch_steps("datum.price", 0.04).items():
        by_row = re.sub(r"\byears\b", "datum.y", expression)
        by_row = re.sub(r"\bvolatility\b", "datum.v", by_row)
        spec = spec.transform_calculate(**{name: by_row})
    spec = spec.transform_calculate(text="datum.row + ' ' + format(datum.touch, '.9e')")
    # Vega writes a minus sign of its own.
    found = [
        text.replace("−", "-").split()
        for text in words(spec.mark_text().encode(text="text:N").to_dict())
    ]
    values = {int(row): float(value) for row, value in found}
    assert len(values) == len(GRID)
    for row, (price, hurdle, years, volatility) in enumerate(GRID):
        expected = touch_value(price, hurdle, years, 0.04, volatility / 100)
        assert values[row] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
@pytest.mark.parametrize(
    "sliders",
    [
        {"price": 203.71, "volatility": 55, "years": 5, "gigawatts": 6},
        {"price": 164, "volatility": 35, "years": 2.5, "gigawatts": 3},
        {"price": 600, "volatility": 80, "years": 1, "gigawatts": 6},
        {"price": 300, "volatility": 50, "years": 0, "gigawatts": 4},
        {"price": 203, "volatility": 55, "years": 5, "gigawatts": 0},
    ],
)
def test_moved_sliders_show_the_value_of_the_measure(width: int, sliders: dict[str, float]) -> None:
    tranches = worth(
        sliders["price"], sliders["volatility"] / 100, sliders["years"], int(sliders["gigawatts"])
    )
    shown = words(moved(chart(width), **sliders))
    assert f"Modelled value now: {usd_bn(sum(tranches))}" in shown
    full = usd_bn(sliders["price"] * SHARES / 1e9)
    assert f"If all had vested at ${sliders['price']:,.0f}: {full}" in shown
    for value in tranches:
        assert usd_bn(value) in shown


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_the_picture_names_value_headline_and_each_tranche(width: int) -> None:
    shown = words(chart(width))
    assert "Modelled value now: $26.1\N{NO-BREAK SPACE}bn" in shown
    assert "Headline: $96\N{NO-BREAK SPACE}bn" in shown
    for number, hurdle in enumerate(HURDLES, 1):
        assert f"Tranche {number} · ${hurdle:,.0f}, {number}\N{NO-BREAK SPACE}GW" in shown
    assert any("Volatility 55%, 5 years left" in text for text in shown)


@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW])
def test_four_sliders_say_their_values_in_words(width: int) -> None:
    spec = chart(width)
    assert Picture(spec).width == width
    bound = {p["name"]: p["bind"] for p in spec["params"] if "bind" in p}
    assert list(bound) == ["price", "volatility", "gigawatts", "years"]
    assert all(bind["input"] == "range" for bind in bound.values())
    assert (bound["gigawatts"]["min"], bound["gigawatts"]["max"]) == (0, 6)
    assert bound["price"]["max"] == 600
    assert {p["name"] for p in spec["params"] if "expr" in p} == {f"{n}_words" for n in bound}


def test_a_share_that_costs_more_than_the_last_target_still_has_its_place() -> None:
    spec = chart(theme.WIDE, Settings(price=731, volatility=0.5, years=4, gigawatts=6))
    assert {p["name"]: p for p in spec["params"]}["price"]["bind"]["max"] == 750
    assert f"Modelled value now: {usd_bn(731 * 0.16)}" in words(spec)


def test_the_specification_is_valid_vega_lite() -> None:
    value_with_sliders(HURDLES, SHARES, 0.04, NOW, "AMD", theme.WIDE).to_dict(validate=True)


def test_numbers_of_pandas_do_as_well() -> None:
    spec = specification(
        lambda w: value_with_sliders(
            list(np.array(HURDLES)), np.float64(SHARES), np.float64(0.04), NOW, "AMD", w
        ),
        theme.WIDE,
    )
    assert words(spec) == words(chart(theme.WIDE))


def test_settings_beyond_their_sliders_and_falling_hurdles_are_refused() -> None:
    with pytest.raises(ValueError, match="gigawatts must lie between 0 and 6, not 7"):
        chart(theme.WIDE, Settings(200, 0.5, 5, 7))
    with pytest.raises(ValueError, match="volatility must lie between 10 and 120, not 5"):
        chart(theme.WIDE, Settings(200, 0.05, 5, 6))
    for hurdles in ([], [300, 200], [0, 100]):
        with pytest.raises(ValueError, match="hurdles must be positive and rising"):
            value_with_sliders(hurdles, SHARES, 0.04, NOW, "AMD", theme.WIDE)
