"""The ladder: how much of each deal is paid, binding, announced and merely intended."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from tightrope.charts import legend, marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import NONE_KNOWN, UNKNOWN, known_paid, usd_bn

_BAR = 18
_GAP = 6


@dataclass(frozen=True)
class _Deal:
    name: str
    direction: str
    parts: tuple[tuple[str, float], ...]
    low: float
    high: float
    as_range: bool = False

    @property
    def known(self) -> float:
        return sum(part for _, part in self.parts if not math.isnan(part))

    @property
    def is_open(self) -> bool:
        """Whether a rung is there without an amount, or all is a range."""
        return self.as_range or any(math.isnan(part) for _, part in self.parts)

    @property
    def sure(self) -> tuple[tuple[str, float], ...]:
        """The parts as drawn: where a rung has no amount, what the low end leaves to it."""
        left = 0.0 if math.isnan(self.low) else max(self.low - self.known, 0.0)
        silent = next((rung for rung, part in self.parts if math.isnan(part)), "")
        return tuple((rung, left if rung == silent else part) for rung, part in self.parts)

    @property
    def certain(self) -> float:
        """The low end of the bar: what is drawn in the fills of its rungs."""
        return sum(part for _, part in self.sure if not math.isnan(part))

    @property
    def drawn(self) -> float:
        return max(self.certain, marks.span((self.high, 0.0))) if self.is_open else self.known

    @property
    def label(self) -> str:
        if self.as_range:
            total = marks.written(math.nan, self.low, self.high)
        elif self.is_open:
            low = max(self.known, 0.0 if math.isnan(self.low) else self.low)
            total = marks.written(math.nan, low, self.high)
        else:
            total = usd_bn(self.known)
        paid = dict(self.parts).get("paid", 0.0)
        if not self.is_open and self.known == 0:
            return NONE_KNOWN
        if math.isnan(paid):
            return total if total == UNKNOWN else f"{total}, paid part {UNKNOWN}"
        if not self.is_open and paid >= self.known:
            return f"{total}, all paid"
        return f"{total}, {usd_bn(paid)} paid" if paid else f"{total}, {known_paid(paid)}"


def ladder(table: pd.DataFrame, width: int) -> Drawing:
    """A stacked bar for each deal: paid, binding beyond paid, announced beyond binding, the rest.

    Columns: name, direction ("in", "out", "onward", "borrowed"), and as increments in USD
    billion paid, binding, announced, intended (letter of intent or report); NaN is a rung whose
    amount nobody gives; optional low and high bound the total then, or wherever the optional
    as_range is true: then the label is that range and the bar is hatched beyond its rungs. Bars
    start at zero and are sorted by value within their direction. Returns a chart `width` wide.
    """
    deals = [_deal(row) for row in marks.records(table)]
    canvas = Canvas(width)
    rungs = {rung for deal in deals for rung, part in deal.sure if part > 0}
    if any(deal.drawn > deal.certain for deal in deals):
        rungs.add("high")
    y = legend.certainty(canvas, rungs)
    groups: dict[str, list[_Deal]] = {}
    for deal in sorted(deals, key=lambda deal: -deal.drawn):
        groups.setdefault(deal.direction, []).append(deal)
    wide = marks.is_wide(width)
    names = marks.column_width((deal.name for deal in deals), 190) if wide else 0.0
    start = names + 12 if wide else 0.0
    scale = _scale(deals, width - start, wide)
    for direction, members in groups.items():
        hue = marks.HUES[direction]
        if direction in theme.DIRECTIONS:
            canvas.area(start, y + 2, 12, 12, Fill(hue))
            canvas.text(
                start + 18,
                y + 8,
                _ARROWS.get(direction, "{}").format(theme.DIRECTIONS[direction]),
                bold=True,
            )
            y += 24
        for deal in members:
            y = _row(canvas, deal, names, start, scale, y, wide)
        y += 8
    return canvas.chart(y - 8)


_ARROWS = {"in": "→ {}", "out": "{} →"}


def _deal(row: dict[str, object]) -> _Deal:
    parts = tuple((rung, marks.amount(row.get(rung, 0.0))) for rung in marks.RUNGS)
    return _Deal(
        str(row["name"]),
        str(row.get("direction", "")),
        parts,
        marks.amount(row.get("low")),
        marks.amount(row.get("high")),
        bool(row.get("as_range", False)),
    )


def _scale(deals: list[_Deal], room: float, wide: bool) -> float:
    """Pixels a billion, so that every bar and (wide) the label at its end fit."""
    return min(
        (
            (room - (marks.text_width(deal.label) + _GAP if wide else 0)) / deal.drawn
            for deal in deals
            if deal.drawn > 0
        ),
        default=0.0,
    )


def _row(
    canvas: Canvas, deal: _Deal, names: float, start: float, scale: float, y: float, wide: bool
) -> float:
    tip = f"{deal.name}: {deal.label}"
    if wide:
        lines = marks.wrap(deal.name, names)
        marks.block(canvas, 0, y + _BAR / 2, lines)
    else:
        lines = marks.wrap(deal.name, canvas.width, bold=True)
        marks.block(canvas, 0, y + 8 + (len(lines) - 1) * marks.LINE / 2, lines, bold=True)
        y += 18 + (len(lines) - 1) * marks.LINE
    x, hue = start, marks.HUES[deal.direction]
    for rung, part in (*deal.sure, ("high", deal.drawn - deal.certain)):
        if part > 0:
            canvas.area(x, y, part * scale, _BAR, Fill(hue, rung), tip)
            x += part * scale
    if wide:
        canvas.text(x + (_GAP if x > start else 0), y + _BAR / 2, deal.label)
        return y + (40 if len(lines) > 1 else 30)
    y += _BAR if x > start else -4
    canvas.text(0, y + 10, deal.label)
    return y + 30
