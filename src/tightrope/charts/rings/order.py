"""Who stands where on the rings: sides and order, so that payments between others are short.

A party of ring 2 goes with its main partner of ring 1, so that only ring 1 is to be arranged.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tightrope.charts.rings.cards import Card
from tightrope.charts.rings.style import GAP

Column = tuple[int, int]
"""A ring (1 or 2) and a side (1 right of the hub, -1 left of it)."""
Columns = dict[Column, list[str]]
_Sides = dict[int, list[str]]
_ROUNDS = 12000
_CROSSING = 150.0


@dataclass(frozen=True)
class Link:
    """A payment between two parties that the focal one has no part in."""

    one: str
    other: str
    weight: float


@dataclass(frozen=True)
class _Task:
    """What is to be arranged: parties of ring 1, each with those of ring 2 that go with it."""

    heights: Mapping[str, tuple[float, float]]  # in ring 1 and in ring 2
    links: Sequence[Link]
    pulls: Mapping[str, float]  # how much it wants to stand near half height
    leans: Mapping[str, float]  # how much it wants to stand right (positive) or left


def arrange(
    cards: Mapping[str, Card],
    links: Sequence[Link],
    sides: Sequence[int],
    weights: Mapping[str, float],
) -> Columns:
    """The parties of each ring and side from top to bottom; the same for the same input.

    `weights` is what each party exchanges with the focal one, in USD billion, positive where it
    gets more than it gives: who gives leans to the left, who gets to the right, and the largest
    stand near half height.
    """
    leaders = _leaders(cards, links)
    task = _task(cards, links, weights, leaders)
    now = _start(task, sides)
    chance = random.Random(1)
    best = now
    cost = best_cost = _cost(task, now)
    for round_ in range(_ROUNDS if len(task.heights) > 1 else 0):
        warmth = 80.0 * (1 - round_ / _ROUNDS) ** 3 + 0.1
        tried = _changed(now, chance)
        new = _cost(task, tried)
        if new < cost or chance.random() < math.exp((cost - new) / warmth):
            now, cost = tried, new
            if cost < best_cost:
                best, best_cost = now, cost
    columns: Columns = {(1, side): parties for side, parties in best.items()}
    for side, parties in best.items():
        columns[2, side] = [
            party
            for leader in parties
            for party in cards
            if cards[party].ring == 2 and leaders.get(party) == leader
        ]
    for group in _lost(cards, links, leaders):
        emptiest = min(sides, key=lambda side: _height(columns[2, side], cards))
        columns[2, emptiest].extend(group)
    return columns


def _leaders(cards: Mapping[str, Card], links: Sequence[Link]) -> dict[str, str]:
    """The party of ring 1 that each one goes with: itself, or its main partner's."""
    leaders = {party: party for party, card in cards.items() if card.ring == 1}
    while True:
        near: dict[str, list[tuple[float, str]]] = {}
        for link in links:
            for party, other in ((link.one, link.other), (link.other, link.one)):
                if party not in leaders and other in leaders:
                    near.setdefault(party, []).append((link.weight, leaders[other]))
        if not near:
            return leaders
        leaders |= {party: max(found)[1] for party, found in near.items()}


def _lost(
    cards: Mapping[str, Card], links: Sequence[Link], leaders: Mapping[str, str]
) -> list[list[str]]:
    """The parties that no payment joins to ring 1, those together that pay each other."""
    groups = [[party] for party in cards if party not in leaders]
    for link in links:
        ends = [group for group in groups if link.one in group or link.other in group]
        if len(ends) == 2:
            groups = [group for group in groups if group not in ends]
            groups.append(sorted(ends[0] + ends[1]))
    return sorted(groups, key=lambda group: (-_height(group, cards), group))


def _height(parties: Sequence[str], cards: Mapping[str, Card]) -> float:
    return sum(cards[party].height + GAP for party in parties)


def _task(
    cards: Mapping[str, Card],
    links: Sequence[Link],
    weights: Mapping[str, float],
    leaders: Mapping[str, str],
) -> _Task:
    heights = {party: (card.height + GAP, 0.0) for party, card in cards.items() if card.ring == 1}
    for party, leader in leaders.items():
        if party != leader:
            own, more = heights[leader]
            heights[leader] = own, more + cards[party].height + GAP
    between = [
        Link(leaders[link.one], leaders[link.other], link.weight)
        for link in links
        if link.one in leaders and leaders[link.one] != leaders[link.other]
    ]
    pulls = {party: min(abs(weights.get(party, 0.0)), 200) / 60 for party in heights}
    leans = {
        party: math.copysign(30 + min(abs(weights[party]), 60), weights[party])
        for party in heights
        if weights.get(party)
    }
    return _Task(heights, between, pulls, leans)


def _start(task: _Task, sides: Sequence[int]) -> _Sides:
    columns: _Sides = {side: [] for side in sides}
    for party in sorted(task.heights, key=lambda party: (-sum(task.heights[party]), party)):
        emptiest = min(sides, key=lambda side: _tall(task, columns[side], 0))
        columns[emptiest].append(party)
    return columns


def _changed(columns: _Sides, chance: random.Random) -> _Sides:
    """Two parties exchanged, or one of them put elsewhere."""
    places = [(side, place) for side in columns for place in range(len(columns[side]))]
    side, place = chance.choice(places)
    new = {key: list(parties) for key, parties in columns.items()}
    if chance.random() < 0.5:
        other, there = chance.choice(places)
        new[side][place], new[other][there] = new[other][there], new[side][place]
    else:
        target = chance.choice(list(columns))
        party = new[side].pop(place)
        new[target].insert(chance.randint(0, len(new[target])), party)
    return new


def _tall(task: _Task, parties: Sequence[str], ring: int) -> float:
    return sum(task.heights[party][ring] for party in parties)


def _cost(task: _Task, columns: _Sides) -> float:
    """How long the payments are, in pixels, and how uneven the sides."""
    place: dict[str, tuple[int, float]] = {}
    cost = 0.0
    talls = []
    for side, parties in columns.items():
        talls += [_tall(task, parties, ring) for ring in (0, 1)]
        y = -talls[-2] / 2
        for party in parties:
            high = task.heights[party][0]
            middle = y + high / 2
            place[party] = side, middle
            cost += abs(middle) * task.pulls[party]
            lean = task.leans.get(party, 0.0)
            if lean * side < 0:
                cost += abs(lean)
            y += high
    half = max(talls) / 2
    for link in task.links:
        (side, y), (other_side, other_y) = place[link.one], place[link.other]
        same = side == other_side
        length = abs(y - other_y) if same else _CROSSING + 2 * half - abs(y + other_y)
        cost += link.weight * length
    return cost + 3 * max(talls)
