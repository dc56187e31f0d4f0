"""Who breaks first: for each partner and pay ratio one box a year, filled where it cannot pay."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from tightrope.charts import marks, middle, theme
from tightrope.charts.lanes import Heading, Lane, Mark, Row, signs
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows

STATES = {"no": "pays all", "one": "cannot, on the harshest reading", "both": "cannot pay all"}
"""What the evidence says of a year: no default, one at its strict end only, one at both ends."""
_BOX = 14.0
_FILLS = {"one": Fill(theme.BORROWED, "binding"), "both": Fill(theme.BORROWED)}


def defaults(table: pd.DataFrame, width: int) -> Drawing:
    """Partners down, pay ratios across; in each place a box for every year.

    Columns: party, reading, pay_ratio (0 to 1), year, state (a key of STATES). Partners, readings
    and ratios keep the order of the table; every combination has a row. What is in default at
    both ends is solid, at the strict end light with a stroke through it, else an empty frame; the
    key has the states that occur. Returns a chart `width` wide. Raises ValueError for another
    state.
    """
    unknown = sorted(set(table.state) - set(STATES))
    if unknown:
        raise ValueError(f"a state is one of {', '.join(STATES)}, not {', '.join(unknown)}")
    years, step = sorted(set(table.year)), table.year.nunique() + 1
    starts = {ratio: place * step for place, ratio in enumerate(dict.fromkeys(table.pay_ratio))}
    items: list[Row | Heading] = []
    for party, lanes in table.groupby("party", sort=False):
        items.append(Heading(str(party)))
        for reading, rows in lanes.groupby("reading", sort=False):
            boxes = [
                _box(
                    starts[row["pay_ratio"]] + years.index(row["year"]),
                    row["state"],
                    f"{party}, {reading}, {middle.name()} pays {row['pay_ratio']:.0%}, "
                    f"{row['year']}: {STATES[row['state']]}",
                )
                for row in marks.records(rows)
            ]
            items.append(Row(str(reading), [Lane(boxes, tall=_BOX)]))
    canvas = Canvas(width)
    occurs = set(table.state)
    y = signs(
        canvas, {words: _box(0, state, "") for state, words in STATES.items() if state in occurs}
    )
    layout = Rows(canvas, items, names=230, span=(0, len(starts) * step - 1), gap=8)
    canvas.text(layout.left, y + 6, f"{middle.name()} pays", size=marks.SMALL)
    for ratio, start in starts.items():
        begin, end = layout.x(start), layout.x(start + len(years)) - 2
        canvas.text(begin, y + 25, f"{ratio:.0%}", bold=True)
        # On a phone the years stand inside the row of boxes: centred, they would touch the next.
        canvas.text(begin, y + 43, f"’{years[0] % 100:02d}", "left", marks.SMALL, opacity=0.8)
        canvas.text(end, y + 43, f"’{years[-1] % 100:02d}", "right", marks.SMALL, opacity=0.8)
    return layout.chart(y + 54)


def _box(at: float, state: str, tip: str) -> Mark:
    """The box of a year, one unit of the scale wide."""

    def draw(canvas: Canvas, x: Callable[[float], float], middle: float, _: str) -> None:
        left, right = x(at), x(at) + min(x(1) - x(0) - 2, 16.0)
        top, bottom = middle - _BOX / 2, middle + _BOX / 2
        if state in _FILLS:
            canvas.area(left, top, right - left, _BOX, _FILLS[state], tip)
        else:
            frame = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
            canvas.line(frame, opacity=0.35, tip=tip)
        if state == "one":
            stroke = [(left + 1, bottom - 1), (right - 1, top + 1)]
            canvas.line(stroke, theme.BORROWED, 1.5, z=1)

    return Mark(at, at + 1, draw)
