"""A scenario carried out, as every page that tells one needs it. Amounts are USD billion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tightrope import centres, obligations, readings, scenarios
from tightrope.dealbook import Dealbook
from tightrope.measures import runway
from tightrope.measures.plan import Scenario
from tightrope.measures.runway import FundingGap
from tightrope.measures.simulation import Simulation
from tightrope.quantities import model
from tightrope.quantities.definition import Value
from tightrope.readings import Readings
from tightrope.scenario_parameters import YEARS

FIRST_YEAR, LAST_YEAR = YEARS[0], YEARS[-1]


@dataclass(frozen=True, eq=False)
class World:
    """A scenario: what it assumes, the money by year that follows, many runs, and what lacks.

    `assumed` are its `scenarios.assumptions`, `supplied` what contracts oblige `focal` to pay for
    compute (`obligations.supply`). `readings` are the scenario by every reading of when its compute
    is spent, of which `own` is the first; `drawn` are runs of `own`, none of which grows faster
    than any firm has (`centres.ceiling`).
    """

    id: str
    focal: str
    assumed: pd.DataFrame
    supplied: pd.DataFrame
    own: Scenario
    readings: Readings
    drawn: Simulation
    runs: int
    seed: int

    @classmethod
    def of(cls, book: Dealbook, scenario_id: str, focal: str, runs: int, seed: int) -> World:
        """Carry a scenario out; raises ValueError for one that the book does not have."""
        assumed = scenarios.assumptions(book, scenario_id)
        supplied = obligations.supply(book, focal)
        read = readings.carried_out(book, assumed, supplied, focal)
        own = read.base.own
        drawn = centres.draw(book, own, runs, seed)
        return cls(scenario_id, focal, assumed, supplied, own, read, drawn, runs, seed)

    @property
    def name(self) -> str:
        """The scenario in words, as its page is headed."""
        return scenarios.title(self.id)

    @cached_property
    def gap(self) -> FundingGap:
        """What is missing if all goes as assumed."""
        return self.own.gap()

    @cached_property
    def lacks(self) -> Value:
        """The gap at its peak, and its ends in nine of ten draws of the assumptions."""
        return model.gap_in(self.own, self.rows, self.drawn)

    @cached_property
    def spans(self) -> Value:
        """The gap at its peak, and its ends over all `readings`: nothing is drawn."""
        return model.gap_read(self.readings, self.rows)

    @cached_property
    def path(self) -> pd.DataFrame:
        """The columns of `FundingGap.path`, by year."""
        return self.gap.path.set_index("year")

    @property
    def month(self) -> pd.Period | None:
        """The month in which cash falls below zero, if it flows evenly within each year."""
        return runway.month_cash_ends(self.gap)

    @property
    def kept(self) -> float:
        """Cash that no year may end below."""
        return float(self.own.values["minimum_liquidity"])

    @property
    def behind(self) -> tuple[str, ...]:
        """The rows of what it assumes."""
        return scenarios.rows(self.assumed)

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that it rests on: what it assumes, and the contracts."""
        return scenarios.rows(self.assumed, self.supplied)

    @property
    def often(self) -> str:
        """How often it was drawn, as facts say it."""
        return f"{self.runs:,} draws of our own triangles, seed {self.seed}"

    @property
    def ends_share(self) -> float:
        """The share of runs in which cash falls below zero by the end of the last year."""
        return float(self.drawn.ends().so_far.iloc[-1])


def of_100(share: float) -> str:
    """A share of draws in a sentence, "83 of 100"; never all or none where it is only nearly."""
    if 0 < share < 0.005:
        return "less than 1 of 100"
    if 0.995 <= share < 1:
        return "more than 99 of 100"
    return f"{100 * share:.0f} of 100" if share > 0 else "none of 100"


def every(book: Dealbook, focal: str, runs: int, seed: int) -> dict[str, World]:
    """All scenarios of the book carried out, by id, in the order of the data."""
    return {one: World.of(book, one, focal, runs, seed) for one in scenarios.ids(book)}


def is_later(book: Dealbook) -> bool:
    """Whether an assumption rests on a document that is newer than the book's day."""
    return scenarios.newest_source(book) > f"{book.day:%Y-%m-%d}"
