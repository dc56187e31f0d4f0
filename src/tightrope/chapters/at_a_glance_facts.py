"""The facts of the page at a glance: they state what was computed elsewhere."""

from __future__ import annotations

from tightrope import readings
from tightrope.chapters.at_a_glance import Finding, Model
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import NOT_YET, Facts
from tightrope.quantities import Quantity
from tightrope.readings import Readings


def state_sum(fact: Facts, key: str, one: Quantity, how: str) -> None:
    """A sum as its range, or what the quantity says where there is none."""
    if one.stated or one.high:
        fact.span(key, one.low, one.high, how, one.rows)
    else:
        fact.words(key, one.written, how, one.rows)


def state_range(fact: Facts, key: str, book: Dealbook, financial_id: str, how: str) -> None:
    """The range of a figure of `financials.csv`, also where its source names one value in it."""
    figures = book.financials.set_index("financial_id")
    if financial_id not in figures.index:
        fact.figure(key, financial_id, how)
        return
    figure = figures.loc[financial_id]
    rows = [f"financials/{financial_id}"]
    fact.span(key, figure.value_low, figure.value_high, how, rows, figure.unit)


def state_model(fact: Facts, model: Model) -> None:
    """What the gap hangs on, as soon as all that the model assumes is public."""
    fact = fact.on(model.rows)
    if not model.is_public:
        for key, how in _HOW.items():
            fact.words(key, NOT_YET, how)
        return
    sums = {
        "round-committed": model.committed,
        "round-talks": model.under_negotiation,
        "widest-least": model.least,
        "widest-most": model.most,
    }
    for key, amount in sums.items():
        fact(key, amount, "usd_bn", _HOW[key])
    fact.words("month-without", model.cash_ends, _HOW["month-without"])
    fact.words("widest", model.widest, _HOW["widest"])


_HOW = {
    "round-committed": "committed funding of the base scenario",
    "round-talks": "conditional funding of the base scenario: a round under negotiation",
    "month-without": "first and last month in which cash falls below zero without conditional "
    "funding, over all readings of the plan",
    "widest": "assumption with the widest swing of the gap at its peak, one at a time",
    "widest-least": "smaller gap at the ends of the range of that assumption",
    "widest-most": "larger gap at the ends of the range of that assumption",
}


def state_finding(fact: Facts, finding: Finding) -> None:
    """State what the page leads with."""
    how = "the most that can come back against the least that is signed"
    fact.words("finding", finding.words, how, [*finding.back.rows, *finding.signed.rows])


def state_month(fact: Facts, read: Readings) -> None:
    """State when cash ends on the plan by all its readings, and what decides between them."""
    how = "first and last month in which cash falls below zero, over all readings of the plan"
    fact.words("months", readings.when_cash_ends(read), how)
    how = "what moves the gap most while all else stays"
    fact.words("decisive", readings.DIMENSIONS[read.decisive], how)
