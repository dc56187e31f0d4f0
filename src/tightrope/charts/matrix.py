"""The web as a matrix: who pays whom, squares as large as the dollars."""

from __future__ import annotations

import math

import pandas as pd

from tightrope.accounts import directions
from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill

_US = "OpenAI"
_MOST_COLUMNS = 9
_ANGLE = 60


def matrix(table: pd.DataFrame, width: int) -> Drawing:
    """Payer × payee: rows pay columns, the area of a square is linear in dollars.

    Columns: payer, payee (names), amount (USD billion; missing is drawn as a dashed square and
    counts as nothing in the order); optional instrument, without which nothing is drawn as
    borrowed. Pairs that occur twice are added up, and what is borrowed is a strip of its own in
    their square. Payees beyond the nine largest are put together in a last column. The narrow
    drawing lists the pairs as bars. Returns a chart `width` wide.
    """
    pairs = _pairs(table)
    return _grid(pairs, width) if marks.is_wide(width) else _list(pairs, width)


def _pairs(table: pd.DataFrame) -> pd.DataFrame:
    frame = table.assign(amount=table.amount.astype("float64"))
    named = frame if "instrument" in frame else frame.assign(instrument="")
    return _summed(frame.assign(direction=directions(named, _US)))


def _summed(frame: pd.DataFrame) -> pd.DataFrame:
    grouped = frame.groupby(["payer", "payee", "direction"], sort=False, as_index=False)
    summed = grouped.agg(amount=("amount", lambda part: part.sum(min_count=1)))
    return summed.sort_values("amount", ascending=False, ignore_index=True, na_position="last")


def _fold(pairs: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The pairs with the smallest payees put together, and the name of that last column."""
    totals = pairs.groupby("payee").amount.sum().sort_values(ascending=False, kind="stable")
    if len(totals) <= _MOST_COLUMNS + 1:
        return pairs, ""
    rest = f"{len(totals) - _MOST_COLUMNS} others"
    kept = set(totals.index[:_MOST_COLUMNS])
    return _summed(pairs.assign(payee=pairs.payee.where(pairs.payee.isin(kept), rest))), rest


def _ranked(pairs: pd.DataFrame, side: str, last: str = "") -> list[str]:
    totals = pairs.groupby(side).amount.sum().sort_values(ascending=False, kind="stable")
    return sorted((str(name) for name in totals.index), key=lambda name: name == last)


def _grid(pairs: pd.DataFrame, width: int) -> Drawing:
    pairs, rest = _fold(pairs)
    rows, columns = _ranked(pairs, "payer"), _ranked(pairs, "payee", rest)
    canvas = Canvas(width)
    names = marks.column_width(rows, 140)
    left = names + 14
    cell = min(96.0, (width - left) / len(columns))
    heads = [marks.wrap(name, cell - 6, 2, marks.SMALL) for name in columns]
    turned = any(line.endswith("…") for lines in heads for line in lines)
    if turned:
        tall = marks.column_width(columns, 130)
        lean = math.cos(math.radians(_ANGLE)) * tall
        cell = min(96.0, (width - left - lean) / (len(columns) - 0.5))
        top = math.sin(math.radians(_ANGLE)) * tall + 34
    else:
        top = 22 + max(len(lines) for lines in heads) * marks.LINE + 6
    below = _key(canvas, pairs)
    top += below
    canvas.text(0, below + 8, "pays ↓", bold=True)
    canvas.text(left, below + 8, "is paid →", bold=True)
    for place, name in enumerate(columns):
        x = left + (place + 0.5) * cell
        if turned:
            head = marks.wrap(name, 130, 1)[0]
            bold = name == _US
            canvas.text(x - 4, top - 6, head, size=marks.SMALL, bold=bold, angle=360 - _ANGLE)
        else:
            marks.block(
                canvas, x, below + 22 + (top - below - 28) / 2, heads[place], "center", marks.SMALL
            )
    y = top
    scale = min(cell - 8, 62.0) / math.sqrt(marks.span(pairs.amount) or 1.0)
    for payer, cells in _cells(pairs, rows, columns):
        canvas.line([(left, y - 4), (width, y - 4)], opacity=theme.GRID_OPACITY)
        y = _row(canvas, payer, cells, (left, names, cell, scale), y)
    return canvas.chart(y)


def _key(canvas: Canvas, pairs: pd.DataFrame) -> float:
    used = set(pairs.direction)
    return marks.key(
        canvas,
        [
            (words, Fill(marks.HUES[name]))
            for name, words in theme.DIRECTIONS.items()
            if name in used
        ],
    )


_Cells = list[list[dict[str, object]]]
"""The cells of a row, each with the pair's payments by direction."""


def _cells(pairs: pd.DataFrame, rows: list[str], columns: list[str]) -> list[tuple[str, _Cells]]:
    known: dict[tuple[object, object], list[dict[str, object]]] = {}
    for row in marks.records(pairs):
        known.setdefault((row["payer"], row["payee"]), []).append(row)
    return [(payer, [known.get((payer, payee), []) for payee in columns]) for payer in rows]


def _whole(cell: list[dict[str, object]]) -> float:
    """What a cell adds up to, in USD billion; NaN where no amount of it is known."""
    known = [amount for row in cell if not math.isnan(amount := marks.amount(row["amount"]))]
    return sum(known) if known else math.nan


def _shares(cell: list[dict[str, object]], whole: float) -> list[tuple[str, float]]:
    """The directions in a cell with the share of each in it; alike where no amount is known."""
    if math.isnan(whole):
        return [(str(row["direction"]), 1 / len(cell)) for row in cell]
    known = [(str(row["direction"]), marks.amount(row["amount"])) for row in cell]
    return [(direction, amount / whole) for direction, amount in known if amount > 0]


def _row(
    canvas: Canvas,
    payer: str,
    cells: _Cells,
    sizes: tuple[float, float, float, float],
    y: float,
) -> float:
    """One payer's squares; a row is as high as its largest square needs."""
    left, names, cell, scale = sizes
    amounts = [_whole(cell_rows) for cell_rows in cells]
    lines = marks.wrap(payer, names, 3)
    tall = max(scale * math.sqrt(marks.span((*amounts, 0.0))), 14, len(lines) * marks.LINE - 16)
    middle = y + tall / 2
    marks.block(canvas, 0, middle + 4, lines, bold=payer == _US)
    for place, (parts, amount) in enumerate(zip(cells, amounts, strict=True)):
        x = left + (place + 0.5) * cell
        if not parts:
            canvas.symbol(x, middle, marks.circle(1.5), theme.INK, fill_opacity=0.3)
            continue
        unknown = math.isnan(amount)
        size = 12.0 if unknown else max(1.0, scale * math.sqrt(max(amount, 0)))
        label = marks.written(amount)
        start, tip = x - size / 2, f"{payer} → {parts[0]['payee']}: {label}"
        for direction, share in _shares(parts, amount):
            fill = Fill(marks.HUES[direction], "unknown" if unknown else "paid")
            canvas.area(start, middle - size / 2, share * size, size, fill, tip)
            start += share * size
        beside = cells[max(place - 1, 0) : place] + cells[place + 1 : place + 2]
        room = cell * (1.0 if any(beside) else 1.6)
        if marks.text_width(label, marks.SMALL) > room:
            label = "?" if unknown else label.rsplit("\N{NO-BREAK SPACE}", 1)[0]
        canvas.text(x, middle + size / 2 + 9, label, "center", size=marks.SMALL)
    return y + tall + 26


def _list(pairs: pd.DataFrame, width: int) -> Drawing:
    canvas = Canvas(width)
    rows = marks.records(pairs)
    room = width - max(marks.text_width(marks.written(float(row["amount"]))) for row in rows) - 6
    scale = room / (marks.span(pairs.amount) or 1.0)
    y = _key(canvas, pairs)
    for row in rows:
        amount = float(row["amount"])
        label = marks.written(amount)
        names = f"{row['payer']} → {row['payee']}"
        lines = marks.wrap(names, width)
        marks.block(canvas, 0, y + 8 + (len(lines) - 1) * marks.LINE / 2, lines)
        y += 18 + (len(lines) - 1) * marks.LINE
        reach = 0.0
        if amount > 0:
            reach = max(amount * scale, 1) + 6
            hue = marks.HUES[str(row["direction"])]
            canvas.area(0, y, amount * scale, 14, Fill(hue), f"{names}: {label}")
        canvas.text(reach, y + 7, label)
        y += 24
    return canvas.chart(y - 4)
