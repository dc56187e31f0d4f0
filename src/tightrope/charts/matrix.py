"""The web as a matrix: who pays whom, squares as large as the dollars."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from tightrope.accounts import directions
from tightrope.charts import marks, theme
from tightrope.charts.lanes import Lane, Mark, Row, stacked
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.phone import held
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn, usd_bn_known

_US = "OpenAI"
_MOST_COLUMNS = 9
_ANGLE = 60
_LARGEST = 44.0
"""Side of the largest square, in pixels."""


def matrix(table: pd.DataFrame, width: int) -> Drawing:
    """Payer × payee: rows pay columns, the area of a square is linear in dollars.

    Columns: payer, payee (names), amount (USD billion; missing is drawn as a dotted square and
    counts as nothing in the order). Pairs that occur twice are added up. Payees beyond the nine
    largest are put together in a last column. The narrow drawing lists the pairs as bars. Returns
    a chart `width` wide.
    """
    pairs = _summed(table.assign(amount=table.amount.astype("float64")))
    return _grid(pairs, width) if marks.is_wide(width) else _list(pairs, width)


def _summed(frame: pd.DataFrame) -> pd.DataFrame:
    grouped = frame.groupby(["payer", "payee"], sort=False, as_index=False)
    summed = grouped.agg(amount=("amount", lambda part: part.sum(min_count=1)))
    summed = summed.assign(direction=directions(summed.assign(instrument=""), _US))
    return summed.sort_values("amount", ascending=False, ignore_index=True, na_position="last")


def _folded(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs with the smallest payees put together."""
    totals = pairs.groupby("payee").amount.sum().sort_values(ascending=False, kind="stable")
    if len(totals) <= _MOST_COLUMNS + 1:
        return pairs
    kept = set(totals.index[:_MOST_COLUMNS])
    rest = f"{len(totals) - _MOST_COLUMNS} others"
    return _summed(pairs.assign(payee=pairs.payee.where(pairs.payee.isin(kept), rest)))


def _ranked(pairs: pd.DataFrame, side: str) -> list[str]:
    totals = pairs.groupby(side).amount.sum().sort_values(ascending=False, kind="stable")
    return sorted(map(str, totals.index), key=lambda name: name.endswith(" others"))


def _grid(pairs: pd.DataFrame, width: int) -> Drawing:
    pairs = _folded(pairs)
    payers, payees = _ranked(pairs, "payer"), _ranked(pairs, "payee")
    amounts = pairs.set_index(["payer", "payee"])
    scale = _LARGEST / math.sqrt(marks.span(pairs.amount) or 1.0)
    rows = []
    for payer in payers:
        squares = [_nothing(place) for place in range(len(payees))]
        sizes = [12.0]
        for payee, (amount, direction) in amounts.loc[payer].iterrows():
            place = payees.index(str(payee))
            side = 12.0 if math.isnan(amount) else max(scale * math.sqrt(amount), 1.0)
            beside = {payees.index(str(name)) for name in amounts.loc[payer].index}
            room = 1.0 if {place - 1, place + 1} & beside else 1.6
            said = f"{payer} → {payee}: {usd_bn_known(amount)}"
            fill = Fill(marks.HUES[direction], "unknown" if math.isnan(amount) else "paid")
            squares[place] = _square(place, side, fill, usd_bn_known(amount), said, room)
            sizes.append(side)
        lane = Lane(squares, tall=max(sizes) + 19)
        rows.append(Row(payer, [lane], bold=payer == _US, rule=theme.GRID_OPACITY))
    canvas = Canvas(width)
    # The last of the turned heads lean beyond their column.
    layout = Rows(canvas, rows, names=128, span=(0, len(payees) * 1.08), gap=2)
    y = _key(canvas, pairs)
    canvas.text(0, y + 8, "pays ↓", bold=True)
    canvas.text(layout.left, y + 8, "is paid →", bold=True)
    deep = marks.column_width(payees, 150)
    y += math.sin(math.radians(_ANGLE)) * deep + 32
    for place, name in enumerate(payees):
        (head,), x = marks.wrap(name, 150, 1), layout.x(place + 0.5)
        is_us = name == _US
        canvas.text(x, y - 8, head, size=marks.SMALL, bold=is_us, angle=360 - _ANGLE)
    return layout.chart(y)


def _nothing(place: int) -> Mark:
    def draw(canvas: Canvas, x: Callable[[float], float], middle: float, _: str) -> None:
        canvas.symbol(x(place + 0.5), middle - 8, marks.circle(1.5), theme.INK, fill_opacity=0.3)

    return Mark(place, place + 1, draw)


def _square(place: int, side: float, fill: Fill, label: str, said: str, room: float) -> Mark:
    """A square in the middle of its column, with its amount below it."""

    def draw(canvas: Canvas, x: Callable[[float], float], middle: float, _: str) -> None:
        centre, top = x(place + 0.5), middle - 8 - side / 2
        canvas.area(centre - side / 2, top, side, side, fill, said)
        fits = marks.text_width(label, marks.SMALL) <= room * (x(1) - x(0))
        short = "?" if fill.rung == "unknown" else label.split("\N{NO-BREAK SPACE}")[0]
        words = label if fits else short
        canvas.text(centre, middle + side / 2 + 2, words, "center", marks.SMALL)

    return Mark(place, place + 1, draw)


def _key(canvas: Canvas, pairs: pd.DataFrame) -> float:
    used = set(pairs.direction)
    hues = [(words, marks.HUES[name]) for name, words in theme.DIRECTIONS.items() if name in used]
    return marks.key(canvas, [(words, Fill(hue)) for words, hue in hues])


def _list(pairs: pd.DataFrame, width: int) -> Drawing:
    return held(lambda count: _listed(pairs, width, count), len(pairs))


def _listed(pairs: pd.DataFrame, width: int, count: int) -> Drawing:
    """The first `count` pairs, and below them what all others come to."""
    rows, rest = [], pairs[count:]
    for row in marks.records(pairs[:count]):
        names, label = f"{row['payer']} → {row['payee']}", usd_bn_known(float(row["amount"]))
        bars = stacked([("paid", float(row["amount"]))], marks.HUES[str(row["direction"])], 14)
        rows.append(Row(names, [Lane(bars, label, tip=f"{names}: {label}", tall=14)]))
    if len(rest):
        silent = int(rest.amount.isna().sum())
        said = [usd_bn(float(rest.amount.sum()))] if silent < len(rest) else []
        said += [f"{silent} without a published sum"] if silent else []
        rows.append(Row(f"{len(rest)} more pairs", [Lane(words="; ".join(said), tall=14)]))
    canvas = Canvas(width)
    return Rows(canvas, rows, gap=8).chart(_key(canvas, pairs))
