"""Where everything stands on the map with rings: cards, hub and ports, in pixels.

The middle of the hub is the origin, y pointing down. Distances from the middle are positive on
both sides; `Place.side` tells which side it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tightrope.charts.rings.cards import Card, make_cards
from tightrope.charts.rings.edges import Edge
from tightrope.charts.rings.order import Link, arrange
from tightrope.charts.rings.style import APART, GAP, Measures

Ribbon = tuple[str, str, str]
"""Payer, payee and kind."""


@dataclass(frozen=True)
class Place:
    """A card in the drawing: `y` is its top, `inner` and `outer` how far its edges are out."""

    card: Card
    side: int
    y: float
    inner: float
    outer: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.card.height / 2


@dataclass(frozen=True)
class Layout:
    """The parties' places, and the ribbons with the most that they ever come to (USD bn)."""

    measures: Measures
    focal: str
    places: Mapping[str, Place]
    most: Mapping[Ribbon, float]
    scale: float
    """Pixels per USD billion."""
    half: float
    """Half the height of the taller ring."""

    def pixels(self, dollars: float) -> float:
        """Width of a ribbon: linear in dollars, but at least one pixel."""
        return max(1.0, dollars * self.scale)

    def width(self, ribbon: Ribbon) -> float:
        """The widest that the ribbon ever is."""
        return self.pixels(self.most[ribbon])

    def is_hub(self, ribbon: Ribbon) -> bool:
        """Whether the focal party is an end of the ribbon."""
        return self.focal in ribbon[:2]

    def first(self, y: float) -> float:
        """How far out ring 1 begins at a height."""
        m = self.measures
        return m.first - m.first_bulge * (1 - self._round(y))

    def second(self, y: float) -> float:
        """How far out ring 2 begins at a height."""
        m = self.measures
        return m.second - m.second_bulge * (1 - self._round(y))

    def _round(self, y: float) -> float:
        return math.sqrt(max(0.0, 1 - (y / (self.half * 1.04)) ** 2))


def lay_out(
    edges: Sequence[Edge], names: Mapping[str, str], focal: str, measures: Measures
) -> Layout:
    """The layout for everything that is ever drawn, so that nothing moves when days go by."""
    most: dict[Ribbon, float] = {}
    for edge in edges:
        most[edge.ribbon] = max(most.get(edge.ribbon, 0.0), edge.most)
    scale = _scale(most, focal, measures)
    cards = make_cards(edges, names, focal, measures, _needed(most, focal, scale))
    columns = arrange(cards, _links(most, focal), measures.sides, _weights(most, focal))
    half = max((_tall(parties, cards) for parties in columns.values()), default=0.0) / 2
    half = max(half, 90.0)
    layout = Layout(measures, focal, {}, most, scale, half)
    tops = {
        party: top
        for parties in columns.values()
        for party, top in _stacked(parties, cards, half).items()
    }
    for (ring, _), parties in columns.items():
        if ring == 2:
            wished = _wishes(parties, cards, most, tops)
            parties.sort(key=lambda party: (wished[party], party))
            sizes = [cards[party].height + GAP for party in parties]
            pulls = [1 + scale * sum(_dollars(most, party)) for party in parties]
            places = settled([wished[p] for p in parties], sizes, (-half, half + GAP), pulls)
            tops |= dict(zip(parties, places, strict=True))
    return replace(
        layout,
        places={
            party: _place(layout, cards[party], side, tops[party])
            for (_, side), parties in columns.items()
            for party in parties
        },
    )


def _place(layout: Layout, card: Card, side: int, top: float) -> Place:
    middle = top + card.height / 2
    inner = layout.first(middle) if card.ring == 1 else layout.second(middle)
    return Place(card, side, top, inner, inner + layout.measures.cards[card.ring - 1])


def _links(most: Mapping[Ribbon, float], focal: str) -> list[Link]:
    return [
        Link(ribbon[0], ribbon[1], 1 + 0.5 * math.log10(1 + dollars))
        for ribbon, dollars in sorted(most.items())
        if focal not in ribbon[:2]
    ]


def _weights(most: Mapping[Ribbon, float], focal: str) -> dict[str, float]:
    """What each party gets from the focal one without what it gives, in USD billion."""
    weights: dict[str, float] = {}
    for (payer, payee, _), dollars in sorted(most.items()):
        if focal in (payer, payee):
            sign = 1 if payer == focal else -1
            other = payee if payer == focal else payer
            weights[other] = weights.get(other, 0.0) + sign * max(dollars, 0.1)
    return weights


def _scale(most: Mapping[Ribbon, float], focal: str, measures: Measures) -> float:
    """Pixels per USD billion, so that the widest ribbon and all those at the hub have room."""
    hub = sum(dollars for ribbon, dollars in most.items() if focal in ribbon[:2])
    bounds = [
        (measures.ribbon, max(most.values(), default=0.0)),
        (measures.total * len(measures.sides), hub),
    ]
    return min((pixels / dollars for pixels, dollars in bounds if dollars > 0), default=1.0)


def _needed(most: Mapping[Ribbon, float], focal: str, scale: float) -> dict[str, float]:
    """How high each party's card must be for the ribbons on one of its edges."""
    needed: dict[tuple[str, bool], float] = {}
    for ribbon, dollars in most.items():
        for party in ribbon[:2]:
            edge = (party, focal in ribbon[:2])
            needed[edge] = needed.get(edge, 4.0) + max(2.0, dollars * scale) + APART
    return {
        party: max(needed.get((party, way), 0.0) for way in (True, False)) for party, _ in needed
    }


def _tall(parties: Sequence[str], cards: Mapping[str, Card]) -> float:
    return sum(cards[party].height + GAP for party in parties) - GAP


def _wishes(
    parties: Iterable[str],
    cards: Mapping[str, Card],
    most: Mapping[Ribbon, float],
    tops: Mapping[str, float],
) -> dict[str, float]:
    """The tops at which parties would stand beside their partners."""
    wishes = {}
    for party in parties:
        beside = [
            (1 + dollars, tops[other] + cards[other].height / 2)
            for ribbon, dollars in most.items()
            for other in ribbon[:2]
            if party in ribbon[:2] and other != party and other in tops
        ]
        whole = sum(weight for weight, _ in beside)
        middle = sum(weight * y for weight, y in beside) / whole if whole else 0.0
        wishes[party] = middle - cards[party].height / 2
    return wishes


def _stacked(parties: Sequence[str], cards: Mapping[str, Card], half: float) -> dict[str, float]:
    """The tops of a column's cards, evenly spread around the middle."""
    free = 2 * half - _tall(parties, cards)
    gap = GAP + min(free * 0.8 / max(len(parties) - 1, 1), 40.0)
    top = -(_tall(parties, cards) + (gap - GAP) * (len(parties) - 1)) / 2
    tops: dict[str, float] = {}
    for party in parties:
        tops[party] = top
        top += cards[party].height + gap
    return tops


def _dollars(most: Mapping[Ribbon, float], party: str) -> list[float]:
    return [dollars for ribbon, dollars in most.items() if party in ribbon[:2]]


def settled(
    wished: Sequence[float],
    sizes: Sequence[float],
    bounds: tuple[float, float],
    pulls: Sequence[float] | None = None,
) -> list[float]:
    """Starts of intervals of these sizes, in order and apart, as near to the wished as can be.

    All lie between the bounds where there is room; where there is none, they begin at the lower.
    `pulls` says how much the wish of each one counts.
    """
    pulls = pulls or [1.0] * len(sizes)
    offsets = [sum(sizes[:place]) for place in range(len(sizes))]
    # Without the sizes, the starts need only not decrease: neighbours that do are put together.
    blocks: list[tuple[float, float, int]] = []
    for wish, offset, pull in zip(wished, offsets, pulls, strict=True):
        blocks.append((wish - offset, pull, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (mean, weight, count), (other, more, others) = blocks[-2:]
            both = (mean * weight + other * more) / (weight + more)
            blocks[-2:] = [(both, weight + more, count + others)]
    free = [mean for mean, _, count in blocks for _ in range(count)]
    latest = max(bounds[1] - sum(sizes), bounds[0])
    return [
        min(max(x, bounds[0]), latest) + offset for x, offset in zip(free, offsets, strict=True)
    ]
