"""The skeleton of every chart in rows: a name, what stands on the scale, and words at its end.

On a wide page names stand beside their lanes, on a phone above them. A chart says what its rows
hold; where that stands, how far the scale reaches and where words find room is decided here.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from tightrope.charts import marks, theme
from tightrope.charts.lanes import GAP, Heading, Lane, Row, Upright
from tightrope.charts.marks import LINE, SMALL, Canvas, Drawing

_APART = 14.0
_LEAST = 12.0
"""Pixels that the longest bar keeps however long the words at its ends, which are cut then."""


class Rows:
    """Rows laid out on a canvas: `x` is the scale, `ticks` writes on it, `chart` draws them.

    `names` bounds the column of names in pixels. `span` fixes the values at the ends of the scale;
    without it the scale is the largest with which all words at the ends of lanes find room.
    `aside` puts words into a column at the right, at most that wide, where they are wrapped.
    `by_names` says whether on a phone the words of a row with one lane stand beside its name, or
    below it where most have no room there. `inset` keeps the ends of the scale free for signs.
    `zero` is where lanes without marks stand, `uprights` cross all rows, `gap` parts them.
    """

    def __init__(
        self,
        canvas: Canvas,
        items: Sequence[Row | Heading],
        names: float = 190,
        span: tuple[float, float] | None = None,
        aside: float = 0,
        by_names: bool = True,
        inset: float = 0,
        zero: float = 0,
        uprights: Sequence[Upright] = (),
        gap: float = 12,
    ) -> None:
        """Decide where everything stands; nothing is drawn yet."""
        self.canvas, self._items = canvas, items
        self.wide = marks.is_wide(canvas.width)
        self._by_names = by_names and not self.wide
        self._uprights, self._gap, self._zero, self._aside = uprights, gap, zero, aside
        rows = [row for row in items if isinstance(row, Row)]
        lanes = [(lane, self._heads(row)) for row in rows for lane in row.lanes]
        self._names = max((min(_name_width(row), names) for row in rows), default=0.0)
        self.left = inset + (self._names + _APART if self.wide else 0.0)
        if any(lane.label for lane, _ in lanes):
            self.left += max(marks.text_width(lane.label) for lane, _ in lanes) + 10
        beside = [marks.text_width(lane.words, SMALL) for lane, heads in lanes if not heads]
        self._column = min(max(beside, default=0.0), aside)
        self.right = canvas.width - inset - (self._column + _APART if self._column else 0.0)
        if span:
            self._scale = (self.right - self.left) / (span[1] - span[0])
            self._origin = self.left - span[0] * self._scale
        else:
            self._fit(lanes)
        # Words that mostly do not fit beside the names of a phone stand below all of them.
        fits = [self._fits_on_the_line(row) for row in rows if self._heads(row)]
        self._on_the_line = 2 * sum(fits) > len(fits)
        # Names lead on a phone where something stands below them, and nothing else leads.
        heads = [item for item in items if isinstance(item, Heading)]
        leads = any(row.bold for row in rows) or not all(heading.fill for heading in heads)
        self._strong = not (self.wide or leads or self._on_the_line)

    def _heads(self, row: Row) -> bool:
        """Whether the words of a row stand with its name."""
        lane = row.lanes[0]
        return self._by_names and len(row.lanes) == 1 and not (lane.before or lane.label)

    def _fit(self, lanes: Sequence[tuple[Lane, bool]]) -> None:
        """The most pixels a unit with which the words at both ends of all lanes find room."""
        # With words on both sides neither may take the room of the bars.
        most = self.canvas.width * (0.4 if any(lane.before for lane, _ in lanes) else 1)
        lows, highs = {(self._zero, 0.0)}, {(self._zero, 0.0)}
        for lane, heads in lanes:
            low, high = lane.reach(self._zero)
            lows.add((low, min(lane.room(lane.before), most)))
            highs.add((high, min(lane.room("" if heads or self._aside else lane.words), most)))
        room = self.right - self.left
        scales = [
            max(room - before - after, _LEAST) / (high - low)
            for low, before in lows
            for high, after in highs
            if high > low
        ]
        self._scale = min(scales, default=0.0)
        self._origin = max(self.left + before - low * self._scale for low, before in lows)

    def _size(self, row: Row) -> int:
        return SMALL if self._aside else row.lanes[0].size

    def _fits_on_the_line(self, row: Row) -> bool:
        last = marks.wrap(row.name, self.canvas.width, 3, bold=row.bold)[-1]
        words = marks.text_width(row.lanes[0].words, self._size(row))
        return marks.text_width(last, bold=row.bold) + 12 + words <= self.canvas.width

    def x(self, value: float) -> float:
        """Where a value stands, in pixels from the left."""
        return self._origin + value * self._scale

    def ticks(self, y: float, words: Mapping[float, str], heading: str = "") -> float:
        """Write what values stand for, as many as have room with the last; the height below."""
        if heading:
            self.canvas.text(self.left if self.wide else 0, y + 6, heading, size=SMALL)
            y += 20
        width, halves = self.canvas.width, [marks.text_width(w, SMALL) / 2 for w in words.values()]
        places = [
            (min(max(self.x(value), half), width - half), half, word)
            for (value, word), half in zip(words.items(), halves, strict=True)
        ]
        last = len(places) - 1
        for step in (step for step in range(1, last + 1) if last % step == 0):
            kept = places[::step]
            pairs = itertools.pairwise(kept)
            if all(after[0] - after[1] >= x + half + 4 for (x, half, _), after in pairs):
                break
        for x, _, word in kept:
            self.canvas.text(x, y + 6, word, "center", SMALL)
        return y + 20

    def chart(self, y: float) -> Drawing:
        """Draw all rows from the height `y` on and hand over the drawing."""
        for place, item in enumerate(self._items):
            if isinstance(item, Heading):
                y = self._heading(item, y + (6 if place else 0))
                continue
            y = (self._beside if self.wide else self._below)(item, y) + self._gap
        return self.canvas.chart(y - self._gap + 4)

    def _heading(self, heading: Heading, y: float) -> float:
        width, x = float(self.canvas.width), 0.0
        self.canvas.line([(0, y), (width, y)], opacity=0.3)
        if heading.fill:
            self.canvas.area(0, y + 9, 12, 12, heading.fill)
            x = 18.0
        lines = marks.wrap(heading.text, width - x, 2, bold=True)
        y = marks.paragraph(self.canvas, lines, x, y + 7, bold=True)
        beside = x + marks.text_width(lines[-1], bold=True) + 12
        if heading.note and beside + marks.text_width(heading.note, SMALL) <= width:
            self.canvas.text(beside, y - LINE / 2, heading.note, size=SMALL)
        elif heading.note:
            y = marks.paragraph(
                self.canvas, marks.wrap(heading.note, width, 3, SMALL), 0, y, size=SMALL
            )
        return y + 7

    def _beside(self, row: Row, y: float) -> float:
        """A row of a wide page: a single lane stands in the middle, several begin at the top."""
        names = marks.wrap(row.name, self._names, 3, bold=row.bold) if row.name else []
        notes = marks.wrap(row.note, self._names, 4, SMALL) if row.note else []
        deep, body = len(names) + len(notes), sum(lane.tall for lane in row.lanes)
        alone = len(row.lanes) == 1
        beside = len(self._aside_lines(row.lanes[0])) if alone else 0
        tall = max(deep * LINE - 3, beside * LINE, body)
        top = y + (tall - body) / 2 if alone else y
        first = top + row.lanes[0].tall / 2 - (deep if alone else 1) * LINE / 2
        at = marks.paragraph(self.canvas, names, 0, first, bold=row.bold)
        marks.paragraph(self.canvas, notes, 0, at, size=SMALL, opacity=0.8)
        self._cross(row, y - self._gap / 2, y + tall + self._gap / 2)
        self._lanes(row, top)
        return y + tall

    def _below(self, row: Row, y: float) -> float:
        """A row of a phone: name, words and note, and the lanes below them."""
        width, bold = float(self.canvas.width), row.bold or self._strong
        if row.name:
            y = marks.paragraph(
                self.canvas, marks.wrap(row.name, width, 3, bold=bold), 0, y, bold=bold
            )
        lane, heads = row.lanes[0], self._heads(row)
        if heads and lane.words:
            y -= LINE if self._on_the_line and self._fits_on_the_line(row) else 0
            x, align = (width, "right") if self._on_the_line else (0.0, "left")
            lines = marks.wrap(lane.words, width, 4, self._size(row))
            y = marks.paragraph(self.canvas, lines, x, y, align=align, size=self._size(row))
        if row.note:
            notes = marks.wrap(row.note, width, 4, SMALL)
            y = marks.paragraph(self.canvas, notes, 0, y, size=SMALL, opacity=0.8)
        if heads and not lane.marks:
            return y
        tall = sum(lane.tall for lane in row.lanes)
        self._cross(row, y + 2, y + tall + 6)
        self._lanes(row, y + 4)
        return y + 4 + tall

    def _uprights_of(self, row: Row) -> Sequence[Upright]:
        return self._uprights if row.uprights is None else row.uprights

    def _cross(self, row: Row, top: float, bottom: float) -> None:
        for line in self._uprights_of(row):
            points = [(self.x(line.at), top), (self.x(line.at), bottom)]
            _, opacity, thickness, dash, z = line
            self.canvas.line(points, theme.INK, thickness, opacity, dash, z=z)

    def _aside_lines(self, lane: Lane) -> list[str]:
        return marks.wrap(lane.words, self._column, 4, SMALL) if self._column else []

    def _lanes(self, row: Row, y: float) -> None:
        for lane in row.lanes:
            middle = y + lane.tall / 2
            low, high = map(self.x, lane.reach(self._zero))
            sign = lane.room("")
            if lane.label:
                self.canvas.text(self.left - 10, middle, lane.label, "right")
            for mark in lane.marks:
                mark.draw(self.canvas, self.x, middle, lane.tip)
            if lane.before:
                self._write(lane, lane.before, low - GAP - sign, middle, "right")
            if self._column and lane.words:
                x = self.canvas.width - self._column
                marks.block(self.canvas, x, middle, self._aside_lines(lane), size=SMALL)
            elif lane.words and not self._heads(row):
                # Where nothing stands, not even a line, words begin where a bar would.
                away = GAP + sign if lane.marks or self._uprights_of(row) else 0.0
                end = max(high, low + 1) if lane.marks and not sign else high
                self._write(lane, lane.words, end + away, middle, "left")
            y += lane.tall

    def _write(self, lane: Lane, words: str, x: float, middle: float, align: str) -> None:
        """Words at an end of a lane, cut where the drawing ends."""
        room = (x if align == "right" else self.canvas.width - x) + 0.5
        lines = [marks.wrap(line, room, 1, lane.size, lane.bold)[0] for line in words.split("\n")]
        marks.block(self.canvas, x, middle, lines, align, lane.size, lane.bold)


def on_grid(
    canvas: Canvas,
    items: Sequence[Row | Heading],
    y: float,
    ticks: Mapping[float, str],
    heading: str = "",
    **layout: Any,
) -> Drawing:
    """Rows on a scale from zero to its last tick, with a faint line at every tick; `y` as `chart`.

    `heading` stands above the ticks; `layout` is that of `Rows`.
    """
    grid = [Upright(tick, theme.GRID_OPACITY, z=-1) for tick in ticks]
    rows = Rows(canvas, items, span=(0, max(ticks)), uprights=grid, **layout)
    return rows.chart(rows.ticks(y, ticks, heading))


def _name_width(row: Row) -> float:
    return max(marks.text_width(row.name, bold=row.bold), marks.text_width(row.note, SMALL))
