"""What one party is paid and what it owes, year by year: what both drawings of it share.

The unit of area is one sum of money, everywhere in the drawing: a block is as large as a column
with the same sum.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from tightrope.charts import theme
from tightrope.charts.certainty import WORDS
from tightrope.units import number, usd_bn

HUES = {"in": theme.INTO_OPENAI, "out": theme.OUT_OF_OPENAI}
RUNGS = ("paid", "binding", "conditional", "announced")
"""How sure a payment is, in the order in which it stands in a bar; keys of `certainty.LOOKS`."""
NO_DATE = "No date"
_NAMED = 0.025
"""A piece below this part of the longest bar has no name of its own."""


class Span(NamedTuple):
    """Years of one side that are told together: `words` in bold, `more` below them."""

    side: str
    first: int
    last: int
    words: str
    more: str


class Yardstick(NamedTuple):
    """A sum to compare the bills of a year with, USD billion."""

    year: int
    amount: float
    words: str


class Piece(NamedTuple):
    """A part of a bar: who pays it, or is paid, on which rung, and how much, USD billion."""

    who: str
    rung: str
    amount: float


class Named(NamedTuple):
    """A partner's part of a bar, from `start` to `end` of it, USD billion."""

    who: str
    start: float
    end: float

    @property
    def words(self) -> str:
        """The name and the sum, which a line does not part."""
        return f"{self.who}\N{NO-BREAK SPACE}{short(self.end - self.start)}"


@dataclass(frozen=True)
class Turn:
    """The picture before it is drawn.

    `table`: year (missing: no date), side ("in", "out"), rung (of `RUNGS`), who (a name) and
    amount (USD billion, positive). Years after `until` stand in one block.
    """

    table: pd.DataFrame
    until: int
    spans: Sequence[Span] = ()
    silence: str = ""
    """A sentence for the years in which nothing comes in."""
    yardstick: Yardstick | None = None
    later: str = ""
    """A word on what falls due after `until`."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Words below what has no date, by side."""

    @property
    def years(self) -> range:
        """Every year with a column of its own."""
        known = self.table.year.dropna().astype(int)
        return range(int(known.min()), min(int(known.max()), self.until) + 1)

    @property
    def last(self) -> int:
        """The last year of all."""
        return int(self.table.year.dropna().max())

    def pieces(self, side: str, chosen: pd.Series[bool]) -> list[Piece]:
        """The chosen payments of a side as one bar: what is paid first, then by partner.

        Whoever has most in the years with a column of their own stands next to the axis.
        """
        own = self.table[self.table.side.eq(side)]
        drawn = own.amount.where(own.year.le(self.until).fillna(False), 1e-9 * own.amount)
        order = drawn.groupby(own.who).sum().sort_values(ascending=False, kind="stable")
        place = {who: rank for rank, who in enumerate(order.index)}
        sums = own[chosen.reindex(own.index)].groupby(["who", "rung"]).amount.sum()
        found = [Piece(str(who), str(rung), float(sum_)) for (who, rung), sum_ in sums.items()]
        return sorted(
            found, key=lambda one: (one.rung != "paid", place[one.who], RUNGS.index(one.rung))
        )

    def of_year(self, side: str, year: int) -> list[Piece]:
        """The bar of a year."""
        if (side, year) not in self._bars:
            chosen = self.table.year.eq(year).fillna(False)
            self._bars[side, year] = self.pieces(side, chosen)
        return list(self._bars[side, year])

    @cached_property
    def _bars(self) -> dict[tuple[str, int], list[Piece]]:
        """The bars of years that were asked for: a drawing asks for each many times."""
        return {}

    def after(self, side: str) -> list[Piece]:
        """All that has a date after the last year with a column of its own."""
        return self.pieces(side, self.table.year.gt(self.until).fillna(False))

    def undated(self, side: str) -> list[Piece]:
        """All that has no date."""
        return self.pieces(side, self.table.year.isna())

    def reach(self, side: str) -> float:
        """The longest bar of a side."""
        return max((total(self.of_year(side, year)) for year in self.years), default=0.0)

    def longest(self, side: str) -> float:
        """Length that a side needs, in USD billion: its longest bar, of a year or without a date.

        What goes out without a date is a block as long as the longest bar out; where there is
        none, as the longest bar in.
        """
        if side == "in":
            return max(self.reach("in"), total(self.undated("in")))
        blocks = max(total(self.after("out")), total(self.undated("out")))
        return self.reach("out") or min(blocks, self.longest("in") or blocks)

    def span(self, side: str) -> Span | None:
        """The years of a side that are told together."""
        return next((span for span in self.spans if span.side == side), None)

    def is_told(self, year: int) -> bool:
        """Whether a year belongs to a span."""
        return any(span.first <= year <= span.last for span in self.spans)

    def named(self, side: str) -> dict[int, list[Named]]:
        """Whom the first and the last year of a span name: who stands for a large part of a bar.

        What goes out is named once: the last year names only who is not in the first.
        """
        span, least = self.span(side), _NAMED * self.reach(side)
        found: dict[int, list[Named]] = {}
        for year in dict.fromkeys((span.first, span.last)) if span else ():
            parties: dict[str, list[float]] = {}
            end = 0.0
            for piece in self.of_year(side, year):
                start, end = end, end + piece.amount
                parties[piece.who] = [parties.get(piece.who, [start])[0], end]
            earlier = {one.who for ones in found.values() for one in ones if side == "out"}
            found[year] = [
                Named(who, start, end)
                for who, (start, end) in parties.items()
                if end - start >= least and who not in earlier
            ]
        return found

    @property
    def rungs(self) -> list[str]:
        """The rungs that occur."""
        return [rung for rung in RUNGS if self.table.rung.eq(rung).any()]


def by_rung(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of each rung as one, of all partners together."""
    found = [
        Piece("partners", rung, sum(one.amount for one in pieces if one.rung == rung))
        for rung in RUNGS
    ]
    return [piece for piece in found if piece.amount > 0]


def largest(pieces: Sequence[Piece], at_most: int = 3) -> list[str]:
    """Who stands for most of a block, each with its sum."""
    sums: dict[str, float] = {}
    for piece in pieces:
        sums[piece.who] = sums.get(piece.who, 0.0) + piece.amount
    order = sorted(sums, key=lambda who: -sums[who])[:at_most]
    return [Named(who, 0.0, sums[who]).words for who in order]


def total(pieces: Sequence[Piece]) -> float:
    """What a bar comes to."""
    return sum(piece.amount for piece in pieces)


def short(amount: float) -> str:
    """A sum in billions for a bar's end: 83, 9.7, 0.4."""
    return number(round(amount)) if amount >= 9.95 else number(round(amount, 1), 2)


def tip(when: object, side: str, piece: Piece) -> str:
    """What a bar says under the pointer."""
    ways = {"in": f"{piece.who} pays", "out": f"to {piece.who}"}
    return f"{when}, {ways[side]}: {usd_bn(piece.amount)}, {WORDS[piece.rung]}"


def is_some(amount: float) -> bool:
    """Whether a sum is more than rounding."""
    return not math.isnan(amount) and amount > 0.005
