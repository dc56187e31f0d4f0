"""The money map: who pays whom, how much, and how much of it is more than a promise.

The focal party is a spine; who gives it more than it surely gets stands left, who gets more stands
right, the largest on top. Ribbons are linear in dollars on one scale for the whole map. Flows
between the others run around the outside and never cross the spine or a label. On a phone
everything stands on one side, as the teeth of a comb.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from tightrope.charts import theme
from tightrope.charts.marks import HEAD, HUES, LINE, SMALL, tip_length
from tightrope.charts.money_map import ribbons
from tightrope.charts.money_map.cards import Card
from tightrope.charts.money_map.flows import RUNGS, Flow, collect
from tightrope.charts.money_map.key import draw_key
from tightrope.charts.money_map.layout import Layout, lay_out
from tightrope.charts.money_map.picture import Picture
from tightrope.charts.money_map.ribbons import Points
from tightrope.charts.money_map.style import NARROW, PAD, SHADE, THIN, WIDE, name_size

__all__ = ["collect", "money_map", "shares"]


def money_map(
    legs: pd.DataFrame, names: Mapping[str, str], focal: str, width: int
) -> alt.TopLevelMixin:
    """The money map of `legs`, drawn for `width` pixels (`theme.WIDE` or `theme.NARROW`).

    `legs` is what `ledger.flows` returns for any layer, in USD billion (`collect` names the
    columns), `names` gives each party's name and `focal` the id of the party at the centre. Legs
    are added up by payer, payee and hue; an amount that no source gives counts with the upper
    end of its range, dashed above the lower end. Where a column would grow too high, the
    smallest parties are drawn as one. Raises AttributeError or KeyError if a column is missing.
    """
    measures = NARROW if width <= theme.NARROW else WIDE
    return draw(lay_out(collect(legs, names, focal), names, focal, measures))


def draw(layout: Layout) -> alt.TopLevelMixin:
    """The layout as a chart, with the key below."""
    picture, plan = Picture(), layout.plan
    for eye in layout.loops:
        picture.fill(eye, theme.INK, SHADE)
    # What comes later lies above: ribbons cover loops, and cards the ends of ribbons.
    for number, line in [*layout.routes.items(), *layout.lines.items()]:
        _draw_ribbon(picture, plan.flows[number], line, plan.pixels(number))
    for text in layout.header:
        picture.text(text.x, text.y, text.text, text.align, text.size, text.bold)
    for card in layout.cards.values():
        _draw_card(picture, card)
    picture.fill(layout.spine, theme.INK, 1.0)
    bottom = draw_key(picture, plan, layout.bottom + 18)
    return picture.chart(plan.measures.width, layout.top - 4, bottom)


def _draw_card(picture: Picture, card: Card) -> None:
    side, depth = card.place.side, card.place.depth
    box = ribbons.rectangle(
        min(card.inner, card.outer), card.y, abs(card.outer - card.inner), card.height
    )
    picture.fill(box, theme.INK, 0.06)
    near, far = card.inner + side * PAD, card.outer - side * PAD
    align, away = ("left", "right") if side > 0 else ("right", "left")
    for row, line in enumerate(card.lines):
        y = card.y + 12 + row * LINE
        picture.text(near, y, line, align, name_size(depth), bold=not depth)
    for label in card.labels:
        x, anchor = (far, away) if label.is_outside else (near, align)
        picture.text(x, card.y + label.y, label.text, anchor, SMALL)


def _draw_ribbon(picture: Picture, flow: Flow, line: Points, width: float) -> None:
    """One flow, `width` pixels wide: its rungs side by side, pointed at the end."""
    taper = tip_length(width)
    if width < 7:
        # Too thin to be pointed itself, it gets a head.
        head = ribbons.head(line, max(HEAD - 1, width + 4), HEAD)
        picture.fill(head, HUES[flow.kind], 1.0, flow.tip)
        line, taper = ribbons.shortened(line, HEAD - 1), 0.0
    if width < THIN:
        _draw_thin(picture, flow, line, width)
    else:
        _draw_rungs(picture, flow, line, width, taper)


def _draw_thin(picture: Picture, flow: Flow, line: Points, width: float) -> None:
    """A ribbon without room for its rungs: the largest one stands for all."""
    hue = HUES[flow.kind]
    rung = RUNGS[int(np.argmax(flow.parts))] if flow.dollars else "intended"
    if rung == "intended":
        picture.dashes(line, hue, width, flow.tip)
    else:
        shape = ribbons.band(line, -width / 2, width / 2, 0)
        picture.fill(shape, hue, theme.THIN_FILLS[rung], flow.tip)


def _draw_rungs(picture: Picture, flow: Flow, line: Points, width: float, taper: float) -> None:
    hue, edge = HUES[flow.kind], -width / 2
    for rung, size in zip(RUNGS, shares(flow.parts, width), strict=True):
        if not size:
            continue
        outlined = rung != "paid" and size >= THIN
        inset = 0.5 if outlined else 0.0
        shape = ribbons.band(line, edge + inset, edge + size - inset, taper)
        fills = theme.FILLS if outlined else theme.THIN_FILLS
        picture.fill(shape, hue, fills[rung], flow.tip)
        if outlined:
            picture.outline(shape, hue, rung, flow.tip)
        edge += size


def shares(parts: Sequence[float], width: float) -> list[float]:
    """The width split in proportion to `parts`; what exists gets a pixel, at the largest's cost."""
    total = sum(parts)
    sizes = [width * part / total if total else 0.0 for part in parts]
    for place, size in enumerate(sizes):
        if 0 < size < 1 and max(sizes) > 3:
            sizes[sizes.index(max(sizes))] -= 1 - size
            sizes[place] = 1.0
    return sizes
