"""How high a drawing may be on a phone, and how it keeps to that."""

from __future__ import annotations

import math
from collections.abc import Callable

from tightrope.charts import marks, theme
from tightrope.charts.marks import Drawing

SCREENS = 1266
"""Pixels: a screen and a half of a phone of 390 by 844."""
COLUMN = 370
"""Pixels of such a phone's text column, to which a narrow drawing is enlarged."""
TALLEST = math.floor(SCREENS * theme.NARROW / COLUMN)
"""The height of a narrow drawing that fills them."""


def held(draw: Callable[[int], Drawing], count: int) -> Drawing:
    """What `draw` makes of as many of `count` things as a phone has room for.

    `draw(n)` draws the n largest, and says what it makes of the rest. On a wide page it is all.
    """
    drawing = draw(count)
    while count > 1 and not marks.is_wide(drawing.width) and drawing.height > TALLEST:
        count -= 1
        drawing = draw(count)
    return drawing
