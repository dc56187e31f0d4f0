"""Cards of the money map: each party's words, and the ports where its flows come and go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tightrope.charts.marks import LINE, SMALL, text_width, wrap
from tightrope.charts.money_map.columns import Place
from tightrope.charts.money_map.plan import Plan
from tightrope.charts.money_map.style import GAP, PAD, PORT, name_size


@dataclass(frozen=True)
class Label:
    """The words of one flow, their middle `y` pixels below the card's top."""

    text: str
    y: float
    is_outside: bool


@dataclass(frozen=True)
class Card:
    """One party's card, in pixels; `ports` are heights below its top, by number of the flow.

    `y` is its top, `inner` and `outer` are the x of its edges at the spine and away from it.
    """

    place: Place
    lines: Sequence[str]
    labels: Sequence[Label]
    ports: Mapping[int, float]
    height: float
    y: float = 0.0
    inner: float = 0.0
    outer: float = 0.0

    def port(self, number: int) -> float:
        """Height of a flow's port in the drawing."""
        return self.y + self.ports[number]


@dataclass(frozen=True)
class _Half:
    """The ports and labels on one side of a card, and where they end."""

    ports: Mapping[int, float]
    labels: Sequence[Label]
    end: float


# Top, bottom and width of a line of text.
_Text = tuple[float, float, float]


def words(plan: Plan, number: int, party: str) -> str:
    """What the flow is to the party, one of its ends: "gets $22.4 bn"."""
    flow = plan.flows[number]
    return f"{plan.verb(party, 'get' if flow.payee == party else flow.verb)} {flow.label}"


def column_width(plan: Plan, side: int) -> float:
    """Width of the widest card of a side, in pixels; 0 if it has none."""
    # Words never wrap, so they may widen the column beyond what a name may.
    most = plan.measures.column
    needed = [84.0] if plan.columns[side] else [0.0]
    for place in plan.columns[side]:
        around = 2 * PAD + plan.indent(place)
        name = text_width(plan.name(place.party), name_size(place.depth), not place.depth)
        needed.append(min(name + around, most))
        needed += [
            text_width(words(plan, number, place.party), SMALL) + around
            for number, flow in enumerate(plan.flows)
            if flow.payer == place.party or flow.ends() == (plan.focal, place.party)
        ]
    return max(needed)


def make_card(plan: Plan, place: Place, width: float, outer: Sequence[int]) -> Card:
    """The card of the party at `place` in a column `width` pixels wide, not yet put anywhere.

    `outer` are the flows on its outer side, from top to bottom.
    """
    room = width - 2 * PAD - plan.indent(place)
    size, bold = name_size(place.depth), not place.depth
    lines = wrap(plan.name(place.party), room, 3, size, bold)
    taken: list[_Text] = [
        (row * LINE + 3.0, row * LINE + 3.0 + LINE, text_width(line, size, bold))
        for row, line in enumerate(lines)
    ]
    inside = _inside(plan, place.party, taken[-1][1] + 1.0)
    taken += [
        (label.y - LINE / 2, label.y + LINE / 2, text_width(label.text, SMALL))
        for label in inside.labels
    ]
    outside = _outside(plan, place.party, outer, taken, room)
    return Card(
        place,
        lines,
        [*inside.labels, *outside.labels],
        {**inside.ports, **outside.ports},
        max(inside.end, outside.end) + 4,
    )


def _inside(plan: Plan, party: str, top: float) -> _Half:
    """Ports towards the spine, below the name, each with its label."""
    ports, labels = {}, []
    for number in plan.hub_flows(party):
        slot = max(PORT, plan.pixels(number) + 4)
        ports[number] = top + slot / 2
        labels.append(Label(words(plan, number, party), ports[number], is_outside=False))
        top += slot
    return _Half(ports, labels, top)


def _outside(
    plan: Plan, party: str, outer: Sequence[int], taken: Sequence[_Text], room: float
) -> _Half:
    """Ports on the outer side, the labels of what is paid clear of the text inside.

    `taken` are the lines of that text, `room` is the width that fits beside each other.
    """
    top = 4.0
    ports, labels = {}, []
    for number in outer:
        pays = plan.flows[number].payer == party
        half = max(PORT if pays else 10.0, plan.pixels(number) + 4) / 2
        if pays:
            text = words(plan, number, party)
            free = room - text_width(text, SMALL) - 10
            blocked = [(low, high) for low, high, width in taken if width > free]
            while any(
                low < top + half + LINE / 2 and top + half - LINE / 2 < high
                for low, high in blocked
            ):
                top += 2
            labels.append(Label(text, top + half, is_outside=True))
        ports[number] = top + half
        top += 2 * half
    return _Half(ports, labels, top)


def stacked(columns: Mapping[int, Sequence[Card]]) -> tuple[dict[str, Card], float]:
    """The cards of each column below each other, the columns centred; the height in pixels."""
    tops: dict[str, float] = {}
    heights: dict[int, float] = {}
    for side, cards in columns.items():
        top = 0.0
        for card in cards:
            tops[card.place.party] = top
            top += card.height + GAP
        heights[side] = top - GAP if cards else 0.0
    tallest = max(heights.values())
    placed = {
        card.place.party: replace(card, y=tops[card.place.party] + (tallest - heights[side]) / 2)
        for side, cards in columns.items()
        for card in cards
    }
    return placed, tallest
