"""The key of the money map: what its hues, fills, shading and widths mean, as far as they occur."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from tightrope.charts import theme
from tightrope.charts.marks import HUES, LINE, SMALL, text_width, wrap
from tightrope.charts.money_map import ribbons
from tightrope.charts.money_map.flows import RUNGS
from tightrope.charts.money_map.picture import Picture
from tightrope.charts.money_map.plan import Plan
from tightrope.charts.money_map.style import SHADE
from tightrope.units import usd_bn

_FILLS = {
    "paid": "paid",
    "binding": "binding",
    "announced": "announced only",
    "intended": "intended, reported or upper end of range",
}
# From the left of a swatch to its words, and between two rows.
_TEXT, _ROW = 36, 20


class _Item(NamedTuple):
    """A swatch and its words; `what` is a hue's kind or a rung, `size` its height in pixels."""

    swatch: str
    words: str
    what: str = ""
    size: float = 0.0


def draw_key(picture: Picture, plan: Plan, y: float) -> float:
    """Draw the key of the plan with its top at `y`, in pixels; the height below it."""
    width = plan.measures.width
    for row in (_hues(plan), _fills(plan), _sizes(plan)):
        x = 0.0
        for item in row:
            needed = _TEXT + text_width(item.words, SMALL)
            if x and x + needed > width:
                x, y = 0.0, y + _ROW
            _draw_swatch(picture, item, x, y + 10)
            for place, line in enumerate(wrap(item.words, width - _TEXT, 2, SMALL)):
                y += LINE * bool(place)
                picture.text(x + _TEXT, y + 10, line, "left", SMALL)
            x += needed + 14
        y += _ROW * bool(row)
    return y + 2


def _hues(plan: Plan) -> list[_Item]:
    name = plan.name(plan.focal)
    name = name if len(name) <= 16 else "the centre"
    kinds = {flow.kind for flow in plan.flows}
    return [
        _Item("hue", text.replace("OpenAI", name), kind)
        for kind, text in theme.DIRECTIONS.items()
        if kind in kinds
    ]


def _fills(plan: Plan) -> list[_Item]:
    found = {
        rung
        for flow in plan.flows
        for rung, part in zip(RUNGS, flow.parts, strict=True)
        if part > 0
    }
    # Where nobody says how much, the line is dashed as well.
    if any(not flow.dollars for flow in plan.flows):
        found.add("intended")
    return [_Item("fill", text, rung) for rung, text in _FILLS.items() if rung in found]


def _sizes(plan: Plan) -> list[_Item]:
    unit = _round_dollars(16 / plan.scale)
    least = usd_bn(float(f"{1 / plan.scale:.2g}"))
    loop = [_Item("loop", "loop: money goes both ways")] * any(map(plan.is_loop, plan.places))
    return [
        *loop,
        _Item("scale", f"{usd_bn(unit)} wide", size=unit * plan.scale),
        _Item("pixel", f"one pixel: {least} or less", size=1.0),
    ]


def _round_dollars(most: float) -> float:
    """The largest of 1, 2, 5, 10, … that is at most `most`."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(power * step for step in (1, 2, 5) if power * step <= most * 1.0001)


def _draw_swatch(picture: Picture, item: _Item, x: float, y: float) -> None:
    """The swatch of an item with its left end at `x` and its middle at `y`."""
    if item.swatch == "hue":
        line = np.array([[x, y], [x + 15, y], [x + 30, y]])
        picture.fill(ribbons.band(line, -4.5, 4.5, 8), HUES[item.what], 1.0)
    elif item.swatch == "fill":
        box = ribbons.rectangle(x + 0.5, y - 5, 28, 10)
        picture.fill(box, theme.INK, theme.FILLS[item.what])
        if item.what != "paid":
            picture.outline(box, theme.INK, item.what)
    elif item.swatch == "loop":
        turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        eye = np.column_stack([x + 14 + 14 * np.cos(turn), y + 6 * np.sin(turn)])
        picture.fill(eye, theme.INK, SHADE)
    else:
        box = ribbons.rectangle(x, y - item.size / 2, 28, item.size)
        picture.fill(box, theme.INK, 1.0 if item.swatch == "pixel" else 0.5)
