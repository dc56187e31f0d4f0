"""What whoever hands in a flat table can say beside it, and what the package tells them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """What the table itself does not say; every part may be left out."""

    title: str = ""
    """Title of the package; without it, "Who pays whom around" and the focal party."""
    unit: str = ""
    """Unit of the amounts, where no column and no heading says it: usd, usd_m or usd_bn."""
    currency: str = ""
    """Currency of the amounts by its ISO code, where it is not the dollar."""
    rates: Mapping[str, float] = field(default_factory=dict)
    """US dollars for one unit of a currency, by ISO code."""
    sheet: str = ""
    """The sheet of an `.xlsx`; without it, the first."""
    sure: bool = False
    """Let amounts pass that look wrong by a factor of a thousand."""


@dataclass(frozen=True)
class Written:
    """The package that was written."""

    folder: Path
    focal: str
    """The id of the focal party."""
    columns: tuple[tuple[str, str], ...]
    """Each heading as it was given, and the column that it was read as; "" if it is not used."""
    assumed: tuple[str, ...]
    """What was assumed, one line each, as `ASSUMED.md` has it."""
