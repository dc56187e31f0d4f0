"""The web day by day, for the page's script: where bars and bands lie, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from tightrope.charts.web import model
from tightrope.charts.web.columns import Columns
from tightrope.charts.web.model import Band, Spell
from tightrope.charts.web.stack import Stack, stacked

Frame = dict[str, dict[int, list[int]]]


def days(spells: Sequence[Spell], day: pd.Timestamp) -> list[pd.Timestamp]:
    """All days on which something became known in the web, the last of them `day` itself."""
    known = {spell.since for spell in spells} | {spell.until for spell in spells}
    return [*sorted(one for one in known if one < day), day]


def states(
    spells: Sequence[Spell],
    columns: Columns,
    day: pd.Timestamp,
    names: Mapping[str, str],
) -> dict[str, Any]:
    """All that the script needs to draw any day on any layer, as plain data.

    Lengths are tenths of a pixel, sums millions of USD. `frames` has a list for each of
    `model.COUNTS` with an entry a day: what differs from the day before, and 0 where nothing does.
    `bars` gives by number of the party the upper edge and the height, `bands` by number of the
    band its two ends below the upper edges of their bars, its lane, what is paid, signed, talked
    about and beyond, and 1 where a sum is not published; 0 stands for what is there no longer.
    """
    every = model.bands(spells)
    parties = list(dict.fromkeys(party for band in every for party in (band.payer, band.payee)))
    found = days(spells, day)
    return {
        "names": {party: names[party] for party in parties},
        "bands": [list(band) for band in every],
        "days": [f"{end:%Y-%m-%d}" for end in found],
        "frames": {
            layer: _changes([_frame(spells, columns, end, layer, parties) for end in found])
            for layer in model.COUNTS
        },
    }


def _changes(frames: Sequence[Frame]) -> list[dict[str, dict[int, Any]] | int]:
    """What of each frame differs from the one before, 0 where nothing does."""
    before: Frame = {"bars": {}, "bands": {}}
    found: list[dict[str, dict[int, Any]] | int] = []
    for frame in frames:
        differs: dict[str, dict[int, Any]] = {}
        for kind, now in frame.items():
            gone = dict.fromkeys(before[kind].keys() - now.keys(), 0)
            new = {n: value for n, value in now.items() if before[kind].get(n) != value}
            if changed := dict(sorted((gone | new).items())):
                differs[kind] = changed
        found.append(differs or 0)
        before = frame
    return found


def _frame(
    spells: Sequence[Spell],
    columns: Columns,
    day: pd.Timestamp,
    layer: str,
    parties: Sequence[str],
) -> Frame:
    parts = model.parts(spells, day, layer)
    stack = stacked(parts, columns)
    number = {band: place for place, band in enumerate(model.bands(spells))}
    return {
        "bars": {
            parties.index(party): [_tenths(bar.y), _tenths(bar.height)]
            for party, bar in stack.bars.items()
        },
        "bands": {
            number[band]: [*_ends(stack, band), *_millions(part), int(part.is_open)]
            for band, part in parts.items()
        },
    }


def _ends(stack: Stack, band: Band) -> list[int]:
    """Below the bars' upper edges, so that a band that moves with its bars stays as it is."""
    lie = stack.lies[band]
    ends = ((lie.y0, band.payer), (lie.y1, band.payee))
    return [*(_tenths(y) - _tenths(stack.bars[party].y) for y, party in ends), _tenths(lie.lane)]


def _tenths(pixels: float) -> int:
    return round(pixels * 10)


def _millions(part: model.Parts) -> list[int]:
    return [round(value * 1000) for value in part[:4]]
