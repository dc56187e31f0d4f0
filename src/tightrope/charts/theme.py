"""Palette, type and sizes: what makes every figure of this book recognisable as ours.

Hues mean the same everywhere and keep 3:1 on white and on #121212. Text and lines take the
page's own colour (`currentColor`), so one SVG serves the light and the dark theme.
"""

from __future__ import annotations

from typing import Any

INTO_OPENAI = "#2F83C0"
OUT_OF_OPENAI = "#C8701A"
ONWARD = "#808080"
BORROWED = "#9A67C7"
ROUND_TRIP = "#2E9060"
INK = "currentColor"
DIRECTIONS = {
    "in": "into {focal}",
    "out": "out of {focal}",
    "onward": "onward, between others",
    "borrowed": "lent or guaranteed, between others",
}
"""What the hue of a payment means, in the words of every key, by `accounts.direction`; {focal} is
where the party in the middle is named."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
FONT_SIZE = 13
WIDE = 720
NARROW = 300
"""Chart widths in pixels: the text column of a wide page, and a phone of 320 pixels."""

TEXT = {
    INTO_OPENAI: "#1F6296",
    OUT_OF_OPENAI: "#8F4A08",
    ONWARD: "#555555",
    BORROWED: "#6E3F9E",
    ROUND_TRIP: "#1D6A45",
}
"""The shade of a hue in which words are written on a light ground, by hue; 6.5:1 and more."""
ON_DISC = "#FFFFFF"
"""Numbers on a disc in such a shade, on light and dark pages."""
TEXT_SHARE = 0.6
"""How much of a hue such words keep where a browser mixes it with the page's own ink."""

PAID_OPACITY = 1.0
BINDING_OPACITY = 0.34
"""How dense what is paid and what is signed is drawn; see `certainty` for all that fills say."""

GRID_OPACITY = 0.18


def config() -> dict[str, Any]:
    """Vega-Lite configuration that every chart of the book carries."""
    words = {"labelColor": INK, "labelFontSize": FONT_SIZE}
    axis = {"tickColor": INK, "gridColor": INK, "gridOpacity": GRID_OPACITY, "tickOpacity": 0.5}
    return {
        "background": None,
        "font": FONT,
        "view": {"stroke": None},
        "axis": words | axis,
        "header": words,
        "text": {"color": INK, "fontSize": FONT_SIZE, "font": FONT},
        "rule": {"color": INK},
        "line": {"color": INK},
    }
