"""Columns of the money map: which party stands on which side of the spine, and below whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tightrope.charts.money_map.flows import Flow, is_folded, throughput

SIDES = (-1, 1)
"""Left and right of the spine."""


@dataclass(frozen=True)
class Place:
    """Where a party stands: on a side of `SIDES`, in row `row` of the `rows` of its column.

    `depth` is 0 for partners of the focal party and grows away from it. `parent` is the party
    that it belongs to: the focal party for partners, "" for who has no tie to the focal party.
    """

    party: str
    side: int
    depth: int
    parent: str
    row: int
    rows: int


def columns(flows: Sequence[Flow], focal: str, one_sided: bool) -> dict[int, list[Place]]:
    """The places of each side, top to bottom: partners by size, each followed by its own.

    Partners that surely give the focal party more than they get stand left, the others right;
    if `one_sided`, all stand right.
    """
    balance, size = _balance(flows, focal), throughput(flows)
    parents = _parents(flows, focal, balance, size)
    children: dict[str | None, list[str]] = {}
    # What was folded together comes last, however large it has become.
    for party in sorted(parents, key=lambda party: (is_folded(party), -size[party], party)):
        children.setdefault(parents[party], []).append(party)
    found: dict[int, list[tuple[str, int, str]]] = {side: [] for side in SIDES}

    def settle(party: str, side: int, depth: int) -> None:
        parent = parents[party] or ("" if depth else focal)
        found[side].append((party, depth, parent))
        for child in children.get(party, []):
            settle(child, side, depth + 1)

    heads = children.get(None, [])
    for party in [head for head in heads if head in balance]:
        settle(party, 1 if one_sided or balance[party] >= 0 else -1, 0)
    for party in [head for head in heads if head not in balance]:
        shorter = -1 if len(found[-1]) < len(found[1]) else 1
        settle(party, 1 if one_sided else shorter, 1)
    return {
        side: [
            Place(party, side, depth, parent, row, len(column))
            for row, (party, depth, parent) in enumerate(column)
        ]
        for side, column in found.items()
    }


def _balance(flows: Iterable[Flow], focal: str) -> dict[str, float]:
    """USD billion that each partner gets from the focal party, less what it gives."""
    balance: dict[str, float] = {}
    for flow in flows:
        if focal in flow.ends():
            party, sign = (flow.payee, 1) if flow.payer == focal else (flow.payer, -1)
            # The lower ends decide: "up to" is no gift yet.
            balance[party] = balance.get(party, 0.0) + sign * flow.least
    return balance


def _parents(
    flows: Iterable[Flow], focal: str, partners: Iterable[str], size: Mapping[str, float]
) -> dict[str, str | None]:
    """Whom each party stands below: who it has its largest flow with among those placed before.

    Partners have no parent, nor has the largest party of those without any tie to a partner.
    """
    parents: dict[str, str | None] = dict.fromkeys(partners)
    others = [flow for flow in flows if focal not in flow.ends()]
    while missing := [flow for flow in others if not set(flow.ends()) <= set(parents)]:
        touching = [flow for flow in missing if set(flow.ends()) & set(parents)]
        if touching:
            flow = max(touching, key=lambda flow: flow.dollars)
            child, parent = flow.ends() if flow.payee in parents else flow.ends()[::-1]
            parents[child] = parent
        else:
            parents[max(missing[0].ends(), key=lambda party: size[party])] = None
    return parents


def smallest_pair(flows: Iterable[Flow], column: Iterable[Place]) -> list[str]:
    """The two smallest parties of the column that stand below the same one; [] if none do."""
    # What is folded already takes in the next, so that there is one such party a family.
    size = {p: 0.0 if is_folded(p) else dollars for p, dollars in throughput(flows).items()}
    families: dict[str, list[str]] = {}
    for place in column:
        families.setdefault(place.parent, []).append(place.party)
    pairs = [sorted(family, key=lambda p: (size[p], p))[:2] for family in families.values()]
    pairs = [pair for pair in pairs if len(pair) == 2]
    return min(pairs, key=lambda pair: size[pair[0]] + size[pair[1]], default=[])
