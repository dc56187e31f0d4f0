"""The pictures of the handouts as SVG: drawn by the book's charts, in the words of a language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
from markupsafe import Markup

from tightrope.charts import theme
from tightrope.charts.bake import svg
from tightrope.charts.bars import bars_by_year
from tightrope.charts.figure import specification
from tightrope.charts.lines import lines_by_year
from tightrope.charts.marks import Drawing, Fill
from tightrope.charts.small_bars import Bar, Part, small_bars
from tightrope.charts.two_sided import two_sided
from tightrope.course.cases.tongue import Tongue

WIDE = 680
"""Pixels of a picture: the width of a printed page within its margins."""
_HALF = 330
_HUES = {"in": theme.INTO_OPENAI, "out": theme.OUT_OF_OPENAI}
Rung = tuple[str, str, str, float, float]
"""The side, the rung, the sum as it is written, its low and its high end, USD billion."""


def ladder(rungs: Sequence[Rung], heads: Mapping[str, str], tongue: Tongue) -> str:
    """Two small pictures, a side each: a bar a rung, hatched from its low to its high end."""
    longest = max((_top(low, high) for *_, low, high in rungs), default=0.0)
    drawn = []
    for way in heads:
        bars = [
            Bar(
                written,
                rung,
                (
                    Part(low, Fill(_HUES[way])),
                    Part(max(_top(low, high) - low, 0.0), Fill(_HUES[way], "high")),
                ),
            )
            for side, rung, written, low, high in rungs
            if side == way
        ]
        picture = _svg(small_bars(bars, _HALF, longest), f"ladder-{way}", heads[way], tongue)
        drawn.append(Markup("<div><b>{}</b>{}</div>").format(heads[way], Markup(picture)))
    return "".join(drawn)


def _top(low: float, high: float) -> float:
    return low if math.isnan(high) else high


def loop(sides: pd.DataFrame, tongue: Tongue) -> str:
    """Bars of the partners on both sides, with what comes straight back."""
    if sides.empty:
        return ""
    return _svg(two_sided(sides, WIDE), "loop", tongue["straight_back"], tongue)


def plan(path: pd.DataFrame, tongue: Tongue) -> str:
    """A line for each plan; `path` has series, vintage, year and amount."""
    if path.empty:
        return ""
    return _svg(lines_by_year(path, _HALF), "plan", tongue["plan"], tongue)


def bills(table: pd.DataFrame, names: Mapping[str, str], tongue: Tongue) -> str:
    """A column a year; `table` has year, series (a key of `names`) and amount."""
    some = table[table.amount.gt(0)]
    if some.empty:
        return ""
    fills = {
        names["signed"]: Fill(theme.OUT_OF_OPENAI, "binding"),
        names["talked"]: Fill(theme.OUT_OF_OPENAI, "announced"),
    }
    named = some.assign(series=some.series.map(names))
    return _svg(bars_by_year(named, _HALF, fills), "bills", names["signed"], tongue)


def credit(bars: Sequence[tuple[str, str, float, float]], tongue: Tongue) -> str:
    """A bar a payment: solid what was paid, hatched up to what was promised; USD billion.

    `bars` are its words, its sum as it is written, what was paid and the high end.
    """
    drawn = [
        Bar(
            written,
            words,
            (
                Part(paid, Fill(theme.BORROWED)),
                Part(max(_top(paid, high) - paid, 0.0), Fill(theme.BORROWED, "high")),
            ),
        )
        for words, written, paid, high in bars
    ]
    return _svg(small_bars(drawn, WIDE), "credit", "Lent and bought", tongue) if drawn else ""


def _svg(drawing: Drawing | alt.TopLevelMixin, identity: str, title: str, tongue: Tongue) -> str:
    spec = specification(lambda _: drawing, WIDE)
    return tongue.picture(svg(spec, f"{tongue.code}-{identity}", title, title))
