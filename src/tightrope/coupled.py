"""Each run of the runway through the waterfall of the same year: who would bear what is missing.

A run says what the focal party can pay for compute in each year (`payable`), an order of cutting
says to whom, and the web of `creditors` says what suppliers pay out of it. Amounts are USD billion.

Every share of runs is a frequency of the book's own triangles (`simulation.simulate`) at the chosen
end of the evidence. It is no forecast and nobody's probability.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from tightrope import centres, creditors
from tightrope.creditors import Web
from tightrope.cutting import ALIKE, ORDERS, Layout
from tightrope.dealbook import Dealbook
from tightrope.measures.plan import Scenario
from tightrope.measures.simulation import Simulation
from tightrope.measures.waterfall import Sums
from tightrope.stress import Partners

ROUND: Mapping[str, float] = MappingProxyType({"certain": 1.0, "half": 0.5, "none": 0.0})
"""The chance of money that is only being negotiated: choices of ours, since nobody gives one."""
OPERATING_SHARES = (0.1, 0.2, 0.3)
"""Power and staff as a share of what a supplier earns of the focal party: low, middle and high.

Ours: no supplier publishes what these contracts cost it to serve.
"""
_ROUNDING = 1e-9
_SHORT = 1e-6
"""A thousand dollars: who lacks less is not short."""


def payable(run: Simulation) -> Sums:
    """What can be paid for compute in each run and year if nobody fills the gap: runs × years.

    `runway.pay_ratios`, run by run: other costs come first, the buffer is kept, suppliers get the
    rest up to what they are owed, and what they do not get is not owed in later years.
    """
    # The buffer of a run is its gap and the lowest cash together; without a gap it never binds.
    buffer = np.where(run.peak > 0, run.peak + run.cash.min(axis=1), -np.inf)
    before_compute = np.diff(run.cash, axis=1, prepend=0.0) + run.compute
    paid, till = np.zeros_like(run.compute), np.zeros(len(run.compute))
    for year in range(run.compute.shape[1]):
        till = till + before_compute[:, year]
        paid[:, year] = np.clip(till - buffer, 0.0, run.compute[:, year])
        till -= paid[:, year]
    return paid


@dataclass(frozen=True, eq=False)
class Losses:
    """What is lost in each run, beyond what is lost anyway: arrays of runs × years × …

    `borne` (… × `parties`): what a party is not paid, less what it does not pay on, each less the
    same if the focal party paid all of its contracts. A guarantor bears what it pays, in a row of
    its own. All that is borne in a run is what the focal party leaves unpaid. `passed_on` and
    `own_gap` (… × suppliers who are tested): what a supplier does not pay of its bills, and what of
    that it would not pay anyway (years × suppliers). `called` (… × guarantees of `web`) is what
    guarantors pay. `parties` has party and kind.
    """

    web: Web
    parties: pd.DataFrame
    borne: Sums
    passed_on: Sums
    own_gap: Sums
    called: Sums

    @property
    def short(self) -> npt.NDArray[np.bool_]:
        """Whether a supplier does not pay all its bills in a year: runs × years × tested."""
        return np.asarray(self.passed_on > _SHORT)

    def shares_short(self) -> pd.DataFrame:
        """How often a supplier falls short of its bills: one row a supplier and year.

        Columns: party, year (missing for the row of any year), `share` of runs in which it does,
        and `share_beyond`, in which it lacks more than it would if it were paid all. Frequencies
        of the book's own triangles, no forecast.
        """
        tables = [
            pd.DataFrame(
                {
                    "party": self.web.tested,
                    "year": year,
                    "share": self.short[:, years].any(axis=1).mean(axis=0),
                    "share_beyond": self.short_beyond[:, years].any(axis=1).mean(axis=0),
                }
            )
            for year, years in [
                (None, np.arange(len(self.web.years))),
                *((year, np.array([place])) for place, year in enumerate(self.web.years)),
            ]
        ]
        table = pd.concat(tables, ignore_index=True)
        return table.astype({"year": "Int64"}).sort_values(["party", "year"], ignore_index=True)

    @property
    def short_beyond(self) -> npt.NDArray[np.bool_]:
        """Whether a supplier lacks more in a year than it would if it were paid all."""
        return np.asarray(self.passed_on > self.own_gap + _SHORT)

    def passed(self, beyond: bool = False) -> pd.Series:
        """All that suppliers do not pay on, over all years: mean, p95 and p99 of runs (USD bn).

        `beyond`: less what they would not pay on anyway, which is nobody's doing but their own.
        """
        sums = (self.passed_on - self.own_gap * beyond).sum(axis=(1, 2))
        return _spread(sums[:, None]).iloc[0]

    def by_party(self) -> pd.DataFrame:
        """What each party bears over all years: party, kind, mean, p95 and p99 over the runs.

        Means add up; a loss that 95 % of runs stay below is each party's own.
        """
        table = pd.concat([self.parties, _spread(self.borne.sum(axis=1))], axis=1)
        return table.sort_values(["mean", "party"], ascending=[False, True], ignore_index=True)

    def by_kind(self) -> pd.DataFrame:
        """What each kind bears over all years together: kind, mean, p95 and p99 over the runs."""
        kinds = self.parties.kind.drop_duplicates().to_list()
        table = pd.DataFrame([self.of_kinds([kind]) for kind in kinds]).assign(kind=kinds)
        return table.sort_values("mean", ascending=False, ignore_index=True)[
            ["kind", "mean", "p95", "p99"]
        ]

    def ever_beyond(self, party: str) -> npt.NDArray[np.bool_]:
        """By run: whether a tested supplier lacks more in any year than if it were paid all."""
        place = self.web.tested.index(party)
        return np.asarray(self.short_beyond[:, :, place].any(axis=1), dtype=np.bool_)

    def of_kinds(self, kinds: Collection[str]) -> pd.Series:
        """What these kinds bear together over all years: mean, p95 and p99 over the runs."""
        of_them = self.parties.kind.isin(list(kinds))
        return _spread(self.borne[:, :, of_them].sum(axis=(1, 2))[:, None]).iloc[0]


def with_round(own: Scenario, chance: float) -> Scenario:
    """The scenario with this chance of the money that is being negotiated, one of ROUND or other.

    Raises ValueError for a chance that cannot be one.
    """
    if not 0 <= chance <= 1:
        raise ValueError(f"a chance is between 0 and 1, not {chance:g}")
    values = {**own.values, "conditional_funding_realised": chance}
    ranges = {
        name: ends for name, ends in own.ranges.items() if name != "conditional_funding_realised"
    }
    return replace(own, values=values, ranges=ranges)


def partners_of(book: Dealbook, own: Scenario, focal: str = "") -> Partners:
    """The partners of a scenario: what `focal` owes by contract in its years, and they in turn."""
    focal = focal or book.focal
    return Partners.of(book, own.dated.index.to_list(), own.undated_shares, focal, "binding")


def of(
    book: Dealbook,
    own: Scenario,
    runs: int,
    seed: int,
    order: str = ALIKE,
    reading: str = "machines too",
    end: str = "strict",
    operating_share: float = OPERATING_SHARES[1],
    connected: bool = True,
    focal: str = "",
) -> Losses:
    """The losses of a scenario drawn so many times: one place for pages to ask.

    `order` is one of ORDERS, `reading` and `end` are those of `stress`; `connected` puts in what
    partners owe each other, banks behind landlords and guarantees. Raises ValueError for what is
    none of these.
    """
    focal = focal or book.focal
    term = float(own.values["undated_term"])
    web = creditors.web(book, partners_of(book, own, focal), reading, end, term, connected)
    drawn = centres.draw(book, own, runs, seed)
    return losses(web, drawn, order, operating_share, own.values["commitments_honoured"])


def each_order(
    book: Dealbook,
    own: Scenario,
    web: Web,
    runs: int,
    seed: int,
    operating_share: float = OPERATING_SHARES[1],
    orders: Sequence[str] = ORDERS,
) -> dict[str, Losses]:
    """The losses of a scenario by each order of cutting, all of the same draws of it.

    Raises ValueError as `losses` does.
    """
    drawn = centres.draw(book, own, runs, seed)
    honoured = own.values["commitments_honoured"]
    return {order: losses(web, drawn, order, operating_share, honoured) for order in orders}


def as_assumed(own: Scenario) -> Simulation:
    """The path of a scenario if all goes as assumed: a simulation of one run."""
    gap = own.gap()
    revenue, compute, cash = (
        gap.path[name].to_numpy(np.float64)[None, :] for name in ("revenue", "compute", "cash")
    )
    years = gap.path.year.to_numpy(np.int64)
    peak, end, months = (np.array([one]) for one in (gap.peak, gap.end, np.nan))
    return Simulation(years, revenue, compute, cash, peak, end, months)


def losses(
    web: Web,
    drawn: Simulation,
    order: str,
    operating_share: float = 0.0,
    honoured: float = 1.0,
) -> Losses:
    """What is lost in each run if the focal party cuts in this order.

    `operating_share` of what a supplier earns of the focal party, and of partners, is spent on
    power and staff before anyone else is paid; what it has from others is after such cost already.
    What is left of a year is carried to the next, and so are the caps of guarantees less what was
    called. Only `honoured` of contracts is owed after the first year that is drawn (the parameter
    `commitments_honoured`); the rest counts as lost. Years are those of `web`, the rest of the
    simulation only leads to them. Raises ValueError for an unknown order, a share beyond 0 to 1,
    and years that were not drawn.
    """
    if order not in ORDERS:
        raise ValueError(f'an order is one of {", ".join(ORDERS)}, not "{order}"')
    for name, one in (("operating_share", operating_share), ("honoured", honoured)):
        if not 0 <= one <= 1:
            raise ValueError(f"{name} must be between 0 and 1, not {one:g}")
    undrawn = sorted({*web.years} - {*drawn.years.tolist()})
    if undrawn:
        raise ValueError(f"the simulation lacks the years {', '.join(map(str, undrawn))}")
    places = np.searchsorted(drawn.years, list(web.years))
    whole = np.ones(len(web.years))
    part = np.where(np.array(web.years) == drawn.years[0], 1.0, honoured)
    layout = Layout(web, order, operating_share, part)
    owed = drawn.compute[:, places]
    # Contracts without dates run over one term here, and over another in each run. A run that owes
    # less than they come to still pays all if it pays what it owes.
    due = np.maximum(owed, layout.contracted)
    share = np.divide(payable(drawn)[:, places], owed, out=np.ones_like(owed), where=owed > 0)
    money, beyond = share * due, due - layout.contracted
    signed = Layout(web, order, operating_share, whole)
    full, uncut = (
        one.cleared(one.contracted[None, :], np.zeros((1, len(web.years))))
        for one in (signed, layout)
    )
    # Where no contract is cut, all but what is beyond contracts is the same in every run.
    is_cut = (money < (due if order == ALIKE else layout.contracted) - _ROUNDING).any(axis=1)
    found = layout.cleared(money[is_cut], beyond[is_cut])
    borne, passed_on, called = (
        np.repeat(same, len(money), axis=0)
        for same in (uncut.borne - full.borne, uncut.passed_on, uncut.called)
    )
    borne[:, :, layout.beyond] = due - money
    borne[is_cut] = found.borne - full.borne
    passed_on[is_cut], called[is_cut] = found.passed_on, found.called
    borne[np.abs(borne) < _ROUNDING] = 0.0
    return Losses(web, layout.parties, borne, passed_on, full.passed_on[0], called)


def _spread(sums: Sums) -> pd.DataFrame:
    """Mean, and what 95 and 99 % of all runs stay below, of each column."""
    high, highest = np.quantile(sums, (0.95, 0.99), axis=0)
    return pd.DataFrame({"mean": sums.mean(axis=0), "p95": high, "p99": highest})
