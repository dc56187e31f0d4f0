"""How each band gets from its payer's bar to its payee's, whatever it comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tightrope.charts.web.columns import Columns
from tightrope.charts.web.grid import BAR, COLUMNS
from tightrope.charts.web.model import Band


class Way(NamedTuple):
    """How a band runs: at which side of either bar it begins and ends, "l", "r" or "t" for the top.

    `kind` is "across" between columns, "side" around the right of one column, "over" above all,
    or "under" below the bar of the party in the middle.
    """

    kind: str
    payer_side: str
    payee_side: str


def way(band: Band, columns: Columns) -> Way:
    """The way of a band in these columns."""
    here, there = columns.column(band.payer), columns.column(band.payee)
    if here == there:
        return Way("side", "r", "r")
    if band.payee == columns.focal and here > COLUMNS.index("suppliers"):
        return Way("over", "t", "t")
    middle = COLUMNS.index("focal")
    kind = "under" if min(here, there) < middle < max(here, there) else "across"
    return Way(kind, "r", "l") if there > here else Way(kind, "l", "r")


def x(party: str, side: str, columns: Columns) -> float:
    """Where a band begins or ends at that side of a party's bar, in pixels from the left."""
    left = columns.grid.left[COLUMNS[columns.column(party)]]
    return left + {"l": 0.0, "r": BAR, "t": BAR / 2}[side]


def ends(bands: Iterable[Band], columns: Columns) -> dict[tuple[str, str], list[Band]]:
    """The bands at each side of each bar, from top to bottom: in the order of the other column.

    What runs both ways between two parties lies side by side, what comes back below.
    """
    order = {party: number for name in COLUMNS for number, party in enumerate(columns.of[name])}
    found: dict[tuple[str, str], list[Band]] = defaultdict(list)
    for band in bands:
        _, payer_side, payee_side = way(band, columns)
        found[band.payer, payer_side].append(band)
        found[band.payee, payee_side].append(band)
    for (own, _), there in found.items():
        others = {band: band.payee if band.payer == own else band.payer for band in there}
        there.sort(
            key=lambda band: (
                columns.column(others[band]) == columns.column(own),
                order[others[band]],
                band.payee == columns.focal,
                band.hue,
            )
        )
    return found
