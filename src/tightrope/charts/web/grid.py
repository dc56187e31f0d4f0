"""The lengths that a web is laid out by, on a wide page and on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

COLUMNS = ("backers", "investors", "focal", "suppliers", "onward", "beyond")
"""From left to right: who lends to the investors, who pays the party in the middle and is not paid
by it, the party, whom it pays, whom these pay or who lends to them, and who stands behind those."""
_TALL = 150.0
"""Pixels that all a web's sums beside its middle have at the least, one above the other."""
BAR = 8.0
"""Width of a party's bar, in pixels."""


@dataclass(frozen=True)
class Grid:
    """Lengths in pixels, those of `left`, `start`, `gap` and `least` by column."""

    width: int
    left: Mapping[str, float]
    """Of the bars."""
    start: Mapping[str, float]
    """Of the first bar, from the top."""
    gap: Mapping[str, float]
    """Between two bars."""
    least: Mapping[str, float]
    """Room of a bar, however little it is paid."""
    names_above: bool
    """Whether a name stands above its bar, for want of room beside it."""
    scale: float = 0.3
    """Pixels a USD billion; one for all bands and all days."""

    def fitted(self, total: float) -> Grid:
        """The grid with a larger scale where `total` (USD billion) would be a thin line."""
        return replace(self, scale=max(self.scale, _TALL / total)) if total > 0 else self


def _by_column(*lengths: float) -> dict[str, float]:
    return dict(zip(COLUMNS, lengths, strict=True))


WIDE = Grid(
    width=1100,
    left=_by_column(132, 268, 392, 594, 800, 946),
    start=_by_column(114, 114, 74, 74, 74, 74),
    gap=_by_column(6, 6, 0, 13, 2, 2),
    least=_by_column(26, 26, 40, 14, 26, 26),
    names_above=False,
)
NARROW = Grid(
    width=300,
    left=_by_column(0, 0, 4, 148, 288, 288),
    start=_by_column(74, 74, 74, 74, 74, 74),
    gap=_by_column(26, 26, 0, 26, 26, 26),
    least=_by_column(8, 8, 8, 8, 8, 8),
    names_above=True,
)
"""For one loop, not for a whole web."""
NARROW_FROM_LEFT = replace(NARROW, left=_by_column(0, 4, 120, 262, 288, 288))
"""The same, with somebody left of the party in the middle."""
