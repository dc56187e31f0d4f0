"""Where the site shows a row of the data, as seen from a reference page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from tightrope import addresses
from tightrope.charts.table import Markup
from tightrope.dealbook import Dealbook
from tightrope.publish.pages import of_this_book


def of_rows(pages: Iterable[str], book: Dealbook) -> dict[str, str]:
    """The address of every row (`table/id`) that one of these pages shows.

    `pages` are page ids of the table of contents. Sources always have their page; deals, legs and
    steps stand in the catalogue, claims and assumptions on their own pages.
    """
    there = set(pages)
    documents = addresses.of_sources(book)
    homes = {f"sources/{one}": _seen(address) for one, address in documents.items()}
    if addresses.DEALS in there:
        homes |= {row: _seen(address) for row, address in addresses.of_deals(book).items()}
    if "reference/claim-check" in there:
        homes |= {f"claims/{claim}": f"claim-check.html#{claim}" for claim in book.claims.claim_id}
    for one in book.scenarios.itertuples():
        if f"scenarios/{one.scenario_id}" in there:
            page = f"../scenarios/{one.scenario_id}.html"
            homes[f"scenarios/{one.assumption_id}"] = f"{page}#{one.parameter}"
    return homes


def _seen(address: str) -> str:
    return address.removeprefix("reference/")


def stacked(links: Iterable[Markup]) -> Markup:
    """Links below each other, each once."""
    return Markup(f'<span class="stacked">{"<br>".join(dict.fromkeys(links))}</span>')


class Links:
    """Links from a reference page of the book to rows of the data, as HTML."""

    def __init__(self, book: Dealbook) -> None:
        self._homes: Mapping[str, str] = of_rows(of_this_book(), book)
        self._publishers = dict(zip(book.sources.source_id, book.sources.publisher, strict=True))
        names = dict(zip(book.deals.deal_id, book.deals["name"], strict=True))
        self._deals = {
            leg: names[deal] for leg, deal in zip(book.legs.leg_id, book.legs.deal_id, strict=True)
        }

    def row(self, row: str, words: str = "") -> Markup:
        """A row as a link where the site shows it, else as its plain id."""
        text = escape(words) if words else f"<code>{escape(row)}</code>"
        home = self._homes.get(row)
        return Markup(f'<a href="{escape(home)}">{text}</a>' if home else text)

    def rows(self, rows: Iterable[str]) -> Markup:
        """Rows as links, one below the other; legs go by the name of their deal."""
        links = [
            self.row(one, self._deals.get(one.removeprefix("legs/"), ""))
            for one in dict.fromkeys(rows)
        ]
        return stacked(links)

    def source(self, source_id: str) -> Markup:
        """A document as a link to its place among the sources; "" for no document."""
        words = self._publishers.get(source_id, "")
        return self.row(f"sources/{source_id}", words) if words else Markup("")
