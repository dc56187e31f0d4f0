"""The facts that promise and cash states."""

from __future__ import annotations

from tightrope.chapters import promise_and_cash as chapter
from tightrope.publish.facts import Facts
from tightrope.quantities import Quantities, Quantity


def state_finding(fact: Facts, q: Quantities, who: str) -> None:
    """State the headline on the rows of the four sums that it compares."""
    sums = [q[name] for name in ("to_come_in", "paid_in", "to_pay", "paid_out")]
    rows = [row for one in sums for row in one.rows]
    how = "what has come in and gone out, of what is to, as stated"
    fact.words("finding", chapter.finding(q, who), how, rows)


def state_part(fact: Facts, key: str, paid: Quantity, named: Quantity) -> None:
    """State what part of a sum, as it is named, has been paid at the least and at the most."""
    fact.words(
        key,
        chapter.part_paid(paid, named),
        f"{paid.definition.title}, at its low and high end, over {named.definition.title}, "
        "as stated",
        [*paid.rows, *named.rows],
    )
