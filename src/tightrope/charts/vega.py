"""What live charts share: how the browser computes and writes what Python computes and writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from tightrope.charts import look, theme

_SPACE = "\N{NO-BREAK SPACE}"


def money(value: str) -> str:
    """A Vega expression that writes a sum of USD billion as `units.usd_bn` does."""
    small = f"'$' + {_digits(f'(1000 * {value})')} + '{_SPACE}m'"
    large = f"'$' + {_digits(value)} + '{_SPACE}bn'"
    return f"({value} == 0 ? '$0' : {value} < 0.9995 ? {small} : {large})"


def _digits(value: str) -> str:
    """Three significant digits, as `units.number` writes them."""
    return f"({value} >= 999.5 ? format({value}, ',.0f') : format({value}, '.3~r'))"


def calculate(steps: Mapping[str, str]) -> list[dict[str, Any]]:
    """Transforms that compute each field by its expression, one after the other."""
    return [{"calculate": expression, "as": name} for name, expression in steps.items()]


def one() -> alt.InlineData:
    """Data of a single row, for what rests on parameters alone."""
    return alt.InlineData(values=[{}])


def said(
    expression: str,
    x: float,
    y: float,
    size: int = theme.FONT_SIZE,
    bold: bool = False,
    inherits: bool = False,
) -> alt.Chart:
    """The words that an expression leads to, from (x, y) in pixels of the plot.

    It rests on parameters alone, unless the words inherit the data of the layers around them.
    """
    words = alt.Chart() if inherits else alt.Chart(one())
    style: dict[str, Any] = {"fontSize": size, "fontWeight": "bold" if bold else "normal"}
    text = words.transform_calculate(words=expression).mark_text(
        align="left", baseline="middle", **style
    )
    place = look.fixed(alt.XValue, x), look.fixed(alt.YValue, y)
    drawn: alt.Chart = text.encode(*place, alt.Text("words:N"))
    return drawn
