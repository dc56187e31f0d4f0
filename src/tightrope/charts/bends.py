"""Outlines of bands that turn a corner: down and then right, or right and then down."""

from __future__ import annotations

RADIUS = 8.0
"""Of the inner edge of every turn, in pixels."""


def outward(x: float, top: float, y: float, right: float, thick: float, inset: float) -> str:
    """A band that falls from `top` and turns right at `y`, to end at `right`: an SVG path.

    `x` is the right edge of the whole band before the turn and `y` its upper edge behind it; of
    the whole this is the part `thick` wide that begins `inset` from those edges.
    """
    first, last = inset, inset + thick
    turn = x + RADIUS
    if y - RADIUS < top or turn > right:
        # There is no room to turn: the band lies flat.
        return _box(x - last, y + first, right, y + last)
    return (
        f"M{x - first:.1f},{top:.1f}L{x - first:.1f},{y - RADIUS:.1f}"
        f"A{RADIUS + first:.1f},{RADIUS + first:.1f},0,0,0,{turn:.1f},{y + first:.1f}"
        f"L{right:.1f},{y + first:.1f}L{right:.1f},{y + last:.1f}L{turn:.1f},{y + last:.1f}"
        f"A{RADIUS + last:.1f},{RADIUS + last:.1f},0,0,1,{x - last:.1f},{y - RADIUS:.1f}"
        f"L{x - last:.1f},{top:.1f}Z"
    )


def downward(left: float, y: float, x: float, bottom: float, thick: float, inset: float) -> str:
    """A band that leaves `left` to the right and turns down, to end at `bottom`: an SVG path.

    `y` is the lower edge of the whole band before the turn and `x` its left edge behind it; of
    the whole this is the part `thick` wide that begins `inset` from those edges.
    """
    first, last = inset, inset + thick
    turn, fall = x - RADIUS, y + RADIUS
    return (
        f"M{left:.1f},{y - first:.1f}L{turn:.1f},{y - first:.1f}"
        f"A{RADIUS + first:.1f},{RADIUS + first:.1f},0,0,1,{x + first:.1f},{fall:.1f}"
        f"L{x + first:.1f},{bottom:.1f}L{x + last:.1f},{bottom:.1f}L{x + last:.1f},{fall:.1f}"
        f"A{RADIUS + last:.1f},{RADIUS + last:.1f},0,0,0,{turn:.1f},{y - last:.1f}"
        f"L{left:.1f},{y - last:.1f}Z"
    )


def _box(left: float, top: float, right: float, bottom: float) -> str:
    return (
        f"M{left:.1f},{top:.1f}L{right:.1f},{top:.1f}"
        f"L{right:.1f},{bottom:.1f}L{left:.1f},{bottom:.1f}Z"
    )
