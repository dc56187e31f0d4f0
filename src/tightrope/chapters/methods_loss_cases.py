"""The worked cases of the methods of losses, one function a section.

Amounts of cases from the literature are in the unit of the source.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope.chapters import methods_left_out as left_out
from tightrope.chapters.methods import Case, web
from tightrope.measures import clearing
from tightrope.measures.stakes import Values


def cleared(cycle: pd.DataFrame, all_pay: pd.DataFrame, one_waits: pd.DataFrame) -> list[Case]:
    """Clearing with lenders, and of a cycle and a ring that have been cleared: `clearing.clear`."""
    mutual = web(*((one, other, 0.5) for one in "abc" for other in "abc" if one != other))
    cash, lent = {"a": 0.5, "b": 0.625, "c": 0.75}, {"a": 1.5, "b": 0.5, "c": 0.5}
    paid = clearing.clear(mutual, cash, lent).set_index("party").paid
    missing = cycle.set_index("party").shortfall["c"]
    three, ring, systemic = "Three with lenders", "A ring without cash", "R package systemicrisk"
    return [
        Case(three, "paid by the first", paid["a"], "1.473214", systemic),
        Case(three, "paid by the second", paid["b"], "1.419643", systemic),
        Case(three, "paid by the third", paid["c"], "1.5", systemic),
        Case("A cycle", "missing to the third", missing, "2"),
        Case(ring, "paid, the greatest", all_pay.paid.sum(), "3"),
        Case(ring, "paid, if one waits", one_waits.paid.sum(), "0"),
    ]


def cleared_by_year() -> list[Case]:
    """A lab owes a cloud 10 a year; the cloud owes a maker 6, and lenders 4, then 5."""
    owed = web(("lab", "cloud", 10), ("cloud", "maker", 6))
    chain = pd.concat(owed.assign(year=year) for year in (2027, 2028))
    lenders = pd.DataFrame({"year": [2027, 2028], "party": "cloud", "amount": [4, 5]})
    standing = clearing.clear_by_year(chain, {"cloud": 1}, {"cloud": 2}, "lab", 0.8, lenders)
    by_year = standing.set_index(["year", "party"])
    short, lost = by_year.shortfall, by_year.first_round[2028, "cloud"]
    fifth, passed = "Two years, a fifth is not paid", by_year.passed_on[2028, "maker"]
    return [
        Case(fifth, "missing to the cloud, first year", short[2027, "cloud"], "0"),
        Case(fifth, "missing to the cloud, second year", short[2028, "cloud"], "1"),
        Case(fifth, "lost in the first round", lost, "2"),
        Case(fifth, "passed on to the maker", passed, "0.545", "6 of 11"),
    ]


def break_even(ratio: float, concentration: float) -> list[Case]:
    """A supplier owed 10 that owes as much and has 1, and four shares, beside the extremes."""
    rich = clearing.break_even_pay_ratio(10, 3, 5)
    poor = clearing.break_even_pay_ratio(10, 20, 5)
    single = clearing.herfindahl([45])
    what, index, four = "break-even pay ratio", "Herfindahl index", "Shares of 30, 30, 20 and 20"
    return [
        Case("Is owed 10, owes 10, has 1", what, ratio, "0.9"),
        Case("Is owed 10, owes 3, has 5", what, rich, "0"),
        Case("Is owed 10, owes 20, has 5", what, poor, "1.5"),
        Case(four, index, concentration, "2600", "US Department of Justice"),
        Case("One share of 45", f"{index}, at least", single, "2025"),
    ]


def stakes(worth: Values, fall: float) -> list[Case]:
    """Two firms that own half of each other, one of which falls below its line, and a debtor."""
    halves = "Two that own half of each other, one below its line"
    debtor = "Debt of 20, a stake of 40 in holdings of 100, all else falling half as far"
    return [
        Case(halves, "the first, to outsiders", worth.outside["alpha"], "6"),
        Case(halves, "the second, to outsiders", worth.outside["beta"], "3"),
        Case(debtor, "fall to a limit of a quarter", fall, "0.2857", "20 of 70"),
    ]


def distress() -> list[Case]:
    """DebtRank of three banks, the first of which loses a tenth of its equity."""
    exposure: list[list[float]] = [[0, 1, 0], [10, 0, 3], [3, 2, 0]]
    found = left_out.debtrank(exposure, [2, 5, 2], np.array([0.1, 0, 0]))
    three, origin = "Three banks, the first loses a tenth", "R package NetworkRiskMeasures"
    return [
        Case(three, "distress of the first", found[0], "0.6", origin),
        Case(three, "distress of the second", found[1], "1", origin),
    ]


def with_costs(cycle: pd.DataFrame, cash: dict[str, float]) -> list[Case]:
    """What the third party of the cycle lacks if firms in default keep all, most or half."""
    return [
        Case(
            f"A cycle, {kept:g} is kept",
            "missing to the third",
            12 - left_out.with_costs(cycle, cash, kept)["c"],
            missing,
        )
        for kept, missing in ((1, "2"), (0.8, "4"), (0.5, "7"))
    ]
