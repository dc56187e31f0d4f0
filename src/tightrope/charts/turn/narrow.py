"""The drawing for a phone: years run down, in grows to the left and out to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tightrope.charts import marks, theme
from tightrope.charts.marks import LINE, SMALL, Canvas, Fill
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

_ROW, _BAR = 27.0, 21.0
_STRIP = 44.0
_LARGE = 15


@dataclass(frozen=True)
class _Frame:
    """Where things stand: the two axes, and pixels a billion."""

    left: float
    right: float
    per_bn: float


def draw(canvas: Canvas, picture: Turn, y: float) -> float:
    """Draw it from the height `y`; the height at which it ends."""
    reach = {side: picture.longest(side) for side in HUES}
    longest = {"in": reach["in"], "out": max(reach["out"], *map(total, _blocks(picture)))}
    room = {side: marks.text_width(short(longest[side]), bold=True) + 5 for side in HUES}
    per_bn = (canvas.width - _STRIP - sum(room.values())) / (sum(reach.values()) or 1)
    left = room["in"] + reach["in"] * per_bn
    frame = _Frame(left, left + _STRIP, per_bn)
    y = _heads(canvas, picture, frame, y)
    top, empty = y, {"in": y, "out": y}
    for year in picture.years:
        bold = picture.is_told(year)
        canvas.text(left + _STRIP / 2, y + _BAR / 2, str(year), "center", bold=bold)
        for side in HUES:
            pieces = picture.of_year(side, year)
            _bar(canvas, frame, pieces, side, y, str(year))
            if is_some(total(pieces)):
                empty[side] = y + _ROW
        y += _ROW
    for axis in (frame.left, frame.right):
        canvas.line([(axis, top - 4), (axis, y - 2)], z=1)
    _yardstick(canvas, picture, frame, top)
    _beside(canvas, picture, frame, empty["in"] + 6, y)
    y = _payees(canvas, picture, y + 4)
    if is_some(total(picture.after("out"))):
        head = f"{picture.until + 1}–{picture.last}"
        y = _block(canvas, picture, frame, picture.after("out"), head, picture.later, y)
    if picture.table.year.isna().any():
        _bar(canvas, frame, by_rung(picture.undated("in")), "in", y, NO_DATE)
        note, came = picture.notes.get("out", ""), picture.notes.get("in", "")
        y = _block(canvas, picture, frame, picture.undated("out"), NO_DATE, note, y, came)
    return y


def _blocks(picture: Turn) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """What is drawn as blocks: later sums, and those without a date."""
    return picture.after("out"), picture.undated("out")


def _heads(canvas: Canvas, picture: Turn, frame: _Frame, y: float) -> float:
    """What each side is, and what the years of its span come to."""
    end = y
    for side, x, align, room in (
        ("in", frame.left, "right", frame.left),
        ("out", frame.right, "left", canvas.width - frame.right),
    ):
        span, at = picture.span(side), y + 8
        words = span.words if span else {"in": "In", "out": "Out"}[side]
        for line in marks.wrap(words, room, 3, _LARGE, bold=True):
            canvas.text(x, at, line, align, _LARGE, bold=True, hue=HUES[side])
            at += 18
        end = max(end, at)
    return end + 2


def _bar(
    canvas: Canvas, frame: _Frame, pieces: Sequence[Piece], side: str, y: float, when: str
) -> None:
    """One bar away from its axis, with its sum at its end."""
    sign, end = (-1, frame.left) if side == "in" else (1, frame.right)
    for piece in pieces:
        start, end = end, end + sign * piece.amount * frame.per_bn
        # A gap parts solid pieces; the others have outlines.
        shown = start + sign * (piece.rung == "paid" and piece is not pieces[0])
        fill, said = Fill(HUES[side], piece.rung), tip(when, side, piece)
        canvas.area(min(shown, end), y, abs(end - shown), _BAR, fill, said)
    if is_some(total(pieces)):
        align = "right" if side == "in" else "left"
        x, words = end + sign * 4, short(total(pieces))
        canvas.text(x, y + _BAR / 2, words, align, bold=True, hue=HUES[side])


def _yardstick(canvas: Canvas, picture: Turn, frame: _Frame, top: float) -> None:
    """A dashed line across the bar of its year."""
    mark = picture.yardstick
    if mark is None or mark.year not in picture.years:
        return
    y = top + (mark.year - picture.years.start) * _ROW
    x = frame.right + mark.amount * frame.per_bn
    canvas.line([(x, y - 3), (x, y + _BAR + 3)], thickness=2, dash=[5, 3], z=3)


def _beside(canvas: Canvas, picture: Turn, frame: _Frame, y: float, end: float) -> None:
    """In the empty half: who paid, and that nothing more has a date."""
    room = frame.left - 10
    paragraphs = [
        (f"{year}: " + ", ".join(one.words for one in names), theme.INK)
        for year, names in picture.named("in").items()
        if names
    ]
    paragraphs += [(picture.silence, HUES["in"])] if picture.silence else []
    for words, hue in paragraphs:
        lines = marks.wrap(words, room, 6, SMALL)
        if y + LINE * len(lines) > end:
            return
        for line in lines:
            canvas.text(0, y + 6, line, size=SMALL, hue=hue)
            y += LINE
        y += 6


def _payees(canvas: Canvas, picture: Turn, y: float) -> float:
    """Who is paid in the years that are told together, and the dashed line; where it ends."""
    told = [
        f"{year}: " + ", ".join(one.words for one in names)
        for year, names in picture.named("out").items()
        if names
    ]
    paragraphs = [f"To whom, {'; more in '.join(told)}"] if told else []
    if picture.yardstick and picture.yardstick.year in picture.years:
        paragraphs.append(f"{picture.yardstick.words} (dashed line)")
    for words in paragraphs:
        for line in marks.wrap(words, canvas.width, 4, SMALL):
            canvas.text(0, y + 8, line, size=SMALL)
            y += LINE
    return y + 12 if paragraphs else y


def _block(
    canvas: Canvas,
    picture: Turn,
    frame: _Frame,
    pieces: Sequence[Piece],
    head: str,
    note: str,
    y: float,
    came: str | None = None,
) -> float:
    """Pieces side by side, at most as long as the longest bar; words in the other half.

    `came` says of what the bar in the other half is, where one is drawn already.
    """
    sum_ = total(pieces)
    long = min(picture.longest("out"), sum_) * frame.per_bn
    tall = sum_ * frame.per_bn * _BAR / long if long else _BAR
    middle = (frame.left + frame.right) / 2
    for place, line in enumerate(head.replace("–", " –").split()):
        canvas.text(middle, y + 9 + 15 * place, line, "center", bold=True)
    x = frame.right
    for piece in pieces:
        wide = piece.amount / sum_ * long
        canvas.area(x, y, wide, tall, Fill(HUES["out"], piece.rung), tip(head, "out", piece))
        x += wide
    if pieces:
        canvas.text(x + 4, y + tall / 2, short(sum_), bold=True, hue=HUES["out"])
    at = y + (0 if came is None else _BAR + 4)
    paragraphs = [
        (came or "", HUES["in"]),
        (", ".join(largest(pieces)), theme.INK),
        (note, theme.INK),
    ]
    for words, hue in paragraphs:
        for line in marks.wrap(words, frame.left - 8, 7, SMALL) if words else []:
            canvas.text(0, at + 8, line, size=SMALL, hue=hue)
            at += LINE
        at += 4 if words else 0
    end = max(y + max(tall, 36), at)
    for axis in (frame.left, frame.right):
        canvas.line([(axis, y - 2), (axis, y + tall + 2)], z=1)
    return end + 14
