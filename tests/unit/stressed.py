"""A web to break by hand: a cloud that has borrowed, and a supplier that others pay.

OpenAI owes Microsoft 10 and Nvidia 5, in 2027 and in 2028. Microsoft owes lenders 4 to 6 and makers
of machines 2 to 3 a year, and has 1 to 2 from others; Nvidia owes a landlord 1, and has 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from tightrope.chapters.who_breaks import Case
from tightrope.dealbook import Dealbook
from tightrope.stress import Partners

YEARS = (2027, 2028)
_BEHIND = ("financials/openai-revenue-2021",)


def charges(*rows: tuple[int, str, str, str, float, float]) -> pd.DataFrame:
    """Charges of year, party, payee, kind, low, high."""
    table = pd.DataFrame(rows, columns=["year", "party", "payee", "kind", "low", "high"])
    return table.assign(rows=[_BEHIND for _ in rows])


def by_party(columns: Sequence[str], rows: dict[str, tuple[object, ...]]) -> pd.DataFrame:
    """A frame by party; the rows behind each are the same."""
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(columns))
    return table.rename_axis("party").assign(rows=[_BEHIND for _ in rows])


def dues(*rows: tuple[int, str, str, float]) -> pd.DataFrame:
    """What OpenAI owes: year, leg_id, payee, amount."""
    table = pd.DataFrame(rows, columns=["year", "leg_id", "payee", "amount"])
    return table.assign(payer="openai", instrument="compute")


WEB = Partners(
    focal="openai",
    years=YEARS,
    dues=dues(
        *[(year, "cloud-use", "microsoft", 10.0) for year in YEARS],
        *[(year, "letter-equity", "nvidia", 5.0) for year in YEARS],
    ),
    charges=charges(
        *[(year, "microsoft", "microsoft-lenders", "principal", 4.0, 6.0) for year in YEARS],
        *[(year, "nvidia", "nvidia-landlords", "rent", 1.0, 1.0) for year in YEARS],
    ),
    machines=charges(
        *[(year, "microsoft", "microsoft-makers", "machines", 2.0, 3.0) for year in YEARS]
    ),
    income=by_party(["low", "high"], {"microsoft": (1.0, 2.0), "nvidia": (4.0, 4.0)}),
    tills=by_party(
        ["amount", "period"], {"microsoft": (0.0, "2026-06-30"), "nvidia": (0.0, "2026-06-30")}
    ),
    tested=("microsoft", "nvidia"),
)
UNTESTED = replace(
    WEB,
    charges=WEB.charges.iloc[:0],
    machines=WEB.machines.iloc[:0],
    income=WEB.income.iloc[:0],
    tills=WEB.tills.iloc[:0],
    tested=(),
)
OVERTAKEN = replace(
    WEB,
    charges=charges(
        (2028, "microsoft", "microsoft-lenders", "principal", 0.0, 20.0),
        (2027, "nvidia", "nvidia-landlords", "rent", 0.0, 6.0),
    ),
    machines=WEB.machines.iloc[:0],
)
"""Microsoft saves in 2027 and owes 20 in 2028: 2 + 20 × the share are not enough below 90%.
Nvidia owes 6 in 2027 alone: 4 + 5 × the share are not enough below 40%."""


def figures(book: Dealbook, *rows: tuple[str, str, str, float, float, float]) -> Dealbook:
    """The book with these figures in place of its own: party, metric, period, low, value, high."""
    columns = ["party_id", "metric", "period", "value_low", "value", "value_high"]
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[3:], "float64"))
    ids = [
        f"{party}-{metric}-{period}".lower().replace("_", "-") for party, metric, period, *_ in rows
    ]
    frame = frame.assign(
        financial_id=ids,
        unit=["percent" if "share" in metric else "usd_bn" for metric in frame.metric],
        nature="estimate",
        known_on=pd.Timestamp("2026-09-01"),
        source_id="paper",
        confidence="derived",
    )
    return replace(book, financials=frame, all_ids={**book.all_ids, "financials": ids})


def case(book: Dealbook, web: Partners = WEB, owed: pd.DataFrame | None = None) -> Case:
    """The chapter's case of a web by hand: 2027 in focus, contracts without dates over 2 years.

    Owed is by default a contract for compute of 20 without dates.
    """
    if owed is None:
        owed = dues((2026, "cloud-use", "microsoft", 20.0)).assign(year=np.nan)
    return Case(book, "openai", web, owed, range(2026, 2029), 2027, 2.0)
