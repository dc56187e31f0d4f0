"""Who breaks: what each partner of the focal party needs of its dues to pay its own bills.

Amounts are USD billion. The web that is cleared is `stress.Partners`: its tested partners are those
whose cash flow and debts are known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import pandas as pd

from tightrope import obligations, scenarios, spending, stress, units
from tightrope.dealbook import Dealbook
from tightrope.measures import clearing
from tightrope.partners import builds
from tightrope.scenario_parameters import YEARS
from tightrope.stress import Partners

LEAN, FULL = stress.READINGS
RATIOS = (1.0, 0.8, 0.6, 0.4, 0.2)
"""The shares that the focal party pays in the figures."""
_FASTER = 3.0
"""Years over which machines are paid for in one of the changed assumptions."""


@dataclass(frozen=True, eq=False)
class Case:
    """One book seen from `focal`: the web that is cleared, and the year in focus.

    `owed` is `obligations.supply`, `term` the years over which contracts without dates are paid.
    """

    book: Dealbook
    focal: str
    web: Partners
    owed: pd.DataFrame
    span: range
    year: int
    term: float

    @property
    def name(self) -> str:
        """The name of `focal`."""
        return self.book.party_name(self.focal)

    @property
    def as_known(self) -> str:
        """The day of the edition, as subtitles end: "as known on 9 October 2026"."""
        return f"as known on {units.day(self.book.day.date())}"

    @property
    def how_undated(self) -> str:
        """How contracts without dates fall due over their term, as a clause."""
        return spending.how_undated(self.book, self.focal)

    @property
    def cleared(self) -> str:
        """The years that are cleared, in words: "2027 to 2031"."""
        return f"{self.web.years[0]} to {self.web.years[-1]}"

    def listing(self, parties: Iterable[str]) -> str:
        """The names of parties as a sentence has them."""
        return units.listing(self.book.party_name(party) for party in parties)

    def due_to(self, party: str) -> float:
        """What `focal` is to pay a party in the year in focus."""
        return self.web.due_to(party, self.year)

    @property
    def due_rows(self) -> list[str]:
        """The rows of all that falls due in the years that are cleared; the party for none."""
        legs = sorted(set(self.web.dues.leg_id))
        return [f"legs/{leg}" for leg in legs] or [f"parties/{self.focal}"]

    def rows_to(self, party: str) -> list[str]:
        """The contracts by which `focal` owes a party something; all between them for none."""
        legs = sorted(set(self.owed.leg_id[self.owed.payee.eq(party)]))
        if not legs:
            every = self.book.legs
            chosen = every.payer_id.eq(self.focal) & every.payee_id.eq(party)
            legs = sorted(every.leg_id[chosen])
        return [f"legs/{leg}" for leg in legs] or [f"parties/{self.focal}"]

    def bill_rows(self, party: str) -> list[str]:
        """The rows behind what a tested partner owes, has from others, and is owed."""
        own = self.web.bills(FULL)
        behind = {row for rows in own.rows[own.party.eq(party)] for row in rows}
        return [*sorted(behind), *self.web.income.rows[party], *self.rows_to(party)]

    @property
    def every_bill_row(self) -> list[str]:
        """`bill_rows` of all tested partners, each once; those of the dues where none is tested."""
        return sorted({row for party in self.web.tested for row in self.bill_rows(party)}) or (
            self.due_rows
        )


def case(
    book: Dealbook, focal: str, layer: str, last_year: int, year: int, term: float = 0.0
) -> Case:
    """What `focal` owes on a layer up to `last_year`, and what its partners owe and have.

    `term` 0 is the base scenario's. Where nothing is due to a tested partner in `year`, the first
    year in which something is takes its place. Machines are press reports and estimates, and stand
    beside the contracts of every layer. Raises ValueError for an unknown layer.
    """
    years = term or float(scenarios.scenario(book).values["undated_term"])
    span = range(YEARS[0], last_year + 1)
    shares = spending.undated_shares(book, span, years, focal)
    web = Partners.of(book, span, shares, focal, layer)
    dues = web.dues[web.dues.payee.isin(web.tested) & web.dues.amount.gt(0)]
    focus = year if dues.empty or dues.year.eq(year).any() else int(dues.year.min())
    return Case(book, focal, web, obligations.supply(book, focal, layer), span, focus, years)


def break_even(web: Partners, reading: str, year: int) -> pd.DataFrame:
    """What each tested partner needs of `focal` in a year to pay its own bills: by party.

    Columns: due, `low` and `high` (percent of what is due that `focal` must pay: with the lowest
    bills and most cash from others, and the reverse), `needs_low` and `needs_high` (USD billion).
    """
    bills = web.bills(reading)
    bills = bills[bills.year.eq(year)].groupby("party")[["low", "high"]].sum()
    bills = bills.reindex(list(web.tested), fill_value=0.0).astype("float64")
    due = pd.Series({party: web.due_to(party, year) for party in web.tested}, dtype="float64")
    table = pd.DataFrame({"due": due})
    for end, other in (("low", "high"), ("high", "low")):
        cash = web.income[other].reindex(bills.index)
        triples = zip(due, bills[end], cash, strict=True)
        table[end] = [100 * clearing.break_even_pay_ratio(*triple) for triple in triples]
    for end, other in (("low", "high"), ("high", "low")):
        table[f"needs_{end}"] = (bills[end] - web.income[other].reindex(bills.index)).clip(lower=0)
    return table.rename_axis("party")


def every_break_even(web: Partners) -> pd.DataFrame:
    """`break_even` of all readings and years in which something is due: party, reading, year, …"""
    lanes = [
        break_even(web, reading, year).reset_index().assign(reading=reading, year=year)
        for reading in stress.READINGS
        for year in web.years
    ]
    table = pd.concat(lanes, ignore_index=True)
    place = {reading: place for place, reading in enumerate(stress.READINGS)}
    table = table.assign(place=table.reading.map(place)).sort_values(["party", "place", "year"])
    columns = ["party", "reading", "year", "due", "low", "high", "needs_low", "needs_high"]
    return table.loc[table.due.gt(0), columns].reset_index(drop=True)


def in_focus(lanes: pd.DataFrame, year: int) -> pd.DataFrame:
    """The lanes of one year, the partner that may need the largest share first."""
    table = lanes[lanes.year.eq(year)]
    worst = table.groupby("party").high.max().sort_values(ascending=False, kind="stable")
    place = {party: place for place, party in enumerate(worst.index)}
    by_place = table.assign(place=table.party.map(place)).sort_values("place", kind="stable")
    return by_place.drop(columns="place").reset_index(drop=True)


def breakable(focus: pd.DataFrame) -> list[str]:
    """Who may need anything of what it is owed, the largest share first; of `in_focus`."""
    return [str(party) for party in dict.fromkeys(focus.party[focus.high.gt(0)])]


def safe(focus: pd.DataFrame) -> list[str]:
    """Who needs nothing of what it is owed, whatever is counted; of `in_focus`."""
    named = dict.fromkeys(focus.party)
    return [str(party) for party in named if party not in breakable(focus)]


def strict_shares(
    case: Case, bills: pd.DataFrame, cash: str = "low", growth: float = 1.0
) -> pd.DataFrame:
    """`needs` (USD billion) and `share` (percent) of each tested partner at the high end of bills.

    `bills` are charges as `Partners.bills` has them; the cash from others is that of the end
    `cash`, times `growth`.
    """
    own = bills[bills.year.eq(case.year)].groupby("party").high.sum()
    rows = {}
    for party in case.web.tested:
        others = float(case.web.income[cash][party]) * growth
        owes = float(own.get(party, 0.0))
        share = clearing.break_even_pay_ratio(case.due_to(party), owes, others)
        rows[party] = (max(0.0, owes - others), 100 * share)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["needs", "share"], dtype=float)


CHANGES = (
    "All at the strict end",
    "Machines are bought on credit, not from income",
    "Machines are paid within three years",
    "Machines cost the low estimate",
    "Principal is rolled over",
    "Leases begin one after another",
    "All of today’s cash comes again without {focal}",
    "Cash from others grows by half",
)
"""The assumptions of `flips`, in its order; the first changes nothing."""
WITHIN_THREE_YEARS = CHANGES[2]


def flips(case: Case) -> pd.DataFrame:
    """What each tested partner needs at the strict end if one assumption is changed at a time.

    Columns: change (of CHANGES), party, needs (USD billion), share (percent of what is due).
    """
    web, bills = case.web, case.web.bills(FULL)
    charges, machines = web.charges, web.machines
    faster = builds(case.book, web.years, web.tested, _FASTER, case.focal)
    late = charges.assign(high=charges.high.where(charges.kind.ne("new rent"), charges.low))
    tables = [
        strict_shares(case, bills),
        strict_shares(case, charges),
        strict_shares(case, pd.concat([charges, faster])),
        strict_shares(case, pd.concat([charges, machines.assign(high=machines.low)])),
        strict_shares(case, bills[bills.kind.ne("principal")]),
        strict_shares(case, pd.concat([late, machines])),
        strict_shares(case, bills, cash="high"),
        strict_shares(case, bills, growth=1.5),
    ]
    named = [
        table.rename_axis("party").reset_index().assign(change=change)
        for change, table in zip(CHANGES, tables, strict=True)
    ]
    return pd.concat(named, ignore_index=True)[["change", "party", "needs", "share"]]


def largest_step(flips: pd.DataFrame, party: str) -> str:
    """The change that lowers a party's share most; "" for a party that is not tested."""
    own = flips[flips.party.eq(party) & flips.change.ne(CHANGES[0])]
    return str(own.change[own.share.idxmin()]) if len(own) else ""


def needed(share: float, needs: float) -> str:
    """What a party needs in words: percent of its dues, and dollars: "75% · $45 bn"."""
    return f"{share:.0f}% · {units.usd_bn(needs)}"


def with_term(case: Case, term: float) -> Partners:
    """The web with contracts without dates paid over `term` years; all else stays."""
    shares = spending.undated_shares(case.book, case.span, term, case.focal)
    dues = obligations.dated(case.owed, case.span, shares)
    return replace(case.web, dues=dues[dues.year.isin(case.web.years)])


def due_by(case: Case, legs: Collection[str]) -> float:
    """What falls due by these legs in the years that are cleared; NaN for nothing."""
    dues = case.web.dues
    return float(dues.amount[dues.leg_id.isin(list(legs))].sum()) or float("nan")
