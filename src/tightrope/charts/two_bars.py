"""What comes in and what is to go out as two bars on one scale, and a part of both by itself.

On a wide page the bars lie; on a phone they stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import NamedTuple

from tightrope.charts import legend, marks, theme
from tightrope.charts.marks import LINE, SMALL, Canvas, Drawing, Fill
from tightrope.charts.turn.model import short
from tightrope.units import usd_bn

_BAR = 46.0
_STEM = 10.0
_LINE = 15.0
_COLUMN = 34.0
_SHORT = 0.5
"""A bar that takes less of the width has room for words at its right."""
_TALL = 700.0
"""Height of the longest bar on a phone, in pixels."""


class Segment(NamedTuple):
    """A piece of a bar: its words, its sum in USD billion, its fill, and what it belongs to."""

    words: str
    """Whose it is, with sums in billions; "" where the group says enough."""
    amount: float
    fill: Fill
    group: str
    brief: str = ""
    """Words for a phone, where those would be too many."""

    @property
    def tip(self) -> str:
        """What it says under the pointer."""
        return ": ".join(part for part in (self.group, self.words or usd_bn(self.amount)) if part)


@dataclass(frozen=True)
class Stack:
    """A bar: its head, a word below that, and its segments from the axis on."""

    head: str
    more: str
    segments: Sequence[Segment]

    @property
    def length(self) -> float:
        """All its segments together."""
        return sum(segment.amount for segment in self.segments)

    @property
    def spans(self) -> list[tuple[Segment, float, float]]:
        """Each segment with where it starts and ends."""
        ends = list(accumulate((segment.amount for segment in self.segments), initial=0.0))
        return list(zip(self.segments, ends, ends[1:], strict=False))

    @property
    def groups(self) -> list[tuple[str, float, float]]:
        """Segments in a row that belong together: the name, and where they start and end."""
        runs = groupby(self.spans, key=lambda span: span[0].group)
        found = [(name, list(run)) for name, run in runs]
        return [(name, run[0][1], run[-1][2]) for name, run in found]


def two_bars(
    stacks: Sequence[Stack], part: Stack, hues: Sequence[str], rungs: Sequence[str], width: int
) -> Drawing:
    """The bars and the part alone, one scale; `hues` and `rungs` are for the legend.

    `hues` are keys of `legend.DIRECTIONS`. Returns a chart `width` wide.
    """
    canvas = Canvas(width)
    y = legend.legend(canvas, hues, rungs) + 12
    longest = max(stack.length for stack in (*stacks, part)) or 1.0
    stacks = [stack for stack in stacks if stack.segments]
    if not marks.is_wide(width):
        return canvas.chart(_standing_all(canvas, stacks, part, y, _TALL / longest))
    for stack in (*stacks, part):
        y = _lying(canvas, stack, y, width / longest) + 26
    return canvas.chart(y - 20)


def _lying(canvas: Canvas, stack: Stack, y: float, scale: float) -> float:
    """One bar with its head above it; where it ends. A short bar has its words at its right."""
    hue = stack.segments[0].fill.hue if stack.segments else ""
    canvas.text(0, y + 9, stack.head, size=17, bold=True, hue=hue or theme.INK)
    head = marks.text_width(stack.head, 17, bold=True) + 12
    canvas.text(head, y + 9, stack.more, size=SMALL)
    y += 26
    is_short = stack.length * scale < _SHORT * canvas.width
    y = y if is_short else _brackets(canvas, stack, y, scale)
    for segment, start, _ in stack.spans:
        canvas.area(start * scale, y, segment.amount * scale, _BAR, segment.fill, segment.tip)
    below = _lines if is_short else _flags
    return below(canvas, stack, y + _BAR, scale)


def _brackets(canvas: Canvas, stack: Stack, y: float, scale: float) -> float:
    """The groups of a long bar, each over a bracket; the height at which the bar begins."""
    found = [
        (start * scale, end * scale, f"{name} {short(end - start)}")
        for name, start, end in stack.groups
        if name
    ]
    rows = _rows([(start, words) for start, _, words in found], bold=True)
    top = y + _LINE * (max(rows, default=-1) + 1)
    for (start, end, words), row in zip(found, rows, strict=True):
        at = top - _LINE * row - 8
        canvas.text(start + 4, at, words, size=SMALL, bold=True)
        left, right = start + 1, end - 1
        corners = [(left, at - 6), (left, top + 4), (right, top + 4), (right, top + 8)]
        canvas.line(corners, opacity=0.6)
    return top + 10 if found else y


def _flags(canvas: Canvas, stack: Stack, y: float, scale: float) -> float:
    """The words of a long bar's segments below it, each at a thin line from its start."""
    starts = [(start * scale, segment.words) for segment, start, _ in stack.spans if segment.words]
    rows = _rows(starts)
    for (at, words), row in zip(starts, rows, strict=True):
        low = y + _STEM + 6 + _LINE * row
        canvas.line([(at + 1, y), (at + 1, low + 5)], opacity=0.5)
        canvas.text(at + 5, low, words, size=SMALL)
    return y + _STEM + _LINE * (max(rows, default=-1) + 1)


def _rows(starts: Sequence[tuple[float, str]], bold: bool = False) -> list[int]:
    """The row of each word, so that none touches another, nor the line that leads to another.

    From the right: a word stands below all those at its right that it would reach.
    """
    rows: list[int] = []
    taken: list[float] = []
    for x, words in reversed(starts):
        end = x + marks.text_width(words, SMALL, bold) + 16
        free = (row for row in range(len(taken)) if end <= min(taken[row:]))
        row = next(free, len(taken))
        taken[row : row + 1] = [x]
        rows.append(row)
    return rows[::-1]


def _lines(canvas: Canvas, stack: Stack, y: float, scale: float) -> float:
    """The words of a short bar's segments as lines below and right of it.

    The last segment has the first line, so that no line crosses another.
    """
    right, at = stack.length * scale + 20, y + 4
    for segment, start, end in reversed(stack.spans):
        if not segment.group:
            continue
        middle, head = (start + end) / 2 * scale, f"{segment.group} {short(segment.amount)}"
        at += 17
        canvas.line([(middle, y), (middle, at), (right - 5, at)], opacity=0.5)
        canvas.text(right, at, head, size=SMALL, bold=True, hue=segment.fill.hue)
        after = right + marks.text_width(head, SMALL, bold=True) + 10
        canvas.text(after, at, segment.words, size=SMALL)
    return at + 8 if at > y + 4 else y


def _standing_all(
    canvas: Canvas, stacks: Sequence[Stack], part: Stack, y: float, scale: float
) -> float:
    """The bars side by side, and the part alone below the first; where they end."""
    half = canvas.width / 2
    ends = [
        _standing(canvas, stack, half * place, half - 8, y, scale)
        for place, stack in enumerate(stacks)
    ]
    if part.segments and ends:
        ends[0] = _standing(canvas, part, 0, half - 8, ends[0] + 26, scale)
    return max(ends, default=y)


def _standing(canvas: Canvas, stack: Stack, x: float, room: float, y: float, scale: float) -> float:
    """One bar that stands, with its words at its right; where it ends."""
    head, hue = marks.wrap(stack.head, room, 2, 15, bold=True), stack.segments[0].fill.hue
    y = marks.paragraph(canvas, head, x, y, 18, size=15, bold=True, hue=hue)
    y = marks.paragraph(canvas, marks.wrap(stack.more, room, 7, SMALL), x, y, size=SMALL) + 8
    groups = {
        name: f"{name}\N{NO-BREAK SPACE}{short(end - start)}"
        for name, start, end in stack.groups
        if name
    }
    wanted: list[float] = []
    labels: list[tuple[str, bool, str]] = []
    for segment, start, _ in stack.spans:
        top, tall = y + start * scale, segment.amount * scale
        canvas.area(x, top, _COLUMN, tall, segment.fill, segment.tip)
        # A group is named at the first of its segments.
        named = _wrapped(groups.pop(segment.group, ""), room, True)
        words = _wrapped(segment.brief or segment.words, room, False)
        lines = [(line, True, theme.INK) for line in named]
        lines += [(line, False, segment.fill.hue) for line in words]
        for place, label in enumerate(lines):
            at = top + tall / 2 + LINE * (place - (len(lines) - 1) / 2)
            # Words keep the order of the segments.
            wanted.append(max(at, wanted[-1] + 1) if wanted else at)
            labels.append(label)
    heights = marks.spread(wanted, LINE, y + 4, 10_000)
    for (line, bold, hue), height in zip(labels, heights, strict=True):
        canvas.text(x + _COLUMN + 8, height, line, size=SMALL, bold=bold, hue=hue)
    return max([y + stack.length * scale, *(height + 8 for height in heights)])


def _wrapped(words: str, room: float, bold: bool) -> list[str]:
    return marks.wrap(words, room - _COLUMN - 8, 4, SMALL, bold) if words else []
