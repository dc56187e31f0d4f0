"""Plan of the money map: what is to be laid out, on which side of the spine, on which scale."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tightrope.charts.money_map.columns import SIDES, Place, columns
from tightrope.charts.money_map.flows import Flow
from tightrope.charts.money_map.style import Measures


@dataclass(frozen=True)
class Plan:
    """The flows, known by their number, the parties in their columns, and the scale."""

    flows: Sequence[Flow]
    names: Mapping[str, str]
    focal: str
    measures: Measures

    @cached_property
    def columns(self) -> dict[int, list[Place]]:
        """The places of each side, top to bottom."""
        return columns(self.flows, self.focal, self.measures.one_sided)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Each party's place, by its id."""
        return {place.party: place for column in self.columns.values() for place in column}

    @cached_property
    def scale(self) -> float:
        """Pixels for a billion: bound by the widest ribbon and by all on one side together."""
        most = max((flow.dollars for flow in self.flows), default=0.0)
        sides = dict.fromkeys(SIDES, 0.0)
        for flow in self.flows:
            if self.focal in flow.ends():
                other = flow.payee if flow.payer == self.focal else flow.payer
                sides[self.places[other].side] += flow.dollars
        bounds = [(self.measures.ribbon, most), (self.measures.total, max(sides.values()))]
        return min((pixels / dollars for pixels, dollars in bounds if dollars > 0), default=1.0)

    def pixels(self, number: int) -> float:
        """Width of a flow's ribbon: linear in dollars, but at least one pixel."""
        return max(1.0, self.flows[number].dollars * self.scale)

    def name(self, party: str) -> str:
        """The party's name, or its id if it has none."""
        return str(self.names.get(party, party))

    def verb(self, party: str, stem: str) -> str:
        """The verb with the party as its subject: a firm "pays", a group of firms "pay"."""
        return stem if _is_group(self.name(party)) else f"{stem}s"

    def indent(self, place: Place) -> float:
        """How far a card stands back from the spine, in pixels."""
        return self.measures.indent * min(place.depth, 1)

    def hub_flows(self, party: str) -> list[int]:
        """The party's flows with the focal party, those that it gets first."""
        own = [n for n, flow in enumerate(self.flows) if {party, self.focal} == set(flow.ends())]
        return sorted(own, key=lambda number: self.flows[number].payer == party)

    def is_loop(self, party: str) -> bool:
        """Whether money goes both ways between the party and the focal party."""
        return len({self.flows[number].payer for number in self.hub_flows(party)}) > 1


def _is_group(name: str) -> bool:
    """Whether a name is that of several: "Oracle’s banks", "Buyers of …", "3 smaller parties"."""
    # A plural alone says nothing: Vantage Data Centers is one firm.
    head = name.split(" of ")[0]
    return head.endswith("s") and (head != name or bool(re.search(r"^\d|[’']s ", head)))
