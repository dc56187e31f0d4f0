"""The invented web of a worksheet: drawn by a seed until its questions have one answer each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

HUB, LENDER = "Lab", "Lender"
FIRMS = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Hazel", "Juniper", "Larch", "Maple")
"""Names that no firm of the book has."""
_AT_ONCE = 4_000
"""Draws that are looked at together: one in a thousand fits."""
_PAID = [(0, 1), (0, 2), (0, 3), (1, 0), (2, 0), (4, 0), (5, 0)]
_ONWARD = [(1, 2), (3, 4), (2, 4), (3, 1), (1, 4), (4, 2)]


class Payment(NamedTuple):
    """Who pays whom how much; whole numbers, in millions of an invented currency."""

    payer: str
    payee: str
    amount: int


class Year(NamedTuple):
    """What a partner paid the hub in a year, and what the hub paid the partner."""

    paid_in: int
    paid_out: int


@dataclass(frozen=True)
class Drawn:
    """All numbers of a worksheet: a web, the years with one partner, and dues of three firms."""

    payments: tuple[Payment, ...]
    cut: tuple[Payment, ...]
    """The one cheapest set of payments without which nothing can come back to the hub."""
    years: tuple[Year, ...]
    due: int
    owes: int
    others: int
    """Of one supplier: what the hub owes it, what it owes itself, and its cash from others."""
    dues: tuple[Payment, ...]
    cash: dict[str, int]


def named(chance: np.random.Generator) -> list[str]:
    """The hub and eight firms, in an order of chance."""
    return [HUB, *(FIRMS[place] for place in chance.permutation(len(FIRMS))[:8])]


def cuts(payments: tuple[Payment, ...]) -> Iterator[tuple[Payment, ...]]:
    """Every set of payments that parts what money leaves the hub from where it comes home."""
    firms = sorted({one for payment in payments for one in payment[:2]} - {HUB})
    for size in range(len(firms) + 1):
        for near in combinations(firms, size):
            yield tuple(
                one
                for one in payments
                if one.payer in (HUB, *near) and (one.payee == HUB or one.payee not in near)
            )


def web(
    chance: np.random.Generator, names: list[str]
) -> tuple[tuple[Payment, ...], tuple[Payment, ...]]:
    """A web with a single cheapest cut that goes through its middle, not around the hub."""
    while True:
        onward = [_ONWARD[place] for place in sorted(chance.permutation(len(_ONWARD))[:4])]
        ways = [*_PAID, *onward]
        amounts = chance.integers(3, 40, size=len(ways))
        payments = tuple(
            Payment(names[payer], names[payee], int(amount))
            for (payer, payee), amount in zip(ways, amounts, strict=True)
        )
        ranked = sorted(cuts(payments), key=_sum)
        least, second = ranked[:2]
        middle = [one for one in least if HUB not in one[:2]]
        if _sum(least) < _sum(second) and middle and len(least) >= 3:
            return payments, least


def _sum(payments: tuple[Payment, ...]) -> int:
    return sum(one.amount for one in payments)


def years(chance: np.random.Generator) -> tuple[Year, ...]:
    """Four years of payments between the hub and one partner."""
    return tuple(Year(*map(int, chance.integers(1, 20, size=2))) for _ in range(4))


def bills(chance: np.random.Generator) -> tuple[int, int, int]:
    """A supplier that needs a whole percentage of its dues: due, owes and others."""
    due = int(chance.choice([20, 25, 40, 50, 60, 75, 80]))
    percent = int(chance.integers(4, 19)) * 5
    while due * percent % 100:
        percent = int(chance.integers(4, 19)) * 5
    others = int(chance.integers(4, 30))
    return due, others + due * percent // 100, others


def dues(
    chance: np.random.Generator, names: list[str]
) -> tuple[tuple[Payment, ...], dict[str, int]]:
    """Three firms in a chain, none of which can pay in full, and their lender; all sums whole."""
    cloud, maker = names[6:8]
    while True:
        owed, to_maker, to_lender, on = chance.integers(10, 90, size=(4, _AT_ONCE))
        hub, cash, last = chance.integers(4, 40, size=(3, _AT_ONCE))
        bills, has = to_maker + to_lender, hub + cash
        received = has * to_maker // bills
        fits = (hub < owed) & (has < bills) & (owed + cash >= bills)
        fits &= (has * to_maker % bills == 0) & (has * to_lender % bills == 0)
        fits &= (received + last < on) & (on <= to_maker + last)
        for place in np.flatnonzero(fits)[:1]:
            chain = (
                Payment(HUB, cloud, int(owed[place])),
                Payment(cloud, maker, int(to_maker[place])),
                Payment(cloud, LENDER, int(to_lender[place])),
                Payment(maker, LENDER, int(on[place])),
            )
            held = {HUB: hub[place], cloud: cash[place], maker: last[place], LENDER: 0}
            return chain, {firm: int(sum_) for firm, sum_ in held.items()}
