"""The project's own data on a day, and what the answers of a chapter come to then."""

from __future__ import annotations

from functools import cache

from tightrope import dealbook
from tightrope.chapters.answers import every
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Fact


@cache
def book_of(day: str = "") -> Dealbook:
    """The project's own data as known on a day."""
    return dealbook.load().as_of(day)


def stated(chapter: str, day: str = "") -> dict[str, Fact]:
    """The facts of a chapter's answers by key."""
    return every.stated(chapter, book_of(day))
