"""Around which growth of revenue a scenario is drawn, and which growth no firm of its size has had.

A book that lacks the rows for one of these goes without it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from tightrope import scenarios
from tightrope.dealbook import Dealbook
from tightrope.measures import growth, simulation
from tightrope.measures.growth import Centre
from tightrope.measures.laws import Law
from tightrope.measures.plan import Scenario
from tightrope.measures.simulation import Simulation

OWN, ANALYSTS, BASE_RATES = "own", "analysts", "base-rates"
"""The scenario's own triangles; the middle of analysts; what firms of that size have done."""
_EXPECTED = "what-analysts-expect"
_FASTEST = "fastest-growth-in-a-year"
_PRICES, _SINCE = "us-prices-a-year", "us-prices-since-2015"
_MEDIAN, _DEVIATION = "base-rates-5y-25bn-median", "base-rates-5y-25bn-sd"
_MEMORY, _CLASS = "sales-growth-memory", "sales-growth-largest-class"
_HORIZON = 5
"""Years of the published averages; the paths have four years of growth, and the next are three."""
_GROWTH = "revenue_growth"


@dataclass(frozen=True)
class Named:
    """A centre with its name for readers, and the rows (`table/id`) that it rests on."""

    key: str
    name: str
    centre: Centre
    rows: tuple[str, ...]


def of(book: Dealbook, own: Scenario, scenario_id: str) -> tuple[Named, ...]:
    """The centres that the book has rows for; that of the scenario's own assumptions is the first.

    - `OWN` is what the scenario itself draws from.
    - `ANALYSTS` has growth from a triangle: its mode is what analysts expect, its ends are the
      least and the most that any scenario of the book assumes. All else is the scenario's own.
    - `BASE_RATES` is lognormal around the median growth of firms of that size, with the published
      spread, and prices rise as they have (`growth.around_average`). It counts where sales of the
      first year, in the dollars of the source, belong to the class of the rows.
    """
    behind = scenarios.rows(scenarios.assumptions(book, scenario_id))
    found = [Named(OWN, scenarios.title(scenario_id), Centre.of(own), behind)]
    for other in (_analysts(book, own), _base_rates(book, own)):
        if other:
            found.append(other)
    return tuple(found)


def fastest(book: Dealbook) -> float:
    """The highest growth in one year of a firm of that size, a share; infinite where none is known.

    `rows_of_fastest` are the rows that it rests on.
    """
    rates = _known(book, _FASTEST)
    return rates[0] / 100 if rates else math.inf


def rows_of_fastest(book: Dealbook) -> tuple[str, ...]:
    """The row that `fastest` rests on; none where it is not known."""
    return _rows(_FASTEST) if _known(book, _FASTEST) else ()


def ceiling(book: Dealbook, centre: Centre) -> float:
    """The growth above which a draw is thrown away (`simulation.simulate`): the `fastest`.

    Infinite too where the centre itself grows faster: a reader may assume that on purpose, and its
    draws are then kept.
    """
    most = fastest(book)
    return most if centre.growth.mode <= most else math.inf


def draw(
    book: Dealbook, own: Scenario, runs: int, seed: int, others: Mapping[str, Law] | None = None
) -> Simulation:
    """The scenario drawn below the ceiling of the book: one place for all that draw it.

    `others` are laws in place of the scenario's own, such as those of a centre. Raises ValueError
    as `simulation.simulate` does.
    """
    most = ceiling(book, Centre.of(own, others))
    return simulation.simulate(own, runs, seed, others, most)


def in_dollars_of_the_rates(book: Dealbook, usd_bn: float) -> float:
    """An amount of today in the dollars that base rates sort firms by; NaN where unknown."""
    rise = _known(book, _SINCE)
    return usd_bn / (1 + rise[0] / 100) if rise else math.nan


def _analysts(book: Dealbook, own: Scenario) -> Named | None:
    if _EXPECTED not in scenarios.ids(book):
        return None
    table = book.scenarios[book.scenarios.parameter.eq(_GROWTH)]
    expected = table[table.scenario_id.eq(_EXPECTED)]
    if expected.empty:
        return None
    law = Law(float(table.value.min()), float(expected.value.iloc[0]), float(table.value.max()))
    base = Centre.of(own)
    centre = Centre(law, base.endurance, base.spread, base.memory)
    name = scenarios.title(_EXPECTED)
    return Named(ANALYSTS, name, centre, tuple(f"scenarios/{one}" for one in table.assumption_id))


def _base_rates(book: Dealbook, own: Scenario) -> Named | None:
    ids = (_MEDIAN, _DEVIATION, _MEMORY, _PRICES, _CLASS, _SINCE)
    known = _known(book, *ids)
    if not known:
        return None
    median, deviation, memory, prices = (one / 100 for one in known[:4])
    if in_dollars_of_the_rates(book, float(own.values["revenue"])) < known[4]:
        return None
    centre = growth.around_average(median, deviation, _HORIZON, memory, prices)
    return Named(BASE_RATES, "Base rates of growth", centre, _rows(*ids))


def _known(book: Dealbook, *ids: str) -> list[float]:
    """The values of rows of `outside_checks.csv`; none where one of them is missing."""
    values = book.outside_checks.set_index("check_id").value
    found = [float(values.get(one, math.nan)) for one in ids]
    return [] if any(math.isnan(one) for one in found) else found


def _rows(*ids: str) -> tuple[str, ...]:
    return tuple(f"outside_checks/{one}" for one in ids)
