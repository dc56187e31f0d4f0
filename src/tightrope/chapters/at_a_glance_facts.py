"""The facts of the page at a glance: they state what was computed elsewhere."""

from __future__ import annotations

from tightrope import readings
from tightrope.chapters.at_a_glance import Finding, Model
from tightrope.publish.facts import NOT_YET, Facts
from tightrope.quantities import Quantity
from tightrope.readings import Readings


def state_sum(fact: Facts, key: str, one: Quantity, how: str) -> None:
    """A sum as its range, or what the quantity says where there is none."""
    if one.stated or one.high:
        fact.span(key, one.low, one.high, how, one.rows)
    else:
        fact.words(key, one.written, how, one.rows)


def state_model(fact: Facts, model: Model) -> None:
    """What the gap hangs on, as soon as all that the model assumes is public."""
    fact = fact.on(model.rows)
    if not model.is_public:
        for key, how in _HOW.items():
            fact.words(key, NOT_YET, how)
        return
    sums = {
        "round-talks": model.under_negotiation,
        "widest-least": model.least,
        "widest-most": model.most,
    }
    for key, amount in sums.items():
        fact(key, amount, "usd_bn", _HOW[key])
    fact.words("widest", model.widest, _HOW["widest"])


_HOW = {
    "round-talks": "conditional funding of the base scenario: a round under negotiation",
    "widest": "assumption with the widest swing of the gap at its peak, one at a time",
    "widest-least": "smaller gap at the ends of the range of that assumption",
    "widest-most": "larger gap at the ends of the range of that assumption",
}


def state_finding(fact: Facts, finding: Finding) -> None:
    """State what the page leads with."""
    how = "the most that can come back against the least that is signed, or the sums as stated"
    fact.words("finding", finding.words, how, [*finding.back.rows, *finding.signed.rows])


def state_month(fact: Facts, read: Readings) -> None:
    """State when cash ends on the plan by all its readings, and what decides between them."""
    how = "first and last month in which cash falls below zero, over all readings of the plan"
    fact.words("months", readings.when_cash_ends(read), how)
    how = "what moves the gap most while all else stays"
    fact.words("decisive", readings.DIMENSIONS[read.decisive], how)
