"""Two webs beside each other, one row an instrument: what suppliers gave then and give now."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope.charts import legend, marks
from tightrope.charts.lanes import Heading, Lane, Row, stacked
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.rows import Rows
from tightrope.units import NONE_KNOWN

_BAR = 18
_GUTTER = 22
_LEAST = 178


@dataclass(frozen=True)
class _Cell:
    """What one web has of one instrument."""

    name: str
    hue: str
    parts: tuple[tuple[str, float], ...]
    words: str
    detail: str

    @property
    def length(self) -> float:
        return sum(part for _, part in self.parts)


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
    cells: dict[str, dict[str, _Cell]] = {}
    for row in marks.records(table):
        cells.setdefault(str(row["instrument"]), {})[str(row["web"])] = _cell(row)
    canvas = Canvas(width)
    found = [row[web].parts for row in cells.values() for web in webs if web in row]
    rungs = {rung for parts in found for rung, part in parts if part > 0}
    y = legend.certainty(canvas, rungs)
    if marks.is_wide(width):
        return _beside(canvas, cells, webs, y)
    items: list[Row | Heading] = []
    for name, row in cells.items():
        items.append(Heading(name))
        items += [_row(row.get(web), web) for web in webs]
    return Rows(canvas, items, gap=6).chart(y)


def _row(cell: _Cell | None, web: str) -> Row:
    if cell is None:
        return Row(web, [Lane(words=NONE_KNOWN)])
    bars = stacked(cell.parts, cell.hue)
    return Row(web, [Lane(bars, cell.words, tip=f"{cell.name}, {web}: {cell.words}")], cell.detail)


def _cell(row: dict[str, object]) -> _Cell:
    parts = [(rung, marks.amount(row.get(rung, 0.0))) for rung in marks.RUNGS]
    known = [(rung, 0.0 if math.isnan(part) else part) for rung, part in parts]
    high = marks.amount(row.get("high"))
    # Where an amount is not sure, the bar reaches to the highest that the evidence allows.
    if not math.isnan(high):
        rest = max(high - sum(part for _, part in known), 0.0)
        known.append(("high", rest))
    return _Cell(
        str(row["instrument"]),
        marks.HUES[str(row["direction"])],
        tuple(known),
        str(row["words"]),
        str(row.get("detail") or ""),
    )


def _lengths(cells: dict[str, dict[str, _Cell]], web: str) -> float:
    return marks.span(row[web].length for row in cells.values() if web in row)


def _beside(
    canvas: Canvas, cells: dict[str, dict[str, _Cell]], webs: Sequence[str], top: float
) -> Drawing:
    names = marks.column_width(cells, 150, bold=True)
    room = canvas.width - names - _GUTTER * len(webs)
    total = sum(_lengths(cells, web) for web in webs) or 1.0
    # Columns share the room by the longest bar in each, but none is too narrow for its words.
    shares = {web: max(room * _lengths(cells, web) / total, _LEAST) for web in webs}
    widest = max(shares, key=lambda web: shares[web])
    shares[widest] = room - sum(share for web, share in shares.items() if web != widest)
    scale = min(
        (shares[web] / _lengths(cells, web) for web in webs if _lengths(cells, web) > 0),
        default=0.0,
    )
    starts: dict[str, float] = {}
    x = names + _GUTTER
    for web in webs:
        starts[web] = x
        x += shares[web] + _GUTTER
    y, heads = top, {web: marks.wrap(web, shares[web], 2, bold=True) for web in webs}
    deepest = max(len(lines) for lines in heads.values())
    for web, lines in heads.items():
        middle = y + deepest * marks.LINE / 2
        marks.block(canvas, starts[web], middle, lines, bold=True)
    y += deepest * marks.LINE + 10
    first = y
    for name, row in cells.items():
        y = _rule(canvas, y)
        lines = marks.wrap(name, names, 4, bold=True)
        marks.block(canvas, 0, y + len(lines) * marks.LINE / 2 - 1, lines, bold=True)
        depths = [
            _draw(canvas, row.get(web), web, starts[web], y, scale, shares[web]) for web in webs
        ]
        y += max(len(lines) * marks.LINE + 2, *depths) + 8
    for web in webs:
        canvas.line([(starts[web] - 0.5, first), (starts[web] - 0.5, y - 4)], opacity=0.5)
    return canvas.chart(y)


def _rule(canvas: Canvas, y: float) -> float:
    canvas.line([(0, y - 3), (canvas.width, y - 3)], opacity=0.25)
    return y + 5


def _draw(
    canvas: Canvas, cell: _Cell | None, web: str, x: float, y: float, scale: float, room: float
) -> float:
    """The bar with the lines below it; how deep they reach."""
    if cell is None:
        canvas.text(x, y + 8, NONE_KNOWN, opacity=0.7)
        return marks.LINE + 2
    end, deep = x, 0.0
    for rung, part in cell.parts:
        if part > 0:
            tip = f"{cell.name}, {web}: {cell.words}"
            canvas.area(end, y, part * scale, _BAR, Fill(cell.hue, rung), tip)
            end += max(part * scale, 1.0)
            deep = _BAR + 2.0
    lines = [(line, marks.LINE, 13) for line in marks.wrap(cell.words, room, 3)]
    if cell.detail:
        wrapped = marks.wrap(cell.detail, room, 6, marks.SMALL)
        lines += [(line, marks.LINE, marks.SMALL) for line in wrapped]
    for line, step, size in lines:
        canvas.text(x, y + deep + 8, line, size=size)
        deep += step
    return deep + 2
