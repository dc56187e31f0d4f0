"""What the web shows: parties in columns, and bands of payments with what they came to when."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from tightrope import accounts

COUNTS = {"announced": "everything", "binding": "signed and paid", "paid": "paid"}
"""What a reader can count, by layer."""


EVERY = "every"
"""The id of a loop that is none: of all payments, where nothing goes round."""


class Parts(NamedTuple):
    """A band from the inside out, in USD billion; `is_open` where a sum in it is not published."""

    paid: float
    signed: float
    talked: float
    high: float
    is_open: bool = False

    @property
    def total(self) -> float:
        """All of it, in USD billion."""
        return self.paid + self.signed + self.talked + self.high


NOTHING = Parts(0.0, 0.0, 0.0, 0.0)


class Band(NamedTuple):
    """All payments of one direction from a payer to a payee; `hue` as `accounts.direction`."""

    payer: str
    payee: str
    hue: str


@dataclass(frozen=True)
class Step:
    """One step of a loop, in words, and the bands that it runs through: payer, payee, their sum."""

    words: str
    bands: Mapping[tuple[str, str], str]

    @property
    def ends(self) -> str:
        """Its bands as the page's script reads them: "payer payee|payer payee"."""
        return "|".join(map(" ".join, self.bands))


@dataclass(frozen=True)
class Loop:
    """A way on which money can come back to the party in the middle.

    `written` is what can come back, in words; `title` states the finding.
    """

    id: str
    name: str
    written: str
    title: str
    steps: tuple[Step, ...]

    @property
    def ends(self) -> str:
        """All its bands as the page's script reads them."""
        return "|".join(step.ends for step in self.steps)

    @property
    def bands(self) -> set[tuple[str, str]]:
        """Payer and payee of all bands on the way."""
        return {pair for step in self.steps for pair in step.bands}


class Spell(NamedTuple):
    """What one leg of a band counts from a day until another: by layer low and high end.

    USD billion; `high` is NaN without an upper end, `until` NaT where it still holds.
    """

    band: Band
    since: pd.Timestamp
    until: pd.Timestamp
    low: Mapping[str, float]
    high: Mapping[str, float]


def spells(counted: pd.DataFrame, focal: str) -> list[Spell]:
    """The rows of `counting.spells` as the web needs them: a day is reckoned hundreds of times."""
    hues = accounts.directions(counted, focal)
    ends = {
        (end, layer): counted[f"{layer}_{end}"].tolist()
        for end in ("low", "high")
        for layer in COUNTS
    }
    rows = zip(counted.payer, counted.payee, hues, counted.since, counted.until, strict=True)
    return [
        Spell(
            Band(payer, payee, hue),
            since,
            until,
            {layer: ends["low", layer][number] for layer in COUNTS},
            {layer: ends["high", layer][number] for layer in COUNTS},
        )
        for number, (payer, payee, hue, since, until) in enumerate(rows)
    ]


def bands(spells: Iterable[Spell]) -> list[Band]:
    """All bands of all days, in the order of the data."""
    return list(dict.fromkeys(spell.band for spell in spells))


def beside(parts: Mapping[Band, Parts], focal: str) -> float:
    """What the fuller side of the party in the middle comes to, in USD billion."""
    goes = sum(part.total for band, part in parts.items() if band.payer == focal)
    comes = sum(part.total for band, part in parts.items() if band.payee == focal)
    return max(goes, comes)


def parts(spells: Iterable[Spell], day: pd.Timestamp, layer: str) -> dict[Band, Parts]:
    """What each band comes to on a day and a layer; bands that have nothing are left out.

    The first parts go to the low end, the last one on to the high end.
    """
    found: dict[Band, Parts] = {}
    for spell in spells:
        if not spell.since <= day or spell.until <= day:
            continue
        part = _of(spell, layer)
        if part.total > 0 or part.is_open:
            before = found.get(spell.band, NOTHING)
            found[spell.band] = Parts(
                before.paid + part.paid,
                before.signed + part.signed,
                before.talked + part.talked,
                before.high + part.high,
                before.is_open or part.is_open,
            )
    return found


def _of(spell: Spell, layer: str) -> Parts:
    paid, signed, talked = (spell.low[name] for name in ("paid", "binding", "announced"))
    signed = max(signed - paid, 0.0) if layer != "paid" else 0.0
    talked = max(talked - paid - signed, 0.0) if layer == "announced" else 0.0
    high = spell.high[layer]
    beyond = 0.0 if math.isnan(high) else max(high - paid - signed - talked, 0.0)
    return Parts(paid, signed, talked, beyond, math.isnan(high))


def most(spells: Sequence[Spell]) -> dict[Band, Parts]:
    """What each band came to at most on any day, for its place among the others."""
    found: dict[Band, Parts] = {}
    for day in sorted({spell.since for spell in spells}):
        for band, part in parts(spells, day, "announced").items():
            found[band] = max(part, found.get(band, NOTHING), key=lambda one: one.total)
    return found
