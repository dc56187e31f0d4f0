"""Two-sided bars: what came in from a partner, what goes out to it, and what comes back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope.charts import legend, marks, middle, theme
from tightrope.charts.lanes import Lane, Mark, Row, Upright, bar, dot, rungs_of, stacked
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.phone import held
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn, usd_bn_known, usd_bn_range

_BAR = 20.0
_IN, _OUT = theme.INTO_OPENAI, theme.OUT_OF_OPENAI
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
        return usd_bn_known(math.nan if self.as_range else self.total, self.low, self.high)


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
    """Bars mirrored at the party in the middle: in on the left, out on the right.

    Columns (USD billion): party (name), paid_in, paid_out; in_paid, in_binding, in_announced,
    out_paid, out_binding, out_announced as increments (what they leave of the total is drawn as a
    letter of intent); optional in_low, in_high, out_low, out_high where an amount
    is missing, or for the labels wherever the optional as_range is true. The round trip,
    min(paid_in, paid_out), is bracketed in green on both sides. The narrow drawing has a block a
    partner, both bars from the left, and one for the smaller where all have no room. Returns a
    chart `width` wide.
    """
    partners = sorted(
        (_partner(row) for row in marks.records(table)),
        key=lambda partner: -marks.span((partner.came.drawn + partner.goes.drawn,)),
    )
    return held(lambda count: _drawn(partners[:count], partners[count:], width), len(partners))


def _drawn(partners: Sequence[_Partner], rest: Sequence[_Partner], width: int) -> Drawing:
    canvas = Canvas(width)
    wide = marks.is_wide(width)
    rows = [_mirrored(partner) if wide else _one_below_the_other(partner) for partner in partners]
    rows += [_together(rest)] if rest else []
    layout = Rows(canvas, rows, names=150, uprights=[Upright(0, z=1)] if wide else ())
    y = legend.certainty(canvas, rungs_of(rows))
    if wide:
        heads = (f"into {middle.name()} →", _IN, -8.0), (f"out of {middle.name()} →", _OUT, 8.0)
        for head, hue, away in heads:
            long, x = marks.text_width(head, bold=True), layout.x(0) + away
            canvas.text(x, y + 8, head, "right" if away < 0 else "left", bold=True)
            canvas.area(x - long if away < 0 else x, y + 18, long, 3, Fill(hue))
        y += 34
    return layout.chart(y)


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
    left = 0.0 if math.isnan(total) else total
    rungs = []
    for rung in ("paid", "binding", "announced"):
        part = min(marks.span((marks.amount(row.get(f"{side}_{rung}")), 0.0)), left)
        rungs.append((rung, part))
        left -= part
    rest = high if math.isnan(total) else left if left > 1e-9 else 0.0
    low = 0.0 if math.isnan(low) else low
    return _Side(
        total, low, high, (*rungs, ("high" if math.isnan(total) else "intended", rest)), as_range
    )


def _or_infinite(value: float) -> float:
    return math.inf if math.isnan(value) else value


def _mirrored(partner: _Partner) -> Row:
    """In to the left of the axis and out to its right, with the round trip on both sides below."""
    came = stacked(partner.came.rungs, _IN, _BAR, -1)
    bars = [*came, *stacked(partner.goes.rungs, _OUT, _BAR)]
    both = Lane(bars, partner.goes.label, partner.came.label, tip=partner.tip(), tall=_BAR + 2)
    # Where the larger side has passed what comes back, a tick cuts its bar.
    side = 1 if partner.goes.total >= partner.came.total else -1
    return Row(partner.name, [both, _round_trip(partner, -1, side, "M0,-26V2")])


def _one_below_the_other(partner: _Partner) -> Row:
    """In, out and the round trip, all from the left."""
    lanes = [
        Lane(
            stacked(side.rungs, hue, _BAR),
            f"{word} {side.label}",
            tip=partner.tip(),
            tall=_BAR + 2,
        )
        for side, hue, word in ((partner.came, _IN, "in"), (partner.goes, _OUT, "out"))
    ]
    return Row(partner.name, [*lanes, _round_trip(partner, 0, 1, "M0,-48V2")])


def _together(partners: Sequence[_Partner]) -> Row:
    """What comes in from several partners and goes out to them; no round trip is shared."""
    lanes = []
    for hue, word, sides in (
        (_IN, "in", [partner.came for partner in partners]),
        (_OUT, "out", [partner.goes for partner in partners]),
    ):
        sums: dict[str, float] = {}
        for rung, part in (one for side in sides for one in side.rungs if one[1] > 0):
            sums[rung] = sums.get(rung, 0.0) + part
        low = sum(side.low for side in sides)
        label = usd_bn_known(math.nan, low, sum(side.high for side in sides))
        bars = stacked(list(sums.items()), hue, _BAR)
        lanes.append(Lane(bars, f"{word} {label}", tip=f"{word} {label}", tall=_BAR + 2))
    return Row(f"{len(partners)} more partners", lanes)


def _round_trip(partner: _Partner, start: int, side: int, tick: str) -> Lane:
    """What comes back as a thin bar from `start` times it, with a tick at one side's end."""
    back = partner.round_trip
    found: list[Mark] = []
    if back > 0:
        found = [
            bar(start * back, back, Fill(theme.ROUND_TRIP), 5),
            dot(side * back, tick, stroke=theme.ROUND_TRIP, thickness=2, radius=1),
        ]
    return Lane(
        found,
        partner.round_label,
        tip=partner.tip(),
        tall=marks.LINE,
        size=marks.SMALL,
        bold=back > 0,
    )
