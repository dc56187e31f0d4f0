"""The money map: who pays whom, how much, and how much of it is more than a promise.

The focal party is a spine; who gives it more than it surely gets stands left, who gets more stands
right, the largest on top. Ribbons are linear in dollars on one scale for the whole map. Flows
between the others run around the outside and never cross the spine or a label. On a phone
everything stands on one side, as the teeth of a comb.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tightrope.charts import ribbons, theme
from tightrope.charts.marks import DASH, LINE, SMALL, Canvas, text_width, wrap
from tightrope.charts.ribbons import Points
from tightrope.units import usd_bn, usd_bn_range

RUNGS = ("paid", "binding", "announced", "intended")
_HUES = {
    "in": theme.INTO_OPENAI,
    "out": theme.OUT_OF_OPENAI,
    "onward": theme.ONWARD,
    "borrowed": theme.BORROWED,
}
_FILL = {
    "paid": theme.PAID_OPACITY,
    "binding": theme.BINDING_OPACITY,
    "announced": theme.ANNOUNCED_OPACITY,
    "intended": 0.04,
}
# A line too thin for an outline shows its rung by opacity, or by dashes, alone.
_THIN_FILL = {"paid": 1.0, "binding": 0.75, "announced": 0.5, "intended": 1.0}
_LETTERS = ("letter_of_intent", "reported")
_THIN = 2.5
_PAD = 7
_GAP = 7
_PORT = 17
_HEAD = 8.0
_LANE = 5.0
_HUB = 12
_LEVEL = 15.0
_SHADE = 0.13


@dataclass(frozen=True)
class Flow:
    """All that one party pays another in one hue; `parts` is USD billion by rung of `RUNGS`.

    `least` and `most` are the ends of the range, in USD billion.
    """

    payer: str
    payee: str
    kind: str
    parts: tuple[float, ...]
    least: float
    most: float
    tip: Mapping[str, str]

    @property
    def label(self) -> str:
        """The amount or its range, as readers read it; `most` is NaN where nobody says."""
        return usd_bn_range(_rounded(self.least), _rounded(self.most))

    @property
    def dollars(self) -> float:
        """What is drawn, in USD billion: the amount, or the upper end of its range."""
        return sum(self.parts)

    def ends(self) -> tuple[str, str]:
        """Payer and payee."""
        return self.payer, self.payee


@dataclass(frozen=True)
class _Shape:
    """Measures of one drawing: of the wide one or of that for a phone."""

    width: int
    one_sided: bool
    ribbon: float  # the widest ribbon, pixels
    total: float  # all ribbons on one side together, pixels
    column: float  # the widest column of cards
    run: float  # the longest way from the spine to a card
    fan: float  # how far the spine is compressed against the columns
    bow: float
    indent: float
    height: float  # parties are folded together until a column fits


_WIDE = _Shape(theme.WIDE, False, 54.0, 240.0, 168.0, 190.0, 0.8, 8.0, 10.0, 640.0)
_NARROW = _Shape(theme.NARROW, True, 30.0, 400.0, 146.0, 96.0, 1.0, 6.0, 8.0, 1500.0)


@dataclass
class _Card:
    """A party's place: `side` is -1 left and 1 right of the spine; ports are heights by flow."""

    party: str
    side: int
    depth: int
    parent: str = ""
    lines: list[str] = field(default_factory=list)
    labels: list[tuple[str, float, bool]] = field(default_factory=list)
    ports: dict[int, float] = field(default_factory=dict)
    y: float = 0.0
    height: float = 0.0
    inner: float = 0.0
    outer: float = 0.0


@dataclass
class _Route:
    """A way around the outside: from card to card through the channel of one or both sides."""

    flow: int
    start: _Card
    end: _Card
    over_top: bool = False
    tracks: dict[int, float] = field(default_factory=dict)

    @property
    def crosses(self) -> bool:
        return self.start.side != self.end.side


def money_map(
    legs: pd.DataFrame, names: Mapping[str, str], focal: str, width: int
) -> alt.TopLevelMixin:
    """The money map of `legs`, drawn for `width` pixels (`theme.WIDE` or `theme.NARROW`).

    `legs` is what `ledger.flows` returns for any layer, `names` gives each party's name and
    `focal` the party at the centre. Legs are added up by payer, payee and hue; an amount that no
    source gives counts with the upper end of its range, dashed above the lower end. Where a
    column would grow too high, the smallest parties are drawn as one.
    """
    shape = _NARROW if width <= theme.NARROW else _WIDE
    flows, names = collect(legs, names, focal), dict(names)
    drawing = _Drawing(flows, names, focal, shape)
    while drawing.height > shape.height and (pair := drawing.smallest_pair()):
        flows, names = _folded(flows, names, pair)
        drawing = _Drawing(flows, names, focal, shape)
    return drawing.chart()


def collect(legs: pd.DataFrame, names: Mapping[str, str], focal: str) -> list[Flow]:
    """The legs added up by payer, payee and hue, largest first."""
    kinds = np.select(
        [legs.instrument.eq("loan"), legs.payee.eq(focal), legs.payer.eq(focal)],
        ["borrowed", "in", "out"],
        "onward",
    )
    flows = []
    for key, group in legs.groupby([legs.payer, legs.payee, kinds], sort=True):
        payer, payee, kind = (str(part) for part in key)
        tip = {
            "flow": f"{names.get(payer, payer)} → {names.get(payee, payee)}",
            "instrument": ", ".join(dict.fromkeys(group.instrument.str.replace("_", " "))),
        } | {rung: _written(group, rung) for rung in ("announced", "binding", "paid")}
        by_leg = np.array([_parts(row) for row in group.to_dict("records")])
        parts = tuple(float(part) for part in by_leg.sum(axis=0))
        least, most = _range(group, "amount", "low", "high")
        flows.append(Flow(payer, payee, kind, parts, least, most, tip))
    return sorted(flows, key=lambda flow: (-flow.dollars, flow.payer, flow.payee, flow.kind))


def _parts(leg: Mapping[Any, Any]) -> Points:
    """USD billion by rung: each rung without the ones below it; a range ends as intended."""
    amount, low, high = (float(leg[name]) for name in ("amount", "low", "high"))
    floor = low if math.isnan(amount) else amount
    paid, binding = (
        min(floor, float(leg[f"{rung}_low"] if math.isnan(leg[rung]) else leg[rung]))
        for rung in ("paid", "binding")
    )
    binding = max(binding, paid)
    rest = floor - binding
    open_end = high - floor if math.isnan(amount) and high > floor else 0.0
    is_letter = leg["stated_as"] in _LETTERS
    parts = (paid, binding - paid, 0.0 if is_letter else rest, open_end + rest * is_letter)
    return np.nan_to_num(np.maximum(parts, 0.0))


def _range(group: pd.DataFrame, amount: str, low: str, high: str) -> tuple[float, float]:
    """What the legs add up to at least and at most; the most is NaN where nobody says."""
    known, unknown = group[amount].sum(), group[group[amount].isna()]
    return known + unknown[low].sum(), known + unknown[high].sum(skipna=False)


def _written(group: pd.DataFrame, rung: str) -> str:
    least, most = _range(group, rung, f"{rung}_low", f"{rung}_high")
    return usd_bn_range(_rounded(least), _rounded(most))


def _rounded(value: float) -> float:
    """Three significant digits, so that the ends of a range do not differ by noise."""
    return value if not value or math.isnan(value) else float(f"{value:.3g}")


def _throughput(flows: Sequence[Flow]) -> dict[str, float]:
    """USD billion that passes each party."""
    table: dict[str, float] = {}
    for flow in flows:
        for party in flow.ends():
            table[party] = table.get(party, 0.0) + flow.dollars
    return table


def _folded(
    flows: Sequence[Flow], names: Mapping[str, str], parties: Sequence[str]
) -> tuple[list[Flow], dict[str, str]]:
    """The flows with the parties as one, named after how many they are."""
    count = sum(int(party.split("\0")[1]) if "\0" in party else 1 for party in parties)
    merged = f"\0{count}\0{min(parties)}"
    groups: dict[tuple[str, str, str], list[Flow]] = {}
    for flow in flows:
        payer, payee = (merged if party in parties else party for party in flow.ends())
        if payer != payee:
            groups.setdefault((payer, payee, flow.kind), []).append(flow)
    new = []
    for (payer, payee, kind), group in groups.items():
        parts = tuple(sum(flow.parts[rung] for flow in group) for rung in range(len(RUNGS)))
        least, most = sum(flow.least for flow in group), sum(flow.most for flow in group)
        tip = group[0].tip if len(group) == 1 else {"flow": f"{len(group)} flows"}
        new.append(Flow(payer, payee, kind, parts, least, most, tip))
    return new, {**names, merged: f"{count} smaller parties"}


def _columns(flows: Sequence[Flow], focal: str, one_sided: bool) -> dict[int, list[_Card]]:
    """The cards of each side, top to bottom: partners by size, each followed by its own."""
    size = _throughput(flows)
    net: dict[str, float] = {}
    for flow in flows:
        if focal in flow.ends():
            party, sign = (flow.payee, 1) if flow.payer == focal else (flow.payer, -1)
            # The lower ends decide: "up to" is no gift yet.
            net[party] = net.get(party, 0.0) + sign * flow.least
    parents: dict[str, str | None] = dict.fromkeys(net)
    others = [flow for flow in flows if focal not in flow.ends()]
    while missing := [flow for flow in others if not set(flow.ends()) <= set(parents)]:
        touching = [flow for flow in missing if set(flow.ends()) & set(parents)]
        if touching:
            flow = max(touching, key=lambda flow: flow.dollars)
            child, parent = flow.ends() if flow.payee in parents else flow.ends()[::-1]
            parents[child] = parent
        else:
            parents[max(missing[0].ends(), key=lambda party: size[party])] = None
    children: dict[str | None, list[str]] = {}
    # What was folded together comes last, however large it has become.
    for party in sorted(parents, key=lambda party: ("\0" in party, -size[party], party)):
        children.setdefault(parents[party], []).append(party)
    columns: dict[int, list[_Card]] = {-1: [], 1: []}

    def place(party: str, side: int, depth: int) -> None:
        parent = parents[party] or ("" if depth else focal)
        columns[side].append(_Card(party, side, depth, parent))
        for child in children.get(party, []):
            place(child, side, depth + 1)

    for party in [p for p in children.get(None, []) if p in net]:
        place(party, 1 if one_sided or net[party] >= 0 else -1, 0)
    for party in [p for p in children.get(None, []) if p not in net]:
        shorter = -1 if len(columns[-1]) < len(columns[1]) else 1
        place(party, 1 if one_sided else shorter, 1)
    return columns


def _size(card: _Card) -> int:
    """Type size of a party's name: partners of the focal party stand out."""
    return SMALL if card.depth else theme.FONT_SIZE


class _Drawing:
    """One layout of the map: y first (columns, ports, tracks), then x, then everything drawn."""

    def __init__(
        self, flows: Sequence[Flow], names: Mapping[str, str], focal: str, shape: _Shape
    ) -> None:
        self.flows, self.names, self.focal, self.shape = flows, names, focal, shape
        self.columns = _columns(flows, focal, shape.one_sided)
        self.cards = {card.party: card for cards in self.columns.values() for card in cards}
        self.scale = self._scale()
        self.features: list[dict[str, Any]] = []
        self.texts: list[tuple[float, float, str, str, int, bool]] = []
        self.place_of = {
            card.party: place for cards in self.columns.values() for place, card in enumerate(cards)
        }
        self.routes = [
            _Route(number, self.cards[flow.payer], self.cards[flow.payee])
            for number, flow in enumerate(flows)
            if focal not in flow.ends()
        ]
        for route in self.routes:
            route.over_top = route.crosses and self._is_high(route)
        self.widths = {side: self._column_width(side) for side in (-1, 1)}
        for card in self.cards.values():
            self._fill_card(card)
        self.height = self._stack()

    def _scale(self) -> float:
        """Pixels for a billion: bound by the widest ribbon and by all on one side together."""
        most = max((flow.dollars for flow in self.flows), default=0.0)
        sides = {-1: 0.0, 1: 0.0}
        for flow in self.flows:
            if self.focal in flow.ends():
                other = flow.payee if flow.payer == self.focal else flow.payer
                sides[self.cards[other].side] += flow.dollars
        bounds = [(self.shape.ribbon, most), (self.shape.total, max(sides.values()))]
        return min((pixels / dollars for pixels, dollars in bounds if dollars > 0), default=1.0)

    def smallest_pair(self) -> list[str]:
        """The two smallest parties of the higher column that stand in the same relation."""
        # What is folded already takes in the next, so that there is one such party a family.
        size = {p: 0.0 if "\0" in p else s for p, s in _throughput(self.flows).items()}
        column = max(self.columns.values(), key=lambda cards: cards[-1].y if cards else 0.0)
        families: dict[str, list[str]] = {}
        for card in column:
            families.setdefault(card.parent, []).append(card.party)
        pairs = [sorted(family, key=lambda p: (size[p], p))[:2] for family in families.values()]
        pairs = [pair for pair in pairs if len(pair) == 2]
        return min(pairs, key=lambda pair: size[pair[0]] + size[pair[1]], default=[])

    def pixels(self, flow: Flow) -> float:
        """Width of a flow's ribbon: linear in dollars, but at least one pixel."""
        return max(1.0, flow.dollars * self.scale)

    def _is_high(self, route: _Route) -> bool:
        shares = [
            (self.place_of[card.party] + 0.5) / len(self.columns[card.side])
            for card in (route.start, route.end)
        ]
        return sum(shares) < 1

    # Cards -----------------------------------------------------------------------------------

    def _name(self, party: str) -> str:
        return str(self.names.get(party, party))

    def _word(self, number: int, party: str) -> str:
        flow = self.flows[number]
        if flow.payee == party:
            return f"gets {flow.label}"
        verb = {"in": "gives", "borrowed": "lends"}.get(flow.kind, "pays")
        return f"{verb} {flow.label}"

    def _column_width(self, side: int) -> float:
        cards = self.columns[side]
        if not cards:
            return 0.0
        needed = 84.0
        for card in cards:
            indent = self.shape.indent * min(card.depth, 1)
            name = text_width(self._name(card.party), _size(card), not card.depth)
            words = [
                text_width(self._word(number, card.party), SMALL)
                for number, flow in enumerate(self.flows)
                if flow.payer == card.party or flow.ends() == (self.focal, card.party)
            ]
            # Words never wrap, so they may widen the column beyond what a name may.
            needed = max(
                needed,
                *(word + 2 * _PAD + indent for word in words),
                min(name + 2 * _PAD + indent, self.shape.column),
            )
        return needed

    def _fill_card(self, card: _Card) -> None:
        """Lines and ports of one card, measured from its top."""
        room = self.widths[card.side] - 2 * _PAD - self.shape.indent * min(card.depth, 1)
        size, bold = _size(card), not card.depth
        card.lines = wrap(self._name(card.party), room, 3, size, bold)
        taken = [
            (place * LINE + 3.0, place * LINE + 3.0 + LINE, text_width(line, size, bold))
            for place, line in enumerate(card.lines)
        ]
        below = taken[-1][1] + 1.0
        for number in self._hub_flows(card.party):
            slot = max(_PORT, self.pixels(self.flows[number]) + 4)
            y, word = below + slot / 2, self._word(number, card.party)
            card.ports[number] = y
            card.labels.append((word, y, False))
            taken.append((y - LINE / 2, y + LINE / 2, text_width(word, SMALL)))
            below += slot
        card.height = max(below, self._fill_outside(card, taken, room)) + 4

    def _fill_outside(
        self, card: _Card, taken: Sequence[tuple[float, float, float]], room: float
    ) -> float:
        """Ports on the outer side, their labels clear of the text inside; where they end.

        `taken` holds top, bottom and width of each line of that text, `room` what fits beside.
        """
        top = 4.0
        for number in self._outer_flows(card):
            flow = self.flows[number]
            pays = flow.payer == card.party
            half = max(_PORT if pays else 10.0, self.pixels(flow) + 4) / 2
            if pays:
                word = self._word(number, card.party)
                free = room - text_width(word, SMALL) - 10
                blocked = [(low, high) for low, high, width in taken if width > free]
                while any(
                    low < top + half + LINE / 2 and top + half - LINE / 2 < high
                    for low, high in blocked
                ):
                    top += 2
                card.labels.append((word, top + half, True))
            card.ports[number] = top + half
            top += 2 * half
        return top

    def _hub_flows(self, party: str) -> list[int]:
        """The party's flows with the focal party, those that it gets first."""
        own = [n for n, f in enumerate(self.flows) if {party, self.focal} == set(f.ends())]
        return sorted(own, key=lambda number: self.flows[number].payer == party)

    def _outer_flows(self, card: _Card) -> list[int]:
        """The party's other flows, top port first, in the order in which none crosses another."""

        def key(route: _Route) -> tuple[int, float, int]:
            other = route.end if route.start is card else route.start
            here, there = self.place_of[card.party], self.place_of[other.party]
            if route.crosses:
                upward = route.over_top
                reach = 1000 + (there if upward else len(self.columns[other.side]) - 1 - there)
            else:
                upward = there < here
                reach = abs(there - here)
            return (0, reach, -route.flow) if upward else (1, -reach, route.flow)

        own = [route for route in self.routes if card in (route.start, route.end)]
        return [route.flow for route in sorted(own, key=key)]

    # Heights ---------------------------------------------------------------------------------

    def _stack(self) -> float:
        """Put the cards of each column below each other, the columns centred; the height."""
        heights: dict[int, float] = {}
        for side, cards in self.columns.items():
            top = 0.0
            for card in cards:
                card.y = top
                top += card.height + _GAP
            heights[side] = top - _GAP if cards else 0.0
        tallest = max(heights.values())
        for side, cards in self.columns.items():
            for card in cards:
                card.y += (tallest - heights[side]) / 2
        return tallest

    def _hub_ports(self) -> dict[int, float]:
        """Height of each flow at the spine: as at its card, but drawn together like a fan."""
        ports: dict[int, float] = {}
        middle = self.height / 2
        for cards in self.columns.values():
            numbers = [number for card in cards for number in self._hub_flows(card.party)]
            if not numbers:
                continue
            owner = {n: card for card in cards for n in self._hub_flows(card.party)}
            heights = [owner[n].y + owner[n].ports[n] for n in numbers]
            wanted = np.array([middle + (y - middle) * self.shape.fan for y in heights])
            half = np.array([max(self.pixels(self.flows[n]), 7.0) / 2 for n in numbers])
            # Neighbours of different partners bow towards each other and need room for it.
            apart = [
                4 if owner[a] is owner[b] else 6 + self.shape.bow for a, b in pairwise(numbers)
            ]
            gaps = half[1:] + half[:-1] + np.array(apart)
            offsets = np.concatenate([[0.0], np.cumsum(gaps)])
            placed = _rising(wanted - offsets) + offsets
            ports |= dict(zip(numbers, (float(y) for y in placed), strict=True))
        return ports

    def _assign_tracks(self) -> dict[int, float]:
        """Give each route its distance from the cards; the width of each side's channel."""
        widths = {}
        for side in (-1, 1):
            taken: list[tuple[float, float, float]] = []
            spans = [
                (*self._span(route, side), route)
                for route in self.routes
                if side in (route.start.side, route.end.side)
            ]
            for top, bottom, route in sorted(spans, key=lambda span: span[1] - span[0]):
                thick = self.pixels(self.flows[route.flow])
                near = _tip(thick) + 8
                for other_top, other_bottom, far in taken:
                    if other_top < bottom and top < other_bottom:
                        near = max(near, far + _LANE)
                route.tracks[side] = near + thick / 2
                taken.append((top, bottom, near + thick))
            widths[side] = max((far for *_, far in taken), default=0.0) + 2
        return widths

    def _span(self, route: _Route, side: int) -> tuple[float, float]:
        """The heights that a route takes on one side; one that crosses leaves the drawing."""
        half = self.pixels(self.flows[route.flow]) / 2
        ends = [c.y + c.ports[route.flow] for c in (route.start, route.end) if c.side == side]
        if route.crosses:
            ends.append(-1e4 if route.over_top else 1e4)
        return min(ends) - half, max(ends) + half

    # Drawing ---------------------------------------------------------------------------------

    def chart(self) -> alt.TopLevelMixin:
        """Everything, drawn."""
        shape = self.shape
        channel = self._assign_tracks()
        sides = [side for side in (-1, 1) if self.columns[side]]
        fixed = sum(self.widths[side] + channel[side] for side in sides) + _HUB
        run = min(shape.run, (shape.width - fixed) / max(len(sides), 1))
        spare = max(0.0, shape.width - fixed - run * len(sides))
        left = self.widths[-1] + channel[-1] + run if -1 in sides else 0.0
        hub = left + (0.0 if shape.one_sided else spare / 2)
        for card in self.cards.values():
            indent = shape.indent * min(card.depth, 1)
            edge = hub + _HUB if card.side > 0 else hub
            card.inner = edge + card.side * (run + indent)
            card.outer = edge + card.side * (run + self.widths[card.side])
        ports = self._hub_ports()
        lines = self._hub_lines(hub, ports)
        self._loops(lines)
        header = self._header(hub, lines, ports)
        top, bottom = self._draw_routes(header)
        for number, line in lines.items():
            self._ribbon(self.flows[number], line)
        self._draw_cards()
        reach = [
            y + sign * (self.pixels(self.flows[n]) / 2 + 6)
            for n, y in ports.items()
            for sign in (-1, 1)
        ] or [self.height / 2 - 20, self.height / 2 + 20]
        spine = ribbons.rectangle(hub, min(reach), _HUB, max(reach) - min(reach))
        self._polygon(spine, theme.INK, 1.0)
        return self._assemble(min(top, header), max(bottom, self.height, max(reach)))

    def _hub_lines(self, hub: float, ports: Mapping[int, float]) -> dict[int, Points]:
        """The middle line of each flow with the focal party, in the direction of the money."""
        lines = {}
        for card in self.cards.values():
            own = self._hub_flows(card.party)
            both = len({self.flows[n].payer for n in own}) > 1
            for number in own:
                start = (hub + _HUB if card.side > 0 else hub, ports[number])
                end = (card.inner, card.y + card.ports[number])
                inward = self.flows[number].payer == card.party
                bow = self.shape.bow * (1 if inward else -1) if both else 0.0
                line = ribbons.curve(start, end, bow, _LEVEL)
                lines[number] = line[::-1] if inward else line
        return lines

    def _loops(self, lines: Mapping[int, Points]) -> None:
        """Shade the eye between what a party gets and what it gives back."""
        for card in self.cards.values():
            own = self._hub_flows(card.party)
            for upper, lower in pairwise(own):
                if self.flows[upper].payer != self.focal or self.flows[lower].payee != self.focal:
                    continue
                sides = []
                for number, sign in ((upper, card.side), (lower, card.side)):
                    half = self.pixels(self.flows[number]) / 2
                    sides.append(ribbons.beside(lines[number], sign * half))
                self._polygon(np.vstack(sides), theme.INK, _SHADE)

    def _header(self, hub: float, lines: Mapping[int, Points], ports: Mapping[int, float]) -> float:
        """Name and totals of the focal party above its spine; the height of their top."""
        rows = [(self._name(self.focal), 17, True)]
        for word, end in (("gets", "payee"), ("pays", "payer")):
            own = [flow for flow in self.flows if getattr(flow, end) == self.focal]
            if own:
                least, most = sum(flow.least for flow in own), sum(flow.most for flow in own)
                total = usd_bn_range(_rounded(least), _rounded(most))
                rows.append((f"{word} {total}", theme.FONT_SIZE, False))
        return self._place_header(hub, rows, lines)

    def _place_header(
        self, hub: float, rows: Sequence[tuple[str, int, bool]], lines: Mapping[int, Points]
    ) -> float:
        half = max(text_width(text, size, bold) for text, size, bold in rows) / 2 + 4
        one_sided = self.shape.one_sided
        x = 0.0 if one_sided else hub + _HUB / 2
        floor = 0.0 if one_sided else self.height / 2 - 26
        for number, line in lines.items():
            near = line[np.abs(line[:, 0] - x) < (2 * half if one_sided else half) + 4]
            if len(near):
                floor = min(floor, near[:, 1].min() - self.pixels(self.flows[number]) / 2 - 4)
        y = floor - 8 - LINE * len(rows)
        for place, (text, size, bold) in enumerate(rows):
            align = "left" if one_sided else "center"
            self.texts.append((x, y + 9 + place * (LINE + 1), text, align, size, bold))
        return y

    def _draw_routes(self, header: float) -> tuple[float, float]:
        """The flows between others, around the outside; the heights that they reach."""
        top, bottom = min(header, 0.0), self.height
        crossing = sorted(
            (route for route in self.routes if route.crosses),
            key=lambda route: sum(route.tracks.values()),
        )
        level = {True: top - 6, False: bottom + 6}
        for route in [*(r for r in self.routes if not r.crosses), *crossing]:
            thick = self.pixels(self.flows[route.flow])
            corners = []
            for card in (route.start, route.end):
                y = card.y + card.ports[route.flow]
                track = card.outer + card.side * route.tracks[card.side]
                ends = [(card.outer, y), (track, y)]
                if route.crosses:
                    sign = -1 if route.over_top else 1
                    middle = level[route.over_top] + sign * thick / 2
                    ends.append((track, middle))
                corners += ends if card is route.start else ends[::-1]
            if route.crosses:
                level[route.over_top] += (-1 if route.over_top else 1) * (thick + _LANE)
            self._ribbon(self.flows[route.flow], ribbons.rounded(corners, thick / 2 + 5))
        return level[True], level[False]

    def _draw_cards(self) -> None:
        for card in self.cards.values():
            left = min(card.inner, card.outer)
            size = abs(card.outer - card.inner)
            box = ribbons.rectangle(left, card.y, size, card.height)
            self._polygon(box, theme.INK, 0.06)
            near, far = card.inner + card.side * _PAD, card.outer - card.side * _PAD
            align, away = ("left", "right") if card.side > 0 else ("right", "left")
            for place, line in enumerate(card.lines):
                y = card.y + 12 + place * LINE
                self.texts.append((near, y, line, align, _size(card), not card.depth))
            for word, y, outside in card.labels:
                x = far if outside else near
                side = away if outside else align
                self.texts.append((x, card.y + y, word, side, SMALL, False))

    def _ribbon(self, flow: Flow, line: Points) -> None:
        """One flow: its rungs side by side, pointed at the end."""
        hue, width = _HUES[flow.kind], self.pixels(flow)
        tip = dict(flow.tip)
        if width < 7:
            self._polygon(ribbons.head(line, max(_HEAD - 1, width + 4), _HEAD), hue, 1.0, tip)
            line, taper = ribbons.shortened(line, _HEAD - 1), 0.0
        else:
            taper = _tip(width)
        if width < _THIN:
            rung = RUNGS[int(np.argmax(flow.parts))] if flow.dollars else "intended"
            if rung == "intended":
                self._line(line, hue, width, tip)
            else:
                self._polygon(
                    ribbons.band(line, -width / 2, width / 2, 0), hue, _THIN_FILL[rung], tip
                )
            return
        edge = -width / 2
        for rung, size in zip(RUNGS, shares(flow.parts, width), strict=True):
            if not size:
                continue
            outlined = rung != "paid" and size >= _THIN
            inset = 0.5 if outlined else 0.0
            shape = ribbons.band(line, edge + inset, edge + size - inset, taper)
            self._polygon(shape, hue, _FILL[rung] if outlined else _THIN_FILL[rung], tip)
            if outlined:
                self._polygon(shape, hue, 0.0, tip, stroke=rung)
            edge += size

    def _polygon(
        self,
        points: Points,
        hue: str,
        opacity: float,
        tip: Mapping[str, str] | None = None,
        stroke: str = "",
    ) -> None:
        look = {"hue": hue, "opacity": opacity, "stroke": stroke, "points": points}
        self.features.append(look | {"tip": tip or {}, "width": 1.0})

    def _line(self, points: Points, hue: str, width: float, tip: Mapping[str, str]) -> None:
        look = {"hue": hue, "opacity": 0.0, "stroke": "line", "points": points}
        self.features.append(look | {"tip": tip, "width": width})

    def _assemble(self, top: float, bottom: float) -> alt.TopLevelMixin:
        """Everything moved into view, with the key below."""
        dy = 4 - top
        canvas = Canvas(self.shape.width)
        for x, y, text, align, size, bold in self.texts:
            canvas.text(x, y + dy, text, align, size, bold)
        height = self._key(canvas, bottom + dy + 18, dy)
        layers = _layers(self.features, dy)
        words = canvas.chart(height)
        whole: alt.TopLevelMixin = alt.layer(*layers, *words.layer).properties(
            width=self.shape.width,
            height=math.ceil(height),
            padding=0,
            autosize=alt.AutoSizeParams(type="none"),
        )
        return whole

    def _key(self, canvas: Canvas, y: float, dy: float) -> float:
        """What hues, fills and widths mean, as far as they occur; the height below."""
        name = self._name(self.focal)
        name = name if len(name) <= 16 else "the centre"
        hues = {
            "in": f"into {name}",
            "out": f"out of {name}",
            "onward": "onward, between others",
            "borrowed": "borrowed",
        }
        fills = {
            "paid": "paid",
            "binding": "binding, unpaid",
            "announced": "announced only",
            "intended": "intended, reported or upper end of range",
        }
        unit = _round_dollars(16 / self.scale)
        note = f"one pixel: {usd_bn(float(f'{1 / self.scale:.2g}'))} or less"
        loops = any(len({self.flows[n].payer for n in self._hub_flows(p)}) > 1 for p in self.cards)
        rows = [
            [("hue", kind, word) for kind, word in hues.items() if self._has(kind)],
            [("fill", rung, word) for rung, word in fills.items() if self._has(rung)],
            [("loop", "", "loop: money goes both ways")] * loops
            + [("scale", "", f"{usd_bn(unit)} wide"), ("pixel", "", note)],
        ]
        for row in rows:
            x = 0.0
            for kind, what, word in row:
                needed = 36 + text_width(word, SMALL)
                if x and x + needed > self.shape.width:
                    x, y = 0.0, y + 20
                self._swatch(kind, what, x, y + 10 - dy, unit)
                for place, line in enumerate(wrap(word, self.shape.width - 36, 2, SMALL)):
                    y += LINE * bool(place)
                    canvas.text(x + 36, y + 10, line, size=SMALL)
                x += needed + 14
            y += 20 * bool(row)
        return y + 2

    def _has(self, what: str) -> bool:
        """Whether a hue or a rung occurs in the drawing."""
        if what in RUNGS:
            empty = what == "intended" and any(not flow.dollars for flow in self.flows)
            return empty or any(flow.parts[RUNGS.index(what)] > 0 for flow in self.flows)
        return any(flow.kind == what for flow in self.flows)

    def _swatch(self, kind: str, what: str, x: float, y: float, unit: float) -> None:
        if kind == "pixel":
            self._polygon(ribbons.rectangle(x, y - 0.5, 28, 1), theme.INK, 1.0)
            return
        if kind == "scale":
            box = ribbons.rectangle(x, y - unit * self.scale / 2, 28, unit * self.scale)
            self._polygon(box, theme.INK, 0.5)
            return
        if kind == "loop":
            turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
            eye = np.column_stack([x + 14 + 14 * np.cos(turn), y + 6 * np.sin(turn)])
            self._polygon(eye, theme.INK, _SHADE)
            return
        line = np.array([[x, y], [x + 15, y], [x + 30, y]])
        if kind == "hue":
            self._polygon(ribbons.band(line, -4.5, 4.5, 8), _HUES[what], 1.0)
            return
        shape = ribbons.rectangle(x + 0.5, y - 5, 28, 10)
        self._polygon(shape, theme.INK, _FILL[what])
        if what != "paid":
            self._polygon(shape, theme.INK, 0.0, stroke=what)


def _tip(width: float) -> float:
    """Length of a ribbon's point."""
    return min(14.0, max(_HEAD, 0.45 * width))


def shares(parts: Sequence[float], width: float) -> list[float]:
    """The width split in proportion to `parts`; what exists gets a pixel, at the largest's cost."""
    total = sum(parts)
    sizes = [width * part / total if total else 0.0 for part in parts]
    for place, size in enumerate(sizes):
        if 0 < size < 1 and max(sizes) > 3:
            sizes[sizes.index(max(sizes))] -= 1 - size
            sizes[place] = 1.0
    return sizes


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


def _round_dollars(most: float) -> float:
    """The largest of 1, 2, 5, 10, … that is at most `most`."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(power * step for step in (1, 2, 5) if power * step <= most * 1.0001)


def _layers(features: Sequence[Mapping[str, Any]], dy: float) -> list[alt.Chart]:
    """The shapes as layers: neighbours of one style together, in the order drawn."""
    groups: list[tuple[tuple[Any, ...], list[dict[str, Any]]]] = []
    for shape in features:
        style = (shape["stroke"], bool(shape["tip"]), shape["width"] if shape["stroke"] else 1.0)
        points = shape["points"] + np.array([0.0, dy])
        look = {"hue": shape["hue"], "opacity": shape["opacity"], **shape["tip"]}
        make = ribbons.line_feature if shape["stroke"] == "line" else ribbons.polygon_feature
        if not groups or groups[-1][0] != style:
            groups.append((style, []))
        groups[-1][1].append(make(points, look))
    return [_layer(style, rows) for style, rows in groups]


def _layer(style: tuple[Any, ...], rows: list[dict[str, Any]]) -> alt.Chart:
    stroke, has_tip, width = style
    encoding: dict[str, Any] = {}
    if stroke:
        encoding["stroke"] = alt.Stroke("properties.hue:N", scale=None, legend=None)
        dash = {"strokeDash": DASH} if stroke in ("intended", "line") else {}
        look: dict[str, Any] = {"filled": False, "strokeWidth": width, "fillOpacity": 0} | dash
    else:
        encoding["fill"] = alt.Fill("properties.hue:N", scale=None, legend=None)
        encoding["fillOpacity"] = alt.FillOpacity("properties.opacity:Q", scale=None, legend=None)
        look = {"filled": True, "strokeWidth": 0}
    if has_tip:
        fields = rows[0]["properties"]
        encoding["tooltip"] = [
            alt.Tooltip(f"properties.{name}:N", title=name)
            for name in fields
            if name not in ("hue", "opacity")
        ]
    chart = alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]
    drawn: alt.Chart = chart.mark_geoshape(**look).encode(**encoding)
    # The identity keeps pixels as they are: nothing is fitted or flipped.
    return drawn.project(type="identity", scale=1, translate=[0, 0])
