"""How the map with rings looks: what its parts measure in pixels."""

from __future__ import annotations

from dataclasses import dataclass

THIN = 2.5
"""What is thinner has no outline and shows one rung for all."""
HEADED = 7.0
"""What is thinner has a head; what is wider is pointed itself."""
PAD = 5.0
"""From a card's edge to its words."""
GAP = 5.0
"""The least distance of two cards of a ring."""
APART = 2.0
"""The least distance of two ribbons side by side."""
GLYPH = 11.0
"""From the triangle of an amount to its words."""


@dataclass(frozen=True)
class Measures:
    """Measures of one drawing, in pixels; the `x` are distances from the middle of the hub.

    A ring is `bulge` pixels farther out at half height than at its ends.
    """

    width: int
    sides: tuple[int, ...]  # 1 right of the hub, -1 left of it
    hub: float  # half the hub's width
    cards: tuple[float, float]  # width of the cards of ring 1 and of ring 2
    first: float  # x of the inner edge of ring 1 at half height
    second: float  # x of the inner edge of ring 2 at half height
    first_bulge: float
    second_bulge: float
    ribbon: float  # the widest ribbon
    total: float  # all ribbons of one side of the hub together, about
    middle: float  # x of the hub's middle in the drawing

    @property
    def is_wide(self) -> bool:
        """Whether there are two sides around the hub, not one beside a spine."""
        return len(self.sides) > 1


WIDE = Measures(720, (1, -1), 40.0, (102.0, 114.0), 88.0, 246.0, 44.0, 70.0, 36.0, 140.0, 360.0)
NARROW = Measures(300, (1,), 5.0, (102.0, 110.0), 40.0, 185.0, 0.0, 0.0, 24.0, 900.0, 5.0)
