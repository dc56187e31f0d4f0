"""Two webs beside each other, one row an instrument: what suppliers gave then and give now."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import pandas as pd

from tightrope.charts import legend, marks, theme
from tightrope.charts.lanes import BAR, Heading, Lane, Mark, Row, stacked
from tightrope.charts.marks import SMALL, Canvas, Drawing
from tightrope.charts.rows import Rows
from tightrope.units import NONE_KNOWN

_GUTTER = 22
_LEAST = 178


@dataclass(frozen=True)
class _Cell:
    """What one web has of one instrument."""

    bars: list[Mark]
    words: str
    detail: str
    tip: str

    @property
    def length(self) -> float:
        return max((bar.high for bar in self.bars), default=0.0)


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
    found = [bar.fill for row in cells.values() for cell in row.values() for bar in cell.bars]
    y = legend.certainty(canvas, {fill.rung for fill in found if fill})
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
    return Row(web, [Lane(cell.bars, cell.words, tip=cell.tip)], cell.detail)


def _cell(row: dict[str, object]) -> _Cell:
    parts = [(rung, marks.amount(row.get(rung, 0.0))) for rung in marks.RUNGS]
    known = [(rung, 0.0 if math.isnan(part) else part) for rung, part in parts]
    high = marks.amount(row.get("high"))
    # Where an amount is not sure, the bar reaches to the highest that the evidence allows.
    if not math.isnan(high):
        rest = max(high - sum(part for _, part in known), 0.0)
        known.append(("high", rest))
    words = str(row["words"])
    return _Cell(
        stacked(known, marks.HUES[str(row["direction"])]),
        words,
        str(row.get("detail") or ""),
        f"{row['instrument']}, {row['web']}: {words}",
    )


def _beside(
    canvas: Canvas, cells: dict[str, dict[str, _Cell]], webs: Sequence[str], y: float
) -> Drawing:
    """A column a web: they share the room by the longest bar in each, but for the least of it."""
    names = marks.column_width(cells, 150, bold=True)
    room = canvas.width - names - _GUTTER * len(webs)
    longest = {
        web: marks.span(row[web].length for row in cells.values() if web in row) for web in webs
    }
    total = sum(longest.values()) or 1.0
    shares = {web: max(room * long / total, _LEAST) for web, long in longest.items()}
    widest = max(webs, key=lambda web: shares[web])
    shares[widest] += room - sum(shares.values())
    scale = min((shares[web] / long for web, long in longest.items() if long), default=0.0)
    ends = accumulate(
        shares.values(), lambda x, share: x + share + _GUTTER, initial=names + _GUTTER
    )
    starts = dict(zip(webs, ends, strict=False))
    heads = {web: marks.wrap(web, shares[web], 2, bold=True) for web in webs}
    deep = max(map(len, heads.values())) * marks.LINE
    for web, lines in heads.items():
        marks.block(canvas, starts[web], y + deep / 2, lines, bold=True)
    first = y = y + deep + 10
    for name, row in cells.items():
        canvas.line([(0, y - 3), (canvas.width, y - 3)], opacity=0.25)
        y += 5
        lines = marks.wrap(name, names, 4, bold=True)
        marks.block(canvas, 0, y + len(lines) * marks.LINE / 2 - 1, lines, bold=True)
        depths = [_draw(canvas, row.get(web), (starts[web], y), scale, shares[web]) for web in webs]
        y += max(len(lines) * marks.LINE + 2, *depths) + 8
    for start in starts.values():
        canvas.line([(start - 0.5, first), (start - 0.5, y - 4)], opacity=0.5)
    return canvas.chart(y)


def _draw(
    canvas: Canvas, cell: _Cell | None, corner: tuple[float, float], scale: float, room: float
) -> float:
    """The bar with the lines below it; how deep they reach."""
    x, y = corner
    if cell is None:
        canvas.text(x, y + 8, NONE_KNOWN, opacity=0.7)
        return marks.LINE + 2
    for bar in cell.bars:
        bar.draw(canvas, lambda amount: x + amount * scale, y + BAR / 2, cell.tip)
    lines = [(line, theme.FONT_SIZE) for line in marks.wrap(cell.words, room, 3)]
    lines += [(line, SMALL) for line in marks.wrap(cell.detail, room, 6, SMALL) if cell.detail]
    deep = BAR + 2 if cell.bars else 0.0
    for line, size in lines:
        canvas.text(x, y + deep + 8, line, size=size)
        deep += marks.LINE
    return deep + 2
