"""What functions that state facts have stated."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tightrope.dealbook import Dealbook
from tightrope.publish import facts
from tightrope.publish.facts import Fact, Facts


def stated(
    monkeypatch: pytest.MonkeyPatch,
    book: Dealbook,
    state: Callable[[Facts], None],
    rows: tuple[str, ...] = ("parties/openai",),
) -> dict[str, Fact]:
    """The facts by key that `state` states of a book, on these rows where it names none."""
    found: list[Fact] = []
    monkeypatch.setattr(facts, "display", found.extend)
    state(Facts(book).on(rows))
    assert len({fact.key for fact in found}) == len(found)
    return {fact.key: fact for fact in found}
