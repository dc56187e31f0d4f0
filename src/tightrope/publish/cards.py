"""Things with a heading, a sentence and a few facts each: for texts too long for a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from tightrope.charts.table import Markup


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
        self.html = (
            f'<div class="dictionary">{"".join(map(_card, cards))}</div>'
            if cards
            else f"<p>{escape(nothing)}</p>"
        )
        self._plain = f"{len(cards)} entries"

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self._plain


def _card(card: Card) -> str:
    facts = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{_text(text)}</dd></div>"
        for label, text in card.facts.items()
        if text
    )
    identity = f' id="{escape(card.anchor)}"' if card.anchor else ""
    return (
        f'<div class="column"{identity}><h3>{_text(card.heading)}</h3>'
        f"<p>{_text(card.text)}</p><dl>{facts}</dl></div>"
    )


def _text(text: str) -> str:
    return text if isinstance(text, Markup) else escape(text)
