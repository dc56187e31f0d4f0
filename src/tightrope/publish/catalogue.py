"""The catalogue of deals: a line a deal with the form that filters them, and a page for each part
of the web with all legs and steps.

Both are complete without a script. The form is hidden until `listing.js` shows it; the script
reads all it filters by from the lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tightrope import addresses
from tightrope.dealbook import Dealbook
from tightrope.publish import deals
from tightrope.publish.deal_words import CIRCLE_WORDS, STATUS_WORDS, scope_words, spaced
from tightrope.publish.deals import Deal, Leg
from tightrope.publish.listing import words_beyond
from tightrope.publish.parts import Part, Section
from tightrope.templates import render

_ORDERS = (
    ("newest", "Newest first", "", False),
    ("oldest", "Oldest first", "day", False),
    ("largest", "Largest leg first", "amount", True),
    ("name", "By name", "name", False),
)


class _Line(NamedTuple):
    deal: Deal
    address: str
    """Where the deal stands with all its legs, seen from the list."""
    days: str
    """When it was announced and its steps became known: days with a space between."""
    words: str


def html(book: Dealbook, layer: str) -> str:
    """The form and a line for each deal known on the book's day, the newest first.

    `layer` decides what counts as a leg's amount in a line and in the order by amount.
    """
    every = deals.of(book, layer)
    legs = [leg for deal in every for leg in deal.legs]
    days = sorted({day for deal in every for day in _days(deal)})
    paying = dict(
        pair for leg in legs for pair in ((leg.payer_id, leg.payer), (leg.payee_id, leg.payee))
    )
    numbers = Counter(deal.scope for deal in every)
    scopes = {scope: title for scope, title in scope_words(book).items() if scope in numbers}
    return render(
        "deals/list.html",
        what="deal",
        parts=[
            (title, numbers[scope], f"{_seen(addresses.page_of_scope(scope, book.focal))}.html")
            for scope, title in scopes.items()
        ],
        lines=[
            _Line(
                deal,
                _seen(deal.address),
                " ".join(_days(deal)),
                words_beyond(_shown(deal), _texts(deal)),
            )
            for deal in every
        ],
        parties=sorted(paying.items(), key=lambda item: item[1].casefold()),
        instruments=[(one, spaced(one)) for one in sorted({leg.instrument for leg in legs})],
        statuses=[one for one in STATUS_WORDS.items() if one[0] in {leg.status for leg in legs}],
        scopes=scopes.items(),
        circles=[one for one in CIRCLE_WORDS.items() if one[0] in {deal.circle for deal in every}],
        first=days[0] if days else "",
        last=days[-1] if days else "",
        orders=_ORDERS,
    )


def pages(book: Dealbook, layer: str, there: Iterable[str]) -> list[Part]:
    """A page for each part of the web, with all its deals, legs and steps.

    `there` are the ids of the book's pages; deals lead to the dossiers among them.
    """
    dossiers = [page.partition("/")[2] for page in there if page.startswith("partners/")]
    every = deals.of(book, layer, dossiers)
    written = []
    for scope, title in scope_words(book).items():
        shown = [deal for deal in every if deal.scope == scope]
        if shown:
            section = Section(render("deals/deals.html", deals=shown))
            written.append(Part(addresses.page_of_scope(scope, book.focal), title, [section]))
    return written


def _seen(address: str) -> str:
    """An address as seen from the list."""
    return address.removeprefix("reference/")


def _days(deal: Deal) -> list[str]:
    """The day it was announced, then those on which its steps became known."""
    known = sorted({f"{step.known_on:%Y-%m-%d}" for leg in deal.legs for step in leg.steps})
    announced = f"{deal.announced_on:%Y-%m-%d}"
    return [announced, *(day for day in known if day != announced)]


def _shown(deal: Deal) -> str:
    """What the line itself says, as far as it is names."""
    return " ".join([deal.name, *(name for way in deal.ways for name in way)])


def _texts(deal: Deal) -> Iterator[str]:
    """All that the page of the deal says of it in words."""
    yield deal.summary
    yield from deal.belongs
    yield from (link.words for links in deal.related.values() for link in links)
    for leg in deal.legs:
        yield from _of_leg(leg)


def _of_leg(leg: Leg) -> Sequence[str]:
    texts = [leg.payer, leg.payee, spaced(leg.instrument), leg.medium, leg.purpose, leg.when]
    texts += [leg.heard_words, *(text for _, text in leg.rungs), *leg.terms.values()]
    for step in leg.steps:
        texts += [step.known, step.status, step.amount, step.basis, step.origin, step.grade]
        texts += [step.source.words, *step.notes]
    return texts
