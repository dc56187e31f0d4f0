"""Who bears what is missing if the money runs out: many draws, cleared in three orders of cutting.

Amounts are USD billion, at the strict end of the evidence and with machines. Shares and sums are
those of the book's own draws (`coupled`): no forecast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from tightrope import coupled, creditors, scenarios
from tightrope.chapters.who_breaks import FULL, Case
from tightrope.coupled import OPERATING_SHARES, ROUND, Losses
from tightrope.creditors import BANKS, GUARANTOR, SUPPLIER, Web
from tightrope.cutting import ALIKE, BY_TERMS, CONTRACTS_FIRST

ORDERS: Mapping[str, str] = MappingProxyType(
    {
        ALIKE: "all compute alike",
        CONTRACTS_FIRST: "contracts paid first",
        BY_TERMS: "by the contracts’ own terms",
    }
)
"""The orders of cutting, as readers read them."""
SUPPLIERS, GUARANTORS, MAKERS, BEHIND = (
    "Suppliers themselves",
    "Guarantors",
    "Makers of machines",
    "Lenders, landlords and their banks",
)
GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        SUPPLIERS: (SUPPLIER,),
        GUARANTORS: (GUARANTOR,),
        MAKERS: ("makers of machines",),
        BEHIND: ("lenders", "landlords", BANKS),
    }
)
"""Who bears losses, by the kinds of `Losses.parties`: all but those whom nobody owes anything."""
CERTAIN = "certain"


@dataclass(frozen=True, eq=False)
class Coupled:
    """The losses by chance of the round in talks (of ROUND) and order, all of the same draws.

    `costs` are those by share of operating cost, all compute being cut alike, the round certain.
    """

    web: Web
    found: Mapping[tuple[str, str], Losses]
    costs: Mapping[float, Losses]
    runs: int
    seed: int

    def by(self, order: str, talks: str = CERTAIN) -> Losses:
        """The losses in one order, with one chance of the round."""
        return self.found[talks, order]

    @property
    def how(self) -> str:
        """How they were drawn, as facts say it."""
        years = f"{self.web.years[0]} to {self.web.years[-1]}"
        return f"{years}, {self.runs:,} draws of our own triangles, seed {self.seed}; strict end"


def run(case: Case, runs: int, seed: int) -> Coupled | None:
    """The draws of the base scenario through the waterfall; None where nobody can be tested.

    Raises ValueError as `coupled.losses` does.
    """
    own = scenarios.scenario(case.book)
    held = coupled.partners_of(case.book, own, case.focal)
    if not held.tested or not len(held.dues):
        return None
    web = creditors.web(case.book, held, FULL, "strict", float(own.values["undated_term"]))
    found = {
        (talks, order): losses
        for talks, chance in ROUND.items()
        for order, losses in coupled.each_order(
            case.book, coupled.with_round(own, chance), web, runs, seed
        ).items()
    }
    costs = {
        share: coupled.each_order(
            case.book, coupled.with_round(own, ROUND[CERTAIN]), web, runs, seed, share, (ALIKE,)
        )[ALIKE]
        for share in (OPERATING_SHARES[0], OPERATING_SHARES[-1])
    }
    costs[OPERATING_SHARES[1]] = found[CERTAIN, ALIKE]
    return Coupled(web, found, costs, runs, seed)


def borne(found: Coupled) -> pd.DataFrame:
    """What each of GROUPS bears in each order: group, order, mean, p95, p99 of all years.

    The round in talks is certain here.
    """
    rows = [
        {"group": group, "order": order, **found.by(order).of_kinds(kinds)}
        for group, kinds in GROUPS.items()
        for order in ORDERS
    ]
    return pd.DataFrame(rows)


def falling_short(found: Coupled) -> pd.DataFrame:
    """How often a supplier lacks more than if it were paid all: party, talks, a column an order.

    Shares of draws, in any year. Only suppliers that do so in one draw at least have rows.
    """
    rows = [
        {
            "party": party,
            "talks": talks,
            **{order: share_short(found.by(order, talks), party) for order in ORDERS},
        }
        for party in found.web.tested
        for talks in ROUND
    ]
    table = pd.DataFrame(rows)
    ever = table.groupby("party")[list(ORDERS)].transform("max").max(axis=1).gt(0)
    most = table.groupby("party")[ALIKE].transform("max")
    place = {talks: place for place, talks in enumerate(ROUND)}
    ranked = table.assign(most=-most, place=table.talks.map(place))[ever]
    ranked = ranked.sort_values(["most", "party", "place"]).drop(columns=["most", "place"])
    return ranked.reset_index(drop=True)


def share_short(losses: Losses, party: str) -> float:
    """The share of draws in which a supplier lacks more in any year than if it were paid all."""
    return float(losses.ever_beyond(party).mean())


def short_anyway(found: Coupled) -> list[str]:
    """The suppliers that cannot pay all of their bills at this end even if they are paid all."""
    lacks = found.by(ALIKE).own_gap.sum(axis=0)
    return [party for party, own in zip(found.web.tested, lacks, strict=True) if own > 1e-6]
