"""Every number of the text with its rows and sources: a page a chapter, an index, `facts.json`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tightrope import addresses, units
from tightrope.dealbook import KEYS, Dealbook
from tightrope.publish import parts
from tightrope.publish.homes import of_rows
from tightrope.publish.page import Content
from tightrope.publish.pages import Page
from tightrope.publish.parts import Part, Section
from tightrope.templates import render

Stated = Mapping[Page, Mapping[str, Content]]
"""The facts of every page, by page and key."""
_SHORT = 3
_MANY = 15
_TOGETHER = {
    "partners": "The numbers of the partners’ pages",
    "scenarios": "The numbers of the scenarios’ pages",
}
"""Titles of the pages that show the numbers of a whole folder."""

_LISTS = {
    "deals": "deal-catalogue",
    "legs": "deal-catalogue",
    "events": "deal-catalogue",
    "sources": "sources",
    "claims": "claim-check",
}
"""The reference pages that show all rows of a table."""


class Row(NamedTuple):
    """What a number rests on: a row, all rows of a table, a document; `address` may be ""."""

    name: str
    address: str
    is_id: bool


class Shown(NamedTuple):
    """A number as its card shows it."""

    id: str
    key: str
    written: str
    how: str
    rows: Sequence[Row]
    number_of_rows: int
    sources: Sequence[Row]
    first: str
    """The number whose card lists the same rows; "" where this card does."""


def pages(stated: Stated, titles: Mapping[Page, str], book: Dealbook) -> list[Part]:
    """The page that lists the pages with numbers, then these."""
    filled = {page: facts for page, facts in stated.items() if facts}
    index = render(
        "facts/index.html",
        pages=[(page.slug, _way(page), titles[page], len(facts)) for page, facts in filled.items()],
    )
    opening = Part(
        addresses.FACTS,
        "Every number and where it comes from",
        [Section(render("facts/opening.html", day=units.day(book.day.date())) + index)],
    )
    return [opening, *_parts(filled, titles, book, [page.id for page in stated])]


def write(opening: Part, of_pages: Sequence[Part], source: Path) -> None:
    """Write what `pages` made, the first apart, into the book's `source`."""
    (source / "reference").mkdir(exist_ok=True)
    (source / f"{opening.page}.md").write_text(parts.markdown(opening), encoding="utf-8")
    parts.write(of_pages, addresses.FACTS, source)


def write_all(stated: Stated, book: Dealbook, beside: Path) -> None:
    """Write all numbers `beside` the pages, as `facts.json`."""
    everything = {
        f"{page.slug}.{key}": fact | {"sources": book.sources_of(fact["rows"])}
        for page, facts in stated.items()
        for key, fact in facts.items()
    }
    beside.mkdir(exist_ok=True)
    (beside / "facts.json").write_text(
        json.dumps(everything, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def _way(page: Page) -> str:
    """From the index to a page's numbers: its own page, or its place on one that it shares."""
    there = addresses.page_of_facts(page.id).removeprefix("reference/") + ".html"
    return f"{there}#{_anchor(page)}" if _folder(page) in _TOGETHER else there


def _anchor(page: Page) -> str:
    return f"numbers-of-{page.slug}"


def _folder(page: Page) -> str:
    return page.id.rpartition("/")[0]


def _parts(
    filled: Stated, titles: Mapping[Page, str], book: Dealbook, pages_there: Collection[str]
) -> list[Part]:
    by_part: dict[str, list[Page]] = {}
    for page in filled:
        by_part.setdefault(addresses.page_of_facts(page.id), []).append(page)
    cards = _Cards(filled, book, pages_there)
    return [
        Part(
            there,
            _TOGETHER.get(_folder(pages[0]), f"The numbers of “{titles[pages[0]]}”"),
            [
                Section(cards.html(page, titles[page]), titles[page], _anchor(page))
                if _folder(page) in _TOGETHER
                else Section(cards.html(page, titles[page]))
                for page in pages
            ],
        )
        for there, pages in by_part.items()
    ]


class _Cards:
    def __init__(self, filled: Stated, book: Dealbook, pages: Collection[str]) -> None:
        self._facts = filled
        self._book = book
        self._homes = of_rows(pages, book)
        self._lists = {
            table: f"{page}.html" for table, page in _LISTS.items() if f"reference/{page}" in pages
        }
        self._publishers = dict(zip(book.sources.source_id, book.sources.publisher, strict=True))
        self._tables = {
            table: frozenset(f"{table}/{one}" for one in getattr(book, table)[key])
            for table, key in KEYS.items()
        }

    def html(self, page: Page, title: str) -> str:
        """The cards of a page's numbers; what several rest on is listed with the first of them."""
        firsts: dict[tuple[str, ...], str] = {}
        shown = []
        for key, fact in self._facts[page].items():
            first = firsts.setdefault(tuple(fact["rows"]), key)
            shown.append(self._shown(page, fact, first))
        return render("facts/cards.html", page=f"{page.id}.html", title=title, facts=shown)

    def _shown(self, page: Page, fact: Content, first: str) -> Shown:
        rows = fact["rows"]
        there = fact["key"] != first and len(rows) > _SHORT
        return Shown(
            f"{page.slug}.{fact['key']}",
            fact["key"],
            fact["written"],
            fact["how"],
            [] if there else list(self._rows(rows)),
            len(rows),
            [] if there else self._sources(rows),
            f"{page.slug}.{first}" if there else "",
        )

    def _rows(self, rows: Sequence[str]) -> Iterator[Row]:
        """The rows with where they are shown; a table of which all are there is named as such."""
        named = frozenset(rows)
        whole = {
            table for table, every in self._tables.items() if len(every) > _MANY and every <= named
        }
        for table in sorted(whole):
            yield Row(
                f"all {len(self._tables[table])} rows of {table}", self._lists.get(table, ""), False
            )
        for row in rows:
            if row.partition("/")[0] not in whole:
                yield Row(row, self._homes.get(row, ""), True)

    def _sources(self, rows: Sequence[str]) -> list[Row]:
        """The documents; none where a number rests on many: its rows lead to them."""
        sources = self._book.sources_of(rows)
        if len(sources) > _MANY:
            return [Row(f"{len(sources)} documents: the rows lead to them", "", False)]
        return [Row(self._publishers[one], self._homes[f"sources/{one}"], False) for one in sources]
