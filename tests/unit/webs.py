"""Webs of payments to test measures on: worked ones, and any that a search comes up with.

The worked webs P1 to P19 are numbered as in the project's list of published cases.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from hypothesis import strategies as st

COLUMNS = ["payer", "payee", "amount"]


def payments(*rows: tuple[object, object, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS)


def in_thousands(amounts: Iterable[float]) -> list[int]:
    """USD billion as whole thousands of dollars, in which results are compared exactly."""
    return [round(amount * 1_000_000) for amount in amounts]


P1 = payments((1, 2, 6), (1, 3, 1), (2, 1, 5), (2, 3, 2), (3, 1, 1))
"""Squartini et al. 2013: weighted reciprocity 12/15."""

SELF = payments((1, 1, 5))
TRIANGLE = payments((1, 2, 1), (2, 3, 1), (3, 1, 1))
EXCESS = payments((1, 2, 2), (2, 3, 1), (3, 1, 1))
SUBDIVIDED = payments((1, 4, 2), (4, 2, 2), (2, 3, 1), (3, 1, 1))
"""P2: published values of the toolbox BazilSansom/cdfd-cycle-analysis, runBasicValidation.m."""

P3 = payments((1, 2, 10), (2, 3, 8), (2, 4, 2), (3, 1, 6), (4, 1, 1))
"""Two loops of three that share a payment, 6 and 1; worked by hand."""

P4 = payments((1, 2, 1), (2, 3, 1), (3, 1, 1), (2, 4, 1), (4, 1, 1))
"""Two loops that compete for one payment of 1; worked by hand."""

P19 = payments(
    ("microsoft", "openai", 13),
    ("openai", "microsoft", 13),
    ("openai", "coreweave", 22.4),
    ("coreweave", "openai", 0.35),
    ("softbank", "openai", 40),
    ("nvidia", "openai", 100),
    ("openai", "oracle", 300),
)
"""The article's network, read literally."""


@st.composite
def webs(draw: st.DrawFn, self_payments: bool = False) -> pd.DataFrame:
    """Up to 18 payments among 2 to 6 parties, with ties and parallel payments, some of 0."""
    names = st.sampled_from("abcdef"[: draw(st.integers(2, 6))])
    thousands = st.integers(0, draw(st.sampled_from([3, 20, 10**9])))
    rows = draw(st.lists(st.tuples(names, names, thousands), min_size=1, max_size=18))
    kept = [
        (payer, payee, amount / 1_000_000)
        for payer, payee, amount in rows
        if self_payments or payer != payee
    ]
    return payments(*kept, ("a", "b", 0.000001))
