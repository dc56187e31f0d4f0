"""A picture that a script of the site's own moves, where Vega has no words for what moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Picture = Callable[[str, str, str], str]
"""SVG text from an id that is unique on the page, a title and a description."""


@dataclass(frozen=True)
class Explorer:
    """Draws a figure, for a wide page and for a phone, and moves it.

    `width` and `height` are those of the wide picture in pixels. `controls` and `below` are HTML:
    the inputs above the picture, and what stands below it in words. `states` go to a file of
    their own, which the script asks for at the first touch that needs them; `script` is a file of
    the book's `_static`.
    """

    script: str
    wide: Picture
    narrow: Picture
    width: int
    height: int
    controls: str
    below: str
    states: Mapping[str, Any]

    def content(self, identity: str, title: str, description: str) -> dict[str, Any]:
        """All that a page needs of it, as plain data."""
        return {
            "wide": {
                "svg": self.wide(f"{identity}-wide", title, description),
                "width": self.width,
                "height": self.height,
            },
            "narrow": {"svg": self.narrow(f"{identity}-narrow", title, description)},
            "explorer": {
                "script": self.script,
                "controls": self.controls,
                "below": self.below,
                "states": self.states,
            },
        }
