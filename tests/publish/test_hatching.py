"""Patterns of pictures, drawn tile by tile for paper."""

from __future__ import annotations

import re

import pytest

from tightrope.charts import patterns
from tightrope.charts.certainty import DOTS, HATCH, STRIPES
from tightrope.copies import hatching

SHAPE = '<path d="M10,20h30v12h-30Z"/>'


def picture(pattern: str, shapes: str = SHAPE) -> str:
    name = patterns.identity("fig", pattern, "#808080")
    return (
        f'<svg viewBox="0 0 300 200"><defs>{patterns.definition("fig", pattern, "#808080")}</defs>'
        f'<g fill="url(#{name})" stroke="#808080">{shapes}</g></svg>'
    )


@pytest.mark.parametrize("pattern", [HATCH, STRIPES, DOTS])
def test_no_shape_is_filled_with_a_pattern_any_more(pattern: str) -> None:
    drawn = hatching.drawn(picture(pattern))
    assert 'fill="url(' not in drawn
    assert '<g fill="none" stroke="#808080"><g stroke="none">' in drawn
    assert drawn.endswith(f"{SHAPE}</g></svg>")


def test_what_is_drawn_is_cut_out_by_the_shape() -> None:
    drawn = hatching.drawn(picture(STRIPES))
    (mark,) = re.findall(r'<clipPath id="([^"]+)"><path d="M10,20h30v12h-30Z"/></clipPath>', drawn)
    assert f'<g clip-path="url(#{mark})">' in drawn


def test_stripes_are_bars_of_the_height_of_the_shape_on_one_tint() -> None:
    drawn = hatching.drawn(picture(STRIPES))
    tint, bars = re.findall(r'<path fill="#808080"[^>]* d="([^"]+)"', drawn)[-2:]
    assert tint == "M6,18h36v18h-36Z"
    assert bars.split("Z")[:2] == ["M8,18h1.75v18h-1.75", "M14,18h1.75v18h-1.75"]


def test_dots_are_round_ends_of_lines_without_length() -> None:
    drawn = hatching.drawn(picture(DOTS))
    (dots,) = re.findall(r'stroke-width="2" stroke-linecap="round"[^>]* d="([^"]+)"', drawn)
    # Six tiles across and three down, two dots each.
    assert dots.count("h.01") == 6 * 3 * 2


def test_shapes_that_are_moved_have_their_pattern_moved() -> None:
    moved = '<path transform="translate(50,60)" d="M10,20h30v12h-30Z"/>'
    assert '<g transform="translate(50,60)" stroke="none"><clipPath' in hatching.drawn(
        picture(HATCH, moved)
    )


def test_a_pattern_that_it_does_not_know_stays() -> None:
    other = (
        '<svg viewBox="0 0 9 9"><pattern id="p" width="5" height="5" patternUnits="userSpaceOnUse">'
        f'<path d="M0,0V5" stroke="#000"/></pattern><g fill="url(#p)">{SHAPE}</g></svg>'
    )
    assert hatching.drawn(other) == other
