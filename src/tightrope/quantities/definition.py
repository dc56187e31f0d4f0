"""What a quantity is: one name, one definition in words, one function, and its value."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tightrope import units

if TYPE_CHECKING:
    from tightrope.quantities.view import View


NOT_YET = "a sum not yet public"
"""What stands for a value that no source gives on the book's day."""


@dataclass(frozen=True)
class Value:
    """A quantity at its three ends, in the unit of its definition, and the rows behind it.

    `low` and `high` are NaN where the evidence sets no end on that side; `unknown` names the legs
    that belong to it and of which no sum at all is known.
    """

    low: float
    stated: float
    high: float
    rows: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def is_some(self) -> bool:
        """Whether any sum of it is known."""
        return any(end > 0 for end in (self.low, self.stated, self.high))


@dataclass(frozen=True)
class Definition:
    """What stands behind a name; its words have the place {focal} for the party in the middle."""

    name: str
    title: str
    """The quantity as a noun in a sentence or a table."""
    meaning: str
    counts: str
    leaves_out: str
    unit: str
    layer: str
    """announced, binding or paid; "" for what stands on no layer."""
    compute: Callable[[View], Value]
    variant_of: str = ""
    differs: str = ""
    """What sets a variant apart from its headline, as a clause of a sentence."""
    part_of: tuple[str, ...] = ()
    """Quantities that are nowhere smaller: not at the low end, as stated, or at the high end."""
    nothing: str = units.NONE_KNOWN
    """What is written for zero."""
    shows: str = "range"
    """How it stands in a sentence: "range" or, where the ends are draws of a model, "stated"."""

    def about(self, focal: str) -> Definition:
        """The definition with the name of the party in the middle in its words."""
        return replace(
            self,
            title=named(self.title, focal),
            meaning=named(self.meaning, focal),
            counts=named(self.counts, focal),
            leaves_out=named(self.leaves_out, focal),
            differs=named(self.differs, focal),
        )


def named(words: str, focal: str) -> str:
    """`words` with the name of the party in the middle in its place; a brace in a name stays."""
    return words.replace("{focal}", focal)


@dataclass(frozen=True)
class Quantity:
    """A quantity of one book and one party: its definition and its value."""

    definition: Definition
    value: Value

    @property
    def low(self) -> float:
        """The least that the evidence allows."""
        return self.value.low

    @property
    def stated(self) -> float:
        """What parties and contracts name, with low ends where they name only a range."""
        return self.value.stated

    @property
    def high(self) -> float:
        """The most that the evidence allows; NaN where it sets no upper end."""
        return self.value.high

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows of the data behind it, as table/id."""
        return self.value.rows

    @property
    def is_some(self) -> bool:
        """Whether any sum of it is known."""
        return self.value.is_some

    @property
    def written(self) -> str:
        """As it stands in a sentence."""
        return self.at(self.definition.shows)

    def at(self, end: str) -> str:
        """One end as it stands in a sentence: "low", "stated", "high", or all of the "range"."""
        if math.isnan(self.value.low) and math.isnan(self.value.stated):
            return NOT_YET
        if end == "range" and self.value.high != 0:
            return units.written_range(self.value.low, self.value.high, self.definition.unit)
        number = 0.0 if end == "range" else float(getattr(self.value, end))
        if number == 0:
            return self.definition.nothing
        if math.isnan(number):
            return "no upper end" if end == "high" else units.UNKNOWN
        return units.written(number, self.definition.unit)


DEFINITIONS: dict[str, Definition] = {}
"""Every quantity by name, in the order in which they are defined."""


def defined(
    title: str,
    *,
    counts: str,
    leaves_out: str,
    unit: str = "usd_bn",
    layer: str = "",
    variant_of: str = "",
    differs: str = "",
    part_of: Iterable[str] = (),
    nothing: str = units.NONE_KNOWN,
    shows: str = "range",
) -> Callable[[Callable[[View], Value]], Callable[[View], Value]]:
    """Enter a function in `DEFINITIONS`: its name is the quantity's, its docstring the meaning.

    Raises ValueError for a name given twice, a variant without its difference, or a fourth variant.
    """

    def enter(compute: Callable[[View], Value]) -> Callable[[View], Value]:
        name = compute.__name__
        others = [
            one for one in DEFINITIONS.values() if variant_of and one.variant_of == variant_of
        ]
        if name in DEFINITIONS:
            raise ValueError(f"the quantity {name} is defined twice")
        if bool(variant_of) != bool(differs) or len(others) >= MOST_VARIANTS:
            raise ValueError(f"{name}: a variant says how it differs, and there are at most three")
        DEFINITIONS[name] = Definition(
            name=name,
            title=title,
            meaning=" ".join((compute.__doc__ or "").split()),
            counts=counts,
            leaves_out=leaves_out,
            unit=unit,
            layer=layer,
            compute=compute,
            variant_of=variant_of,
            differs=differs,
            part_of=tuple(part_of),
            nothing=nothing,
            shows=shows,
        )
        return compute

    return enter


MOST_VARIANTS = 3
