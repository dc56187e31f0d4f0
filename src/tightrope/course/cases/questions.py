"""Questions that are asked on one day and settled by what a later day knows; how guesses score."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tightrope import ledger, quantities, units
from tightrope.course.cases import figures
from tightrope.dealbook import Dealbook

COIN = 0.5
"""The guess of someone who knows nothing."""


@dataclass(frozen=True)
class Question:
    """What may be true by a later day.

    `thresholds` are the sums that it names, USD billion, from the book of the day on which it is
    asked; `settled` says of a later book whether it is true, and `rows` what shows it there.
    """

    id: str
    thresholds: Callable[[Dealbook], Mapping[str, float]]
    settled: Callable[[Dealbook, Mapping[str, float]], bool]
    rows: Callable[[Dealbook], tuple[str, ...]]

    def written(self, asked: Dealbook) -> dict[str, str]:
        """The sums that the question names, as they are written."""
        return {name: units.usd_bn(sum_) for name, sum_ in self.thresholds(asked).items()}

    def outcome(self, asked: Dealbook, later: Dealbook) -> bool:
        """Whether it is true on the day of `later`; what is not public by then is not."""
        return bool(self.settled(later, self.thresholds(asked)))


def brier(guesses: Sequence[float], outcomes: Sequence[bool]) -> float:
    """The mean squared distance of probabilities from what came: 0 at best, 1 at worst.

    Brier (1950), Monthly Weather Review 78, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2,
    in the form for one event. Raises ValueError without one guess an outcome.
    """
    pairs = list(zip(guesses, outcomes, strict=True))
    if not pairs:
        raise ValueError("there is nothing to score")
    return math.fsum((guess - came) ** 2 for guess, came in pairs) / len(pairs)


def stands(book: Dealbook, leg: str, column: str) -> float:
    """A column of `ledger.ladder` for a leg; 0 where the leg is not known, or the sum."""
    table = ledger.ladder(book).set_index("leg_id")
    value = float(table[column].get(leg, 0.0))
    return 0.0 if math.isnan(value) else value


def has_step(book: Dealbook, leg: str, *statuses: str) -> bool:
    """Whether a step of one of these kinds is known for a leg."""
    return bool(steps(book, leg, *statuses))


def steps(book: Dealbook, leg: str, *statuses: str) -> tuple[str, ...]:
    """The rows of the steps of a leg, of these kinds or of all; the leg before any."""
    own = book.events[book.events.leg_id.eq(leg)]
    if statuses:
        own = own[own.status.isin(statuses)]
    return tuple(f"events/{event}" for event in own.event_id)


def figure(book: Dealbook, party: str, metric: str, nature: str = "actual") -> float:
    """The newest published figure, NaN where there is none."""
    row = figures.newest(book, party, metric, [nature])
    return math.nan if row is None else float(row.value)


def figure_rows(book: Dealbook, party: str, metric: str) -> tuple[str, ...]:
    """The row of `figure`."""
    row = figures.newest(book, party, metric, ["actual"])
    return () if row is None else (f"financials/{row.financial_id}",)


def sums(book: Dealbook, name: str, end: str = "low") -> float:
    """A quantity of OpenAI at one end."""
    return float(getattr(quantities.of(book)[name], end))


def nothing(_: Dealbook) -> dict[str, float]:
    """The thresholds of a question that names no sum."""
    return {}
