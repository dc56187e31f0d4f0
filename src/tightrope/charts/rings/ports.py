"""Ports of the map with rings: where on a card's edge, and on the hub, each ribbon begins."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tightrope.charts.rings.layout import Layout, Place, Ribbon, settled
from tightrope.charts.rings.paths import Vector, Way
from tightrope.charts.rings.style import APART

Ports = Mapping[tuple[str, Ribbon], float]
"""Height of a ribbon's port at a party's card."""
_FAR = 1e5


def card_ports(layout: Layout) -> dict[tuple[str, Ribbon], float]:
    """The ports of all cards: towards the hub on one edge, towards the others on the other."""
    ports: dict[tuple[str, Ribbon], float] = {}
    for party, place in layout.places.items():
        own = sorted(ribbon for ribbon in layout.most if party in ribbon[:2])
        hub = [ribbon for ribbon in own if layout.is_hub(ribbon)]
        # What comes in stands above what goes out, on every card.
        hub.sort(key=lambda ribbon: (ribbon[1] != layout.focal, ribbon))
        others = [ribbon for ribbon in own if not layout.is_hub(ribbon)]
        others.sort(key=lambda ribbon: _turn(layout, ribbon, place))
        for edge in (hub, others):
            for ribbon, y in _spread(layout, edge, place).items():
                ports[party, ribbon] = y
    return ports


def _turn(layout: Layout, ribbon: Ribbon, place: Place) -> tuple[int, float, Ribbon]:
    """Sorts the ports of an edge so that ribbons do not cross right where they begin.

    Within a ring a ribbon turns back, so that the nearest lies innermost; to the other ring it
    goes straight on.
    """
    party = ribbon[1] if ribbon[0] == place.card.party else ribbon[0]
    other = layout.places[party]
    if other.side != place.side:
        up = goes_over(place, other)
        return (0, _FAR, ribbon) if up else (2, _FAR, ribbon)
    if other.card.ring == place.card.ring:
        above = other.middle < place.middle
        return (0 if above else 2, -other.middle, ribbon)
    return 1, other.middle, ribbon


def goes_over(one: Place, other: Place) -> bool:
    """Whether a ribbon to the other side goes over the top, not below everything."""
    return one.middle + other.middle < 0


def _spread(layout: Layout, ribbons: Sequence[Ribbon], place: Place) -> dict[Ribbon, float]:
    """The ports below each other, around the middle of the card."""
    widths = [max(layout.width(ribbon), 2.0) + APART for ribbon in ribbons]
    # A card too low for all has them closer together.
    squeeze = min(1.0, (place.card.height - 4) / sum(widths)) if ribbons else 1.0
    y = place.middle - sum(widths) * squeeze / 2
    ports = {}
    for ribbon, width in zip(ribbons, widths, strict=True):
        ports[ribbon] = y + width * squeeze / 2
        y += width * squeeze
    return ports


@dataclass(frozen=True)
class Hub:
    """The focal party: an ellipse between two sides, or a bar beside one."""

    across: float
    tall: float  # half its height
    ways: Mapping[Ribbon, Way]  # where each ribbon leaves it, as seen on the right side


def make_hub(layout: Layout, ports: Ports) -> Hub:
    """The hub, as tall as its ribbons need, and the ribbons' places on it."""
    across = layout.measures.hub
    own = [
        (layout.places[party], ports[party, ribbon], ribbon)
        for party, ribbon in ports
        if layout.is_hub(ribbon)
    ]
    if not layout.measures.is_wide:
        ways = {ribbon: Way((across, y), (1.0, 0.0)) for _, y, ribbon in own}
        return Hub(across, layout.half, ways)
    sides = {
        side: sorted((y, place.inner, ribbon) for place, y, ribbon in own if place.side == side)
        for side in layout.measures.sides
    }
    needed = max(sum(layout.width(r) + APART for *_, r in rows) for rows in sides.values())
    tall = max(62.0, needed * 0.5)
    ways = {}
    for rows in sides.values():
        ways |= _around(layout, rows, across, tall)
    return Hub(across, tall, ways)


def _around(
    layout: Layout, rows: Sequence[tuple[float, float, Ribbon]], across: float, tall: float
) -> dict[Ribbon, Way]:
    """The ribbons' places on one half of the ellipse, each as near to its card as may be."""
    turns = np.linspace(-math.pi / 2, math.pi / 2, 181)
    edge = np.column_stack([across * np.cos(turns), tall * np.sin(turns)])
    run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(edge, axis=0), axis=1))])
    sizes = [layout.width(ribbon) + APART for *_, ribbon in rows]
    wished = []
    for (y, inner, _), size in zip(rows, sizes, strict=True):
        turn = math.atan2(y * 0.8 / tall, inner / across)
        wished.append(float(np.interp(turn, turns, run)) - size / 2)
    starts = settled(wished, sizes, (4.0, float(run[-1]) - 4.0))
    ways = {}
    for (*_, ribbon), start, size in zip(rows, starts, sizes, strict=True):
        turn = float(np.interp(start + size / 2, run, turns))
        point: Vector = (across * math.cos(turn), tall * math.sin(turn))
        ways[ribbon] = Way(point, (math.cos(turn) / across, math.sin(turn) / tall))
    return ways
