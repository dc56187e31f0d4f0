"""What Case A asks about OpenAI, and what B and C answer."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tightrope import ledger, quantities, vintages
from tightrope.course.cases.openai import FOCAL
from tightrope.course.cases.questions import (
    Question,
    figure,
    figure_rows,
    has_step,
    nothing,
    stands,
    steps,
    sums,
)
from tightrope.dealbook import Dealbook

LETTER, WARRANT = "nvidia-letter-equity", "amd-warrant"
TIMES = 3
"""So many times what has been paid for shares is asked about."""
MORE = 1.25
"""Oracle's debt is asked about at so many times what it is."""
YEAR = 2028
"""The last year of the plans that were public when Case A is played."""


def _letter(book: Dealbook) -> dict[str, float]:
    return {"letter": ledger.last_named(book, LETTER, "letter_of_intent")}


def _shares(book: Dealbook) -> dict[str, float]:
    return {"target": TIMES * sums(book, "paid_in_for_shares")}


def _debt(book: Dealbook) -> dict[str, float]:
    return {"target": MORE * figure(book, "oracle", "debt")}


def _planned(book: Dealbook) -> dict[str, float]:
    return {"target": float(newest_plan(book).value)}


def newest_plan(book: Dealbook) -> pd.Series:
    """What the newest plan has for `YEAR`, with its row as name."""
    path = vintages.flows(book, FOCAL)
    return path[path.year.eq(YEAR)].sort_values("vintage").iloc[-1]


def _has_paid(book: Dealbook, _: Mapping[str, float]) -> bool:
    return bool(quantities.of(book)["paid_out"].stated > 0)


QUESTIONS = (
    Question(
        "letter",
        _letter,
        lambda book, _: has_step(book, LETTER, "binding"),
        lambda book: steps(book, LETTER),
    ),
    Question(
        "shares",
        _shares,
        lambda book, asked: sums(book, "paid_in_for_shares") >= asked["target"],
        lambda book: quantities.of(book)["paid_in_for_shares"].rows,
    ),
    Question("paid", nothing, _has_paid, lambda book: quantities.of(book)["paid_out"].rows),
    Question(
        "plan",
        _planned,
        lambda book, asked: float(newest_plan(book).value) < asked["target"],
        lambda book: (f"financials/{newest_plan(book).name}",),
    ),
    Question(
        "debt",
        _debt,
        lambda book, asked: figure(book, "oracle", "debt") >= asked["target"],
        lambda book: figure_rows(book, "oracle", "debt"),
    ),
    Question(
        "warrant",
        nothing,
        lambda book, _: stands(book, WARRANT, "paid_low") > 0,
        lambda book: steps(book, WARRANT),
    ),
)
