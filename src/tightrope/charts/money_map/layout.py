"""Layout of the money map: from flows to coordinates, nothing drawn yet.

Heights come first, from the words and ports of the cards; then x, from what the channels around
the outside leave; then the lines of all flows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from tightrope.charts import theme
from tightrope.charts.marks import LINE, text_width
from tightrope.charts.money_map import ribbons
from tightrope.charts.money_map.cards import Card, column_width, make_card, stacked
from tightrope.charts.money_map.columns import SIDES, Place, smallest_pair
from tightrope.charts.money_map.flows import Flow, folded
from tightrope.charts.money_map.plan import Plan
from tightrope.charts.money_map.ribbons import Points
from tightrope.charts.money_map.routes import (
    Route,
    Tracks,
    assign_tracks,
    find_routes,
    port_order,
    route_lines,
)
from tightrope.charts.money_map.style import HUB, LEVEL, Measures
from tightrope.units import usd_bn_range


@dataclass(frozen=True)
class Text:
    """One line of text, its middle at height `y`; `x` is its end or middle, as aligned."""

    x: float
    y: float
    text: str
    align: str
    size: int
    bold: bool


@dataclass(frozen=True)
class Layout:
    """Where everything stands, in pixels, y pointing down from the top of the higher column.

    `routes` and `lines` are the middle lines of the flows between others and of those with the
    focal party, by number of the flow in `plan.flows`, in the direction of the money. `tracks`
    are their distances from the cards. `loops` are the eyes between what a party gets and what
    it gives back. `top` and `bottom` bound the whole.
    """

    plan: Plan
    cards: Mapping[str, Card]
    tracks: Tracks
    routes: Mapping[int, Points]
    lines: Mapping[int, Points]
    loops: Sequence[Points]
    header: Sequence[Text]
    spine: Points
    top: float
    bottom: float


@dataclass(frozen=True)
class _Stack:
    """The cards with their heights, before they have an x."""

    routes: Sequence[Route]
    widths: Mapping[int, float]
    cards: Mapping[str, Card]
    height: float


def lay_out(
    flows: Sequence[Flow], names: Mapping[str, str], focal: str, measures: Measures
) -> Layout:
    """The layout of the flows, the smallest parties folded until the columns fit `measures`."""
    plan = Plan(flows, names, focal, measures)
    stack = _stack(plan)
    while stack.height > measures.height and (pair := smallest_pair(plan.flows, _lowest(stack))):
        flows, names = folded(plan.flows, plan.names, pair)
        plan = Plan(flows, names, focal, measures)
        stack = _stack(plan)
    return _laid_out(plan, stack)


def _stack(plan: Plan) -> _Stack:
    routes = find_routes(plan)
    widths = {side: column_width(plan, side) for side in SIDES}
    columns = {
        side: [make_card(plan, place, widths[side], port_order(routes, place)) for place in places]
        for side, places in plan.columns.items()
    }
    cards, height = stacked(columns)
    return _Stack(routes, widths, cards, height)


def _lowest(stack: _Stack) -> list[Place]:
    """The column whose last card begins lowest."""
    columns = {
        side: [card for card in stack.cards.values() if card.place.side == side] for side in SIDES
    }
    cards = max(columns.values(), key=lambda cards: cards[-1].y if cards else 0.0)
    return [card.place for card in cards]


def _laid_out(plan: Plan, stack: _Stack) -> Layout:
    tracks, channels = assign_tracks(plan, stack.routes, stack.cards)
    cards, hub = _in_columns(plan, stack, channels)
    ports = _hub_ports(plan, cards, stack.height)
    lines = _hub_lines(plan, cards, hub, ports)
    header, over = _header(plan, hub, lines, stack.height)
    reach = (min(over, 0.0), stack.height)
    routes, (top, bottom) = route_lines(plan, stack.routes, cards, tracks, reach)
    spine = _spine(plan, hub, ports, stack.height)
    return Layout(
        plan=plan,
        cards=cards,
        tracks=tracks,
        routes=routes,
        lines=lines,
        loops=_loops(plan, cards, lines),
        header=header,
        spine=spine,
        top=min(top, over),
        bottom=max(bottom, stack.height, spine[:, 1].max()),
    )


def _in_columns(
    plan: Plan, stack: _Stack, channels: Mapping[int, float]
) -> tuple[dict[str, Card], float]:
    """The cards with their x, and the left edge of the spine."""
    measures = plan.measures
    sides = [side for side in SIDES if plan.columns[side]]
    fixed = sum(stack.widths[side] + channels[side] for side in sides) + HUB
    run = min(measures.run, (measures.width - fixed) / max(len(sides), 1))
    spare = max(0.0, measures.width - fixed - run * len(sides))
    left = stack.widths[-1] + channels[-1] + run if -1 in sides else 0.0
    hub = left + (0.0 if measures.one_sided else spare / 2)
    cards = {}
    for party, card in stack.cards.items():
        side = card.place.side
        edge = hub + HUB if side > 0 else hub
        inner = edge + side * (run + plan.indent(card.place))
        outer = edge + side * (run + stack.widths[side])
        cards[party] = replace(card, inner=inner, outer=outer)
    return cards, hub


def _hub_ports(plan: Plan, cards: Mapping[str, Card], height: float) -> dict[int, float]:
    """Height of each flow at the spine: as at its card, but drawn together like a fan."""
    ports: dict[int, float] = {}
    middle = height / 2
    for places in plan.columns.values():
        owner = {n: cards[place.party] for place in places for n in plan.hub_flows(place.party)}
        if not owner:
            continue
        heights = [card.port(number) for number, card in owner.items()]
        wanted = np.array([middle + (y - middle) * plan.measures.fan for y in heights])
        half = np.array([max(plan.pixels(number), 7.0) / 2 for number in owner])
        # Neighbours of different partners bow towards each other and need room for it.
        apart = [4 if owner[a] is owner[b] else 6 + plan.measures.bow for a, b in pairwise(owner)]
        gaps = half[1:] + half[:-1] + np.array(apart)
        offsets = np.concatenate([[0.0], np.cumsum(gaps)])
        placed = _rising(wanted - offsets) + offsets
        ports |= dict(zip(owner, (float(y) for y in placed), strict=True))
    return ports


def _rising(values: Points) -> Points:
    """The nearest rising sequence (isotonic regression by pooling neighbours)."""
    pools: list[list[float]] = []
    for value in values:
        pools.append([float(value), 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, count = pools.pop()
            before, size = pools.pop()
            pools.append([(before * size + mean * count) / (size + count), size + count])
    return np.array([mean for mean, count in pools for _ in range(int(count))])


def _hub_lines(
    plan: Plan, cards: Mapping[str, Card], hub: float, ports: Mapping[int, float]
) -> dict[int, Points]:
    """The middle line of each flow with the focal party, in the direction of the money."""
    lines = {}
    for party, card in cards.items():
        bow = plan.measures.bow if plan.is_loop(party) else 0.0
        for number in plan.hub_flows(party):
            start = (hub + HUB if card.place.side > 0 else hub, ports[number])
            end = (card.inner, card.port(number))
            inward = plan.flows[number].payer == party
            line = ribbons.curve(start, end, bow if inward else -bow, LEVEL)
            lines[number] = line[::-1] if inward else line
    return lines


def _loops(plan: Plan, cards: Mapping[str, Card], lines: Mapping[int, Points]) -> list[Points]:
    """The eyes between what a party gets and what it gives back."""
    eyes = []
    for party, card in cards.items():
        for upper, lower in pairwise(plan.hub_flows(party)):
            if plan.flows[upper].payer == plan.focal and plan.flows[lower].payee == plan.focal:
                edges = [
                    ribbons.beside(lines[number], card.place.side * plan.pixels(number) / 2)
                    for number in (upper, lower)
                ]
                eyes.append(np.vstack(edges))
    return eyes


def _header(
    plan: Plan, hub: float, lines: Mapping[int, Points], height: float
) -> tuple[list[Text], float]:
    """Name and totals of the focal party, clear of the ribbons, and the height of their top."""
    rows = _header_rows(plan)
    half = max(text_width(*row) for row in rows) / 2 + 4
    one_sided = plan.measures.one_sided
    x = 0.0 if one_sided else hub + HUB / 2
    floor = 0.0 if one_sided else height / 2 - 26
    for number, line in lines.items():
        near = line[np.abs(line[:, 0] - x) < (2 * half if one_sided else half) + 4]
        if len(near):
            floor = min(floor, near[:, 1].min() - plan.pixels(number) / 2 - 4)
    top = floor - 8 - LINE * len(rows)
    align = "left" if one_sided else "center"
    texts = [
        Text(x, top + 9 + place * (LINE + 1), text, align, size, bold)
        for place, (text, size, bold) in enumerate(rows)
    ]
    return texts, top


def _header_rows(plan: Plan) -> list[tuple[str, int, bool]]:
    """Text, size and weight of each line of the header."""
    rows = [(plan.name(plan.focal), 17, True)]
    for stem, end in (("get", "payee"), ("pay", "payer")):
        own = [flow for flow in plan.flows if getattr(flow, end) == plan.focal]
        if own:
            least, most = sum(flow.least for flow in own), sum(flow.most for flow in own)
            text = f"{plan.verb(plan.focal, stem)} {usd_bn_range(least, most)}"
            rows.append((text, theme.FONT_SIZE, False))
    return rows


def _spine(plan: Plan, hub: float, ports: Mapping[int, float], height: float) -> Points:
    """The focal party's bar, a little higher than what meets it."""
    ends = [
        y + sign * (plan.pixels(number) / 2 + 6) for number, y in ports.items() for sign in SIDES
    ] or [height / 2 - 20, height / 2 + 20]
    return ribbons.rectangle(hub, min(ends), HUB, max(ends) - min(ends))
