"""The verdicts on the article's claims: one square a claim, in the order of the article."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing

_SIDE = 30.0
_CHECK = "M-7,0L-2,5.5L7.5,-6"
_WAVES = "M-7,-3.5C-3.5,-7.5,3.5,0.5,7,-3.5M-7,3.5C-3.5,-0.5,3.5,7.5,7,3.5"
_CLOCK = marks.circle(8) + "M0,-5L0,0L4,2.5"
_QUESTION = "M-4,-3.4C-4,-9,4.2,-9,4.2,-3.6C4.2,-0.4,0,-0.6,0,3M0,6.6L0,7.1"


class Verdict(NamedTuple):
    """How a verdict looks: what is drawn in its square, how dark the square is, how outlined."""

    sign: str
    opacity: float
    dashed: bool
    words: str


def _solid_with_cross() -> str:
    """A full square with a cross cut out of it, so that the page's own ground shows through.

    The hole runs the other way round than the square: that makes it a hole for any renderer.
    """
    half, arm, thick = _SIDE / 2, 8.0, 1.5
    square = f"M{-half},{-half}L{half},{-half}L{half},{half}L{-half},{half}Z"
    # A quarter of the cross: from between two arms around the end of the next one.
    corners = [(0.0, -2 * thick), (-arm + thick, -arm - thick), (-arm - thick, -arm + thick)]
    cross = []
    for _ in range(4):
        cross += corners
        corners = [(y, -x) for x, y in corners]
    return square + "M" + "L".join(f"{x},{y}" for x, y in cross) + "Z"


VERDICTS = {
    "confirmed": Verdict(_CHECK, 0.0, False, "confirmed"),
    "imprecise": Verdict(_WAVES, 0.14, False, "imprecise"),
    "outdated": Verdict(_CLOCK, 0.28, False, "outdated"),
    "wrong": Verdict(_solid_with_cross(), 1.0, False, "wrong"),
    "unverifiable": Verdict(_QUESTION, 0.0, True, "unverifiable"),
}


def verdicts(claims: pd.DataFrame, width: int) -> Drawing:
    """A square for each claim, in the order of the rows, with its number below it.

    Columns: claim_id (such as "c07": its number is what the article's claim is called), verdict;
    optional claim (for the pointer). The key counts each verdict. Drawn in the ink of the page
    alone: hues have other meanings in this book. Returns a chart `width` wide; the rows wrap.
    """
    canvas = Canvas(width)
    y = _key(canvas, {name: int(claims.verdict.eq(name).sum()) for name in VERDICTS})
    pitch = _SIDE + 6
    across = int((width + 6) // pitch)
    for place, row in enumerate(marks.records(claims)):
        line, column = divmod(place, across)
        x, top = column * pitch, y + line * (_SIDE + 26)
        text = row.get("claim")
        tip = f"{row['claim_id']}, {row['verdict']}" + (f": {text}" if text else "")
        _square(canvas, x + _SIDE / 2, top + _SIDE / 2, str(row["verdict"]), tip)
        number = marks.wrap(str(row["claim_id"]).lstrip("c").lstrip("0") or "0", pitch, 1, 12)[0]
        canvas.text(x + _SIDE / 2, top + _SIDE + 9, number, "center", marks.SMALL)
    lines = -(-len(claims) // across)
    return canvas.chart(y + lines * (_SIDE + 26))


def _key(canvas: Canvas, counts: dict[str, int]) -> float:
    x, y = 0.0, 0.0
    for name, verdict in VERDICTS.items():
        words = f"{counts.get(name, 0)} {verdict.words}"
        needed = _SIDE + 6 + marks.text_width(words)
        if x and x + needed > canvas.width:
            x, y = 0.0, y + _SIDE + 6
        _square(canvas, x + _SIDE / 2, y + _SIDE / 2, name, "")
        canvas.text(x + _SIDE + 6, y + _SIDE / 2, words)
        x += needed + 12
    canvas.line([(0, y + _SIDE + 9), (canvas.width, y + _SIDE + 9)], opacity=theme.GRID_OPACITY)
    return y + _SIDE + 19


def _square(canvas: Canvas, x: float, y: float, name: str, tip: str) -> None:
    verdict = VERDICTS[name]
    if verdict.opacity == 1:
        canvas.symbol(x, y, verdict.sign, theme.INK, tip=tip)
        return
    half = _SIDE / 2 - 0.5
    box = f"M{-half},{-half}L{half},{-half}L{half},{half}L{-half},{half}Z"
    canvas.symbol(
        x,
        y,
        box,
        theme.INK if verdict.opacity else None,
        theme.INK,
        verdict.opacity,
        thickness=1,
        dash=marks.DASH if verdict.dashed else [],
        tip=tip,
        z=0,
    )
    canvas.symbol(x, y, verdict.sign, None, theme.INK, thickness=2.2, z=1)
