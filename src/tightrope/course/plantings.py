"""The errors that can be planted into rows of the data, each as a change of one row.

A planting looks at a step, or at a leg, and says what its cells become; None where it does not fit.
Four kinds break no rule: only the document shows them. The others break one that the check knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

AMOUNTS = ("amount_low_usd_bn", "amount_usd_bn", "amount_high_usd_bn")
PROMISES = ("letter_of_intent", "announced")
THOUSAND = Decimal(1000)
Row = Mapping[str, str]
Change = dict[str, str] | None


@dataclass(frozen=True)
class Planting:
    """A kind of error: in which table, what it makes of a row, what was done and what shows it."""

    name: str
    table: str
    change: Callable[[Row], Change]
    done: str
    shown: str
    adds_a_row: bool = False


def _binding(step: Row) -> Change:
    rung = step["status"]
    if rung not in PROMISES or step["stated_by"] == "third_party" or "letter" in step["leg_id"]:
        return None
    name = step["event_id"].replace(f"-{rung.replace('_', '-')}-", "-binding-")
    return {"status": "binding", "event_id": name}


def _swapped(leg: Row) -> Change:
    return {"payer_id": leg["payee_id"], "payee_id": leg["payer_id"]}


def _thousandfold(step: Row) -> Change:
    if step["status"] in ("cancelled", "replaced") or not step["amount_usd_bn"]:
        return None
    return {name: _times(step[name], THOUSAND) for name in AMOUNTS}


def _doubled(step: Row) -> Change:
    if step["status"] != "paid" or step["paid_basis"] != "cash" or not step["amount_usd_bn"]:
        return None
    if re.search(r"-\d{4}-\d\d-\d\d$", step["event_id"]) is None:
        return None
    amounts = {name: _times(step[name], Decimal(2)) for name in AMOUNTS}
    return {"event_id": f"{step['event_id']}-2", **amounts}


def _times(cell: str, factor: Decimal) -> str:
    return f"{(Decimal(cell) * factor).normalize():f}" if cell else ""


BY_SOURCE = (
    Planting(
        "letter marked binding",
        "events",
        _binding,
        "A letter of intent, or a mere announcement, stands as binding.",
        "The document speaks of a letter, a plan or an intention, and of no signed contract.",
    ),
    Planting(
        "direction swapped",
        "legs",
        _swapped,
        "Payer and payee have changed places.",
        "The document says who pays whom, and it is the other way round.",
    ),
    Planting(
        "off by a thousand",
        "events",
        _thousandfold,
        "The amount is a thousand times too large: millions were read as billions.",
        "The document gives the sum, and its unit.",
    ),
    Planting(
        "payment doubled",
        "events",
        _doubled,
        "One payment stands in two rows, the second with twice the sum, as if more had been paid.",
        "The document tells of one payment.",
        adds_a_row=True,
    ),
)
"""What only a source reveals."""


def _without_source(step: Row) -> Change:
    return {"source_id": ""}


def _known_too_early(step: Row) -> Change:
    early = date.fromisoformat(step["happened_on"]) - timedelta(days=30)
    return {"known_on": early.isoformat()}


def _ends_turned(step: Row) -> Change:
    low, high = step["amount_low_usd_bn"], step["amount_high_usd_bn"]
    if not low or not high or Decimal(low) == Decimal(high):
        return None
    return {"amount_low_usd_bn": high, "amount_high_usd_bn": low}


def _unknown_word(step: Row) -> Change:
    return {"status": "signed"} if step["status"] == "binding" else None


def _pays_itself(leg: Row) -> Change:
    return {"payee_id": leg["payer_id"]}


def _fallen(step: Row) -> Change:
    if step["status"] != "paid" or step["amount_bound"] != "exact" or not step["amount_usd_bn"]:
        return None
    return {name: _times(step[name], Decimal("0.5")) for name in AMOUNTS}


BY_CHECK = (
    Planting(
        "no source",
        "events",
        _without_source,
        "The source is missing.",
        "A row without a source is refused.",
    ),
    Planting(
        "known before it happened",
        "events",
        _known_too_early,
        "The step is known a month before it happened.",
        "Nothing is known before it happens.",
    ),
    Planting(
        "ends turned round",
        "events",
        _ends_turned,
        "The low end is above the high end.",
        "Low, amount and high must rise.",
    ),
    Planting(
        "a word of no rung",
        "events",
        _unknown_word,
        "The status is a word that is no rung.",
        "The description lists the words that are allowed.",
    ),
    Planting(
        "a party that pays itself",
        "legs",
        _pays_itself,
        "Payer and payee are the same party.",
        "A payment goes from one party to another.",
    ),
    Planting(
        "a payment that shrinks",
        "events",
        _fallen,
        "Less is paid than by an earlier step.",
        "Paid amounts are cumulative and never fall.",
    ),
)
"""What the check finds; four of them are drawn."""
