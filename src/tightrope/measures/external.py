"""The external share of money whose sums are ranges: the exact ends of the share, and its dollars.

What a party is given is external but for what can be its own money come back, a maximum flow. A
flow grows by the whole of what a pipe grows, or not at all. So external money never shrinks when
more is given, and the ends follow without a search. At the least share, what is external at the
low ends stands beside all of the party's own money that can come back at the high ends: both at
once, for one takes no more than the other adds. The share is quasi-convex in what is given (a
convex sum over a linear one), so the largest lies at a corner of the ranges. USD billion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import networkx as nx
import pandas as pd

from tightrope.counting import Ends
from tightrope.measures import routes
from tightrope.measures.routes import OPEN

_POOL = "\N{SECTION SIGN}"
"""Begins the name of the place where several payers share a sum; no party's id has it."""
Gift = tuple[str, float]
"""Who gives, and how much."""


@dataclass(frozen=True)
class ExternalRange:
    """What of the money given is external: as a fraction (NaN without money), in USD billion."""

    share: Ends
    usd_bn: Ends
    inflow: Ends


def external_range(given: pd.DataFrame, web: pd.DataFrame, focal: str) -> ExternalRange:
    """How much of what `focal` is given is external, at the ends of every range.

    `given` has leg_id, payer, low, stated, high and part_of: the money in question, all paid to
    `focal`. A leg that names another of them in part_of takes any part of that one's sum, and has
    none of its own. A missing `high` counts as stated there: an open sum bounds no share.

    `web` has payer, payee, low, stated and high: the payments by which money of `focal` can come
    to those who give. A missing `high` is open there; payments to `focal` are left out. The
    largest share takes two flows for every range of a payer whom money of `focal` can reach, each
    with each.
    """
    money = _Money(given)
    ways = web[web.payee.ne(focal)]

    def own(gifts: Iterable[Gift], end: str, pools: Iterable[tuple[str, str]] = ()) -> float:
        """What of these gifts can be money of `focal` come back, all other payments at an end."""
        rows = [*zip(ways.payer, ways.payee, ways[end].fillna(OPEN), strict=True)]
        rows += [(payer, pool, OPEN) for payer, pool in pools]
        rows += [(payer, focal, amount) for payer, amount in gifts]
        table = pd.DataFrame(rows, columns=["payer", "payee", "amount"])
        table = table[table.amount.gt(0)]
        if not (table.payer.eq(focal).any() and table.payee.eq(focal).any()):
            return 0.0
        return routes.value_returnable(table, focal)

    inflow = Ends(*(float(money.plain[end].sum()) for end in Ends._fields))
    least = inflow.low - own(money.pooled("low"), "high", money.pools)
    beside = own(money.pooled("high"), "high", money.pools)
    named = inflow.stated - own(money.named(), "stated")
    corners = [
        (sum(amount for _, amount in gifts), own(gifts, "low"))
        for gifts in money.corners(_reached(ways, focal))
    ]
    shares = [1 - back / total for total, back in corners if total > 0]
    return ExternalRange(
        share=Ends(
            low=_over(least, least + beside) if shares else float("nan"),
            stated=_over(named, inflow.stated) if inflow.stated > 0 else float("nan"),
            high=max(shares, default=float("nan")),
        ),
        usd_bn=Ends(least, named, max(total - back for total, back in corners)),
        inflow=inflow,
    )


def _over(part: float, whole: float) -> float:
    # Where nothing is sure and nothing can come back, whatever is given at all is external.
    return part / whole if whole > 0 else 1.0


def _reached(ways: pd.DataFrame, focal: str) -> set[str]:
    """Whom money of `focal` may come to."""
    some = ways[ways.high.isna() | ways.high.gt(0)]
    graph = nx.DiGraph(list(zip(some.payer, some.payee, strict=True)))
    return nx.descendants(graph, focal) if focal in graph else set()


class _Money:
    """The sums given: each by one payer, or shared by several as nobody knows."""

    def __init__(self, given: pd.DataFrame) -> None:
        is_part = given.part_of.isin(given.leg_id)
        self.plain = given[~is_part].assign(high=given.high.fillna(given.stated))
        parts = given[is_part].groupby("part_of").payer.agg(list)
        self._takers = [
            [payer, *parts.get(leg_id, [])]
            for leg_id, payer in zip(self.plain.leg_id, self.plain.payer, strict=True)
        ]

    @property
    def pools(self) -> list[tuple[str, str]]:
        """Who can give through the pool of a shared sum: pairs of payer and pool."""
        return [
            (taker, self._giver(place))
            for place, takers in enumerate(self._takers)
            for taker in takers
            if len(takers) > 1
        ]

    def _giver(self, place: int) -> str:
        takers = self._takers[place]
        return takers[0] if len(takers) == 1 else f"{_POOL}{place}"

    def pooled(self, end: str) -> list[Gift]:
        """The sums at one end, shared ones out of their pool."""
        return [(self._giver(place), amount) for place, amount in enumerate(self.plain[end])]

    def named(self) -> list[Gift]:
        """The sums as stated, shared ones with the payer that they are stated for."""
        return list(zip(self.plain.payer, self.plain.stated, strict=True))

    def corners(self, reached: set[str]) -> Iterator[list[Gift]]:
        """The corners of the ranges of which one has the largest share.

        A payer whom no money reaches gives its most, and takes a shared sum whole. All others give
        their least or their most, the sums of one payer alike, and one of them a shared sum whole.
        """
        fixed: list[Gift] = []
        ranged: dict[str, tuple[float, float]] = {}
        choices: list[list[Gift]] = []
        for takers, low, high in zip(self._takers, self.plain.low, self.plain.high, strict=True):
            strangers = [taker for taker in takers if taker not in reached]
            if strangers:
                fixed.append((strangers[0], high))
            elif len(takers) == 1:
                least, most = ranged.get(takers[0], (0.0, 0.0))
                ranged[takers[0]] = (least + low, most + high)
            else:
                choices.append([(taker, end) for taker in takers for end in (low, high)])
        for payer, ends in ranged.items():
            choices.append([(payer, end) for end in dict.fromkeys(ends)])
        for chosen in product(*choices):
            yield [*fixed, *chosen]
