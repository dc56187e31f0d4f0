"""One scenario by itself: what it changes, how circular it is, and who breaks. USD billion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from tightrope import coupled, creditors, scenarios, stress, units
from tightrope.chapters.worlds import World
from tightrope.coupled import OPERATING_SHARES, Losses
from tightrope.creditors import BANKS
from tightrope.cutting import ALIKE, ORDERS
from tightrope.dealbook import Dealbook
from tightrope.measures import funding, roundtrip, routes
from tightrope.measures.funding import ExternalShare
from tightrope.scenario_parameters import BASE
from tightrope.stress import READINGS

NOBODY_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        scenarios.CUSTOMERS: "customers",
        scenarios.OTHER_INVESTORS: "other investors",
        scenarios.NOT_YET_BOUND: "investors not yet bound",
        scenarios.BEYOND: "compute beyond contracts",
        scenarios.OTHER_COSTS: "other costs",
    }
)
"""What payers and payees of a scenario that are no party are called."""
MOVES: Mapping[str, str] = MappingProxyType(
    {
        "revenue": "Revenue",
        "funding": "New money from investors",
        "compute": "Compute",
        "other_costs": "Other costs",
    }
)
"""The parts of a path, as readers read them."""
_ROUNDING = 1e-6
ENDS: Mapping[str, str] = MappingProxyType(dict(zip(("mild", "strict"), READINGS, strict=True)))
"""By end of the evidence: what partners owe in turn."""
_BEHIND = ("lenders", "landlords", BANKS, "makers of machines")
_ALIKE, _FIRST = "alike", "first"


def names(book: Dealbook) -> dict[str, str]:
    """The names of parties, and of those in a scenario who are none, by id."""
    return dict(zip(book.parties.party_id, book.parties["name"], strict=True)) | dict(NOBODY_KNOWN)


def changes(world: World, book: Dealbook) -> str:
    """What a scenario changes against the base, in words; "" for the base itself."""
    own = world.assumed[world.assumed.is_own]
    if world.id == BASE:
        return ""
    before = scenarios.assumptions(book, BASE).set_index("parameter").value
    parts = (
        f"{scenarios.in_words(row.parameter).lower()} {units.written(row.value, row.unit)}, "
        f"not {units.written(before[row.parameter], row.unit)}"
        for row in own.itertuples()
    )
    return f"{len(own)} of {len(world.assumed)} assumptions: {'; '.join(parts)}."


def in_and_out(world: World) -> pd.DataFrame:
    """The path in long form, what is paid out as negative amounts: year, series, amount."""
    moves = world.gap.path.melt("year", list(MOVES), "series", "amount")
    is_in = moves.series.isin(["revenue", "funding"])
    amount = moves.amount.where(is_in, -moves.amount)
    return moves.assign(amount=amount, series=moves.series.map(MOVES))


def covers_costs(path: pd.DataFrame) -> str:
    """The years in which revenue covers all costs, as a sentence; `path` is that of a world."""
    net = path.revenue - path.compute - path.other_costs
    short, first = net.index[net < 0], next(iter(net.index[net >= 0]), None)
    if not len(short):
        return "Revenue covers the costs in every year"
    if first is None:
        return "Revenue covers the costs in no year"
    if net.idxmin() < first:
        return f"Revenue covers the costs in no year before {first}"
    return f"Costs exceed revenue in {units.listing(map(str, short))}"


@dataclass(frozen=True, eq=False)
class Circle:
    """What comes in and goes out in the years of a scenario, and what of it can come back.

    `paid` are `scenarios.payments`, `direct` the round trip with each partner
    (`roundtrip.bilateral`), `any_route` the most that can return over suppliers and chip makers,
    onward payments at their high ends, `outside` the share of those whom `focal` pays nothing.
    """

    paid: pd.DataFrame
    direct: pd.DataFrame
    any_route: float
    outside: ExternalShare
    total_in: float

    @property
    def returns(self) -> pd.DataFrame:
        """The partners that pay in and are paid, largest round trip first."""
        return self.direct[self.direct.round_trip > 0]

    @property
    def round_trip(self) -> float:
        """What goes straight back to those who paid it."""
        return float(self.direct.round_trip.sum())


def circle(book: Dealbook, world: World) -> Circle:
    """How circular the money of a scenario is; with no payment at all it cannot be asked."""
    paid = scenarios.payments(book, world.own, world.focal)
    chain = pd.concat([paid, scenarios.onward(book, world.focal)], ignore_index=True)
    return Circle(
        paid=paid,
        direct=roundtrip.bilateral(paid, world.focal),
        any_route=float(routes.returnable(chain, world.focal).value),
        outside=funding.external_share(paid, world.focal, [scenarios.CUSTOMERS]),
        total_in=float(paid.amount[paid.payee.eq(world.focal)].sum()),
    )


def unpaid(shares: pd.DataFrame, order: str) -> float:
    """What of contracts is not paid, all years together.

    `shares` are `scenarios.contracts_paid`; `order` is "first" (contracts before other compute) or
    "alike".
    """
    return float((shares.due * (1 - shares[order])).sum())


@dataclass(frozen=True, eq=False)
class Breaks:
    """Who is not paid if nobody fills the gap of a scenario, in each order of cutting.

    `shares` are `scenarios.contracts_paid`, by year; `web` those partners that can be tested;
    `found` by order and end of the evidence what is lost on the path as assumed, a single run.
    """

    shares: pd.DataFrame
    web: stress.Partners
    found: Mapping[tuple[str, str], Losses]
    rows: tuple[str, ...]

    @property
    def short(self) -> list[int]:
        """The years in which contracts may not be paid in full."""
        return [int(year) for year in self.shares.index[self.shares.alike < 1 - 1e-9]]

    def unpaid(self, order: str) -> float:
        """What of contracts is not paid in an order, all years together."""
        return unpaid(self.shares, _ALIKE if order == ALIKE else _FIRST)

    def behind(self, order: str, end: str) -> float:
        """What lenders, landlords, their banks and makers of machines lose."""
        return float(self.found[order, end].of_kinds(_BEHIND)["mean"])

    def failing(self, order: str, end: str) -> dict[str, int]:
        """Who fails because less is paid: by party the first year, earliest first."""
        losses = self.found[order, end]
        first = {
            party: losses.web.years[int(losses.short_beyond[0, :, place].argmax())]
            for place, party in enumerate(losses.web.tested)
            if losses.short_beyond[0, :, place].any()
        }
        return dict(sorted(first.items(), key=lambda one: (one[1], one[0])))

    def short_anyway(self, end: str) -> list[str]:
        """Who of the tested cannot pay all at an end even if it is paid all."""
        losses = self.found[ALIKE, end]
        lacks = losses.own_gap.sum(axis=0) > _ROUNDING
        return [party for party, own in zip(losses.web.tested, lacks, strict=True) if own]


def breaks(book: Dealbook, world: World) -> Breaks:
    """Test the partners on what a scenario pays them: every order of cutting, at both ends."""
    shares = scenarios.contracts_paid(world.own).set_index("year")
    term, honoured = (world.own.values[one] for one in ("undated_term", "commitments_honoured"))
    held = coupled.partners_of(book, world.own, world.focal)
    path, found = coupled.as_assumed(world.own), {}
    for end, reading in ENDS.items():
        web = creditors.web(book, held, reading, end, term)
        for order in ORDERS:
            losses = coupled.losses(web, path, order, OPERATING_SHARES[1], honoured)
            found[order, end] = losses
    tables = (held.charges, held.machines, held.income, held.tills)
    tested = (row for table in tables for rows in table.rows for row in rows)
    return Breaks(shares, held, found, tuple(dict.fromkeys([*world.rows, *tested])))
