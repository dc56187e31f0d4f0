"""Ways of the ribbons on the map with rings.

What the hub has part in runs from it to ring 1. All else runs in the channel between the rings,
so that it crosses no card; to the other side it goes over the top or below everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tightrope.charts.marks import tip_length
from tightrope.charts.rings.layout import Layout, Place, Ribbon
from tightrope.charts.rings.paths import Line, Vector, Way, through
from tightrope.charts.rings.ports import Hub, Ports, goes_over

_TURN = 22.0
_STRIDE = 110.0
_MARGIN = 13.0


@dataclass(frozen=True)
class _Span:
    """The heights that a ribbon takes in the channel of one side."""

    ribbon: Ribbon
    side: int
    top: float
    bottom: float
    ring: int  # 2 if both its ends stand in ring 2, else 1


def find_lines(layout: Layout, ports: Ports, hub: Hub) -> tuple[dict[Ribbon, Line], float, float]:
    """The line of each ribbon from payer to payee; the heights of the highest and the lowest."""
    lines = {}
    others = []
    for ribbon in layout.most:
        if layout.is_hub(ribbon):
            lines[ribbon] = _to_hub(layout, ribbon, ports, hub)
        else:
            others.append(ribbon)
    lanes = _lanes(layout, others, ports)
    crossing = [r for r in others if len({layout.places[p].side for p in r[:2]}) > 1]
    high, low = -layout.half - 4, layout.half + 4
    for ribbon in others:
        if ribbon not in crossing:
            lines[ribbon] = _through_channel(layout, ribbon, ports, lanes)
    # The innermost of those that go to the other side keep closest to it.
    for ribbon in sorted(crossing, key=lambda r: sum(lanes[r, s] for s in (1, -1))):
        over = goes_over(*(layout.places[party] for party in ribbon[:2]))
        wide = layout.width(ribbon)
        level = high - wide / 2 if over else low + wide / 2
        lines[ribbon] = _across(layout, ribbon, ports, lanes, level)
        if over:
            high -= wide + 4
        else:
            low += wide + 4
    return lines, high, low


def _tip(layout: Layout, ribbon: Ribbon) -> float:
    return tip_length(layout.width(ribbon))


def _to_hub(layout: Layout, ribbon: Ribbon, ports: Ports, hub: Hub) -> Line:
    party = ribbon[1] if ribbon[0] == layout.focal else ribbon[0]
    place, y = layout.places[party], ports[party, ribbon]
    start, out = hub.ways[ribbon]
    ways = [
        Way((place.side * start[0], start[1]), (place.side * out[0], out[1])),
        Way((place.side * place.inner, y), (float(place.side), 0.0)),
    ]
    return through(ways if ribbon[0] == layout.focal else _back(ways), _tip(layout, ribbon))


def _back(ways: Sequence[Way]) -> list[Way]:
    """The same ways in the other direction."""
    return [Way(way.point, (-way.direction[0], -way.direction[1])) for way in reversed(ways)]


def _lanes(
    layout: Layout, ribbons: Sequence[Ribbon], ports: Ports
) -> dict[tuple[Ribbon, int], float]:
    """How far across the channel each ribbon runs on each side, from 0 (ring 1) to 1 (ring 2)."""
    lanes = {}
    for side in layout.measures.sides:
        spans = [span for r in ribbons if (span := _span(layout, r, ports, side))]
        spans.sort(key=lambda span: (span.bottom - span.top, span.ribbon))
        tracks: dict[int, list[list[_Span]]] = {1: [], 2: []}
        found: dict[Ribbon, tuple[int, int]] = {}
        for span in spans:
            taken = tracks[span.ring]
            free = (n for n, track in enumerate(taken) if not any(_meet(span, o) for o in track))
            number = next(free, len(taken))
            if number == len(taken):
                taken.append([])
            taken[number].append(span)
            found[span.ribbon] = (span.ring, number)
        count = len(tracks[1]) + len(tracks[2])
        for ribbon, (ring, number) in found.items():
            track = number if ring == 1 else count - 1 - number
            lanes[ribbon, side] = (track + 0.5) / count
    return lanes


def _meet(one: _Span, other: _Span) -> bool:
    return one.top < other.bottom and other.top < one.bottom


def _span(layout: Layout, ribbon: Ribbon, ports: Ports, side: int) -> _Span | None:
    places = [layout.places[party] for party in ribbon[:2]]
    ends = [ports[p.card.party, ribbon] for p in places if p.side == side]
    if not ends:
        return None
    if len(ends) == 1:
        ends.append(-layout.half if goes_over(*places) else layout.half)
    ring = min(place.card.ring for place in places)
    return _Span(ribbon, side, min(ends) - 4, max(ends) + 4, ring)


def _channel(layout: Layout, side: int, lane: float, y: float, down: float) -> Way:
    """The way of a lane through the channel at a height, downwards (1) or upwards (-1)."""

    def out(height: float) -> float:
        near = layout.first(height) + layout.measures.cards[0] + _MARGIN
        return near + lane * (layout.second(height) - _MARGIN - near)

    slope = (out(y + 4) - out(y - 4)) / 8
    return Way((side * out(y), y), (side * slope * down, down))


def _leave(layout: Layout, place: Place, ribbon: Ribbon, ports: Ports) -> Way:
    """Where a ribbon leaves a card for the channel."""
    outward = place.card.ring == 1
    x = place.outer if outward else place.inner
    y = ports[place.card.party, ribbon]
    return Way((place.side * x, y), (place.side * (1.0 if outward else -1.0), 0.0))


def _along(layout: Layout, side: int, lane: float, start: float, end: float) -> list[Way]:
    """Ways through the channel from one height to another, turns at both ends left free."""
    down = 1.0 if end > start else -1.0
    turn = min(_TURN, abs(end - start) / 2)
    first, last = start + down * turn, end - down * turn
    count = int(abs(last - first) // _STRIDE)
    if abs(last - first) < 6:
        heights = [(first + last) / 2]
    else:
        heights = [first + (last - first) * n / (count + 1) for n in range(count + 2)]
    return [_channel(layout, side, lane, y, down) for y in heights]


def _through_channel(
    layout: Layout, ribbon: Ribbon, ports: Ports, lanes: Mapping[tuple[Ribbon, int], float]
) -> Line:
    one, other = (layout.places[party] for party in ribbon[:2])
    start, end = _leave(layout, one, ribbon, ports), _leave(layout, other, ribbon, ports)
    ways = [start]
    way = abs(start.point[1] - end.point[1])
    if one.card.ring == other.card.ring or way > 2.2 * _TURN:
        lane = lanes[ribbon, one.side]
        ways += _along(layout, one.side, lane, start.point[1], end.point[1])
    return through([*ways, *_back([end])], _tip(layout, ribbon))


def _across(
    layout: Layout,
    ribbon: Ribbon,
    ports: Ports,
    lanes: Mapping[tuple[Ribbon, int], float],
    level: float,
) -> Line:
    """The line to the other side, at its middle at the height `level`."""
    one, other = (layout.places[party] for party in ribbon[:2])
    ways = []
    for place in (one, other):
        leave = _leave(layout, place, ribbon, ports)
        lane = lanes[ribbon, place.side]
        up = _along(layout, place.side, lane, leave.point[1], level)
        half = [leave, *up]
        ways += half if place is one else _back(half)
        if place is one:
            top: Vector = (0.0, level)
            ways.append(Way(top, (-float(one.side), 0.0)))
    return through(ways, _tip(layout, ribbon))
