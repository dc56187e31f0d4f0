"""Patterns that fill an area of an SVG: hatch, upright stripes and dots, in one hue each."""

from __future__ import annotations

from collections.abc import Callable

from tightrope.charts import theme
from tightrope.charts.certainty import DOTS, HATCH, STRIPES


def identity(figure: str, pattern: str, hue: str) -> str:
    """The id of a pattern in a figure: unique on a page if the figure's id is."""
    return f"{figure}-{pattern}-{'ink' if hue == theme.INK else hue.lstrip('#')}"


def definition(figure: str, pattern: str, hue: str) -> str:
    """The pattern as an SVG element; raises KeyError for one that does not exist."""
    size, turned, content = _PATTERNS[pattern](hue)
    turn = f' patternTransform="rotate({turned})"' if turned else ""
    return (
        f'<pattern id="{identity(figure, pattern, hue)}" patternUnits="userSpaceOnUse" '
        f'width="{size}" height="{size}"{turn}>{content}</pattern>'
    )


def _hatch(hue: str) -> tuple[int, int, str]:
    return 5, 45, f'<path fill="{hue}" d="M0,0h1.5v5h-1.5Z"/>'


def _stripes(hue: str) -> tuple[int, int, str]:
    tint = f'<path fill="{hue}" fill-opacity="{theme.BINDING_OPACITY}" d="M0,0h6v6h-6Z"/>'
    return 6, 0, f'{tint}<path fill="{hue}" d="M2,0h1.75v6h-1.75Z"/>'


def _dots(hue: str) -> tuple[int, int, str]:
    dot = "m-1,0a1,1,0,1,0,2,0a1,1,0,1,0,-2,0Z"
    return 6, 0, f'<path fill="{hue}" d="M1.5,1.5{dot}M4.5,4.5{dot}"/>'


_PATTERNS: dict[str, Callable[[str], tuple[int, int, str]]] = {
    HATCH: _hatch,
    STRIPES: _stripes,
    DOTS: _dots,
}
NAMES = frozenset(_PATTERNS)
