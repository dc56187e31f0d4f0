"""The web month by month, for the page's script: where bars and bands lie, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from tightrope.charts.web import model
from tightrope.charts.web.columns import Columns
from tightrope.charts.web.model import Band, Spell
from tightrope.charts.web.stack import Stack, stacked

Frame = dict[str, Any]


def months(spells: Sequence[Spell], day: pd.Timestamp) -> list[pd.Timestamp]:
    """The last days of all months since the first step, the last of them `day` itself."""
    ends = pd.date_range(min(spell.since for spell in spells), day, freq="ME")
    return [*(end for end in ends if end < day), day]


def states(
    spells: Sequence[Spell],
    columns: Columns,
    day: pd.Timestamp,
    names: Mapping[str, str],
) -> dict[str, Any]:
    """All that the script needs to draw any month on any layer, as plain data.

    Lengths are tenths of a pixel, sums millions of USD. `frames` has a list for each of
    `model.COUNTS` with an entry a month: null where it is the one before, else `bars`, by
    party the upper edge and the height, and `bands`, by the number of the band its two ends, what
    is paid, signed, talked about and beyond, and 1 where a sum is not published.
    """
    every = model.bands(spells)
    found = months(spells, day)
    return {
        "names": {party: names[party] for band in every for party in (band.payer, band.payee)},
        "bands": [list(band) for band in every],
        "days": [f"{end:%Y-%m-%d}" for end in found],
        "said": [f"{end:%B %Y}" for end in found],
        "frames": {
            layer: _changes([_frame(spells, columns, end, layer, every) for end in found])
            for layer in model.COUNTS
        },
    }


def _changes(frames: list[Frame]) -> list[Frame | None]:
    """Each frame that differs from the one before, None for one that does not."""
    before = [None, *frames[:-1]]
    return [None if one == last else one for one, last in zip(frames, before, strict=True)]


def _frame(
    spells: Sequence[Spell],
    columns: Columns,
    day: pd.Timestamp,
    layer: str,
    every: list[Band],
) -> Frame:
    parts = model.parts(spells, day, layer)
    stack = stacked(parts, columns)
    number = {band: place for place, band in enumerate(every)}
    return {
        "bars": {party: [_tenths(bar.y), _tenths(bar.height)] for party, bar in stack.bars.items()},
        "bands": {
            number[band]: [*_ends(stack, band), *_millions(part), int(part.is_open)]
            for band, part in parts.items()
        },
    }


def _ends(stack: Stack, band: Band) -> list[int]:
    lie = stack.lies[band]
    return [_tenths(value) for value in (lie.y0, lie.y1, lie.lane)]


def _tenths(pixels: float) -> int:
    return round(pixels * 10)


def _millions(part: model.Parts) -> list[int]:
    return [round(value * 1000) for value in part[:4]]
