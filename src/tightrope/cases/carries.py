"""Which pages a data package can carry, and why it cannot carry the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tightrope import accounts, dealbook, partners, scenarios
from tightrope.chapters import when_money_moves
from tightrope.dealbook import Dealbook
from tightrope.quantities.view import View
from tightrope.scenario_parameters import BASE

MOST_DOSSIERS = 12
"""How many partners have a page of their own: the largest."""


@dataclass(frozen=True)
class Carried:
    """A page by its id, with its name in the list of pages; `why_not` is "" where it is carried."""

    page: str
    title: str
    part: str
    why_not: str = ""

    @property
    def name(self) -> str:
        """The last part of the id."""
        return self.page.rpartition("/")[2]


_STORY = "Who pays whom"
_MUCH = "How much, and whose"
_HOLD = "Will it hold?"
_IF = "What if?"
_PARTNERS = "Partners"
_CHECK = "Check it"
_HOW = "How it was done"
_DATES = ("chapters/when-money-moves", "When the money moves", _MUCH)
_ALWAYS = (
    ("chapters/at-a-glance", "At a glance", _STORY),
    ("chapters/web-of-partners", "Rings, and the whole web", _STORY),
    ("chapters/promise-and-cash", "Promised, signed, paid", _MUCH),
    ("chapters/how-circular", "How circular?", _MUCH),
    ("chapters/whose-money", "Whose money?", _MUCH),
)
_LISTS = (
    ("reference/gallery", "All figures", _CHECK),
    ("reference/why-the-totals-differ", "Why the totals differ", _CHECK),
    ("reference/deal-catalogue", "Every deal", _CHECK),
    ("reference/facts", "Every number in a sentence", _CHECK),
    ("reference/sources", "Every source", _CHECK),
    ("reference/methods", "Methods: circularity", _HOW),
    ("reference/methods-runway", "Methods: the runway", _HOW),
    ("reference/methods-losses", "Methods: losses", _HOW),
    ("reference/data-dictionary", "The data, table by table", _HOW),
    ("reference/glossary", "Glossary", _HOW),
    ("reference/about", "Accessibility and privacy", _HOW),
)


def of(book: Dealbook) -> list[Carried]:
    """All pages that a book about a web can have, in reading order, the first page left out.

    Scenarios, dossiers and lists that only some packages have follow from the rows of `book`.
    """
    unplanned = no_plan(book)
    no_test = unplanned or _no_test(book)
    worlds = [] if unplanned else scenarios.ids(book)
    compared = unplanned or (
        "" if len(worlds) > 1 else "there is one scenario, and nothing beside it"
    )
    return [
        *(Carried(*page) for page in _ALWAYS),
        Carried(*_DATES, _no_years(book)),
        Carried("chapters/runway", "When the cash runs out", _HOLD, unplanned),
        Carried("chapters/who-breaks", "Who breaks first?", _HOLD, no_test),
        Carried("chapters/scenarios", "Scenarios, side by side", _IF, compared),
        *(Carried(f"scenarios/{one}", "", _IF) for one in worlds),
        *(Carried(f"partners/{one}", "", _partners(book)) for one in dossiers(book)),
        Carried("reference/terms", "What contracts make due", _CHECK, _empty(book, "terms")),
        Carried("reference/watch", "What is due next", _CHECK, _empty(book, "watch")),
        *(Carried(*page) for page in _LISTS),
    ]


def dossiers(book: Dealbook) -> list[str]:
    """The partners that have a page of their own, by id: the largest by what is announced."""
    return _by_size(book)[:MOST_DOSSIERS]


def _partners(book: Dealbook) -> str:
    """What the list of pages calls the dossiers; where there are too many, that it has a part."""
    number = len(_by_size(book))
    if number <= MOST_DOSSIERS:
        return _PARTNERS
    return f"The {MOST_DOSSIERS} largest of {number} partners"


def _by_size(book: Dealbook) -> list[str]:
    """The partners of the focal party, whoever gives and gets most first, by name among equals."""
    focal = book.focal
    legs = accounts.climbed(book.within(*dealbook.WEB))
    bare = book.within(*dealbook.WEB).legs
    ends = pd.concat(
        [bare.payer_id[bare.payee_id.eq(focal)], bare.payee_id[bare.payer_id.eq(focal)]]
    )
    sums = pd.Series(0.0, index=pd.Index(sorted(set(ends))))
    for own, other in (("payee", "payer"), ("payer", "payee")):
        found = legs[legs[own].eq(focal)].groupby(other).stated.sum()
        sums = sums.add(found.reindex(sums.index).fillna(0.0))
    names = {party: book.party_name(party) for party in sums.index}
    return sorted(sums.index, key=lambda party: (-sums[party], names[party]))


def _empty(book: Dealbook, table: str) -> str:
    return "" if len(getattr(book, table)) else f"{table}.csv has no row"


def _no_years(book: Dealbook) -> str:
    moves = when_money_moves.moves(View(book, book.focal), "announced")
    if moves.year.notna().any():
        return ""
    return (
        "no payment of the party in the middle has a year: legs.csv has no ends_on of one, and "
        "events.csv no paid step"
    )


def no_plan(book: Dealbook) -> str:
    """Why there is no scenario to compute; "" where there is."""
    if BASE in scenarios.ids(book):
        return ""
    return f'scenarios.csv has no scenario "{BASE}": what comes in and goes out is not planned'


def _no_test(book: Dealbook) -> str:
    if partners.can_be_tested(book, book.focal):
        return ""
    return (
        "financials.csv has for no supplier an operating cash flow and dues to lenders or "
        "landlords: who can pay its bills is not known"
    )


def said(pages: Sequence[Carried]) -> str:
    """How many pages are carried, and why not the others, as one line for `make check-data`."""
    kept = [one for one in pages if not one.why_not]
    line = f"pages: {len(kept) + 1} of {len(pages) + 1}"
    reasons: dict[str, list[str]] = {}
    for one in pages:
        if one.why_not:
            reasons.setdefault(one.why_not, []).append(one.name)
    left = [f"not {', '.join(names)}: {why}" for why, names in reasons.items()]
    return "; ".join([line, *left])
