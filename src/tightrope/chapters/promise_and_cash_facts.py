"""The facts that promise and cash states."""

from __future__ import annotations

from tightrope.chapters import promise_and_cash as chapter
from tightrope.publish.facts import Facts
from tightrope.quantities import Quantity


def state_part(fact: Facts, key: str, paid: Quantity, named: Quantity) -> None:
    """State what part of a sum, as it is named, has been paid at the least and at the most."""
    fact.words(
        key,
        chapter.part_paid(paid, named),
        f"{paid.definition.title}, at its low and high end, over {named.definition.title}, "
        "as stated",
        [*paid.rows, *named.rows],
    )
