"""Two-sided bars: what came in from a partner, what goes out to it, and what comes back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tightrope.charts import legend, marks, middle, theme
from tightrope.charts.lanes import Lane, Row, Upright, bar, dot, rungs_of, stacked
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.phone import held
from tightrope.charts.rows import Rows
from tightrope.units import usd_bn_known, usd_bn_range

_BAR = 20.0
_STEPS = ("paid", "binding", "announced")
_NOTHING = 1e-9
_IN, _OUT = theme.INTO_OPENAI, theme.OUT_OF_OPENAI


class _Side(NamedTuple):
    """One side of a partner: the amount, its range, and how much of it stands on which rung."""

    total: float
    low: float
    high: float
    rungs: Mapping[str, float]

    @property
    def label(self) -> str:
        return usd_bn_known(math.nan, self.low, self.high)


class _Partner(NamedTuple):
    name: str
    came: _Side
    goes: _Side

    @property
    def back(self) -> str:
        """The round trip in words: the smaller of the two sides."""
        low = min(self.came.low, self.goes.low)
        high = float(np.fmin(self.came.high, self.goes.high))
        return f"round trip {usd_bn_range(low, high)}" if high else "no round trip"

    @property
    def tip(self) -> str:
        return f"{self.name}: in {self.came.label}, out {self.goes.label}, {self.back}"


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
    partners = [
        _Partner(str(row["party"]), _side(row, "in"), _side(row, "out"))
        for row in marks.records(table)
    ]
    partners.sort(key=lambda one: -sum(one.came.rungs.values()) - sum(one.goes.rungs.values()))
    return held(lambda count: _drawn(partners[:count], partners[count:], width), len(partners))


def _side(row: Mapping[str, Any], side: str) -> _Side:
    total, low, high, *steps = (
        marks.amount(row.get(column))
        for column in (f"paid_{side}", *(f"{side}_{part}" for part in ("low", "high", *_STEPS)))
    )
    rungs = {rung: marks.span([step]) for rung, step in zip(_STEPS, steps, strict=True)}
    if math.isnan(total):
        return _Side(total, marks.span([low]), high, {"high": marks.span([high])})
    left = total - sum(rungs.values())
    rungs["intended"] = left if left > _NOTHING else 0.0
    return _Side(total, *((low, high) if row.get("as_range") else (total, total)), rungs)


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


def _mirrored(partner: _Partner) -> Row:
    """In to the left of the axis and out to its right, with the round trip on both sides below."""
    came, goes = partner.came, partner.goes
    bars = [
        *stacked(came.rungs.items(), _IN, _BAR, -1),
        *stacked(goes.rungs.items(), _OUT, _BAR),
    ]
    both = Lane(bars, goes.label, came.label, tip=partner.tip, tall=_BAR + 2)
    # Where the larger side has passed what comes back, a tick cuts its bar.
    side = 1 if goes.total >= came.total else -1
    return Row(partner.name, [both, _round_trip(partner, -1, side, "M0,-26V2")])


def _one_below_the_other(partner: _Partner) -> Row:
    """In, out and the round trip, all from the left."""
    lanes = _lanes(partner.came, partner.goes, partner.tip)
    return Row(partner.name, [*lanes, _round_trip(partner, 0, 1, "M0,-48V2")])


def _together(partners: Sequence[_Partner]) -> Row:
    """What comes in from several partners and goes out to them; no round trip is shared."""
    came, goes = (
        _Side(
            math.nan,
            sum(side.low for side in sides),
            sum(side.high for side in sides),
            dict(pd.DataFrame([side.rungs for side in sides]).sum()),
        )
        for sides in zip(*((one.came, one.goes) for one in partners), strict=True)
    )
    return Row(f"{len(partners)} more partners", _lanes(came, goes))


def _lanes(came: _Side, goes: _Side, tip: str = "") -> list[Lane]:
    """A lane for what came in and one for what goes out; without a tip each says its own words."""
    lanes = []
    for side, hue, word in ((came, _IN, "in"), (goes, _OUT, "out")):
        bars, words = stacked(side.rungs.items(), hue, _BAR), f"{word} {side.label}"
        lanes.append(Lane(bars, words, tip=tip or words, tall=_BAR + 2))
    return lanes


def _round_trip(partner: _Partner, start: int, side: int, tick: str) -> Lane:
    """What comes back as a thin bar from `start` times it, with a tick at one side's end."""
    back = float(np.minimum(partner.came.total, partner.goes.total))
    found = [
        bar(start * back, back, Fill(theme.ROUND_TRIP), 5),
        dot(side * back, tick, stroke=theme.ROUND_TRIP, thickness=2, radius=1),
    ]
    is_some = back > 0
    return Lane(
        found if is_some else [],
        partner.back,
        tip=partner.tip,
        tall=marks.LINE,
        size=marks.SMALL,
        bold=is_some,
    )
