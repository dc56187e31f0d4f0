"""How a deal, its legs and its steps are put in words: what stands in columns, and amounts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tightrope import ledger, units
from tightrope.dealbook import MIDDLE, Dealbook

SCOPE_WORDS = {
    **dict.fromkeys(MIDDLE, "{focal}’s own deals"),
    "onward": "Where the money goes next",
    "financing": "Borrowing and equity behind it",
    "comparison": "Deals of others, to compare with",
    "vendor_finance_2000": "Vendor finance around 2000",
}
"""The parts of the web, from the middle outward; {focal} is the party in the middle."""
CIRCLE_WORDS = {
    "investor_is_counterparty": "investor is counterparty",
    "supplier_finances_customer": "supplier finances customer",
    "customer_finances_supplier": "customer finances supplier",
    "none": "no circle",
}
"""The kinds of circle of BIS Bulletin 137."""
STATUS_WORDS = {
    "estimated": "our estimate only",
    "reported": "reported only",
    "letter_of_intent": "letter of intent",
    "announced": "announced",
    "binding": "binding",
    "paid": "paid, at least in part",
    "cancelled": "cancelled",
    "replaced": "replaced",
}
GRADE_WORDS = {
    "filing": "a filing",
    "company": "a company’s own words",
    "press": "a newsroom",
    "secondary": "a digest or copy",
}
BASIS_WORDS = {
    "cash": "in cash",
    "credits": "in credits",
    "shares": "in shares",
    "mixed": "part cash, part in kind",
    "accrual": "as accrued, not shown to have been paid",
    "undisclosed": "in what is not said",
}
CONDITION_WORDS = {
    "none": "None: due regardless",
    "on_delivery": "On delivery",
    "on_milestone": "On a milestone",
    "on_third_party": "On what others do",
    "option": "At the payer’s choice",
    "undisclosed": "Not public",
}
_NOTHING = {"announced": "withdrawn", "binding": "not binding", "paid": units.NONE_KNOWN}


def scope_words(book: Dealbook) -> dict[str, str]:
    """`SCOPE_WORDS` with the name of the party that the book is about."""
    name = book.party_name(book.focal)
    return {scope: words.replace("{focal}", name) for scope, words in SCOPE_WORDS.items()}


def stated(step: Any) -> str:
    """The amount of a step and the doubt about it."""
    value, low, high = step.amount_usd_bn, step.amount_low_usd_bn, step.amount_high_usd_bn
    if step.amount_bound in ("floor", "ceiling"):
        value, low, high = ledger.bounds(value, low, high, step.amount_bound)
        return units.usd_bn_and_range(value, low, high)
    return units.usd_bn_and_range(value, low, value if pd.isna(high) else high)


def spaced(value: str) -> str:
    """A value of a column with spaces for its underscores."""
    return value.replace("_", " ")


def counted(number: int, word: str) -> str:
    """A number of things: 1 leg, 2 legs."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def bounds(stand: Any, rung: str) -> tuple[float, float, float]:
    """Amount, low and high end of a leg on a rung, in USD billion; NaN where unknown."""
    return (
        getattr(stand, rung),
        getattr(stand, f"{rung}_low"),
        getattr(stand, f"{rung}_high"),
    )


def how_far(stand: Any) -> str:
    """Whether all that was announced is binding or paid: a part must not pass for the whole."""
    rung = stand.status
    value, low, high = bounds(stand, rung)
    whole, whole_low, whole_high = bounds(stand, "announced")
    # As text, because two missing bounds are the same here.
    same_range = f"{low}, {high}" == f"{whole_low}, {whole_high}"
    if value >= whole or (pd.isna(whole) and same_range):
        return str(rung)
    if high < (whole_low if pd.isna(whole) else whole) or rung == "binding":
        return f"{rung} in part"
    return f"{rung}, at least in part"


def on(stand: Any, rung: str) -> str:
    """What a leg comes to on a rung, with its range where the amount is in doubt."""
    value, low, high = bounds(stand, rung)
    if value == 0 and high == 0:
        return _NOTHING[rung]
    return units.usd_bn_and_range(value, low, high)


def when(leg: Any) -> str:
    """The months from which and to which a leg is to be paid, and on what schedule."""
    starts, ends = (f"{d:%B %Y}" if pd.notna(d) else "" for d in (leg.starts_on, leg.ends_on))
    if leg.schedule == "even":
        return f"Spread evenly from {starts} to {ends}"
    if leg.schedule == "once":
        return f"All at once, on {units.day(leg.ends_on.date())}"
    if starts or ends:
        span = " ".join(
            part for part in (f"from {starts}" * bool(starts), f"to {ends}" * bool(ends)) if part
        )
        return f"No schedule known; {span}"
    return "No date known"


def said(statement: Any, side: str) -> str:
    """The sum that a side names: a row of `two_sided`."""
    value, low, high = (getattr(statement, f"{side}_{end}") for end in ("value", "low", "high"))
    written = units.usd_bn_and_range(value, low, value if pd.isna(high) else high)
    return "names no sum" if written == units.UNKNOWN else f"says {written}"


def apart(difference: float) -> str:
    """How far the sums of two sides lie apart, in USD billion."""
    if not difference:
        return "the same sum"
    return f"they differ by {units.usd_bn(abs(difference))}"
