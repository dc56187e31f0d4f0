"""The timeline: one lane a deal, one mark an event, as it became known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.lanes import signs
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import day, usd_bn

_RADIUS = 6.0
_HALF = f"M0,{-_RADIUS}A{_RADIUS},{_RADIUS},0,0,0,0,{_RADIUS}Z"
_QUESTION = "M-3.8,-3.6C-3.8,-8.6,4,-8.6,4,-3.6C4,-0.4,0,-0.6,0,2.8M-1.1,6.2L1.1,6.2"


class Mark(NamedTuple):
    """How a status is drawn: an outline, what is filled of it, and whether the line is dashed."""

    outline: str
    filled: str
    dashed: bool
    words: str


MARKS = {
    "estimated": Mark(_QUESTION, "", True, "our estimate"),
    "reported": Mark(_QUESTION, "", False, "reported"),
    "letter_of_intent": Mark(marks.circle(_RADIUS), "", True, "letter of intent"),
    "announced": Mark(marks.circle(_RADIUS), "", False, "announced"),
    "binding": Mark(marks.circle(_RADIUS), _HALF, False, "binding"),
    "paid": Mark(marks.circle(_RADIUS), marks.circle(_RADIUS), False, "paid"),
    "cancelled": Mark(marks.cross(5), "", False, "cancelled"),
    "replaced": Mark(marks.cross(5) + "M-7,0L7,0", "", False, "replaced"),
}
_ORDER = {status: place for place, status in enumerate(MARKS)}


@dataclass
class _Event:
    x: float
    status: str
    amount: float
    label: str
    tip: str
    hue: str


def timeline(events: pd.DataFrame, width: int) -> Drawing:
    """One lane a deal, in the order in which they began; time runs to the right.

    Columns: deal (name), known_on (date), status (as in the deal data), amount (USD billion or
    missing), label (what to write at the mark; "" writes the amount where there is room, largest
    first); optional direction for the hue. Marks that would cover each other move apart; steps of
    payment that would are drawn as one. With a column amount_low_usd_bn, a
    payment that may be zero is drawn as reported. Returns a chart `width` wide.
    """
    frame = events.assign(known_on=pd.to_datetime(events.known_on)).sort_values(
        "known_on", kind="stable"
    )
    canvas = Canvas(width)
    wide = marks.is_wide(width)
    used = [status for status in MARKS if status in set(frame.status)]
    top = signs(canvas, {MARKS[status].words: partial(_sign, canvas, status) for status in used})
    if "direction" in frame:
        hues = set(frame.direction)
        items = [
            (words, Fill(marks.HUES[name]))
            for name, words in theme.DIRECTIONS.items()
            if name in hues
        ]
        top = marks.key(canvas, items, 0, top - 4)
    names = marks.column_width(frame.deal.astype(str), 190) if wide else 0.0
    left, right = (names + 20 if wide else 12.0), float(width) - 14
    first = pd.Timestamp(frame.known_on.min().year, 1, 1)
    last = frame.known_on.max() + pd.Timedelta(days=30)
    scale = (right - left) / max((last - first).days, 1)
    lanes = [(str(name), lane) for name, lane in frame.groupby("deal", sort=False)]
    names_of = [marks.wrap(name, names if wide else width, 2, bold=not wide) for name, _ in lanes]
    heights = [42.0 if wide else 42.0 + marks.LINE * len(lines) for lines in names_of]
    bottom = top + 24 + sum(heights)
    _years(canvas, first, last, left, scale, top, bottom)
    ceiling = top + 24
    for (_, lane), lines, tall in zip(lanes, names_of, heights, strict=True):
        middle = ceiling + tall - 12
        centre = middle if wide else ceiling + 2 + len(lines) * marks.LINE / 2
        marks.block(canvas, 0, centre, lines, bold=not wide)
        found = _apart(_events(lane, first, left, scale), right)
        if len(found) > 1:
            canvas.line([(found[0].x, middle), (found[-1].x, middle)], opacity=0.35)
        for event in found:
            draw(canvas, event.x, middle, event.status, event.hue, event.tip)
        _labels(canvas, found, middle - 17, 0 if not wide else left - 10)
        ceiling += tall
    return canvas.chart(bottom + 6)


def draw(canvas: Canvas, x: float, y: float, status: str, hue: str, tip: str = "") -> None:
    """The mark of a status around (x, y)."""
    mark = MARKS[status]
    if mark.filled:
        canvas.symbol(x, y, mark.filled, hue, tip=tip, z=1)
    thickness = 2.2 if status in {"estimated", "reported", "cancelled", "replaced"} else 1.6
    dash = [2.5, 2] if mark.dashed else []
    canvas.symbol(x, y, mark.outline, None, hue, thickness=thickness, dash=dash, tip=tip, z=1)


def _sign(canvas: Canvas, status: str, x: float, y: float) -> None:
    draw(canvas, x, y, status, theme.INK)


def _years(
    canvas: Canvas,
    first: pd.Timestamp,
    last: pd.Timestamp,
    left: float,
    scale: float,
    top: float,
    bottom: float,
) -> None:
    """Years across the lanes; quarters between them where there is room."""
    months = 3 if scale * 365 >= 220 else 12
    days = pd.date_range(first, last, freq=f"{months}MS")
    ends = [*(left + (when - first).days * scale for when in days[1:]), float(canvas.width)]
    for when, end in zip(days, ends, strict=True):
        x = left + (when - first).days * scale
        canvas.line([(x, top + 18), (x, bottom)], opacity=theme.GRID_OPACITY)
        words = str(when.year) if when.month == 1 else f"{when:%b}"
        # A year of which only some weeks are drawn has no room for its name.
        short = f"’{when.year % 100:02d}" if when.month == 1 else ""
        for word in (words, short):
            if end - x >= marks.text_width(word, marks.SMALL):
                canvas.text(x + 2, top + 8, word, "left", marks.SMALL)
                break


def _events(lane: pd.DataFrame, first: pd.Timestamp, left: float, scale: float) -> list[_Event]:
    rows = sorted(
        marks.records(lane), key=lambda row: (row["known_on"], _ORDER[str(row["status"])])
    )
    found: list[_Event] = []
    for row in rows:
        amount = marks.amount(row.get("amount"))
        words = row.get("label")
        label = words if isinstance(words, str) and words else ""
        written = "" if pd.isna(amount) else usd_bn(amount)
        status = str(row["status"])
        if status == "paid" and marks.amount(row.get("amount_low_usd_bn")) == 0:
            status = "reported"  # a payment that may be nothing is a report, not a payment
        tip = f"{row['deal']}: {MARKS[status].words} {written}, {day(row['known_on'])}"
        hue = marks.HUES[str(row.get("direction", ""))]
        x = left + (row["known_on"] - first).days * scale
        merges = found and found[-1].status == status and x - found[-1].x < 2 * _RADIUS
        if merges and not (found[-1].label and label):
            found.pop()
        found.append(_Event(x, status, amount, label or written, tip, hue))
    return found


def _apart(events: list[_Event], right: float) -> list[_Event]:
    places = marks.spread([event.x for event in events], 2 * _RADIUS + 2, 0, right)
    for event, x in zip(events, places, strict=True):
        event.x = x
    return events


def _labels(canvas: Canvas, events: list[_Event], y: float, left: float) -> None:
    """Write the labels above their marks, largest first; one that finds no room is left out."""
    taken: list[tuple[float, float]] = []
    written: set[str] = set()
    for event in sorted(events, key=lambda event: -marks.span((event.amount, 0))):
        if not event.label or event.label in written:
            continue
        long = marks.text_width(event.label, marks.SMALL)
        for shift in (0.0, 0.35, -0.35, 0.5, -0.5):
            start = event.x + (shift - 0.5) * long
            start = min(max(start, left), canvas.width - long)
            if all(start > end + 5 or start + long < begin - 5 for begin, end in taken):
                canvas.text(start + long / 2, y, event.label, "center", marks.SMALL)
                taken.append((start, start + long))
                written.add(event.label)
                break
