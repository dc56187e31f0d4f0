"""The documents that the data rest on: a list to search, and a page for each kind of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from tightrope import addresses, dealbook
from tightrope.dealbook import Dealbook
from tightrope.publish.homes import of_rows
from tightrope.publish.listing import words_beyond
from tightrope.publish.parts import Part, Section
from tightrope.templates import render

KINDS = {
    "filing": "Filings and exhibits",
    "company": "Companies’ own releases",
    "press": "Newsrooms",
    "secondary": "Digests, reposts and summaries",
}
"""The kinds of documents, with the titles of their pages."""
WHAT = {
    "events": "step",
    "financials": "figure",
    "claims": "claim",
    "terms": "statement of terms",
    "scenarios": "assumption",
    "watch": "thing to watch",
    "outside_checks": "outside check",
}
"""The tables whose rows rest on a document, and what a row of each is called."""
_ORDERS = (
    ("publisher", "By publisher", "", False),
    ("newest", "Newest first", "day", True),
    ("oldest", "Oldest first", "day", False),
    ("rows", "Most rows first", "amount", True),
    ("name", "By title", "name", False),
)


class Line(NamedTuple):
    """A document as a line of the list."""

    id: str
    address: str
    title: str
    publisher: str
    published: str
    kind: str
    read_as: str
    rests: int
    words: str


class Card(NamedTuple):
    """A document with all that is said of it; `rests` are rows with their addresses."""

    id: str
    title: str
    url: str
    publisher: str
    host: str
    note: str
    published: str
    read: str
    told: str
    rests: list[tuple[str, str]]


def uses(book: Dealbook) -> pd.DataFrame:
    """Every row that rests on a document: row (its id), source_id, table, confidence or ""."""
    return pd.concat(
        getattr(book, table)
        .rename(columns={dealbook.KEYS[table]: "row"})[["row", "source_id"]]
        .assign(table=table, confidence=getattr(book, table).get("confidence", ""))
        for table in WHAT
    )


def html(book: Dealbook) -> str:
    """All documents, a line each, with the form that filters them; each leads to its card."""
    there = addresses.of_sources(book)
    rests = uses(book).source_id.value_counts()
    lines = [
        Line(
            source.source_id,
            _seen(there[source.source_id]),
            source.title,
            source.publisher,
            source.published_on,
            source.kind,
            source.read_as,
            int(rests.get(source.source_id, 0)),
            words_beyond(f"{source.title} {source.publisher}", (source.note, _host(source))),
        )
        for source in _by_publisher(book.sources).itertuples()
    ]
    numbers = book.sources.kind.value_counts()
    kinds = {kind: title for kind, title in KINDS.items() if kind in numbers.index}
    return render(
        "sources/list.html",
        what="document",
        parts=[
            (title, numbers[kind], f"{_seen(addresses.page_of_kind(kind))}.html")
            for kind, title in kinds.items()
        ],
        lines=lines,
        kinds=kinds.items(),
        orders=_ORDERS,
    )


def pages(book: Dealbook, there: Iterable[str]) -> list[Part]:
    """A page for each kind of documents. `there` are the book's pages, to which rows lead."""
    resting: dict[str, list[str]] = {}
    used = uses(book)
    for table, row, document in zip(used.table, used.row, used.source_id, strict=True):
        resting.setdefault(document, []).append(f"{table}/{row}")
    homes = of_rows(there, book)
    sorted_ = _by_publisher(book.sources)
    written = []
    for kind, title in KINDS.items():
        cards = [
            _card(one, resting.get(one.source_id, []), homes)
            for one in sorted_[sorted_.kind.eq(kind)].itertuples()
        ]
        if cards:
            shown = Section(render("sources/cards.html", documents=cards))
            written.append(Part(addresses.page_of_kind(kind), f"{title} ({len(cards)})", [shown]))
    return written


def _seen(address: str) -> str:
    """An address as seen from the list."""
    return address.removeprefix("reference/")


def _by_publisher(sources: pd.DataFrame) -> pd.DataFrame:
    return sources.sort_values("publisher", key=lambda names: names.str.casefold(), kind="stable")


def _host(source: Any) -> str:
    return urlsplit(source.url).hostname or ""


def _card(source: Any, rests: list[str], homes: dict[str, str]) -> Card:
    extract = "Read as an extract only. " if source.read_as == "extract" else ""
    return Card(
        source.source_id,
        source.title,
        source.url,
        source.publisher,
        _host(source),
        f"{extract}{source.note}".strip(),
        source.published_on,
        f"{source.accessed_on:%Y-%m-%d}",
        what_rests(rests),
        [(row, homes.get(row, "")) for row in rests],
    )


def what_rests(rows: Iterable[str]) -> str:
    """How many rows (`table/id`) of which table there are, in words."""
    numbers = Counter(row.partition("/")[0] for row in rows)
    return ", ".join(
        f"{numbers[table]} {word}{'' if numbers[table] == 1 else 's'}"
        for table, word in WHAT.items()
        if table in numbers
    )
