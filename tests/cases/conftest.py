"""What the tests of all shipped cases share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from tightrope import counting, dealbook, paths, quantities
from tightrope.counting import Ends
from tightrope.dealbook import Dealbook

CASES = paths.ROOT / "cases"
NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())


def folder(name: str) -> Path:
    return CASES / name


def load(name: str, as_of: str = "") -> Dealbook:
    """A shipped case as known on a day; "" is its newest."""
    return dealbook.load(folder(name)).as_of(as_of)


def ends(book: Dealbook, quantity: str, partner: str = "") -> Ends:
    """A quantity seen from the case's own focal party, at its low, stated and high end."""
    found = quantities.of(book, book.focal, partner)[quantity]
    return Ends(found.low, found.stated, found.high)


def payments(book: Dealbook, layer: str, end: str = "stated") -> pd.DataFrame:
    """What legs count on a layer, as the measures take it: payer, payee, amount (USD billion)."""
    legs = counting.counted(book, layer)
    table = legs.assign(amount=legs[end])
    return table.loc[table.amount.gt(0), ["leg_id", "payer", "payee", "instrument", "amount"]]


def shares(amounts: pd.Series) -> pd.Series:
    """Amounts as percent of their sum."""
    return 100 * amounts / amounts.sum()


def missing(name: str, words: Sequence[str]) -> list[str]:
    """Which of these words, made of computed amounts, the case's README does not have."""
    text = " ".join((folder(name) / "README.md").read_text(encoding="utf-8").split())
    return [one for one in words if one not in text]
