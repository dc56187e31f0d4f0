"""Two readings of the same pair on one scale from nothing to all: a share and a score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import PERCENT, Lane, Row, bar, dot, signs, wire
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import on_grid
from tightrope.units import share_range

_SHARE = marks.circle(6)
_SCORE = "M0,-7L7,0L0,7L-7,0Z"


def scores(table: pd.DataFrame, words: tuple[str, str], width: int) -> Drawing:
    """A share (disc) and a score (diamond) for each pair, both between 0 and 1.

    Columns: label, share_low, share_high, score_low, score_high; where low and high differ the
    mark becomes a bar between them. `words` names the two in the key. In the order of the table.
    Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    rows = [_row(row) for row in marks.records(table)]
    signed = [
        dot(0.5, _SHARE, theme.ROUND_TRIP),
        dot(0.5, _SCORE, stroke=theme.INK, thickness=2),
    ]
    y = signs(canvas, dict(zip(words, signed, strict=True)))
    return on_grid(canvas, rows, y, PERCENT, aside=240, inset=8, gap=14)


def _row(row: Mapping[str, Any]) -> Row:
    share, score = (
        [100 * float(row[f"{name}_{end}"]) for end in ("low", "high")]
        for name in ("share", "score")
    )
    written = " against ".join(share_range(low / 100, high / 100) for low, high in (share, score))
    between = [wire(share[1], score[0], 0.35, [3, 3])] if score[0] > share[1] else []
    lane = Lane(
        [
            *between,
            bar(share[0], share[1], Fill(theme.ROUND_TRIP, "high"), 8),
            bar(score[0], score[1], Fill(theme.ONWARD, "high"), 8),
            *(dot(at, _SHARE, theme.ROUND_TRIP) for at in dict.fromkeys(share)),
            *(dot(at, _SCORE, stroke=theme.INK, thickness=2) for at in dict.fromkeys(score)),
        ],
        written,
        tip=f"{row['label']}: {written}",
    )
    return Row(str(row["label"]), [lane])
