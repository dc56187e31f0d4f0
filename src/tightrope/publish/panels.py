"""What a number says of itself in place: a file a page, which a script reads on the first touch.

A panel has the number, its definition, its range, and the largest rows that it rests on, each
with its sum, how sure it is, its day and its source. All rows stand on the number's card.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from tightrope import ledger, units
from tightrope.charts.credit import whose_text
from tightrope.dealbook import KEYS, Dealbook
from tightrope.publish import deal_words as words
from tightrope.publish.homes import of_rows
from tightrope.publish.page import Content
from tightrope.publish.pages import Page

FOLDER = "numbers"
"""The folder of the site that has the files."""
MOST_ROWS = 5
_TOLD = ("events", "financials", "claims", "sources")
"""Tables whose rows a panel can put in words, beside the legs."""


class Row(NamedTuple):
    """A row of the data in words: what it says, how much, how sure, since when, who says so.

    `address` is where the site shows it, from the root; "" where it does not. A row whose sum is
    not known has -1 as its `size`.
    """

    what: str
    sum: str
    rung: str
    day: str
    source: str
    address: str
    size: float


def files(
    stated: Mapping[Page, Mapping[str, Content]], book: Dealbook, layer: str, pages: Sequence[str]
) -> dict[str, str]:
    """The file of every page that states numbers, by its name in `FOLDER`."""
    panels = Panels(book, layer, pages)
    return {
        f"{page.slug}.js": panels.file(page.slug, facts) for page, facts in stated.items() if facts
    }


class Panels:
    """Makes the panels of a book's numbers."""

    def __init__(self, book: Dealbook, layer: str, pages: Sequence[str]) -> None:
        """`pages` are the ids of the pages that can show rows."""
        self._book, self._layer = book, layer
        self._homes = of_rows(pages, book)
        self._names = dict(zip(book.parties.party_id, book.parties["name"], strict=True))
        self._tables = {table: _by_id(getattr(book, table), KEYS[table]) for table in _TOLD}
        self._tables["legs"] = _by_id(ledger.ladder(book), "leg_id")
        newest = book.events.sort_values("known_on", kind="stable").groupby("leg_id").tail(1)
        self._newest = _by_id(newest, "leg_id")
        self._told: dict[str, Row | None] = {}

    def file(self, slug: str, facts: Mapping[str, Content]) -> str:
        """The file of one page: a script, which a page on a disk may load as well.

        Numbers share rows, so that rows stand apart and numbers name them by their place.
        """
        rows: dict[tuple[str, ...], int] = {}
        numbers = {}
        for key, fact in facts.items():
            shown = self.panel(fact)
            places = [rows.setdefault(row, len(rows)) for row in shown["rows"]]
            numbers[key] = shown | {"rows": places}
        told = json.dumps(
            {"numbers": numbers, "rows": list(rows)}, ensure_ascii=False, separators=(",", ":")
        )
        return f"tightropeNumbers({json.dumps(slug)},{told});\n"

    def panel(self, fact: Content) -> dict[str, Any]:
        """One number: `how` it is defined, its `range`, `rows` of texts, and `more` rows."""
        low, high = fact["low"], fact["high"]
        has_range = low is not None and high is not None
        ends = units.written_range(low, high, fact["unit"]) if has_range else ""
        found = sorted(self._rows(fact["rows"]), key=lambda row: -row.size)
        return {
            "how": fact["how"],
            "range": "" if ends in fact["written"] else ends,
            "rows": [row[:-1] for row in found[:MOST_ROWS]],
            "more": len(fact["rows"]) - min(len(found), MOST_ROWS),
        }

    def _rows(self, rows: list[str]) -> Iterator[Row]:
        for row in rows:
            if row not in self._told:
                self._told[row] = self._tell(row)
            if told := self._told[row]:
                yield told

    def _tell(self, row: str) -> Row | None:
        table, _, one = row.partition("/")
        if one not in self._tables.get(table, ()):
            return None
        tell: Callable[[Any], Row] = getattr(self, f"_of_{table}")
        address = self._homes.get(row, "")
        shown = f"reference/{address}" if not address.startswith("../") else address[3:]
        return tell(self._tables[table][one])._replace(address=shown if address else "")

    def _of_legs(self, stand: Any) -> Row:
        amount, _, high = words.bounds(stand, self._layer)
        step = self._newest[stand.leg_id]
        return Row(
            f"{self._payment(stand.payer, stand.payee)}: {words.spaced(stand.instrument)}",
            words.on(stand, self._layer),
            words.STATUS_WORDS[stand.status],
            *self._said(step.known_on, step.source_id),
            "",
            next((end for end in (amount, high) if pd.notna(end)), -1.0),
        )

    def _of_events(self, step: Any) -> Row:
        leg = self._tables["legs"][step.leg_id]
        amount = step.amount_usd_bn
        return Row(
            f"{self._payment(leg.payer, leg.payee)}: {words.spaced(leg.instrument)}",
            words.stated(step),
            words.STATUS_WORDS[step.status],
            *self._said(step.known_on, step.source_id),
            "",
            amount if pd.notna(amount) else -1.0,
        )

    def _of_financials(self, figure: Any) -> Row:
        return Row(
            f"{self._names[figure.party_id]}: {words.spaced(figure.metric)}, {figure.period}",
            units.written(figure.value, figure.unit) if pd.notna(figure.value) else units.UNKNOWN,
            words.spaced(figure.nature),
            *self._said(figure.known_on, figure.source_id),
            "",
            -1.0,
        )

    def _of_claims(self, row: Any) -> Row:
        return Row(row.claim, "", row.verdict, "", self._publisher(row.source_id), "", -1.0)

    def _of_sources(self, document: Any) -> Row:
        publisher = whose_text(document.publisher)
        return Row(document.title, "", "", str(document.published_on), publisher, "", -1.0)

    def _payment(self, payer: str, payee: str) -> str:
        return f"{self._names[payer]} → {self._names[payee]}"

    def _said(self, known_on: Any, source: str) -> tuple[str, str]:
        return units.day(known_on.date()), self._publisher(source)

    def _publisher(self, source: object) -> str:
        document = self._tables["sources"].get(source)
        return whose_text(document.publisher) if document else ""


def _by_id(table: pd.DataFrame, key: str) -> dict[object, Any]:
    return {getattr(row, key): row for row in table.itertuples(index=False)}
