"""What a ring shows: parties at walls, bands of payments between them, and what can come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """Payments of one payer to one payee, from one wall to a later one; USD billion.

    `start` and `end` number the walls clockwise from the party on top, which is 0 and, as the end
    of a band, the number of walls. `parts` are the low end by rung (a key of `certainty.LOOKS`),
    from the inside out; `reach` is the high end, or the most that is known of it where it `is_open`
    above. `tip` says in words who pays whom what.
    """

    start: int
    end: int
    payer: str
    payee: str
    direction: str
    parts: Mapping[str, float]
    reach: float
    is_open: bool
    tip: str
    legs: Sequence[str] = ()
    """The legs that it adds up."""
    said: Sequence[tuple[str, str]] = ()
    """What it holds in words, rung by rung; a rung of which nothing is known is ""."""

    @property
    def low(self) -> float:
        """The low end, USD billion."""
        return sum(self.parts.values())

    @property
    def size(self) -> float:
        """What the band is as wide as, USD billion."""
        return max(self.reach, self.low)

    @property
    def rungs(self) -> set[str]:
        """The fills that it is drawn in."""
        high = {"high"} if self.size > self.low else set()
        return (
            {rung for rung, part in self.parts.items() if part}
            | high
            | ({"unknown"} if self.is_open else set())
        )


@dataclass(frozen=True)
class Wall:
    """The parties at one wall; `short` is what they are called where there is little room."""

    names: Sequence[str]
    short: str

    @property
    def words(self) -> str:
        """All names."""
        return ", ".join(self.names)


@dataclass(frozen=True)
class Row:
    """A line of the table under a ring: the direction, its sum, and how sure it is in words.

    `lanes` says who has which part of it, from the inside out; "" where one has all.
    """

    direction: str
    head: str
    sum: str
    words: str
    lanes: str = ""


@dataclass(frozen=True)
class Ring:
    """A loop from the party on top by way of its partners back to it.

    `walls` stand clockwise from the top; `low` and `high` what can come back
    (`is_open` where no upper end of it is known), `centre` that sum as short as it stands in the
    hole. `owned` names the walls between which there is ownership and no payment. `spoken` tells
    all of it to who does not see it.
    """

    name: str
    walls: Sequence[Wall]
    bands: Sequence[Band]
    low: float
    high: float
    is_open: bool
    centre: str
    rows: Sequence[Row]
    spoken: str
    owned: tuple[int, int] | None = None

    @property
    def comes_back(self) -> bool:
        """Whether anything can."""
        return self.high > 0 or self.is_open

    @property
    def directions(self) -> list[str]:
        """The hues that it is drawn in."""
        back = ["round"] if self.comes_back else []
        return [*dict.fromkeys(band.direction for band in self.bands), *back]

    @property
    def rungs(self) -> set[str]:
        """The fills that it is drawn in."""
        return {rung for band in self.bands for rung in band.rungs}
