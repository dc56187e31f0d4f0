"""Where every bar and every band of the web lies, in pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tightrope.charts.web import sides
from tightrope.charts.web.columns import Columns
from tightrope.charts.web.grid import COLUMNS
from tightrope.charts.web.model import Band, Parts

THIN = 1.2
"""The thinnest band, in pixels: what has a smaller sum, or none that is published."""
APART = 520.0
"""Where those begin whom no payment ties to the rest, in pixels."""
_THINNEST = 3.0
_BETWEEN, _PAIR = 2.0, 10.0
"""Between two bands at one bar; a pair that runs both ways has more, for what goes round in it."""


class Bar(NamedTuple):
    """A party's bar: its left upper corner and its height."""

    x: float
    y: float
    height: float


class Lie(NamedTuple):
    """Where a band lies: from (x0, y0) to (x1, y1), the upper edges of its ends, and how thick.

    `kind` is that of `sides.Way`; a band that goes over or under runs along `lane`. Pixels.
    """

    kind: str
    x0: float
    y0: float
    x1: float
    y1: float
    thick: float
    lane: float = 0.0


@dataclass(frozen=True)
class Stack:
    """All bars by party, and all bands."""

    bars: Mapping[str, Bar]
    lies: Mapping[Band, Lie]
    height: float


def thickness(part: Parts, scale: float) -> float:
    """How thick a band is drawn, in pixels; `scale` is pixels a USD billion."""
    return max(scale * part.total, THIN)


def stacked(parts: Mapping[Band, Parts], columns: Columns) -> Stack:
    """The web on one day; a party without a band has no bar, but for the one in the middle."""
    thick = {band: thickness(part, columns.grid.scale) for band, part in parts.items()}
    ends = sides.ends(parts, columns)
    bars = _bars(columns, {end: _offsets(found, thick)[-1] for end, found in ends.items()})
    places = {
        (party, band): _start(bars[party], side, _offsets(found, thick), number)
        for (party, side), found in ends.items()
        for number, band in enumerate(found)
    }
    focal = bars[columns.focal]
    lanes = {"over": focal.y - 34.0, "under": focal.y + focal.height + 14}
    lies: dict[Band, Lie] = {}
    for band in parts:
        kind, payer_side, payee_side = sides.way(band, columns)
        lies[band] = Lie(
            kind,
            sides.x(band.payer, payer_side, columns),
            places[band.payer, band],
            sides.x(band.payee, payee_side, columns),
            places[band.payee, band],
            thick[band],
            lanes.get(kind, 0.0),
        )
        if kind in lanes:
            lanes[kind] += (thick[band] + 6) * (-1 if kind == "over" else 1)
    return Stack(bars, lies, max(bar.y + bar.height for bar in bars.values()) + 24)


def _bars(columns: Columns, tall: Mapping[tuple[str, str], float]) -> dict[str, Bar]:
    """The bars of all that have a band, as high as the bands at their fuller side."""
    there = {party for party, _ in tall} | {columns.focal}
    bars: dict[str, Bar] = {}
    for name in COLUMNS:
        y = columns.grid.start[name]
        for party in (one for one in columns.of[name] if one in there):
            if party in columns.apart:
                y = max(y, APART)
            own = max(*(tall.get((party, side), 0.0) for side in "lr"), _THINNEST)
            room = max(own, columns.grid.least[name])
            bars[party] = Bar(columns.grid.left[name], y + (room - own) / 2, own)
            y += room + columns.grid.gap[name]
    return bars


def _offsets(found: Sequence[Band], thick: Mapping[Band, float]) -> list[float]:
    """Where each band begins below the first one's upper edge; the last entry is the whole."""
    offsets = [0.0, thick[found[0]]]
    for before, band in pairwise(found):
        is_pair = (before.payer, before.payee) == (band.payee, band.payer)
        offsets[-1] += _PAIR if is_pair else _BETWEEN
        offsets.append(offsets[-1] + thick[band])
    return offsets


def _start(bar: Bar, side: str, offsets: Sequence[float], number: int) -> float:
    """The upper edge of a band where it meets a bar."""
    if side == "t":
        return bar.y
    return bar.y + min((bar.height - offsets[-1]) / 2, 2.0) + offsets[number]
