"""How circular is it: how even the two sides of a pair are, and the score that others give it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tightrope.dealbook import Dealbook

_KINDS, _BALANCE, _SOURCES = 0.35, 0.35, 0.30
"""The weights of the Loop Score: Han (2026), section 3.4."""
_OF_ONE_KIND, _BEST_SOURCES = 0.7, 5.0


def loop_score(
    balance: float, different_kinds: bool = True, confidence: float = _BEST_SOURCES
) -> float:
    """The Loop Score of Han (2026), section 3.4: a fraction.

    `balance` is the smaller payment over the larger, `confidence` the mark for the sources, from
    1 to 5.
    """
    kinds = 1.0 if different_kinds else _OF_ONE_KIND
    even = 0.5 + 0.5 * balance
    return _KINDS * kinds + _BALANCE * even + _SOURCES * confidence / _BEST_SOURCES


def pairs(even: pd.DataFrame, book: Dealbook) -> pd.DataFrame:
    """Each pair of `balance` with its score: party, label, share and score at low and high.

    First a full loop, which is no party's.
    """
    full = pd.DataFrame([("", "A full loop", 1.0, 1.0)], columns=["party", "label", "low", "high"])
    table = pd.concat([full, even.assign(label=even.party.map(book.party_name))])
    for end in ("low", "high"):
        table[f"score_{end}"] = [loop_score(share) for share in table[end]]
    named = table.rename(columns={"low": "share_low", "high": "share_high"})
    return named.reset_index(drop=True)


def example(scored: pd.DataFrame, wanted: str) -> pd.Series[float]:
    """The row of `pairs` of the party `wanted`, the least even where it is not among them."""
    found = scored[scored.party.eq(wanted)] if wanted else scored.tail(0)
    return found.iloc[0] if len(found) else scored.iloc[-1]


def balance(partners: pd.DataFrame) -> pd.DataFrame:
    """How even the two sides are: the smaller over the larger, at its least and at its most.

    `partners` are rows of `counting.by_partner`; party, `low` and `high` as fractions, for those
    that may pay and be paid, most even first. Where a side is open above, the least is nothing.
    """
    rows = []
    for row in partners.itertuples():
        given, taken = (row.in_low, row.in_high), (row.out_low, row.out_high)
        # NaN is no zero: what is open above may be something.
        if given[1] == 0 or taken[1] == 0:
            continue
        given, taken = ((low, np.inf if np.isnan(top) else top) for low, top in (given, taken))
        overlap = max(given[0], taken[0]) <= min(given[1], taken[1])
        corners = [_even(one, other) for one in given for other in taken if max(one, other)]
        rows.append((row.party, min(corners), 1.0 if overlap else max(corners)))
    table = pd.DataFrame(rows, columns=["party", "low", "high"])
    return table.sort_values(["low", "high"], ascending=False, kind="stable", ignore_index=True)


def _even(one: float, other: float) -> float:
    if np.isinf(max(one, other)):
        return 0.0 if np.isfinite(min(one, other)) else 1.0
    return min(one, other) / max(one, other)
