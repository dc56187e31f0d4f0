"""Who can pay and who falls short, a box a year, with the word in every box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill

PAYS, SHORT = "pays", "short"
_BOX, _STEP, _STRIP = 22.0, 27.0, 7.0
_AT_THE_HARSH_END = Fill(theme.OUT_OF_OPENAI, "high")


def year_grid(rows: Mapping[str, Sequence[bool]], years: Sequence[int], width: int) -> Drawing:
    """A row a name: for each of `years` whether it falls short, over a hatched strip, or can pay.

    Hatched because only the harsh end of the evidence says so. Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    left = marks.column_width(rows, 96, bold=True) + 8
    across = (width - left) / max(len(years), 1)
    for place, year in enumerate(years):
        canvas.text(left + (place + 0.5) * across, 8, str(year), "center", marks.SMALL)
    y = 18.0
    for name, short in rows.items():
        (line,) = marks.wrap(name, left - 8, 1, bold=any(short))
        canvas.text(0, y + 7, line, bold=any(short))
        for place, is_short in enumerate(short):
            x, wide = left + place * across, across - 3
            word = SHORT if is_short else PAYS
            if is_short:
                canvas.area(x, y + _BOX - _STRIP, wide, _STRIP, _AT_THE_HARSH_END)
            else:
                canvas.line([(x, y + _BOX), (x + wide, y + _BOX)], opacity=0.3)
            canvas.text(x + wide / 2, y + 7, word, "center", marks.SMALL, bold=is_short)
        y += _STEP
    return canvas.chart(y)
