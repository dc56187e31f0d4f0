"""Paying for technology: the steps of a promise, the ways of paying, and the odds of a lender."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from tightrope import counting, dealbook, ledger
from tightrope.accounts import rungs
from tightrope.dealbook import Dealbook

CASES = ("Round-trip sham", "Vendor finance", "Circular deal")
"""Three deals that look alike in a bank statement."""


def finding(others_pay: bool, who: str) -> str:
    """The finding as a headline: whether most is spent by others on what `who` is to use."""
    if others_pay:
        return f"{who}’s name is on machines that others pay for"
    return "A way of paying can matter as much as the machine"


def three_cases(paid: float, came_back: float, cost: float) -> pd.DataFrame:
    """What a supplier books, and gains or loses, in each of `CASES`.

    It pays its customer `paid` and gets `came_back` for goods that cost `cost`; a sham delivers
    none, a loan is repaid if the customer thrives, and shares have doubled by then.
    """
    cases = pd.DataFrame({"case": CASES, "revenue": came_back})
    spent, repaid = pd.Series([0.0, cost, cost]), pd.Series([0.0, paid, 2 * paid])
    cases["if_it_fails"] = came_back - paid - spent
    cases["if_it_thrives"] = cases.if_it_fails + repaid
    return cases


def steps(book: Dealbook, lanes: Mapping[str, str]) -> pd.DataFrame:
    """The steps of some legs in the order in which they became known: rows of `events`.

    `lanes` names each leg, by leg_id; the column `deal` has its name.
    """
    found = book.events[book.events.leg_id.isin(list(lanes))]
    found = found.sort_values(["known_on", "leg_id"])
    return found.assign(deal=found.leg_id.map(lanes))


def first_named(found: pd.DataFrame, leg_id: str, status: str) -> float:
    """What the first step of a leg on a rung named, USD billion; NaN where there is none.

    `found` are rows of `steps`.
    """
    own = found[found.leg_id.eq(leg_id) & found.status.eq(status)].amount_usd_bn
    return float(own.iloc[0]) if len(own) else float("nan")


def ways(book: Dealbook, layer: str, way_of: Mapping[str, str]) -> pd.DataFrame:
    """What each way of paying comes to, as increments that climb the ladder: `accounts.rungs`.

    `way_of` has the way of each leg by leg_id. Construction is paid to others than the focal party,
    everything else to it. Raises ValueError for an unknown layer.
    """
    ladder = ledger.ladder(book).set_index("leg_id")
    named = ladder[ladder.index.isin(list(way_of))]
    onward = named.instrument.eq("construction")
    direction = onward.map({True: "onward", False: "in"})
    return rungs(named.assign(name=named.index.map(way_of), direction=direction), layer)


def is_largest(book: Dealbook, way_of: Mapping[str, str], way: str) -> bool:
    """Whether a way of paying has the highest announced sum at most."""
    high = ledger.ladder(book).set_index("leg_id").announced_high
    known = high[high.index.isin(list(way_of))]
    by_way = known.groupby(known.index.map(way_of)).sum()
    return bool(len(by_way)) and by_way.idxmax() == way


def paid(book: Dealbook, legs: Collection[str]) -> counting.Ends:
    """What is known to have been paid of some legs, each counted once; USD billion."""
    flows = counting.counted(book.within(*dealbook.WEB), "paid")
    return counting.total(flows[flows.leg_id.isin(list(legs))])


def break_even(if_fails: pd.Series[float], if_thrives: pd.Series[float]) -> pd.Series[float]:
    """The chance of success at which a gain and a loss even out on average, a fraction."""
    return -if_fails / (if_thrives - if_fails)
