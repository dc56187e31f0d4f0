"""Who pays whom: a ranked list of links, each a payer and a payee, with what passes on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tightrope.charts import legend, marks
from tightrope.charts.lanes import Heading, Lane, Mark, Row, bar, rungs_of, stacked
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.phone import held
from tightrope.charts.rows import Rows
from tightrope.charts.rung_sum import RungSum, rung_sum, together
from tightrope.units import number_of

_BAR = 14.0
_NAMES = 290
_DOTTED, _LOW = 0.04, 11.0
"""Of a bar without a published sum: its part of the longest, and its height, which is too low for
a "?" in it: the word beside it says so."""
_BETWEEN = "between others"
_GROUPS = {"in": "into {}", "out": "out of {}", "onward": _BETWEEN, "borrowed": _BETWEEN}


@dataclass(frozen=True)
class _Link:
    """A payer and a payee; by direction what is paid, for others also lend to one another."""

    name: str
    sums: tuple[tuple[str, RungSum], ...]

    @property
    def group(self) -> str:
        return _GROUPS[self.sums[0][0]]

    @cached_property
    def whole(self) -> RungSum:
        return together([part for _, part in self.sums])

    @property
    def bars(self) -> list[Mark]:
        found: list[Mark] = []
        for direction, part in self.sums:
            start = max((mark.high for mark in found), default=0.0)
            found += stacked(part.bars, marks.HUES[direction], _BAR, start=start)
        return found

    def row(self, longest: float) -> Row:
        dotted = Fill(marks.HUES[self.sums[0][0]], "unknown")
        bars = self.bars or [bar(0, _DOTTED * longest, dotted, _LOW)]
        words = self.whole.words
        return Row(self.name, [Lane(bars, words, tip=f"{self.name}: {words}", tall=_BAR)])


def who_pays(table: pd.DataFrame, width: int, focal: str = "OpenAI") -> Drawing:
    """A bar for each link, in the fills of its rungs: into `focal`, out of it, between others.

    Columns: name (payer and payee) and all others of `accounts.rungs`, USD billion. A name that
    is both onward and borrowed is one bar of two hues. The largest come first within their group;
    what has no published sum comes last, dotted. On a phone the smaller ones of a group are one
    bar where all have no room. Returns a chart `width` wide.
    """
    links = _links(table)
    return held(lambda count: _drawn(links, count, width, focal), len(links))


def largest(table: pd.DataFrame) -> str:
    """The link at the top of all groups of `who_pays` with its sum; ValueError for an empty table.

    Columns as there.
    """
    if table.empty:
        raise ValueError("there is no link")
    first = _links(table)[0]
    return f"{first.name}, {first.whole.words}"


def _links(table: pd.DataFrame) -> list[_Link]:
    """All links, the largest first."""
    links = [
        _Link(
            str(name), tuple((str(row["direction"]), rung_sum(row)) for row in marks.records(own))
        )
        for name, own in table.groupby("name", sort=False)
    ]
    return sorted(links, key=lambda link: -link.whole.drawn)


def _drawn(links: Sequence[_Link], count: int, width: int, focal: str) -> Drawing:
    """The first `count` links, and in each group what the others come to together."""
    items: list[Row | Heading] = []
    longest = max(link.whole.drawn for link in links)
    scale = None if longest else (0.0, 1.0)
    for group in dict.fromkeys(_GROUPS.values()):
        shown, rest = (
            [link for link in part if link.group == group]
            for part in (links[:count], links[count:])
        )
        if shown or rest:
            items.append(Heading(group.format(focal), number_of(len(shown) + len(rest), "link")))
            pooled = [_together(rest)] if len(rest) > 1 else rest
            items += [link.row(longest or 1.0) for link in (*shown, *pooled)]
    canvas = Canvas(width)
    # The headings say what the hues of their groups mean, but for the one that may have two.
    hues = {way for link in links for way, _ in link.sums if _GROUPS[way] == _BETWEEN}
    y = legend.legend(canvas, hues, rungs_of(items) - {"unknown"})
    return Rows(canvas, items, names=_NAMES, span=scale, gap=8).chart(y + 8)


def _together(links: Sequence[_Link]) -> _Link:
    sums: dict[str, list[RungSum]] = {}
    for direction, part in (one for link in links for one in link.sums):
        sums.setdefault(direction, []).append(part)
    name = f"{len(links)} more together"
    return _Link(name, tuple((direction, together(parts)) for direction, parts in sums.items()))
