"""Who breaks first: for each partner and pay ratio one box a year, filled where it cannot pay."""

from __future__ import annotations

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill

STATES = {"no": "pays all", "one": "cannot, at the strict end", "both": "cannot pay all"}
"""What the evidence says of a year: no default, one at its strict end only, one at both ends."""
_BOX = 14
_FILLS = {
    "one": Fill(theme.BORROWED, "binding"),
    "both": Fill(theme.BORROWED),
}


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
    wide = marks.is_wide(width)
    canvas = Canvas(width)
    ratios = list(dict.fromkeys(table.pay_ratio))
    years = sorted(set(table.year))
    y = _key(canvas, set(table.state))
    left = marks.column_width(map(str, table.reading), 230) + 20 if wide else 0.0
    step = (width - left) / len(ratios)
    box = min(16.0, (step - (14 if wide else 7)) / len(years) - 2)
    canvas.text(left, y + 6, "OpenAI pays", size=marks.SMALL)
    y += 18
    for place, ratio in enumerate(ratios):
        canvas.text(left + place * step, y + 7, f"{ratio:.0%}", bold=True)
    y += 20
    for place in range(len(ratios)):
        begin = left + place * step
        first, last = (f"’{year % 100:02d}" for year in (years[0], years[-1]))
        # On a phone the marks stand inside the row of boxes: centred, they would touch the next.
        inset = box / 2 if wide else 0.0
        aligns = ("center", "center") if wide else ("left", "right")
        end = begin + len(years) * (box + 2) - 2
        canvas.text(begin + inset, y + 5, first, aligns[0], marks.SMALL, opacity=0.8)
        canvas.text(end - inset, y + 5, last, aligns[1], marks.SMALL, opacity=0.8)
    y += 15
    for party, lanes in table.groupby("party", sort=False):
        canvas.line([(0, y), (width, y)], opacity=theme.GRID_OPACITY)
        canvas.text(0, y + 14, str(party), bold=True)
        y += 26
        for reading, rows in lanes.groupby("reading", sort=False):
            canvas.text(0, y + 8, str(reading), size=marks.SMALL)
            top = y if wide else y + 18
            states = rows.set_index(["pay_ratio", "year"]).state
            for place, ratio in enumerate(ratios):
                for at, year in enumerate(years):
                    x = left + place * step + at * (box + 2)
                    state = str(states[ratio, year])
                    tip = f"{party}, {reading}, OpenAI pays {ratio:.0%}, {year}: {STATES[state]}"
                    _box(canvas, x, top, box, state, tip)
            y = top + _BOX + 10
        y += 2
    return canvas.chart(y)


def _key(canvas: Canvas, occurring: set[str]) -> float:
    x, y = 0.0, 0.0
    for state, words in STATES.items():
        if state not in occurring:
            continue
        needed = 20 + marks.text_width(words, marks.SMALL)
        if x and x + needed > canvas.width:
            x, y = 0.0, y + 20
        _box(canvas, x, y + 2, 14, state, "")
        canvas.text(x + 20, y + 9, words, size=marks.SMALL)
        x += needed + 16
    return y + 30


def _box(canvas: Canvas, x: float, y: float, width: float, state: str, tip: str) -> None:
    if state in _FILLS:
        canvas.area(x, y, width, _BOX, _FILLS[state], tip)
    else:
        corners = [(x, y), (x + width, y), (x + width, y + _BOX), (x, y + _BOX), (x, y)]
        canvas.line(corners, opacity=0.35, tip=tip)
    if state == "one":
        canvas.line([(x + 1, y + _BOX - 1), (x + width - 1, y + 1)], theme.BORROWED, 1.5, z=1)
