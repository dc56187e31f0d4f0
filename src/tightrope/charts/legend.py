"""The legend of every figure: arrows say which way money goes, swatches how sure it is.

One set of words and shapes; a figure shows what occurs in it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from tightrope.charts import marks, middle, theme
from tightrope.charts.certainty import LOOKS, WORDS
from tightrope.charts.marks import HUES, SMALL, Canvas, Fill

DIRECTIONS = {**theme.DIRECTIONS, "round": "can come back"}
"""What the arrows mean, by key of `marks.HUES`; {focal} is the party in the middle."""
ROW = 22.0
"""Distance of two rows of a legend, in pixels."""
_SWATCH, _SLIM, _TALL = 34.0, 22.0, 14.0
_ARROW = 28.0
_APART, _BESIDE = 14.0, 6.0
Item = tuple[float, Callable[[float, float], None], str]
"""A sign: its width, what draws it from its left end at a middle height, and its words."""


def legend(
    canvas: Canvas,
    directions: Iterable[str],
    rungs: Iterable[str],
    y: float = 0,
    focal: str = "",
    first: Iterable[Item] = (),
    x: float = 0,
    width: float = math.inf,
) -> float:
    """Both rows, the direction above the certainty, from (x, y) down; the height below them.

    `directions` are keys of `DIRECTIONS`, `rungs` keys of `certainty.LOOKS`; their order does not
    matter. `focal` is how the party in the middle is named, "" as the figure does; `first` stands
    before the arrows. The rows wrap at `width`, or at the edge of the canvas.
    """
    below = flow(canvas, first, y, x, width)
    below = flow(canvas, _arrows(canvas, directions, focal), below, x, width)
    return flow(canvas, _swatches(canvas, rungs), below, x, width)


def certainty(canvas: Canvas, rungs: Iterable[str]) -> float:
    """The row of certainty alone, with some air below it; the height below, 0 without a rung."""
    below = flow(canvas, _swatches(canvas, rungs), 0)
    return below + 6 if below else 0.0


def flow(
    canvas: Canvas,
    items: Iterable[Item],
    y: float,
    x: float = 0,
    width: float = math.inf,
    row: float = ROW,
) -> float:
    """Signs with their words side by side, wrapped to the width; the height below them.

    `row` is the distance of two rows.
    """
    left, is_drawn = x, False
    right = min(x + width, float(canvas.width))
    for wide, draw, words in items:
        needed = wide + _BESIDE + marks.text_width(words, SMALL)
        if left > x and left + needed > right:
            left, y = x, y + row
        draw(left, y + row / 2)
        canvas.text(left + wide + _BESIDE, y + row / 2, words, size=SMALL)
        left += needed + _APART
        is_drawn = True
    return y + row if is_drawn else y


def _arrows(canvas: Canvas, directions: Iterable[str], focal: str) -> Iterator[Item]:
    used = set(directions)
    for direction, words in DIRECTIONS.items():
        if direction in used:
            said = words.replace("{focal}", focal or middle.name())
            yield _ARROW, partial(_arrow, canvas, direction), said


def _arrow(canvas: Canvas, direction: str, x: float, y: float) -> None:
    canvas.symbol(x, y, _SHAPES.get(direction, _RIGHT), HUES[direction])


def _swatches(canvas: Canvas, rungs: Iterable[str]) -> Iterator[Item]:
    used = {WORDS[rung] for rung in rungs}
    wide = _SWATCH if marks.is_wide(canvas.width) else _SLIM
    for words, rung in {look.words: rung for rung, look in LOOKS.items()}.items():
        if words in used:
            yield wide, partial(_swatch, canvas, rung, wide), words


def _swatch(canvas: Canvas, rung: str, wide: float, x: float, y: float) -> None:
    canvas.area(x, y - _TALL / 2, wide, _TALL, Fill(theme.ONWARD, rung))


_RIGHT = "M0,-3H16V-7.5L28,0L16,7.5V3H0Z"
_SHAPES = {
    "in": "M28,-3H12V-7.5L0,0L12,7.5V3H28Z",
    "onward": "M0,-7.5H3V-3H16V-7.5L28,0L16,7.5V3H3V7.5H0Z",
    # What is borrowed has two shafts, as its bars are double.
    "borrowed": "M0,-4.5H16V-8L28,0L16,8V4.5H0V1.25H17V-1.25H0Z",
    "round": "M14,-8A8,8,0,1,1,13.99,-8ZM14,-4.2A4.2,4.2,0,1,0,14.01,-4.2ZM17,-1H28L22.5,6Z",
}
"""Arrows 28 pixels long, around their left end, each of a shape of its own: what is passed on
starts at a wall, and money that can come back is a ring."""
