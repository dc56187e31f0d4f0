"""How sure the runway is: draws around each centre of growth, and by the chance of open money.

A chance of money that is only negotiated about is this book's, so there are always several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from tightrope import centres, units
from tightrope.centres import Named
from tightrope.chapters.scenario_facts import yes
from tightrope.chapters.worlds import FIRST_YEAR, LAST_YEAR, World, of_100
from tightrope.dealbook import Dealbook
from tightrope.measures.laws import Law
from tightrope.measures.simulation import Simulation
from tightrope.publish import checks_page
from tightrope.publish.facts import Facts

CHANCES = (1.0, 0.5, 0.0)
"""Chances that money under negotiation comes, all of them ours."""
ENDS: Mapping[float, str] = MappingProxyType({1.0: "surely", 0.0: "never"})
"""The chances that sentences name; the figure has all."""
_COMES = "conditional_funding_realised"
_ENDS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, eq=False)
class Around:
    """A scenario drawn around one centre of growth: its runs by the chance of open money."""

    named: Named
    runs: Mapping[float, Simulation]

    @property
    def surely(self) -> Simulation:
        """The runs in which open money always comes."""
        return self.runs[1.0]

    @property
    def revenue(self) -> pd.Series:
        """Revenue of the last year that 5, 50 and 95 of 100 draws stay below."""
        return pd.Series(np.quantile(self.surely.revenue[:, -1], _ENDS), index=_ENDS)


def around(world: World, book: Dealbook) -> tuple[Around, ...]:
    """The scenario around every centre that the book has rows for, its own first.

    The same random numbers serve all centres and chances: what differs is what is asked.
    """
    return tuple(
        Around(
            named,
            {
                chance: centres.draw(
                    book,
                    world.own,
                    world.runs,
                    world.seed,
                    {**named.centre.laws, _COMES: Law.certain(chance)},
                )
                for chance in CHANCES
            },
        )
        for named in centres.of(book, world.own, world.id)
    )


def gaps(found: Sequence[Around]) -> pd.DataFrame:
    """What lacks, by centre and by the chance that open money comes. One row for each of both.

    Columns: centre (its name), key, chance, low, middle, high (the gap at its peak that 5, 50 and
    95 of 100 draws stay below, USD billion), short (the share of draws with a gap), month (the one
    in or before which half of the draws are out of cash; None if they are not).
    """
    rows = [
        (one.named.name, one.named.key, chance, *runs.peaks(_ENDS), (runs.peak > 0).mean(), month)
        for one in found
        for chance, runs in one.runs.items()
        for month in [runs.month_at(0.5)]
    ]
    columns = ["centre", "key", "chance", "low", "middle", "high", "short", "month"]
    return pd.DataFrame(rows, columns=columns)


def moved_by(table: pd.DataFrame) -> tuple[float, float]:
    """How far the middle gap of `gaps` moves over the centres, and over the chances, at the most.

    Over the one, the other stays as the scenario has it first: its own growth, money that comes.
    """
    by_centre = table.middle[table.chance.eq(1.0)]
    by_chance = table.middle[table.key.eq(centres.OWN)]
    return float(np.ptp(by_centre)), float(np.ptp(by_chance))


def state_ceiling(fact: Facts, world: World, book: Dealbook, found: Sequence[Around]) -> None:
    """State the fastest growth of a firm of that size, and how often our draws went beyond it."""
    fastest, rows = centres.fastest(book), centres.rows_of_fastest(book)
    is_kept = rows and centres.ceiling(book, found[0].named.centre) > fastest
    how = "whether growth has no centre but the scenario’s own"
    fact.words("one-centre", yes(len(found) == 1), how)
    fact.words("has-ceiling", yes(bool(rows) and not is_kept), "whether a fastest growth is known")
    how = "whether the scenario itself grows faster than any firm has"
    fact.words("beyond-ceiling", yes(bool(is_kept)), how)
    said = f"{100 * fastest:.0f}%" if rows else "any rate"
    how = "highest growth of revenue in one year of a firm of that size"
    fact.words("fastest", said, how, rows or world.rows)
    how = "draws thrown away because revenue outgrows every firm, and drawn again"
    fact.words("redrawn", of_100(world.drawn.redrawn_share), how, [*world.rows, *rows])


def state_centres(fact: Facts, world: World, found: Sequence[Around]) -> None:
    """State revenue, gap and month around each centre, with and without the open money."""
    table = gaps(found).set_index(["key", "chance"])
    fact.words("has-centres", yes(len(found) > 1), "whether growth has a centre but its own")
    by_key = {one.named.key: one for one in found}
    for key in (centres.OWN, centres.ANALYSTS, centres.BASE_RATES):
        # A book without the rows of a centre has no text of it; its facts are those of its own.
        one = by_key.get(key, found[0])
        around, on = f"around {one.named.name}", fact.on([*world.rows, *one.named.rows])
        revenue = one.revenue
        said = units.usd_bn_range(revenue.iloc[0], revenue.iloc[-1])
        how = f"revenue of {LAST_YEAR} in nine of ten draws {around}"
        on.words(f"around-{key}-revenue", said, how)
        how = f"draws thrown away because revenue outgrows every firm, {around}"
        on.words(f"around-{key}-redrawn", of_100(one.surely.redrawn_share), how)
        for chance, word in ENDS.items():
            line = table.loc[(one.named.key, chance)]
            how = f"gap at its peak in nine of ten draws {around}, open money at {chance:g}"
            on.span(f"around-{key}-{word}", float(line.low), float(line.high), how)
            month = f"{line.month:%B %Y}" if pd.notna(line.month) else f"the end of {LAST_YEAR}"
            how = f"half of the draws are out of cash by then, {around}, open money at {chance:g}"
            on.words(f"around-{key}-{word}-month", month, how)


def state_growth(fact: Facts, world: World, book: Dealbook) -> None:
    """State what growth the scenario has, and how large it is in the dollars of the base rates."""
    on, revenue = fact.on(world.behind), world.path.revenue
    planned = f"{100 * world.own.values['revenue_growth']:.0f}%"
    on.words("planned-growth", planned, f"growth of revenue in {FIRST_YEAR + 1} as assumed")
    average = (revenue.iloc[-1] / revenue.iloc[0]) ** (1 / (len(revenue) - 1)) - 1
    how = f"growth of revenue a year from {FIRST_YEAR} to {LAST_YEAR} as assumed"
    on.words("planned-average", f"{100 * average:.0f}%", how)
    first = centres.in_dollars_of_the_rates(book, float(revenue.iloc[0]))
    how = f"revenue of {FIRST_YEAR} in the dollars that base rates sort firms by"
    on("first-in-old-dollars", first, "usd_bn", how)


def state_checks(fact: Facts, book: Dealbook, ids: Mapping[str, str]) -> None:
    """State figures that others published (`outside_checks.csv`): their ids by key."""
    checks = book.outside_checks.set_index("check_id")
    for key, one in ids.items():
        is_known = one in checks.index
        said = checks_page.written(checks.loc[one]) if is_known else "no known rate"
        how = str(checks.measure[one]) if is_known else "nobody's figure is known"
        fact.words(key, said, how, [f"outside_checks/{one}"] if is_known else ())
