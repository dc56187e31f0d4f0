"""What several unit tests look at."""

from __future__ import annotations

import pytest

from tightrope.publish import facts
from tightrope.publish.facts import Fact


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Fact]:
    """The facts that a notebook would show, as they are stated."""
    found: list[Fact] = []
    monkeypatch.setattr(facts, "display", found.extend)
    return found


@pytest.fixture
def shown_by_key(monkeypatch: pytest.MonkeyPatch) -> dict[str, Fact]:
    """The facts that a notebook would show, by key."""
    found: dict[str, Fact] = {}
    monkeypatch.setattr(
        facts, "display", lambda stated: found.update({fact.key: fact for fact in stated})
    )
    return found
