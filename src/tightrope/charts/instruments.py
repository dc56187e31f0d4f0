"""Two webs beside each other, one row an instrument: what suppliers gave then and give now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import pandas as pd

from tightrope.charts import legend, marks
from tightrope.charts.lanes import BAR, Heading, Lane, Row, rungs_of, stacked
from tightrope.charts.marks import LINE, SMALL, Canvas, Drawing
from tightrope.charts.rows import Rows
from tightrope.units import NONE_KNOWN

_GUTTER = 22
_LEAST = 178
Grid = Mapping[str, Sequence[Row]]
"""By instrument a row for each web, all webs in the same order."""


def instruments(table: pd.DataFrame, width: int, webs: Sequence[str]) -> Drawing:
    """One row an instrument, one column a web, all bars on one scale in dollars.

    Columns: instrument, web, direction (a key of `marks.HUES`), and as increments in USD billion
    paid, binding, announced, intended (NaN where nobody gives the amount), low and high of the
    total, words (the sum as written) and detail (a line below it, for example a ratio with its
    firm). A web without a row for an instrument reads "none known". Raises ValueError for a web
    that is not among `webs`. Returns a chart `width` wide.
    """
    unknown = set(table.web) - set(webs)
    if unknown:
        raise ValueError(f"no column for {', '.join(sorted(map(str, unknown)))}")
    grid = {}
    for name, rows in table.groupby("instrument", sort=False):
        found = {row["web"]: _row(row) for row in marks.records(rows)}
        grid[str(name)] = [found.get(web, Row(web, [Lane(words=NONE_KNOWN)])) for web in webs]
    canvas = Canvas(width)
    y = legend.certainty(canvas, rungs_of(chain(*grid.values())))
    if marks.is_wide(width):
        return canvas.chart(_beside(canvas, grid, y))
    items: list[Row | Heading] = []
    for name, row in grid.items():
        items += [Heading(name), *row]
    return Rows(canvas, items, gap=6).chart(y)


def _row(row: Mapping[str, Any]) -> Row:
    """A web's bar; where an amount is not sure it reaches to the highest that evidence allows."""
    parts = [(rung, marks.amount(row.get(rung))) for rung in marks.RUNGS]
    rest = marks.amount(row["high"]) - sum(part for _, part in parts if part > 0)
    bars = stacked([*parts, ("high", rest)], marks.HUES[row["direction"]])
    tip = f"{row['instrument']}, {row['web']}: {row['words']}"
    return Row(str(row["web"]), [Lane(bars, str(row["words"]), tip=tip)], str(row["detail"] or ""))


def _beside(canvas: Canvas, grid: Grid, y: float) -> float:
    """A column a web: they share the room by the longest bar in each, but for the least of it."""
    names, columns = (
        marks.column_width(grid, 150, bold=True),
        list(zip(*grid.values(), strict=True)),
    )
    longest = pd.Series([max(row.lanes[0].reach(0)[1] for row in rows) for rows in columns])
    room = canvas.width - names - _GUTTER * len(columns)
    shares = (room * longest / (longest.sum() or 1.0)).clip(lower=_LEAST)
    shares[shares.idxmax()] += room - shares.sum()
    starts = names + _GUTTER + (shares + _GUTTER).cumsum().shift(fill_value=0.0)
    scale = float((shares / longest).min())
    heads = [
        marks.wrap(rows[0].name, share, 2, bold=True)
        for rows, share in zip(columns, shares, strict=True)
    ]
    deep = max(map(len, heads)) * LINE
    for lines, x in zip(heads, starts, strict=True):
        marks.block(canvas, x, y + deep / 2, lines, bold=True)
    first = y = y + deep + 10
    for name, row in grid.items():
        canvas.line([(0, y - 3), (canvas.width, y - 3)], opacity=0.25)
        y += 5
        end = marks.paragraph(canvas, marks.wrap(name, names, 4, bold=True), 0, y, bold=True)
        cells = zip(row, starts, shares, strict=True)
        y = max(end, *(_draw(canvas, cell, x, y, scale, room) for cell, x, room in cells)) + 10
    for x in starts:
        canvas.line([(x - 0.5, first), (x - 0.5, y - 4)], opacity=0.5)
    return y


def _draw(canvas: Canvas, cell: Row, x: float, y: float, scale: float, room: float) -> float:
    """The bar with the lines below it; where they end."""
    lane = cell.lanes[0]
    for bar in lane.marks:
        bar.draw(canvas, lambda amount: x + amount * scale, y + BAR / 2, lane.tip)
    y += BAR + 2 if lane.marks else 0.0
    y = marks.paragraph(canvas, marks.wrap(lane.words, room, 3), x, y)
    notes = marks.wrap(cell.note, room, 6, SMALL) if cell.note else []
    return marks.paragraph(canvas, notes, x, y, size=SMALL)
