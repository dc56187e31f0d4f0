"""How circular is it: the made-up webs that explain the measures, in dollars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope.measures import circulation, roundtrip, routes

Web = tuple[pd.DataFrame, Sequence[Sequence[str]]]
"""Payments (payer, payee, amount), and the firms from left to right, the first again at last."""


@dataclass(frozen=True)
class Measured:
    """Made-up webs under the three measures."""

    payments: pd.DataFrame
    """web, payer, payee, amount; low and high of what goes round; whether it is in the cut."""
    words: Mapping[str, Sequence[str]]
    """By web, its three measures in words."""


def measured(webs: Mapping[str, Web]) -> Measured:
    """What comes straight back, by any route, and goes round in each web, seen from its first firm.

    Amounts are dollars.
    """
    parts, words = [], {}
    for label, (web, stages) in webs.items():
        (first,) = stages[0]
        rounds, back = circulation.maximum_circulation(web), routes.returnable(web, first)
        straight = roundtrip.bilateral(web, first).round_trip.sum()
        severed = set(zip(back.cut.payer, back.cut.payee, strict=True))
        ends = rounds.flows[["payer", "payee", "low", "high"]]
        part = web.merge(ends, on=["payer", "payee"])
        cut = [pair in severed for pair in zip(part.payer, part.payee, strict=True)]
        parts.append(part.assign(cut=cut).assign(web=label))
        words[label] = [
            f"Straight back: ${straight:.0f}",
            f"By any route: ${back.value:.0f}",
            f"Goes round: ${rounds.value:.0f} of ${rounds.gross:.0f}",
        ]
    table = pd.concat(parts, ignore_index=True)
    return Measured(table[["web", "payer", "payee", "amount", "low", "high", "cut"]], words)
