"""The wide drawing: years to the right, in above, out below, later and undated sums as blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tightrope.charts import marks
from tightrope.charts.marks import LINE, SMALL, Canvas, Fill
from tightrope.charts.theme import FONT_SIZE
from tightrope.charts.turn.model import (
    HUES,
    NO_DATE,
    Piece,
    Turn,
    by_rung,
    is_some,
    largest,
    short,
    tip,
    total,
)

_TALL = 430.0
"""Height of the longest bar above and the longest below together, in pixels."""
_STRIP = 26.0
"""Between the two axes, where the years stand."""
_WIDEST_STEP, _BAR = 72.0, 0.8
_MARGIN = 16.0
"""Left of the first year, for names beside the second or third."""
_APART, _LEAST = 30.0, 80.0
"""Before each block; and the room below which words are left out."""
_HEAD = 46.0
"""For the words over a span."""
_CLOSE = 44.0
"""Years closer than this, in pixels, are written smaller."""
_TIE = 17.0
"""From a bar to the names beside it."""


@dataclass(frozen=True)
class _Frame:
    """Where things stand: pixels a year, a billion, and both axes."""

    step: float
    per_bn: float
    above: float
    below: float

    @property
    def column(self) -> float:
        return self.step * _BAR

    def left(self, place: int) -> float:
        """The left edge of a year's bar."""
        return _MARGIN + place * self.step + (self.step - self.column) / 2


def draw(canvas: Canvas, picture: Turn, y: float) -> float:
    """Draw it from the height `y`; the height at which it ends."""
    per_bn = _TALL / ((picture.longest("in") + picture.longest("out")) or 1)
    above = y + (_HEAD if picture.span("in") else 0) + 20 + picture.longest("in") * per_bn
    blocks = [picture.after("out"), picture.undated("out")]
    step = _step(canvas.width, picture, blocks)
    frame = _Frame(step, per_bn, above, above + _STRIP)
    _ground(canvas, picture, frame, y)
    for place, year in enumerate(picture.years):
        for side in HUES:
            _column(canvas, frame, picture.of_year(side, year), side, frame.left(place), str(year))
        bold = picture.is_told(year)
        middle = frame.left(place) + frame.column / 2
        size = FONT_SIZE if step >= _CLOSE else SMALL
        canvas.text(middle, above + _STRIP / 2, str(year), "center", size, bold=bold)
    right = _MARGIN + len(picture.years) * step
    for axis in (frame.above, frame.below):
        canvas.line([(_MARGIN, axis), (right, axis)], z=1)
    _names(canvas, picture, frame)
    _silence(canvas, picture, frame)
    _spans(canvas, picture, frame, y)
    ends = [_later(canvas, picture, frame, right + _APART)] if is_some(total(blocks[0])) else []
    x = ends[0][0] + _APART if ends else right + _APART
    if picture.table.year.isna().any():
        ends.append(_undated(canvas, picture, frame, x))
    below = frame.below + picture.longest("out") * per_bn + 20
    below += _HEAD if picture.span("out") else 0
    return max([below, *(end for _, end in ends)])


def _step(width: float, picture: Turn, blocks: Sequence[Sequence[Piece]]) -> float:
    """Pixels a year, so that columns and blocks together fill the width."""
    reach = picture.longest("out") or picture.longest("in") or 1
    in_columns = [total(block) / reach for block in blocks if block]
    least = [_least(head) for block, head in zip(blocks, _heads(picture), strict=True) if block]
    room = width - _APART * len(in_columns) - _MARGIN - 6
    step, narrow = 0.0, [False] * len(in_columns)
    # A block whose head is wider than its sum has the width of its head.
    for _ in range(len(in_columns) + 1):
        fixed = sum(one for one, is_narrow in zip(least, narrow, strict=True) if is_narrow)
        free = sum(one for one, is_narrow in zip(in_columns, narrow, strict=True) if not is_narrow)
        step = (room - fixed) / (len(picture.years) + _BAR * free)
        narrow = [step * _BAR * one < wide for one, wide in zip(in_columns, least, strict=True)]
    return min(step, _WIDEST_STEP)


def _heads(picture: Turn) -> tuple[str, str]:
    """What stands over the block of later sums and over that of sums without a date."""
    return f"{picture.until + 1}–{picture.last}", NO_DATE


def _least(head: str) -> float:
    """The width of a block that its head needs."""
    return max(40.0, marks.text_width(head, FONT_SIZE, bold=True))


def _ground(canvas: Canvas, picture: Turn, frame: _Frame, y: float) -> None:
    """A soft ground behind the years that are told together."""
    for span in picture.spans:
        start, end = _edges(picture, frame, span.first, span.last)
        top, bottom = (
            (y + _HEAD - 4, frame.above)
            if span.side == "in"
            else (frame.below, frame.below + picture.longest("out") * frame.per_bn + 20)
        )
        middle = (start + end) / 2
        canvas.line([(middle, top), (middle, bottom)], thickness=end - start, opacity=0.06, z=-1)


def _edges(picture: Turn, frame: _Frame, first: int, last: int) -> tuple[float, float]:
    start = _MARGIN + (first - picture.years.start) * frame.step
    return start + 2, start + (last - first + 1) * frame.step - 2


def _column(
    canvas: Canvas, frame: _Frame, pieces: Sequence[Piece], side: str, x: float, when: str
) -> None:
    """One bar away from its axis, with its sum at its end."""
    sign = -1 if side == "in" else 1
    end = frame.above if side == "in" else frame.below
    for piece in pieces:
        start, end = end, end + sign * piece.amount * frame.per_bn
        # A gap parts solid pieces; the others have outlines.
        shown = start + sign * (piece.rung == "paid" and piece is not pieces[0])
        fill, said = Fill(HUES[side], piece.rung), tip(when, side, piece)
        canvas.area(x, min(shown, end), frame.column, abs(end - shown), fill, said)
    if is_some(total(pieces)):
        middle, at = x + frame.column / 2, end + sign * 11
        canvas.text(middle, at, short(total(pieces)), "center", bold=True, hue=HUES[side])


def _names(canvas: Canvas, picture: Turn, frame: _Frame) -> None:
    """Who pays and who is paid, beside the first and the last year of each span."""
    for side in HUES:
        sign, axis = (-1, frame.above) if side == "in" else (1, frame.below)
        for place, (year, names) in enumerate(picture.named(side).items()):
            way = 1 if place else -1
            x = frame.left(year - picture.years.start) + (frame.column if place else 0)
            room = (x if way < 0 else canvas.width - x) - 20
            if room < _LEAST:
                continue
            found = [
                (axis + sign * (one.start + one.end) / 2 * frame.per_bn, one.words) for one in names
            ]
            if side == "out" and way < 0:
                found += _yardstick(canvas, picture, frame)
            free = axis + sign * (_beyond(picture, side, year, way) * frame.per_bn + 26)
            bounds = (0.0, free) if side == "in" else (free, 10_000.0)
            _beside(canvas, [(y, marks.wrap(w, room, 2, SMALL)) for y, w in found], x, way, bounds)


def _beyond(picture: Turn, side: str, year: int, way: int) -> float:
    """The longest bar on the side of a year to which its names are written; 0 where none is."""
    others = [other for other in picture.years if 0 < (other - year) * way <= 4]
    return max((total(picture.of_year(side, other)) for other in others), default=0.0)


def _beside(
    canvas: Canvas,
    found: Sequence[tuple[float, Sequence[str]]],
    x: float,
    way: int,
    bounds: tuple[float, float],
) -> None:
    """Names beside a bar, kept apart and within bounds, each with a thin line to its piece."""
    lines = [
        (y + LINE * (place - (len(words) - 1) / 2), word, y if not place else None)
        for y, words in found
        for place, word in enumerate(words)
    ]
    heights = marks.spread([y for y, *_ in lines], LINE, *bounds)
    align = "left" if way > 0 else "right"
    for (_, word, origin), at in zip(lines, heights, strict=True):
        if origin is not None:
            bend = [(x + 2 * way, origin), (x + 8 * way, at), (x + 14 * way, at)]
            canvas.line(bend, opacity=0.5)
        canvas.text(x + _TIE * way, at, word, align, SMALL)


def _yardstick(canvas: Canvas, picture: Turn, frame: _Frame) -> list[tuple[float, str]]:
    """A dashed line over the bar of its year; its words, as those of a piece."""
    mark = picture.yardstick
    if mark is None or mark.year not in picture.years:
        return []
    x = frame.left(mark.year - picture.years.start)
    y = frame.below + mark.amount * frame.per_bn
    canvas.line([(x - 4, y), (x + frame.column + 4, y)], thickness=2, dash=[5, 3], z=3)
    return [(y, mark.words)]


def _silence(canvas: Canvas, picture: Turn, frame: _Frame) -> None:
    """Zero as a sentence: a dotted line over the years in which nothing comes in."""
    paid = [year for year in picture.years if is_some(total(picture.of_year("in", year)))]
    after = (max(paid) if paid else picture.years.start) + 1
    if not picture.silence or after not in picture.years:
        return
    # Over the names beside the last bar, the sentence would touch them.
    start = _MARGIN + (after - picture.years.start + 2) * frame.step
    names = picture.named("in").get(after - 1, [])
    beside = max((marks.text_width(one.words, SMALL) for one in names), default=0.0)
    bar = frame.left(after - 1 - picture.years.start) + frame.column
    start = max(start, bar + _TIE + beside + 10)
    end = _MARGIN + len(picture.years) * frame.step
    if end - start < _LEAST:
        return
    canvas.line([(start, frame.above - 7), (end, frame.above - 7)], HUES["in"], 2, dash=[2, 4])
    lines = marks.wrap(picture.silence, end - start, 3, 15)
    for place, line in enumerate(reversed(lines)):
        canvas.text(start, frame.above - 22 - 19 * place, line, size=15, hue=HUES["in"])


def _spans(canvas: Canvas, picture: Turn, frame: _Frame, y: float) -> None:
    """What the years of a span come to, over or under a bracket."""
    for span in picture.spans:
        start, end = _edges(picture, frame, span.first, span.last)
        hue = HUES[span.side]
        if span.side == "in":
            at, tick, first = y + _HEAD - 6, 6, y + 8
        else:
            at = frame.below + picture.longest("out") * frame.per_bn + 22
            tick, first = -6, at + 15
        corners = [(start, at + tick), (start, at), (end, at), (end, at + tick)]
        canvas.line(corners, hue, 1.6)
        canvas.text(start, first, span.words, size=17, bold=True, hue=hue)
        canvas.text(start, first + 18, span.more, size=SMALL)


def _later(canvas: Canvas, picture: Turn, frame: _Frame, x: float) -> tuple[float, float]:
    """All that falls due after the last column, as one block; where it ends."""
    years = _heads(picture)[0]
    return _block(canvas, picture, frame, x, picture.after("out"), years, picture.later)


def _undated(canvas: Canvas, picture: Turn, frame: _Frame, x: float) -> tuple[float, float]:
    """All without a date: a column above, a block below."""
    _column(canvas, frame, by_rung(picture.undated("in")), "in", x, NO_DATE)
    note = picture.notes.get("in", "")
    room = canvas.width - x - frame.column - 8
    lines = marks.wrap(note, room, 4, SMALL) if note else []
    at, right, align = frame.above - 9, x + frame.column + 8, "left"
    if any(line.endswith("…") for line in lines):
        # Beside the bar there is no room for all of it: over the bar, as far as there is.
        top = total(picture.undated("in"))
        lines = marks.wrap(note, 2 * _LEAST, 4, SMALL)
        at, right, align = frame.above - top * frame.per_bn - 30, float(canvas.width), "right"
        if (picture.longest("in") - top) * frame.per_bn < 15 * len(lines):
            lines = []
    for place, line in enumerate(reversed(lines)):
        canvas.text(right, at - 15 * place, line, align, SMALL)
    note = picture.notes.get("out", "")
    return _block(canvas, picture, frame, x, picture.undated("out"), NO_DATE, note)


def _block(
    canvas: Canvas,
    picture: Turn,
    frame: _Frame,
    x: float,
    pieces: Sequence[Piece],
    head: str,
    note: str,
) -> tuple[float, float]:
    """Pieces one below the other, as high as the longest bar; where it ends, right and below."""
    sum_, hue = total(pieces), HUES["out"]
    high = (picture.longest("out") or 1) * frame.per_bn
    wide = sum_ * frame.per_bn * frame.column / high
    canvas.text(x, frame.above + _STRIP / 2, head, bold=True)
    for axis in (frame.above, frame.below):
        canvas.line([(x, axis), (x + max(wide, _least(head)), axis)], z=1)
    y = frame.below
    for piece in pieces:
        tall = piece.amount / sum_ * high
        canvas.area(x, y, wide, tall, Fill(hue, piece.rung), tip(head, "out", piece))
        y += tall
    if not pieces:
        return x + _least(head), y
    canvas.text(x, y + 14, short(sum_), size=17, bold=True, hue=hue)
    bottom = y + 32
    room = min(max(wide, _APART + 88), canvas.width - x)
    for words in (", ".join(largest(pieces)), note):
        for line in marks.wrap(words, room, 7, SMALL) if words else []:
            canvas.text(x, bottom, line, size=SMALL)
            bottom += 15
        bottom += 3
    return x + max(wide, _least(head)), bottom
