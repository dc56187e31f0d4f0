"""A page of a book that a test has made, as a notebook opens it."""

from __future__ import annotations

from tightrope import quantities
from tightrope.dealbook import Dealbook
from tightrope.publish.facts import Facts
from tightrope.publish.opening import Opening


def opened(book: Dealbook, layer: str = "announced", focal: str = "openai") -> Opening:
    return Opening(book, layer, focal, Facts(book), quantities.of(book, focal))
