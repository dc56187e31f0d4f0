"""The timeline: one lane a deal, each mark on the day on which its step became known."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any, NamedTuple

import pandas as pd

from tightrope.charts import marks, middle, theme
from tightrope.charts.day_scale import DayScale, Panel, levels
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.charts.phone import held
from tightrope.units import UNKNOWN, day, number_of, usd_bn

RADIUS = 5.2
"""Of a mark, in pixels."""
STEP = 2 * RADIUS + 2.2
"""Distance of two marks that would touch: so much higher the second stands."""
_MOST_LABELS = 3


class Mark(NamedTuple):
    """How a kind of step is drawn: an outline, how dense its filling is, whether it is dashed."""

    outline: str
    opacity: float
    is_dashed: bool
    words: str


_RING = marks.circle(RADIUS)
MARKS = {
    "talked about": Mark(_RING, 0.0, False, "talked about"),
    "letter": Mark(_RING, 0.0, True, "letter of intent"),
    "signed": Mark(_RING, theme.BINDING_OPACITY, False, "signed"),
    "paid": Mark(_RING, 1.0, False, "paid"),
    "ended": Mark(marks.cross(4), 0.0, False, "cancelled or replaced"),
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
_ORDER = list(MARKS)


def timeline(events: pd.DataFrame, width: int) -> Drawing:
    """One lane a deal, in the order in which they began; time runs to the right.

    Columns: deal (name), known_on (date), status (as in the deal data), amount (USD billion or
    missing), label (what to write at the mark; "" writes the amount); optional direction for the
    hue. Each mark stands on its day: steps of one deal, day, kind and direction share a mark, and
    marks that would touch stand one above the other. The largest amounts of a lane are written
    below it, at most three. With a column amount_low_usd_bn, a payment that may be zero is drawn
    as talked about. On a phone deals with smaller sums are left out where all have no room. Returns
    a chart `width` wide.
    """
    found = placed(events)
    sums = found.groupby("deal", sort=False).amount.max().fillna(0.0)
    largest = list(sums.sort_values(ascending=False, kind="stable").index)

    def draw(count: int) -> Drawing:
        return _drawn(found, set(largest[:count]), width)

    return held(draw, len(largest))


def _drawn(found: pd.DataFrame, kept: Collection[str], width: int) -> Drawing:
    canvas, wide = Canvas(width), marks.is_wide(width)
    names = marks.column_width(found.deal.astype(str), 190) if wide else 0.0
    left, right = (names + 24 if wide else 10.0), float(width) - 14
    scale = DayScale.of(found.known_on, left, right)
    ceiling = _years(canvas, scale, _key(canvas, found))
    begun = ceiling
    for name, lane in found[found.deal.isin(kept)].groupby("deal", sort=False):
        lines = marks.wrap(str(name), names if wide else width, 2, bold=not wide)
        ceiling = _lane(canvas, lane, lines, scale, ceiling, 0.0 if not wide else left - 10)
    _grid(canvas, scale, begun, ceiling)
    if left_out := found.deal.nunique() - len(kept):
        words = f"{number_of(left_out, 'deal')} with smaller sums: see the table"
        canvas.text(0, ceiling + 14, words, size=marks.SMALL)
        ceiling += 20
    return canvas.chart(ceiling + 6)


def placed(events: pd.DataFrame) -> pd.DataFrame:
    """The marks by deal and day: deal, known_on, kind, direction, amount, label, tip.

    `amount` is the largest of the steps that share a mark, in USD billion.
    """
    frame = events.assign(known_on=pd.to_datetime(events.known_on)).sort_values(
        "known_on", kind="stable"
    )
    low = frame.amount_low_usd_bn if "amount_low_usd_bn" in frame else frame.amount
    may_be_nothing = frame.status.eq("paid") & low.eq(0)
    frame = frame.assign(
        kind=frame.status.map(KIND_OF).where(~may_be_nothing, "talked about"),
        direction=frame.direction if "direction" in frame else "",
        lane=frame.groupby("deal", sort=False).ngroup(),
    )
    steps: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in marks.records(frame):
        key = tuple(row[name] for name in ("lane", "known_on", "kind", "direction"))
        steps.setdefault(key, []).append(row)
    shared = [_shared(rows) for rows in steps.values()]
    order = {kind: place for place, kind in enumerate(_ORDER)}
    return pd.DataFrame(shared).sort_values(
        ["lane", "known_on", "kind"],
        key=lambda column: column.map(order) if column.name == "kind" else column,
        kind="stable",
        ignore_index=True,
    )


def _shared(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """One mark for the steps of one deal, day, kind and direction."""
    rows = sorted(steps, key=_size, reverse=True)
    first = rows[0]
    written = [_written(row) for row in rows]
    sums = ", ".join(dict.fromkeys(text for text in written if text))
    more = f" ({number_of(len(rows), 'step')})" if len(rows) > 1 else ""
    words = MARKS[first["kind"]].words
    tip = f"{day(first['known_on'])}: {first['deal']}, {words}{f' {sums}' if sums else ''}{more}"
    return {key: first[key] for key in ("lane", "deal", "known_on", "kind", "direction")} | {
        "amount": marks.amount(first.get("amount")),
        "label": next((text for text in written if text), ""),
        "tip": tip,
    }


def _size(step: dict[str, Any]) -> float:
    amount = marks.amount(step.get("amount"))
    return -math.inf if math.isnan(amount) else amount


def _written(row: dict[str, Any]) -> str:
    label, amount = row.get("label"), marks.amount(row.get("amount"))
    if isinstance(label, str) and label:
        return "" if label == UNKNOWN else label
    return "" if pd.isna(amount) else usd_bn(amount)


def _key(canvas: Canvas, found: pd.DataFrame) -> float:
    """What the marks and the hues mean; the height below."""
    x, y = 8.0, 10.0
    for kind in [one for one in _ORDER if one in set(found.kind)]:
        words = MARKS[kind].words
        needed = 14 + marks.text_width(words, marks.SMALL)
        if x > 8 and x + needed > canvas.width:
            x, y = 8.0, y + 20
        draw(canvas, x, y, kind, theme.INK)
        canvas.text(x + 12, y, words, size=marks.SMALL)
        x += needed + 18
    hues = [
        (words.replace("{focal}", middle.name()), Fill(marks.HUES[name]))
        for name, words in theme.DIRECTIONS.items()
    ]
    used = [
        item
        for item, name in zip(hues, theme.DIRECTIONS, strict=True)
        if name in set(found.direction)
    ]
    return marks.key(canvas, used, 0, y + 20)


def draw(canvas: Canvas, x: float, y: float, kind: str, hue: str, tip: str = "") -> None:
    """The mark of a kind of step around (x, y)."""
    mark = MARKS[kind]
    canvas.symbol(
        x,
        y,
        mark.outline,
        hue if mark.opacity else None,
        hue,
        fill_opacity=mark.opacity,
        thickness=2.2 if kind == "ended" else 1.6,
        dash=[2.5, 2] if mark.is_dashed else [],
        tip=tip,
    )


def _lane(
    canvas: Canvas,
    lane: pd.DataFrame,
    lines: list[str],
    scale: DayScale,
    ceiling: float,
    left: float,
) -> float:
    """A deal below `ceiling`: its name, its line and its marks; the height below."""
    above = 0.0 if marks.is_wide(canvas.width) else marks.LINE * len(lines)
    places = [scale.x(moment) for moment in lane.known_on]
    stand = levels(places, STEP)
    tall = max(max(stand) * STEP + 2 * RADIUS, 16.0)
    line = ceiling + above + tall + 8
    middle = ceiling + marks.LINE * len(lines) / 2 if above else line - RADIUS - 2
    marks.block(canvas, 0, middle, lines, bold=bool(above))
    for panel in scale.panels:
        canvas.line([(panel.left, line), (panel.right, line)], opacity=0.35)
    for x, level, mark in zip(places, stand, lane.itertuples(), strict=True):
        height = line - RADIUS - 1 - level * STEP
        draw(canvas, x, height, str(mark.kind), marks.HUES[str(mark.direction)], str(mark.tip))
    has_labels = _labels(canvas, lane, places, line, left)
    return line + (26 if has_labels else 10)


def _labels(
    canvas: Canvas, lane: pd.DataFrame, places: list[float], line: float, left: float
) -> bool:
    """Write the largest sums below the line, a tick on their day; whether there was one."""
    taken: list[tuple[float, float]] = []
    written: set[str] = set()
    largest = lane.assign(x=places).sort_values("amount", ascending=False, kind="stable")
    for mark in largest.itertuples():
        text, x = str(mark.label), float(str(mark.x))
        if not text or text in written or len(taken) == _MOST_LABELS:
            continue
        long = marks.text_width(text, marks.SMALL)
        starts = (
            min(max(x - share * long, left), canvas.width - long) for share in (0.5, 0.15, 0.85)
        )
        free = [
            s for s in starts if all(s > end + 6 or s + long < begin - 6 for begin, end in taken)
        ]
        if free:
            canvas.line([(x, line), (x, line + 5)])
            canvas.text(free[0] + long / 2, line + 14, text, "center", marks.SMALL)
            taken.append((free[0], free[0] + long))
            written.add(text)
    return bool(taken)


def _years(canvas: Canvas, scale: DayScale, top: float) -> float:
    """The names of the years, and of quarters where there is room; the height below."""
    *early, busy = scale.panels
    for panel in early:
        years = f"{panel.first.year}–{panel.last.year % 100:02d}"
        canvas.text(panel.left, top + 8, years, "left", marks.SMALL)
    days = _ticks(busy)
    ends = [*(busy.x(one) for one in days[1:]), float(canvas.width)]
    for one, end in zip(days, ends, strict=True):
        is_year = one.month == 1
        # A year of which only some weeks are drawn has no room for its name.
        for word in (str(one.year), f"’{one.year % 100:02d}") if is_year else (f"{one:%b}",):
            if end - busy.x(one) >= marks.text_width(word, marks.SMALL):
                canvas.text(busy.x(one) + 2, top + 8, word, "left", marks.SMALL, bold=is_year)
                break
    return top + 20


def _ticks(panel: Panel) -> list[pd.Timestamp]:
    months = 3 if panel.per_day * 365 >= 180 else 12
    return list(pd.date_range(panel.first, panel.last, freq=f"{months}MS"))


def _grid(canvas: Canvas, scale: DayScale, top: float, bottom: float) -> None:
    for panel in scale.panels:
        for one in _ticks(panel):
            x = panel.x(one)
            canvas.line([(x, top), (x, bottom)], opacity=theme.GRID_OPACITY, z=-1)
