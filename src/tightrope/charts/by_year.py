"""Money by year, plans by vintage, and sums side by side with their range."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from tightrope.charts import marks, theme
from tightrope.charts.marks import Canvas, Drawing, Fill
from tightrope.units import UNKNOWN, usd_bn, usd_bn_and_range, usd_bn_short

UNDATED = "undated"
_Stack = list[tuple[str, float]]


def bars_by_year(table: pd.DataFrame, width: int, colours: Mapping[str, str | Fill]) -> Drawing:
    """Stacked columns a year (wide) or stacked bars a year (narrow); negatives beyond zero.

    Columns: year (missing: drawn last as "undated"), series (name), amount (USD billion, may be
    negative; missing is written "+ ?", not drawn). `colours` gives each series its hue, or a
    `Fill` of hue and rung, and the order of stacking from zero outwards; every series must be in
    it (KeyError).
    Years between the first and the last are drawn even if empty. Returns a chart `width` wide.
    """
    fills = {name: Fill(fill) if isinstance(fill, str) else fill for name, fill in colours.items()}
    unknown = set(table.series) - set(fills)
    if unknown:
        raise KeyError(f"no colour for the series {', '.join(sorted(map(str, unknown)))}")
    years, stacks = _stacks(table, list(fills))
    canvas = Canvas(width)
    present = [name for name in fills if name in set(table.series)]
    y = 0.0
    if len(present) > 1:
        # The order says which is which to those who cannot tell the hues apart.
        canvas.text(0, 9, "From zero outwards:", size=marks.SMALL)
        side = marks.text_width("From zero outwards:", marks.SMALL) + 8
        wide = marks.is_wide(width)
        items = [(name, fills[name]) for name in present]
        y = marks.key(canvas, items, side if wide else 0, 0 if wide else 20)
    if marks.is_wide(width):
        return _columns(canvas, years, stacks, fills, y + 4)
    return _bars(canvas, years, stacks, fills, y)


def _stacks(table: pd.DataFrame, order: list[str]) -> tuple[list[str], list[_Stack]]:
    frame = table.assign(year=table.year.astype("Int64"), amount=table.amount.astype("float64"))
    summed = frame.groupby(["year", "series"], dropna=False, as_index=False).agg(
        amount=("amount", lambda part: part.sum(min_count=1))
    )
    dated = frame.year.dropna()
    found: list[Any] = list(range(int(dated.min()), int(dated.max()) + 1)) if len(dated) else []
    found += [pd.NA] if frame.year.isna().any() else []
    amounts = {
        (UNDATED if pd.isna(row["year"]) else str(row["year"]), str(row["series"])): float(
            row["amount"]
        )
        for row in marks.records(summed)
    }
    years = [UNDATED if pd.isna(year) else str(year) for year in found]
    return years, [
        [(name, amounts[year, name]) for name in order if (year, name) in amounts] for year in years
    ]


def _sides(stack: _Stack) -> tuple[float, float]:
    """What a stack adds up to above zero and (negative) below it."""
    known = [amount for _, amount in stack if not math.isnan(amount)]
    return sum(a for a in known if a > 0), sum(a for a in known if a < 0)


def _totals(stack: _Stack) -> tuple[str, str]:
    """Labels for the two ends of a stack: above zero and below it."""
    above, below = _sides(stack)
    missing = any(math.isnan(amount) for _, amount in stack)
    if not above and not below:
        return (UNKNOWN if missing else "nothing" if stack else "–"), ""
    # The unknown part may be on either side; it is said once.
    upper = usd_bn_short(above, math.nan if missing else above) if above else ""
    lower = usd_bn_short(below, math.nan if missing and not above else below) if below else ""
    return upper, lower


def _columns(
    canvas: Canvas, years: list[str], stacks: list[_Stack], fills: Mapping[str, Fill], y: float
) -> Drawing:
    step = min(canvas.width / len(years), 150.0)
    parts = [
        marks.text_width(usd_bn(amount), marks.SMALL)
        for stack in stacks
        for side in (1, -1)
        for _, amount in _segments(stack, side)
        if len(_segments(stack, side)) > 1
    ]
    # Segments are labelled on their right if the columns leave room for it.
    room = step - max(parts, default=0.0) - 10
    beside = bool(parts) and room >= 18
    column = min(room if beside else step * 0.6, 64.0)
    most = marks.span(_sides(stack)[0] for stack in stacks)
    least = -marks.span(-_sides(stack)[1] for stack in stacks)
    scale = 260.0 / ((most - least) or 1)
    zero = y + 20 + most * scale
    bottom = zero - least * scale + (20 if least else 0)
    for place, (year, stack) in enumerate(zip(years, stacks, strict=True)):
        x = place * step + (2 if beside else (step - column) / 2)
        ends = [
            _column(canvas, (x, zero, column), _segments(stack, side), fills, scale, year, beside)
            for side in (1, -1)
        ]
        upper, lower = _totals(stack)
        for text, at, bold in (
            (upper, ends[0] - 10, bool(parts)),
            (lower, ends[1] + 11, bool(parts)),
            (year, bottom + 14, False),
        ):
            if beside:  # each column keeps to its own step
                canvas.text(x, at, text, bold=bold)
            else:
                _centred(canvas, x + column / 2, at, text, bold)
    canvas.line([(0, zero), (step * len(years), zero)], opacity=0.6, z=1)
    return canvas.chart(bottom + 24)


def _segments(stack: _Stack, side: int) -> _Stack:
    """The known parts of a stack above zero (side 1) or below it (side -1)."""
    return [(name, amount) for name, amount in stack if amount * side > 0]


def _column(
    canvas: Canvas,
    place: tuple[float, float, float],
    segments: _Stack,
    fills: Mapping[str, Fill],
    scale: float,
    year: str,
    beside: bool,
) -> float:
    """Draw one side of a column from zero outwards; the height at which it ends."""
    x, zero, column = place
    end = zero
    for name, amount in segments:
        start, end = end, end - amount * scale
        top, tall = min(start, end), max(abs(start - end), 1)
        # A gap parts the segments for those who cannot tell the hues apart.
        gap = 1.0 if tall > 3 and start != zero else 0.0
        label = usd_bn(amount)
        shift = gap if amount < 0 else 0.0
        canvas.area(x, top + shift, column, tall - gap, fills[name], f"{year}, {name}: {label}")
        if beside and len(segments) > 1 and tall >= marks.SMALL:
            canvas.text(x + column + 4, top + tall / 2, label, size=marks.SMALL)
    return end


def _centred(canvas: Canvas, x: float, y: float, text: str, bold: bool) -> None:
    """Text centred on `x`, moved inwards where it would leave the canvas."""
    half = marks.text_width(text, bold=bold) / 2
    canvas.text(min(max(x, half), canvas.width - half), y, text, "center", bold=bold)


def _bars(
    canvas: Canvas, years: list[str], stacks: list[_Stack], fills: Mapping[str, Fill], y: float
) -> Drawing:
    left = marks.column_width(years, 80) + 10
    totals = [_totals(stack) for stack in stacks]
    gap = 5
    # Every bar must leave room for the label at its end, on either side of zero.
    before = [
        (-_sides(stack)[1], marks.text_width(lower) + 2 * gap if lower else 0.0)
        for stack, (_, lower) in zip(stacks, totals, strict=True)
    ]
    after = [
        (_sides(stack)[0], marks.text_width(upper) + gap)
        for stack, (upper, _) in zip(stacks, totals, strict=True)
    ]
    scale = min(
        (
            (canvas.width - left - label_a - label_b) / (a + b)
            for a, label_a in before
            for b, label_b in after
            if a + b > 0
        ),
        default=0.0,
    )
    zero = max(left + label + amount * scale for amount, label in before)
    top = y
    for year, stack, (upper, lower) in zip(years, stacks, totals, strict=True):
        canvas.text(0, y + 11, year)
        ends = {1: zero, -1: zero}
        for name, amount in stack:
            if math.isnan(amount) or amount == 0:
                continue
            side = 1 if amount > 0 else -1
            start, ends[side] = ends[side], ends[side] + amount * scale
            tip = f"{year}, {name}: {usd_bn(amount)}"
            left_end, long = min(start, ends[side]), abs(amount * scale)
            gap_before = 1.0 if long > 3 and start != zero else 0.0
            canvas.area(
                left_end + (gap_before if side > 0 else 0),
                y + 2,
                long - gap_before,
                18,
                fills[name],
                tip,
            )
        canvas.text(ends[1] + gap, y + 11, upper)
        if lower:
            canvas.text(ends[-1] - gap, y + 11, lower, "right")
        y += 28
    canvas.line([(zero, top), (zero, y - 6)], opacity=0.6, z=1)
    return canvas.chart(y - 4)


_DASHES: list[list[float]] = [[], [7, 3], [2, 3], [7, 3, 2, 3], [12, 4]]


def lines_by_year(
    table: pd.DataFrame, width: int, colours: Mapping[str, str] | None = None
) -> Drawing:
    """A line for each vintage of a plan, named at its end; zero is marked.

    Columns: series (name), year, amount (USD billion, may be negative; missing breaks the line);
    optional vintage (sortable, such as the date of the plan): the newest is drawn thick and solid,
    older ones thinner and dashed, each in its own way. `colours` may give hues by series, else
    all are in the page's ink. Returns a chart `width` wide.
    """
    frame = table.assign(amount=table.amount.astype("float64"), year=table.year.astype(int))
    wide = marks.is_wide(width)
    names = _by_age(frame)
    canvas = Canvas(width)
    labels = 170.0 if wide else 96.0
    low = min(float(frame.amount.min()), 0.0) if frame.amount.notna().any() else 0.0
    marked = marks.ticks(low, marks.span((*frame.amount, 0.0)), 5)
    words = marks.tick_labels(marked)
    left = max(marks.text_width(word, marks.SMALL, bold=True) for word in words) + 8
    right, top, bottom = width - labels, 12.0, 300.0 if wide else 260.0
    years = range(int(frame.year.min()), int(frame.year.max()) + 1)
    across = (right - left - 12) / max(len(years) - 1, 1)
    up = (bottom - top) / ((marked[-1] - marked[0]) or 1)

    def height(amount: float) -> float:
        return bottom - (amount - marked[0]) * up

    for tick, word in zip(marked, words, strict=True):
        heavy = abs(tick) < 1e-9
        shade = 0.7 if heavy else theme.GRID_OPACITY
        canvas.line([(left, height(tick)), (right, height(tick))], opacity=shade)
        canvas.text(left - 6, height(tick), word, "right", marks.SMALL, bold=heavy)
    every = math.ceil(36 / across) if across < 36 else 1
    for place, year in enumerate(years):
        if place % every == 0:
            x = left + 6 + place * across
            canvas.text(x, bottom + 16, str(year), "center", marks.SMALL)
    ends: list[tuple[float, float, list[str], bool]] = []
    for age, name in enumerate(names):
        line = frame[frame.series.astype(str).eq(name)].sort_values("year", kind="stable")
        points = [
            (left + 6 + (row["year"] - years[0]) * across, height(row["amount"]), row)
            for row in marks.records(line)
        ]
        hue = (colours or {}).get(name, theme.INK)
        thick = 3.0 if age == 0 else 1.8
        dash = _DASHES[age % len(_DASHES)]
        for part in _unbroken([(x, y) for x, y, _ in points]):
            canvas.line(part, hue, thick, dash=dash, tip=name)
        known = [point for point in points if not math.isnan(point[1])]
        for x, y, row in known:
            tip = f"{name}, {row['year']}: {usd_bn(row['amount'])}"
            canvas.symbol(x, y, marks.circle(3.2 if age == 0 else 2.4), hue, tip=tip)
        if known:
            x, y, row = known[-1]
            lines = [
                *marks.wrap(name, labels - 10, 3, marks.SMALL, bold=age == 0),
                usd_bn(row["amount"]),
            ]
            ends.append((x, y, lines, age == 0))
        else:
            lines = marks.wrap(f"{name}: {UNKNOWN}", labels - 10, 3, marks.SMALL)
            ends.append((right, height(0), lines, False))
    deepest = _end_labels(canvas, ends, right, top)
    return canvas.chart(max(bottom + 26, deepest))


def _by_age(frame: pd.DataFrame) -> list[str]:
    """Series from the newest vintage to the oldest, or in the order of the table."""
    if "vintage" not in frame:
        return [str(name) for name in dict.fromkeys(frame.series)]
    newest = frame.groupby("series", sort=False).vintage.max()
    return [str(name) for name in newest.sort_values(ascending=False, kind="stable").index]


def _unbroken(points: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    parts: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if math.isnan(point[1]):
            parts.append([])
        else:
            parts[-1].append(point)
    return [part for part in parts if len(part) > 1]


def _end_labels(
    canvas: Canvas, ends: list[tuple[float, float, list[str], bool]], right: float, top: float
) -> float:
    """Write names at the ends of the lines, pushed down where they would overlap."""
    floor = 0.0
    for x, y, lines, bold in sorted(ends, key=lambda end: end[1]):
        half = len(lines) * marks.LINE / 2
        middle = max(y, floor + half, top - 6 + half)
        canvas.line([(x + 5, y), (right, y), (right + 5, middle)], opacity=0.35)
        marks.block(canvas, right + 8, middle, lines, size=marks.SMALL, bold=bold)
        floor = middle + half + 3
    return floor


def dumbbell(table: pd.DataFrame, width: int) -> Drawing:
    """Sums side by side: a dot at the value, a bar from low to high, sorted by value.

    Columns: label, value, low, high (USD billion, each may be missing), optional direction for
    the hue ("in", "out", "onward", "borrowed"). The scale starts at zero, or below it where a sum
    is negative. Returns a chart `width` wide.
    """
    rows = sorted(marks.records(table), key=lambda row: -_reach(row)[1])
    wide = marks.is_wide(width)
    canvas = Canvas(width)
    names = marks.column_width((str(row["label"]) for row in rows), 190) if wide else 0.0
    left = names + 18 if wide else 8.0
    low = min(min((_reach(row)[0] for row in rows), default=0.0), 0.0)
    high = marks.span((*(_reach(row)[1] for row in rows), 0.0))
    texts = [_sum_label(row) for row in rows]
    scale = min(
        (
            (width - left - (marks.text_width(text) + 14 if wide else 10))
            / ((_reach(row)[1] - low) or 1)
            for row, text in zip(rows, texts, strict=True)
            if high > low
        ),
        default=0.0,
    )
    zero = left - low * scale
    y = 4.0
    for row, text in zip(rows, texts, strict=True):
        bold = not wide
        lines = marks.wrap(str(row["label"]), names if wide else width, 2, bold=bold)
        deep = (len(lines) - 1) * marks.LINE
        if not wide:
            marks.block(canvas, 0, y + 8 + deep / 2, lines, bold=True)
            y += 18 + deep
        middle = y + 10 + (deep / 2 if wide else 0)
        if wide:
            marks.block(canvas, 0, middle, lines)
        end = _range(canvas, row, zero, scale, middle)
        if wide:
            canvas.text(end + 10, middle, text)
            y += 32 + deep
        else:
            known = text != UNKNOWN
            if known:  # a line through all rows would cross their names
                canvas.line([(zero, middle - 8), (zero, middle + 8)], opacity=0.6)
            canvas.text(0, middle + (18 if known else -2), text)
            y += 50 if known else 30
    if wide:
        canvas.line([(zero, 0), (zero, y - 8)], opacity=0.6)
    return canvas.chart(y - 4)


def _range(
    canvas: Canvas, row: Mapping[str, Any], zero: float, scale: float, middle: float
) -> float:
    """The range and the dot of one sum; where they end on the right."""
    hue = marks.HUES[str(row.get("direction", ""))]
    value, low, high = (marks.amount(row.get(name)) for name in ("value", "low", "high"))
    tip = f"{row['label']}: {_sum_label(row)}"
    end = zero
    if not (math.isnan(low) or math.isnan(high)) and high > low:
        start, end = zero + low * scale, zero + high * scale
        canvas.area(start, middle - 4, end - start, 8, Fill(hue, "high"), tip)
        if start > zero:
            canvas.line([(zero, middle), (start, middle)], opacity=0.3)
    if not math.isnan(value):
        x = zero + value * scale
        if end == zero:
            canvas.line([(zero, middle), (x, middle)], opacity=0.3)
        canvas.symbol(x, middle, marks.circle(6), hue, tip=tip)
        end = max(end, x + 2)
    return end


def _reach(row: Mapping[str, Any]) -> tuple[float, float]:
    """Smallest and largest amount known of a sum, or zeros."""
    known = [
        number
        for number in (marks.amount(row.get(name)) for name in ("value", "low", "high"))
        if not math.isnan(number)
    ]
    return min(known, default=0.0), max(known, default=0.0)


def _sum_label(row: Mapping[str, Any]) -> str:
    value, low, high = (marks.amount(row.get(name)) for name in ("value", "low", "high"))
    if math.isnan(value) or math.isnan(low) or math.isnan(high) or low == high:
        return marks.written(value, low, high)
    return usd_bn_and_range(value, low, high)
