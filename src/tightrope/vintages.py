"""What a party planned, by the day on which it planned it. USD billion a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope.dealbook import Dealbook, remembered

_QUARTERS = {"1": "first", "2": "second", "3": "third", "4": "last"}


@remembered
def flows(book: Dealbook, focal: str = "") -> pd.DataFrame:
    """Planned free cash flow by year: one row a vintage and a year, by financial_id.

    `vintage` ("2026-q1", when the plan was made), `series` (the same in words), `year`, `value`. A
    plan's sum over several years is no point of a path and is left out; `totals` has it.
    """
    focal = focal or book.focal
    table = _planned(book, focal)
    table = table[table.period.str.fullmatch(r"\d{4}").astype(bool)]
    table = table.assign(year=table.period.astype(int))
    table["series"] = [f"Plan of the {_QUARTERS[v[-1]]} quarter of {v[:4]}" for v in table.vintage]
    return table[["vintage", "series", "year", "value"]]


@dataclass(frozen=True, eq=False)
class Carried:
    """An older plan by year and the sum of a newer one over the same years.

    `flow` is free cash flow by year, `vintage` when it was planned; `total` is the newer sum, and
    `rows` are those of both.
    """

    vintage: str
    flow: pd.Series
    total: float
    rows: tuple[str, ...]


def carried(book: Dealbook, focal: str, years: Sequence[int]) -> Carried | None:
    """The newest plan that gives each of `years`, and the newest sum over all of them.

    None where either is unknown: then nothing says in which year the plan spends.
    """
    wanted = tuple(years)
    return book.once((carried, focal, wanted), lambda: _carried(book, focal, wanted))


def _carried(book: Dealbook, focal: str, wanted: tuple[int, ...]) -> Carried | None:
    path = flows(book, focal)
    path = path[path.year.isin(wanted)]
    whole = path[path.groupby("vintage").year.transform("nunique").eq(len(wanted))]
    sums = _planned(book, focal)
    sums = sums[sums.period.eq(f"{wanted[0]}/{wanted[-1]}")]
    if whole.empty or sums.empty:
        return None
    newest = whole[whole.vintage.eq(whole.vintage.max())].sort_values("year")
    last = sums.vintage.idxmax()
    rows = tuple(f"financials/{row}" for row in [*newest.index, last])
    flow = newest.set_index("year").value.astype("float64")
    return Carried(str(newest.vintage.iloc[0]), flow, float(sums.value[last]), rows)


def _planned(book: Dealbook, focal: str) -> pd.DataFrame:
    """Free cash flow that `focal` itself planned, by financial_id, with the vintage."""
    table = book.financials.set_index("financial_id")
    table = table[
        table.party_id.eq(focal) & table.metric.eq("free_cash_flow") & table.nature.eq("plan")
    ]
    vintage = table.index.to_series().str.extract(r"plan-(\d{4}-q\d)$", expand=False)
    return table.assign(vintage=vintage).dropna(subset=["vintage"])
