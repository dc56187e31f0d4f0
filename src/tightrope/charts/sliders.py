"""Sliders that a reader moves in the page: parameters of a chart, each bound to a range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

import altair as alt

Range: TypeAlias = tuple[float, float, float]
"""Least, most and step of a slider."""


class Slider(NamedTuple):
    """A slider: its label, where it stands at first, how far it goes, and what stands beside it.

    `said` is that in words before the reader's browser writes it, `words` the Vega expression by
    which it then does.
    """

    label: str
    value: float
    bounds: Range
    said: str
    words: str


def add(
    chart: alt.LayerChart, sliders: Mapping[str, Slider], computed: Mapping[str, str]
) -> alt.LayerChart:
    """The chart with a parameter for each slider, its words, and what is `computed` from them.

    The page shows, and screen readers say, the words of `X_words` beside the slider `X`; the chart
    says those of the start of itself (`usermeta`), so that its inputs are complete before it is
    live. Raises ValueError where a slider stands outside its range.
    """
    made: list[Any] = []
    for name, slider in sliders.items():
        least, most, step = slider.bounds
        if not least <= slider.value <= most:
            raise ValueError(
                f"{name} must lie between {least:g} and {most:g}, not {slider.value:g}"
            )
        bind = alt.binding_range(min=least, max=most, step=step, name=f"{slider.label} ")
        made.append(alt.param(name=name, value=slider.value, bind=bind))
    words = {f"{name}_words": slider.words for name, slider in sliders.items()}
    made += [alt.param(name=name, expr=found) for name, found in {**words, **computed}.items()]
    chart.params = [parameter.param for parameter in made]
    chart.usermeta = {"words": {name: slider.said for name, slider in sliders.items()}}
    return chart
