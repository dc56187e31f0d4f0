"""How sure a payment is, as every figure shows it: a word, and the fill that stands for it.

The one place where the rungs of the ladder, open ends and conditions become words and fills.
"""

from __future__ import annotations

from typing import NamedTuple

from tightrope.charts import theme

HATCH, STRIPES, DOTS = "hatch", "stripes", "dots"
"""What can fill an area beside its hue: slanted lines, upright lines over the tint, dots."""
_DASH = (4.0, 3.0)


class Look(NamedTuple):
    """A word of the legend and its fill, in whatever hue; every fill but `paid` has an outline."""

    words: str
    opacity: float
    """Of the hue inside the outline. Where a pattern can be drawn, it stands in its place."""
    pattern: str = ""
    dash: tuple[float, ...] = ()
    """Of the outline, in pixels; whole if empty."""


_TALKED_ABOUT = Look("talked about", 0.0, dash=_DASH)
LOOKS = {
    "paid": Look("paid", theme.PAID_OPACITY),
    "binding": Look("signed", theme.BINDING_OPACITY),
    "conditional": Look("on a condition", theme.BINDING_OPACITY, STRIPES),
    "announced": _TALKED_ABOUT,
    "intended": _TALKED_ABOUT,
    "high": Look("high end of a range", 0.15, HATCH, _DASH),
    "unknown": Look("no sum published", 0.0, DOTS, (1.5, 2.5)),
}
"""By rung, from what is surest: the four of the ladder, `conditional` for what is signed and due
only if something happens, `high` for what lies between the ends of a range, and `unknown`."""
WORDS = {rung: look.words for rung, look in LOOKS.items()}
"""What each rung is called in every legend."""
