"""Two-sided bars: what came in from a partner, what goes out to it, and what comes back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from tightrope.charts import legend, marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import usd_bn, usd_bn_range

_BAR = 20
_LABEL_GAP = 6
_IN_HEAD = "into OpenAI →"
_OUT_HEAD = "out of OpenAI →"
_ROUND = "round trip"
LABELS = {
    "in_low_usd_bn": "In, low",
    "in_high_usd_bn": "In, high",
    "out_low_usd_bn": "Out, low",
    "out_high_usd_bn": "Out, high",
    "round_low_usd_bn": "Round trip, low",
    "round_high_usd_bn": "Round trip, high",
}
"""The columns of `amounts` after the first, as the table below the picture heads them."""


@dataclass(frozen=True)
class _Side:
    """One side of a partner: the amount, its range, and how much of it stands on which rung."""

    total: float
    low: float
    high: float
    rungs: tuple[tuple[str, float], ...]
    as_range: bool = False

    @property
    def drawn(self) -> float:
        """Dollars that the bar reaches: the amount, else the top of its range, else nothing."""
        return self.high if math.isnan(self.total) else self.total

    @property
    def label(self) -> str:
        return marks.written(math.nan if self.as_range else self.total, self.low, self.high)


@dataclass(frozen=True)
class _Partner:
    name: str
    came: _Side
    goes: _Side

    @property
    def round_trip(self) -> float:
        """The smaller of the two sides; NaN where one of them is not known."""
        if math.isnan(self.came.total) or math.isnan(self.goes.total):
            return math.nan
        return min(self.came.total, self.goes.total)

    @property
    def round_label(self) -> str:
        if not (math.isnan(self.round_trip) or self.came.as_range or self.goes.as_range):
            return f"{_ROUND} {usd_bn(self.round_trip)}" if self.round_trip > 0 else "no round trip"
        low = min(self.came.low, self.goes.low)
        high = min(_or_infinite(self.came.high), _or_infinite(self.goes.high))
        if high == 0:
            return "no round trip"
        return f"{_ROUND} {usd_bn_range(low, high)}"

    def tip(self) -> str:
        return f"{self.name}: in {self.came.label}, out {self.goes.label}, {self.round_label}"


def two_sided(table: pd.DataFrame, width: int) -> Drawing:
    """Bars mirrored at OpenAI: in from each partner on the left, out to it on the right.

    Columns (USD billion): party (name), paid_in, paid_out; optional in_paid, in_binding,
    in_announced, out_paid, out_binding, out_announced as increments (what they leave of the
    total is drawn as a letter of intent), and in_low, in_high, out_low, out_high where an amount
    is missing, or for the labels wherever the optional as_range is true. The round trip,
    min(paid_in, paid_out), is bracketed in green on both sides. The narrow drawing has a block a
    partner, both bars from the left. Returns a chart `width` wide.
    """
    partners = sorted(
        (_partner(row) for row in marks.records(table)),
        key=lambda partner: -marks.span((partner.came.drawn + partner.goes.drawn,)),
    )
    canvas = Canvas(width)
    below = _key(canvas, partners)
    if marks.is_wide(width):
        return _wide(canvas, partners, below)
    return _narrow(canvas, partners, below)


def amounts(table: pd.DataFrame) -> pd.DataFrame:
    """The numbers behind the picture: party, and the columns of `LABELS` in USD billion.

    `table` has in_low, in_high, out_low, out_high, round_low and round_high beside party.
    """
    ends = {column.removesuffix("_usd_bn"): column for column in LABELS}
    return table[["party", *ends]].rename(columns=ends)


def _partner(row: dict[str, object]) -> _Partner:
    return _Partner(str(row["party"]), _side(row, "in"), _side(row, "out"))


def _side(row: dict[str, object], side: str) -> _Side:
    total = marks.amount(row[f"paid_{side}"])
    low = marks.amount(row.get(f"{side}_low"))
    high = marks.amount(row.get(f"{side}_high"))
    as_range = bool(row.get("as_range", False))
    if not math.isnan(total) and not as_range:
        low = high = total
    rungs: list[tuple[str, float]] = []
    left = 0.0 if math.isnan(total) else total
    if any(f"{side}_{rung}" in row for rung in marks.RUNGS):
        for rung in ("paid", "binding", "announced"):
            part = marks.span((marks.amount(row.get(f"{side}_{rung}")), 0.0))
            rungs.append((rung, min(part, left)))
            left -= min(part, left)
        rungs.append(("intended", left if left > 1e-9 else 0.0))
    else:
        rungs.append(("paid", left))
    if math.isnan(total):
        rungs = [("high", marks.span((high, 0.0)))]
    return _Side(
        total,
        0.0 if math.isnan(low) else low,
        high,
        tuple(part for part in rungs if part[1] > 0),
        as_range,
    )


def _or_infinite(value: float) -> float:
    return math.inf if math.isnan(value) else value


def _key(canvas: Canvas, partners: list[_Partner]) -> float:
    used = {
        rung
        for partner in partners
        for side in (partner.came, partner.goes)
        for rung, _ in side.rungs
    }
    if used <= {"paid"}:
        return 0
    return legend.certainty(canvas, used) + 4


def _wide(canvas: Canvas, partners: list[_Partner], top: float) -> Drawing:
    names = marks.column_width((partner.name for partner in partners), 150)
    start = names + 12
    centre, scale = _axis(canvas.width, start, partners)
    for head, hue, x, align in (
        (_IN_HEAD, theme.INTO_OPENAI, centre - 8, "right"),
        (_OUT_HEAD, theme.OUT_OF_OPENAI, centre + 8, "left"),
    ):
        long = marks.text_width(head, bold=True)
        canvas.text(x, top + 8, head, align, bold=True)
        canvas.area(x - long if align == "right" else x, top + 18, long, 3, Fill(hue))
    y = top + 34.0
    for partner in partners:
        middle = y + _BAR / 2
        marks.block(canvas, 0, middle, marks.wrap(partner.name, names))
        _bar(canvas, centre, y, -scale, partner.came, theme.INTO_OPENAI, partner.tip())
        _bar(canvas, centre, y, scale, partner.goes, theme.OUT_OF_OPENAI, partner.tip())
        reach_in, reach_out = (
            max(side.drawn * scale, 1) if side.drawn > 0 else 0
            for side in (partner.came, partner.goes)
        )
        canvas.text(centre - reach_in - _LABEL_GAP, middle, partner.came.label, "right")
        canvas.text(centre + reach_out + _LABEL_GAP, middle, partner.goes.label)
        _bracket(canvas, partner, centre, y + _BAR + 2, scale)
        y += 50
    canvas.line([(centre, top), (centre, y - 12)], opacity=0.6, z=1)
    return canvas.chart(y - 8)


def _axis(width: int, start: float, partners: list[_Partner]) -> tuple[float, float]:
    """Where the centre axis stands and how many pixels a billion takes, labels included."""
    heads = [marks.text_width(head, bold=True) + 10 for head in (_IN_HEAD, _OUT_HEAD)]
    left, right = (
        [
            (marks.span((side.drawn, 0)), marks.text_width(side.label) + 2 * _LABEL_GAP)
            for side in sides
        ]
        for sides in ([p.came for p in partners], [p.goes for p in partners])
    )
    # Both heads must fit beside the axis, however small their side is.
    left.append((0.0, heads[0] - start))
    right.append((0.0, heads[1]))
    scale = min(
        (
            (width - start - label_in - label_out) / (came + goes)
            for came, label_in in left
            for goes, label_out in right
            if came + goes > 0
        ),
        default=0.0,
    )
    return max(start + label + came * scale for came, label in left), scale


def _bracket(canvas: Canvas, partner: _Partner, centre: float, y: float, scale: float) -> None:
    back, label, tip = partner.round_trip, partner.round_label, partner.tip()
    reach = 0.0
    if back > 0:
        reach = max(back * scale, 1)
        canvas.area(centre - reach, y, 2 * reach, 5, Fill(theme.ROUND_TRIP), tip, z=1)
        # Where the larger side has passed what comes back, a tick cuts its bar.
        side = 1 if partner.goes.total >= partner.came.total else -1
        end = centre + side * reach
        canvas.line([(end, y - _BAR - 5), (end, y + 5)], theme.ROUND_TRIP, 2, tip=tip, z=1)
    x = centre + reach + _LABEL_GAP
    fits = x + marks.text_width(label, marks.SMALL, bold=True) <= canvas.width
    canvas.text(
        x if fits else canvas.width,
        y + 5 if fits else y + 14,
        label,
        "left" if fits else "right",
        marks.SMALL,
        bold=back > 0,
    )


def _bar(
    canvas: Canvas, start: float, y: float, scale: float, side: _Side, hue: str, tip: str
) -> None:
    """Segments one after the other; a negative scale draws to the left."""
    for rung, part in side.rungs:
        length = part * scale
        canvas.area(min(start, start + length), y, abs(length), _BAR, Fill(hue, rung), tip)
        start += length


def _narrow(canvas: Canvas, partners: list[_Partner], top: float) -> Drawing:
    sides = [side for partner in partners for side in (partner.came, partner.goes)]
    labels = max((marks.text_width(f"out {side.label}") for side in sides), default=0) + _LABEL_GAP
    most = marks.span(side.drawn for side in sides)
    scale = (canvas.width - labels) / most if most else 0
    y = top
    for partner in partners:
        lines = marks.wrap(partner.name, canvas.width, bold=True)
        marks.block(canvas, 0, y + 9 + (len(lines) - 1) * marks.LINE / 2, lines, bold=True)
        y += 20 + (len(lines) - 1) * marks.LINE
        start = y
        for side, hue, word in (
            (partner.came, theme.INTO_OPENAI, "in"),
            (partner.goes, theme.OUT_OF_OPENAI, "out"),
        ):
            _bar(canvas, 0, y, scale, side, hue, partner.tip())
            reach = max(side.drawn * scale, 1) if side.drawn > 0 else 0
            canvas.text(reach + (_LABEL_GAP if reach else 0), y + _BAR / 2, f"{word} {side.label}")
            y += _BAR + 2
        back = partner.round_trip
        reach = 0.0
        if back > 0:
            reach = max(back * scale, 1)
            canvas.area(0, y, reach, 5, Fill(theme.ROUND_TRIP), partner.tip(), z=1)
            canvas.line(
                [(reach, start - 2), (reach, y + 5)], theme.ROUND_TRIP, 2, tip=partner.tip(), z=1
            )
        x = reach + _LABEL_GAP if reach else 0
        if x + marks.text_width(partner.round_label, marks.SMALL, bold=True) > canvas.width:
            x, y = 0, y + 9
        canvas.text(x, y + 6, partner.round_label, size=marks.SMALL, bold=back > 0)
        y += 26
    return canvas.chart(y - 8)
