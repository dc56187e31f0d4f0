"""Where the site shows what: the page and the place of a document, a deal and a number.

All addresses count from the site's root. Long lists stand on several pages each; the page that
has the list's old address has a line for all that is on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the list of pages asks for addresses too, and must not load pandas
    from tightrope.dealbook import Dealbook

SOURCES = "reference/sources"
DEALS = "reference/deal-catalogue"
FACTS = "reference/facts"
CARDS = "cards"
"""The folder of the pictures that messages show where somebody shares a page."""
FEED = "feed.xml"
"""What changed, for programs that follow it."""
_ALONE = ("chapters", "reference")
"""The folders whose pages have a page of numbers each; those of other folders share one."""


def card_of(page: str) -> str:
    """The address of the picture for messages of a page of the list."""
    return f"{CARDS}/{page}.png"


def page_of_kind(kind: str) -> str:
    """The id of the page that shows the documents of a kind."""
    return f"{SOURCES}/{_hyphened(kind)}"


def page_of_scope(scope: str, focal: str) -> str:
    """The id of the page that shows the deals of a scope; those of the middle, under its id."""
    return f"{DEALS}/{focal if scope == 'focal' else _hyphened(scope)}"


def of_sources(book: Dealbook) -> Mapping[str, str]:
    """The address of every document, by its `source_id`."""
    return book.once(of_sources, lambda: dict(_sources(book)))


def of_deals(book: Dealbook) -> Mapping[str, str]:
    """The address of every deal, leg and step, by its row (`table/id`)."""
    return book.once(of_deals, lambda: dict(_deals(book)))


def _sources(book: Dealbook) -> Iterator[tuple[str, str]]:
    for one, kind in zip(book.sources.source_id, book.sources.kind, strict=True):
        yield one, f"{page_of_kind(kind)}.html#{one}"


def _deals(book: Dealbook) -> Iterator[tuple[str, str]]:
    page_of_deal, page_of_leg = {}, {}
    for deal, scope in zip(book.deals.deal_id, book.deals.scope, strict=True):
        page_of_deal[deal] = f"{page_of_scope(scope, book.focal)}.html"
        yield f"deals/{deal}", f"{page_of_deal[deal]}#deal-{deal}"
    for leg, deal in zip(book.legs.leg_id, book.legs.deal_id, strict=True):
        page_of_leg[leg] = page_of_deal[deal]
        yield f"legs/{leg}", f"{page_of_leg[leg]}#leg-{leg}"
    for event, leg in zip(book.events.event_id, book.events.leg_id, strict=True):
        yield f"events/{event}", f"{page_of_leg[leg]}#event-{event}"


def slug(page: str) -> str:
    """The id of a page in one word: chapters/core-deal -> core-deal."""
    folder, _, name = page.rpartition("/")
    return name if folder in ("", "chapters", "reference") else f"{folder}-{name}"


def page_of_facts(page: str) -> str:
    """The id of the page that shows the numbers of the page with this id."""
    folder, _, name = page.rpartition("/")
    if not folder:
        return f"{FACTS}/start-page"
    return f"{FACTS}/{name if folder in _ALONE else f'all-{folder}'}"


def of_fact(page: str, key: str) -> str:
    """The address of a number that the page with this id states under `key`."""
    return f"{page_of_facts(page)}.html#{slug(page)}.{key}"


def _hyphened(name: str) -> str:
    return name.replace("_", "-")
