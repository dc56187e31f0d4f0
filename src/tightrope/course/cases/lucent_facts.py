"""The sums and days that the prose of the case on Lucent names, as they are written."""

from __future__ import annotations

from collections.abc import Mapping

from tightrope import ledger, units
from tightrope.course.cases import questions
from tightrope.course.cases.lucent import CUSTOMER, SELLER
from tightrope.course.cases.lucent_questions import LINE, drawn
from tightrope.course.cases.tongue import Tongue
from tightrope.dealbook import Dealbook

CARRIERS = "lucent-vendor-finance-carriers"
_FIGURES = {
    "revenue": (SELLER, "revenue"),
    "commitments": (SELLER, "vendor_financing_commitments"),
    "drawn": (SELLER, "vendor_financing_drawn"),
    "award": (SELLER, "court_award"),
    "customer_revenue": (CUSTOMER, "revenue"),
    "customer_debt": (CUSTOMER, "debt"),
}


def of(stage: str, books: Mapping[str, Dealbook], tongue: Tongue) -> dict[str, object]:
    """What the handout of a stage says, by name; `books` are those of all three days."""
    book, first = books[stage], books["A"]
    before = {"A": "A", "B": "A", "C": "B"}[stage]
    stand = ledger.ladder(first).set_index("leg_id")
    line = float(stand.announced_high[LINE])
    known: dict[str, object] = {
        name: units.usd_bn(questions.figure(book, *which)) for name, which in _FIGURES.items()
    }
    known |= {
        "day": tongue.day(book.day.date()),
        "before_day": tongue.day(books[before].day.date()),
        "first_day": tongue.day(first.day.date()),
        "middle_day": tongue.day(books["B"].day.date()),
        "last_day": tongue.day(books["C"].day.date()),
        "line": units.usd_bn(line),
        "carriers": units.usd_bn(float(stand.announced[CARRIERS])),
        "carriers_drawn": units.usd_bn(float(stand.paid[CARRIERS])),
        "line_drawn": units.usd_bn(drawn(book)),
        "owed": units.usd_bn(questions.stands(book, LINE, "paid")),
        "coin": tongue.number(questions.COIN),
        "coin_score": tongue.number(questions.brier([questions.COIN], [True])),
    }
    return known
