"""A page of a book that a test has made, as a notebook opens it."""

from __future__ import annotations

import json

from tightrope import quantities
from tightrope.charts import theme
from tightrope.charts.figure import Figure
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening


def opened(book: Dealbook, layer: str = "announced", focal: str = "openai") -> Opening:
    return Opening(book, layer, focal, Facts(book), quantities.of(book, focal))


def plain(text: str) -> str:
    """A text with plain spaces, as a test writes it."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def drawn(figure: Figure) -> str:
    """The wide drawing of a figure as text."""
    return plain(json.dumps(figure.draw(theme.WIDE).to_dict(), ensure_ascii=False))


def present(figure: Figure | None) -> Figure:
    """The figure, which has to be there."""
    assert figure is not None
    return figure
