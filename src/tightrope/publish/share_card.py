"""The picture that a message shows where somebody shares a page: its headline and first figure.

A page without a figure has its headline alone, across the picture. Only a site that knows where it
will stand has such pictures: messages ask for them by a whole address.
"""

from __future__ import annotations

import re
from html import escape

from tightrope.charts import marks, theme
from tightrope.charts.figure import size_of

WIDTH, HEIGHT = 1200, 630
"""Pixels: the shape that social networks and messengers show whole."""
_MARGIN, _COLUMN, _TYPE, _LINE = 30, 330, 42, 50
_TYPE_ALONE = 76
_INK, _GROUND = "#15171a", "#ffffff"
_BOOK = "The Tightrope"


def png(headline: str, picture: str) -> bytes:
    """The card with a headline beside the `picture` (SVG text, "" for none), as PNG."""
    import vl_convert  # starts a JavaScript engine: only when needed

    return bytes(vl_convert.svg_to_png(card(headline, picture)))


def card(headline: str, picture: str) -> str:
    """The card as SVG: light, since a message has no dark mode; the picture is never enlarged."""
    column = _COLUMN if picture else WIDTH - 4 * _MARGIN
    size = _TYPE if picture else _TYPE_ALONE
    line_height = size * _LINE / _TYPE
    lines = marks.wrap(headline, column, 7 if picture else 5, size, bold=True)
    first = (HEIGHT - line_height * len(lines)) / 2 + size
    left = _MARGIN if picture else 2 * _MARGIN
    words = "".join(
        f'<text x="{left}" y="{first + line_height * place:.0f}" font-size="{size}" '
        f'font-weight="bold" font-family="Charter, Cambria, Liberation Serif, serif" '
        f'fill="{_INK}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    book = f'<text x="{left}" y="{HEIGHT - _MARGIN}" font-size="24" fill="{_INK}">{_BOOK}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{theme.FONT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_GROUND}"/>{words}{book}'
        f"{_beside(picture) if picture else ''}</svg>"
    )


def _beside(picture: str) -> str:
    """The picture to the right of the headline."""
    wide, high = size_of(picture)
    start = 2 * _MARGIN + _COLUMN
    room = WIDTH - _MARGIN - start
    scale = min(room / wide, (HEIGHT - 2 * _MARGIN) / high, 1.0)
    left, top = start + (room - wide * scale) / 2, (HEIGHT - high * scale) / 2
    inner = picture.replace("currentColor", _INK)
    inner = re.sub(r"<svg [^>]*>", "", inner, count=1).removesuffix("</svg>")
    place = f"translate({left:.2f},{top:.2f}) scale({scale:.4f})"
    return f'<g transform="{place}">{inner}</g>'
