"""The picture that a message shows where somebody shares the first page: headline and figure."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from tightrope.charts import marks, theme
from tightrope.charts.figure import size_of

WIDTH, HEIGHT = 1200, 630
"""Pixels: the shape that social networks and messengers show whole."""
_MARGIN, _COLUMN, _TYPE, _LINE = 30, 330, 42, 50
_INK, _GROUND = "#15171a", "#ffffff"


def write(headline: str, picture: str, file: Path) -> None:
    """Write the card with a headline beside the `picture` (SVG text) to `file`, as PNG."""
    import vl_convert  # starts a JavaScript engine: only when needed

    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(vl_convert.svg_to_png(card(headline, picture)))


def card(headline: str, picture: str) -> str:
    """The card as SVG: light, since a message has no dark mode; the picture is never enlarged."""
    lines = marks.wrap(headline, _COLUMN, 7, _TYPE, bold=True)
    first = (HEIGHT - _LINE * len(lines)) / 2 + _TYPE
    words = "".join(
        f'<text x="{_MARGIN}" y="{first + _LINE * place:.0f}" font-size="{_TYPE}" '
        f'font-weight="bold" font-family="Charter, Cambria, Liberation Serif, serif" '
        f'fill="{_INK}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    wide, high = size_of(picture)
    start = 2 * _MARGIN + _COLUMN
    room = WIDTH - _MARGIN - start
    scale = min(room / wide, (HEIGHT - 2 * _MARGIN) / high, 1.0)
    left, top = start + (room - wide * scale) / 2, (HEIGHT - high * scale) / 2
    inner = picture.replace("currentColor", _INK)
    inner = re.sub(r"<svg [^>]*>", "", inner, count=1).removesuffix("</svg>")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{theme.FONT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_GROUND}"/>{words}'
        f'<g transform="translate({left:.2f},{top:.2f}) scale({scale:.4f})">{inner}</g></svg>'
    )
