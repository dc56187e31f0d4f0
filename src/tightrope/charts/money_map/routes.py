"""Routes of the money map: the flows between others, around the outside of the columns.

A route leaves a card on its outer side, follows a track in the channel of that side, and comes
back to another card; one between the two sides goes above or below everything. So it never
crosses the spine or a label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tightrope.charts.marks import tip_length
from tightrope.charts.money_map import ribbons
from tightrope.charts.money_map.cards import Card
from tightrope.charts.money_map.columns import SIDES, Place
from tightrope.charts.money_map.plan import Plan
from tightrope.charts.money_map.ribbons import Points
from tightrope.charts.money_map.style import LANE

Tracks = Mapping[tuple[int, int], float]
"""Distance of a route's middle from the cards, in pixels, by number of its flow and side."""


@dataclass(frozen=True)
class Route:
    """The way of flow `number` from one party's place to another's."""

    number: int
    start: Place
    end: Place

    @property
    def crosses(self) -> bool:
        """Whether it goes from one side to the other."""
        return self.start.side != self.end.side

    @property
    def over_top(self) -> bool:
        """Whether it goes to the other side above everything, not below."""
        # Both ends together in the upper half of their columns.
        heights = [(place.row + 0.5) / place.rows for place in (self.start, self.end)]
        return self.crosses and sum(heights) < 1


def find_routes(plan: Plan) -> list[Route]:
    """A route for each flow that the focal party has no part in."""
    return [
        Route(number, plan.places[flow.payer], plan.places[flow.payee])
        for number, flow in enumerate(plan.flows)
        if plan.focal not in flow.ends()
    ]


def port_order(routes: Iterable[Route], place: Place) -> list[int]:
    """The flows on the outer side of a card, top port first, so that none crosses another."""

    def key(route: Route) -> tuple[int, float, int]:
        other = route.end if route.start == place else route.start
        if route.crosses:
            upward = route.over_top
            reach = 1000 + (other.row if upward else other.rows - 1 - other.row)
        else:
            upward = other.row < place.row
            reach = abs(other.row - place.row)
        return (0, reach, -route.number) if upward else (1, -reach, route.number)

    own = [route for route in routes if place in (route.start, route.end)]
    return [route.number for route in sorted(own, key=key)]


def assign_tracks(
    plan: Plan, routes: Sequence[Route], cards: Mapping[str, Card]
) -> tuple[dict[tuple[int, int], float], dict[int, float]]:
    """The tracks, the shortest routes nearest to the cards; the width of each side's channel."""
    tracks, widths = {}, {}
    for side in SIDES:
        taken: list[tuple[float, float, float]] = []
        spans = [
            (*_span(plan, route, cards, side), route)
            for route in routes
            if side in (route.start.side, route.end.side)
        ]
        for top, bottom, route in sorted(spans, key=lambda span: span[1] - span[0]):
            thick = plan.pixels(route.number)
            near = tip_length(thick) + 8
            for other_top, other_bottom, far in taken:
                if other_top < bottom and top < other_bottom:
                    near = max(near, far + LANE)
            tracks[route.number, side] = near + thick / 2
            taken.append((top, bottom, near + thick))
        widths[side] = max((far for *_, far in taken), default=0.0) + 2
    return tracks, widths


def _span(plan: Plan, route: Route, cards: Mapping[str, Card], side: int) -> tuple[float, float]:
    """The heights that a route takes on one side; one that crosses leaves the drawing."""
    half = plan.pixels(route.number) / 2
    places = [place for place in (route.start, route.end) if place.side == side]
    ends = [cards[place.party].port(route.number) for place in places]
    if route.crosses:
        ends.append(-1e4 if route.over_top else 1e4)
    return min(ends) - half, max(ends) + half


def route_lines(
    plan: Plan,
    routes: Sequence[Route],
    cards: Mapping[str, Card],
    tracks: Tracks,
    between: tuple[float, float],
) -> tuple[dict[int, Points], tuple[float, float]]:
    """The middle line of each route by number of its flow, in the direction of the money.

    `between` and the second result are heights, top and bottom: what is already taken, and
    what is taken then. Inner routes to the other side keep closer to it than outer ones.
    """
    high, low = between[0] - 6, between[1] + 6
    crossing = sorted(
        (route for route in routes if route.crosses),
        key=lambda route: sum(tracks[route.number, side] for side in SIDES),
    )
    lines = {}
    for route in [*(r for r in routes if not r.crosses), *crossing]:
        thick = plan.pixels(route.number)
        middle = high - thick / 2 if route.over_top else low + thick / 2
        lines[route.number] = ribbons.rounded(_corners(route, cards, tracks, middle), thick / 2 + 5)
        if route.over_top:
            high -= thick + LANE
        elif route.crosses:
            low += thick + LANE
    return lines, (high, low)


def _corners(
    route: Route, cards: Mapping[str, Card], tracks: Tracks, middle: float
) -> list[tuple[float, float]]:
    """The route's corners; `middle` is its height where it goes from side to side."""
    corners = []
    for place in (route.start, route.end):
        card = cards[place.party]
        y = card.port(route.number)
        track = card.outer + place.side * tracks[route.number, place.side]
        ends = [(card.outer, y), (track, y)]
        if route.crosses:
            ends.append((track, middle))
        corners += ends if place is route.start else ends[::-1]
    return corners
