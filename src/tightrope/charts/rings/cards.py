"""Cards of the map with rings: each party's words, and room for its amounts and its ports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tightrope.charts import theme
from tightrope.charts.marks import SMALL, text_width, wrap
from tightrope.charts.rings.edges import Edge, hue
from tightrope.charts.rings.style import GLYPH, PAD, Measures

Slot = tuple[str, str, str]
"""A line for an amount: "pays" or "gets", with " on" where the hub has no part; the hue; and
" lent" for what is borrowed, which is not added up with purchases and stakes of the same hue."""
_WAYS = ("pays", "gets", "pays on", "gets on")
_ORDER = ("in", "out", "borrowed", "onward")
LINE = 14.5
"""Distance of two lines of a card."""
EDGE = 2.5
"""Above the first line and below the last."""
_AMOUNT = text_width("$446 bn + ?", SMALL)
"""What a line takes that adds up several ribbons."""


@dataclass(frozen=True)
class Card:
    """One party's card; heights are pixels below its top."""

    party: str
    ring: int
    lines: Sequence[str]
    slots: Mapping[Slot, tuple[float, float]]  # how far from the edge its triangle is, and height
    height: float

    @property
    def size(self) -> int:
        """Type size of the name: partners of the focal party stand out."""
        return theme.FONT_SIZE if self.ring == 1 else SMALL


def distances(edges: Iterable[Edge], focal: str) -> dict[str, int]:
    """How many payments lie between the focal party and each other one, in either direction.

    A party that no chain of payments joins to the focal one counts as two payments away.
    """
    neighbours: dict[str, set[str]] = {focal: set()}
    for edge in edges:
        neighbours.setdefault(edge.payer, set()).add(edge.payee)
        neighbours.setdefault(edge.payee, set()).add(edge.payer)
    found, front = {focal: 0}, [focal]
    while front:
        party = front.pop(0)
        for other in sorted(neighbours[party] - found.keys()):
            found[other] = found[party] + 1
            front.append(other)
    return {party: found.get(party, 2) for party in sorted(neighbours)}


def make_cards(
    edges: Sequence[Edge],
    names: Mapping[str, str],
    focal: str,
    measures: Measures,
    least: Mapping[str, float],
) -> dict[str, Card]:
    """The card of every party but the focal one, by its id, at least as high as `least` says."""
    slots: dict[str, dict[Slot, list[Edge]]] = {}
    for edge in edges:
        colour = hue(*edge.ribbon, focal)
        on = "" if focal in edge.ribbon[:2] else " on"
        for party, way in ((edge.payer, "pays"), (edge.payee, "gets")):
            slot = way + on, colour, " lent" if edge.kind == "borrowed" else ""
            slots.setdefault(party, {}).setdefault(slot, []).append(edge)
    return {
        party: _card(
            party,
            min(far, 2),
            str(names.get(party, party)),
            slots[party],
            measures.cards[min(far, 2) - 1],
            least.get(party, 0.0),
        )
        for party, far in distances(edges, focal).items()
        if party != focal
    }


def _card(
    party: str,
    ring: int,
    name: str,
    slots: Mapping[Slot, Sequence[Edge]],
    width: float,
    least: float,
) -> Card:
    size, room = theme.FONT_SIZE if ring == 1 else SMALL, width - 2 * PAD
    lines = wrap(_breakable(name, room, size, ring == 1), room, 4, size, bold=ring == 1)
    top = EDGE + len(lines) * LINE
    ordered = sorted(slots, key=lambda slot: (_ORDER.index(slot[1]), slot[2], _WAYS.index(slot[0])))
    places = {slot: (PAD, top + (row + 0.5) * LINE) for row, slot in enumerate(ordered)}
    rows = len(slots)
    beside = text_width(lines[-1], size, ring == 1) + 8
    if len(ordered) == 1 and beside + GLYPH + _widest(slots[ordered[0]]) <= room:
        # A single amount finds room beside a short name.
        places, rows = {ordered[0]: (PAD + beside, top - LINE / 2)}, 0
    return Card(party, ring, lines, places, max(top + rows * LINE + EDGE, least))


def _widest(edges: Sequence[Edge]) -> float:
    """The width of the widest amount that the line will ever hold."""
    if len({edge.ribbon for edge in edges}) > 1:
        return _AMOUNT
    totals = [total for edge in edges for step in edge.steps for total in step.sums.values()]
    return max(text_width(total.short, SMALL) for total in totals)


def _breakable(name: str, room: float, size: int, bold: bool) -> str:
    """The name with a gap after the hyphens of a word that is too long for a line."""
    return " ".join(
        word.replace("-", "- ") if text_width(word, size, bold) > room else word
        for word in name.split(" ")
    )
