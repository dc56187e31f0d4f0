"""What the promises are worth today: owed, stood in for, and given in kind, side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import exposure, scenarios, terms
from tightrope.chapters.paying_with_stock import Quote, Warrant
from tightrope.dealbook import Dealbook
from tightrope.exposure import Dues, Ends, Market
from tightrope.publish.opening import Opening
from tightrope.scenario_parameters import BASE

_TERM = "undated_term"
_LARGEST = 6
"""So many payees the picture shows; the table has them all."""
ENDS = ["nominal", *(f"{of}_{end}" for of in ("present", "expected") for end in ("low", "high"))]


@dataclass(frozen=True)
class Worth:
    """The promises of one book, as `exposure` takes them: rows of `exposure.COLUMNS`."""

    rates: Market
    term: Ends
    years: Ends
    owed: pd.DataFrame
    guaranteed: pd.DataFrame
    in_kind: pd.DataFrame

    def total(self, column: str) -> float:
        """What is owed to all payees together, by a column."""
        return float(self.owed[column].sum())

    @property
    def legs(self) -> list[str]:
        """The legs behind what is owed."""
        return [leg for legs in self.owed.legs for leg in legs]


def term(book: Dealbook) -> Ends:
    """How many years what has no date is spread over, shortest and longest, as the base has it."""
    assumed = scenarios.assumptions(book, BASE).set_index("parameter").loc[_TERM]
    low, high = (
        float(assumed.value if pd.isna(assumed[end]) else assumed[end]) for end in ("low", "high")
    )
    return Ends(low, high)


def worth(page: Opening, years: tuple[float, float], in_kind: pd.DataFrame) -> Worth | None:
    """All promises of a page; None before the market's figures are known, or nothing is owed.

    `years` are the shortest and longest in which a guarantee can be called, `in_kind` what
    `warrant` found.
    """
    rates = exposure.market(page.book, page.focal)
    if rates is None:
        return None
    spread = term(page.book)
    owed = exposure.owed(page.book, rates, spread, page.focal)
    if owed.empty:
        return None
    span = Ends(*years)
    found = exposure.guaranteed(page.book, rates, span, page.focal)
    return Worth(rates, spread, span, owed, found, in_kind)


def nothing() -> pd.DataFrame:
    """What `warrant` finds where there is none."""
    return pd.DataFrame(columns=exposure.COLUMNS)


def warrant(own: Warrant, most: float, bound: int, since: str) -> pd.DataFrame:
    """A warrant whose tranches go with purchases: rows of `exposure.COLUMNS`.

    `most` is its worth at the last target, USD billion; the present value is the model's at the
    newest quote since a day, as if all were bought, from the least to the most of its
    volatilities. What can be expected weighs each tranche with the chance of its purchase, of
    which the first `bound` are signed (`exposure.by_purchases`). Empty where it is not priced.
    """
    quote = own.latest(since)
    if not own.is_priced or math.isnan(quote.price) or math.isnan(most):
        return nothing()
    tables = [_tranches(own, quote, volatility) for volatility in own.model.volatilities]
    tables.sort(key=math.fsum)
    sums = Ends(math.fsum(tables[0]), math.fsum(tables[-1]))
    expected = Ends(
        exposure.by_purchases(tables[0], bound, 0), exposure.by_purchases(tables[-1], bound, 1)
    )
    row = (own.party, most, *sums, *expected, (own.leg,), tuple(own.price_rows))
    return pd.DataFrame([row], columns=exposure.COLUMNS)


def _tranches(own: Warrant, quote: Quote, volatility: float) -> list[float]:
    return [value / 1e9 for value in own.value(quote, volatility).value]


def largest(found: Worth, most: int = _LARGEST) -> pd.DataFrame:
    """The payees to whom most is owed."""
    return found.owed.head(most)


def condition_words(book: Dealbook, legs: Sequence[str]) -> str:
    """On what the money of these legs depends, in a word or two."""
    parts = set(terms.of_legs(book).set_index("leg_id").part.reindex(list(legs)))
    if parts == {"without_condition"}:
        return "without a condition"
    if parts == {"on_condition"}:
        return "on a condition"
    return "terms not public" if parts == {"terms_not_public"} else "on different terms"


def both_sides(
    page: Opening, found: Worth | None, parties: Sequence[str], count: int = 4
) -> list[Dues]:
    """What partners owe their creditors beside what they are owed, in the next `count` years."""
    if found is None:
        return []
    first = page.book.day.year + 1
    years = range(first, first + count)
    dues = [
        exposure.dues(page.book, party, years, found.rates, found.term, page.focal)
        for party in parties
    ]
    return [one for one in dues if one is not None]
