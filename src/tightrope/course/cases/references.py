"""The documents that a handout cites, numbered in the order in which its exhibits name them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from tightrope.charts.credit import whose_text
from tightrope.course.cases.exhibit import Exhibit, Line
from tightrope.dealbook import Dealbook

_LINE, _LEAST = 62, 22
"""Letters of publisher, title and day together, so that a document has one line; and of a title."""


@dataclass(frozen=True)
class Reference:
    """A document as the list at the end of a handout names it; long titles are cut at a word."""

    number: int
    publisher: str
    title: str
    """"" where the document came out after the day: its title may tell what came."""
    published: str


class References:
    """The documents behind the lines of some exhibits, as the day of `book` knew them."""

    def __init__(self, book: Dealbook, exhibits: Iterable[Exhibit]) -> None:
        self._book = book
        lines = (line for exhibit in exhibits for line in exhibit.lines)
        ids = (one for line in lines for one in book.sources_of(line.rows))
        self._numbers = {one: place for place, one in enumerate(dict.fromkeys(ids), 1)}

    def of(self, line: Line) -> list[int]:
        """The numbers of the documents of a line, ascending."""
        return sorted(self._numbers[one] for one in self._book.sources_of(line.rows))

    @property
    def listed(self) -> list[Reference]:
        """Every document, by number."""
        return [self._entry(one, number) for one, number in self._numbers.items()]

    def _entry(self, source_id: str, number: int) -> Reference:
        source = self._book.sources.set_index("source_id").loc[source_id]
        published = str(source.published_on)
        # A month or a year without a day is compared as far as it goes.
        is_later = published > f"{self._book.day:%Y-%m-%d}"[: len(published)]
        publisher = whose_text(str(source.publisher))
        if is_later:
            return Reference(number, publisher, "", "")
        room = max(_LINE - len(publisher) - len(published), _LEAST)
        title = textwrap.shorten(str(source.title), room, placeholder=" …")
        return Reference(number, publisher, title, published)
