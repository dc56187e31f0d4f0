"""The invented webs of the labs: small enough to reckon by hand, and sums of nobody."""

from __future__ import annotations

import pandas as pd

from tightrope import paths

LABS = paths.ROOT / "labs"
"""The labs as they are written, solutions included, and what they need beside them."""
WEBS = LABS / "webs"


def web(name: str) -> pd.DataFrame:
    """An invented web: columns payer, payee and amount."""
    return pd.read_csv(WEBS / f"{name}.csv").astype({"amount": "float64"})


def cash(name: str) -> dict[str, float]:
    """What each party of an invented web has, by party."""
    table = pd.read_csv(WEBS / f"{name}-cash.csv", index_col="party")
    return {str(party): float(sum_) for party, sum_ in table.cash.items()}
