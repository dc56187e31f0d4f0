"""How circular is it: a text at its word, and one deal in it read in several ways.

All sums are USD billion, nominal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import cells
from tightrope.chapters import circularity as draws
from tightrope.chapters import how_circular as chapter
from tightrope.chapters.circularity import Answer
from tightrope.dealbook import Dealbook
from tightrope.measures import circulation, roundtrip

COLUMNS = ["payer", "payee", "amount", "claim"]


@dataclass(frozen=True)
class Said:
    """A payment as a claim has it: whose sum is that of the claim `sum_of`, in its `column`."""

    payer: str
    payee: str
    claim: str
    sum_of: str = ""
    """Another claim that has the sum; "" for the claim itself."""
    column: str = "stated"


def payments(book: Dealbook, said: Iterable[Said]) -> pd.DataFrame:
    """The payments of a text at its word: payer, payee, amount and claim (a claim_id).

    Of a range the middle. A claim that the book does not have counts nothing and is "".
    """
    claims = book.claims.set_index("claim_id")
    rows = []
    for one in said:
        amount, claim, source = 0.0, "", one.sum_of or one.claim
        if {source, one.claim} <= set(claims.index):
            row, claim = claims.loc[source], one.claim
            amount = sum(cells.usd_bn_of(row[one.column], row.unit)) / 2
        rows.append((one.payer, one.payee, amount, claim))
    return pd.DataFrame(rows, columns=COLUMNS)


@dataclass(frozen=True)
class AtItsWord:
    """What the payments of a text come to, seen from one party."""

    paid_in: float
    paid_out: float
    round_trip: float
    index: float
    """The circulation index of all its payments, a fraction."""


def at_its_word(article: pd.DataFrame, focal: str) -> AtItsWord:
    """What `payments` come to: straight back, and what goes round in them all."""
    sums = roundtrip.bilateral(article, focal).sum()
    index = circulation.maximum_circulation(article).index
    return AtItsWord(float(sums.paid_in), float(sums.paid_out), float(sums.round_trip), index)


def readings(book: Dealbook, focal: str, deal: str) -> list[pd.DataFrame]:
    """The announced web with one deal read in four ways, all else alike.

    Left out; what it pays to `focal` and no chips of anybody; all of it, and no other chips; what
    it pays to `focal` and the chips of others. Warrants are held at nothing, to see the deal
    alone, and so is what has no published upper end, at what is stated of it.
    """
    with_chips, bare = (
        draws.closed(web[web.instrument.ne("warrant")])
        for web in (chapter.web(book, focal, "announced", chips) for chips in (True, False))
    )
    webs: Sequence[pd.DataFrame] = (
        with_chips[with_chips.deal_id.ne(deal)],
        bare[bare.deal_id.ne(deal) | bare.payee.eq(focal)],
        bare,
        with_chips[with_chips.deal_id.ne(deal) | with_chips.payee.eq(focal)],
    )
    return [web.reset_index(drop=True) for web in webs]


def answers(book: Dealbook, focal: str, deal: str, day: str, runs: int, seed: int) -> list[Answer]:
    """What can return by any route on each of `readings`, as known on a day; none before it."""
    if f"{book.day:%Y-%m-%d}" < day:
        return []
    then = book.as_of(day)
    return [draws.answer(then, web, focal, runs, seed) for web in readings(then, focal, deal)]
