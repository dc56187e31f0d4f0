"""The key of the map with rings: what its hues, fills and widths mean."""

from __future__ import annotations

import math

from tightrope.charts import theme
from tightrope.charts.marks import DASH, HUES, LINE, SMALL, Canvas, text_width, wrap
from tightrope.charts.rings import paths
from tightrope.charts.rings.layout import Layout
from tightrope.units import usd_bn

_RUNGS = {
    "paid": "paid",
    "binding": "binding",
    "announced": "announced only",
    "intended": "letter of intent or report",
}
_SWATCH, _TEXT, _ROW = 28.0, 34.0, 20.0


def draw_key(canvas: Canvas, layout: Layout, name: str, y: float) -> float:
    """Draw the key with its top at `y`, in pixels; the height below it."""
    unit = _round_dollars(14 / layout.scale)
    least = usd_bn(float(f"{1 / layout.scale:.2g}"))
    rows = [
        [(f"hue {hue}", text.replace("OpenAI", name)) for hue, text in theme.DIRECTIONS.items()],
        [(f"rung {rung}", text) for rung, text in _RUNGS.items()],
        [
            (f"size {unit * layout.scale:.1f}", f"{usd_bn(unit)} wide"),
            ("size 1", f"one pixel: {least} or less"),
            ("none", "?: amount undisclosed"),
            ("way", "on a card: where the money goes"),
        ],
    ]
    for row in rows:
        x = 0.0
        for swatch, text in row:
            needed = _TEXT + text_width(text, SMALL)
            if x and x + needed > canvas.width:
                x, y = 0.0, y + _ROW
            _draw(canvas, swatch, x, y + 10)
            for place, line in enumerate(wrap(text, canvas.width - _TEXT, 2, SMALL)):
                y += LINE * bool(place)
                canvas.text(x + _TEXT, y + 10, line, size=SMALL)
            x += needed + 14
        y += _ROW
    return y + 2


def _draw(canvas: Canvas, swatch: str, x: float, y: float) -> None:
    kind, _, value = swatch.partition(" ")
    box = f"M0.5,-5H{_SWATCH - 0.5}V5H0.5Z"
    if kind == "hue":
        canvas.symbol(x, y, _arrow(9.0), fill=HUES[value], thickness=0)
    elif kind == "rung":
        dash = DASH if value == "intended" else ()
        canvas.symbol(
            x, y, box, theme.INK, theme.INK, fill_opacity=theme.FILLS[value], thickness=1, dash=dash
        )
    elif kind == "size":
        size = float(value)
        shape = f"M0,{-size / 2:.1f}h{_SWATCH}v{size:.1f}h{-_SWATCH}Z"
        canvas.symbol(
            x, y, shape, fill=theme.INK, fill_opacity=1 if size == 1 else 0.5, thickness=0
        )
    elif kind == "none":
        canvas.symbol(x, y, f"M0,0H{_SWATCH - 7}", stroke=theme.INK, thickness=1.2, dash=DASH)
        canvas.symbol(x + _SWATCH - 4, y, "M-4,-3.5L4,0L-4,3.5Z", fill=theme.INK, thickness=0)
    else:
        canvas.symbol(x + 8, y, "M3.5,-4L-4,0L3.5,4Z", fill=HUES["in"], thickness=0)
        canvas.symbol(x + 20, y, "M-3.5,-4L4,0L-3.5,4Z", fill=HUES["out"], thickness=0)


def _arrow(width: float) -> str:
    ways = [paths.Way((0.0, 0.0), (1.0, 0.0)), paths.Way((_SWATCH, 0.0), (1.0, 0.0))]
    line = paths.through(ways, 8.0)
    return paths.arrow(line, width)


def _round_dollars(most: float) -> float:
    """The largest of 1, 2, 5, 10, … that is at most `most`."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(power * step for step in (1, 2, 5) if power * step <= most * 1.0001)
