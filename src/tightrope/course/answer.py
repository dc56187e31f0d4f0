"""What a part of a lab asks for: its value, and the mistakes that are often made on the way."""

from __future__ import annotations

import math
from dataclasses import dataclass

APART = 4
"""A mistake has to lie so many steps of the grid away: nearer it could pass for the answer."""


@dataclass(frozen=True)
class Mistake:
    """A value that comes out of a typical mistake, and the sentence that explains it."""

    value: float | str
    words: str


@dataclass(frozen=True)
class Answer:
    """The answer to one part, such as "2a"; `grid` is what it is rounded to, None for a word.

    With `near` the steps beside it count too, as they must for what was rounded on the way or
    drawn; a count or a year is exact. `source` says where in the book the value comes from.
    """

    part: str
    value: float | str
    unit: str
    source: str
    mistakes: tuple[Mistake, ...] = ()
    grid: float | None = None
    near: bool = True

    @property
    def told(self) -> tuple[Mistake, ...]:
        """The mistakes that these data set apart from the answer and from each other."""
        kept: list[Mistake] = []
        for one in self.mistakes:
            others = [self.value, *(other.value for other in kept)]
            if all(self._differ(one.value, other) for other in others):
                kept.append(one)
        return tuple(kept)

    def _differ(self, one: float | str, other: float | str) -> bool:
        if self.grid is None or isinstance(one, str) or isinstance(other, str):
            return one != other
        if not math.isfinite(one):
            return False
        return abs(one - other) >= (APART * self.grid if self.near else self.grid)


def amount(part: str, value: float, source: str, *mistakes: tuple[float, str]) -> Answer:
    """A sum in USD billion, to a tenth; `mistakes` are values with their sentences."""
    return Answer(part, value, "USD billion", source, told(mistakes), 0.1)


def fraction(
    part: str, value: float, source: str, *mistakes: tuple[float, str], grid: float = 0.005
) -> Answer:
    """A share or a rate, to `grid`."""
    return Answer(part, value, "a fraction", source, told(mistakes), grid)


def exactly(part: str, value: float, source: str, *mistakes: tuple[float, str]) -> Answer:
    """A count or a year: no other number will do."""
    return Answer(part, value, "a whole number", source, told(mistakes), 1.0, near=False)


def word(part: str, value: str, source: str, *mistakes: tuple[str, str]) -> Answer:
    """A name or a word of the data."""
    return Answer(part, value, "a word", source, told(mistakes))


def told(mistakes: tuple[tuple[float | str, str], ...]) -> tuple[Mistake, ...]:
    """Pairs of a value and its sentence as mistakes."""
    return tuple(Mistake(value, words) for value, words in mistakes)
