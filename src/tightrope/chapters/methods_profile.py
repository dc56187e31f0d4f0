"""In which year a plan is spent, as the methods tell it: worked cases, and the base by readings."""

from __future__ import annotations

import math

from tightrope import readings, scenarios, vintages
from tightrope.chapters.methods import Case
from tightrope.dealbook import Dealbook
from tightrope.measures import runway, shapes
from tightrope.publish.facts import Facts
from tightrope.quantities import Quantities
from tightrope.scenario_parameters import YEARS

_OLDER = (-50.0, -30.0, 20.0)


def profile() -> list[Case]:
    """A plan of three years, -50, -30 and 20, carried to a sum of -120 in three ways."""
    about = "-50, -30, 20 carried to -120"
    first = {"trough-deepened": "-87.5", "shifted-alike": "-70", "in-proportion": "-100"}
    last = {"trough-deepened": "20", "shifted-alike": "0", "in-proportion": "40"}
    found = []
    for name in shapes.CARRIED:
        flow, words = shapes.carried(name, _OLDER, -120.0), shapes.READINGS[name].words
        found.append(Case(about, f"first year, {words}", flow[0], first[name]))
        found.append(Case(about, f"last year, {words}", flow[2], last[name]))
    return found


def all_years_carried(book: Dealbook, focal: str = "") -> dict[str, float]:
    """The gap of the base by reading if its first year were carried too; NaN without a plan.

    Free cash flow alone, with the base's cash, funding and minimum.
    """
    focal = focal or book.focal
    planned = vintages.carried(book, focal, YEARS)
    if planned is None:
        return dict.fromkeys(shapes.CARRIED, math.nan)
    budget = scenarios.scenario(book, focal=focal).budget()
    found = {}
    for name in shapes.CARRIED:
        flow = dict(zip(YEARS, shapes.carried(name, planned.flow, planned.total), strict=True))
        given = (budget[part] for part in ("opening_cash", "funding", "buffer"))
        found[name] = runway.cash_flow_gap(flow, *given).peak
    return found


def state_profile(fact: Facts, book: Dealbook, gap: Quantities) -> None:
    """State the gap of the base over all readings, and what it is with all years carried."""
    read, one = readings.of(book), gap["gap"]
    on = fact.on(one.rows)
    on.span("profile-range", one.low, one.high, "gap of the base at its peak, over all readings")
    how = "what moves the gap of the base most while all else stays"
    on.words("profile-decides", readings.DIMENSIONS[read.decisive], how)
    for name, peak in all_years_carried(book).items():
        how = f"gap of the base if all years are carried, {shapes.READINGS[name].words}"
        on(f"all-{name}", peak, "usd_bn", how)
