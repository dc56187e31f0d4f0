"""The timeline: one lane a deal, each mark on the day on which its step became known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from tightrope.charts import legend, marks, theme
from tightrope.charts.lanes import Lane, Mark, Row, Upright, signs
from tightrope.charts.marks import Canvas, Drawing
from tightrope.charts.rows import Rows
from tightrope.units import day, usd_bn

RADIUS = 5.2
"""Of a mark, in pixels."""
STEP = 2 * RADIUS + 2.2
"""Distance of two marks that would touch: so much higher the second stands."""
_MOST_LABELS = 3
_NAMES, _INSET = 190.0, 10.0


class Kind(NamedTuple):
    """How a kind of step is drawn: an outline, how dense its filling is, its dashes, its line."""

    outline: str
    opacity: float
    words: str
    dash: Sequence[float] = ()
    thickness: float = 1.6


_RING = marks.circle(RADIUS)
_CROSS = "M-4,-4L4,4M-4,4L4,-4"
MARKS = {
    "talked about": Kind(_RING, 0.0, "talked about"),
    "letter": Kind(_RING, 0.0, "letter of intent", dash=(2.5, 2)),
    "signed": Kind(_RING, theme.BINDING_OPACITY, "signed"),
    "paid": Kind(_RING, 1.0, "paid"),
    "ended": Kind(_CROSS, 0.0, "cancelled or replaced", thickness=2.2),
}
KIND_OF = {
    "estimated": "talked about",
    "reported": "talked about",
    "announced": "talked about",
    "letter_of_intent": "letter",
    "binding": "signed",
    "paid": "paid",
    "cancelled": "ended",
    "replaced": "ended",
}
"""How a status of the deal data is drawn."""


def timeline(events: pd.DataFrame, width: int) -> Drawing:
    """One lane a deal, in the order in which they began; time runs to the right.

    Columns: deal (name), known_on (date), status (as in the deal data), amount and
    amount_low_usd_bn (USD billion or missing), label (what to write at the mark; "" writes the
    amount), direction (for the hue). Each mark stands on its day; marks that would touch stand one
    above the other. The largest amounts of a lane are written below it, at most three. Returns a
    chart `width` wide.
    """
    canvas, steps = Canvas(width), placed(events)
    first = pd.Timestamp(steps.known_on.min().year, 1, 1)
    last = max(steps.known_on.max() + pd.Timedelta(days=30), pd.Timestamp(first.year, 4, 1))
    steps = steps.assign(at=(steps.known_on - first).dt.days)
    begins = {
        (begun - first).days: f"{begun:%Y}" if begun.month == 1 else f"{begun:%b}"
        for begun in pd.date_range(first, last, freq="QS")
    }
    end = (last - first).days
    beside = _NAMES + 14 if marks.is_wide(width) else 0.0
    apart = STEP * end / (width - 2 * _INSET - beside)
    rows = [
        Row(str(deal), [_lane(lane, end, apart)], bold=not marks.is_wide(width))
        for deal, lane in steps.groupby("deal", sort=False)
    ]
    grid = [Upright(begun, theme.GRID_OPACITY, z=-1) for begun in begins]
    layout = Rows(canvas, rows, names=_NAMES, span=(0, end), inset=_INSET, uprights=grid)
    key = {
        kind.words: _step(name, theme.INK, 0.5)
        for name, kind in MARKS.items()
        if steps.kind.eq(name).any()
    }
    y = legend.legend(canvas, steps.direction, (), signs(canvas, key) - 6)
    return layout.chart(layout.ticks(y + 6, begins))


def placed(events: pd.DataFrame) -> pd.DataFrame:
    """The steps in the order of their days, with `kind` and `tip`; `label` is what to write.

    A payment that may be zero is talked about. What is surer stands above what else became known
    on that day.
    """
    may_be_nothing = events.status.eq("paid") & events.amount_low_usd_bn.eq(0)
    kinds = events.status.map(KIND_OF).mask(may_be_nothing, "talked about")
    has_label = events.label.ne("") | events.amount.isna()
    steps = events.assign(
        known_on=pd.to_datetime(events.known_on),
        kind=pd.Categorical(kinds, list(MARKS)),
        label=events.label.where(has_label, events.amount.map(usd_bn)),
    ).sort_values(["known_on", "kind"], kind="stable")
    tips = [
        f"{day(step.known_on)}: {step.deal}, {MARKS[step.kind].words} {step.label}".rstrip()
        for step in steps.itertuples()
    ]
    return steps.assign(tip=tips)


def levels(places: Sequence[float], gap: float) -> list[int]:
    """On which level each mark stands so that those of one level are `gap` apart.

    `places` are the marks' x, from left to right. A mark takes the lowest free level.
    """
    ends: list[float] = []
    found = []
    for place in places:
        free = [level for level, end in enumerate(ends) if place - end >= gap]
        level = free[0] if free else len(ends)
        ends[level : level + 1] = [place]
        found.append(level)
    return found


def _step(kind: str, hue: str, at: float, up: float = 0, tip: str = "") -> Mark:
    """The mark of a kind of step at a day, so many pixels above the middle of its lane."""
    look = MARKS[kind]

    def draw(canvas: Canvas, x: Callable[[float], float], middle: float, _: str) -> None:
        filling = hue if look.opacity else None
        style = filling, hue, look.opacity, look.thickness, look.dash
        canvas.symbol(x(at), middle - up, look.outline, *style, tip)

    return Mark(at, at, draw, RADIUS)


def _lane(steps: pd.DataFrame, end: float, apart: float) -> Lane:
    """The line of a deal up to the day `end`, its marks above, and its largest sums below."""
    stand = levels(steps["at"].tolist(), apart)
    sums = steps[steps.label.ne("")].sort_values("amount", ascending=False, kind="stable")
    below = 22.0 if len(sums) else 4.0
    tall = max(stand) * STEP + 2 * RADIUS + 2 + below

    def draw(canvas: Canvas, x: Callable[[float], float], middle: float, _: str) -> None:
        line = middle + tall / 2 - below
        canvas.line([(x(0), line), (x(end), line)], opacity=0.35)
        _sums(canvas, sums.drop_duplicates("label"), x, line)

    lowest = below - tall / 2 + RADIUS + 1
    found = [
        _step(step.kind, marks.HUES[step.direction], step.at, lowest + level * STEP, step.tip)
        for level, step in zip(stand, steps.itertuples(), strict=True)
    ]
    return Lane([Mark(0, end, draw), *found], tall=tall)


def _sums(canvas: Canvas, sums: pd.DataFrame, x: Callable[[float], float], line: float) -> None:
    """Write what has room below the line, the first ones first, with a tick on their day."""
    taken: list[tuple[float, float]] = []
    for place, text in zip(sums["at"].map(x), sums.label, strict=True):
        half = marks.text_width(text, marks.SMALL) / 2
        middle = min(max(place, x(0) - _INSET + half), canvas.width - half)
        is_free = all(abs(middle - other) > half + wide + 6 for other, wide in taken)
        if is_free and len(taken) < _MOST_LABELS:
            canvas.line([(place, line), (place, line + 5)])
            canvas.text(middle, line + 14, text, "center", marks.SMALL)
            taken.append((middle, half))
