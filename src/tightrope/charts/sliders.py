"""Sliders that a reader moves in the page: parameters of a chart, each bound to a range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import altair as alt

Range: TypeAlias = tuple[float, float, float]
"""Least, most and step of a slider."""


def sliders(
    values: Mapping[str, float], ranges: Mapping[str, Range], labels: Mapping[str, str]
) -> list[alt.Parameter]:
    """One parameter a slider, in the order of `values`, where it stands at first.

    `ranges` and `labels`, the words beside the slider, have the same keys. Raises KeyError where
    one of them lacks a key of `values`.
    """
    made = []
    for name, value in values.items():
        least, most, step = ranges[name]
        bind = alt.binding_range(min=least, max=most, step=step, name=labels[name])
        made.append(alt.param(name=name, value=value, bind=bind))
    return made
