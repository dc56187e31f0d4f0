"""The sums and days that the prose of the case on OpenAI names, as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from tightrope import ledger, quantities, units, vintages
from tightrope.course.cases import figures, questions
from tightrope.course.cases.openai import FOCAL, OWN
from tightrope.course.cases.openai_questions import LETTER
from tightrope.course.cases.tongue import Tongue
from tightrope.dealbook import Dealbook

ORDER = "oracle-compute"
_SUMS = ("to_come_in", "paid_in", "to_pay", "to_pay_signed", "paid_out")


def of(stage: str, books: Mapping[str, Dealbook], tongue: Tongue) -> dict[str, object]:
    """What the handout of a stage says, by name; `books` are those of all three days."""
    book, known = books[stage], quantities.of(books[stage], FOCAL)
    plans = vintages.flows(book, FOCAL)
    newest = plans[plans.vintage.eq(plans.vintage.max())]
    deepest = newest.loc[newest.value.idxmin()]
    own = {metric: figures.newest(book, FOCAL, metric, ["actual"]) for metric in OWN}
    said = {name: tongue.written(known[name].written) for name in _SUMS}
    revenue = own["revenue"]
    before = {"A": "A", "B": "A", "C": "B"}[stage]
    return {
        **said,
        "is_paid_out": bool(known["paid_out"].high),
        "day": tongue.day(book.day.date()),
        "before_day": tongue.day(books[before].day.date()),
        "first_day": tongue.day(books["A"].day.date()),
        "middle_day": tongue.day(books["B"].day.date()),
        "last_day": tongue.day(books["C"].day.date()),
        "letter": tongue.written(
            units.usd_bn(ledger.last_named(books["A"], LETTER, "letter_of_intent"))
        ),
        "is_letter_open": not questions.has_step(book, LETTER, *ledger.ENDED),
        "oracle": tongue.written(units.usd_bn(questions.stands(book, ORDER, "announced"))),
        "is_oracle_paid": questions.stands(book, ORDER, "paid_high") > 0,
        "plan_year": int(deepest.year),
        "plan_outflow": tongue.written(units.usd_bn(-float(deepest.value))),
        "is_plan_deeper": is_deeper(book),
        "cash": "" if own["cash"] is None else figures.amount(own["cash"], tongue),
        "revenue": "" if revenue is None else figures.amount(revenue, tongue),
        "revenue_period": "" if revenue is None else figures.period(str(revenue.period), tongue),
        "steps": tongue.number(len(book.events)),
        "documents": tongue.number(len(book.sources)),
        "coin": tongue.number(questions.COIN),
        "coin_score": tongue.number(questions.brier([questions.COIN], [True])),
    }


def is_deeper(book: Dealbook) -> bool:
    """Whether each plan's lowest year lies below that of the plan before, over several plans."""
    lows = list(vintages.flows(book, FOCAL).groupby("vintage").value.min())
    return len(lows) > 1 and all(later < earlier for earlier, later in pairwise(lows))
