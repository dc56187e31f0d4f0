"""The verdicts on the article's claims: one square a claim, in the order of the article."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import pandas as pd

from tightrope.charts import legend, marks, theme
from tightrope.charts.marks import Canvas, Drawing

_SIDE, _APART = 30.0, 6.0
_SQUARE = "M-14.5,-14.5H14.5V14.5H-14.5Z"
_CHECK = "M-7,0L-2,5.5L7.5,-6"
_WAVES = "M-7,-3.5C-3.5,-7.5,3.5,0.5,7,-3.5M-7,3.5C-3.5,-0.5,3.5,7.5,7,3.5"
_CLOCK = marks.circle(8) + "M0,-5L0,0L4,2.5"
_QUESTION = "M-4,-3.4C-4,-9,4.2,-9,4.2,-3.6C4.2,-0.4,0,-0.6,0,3M0,6.6L0,7.1"
# The cross runs the other way round than its square: that makes it a hole for any renderer.
_CROSSED_OUT = (
    "M-15,-15H15V15H-15Z"
    "M0,-3L-6.5,-9.5L-9.5,-6.5L-3,0L-9.5,6.5L-6.5,9.5L0,3L6.5,9.5L9.5,6.5L3,0L9.5,-6.5L6.5,-9.5Z"
)


class Verdict(NamedTuple):
    """How a verdict looks: what is drawn in its square, how dark the square is, how outlined.

    An opacity of 1 is a sign that is a full square itself.
    """

    sign: str
    opacity: float = 0.0
    dash: tuple[float, ...] = ()


VERDICTS = {
    "confirmed": Verdict(_CHECK),
    "imprecise": Verdict(_WAVES, 0.14),
    "outdated": Verdict(_CLOCK, 0.28),
    "wrong": Verdict(_CROSSED_OUT, 1.0),
    "unverifiable": Verdict(_QUESTION, dash=tuple(marks.DASH)),
}


def verdicts(claims: pd.DataFrame, width: int) -> Drawing:
    """A square for each claim, in the order of the rows, with its number below it.

    Columns: claim_id (such as "c07": its number is what the article's claim is called), verdict;
    optional claim (for the pointer). The key counts each verdict. Drawn in the ink of the page
    alone: hues have other meanings in this book. Returns a chart `width` wide; the rows wrap.
    """
    canvas, pitch = Canvas(width), _SIDE + _APART
    key = [
        (_SIDE, partial(_square, canvas, name, ""), f"{claims.verdict.eq(name).sum()} {name}")
        for name in VERDICTS
    ]
    y = legend.flow(canvas, key, 0, row=pitch) + 3
    canvas.line([(0, y), (width, y)], opacity=theme.GRID_OPACITY)
    across = int((width + _APART) // pitch)
    for place, row in enumerate(marks.records(claims)):
        x, middle = place % across * pitch, y + 25 + place // across * (_SIDE + 26)
        said = (f"{row['claim_id']}, {row['verdict']}", row.get("claim"))
        _square(canvas, str(row["verdict"]), ": ".join(filter(None, said)), x, middle)
        number = marks.wrap(str(row["claim_id"]).lstrip("c0") or "0", pitch, 1, marks.SMALL)[0]
        canvas.text(x + _SIDE / 2, middle + 24, number, "center", marks.SMALL)
    lines = -(-len(claims) // across)
    return canvas.chart(y + 10 + lines * (_SIDE + 26))


def _square(canvas: Canvas, name: str, tip: str, left: float, middle: float) -> None:
    x, (sign, opacity, dash) = left + _SIDE / 2, VERDICTS[name]
    if opacity == 1:
        canvas.symbol(x, middle, sign, theme.INK, tip=tip)
        return
    body = theme.INK if opacity else None
    canvas.symbol(x, middle, _SQUARE, body, theme.INK, opacity, 1, dash, tip, z=0)
    canvas.symbol(x, middle, sign, stroke=theme.INK, thickness=2.2)
