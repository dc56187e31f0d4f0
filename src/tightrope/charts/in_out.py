"""What comes in and what goes out, year by year, mirrored at zero."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import number, usd_bn

_HUES = {"in": theme.INTO_OPENAI, "out": theme.OUT_OF_OPENAI}
_RUNGS = {"paid": "paid", "scheduled": "binding"}
_WORDS = {
    ("in", "paid"): "paid in",
    ("in", "scheduled"): "due in",
    ("out", "paid"): "paid out",
    ("out", "scheduled"): "due out",
}
_NO_DATE = "no date"


@dataclass(frozen=True)
class _Year:
    """One year: what came and went, by side and basis; USD billion."""

    name: str
    amounts: dict[tuple[str, str], float]

    def total(self, side: str) -> float:
        return sum(amount for (where, _), amount in self.amounts.items() if where == side)

    def fill(self, side: str, basis: str) -> Fill:
        return Fill(_HUES[side], "intended" if self.name == _NO_DATE else _RUNGS[basis])

    def tip(self, side: str, basis: str) -> str:
        return f"{self.name}, {_WORDS[side, basis]}: {usd_bn(self.amounts[side, basis])}"


def in_and_out(table: pd.DataFrame, width: int) -> Drawing:
    """Columns up for what comes in and down for what goes out; on a phone bars right and left.

    Columns: year (missing: drawn last, dashed, as "no date"), side ("in" or "out"), basis ("paid",
    solid, or "scheduled", light) and amount (USD billion, positive). Every year between the first
    and the last has its place. Sums are written in billions. Returns a chart `width` wide.
    """
    years = _years(table)
    canvas = Canvas(width)
    has_rest = years[-1].name == _NO_DATE
    items = [
        (_WORDS[side, basis], Fill(_HUES[side], _RUNGS[basis]))
        for side, basis in _WORDS
        if any((side, basis) in year.amounts for year in years if year.name != _NO_DATE)
    ]
    items += [("no date known", Fill(theme.INK, "intended"))] if has_rest else []
    y = marks.key(canvas, items) + 4
    draw = _columns if marks.is_wide(width) else _bars
    return canvas.chart(draw(canvas, years, y))


def _years(table: pd.DataFrame) -> list[_Year]:
    names = table.year.map(lambda year: _NO_DATE if pd.isna(year) else str(int(year)))
    sums = table.groupby([names, table.side, table.basis]).amount.sum()
    known = table.year.dropna().astype(int)
    order = [str(year) for year in range(known.min(), known.max() + 1)] if len(known) else []
    order += [_NO_DATE] if table.year.isna().any() else []
    found: dict[str, dict[tuple[str, str], float]] = {name: {} for name in order}
    for (name, side, basis), amount in sums.items():
        if amount > 0:
            found[str(name)][str(side), str(basis)] = float(amount)
    return [_Year(name, found[name]) for name in order]


def _reach(years: list[_Year], side: str) -> float:
    return max((year.total(side) for year in years), default=0.0)


def _written(amount: float) -> str:
    return number(round(amount)) if amount >= 9.5 else number(round(amount, 1))


def _columns(canvas: Canvas, years: list[_Year], y: float) -> float:
    apart = 22.0 if len(years) > 1 and years[-1].name == _NO_DATE else 0.0
    step = min((canvas.width - apart) / len(years), 90.0)
    column = min(step * 0.66, 52.0)
    up = 300.0 / ((_reach(years, "in") + _reach(years, "out")) or 1)
    zero = y + 20 + _reach(years, "in") * up
    bottom = zero + _reach(years, "out") * up + 20
    for place, year in enumerate(years):
        x = place * step + (step - column) / 2 + (apart if year.name == _NO_DATE else 0.0)
        for side, sign in (("in", -1.0), ("out", 1.0)):
            end = zero
            for basis in ("paid", "scheduled"):
                amount = year.amounts.get((side, basis), 0.0)
                if amount:
                    start, end = end, end + sign * amount * up
                    tall = max(abs(end - start), 1.0)
                    fill, tip = year.fill(side, basis), year.tip(side, basis)
                    canvas.area(x, min(start, end), column, tall, fill, tip)
            total = year.total(side)
            if total:
                text = _written(total)
                canvas.text(x + column / 2, end + sign * 10, text, "center", marks.SMALL, True)
        canvas.text(x + column / 2, bottom + 14, year.name, "center", marks.SMALL)
    canvas.line([(0, zero), (step * len(years) + apart, zero)], opacity=0.6, z=1)
    return bottom + 24


def _bars(canvas: Canvas, years: list[_Year], y: float) -> float:
    label, gap = 52.0, 5.0
    room = max(
        (
            marks.text_width(_written(year.total(side)), marks.SMALL, bold=True)
            for year in years
            for side in ("in", "out")
        ),
        default=0.0,
    )
    reach = _reach(years, "in") + _reach(years, "out")
    across = (canvas.width - label - 2 * (room + gap)) / (reach or 1)
    left = room + gap + _reach(years, "out") * across
    right = left + label
    canvas.text(left, y + 8, "out", "right", marks.SMALL)
    canvas.text(right, y + 8, "in", "left", marks.SMALL)
    y += 20
    for year in years:
        canvas.text(left + label / 2, y + 9, year.name, "center", marks.SMALL)
        for side, origin, sign in (("in", right, 1.0), ("out", left, -1.0)):
            end = origin
            for basis in ("paid", "scheduled"):
                amount = year.amounts.get((side, basis), 0.0)
                if amount:
                    start, end = end, end + sign * amount * across
                    long = max(abs(end - start), 1.0)
                    fill, tip = year.fill(side, basis), year.tip(side, basis)
                    canvas.area(min(start, end), y + 1, long, 16, fill, tip)
            total = year.total(side)
            if total:
                align = "left" if sign > 0 else "right"
                canvas.text(end + sign * gap, y + 9, _written(total), align, marks.SMALL, True)
        y += 24
    return math.ceil(y)
