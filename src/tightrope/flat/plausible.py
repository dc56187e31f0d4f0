"""Amounts that are wrong by a factor of a thousand, as far as the table itself shows it.

What is found here is what no payment of record is, or what the words of the same row contradict.
Whoever is sure says so with the option `sure`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from tightrope.findings import Finding

LARGEST_USD_BN = 1_000.0
"""No single payment of record is over a trillion dollars: the largest promises that were made
public by 2026 are of some hundreds of billions."""
SMALLEST_USD_BN = 1e-5
"""Ten thousand dollars: no deal of companies that is written about is smaller."""
LARGEST_MEDIAN_USD_BN = 200.0
"""Of five payments or more, half are never over this: a table in millions read as billions is."""
SPREAD = 1e5
"""From the smallest to the largest amount. The widest webs known reach from millions to some
hundreds of billions; full dollars among billions are a billion times as much."""
_MANY = 5
SURE = "if it is right, say so with the option sure"
_TOLD = re.compile(
    r"(?:[$€£]|\b(?:usd|eur|gbp)\b)\s?(\d+(?:\.\d+)?)\s?(tn|trillion|bn|b|billion|mn|m|mm|million)\b",
    re.IGNORECASE,
)
_IN_BN = {"t": 1e3, "b": 1.0, "m": 1e-3}


class Checked(NamedTuple):
    """One amount of a row in USD billion, as it is written, and the words of the row."""

    line: int
    column: str
    cell: str
    usd_bn: float
    text: str


def check(file: str, amounts: Sequence[Checked]) -> Iterator[Finding]:
    """What looks wrong by a factor of a thousand, amount by amount, and then all together."""
    known = [one for one in amounts if one.usd_bn > 0]
    extreme = False
    for one in known:
        if message := _extreme(one) or _contradicted(one):
            extreme = True
            yield Finding(file, one.line, one.column, f"{message}; {SURE}")
    if extreme or not known:
        return
    values = [one.usd_bn for one in known]
    middle, largest = median(values), max(known, key=lambda one: one.usd_bn)
    smallest = min(known, key=lambda one: one.usd_bn)
    if len(values) >= _MANY and middle > LARGEST_MEDIAN_USD_BN:
        message = (
            f"half of the {len(values)} amounts are over {middle:g} USD billion, and "
            f"{LARGEST_MEDIAN_USD_BN:g} is the most that is believed of a web; say the unit of the "
            "amounts (usd_m?)"
        )
        yield Finding(file, largest.line, largest.column, f"{message}; {SURE}")
    if largest.usd_bn / smallest.usd_bn > SPREAD:
        message = (
            f"{largest.cell} is {largest.usd_bn:g} USD billion, more than {SPREAD:,.0f} times the "
            f"{smallest.cell} of line {smallest.line} ({smallest.usd_bn:g}); are both in one unit?"
        )
        yield Finding(file, largest.line, largest.column, f"{message}; {SURE}")


def _extreme(one: Checked) -> str:
    if one.usd_bn > LARGEST_USD_BN:
        return (
            f"{one.cell} is {one.usd_bn:,g} USD billion in the unit given, and no payment of "
            f"record is over {LARGEST_USD_BN:,g}; is it in millions or in dollars?"
        )
    if one.usd_bn < SMALLEST_USD_BN:
        return (
            f"{one.cell} is {one.usd_bn * 1e9:,g} dollars in the unit given, and no deal is under "
            f"{SMALLEST_USD_BN * 1e9:,.0f}; is it in millions or in billions?"
        )
    return ""


def _contradicted(one: Checked) -> str:
    """Where the row's own words name sums, and one of them is a thousand times another amount."""
    told = [float(number) * _IN_BN[word[0].lower()] for number, word in _TOLD.findall(one.text)]
    ratios = [one.usd_bn / sum_ for sum_ in told if sum_ > 0]
    if any(abs(math.log10(ratio)) < 2 for ratio in ratios):
        return ""
    for sum_, ratio in zip(told, ratios, strict=False):
        if abs(abs(math.log10(ratio)) - 3) < 0.05 or abs(abs(math.log10(ratio)) - 9) < 0.05:
            return (
                f"{one.cell} is {one.usd_bn:g} USD billion in the unit given, and the row itself "
                f"speaks of {sum_:g} USD billion"
            )
    return ""
