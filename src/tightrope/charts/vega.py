"""What live charts share: how the browser computes and writes what Python computes and writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import altair as alt

from tightrope.charts import look, marks
from tightrope.charts.look import Plot

TEXT: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": marks.SMALL}
"""Small words from a place on."""
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


def live(
    rows: alt.Data, steps: Mapping[str, str], *layers: alt.Chart, where: str = "true"
) -> alt.LayerChart:
    """Layers on rows whose fields the browser computes, if the parameters are so (`where`)."""
    transform = [{"filter": where}, *calculate(steps)]
    return alt.LayerChart(data=rows, transform=transform, layer=list(layers))


class Words(NamedTuple):
    """Words that the browser writes: a Vega expression, and the longest that it comes to."""

    expression: str
    longest: str

    @classmethod
    def of(cls, options: Sequence[str], place: str) -> Words:
        """One of some options: that whose place an expression gives."""
        written = json.dumps(list(options), ensure_ascii=False)
        return cls(f"{written}[{place}]", max(options, key=marks.text_width))

    @classmethod
    def joined(cls, parts: Sequence[Words]) -> Words:
        """Words one after the other."""
        expressions, longest = zip(*parts, strict=True)
        return cls(" + ' ' + ".join(expressions), " ".join(longest))


def wrapped(said: Iterable[Sequence[Words]], width: float, size: int) -> list[str]:
    """Words in lines, as expressions: none wider than `width` pixels unless a part alone is.

    The parts of one sentence stay together where a line has room for them.
    """
    lines: list[Words] = []
    for parts in said:
        whole = Words.joined(parts)
        for part in [whole] if marks.text_width(whole.longest, size) <= width else parts:
            longer = Words.joined([*lines[-1:], part])
            if lines and marks.text_width(longer.longest, size) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    return [line.expression for line in lines]


def said(
    plot: Plot, y: float, expression: str, size: int, bold: bool = False, inherits: bool = False
) -> alt.Chart:
    """The words that an expression leads to, at the left of the drawing, `y` pixels below its top.

    It rests on parameters alone, unless the words inherit the data of the layers around them.
    """
    words = alt.Chart() if inherits else alt.Chart(one())
    style = TEXT | {"fontSize": size, "fontWeight": "bold" if bold else "normal"}
    text = words.transform_calculate(words=expression).mark_text(**style)
    place = look.fixed(alt.XValue, -plot.left), look.fixed(alt.YValue, y - plot.top)
    drawn: alt.Chart = text.encode(*place, alt.Text("words:N"))
    return drawn
