"""Facts that the cells of claims.csv give, and how many claims have which verdict."""

from __future__ import annotations

import pandas as pd

from tightrope import cells
from tightrope.chapters.claim_check import by_verdict
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts


def state_verdicts(fact: Facts, claims: pd.DataFrame) -> None:
    """imprecise, outdated and unverifiable: how many claims are; the other two are quantities."""
    ids = by_verdict(claims)
    for verdict in ("imprecise", "outdated", "unverifiable"):
        rows = [f"claims/{claim}" for claim in ids[verdict] or claims.claim_id[:1]]
        fact.words(verdict, str(len(ids[verdict])), f"number of claims that are {verdict}", rows)


def state_cell(
    fact: Facts, book: Dealbook, key: str, claim_id: str, column: str, unit: str, how: str = ""
) -> None:
    """One cell of the claims: a number, a range, or its text where it is neither, or is a year."""
    found = book.claims[book.claims.claim_id.eq(claim_id)]
    cell = str(found[column].iloc[0]) if len(found) else ""
    low, high = cells.range_of(cell)
    own, how = fact.on([f"claims/{claim_id}"]), how or f"column {column} of the claim"
    if unit == "year" or pd.isna(low):
        own.words(key, cell, how)
    elif low == high:
        own(key, low, unit, how)
    else:
        own.span(key, low, high, how, unit=unit)
