"""A small picture beside a sentence: it shows one number of a chapter, and has nothing below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tightrope.charts import pixels, theme
from tightrope.charts.marks import Drawing


@dataclass(frozen=True)
class Thumbnail:
    """A drawing for the width of a phone, which fills what room its place on the page has.

    `title` and `description` are for readers who cannot see it. What it shows stands with rows and
    sources in the sentence beside it, and in the chapter that this leads to. Raises ValueError
    where one of the texts is empty.
    """

    id: str
    title: str
    description: str
    draw: Callable[[int], Drawing]

    def __post_init__(self) -> None:
        for name in ("id", "title", "description"):
            if not getattr(self, name):
                raise ValueError(f"a small picture needs {name}")

    @property
    def svg(self) -> str:
        """The picture."""
        drawing = self.draw(theme.NARROW)
        return pixels.svg(drawing.to_dict(), f"small-{self.id}", self.title, self.description)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            "text/plain": f"Picture {self.id}: {self.title}",
            "text/html": f'<div class="thumbnail">{self.svg}</div>',
        }
