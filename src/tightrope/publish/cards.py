"""Things with a heading, a sentence and a few facts each: for texts too long for a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tightrope.charts.table import Markup
from tightrope.templates import render


@dataclass(frozen=True)
class Card:
    """One thing: `facts` are texts by their label; those that are `Markup` stay links."""

    heading: str
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    anchor: str = ""


class Cards:
    """Cards below each other, as a notebook shows them; facts without a text are left out."""

    def __init__(self, cards: Sequence[Card], nothing: str) -> None:
        """`nothing` is what the page says where there is no card."""
        self.html = Markup(render("cards.html", cards=cards, nothing=nothing))
        self._plain = f"{len(cards)} entries"

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self._plain
