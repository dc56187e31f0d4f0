"""The days on which the cases are played."""

from __future__ import annotations

from dataclasses import dataclass

from tightrope.dealbook import Dealbook


@dataclass(frozen=True)
class Days:
    """Three days of one case: to decide, to see what came, and to know how it ended."""

    case: str
    first: str
    middle: str
    last: str
    """"" for the newest day of the data."""

    def books(self, book: Dealbook) -> dict[str, Dealbook]:
        """The book as each of the days knew it, by "A", "B" and "C"."""
        days = {"A": self.first, "B": self.middle, "C": self.last}
        return {stage: book.as_of(day) for stage, day in days.items()}


OPENAI = Days("openai", "2025-10-31", "2026-02-27", "")
"""The day of the article; the day on which the letter of intent was replaced; today."""
LUCENT = Days("lucent", "1998-10-31", "2000-12-31", "2005-12-22")
"""The line of credit; the last winter; the day after the judgment, when the press had it."""
