"""How the money map looks: what its parts measure in pixels."""

from __future__ import annotations

from dataclasses import dataclass

from tightrope.charts import theme
from tightrope.charts.marks import SMALL

THIN = 2.5
"""What is thinner has no outline."""
SHADE = 0.13
"""Opacity of the eye of a loop."""

PAD = 7
"""From a card's edge to its words."""
GAP = 7
"""Between two cards of a column."""
PORT = 17
"""The least height of a port that has a label."""
HUB = 12
"""Width of the spine."""
LEVEL = 15.0
"""What a ribbon runs level before it bends."""
LANE = 5.0
"""Between two ribbons around the outside."""


@dataclass(frozen=True)
class Measures:
    """Measures of one drawing, in pixels: of the wide one or of that for a phone."""

    width: int
    one_sided: bool
    ribbon: float  # the widest ribbon
    total: float  # all ribbons on one side together
    column: float  # what a name may widen a column of cards to
    run: float  # the longest way from the spine to a card
    fan: float  # how far the spine is compressed against the columns, as a share
    bow: float
    indent: float
    height: float  # parties are folded together until a column fits


WIDE = Measures(theme.WIDE, False, 54.0, 240.0, 168.0, 190.0, 0.8, 8.0, 10.0, 640.0)
NARROW = Measures(theme.NARROW, True, 30.0, 400.0, 146.0, 96.0, 1.0, 6.0, 8.0, 1500.0)


def name_size(depth: int) -> int:
    """Type size of a party's name: partners of the focal party, at depth 0, stand out."""
    return SMALL if depth else theme.FONT_SIZE
