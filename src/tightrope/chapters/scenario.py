"""One scenario by itself: what it changes, how circular it is, and who breaks. USD billion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from tightrope import scenarios, stress, units
from tightrope.chapters.worlds import FIRST_YEAR, LAST_YEAR, World
from tightrope.dealbook import Dealbook
from tightrope.measures import funding, roundtrip, routes
from tightrope.measures.funding import ExternalShare
from tightrope.scenario_parameters import BASE, YEARS

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
BOTH_WAYS, ONE_WAY, NOBODY_YET = "both ways", "only one way", "nobody yet"
_LEAST = 5e-4
SUPPLIER = stress.KINDS[0]
ENDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"mild": ("first", stress.READINGS[0]), "strict": ("alike", stress.READINGS[1])}
)
"""By end of the evidence: whom the money goes to first, and what partners owe in turn."""


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


def sources_and_uses(found: Circle, world: World, called: Mapping[str, str]) -> pd.DataFrame:
    """Both sides of the money of a scenario, each party's sum parted by whether it goes both ways.

    Columns: name, side (source or use), kind, low and high (the same), block. Cash at the start and
    the gap are sources, cash at the end is a use, so that both sides are as long.
    """
    lanes = []
    for side, who, other in (("source", "payer", "payee"), ("use", "payee", "payer")):
        chosen = found.paid[found.paid[other].eq(world.focal)]
        for party, amount in chosen.sort_values("amount", ascending=False)[[who, "amount"]].values:
            lanes += _lanes(found, str(party), float(amount), side, called)
    lanes.append(("cash at the start", "source", ONE_WAY, world.own.values["opening_cash"]))
    lacks = world.lacks.stated
    if lacks > 0:
        lanes.append(("not found: the gap", "source", NOBODY_YET, lacks))
    left = float(world.path.cash.iloc[-1]) + lacks
    if left > 0:
        lanes.append(("cash at the end", "use", ONE_WAY, left))
    table = pd.DataFrame(lanes, columns=["name", "side", "kind", "low"])
    return table.assign(block=f"{FIRST_YEAR} to {LAST_YEAR}", high=table.low)


def _lanes(
    found: Circle, party: str, amount: float, side: str, called: Mapping[str, str]
) -> list[tuple[str, str, str, float]]:
    """A party's sum on one side: as much as goes both ways, and the rest."""
    back = found.returns.set_index("party").round_trip
    both = min(float(back.get(party, 0.0)), amount)
    name, lanes = called.get(party, party), []
    if both > 0:
        lanes.append((f"{name}, as much as goes both ways", side, BOTH_WAYS, both))
    if amount - both > _LEAST:
        lanes.append((name + (", the rest" if both > 0 else ""), side, ONE_WAY, amount - both))
    return lanes


def unpaid(shares: pd.DataFrame, order: str) -> float:
    """What of contracts is not paid, all years together.

    `shares` are `scenarios.contracts_paid`; `order` is "first" (contracts before other compute) or
    "alike".
    """
    return float((shares.due * (1 - shares[order])).sum())


@dataclass(frozen=True, eq=False)
class Breaks:
    """Who is not paid if nobody fills the gap of a scenario.

    `shares` are `scenarios.contracts_paid`, by year; `web` those partners that can be tested;
    `lost` by end of the evidence `stress.beyond_full`.
    """

    shares: pd.DataFrame
    web: stress.Partners
    lost: Mapping[str, pd.DataFrame]
    rows: tuple[str, ...]

    @property
    def short(self) -> list[int]:
        """The years in which contracts may not be paid in full."""
        return [int(year) for year in self.shares.index[self.shares.alike < 1 - 1e-9]]

    def behind(self, end: str) -> float:
        """What lenders, landlords and makers of machines lose at an end."""
        rows = self.lost[end][self.lost[end].kind.ne(SUPPLIER)]
        return float(rows.first_round.sum() + rows.passed_on.sum())

    def missed(self, end: str) -> float:
        """The revenue that the tested partners miss at an end."""
        lost = self.lost[end]
        rows = lost[lost.party.isin(self.web.tested) & lost.kind.eq(SUPPLIER)]
        return float(rows.first_round.sum() + rows.passed_on.sum())

    def failing(self, end: str) -> pd.Series[int]:
        """Who fails at an end because less is paid: by party the first year, earliest first."""
        hit = self.lost[end][self.lost[end].new_default.astype(bool)]
        return hit.groupby("party", sort=False).year.min().sort_values()

    def failing_anyway(self, end: str) -> list[str]:
        """Who of the tested fails at an end even if all is paid, but not because less is."""
        full = stress.run(self.web, 1.0, ENDS[end][1], end)
        short = full.party[full.in_default.astype(bool)]
        return sorted(set(short) & set(self.web.tested) - set(self.failing(end).index))


def breaks(book: Dealbook, world: World) -> Breaks:
    """Test the partners on what a scenario pays them, at both ends of the evidence."""
    shares = scenarios.contracts_paid(world.own).set_index("year")
    term = world.own.values["undated_term"]
    web = stress.Partners.of(book, list(YEARS), term, world.focal, "binding")
    lost = {
        end: stress.beyond_full(web, shares[order].to_dict(), reading, end)
        for end, (order, reading) in ENDS.items()
    }
    tables = (web.charges, web.machines, web.income, web.tills)
    tested = (row for table in tables for rows in table.rows for row in rows)
    return Breaks(shares, web, lost, tuple(dict.fromkeys([*world.rows, *tested])))


def creditors(
    found: Breaks, called: Mapping[str, str], end: str, by: tuple[str, str], least: float = 0.05
) -> pd.DataFrame:
    """Who is not paid at an end, and by whom: group, series, amount; each `by` largest first.

    The tested partners miss what the first of `by` does not pay, those behind them what a partner
    does not pay, the second of `by`. Sums of `least` USD billion and less are left out.
    """
    bars = found.lost[end]
    bars = bars[bars.kind.ne(SUPPLIER) | bars.party.isin(found.web.tested)]
    bars = bars.assign(
        amount=bars.first_round + bars.passed_on,
        group=[
            called.get(party, party) if kind == SUPPLIER else kind[0].upper() + kind[1:]
            for party, kind in zip(bars.party, bars.kind, strict=True)
        ],
        series=[by[0] if kind == SUPPLIER else by[1] for kind in bars.kind],
    )
    sums = bars.groupby(["group", "series"], as_index=False)["amount"].sum()
    return sums[sums.amount > least].sort_values(
        ["series", "amount"], ascending=[True, False], ignore_index=True
    )
