"""A picture that a script of the site's own moves, where Vega has no words for what moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Explorer:
    """The wide picture of a figure, its inputs, and what the script of the page draws from.

    `draw` makes the picture as SVG text from an id that is unique on the page, a title and a
    description; `width` and `height` are its size in pixels. `controls` are the inputs as HTML.
    `states` go to a file of their own, which the script asks for at the first touch that needs
    them; `script` is a file of the book's `_static`.
    """

    script: str
    draw: Callable[[str, str, str], str]
    width: int
    height: int
    controls: str
    states: Mapping[str, Any]

    def drawn(self, identity: str, title: str, description: str) -> dict[str, Any]:
        """The picture in the place of a specification."""
        picture = self.draw(identity, title, description)
        return {"svg": picture, "width": self.width, "height": self.height}

    def content(self) -> dict[str, Any]:
        """All else that a page needs, as plain data."""
        return {"script": self.script, "controls": self.controls, "states": self.states}
