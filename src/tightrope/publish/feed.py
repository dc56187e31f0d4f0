"""What changed, as an Atom feed (RFC 4287): one entry a day on which something became known.

The words are those of the page "What changed": what became of each leg, by `changes.between`, here
from one day to the next. An entry never changes while the data of its day and before stay as they
are; so a program that follows the feed shows it once.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pandas as pd

from tightrope import addresses, changes, dealbook, units
from tightrope.dealbook import Dealbook
from tightrope.publish.imprint import Imprint

ENTRIES = 20
"""How many days the feed goes back: what came before is on the page."""
PAGE = "reference/what-changed.html"
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(book: Dealbook, imprint: Imprint) -> str:
    """The feed of a book whose `imprint` has an address, newest day first."""
    ElementTree.register_namespace("", _ATOM)
    entries = [entry for day in _days(book) if (entry := _entry(book, imprint, *day)) is not None]
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: "en"})
    _add(feed, "id", f"{imprint.site}/")
    _add(feed, "title", f"{imprint.book}: what changed")
    _add(feed, "updated", _time(book.day))
    _add(_add(feed, "author"), "name", imprint.author or imprint.book)
    _add(feed, "link", rel="self", href=f"{imprint.site}/{addresses.FEED}")
    _add(feed, "link", rel="alternate", href=f"{imprint.site}/{PAGE}")
    feed.extend(entries)
    ElementTree.indent(feed)
    text = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _days(book: Dealbook) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """The last days on which something became known, newest first, each with the one before."""
    known = sorted(set(book.events.known_on))
    pairs = list(pairwise(known))
    return pairs[-ENTRIES:][::-1]


def _entry(
    book: Dealbook, imprint: Imprint, before: pd.Timestamp, day: pd.Timestamp
) -> ElementTree.Element | None:
    """What changed on a day; None where nothing in the web did."""
    table = changes.between(book, f"{before:%Y-%m-%d}", f"{day:%Y-%m-%d}")
    scope = table.deal_id.map(book.deals.set_index("deal_id").scope)
    moved = table[scope.isin(dealbook.WEB) & table.change.ne("unchanged")]
    if moved.empty:
        return None
    number = moved.change.value_counts().reindex(list(changes.CHANGES)).dropna()
    told = ", ".join(f"{count:.0f} {change}" for change, count in number.items())
    where = addresses.of_deals(book)
    names = book.deals.set_index("deal_id").name
    lines = [
        f'<li><a href="{escape(imprint.site)}/{escape(where[f"legs/{leg.leg_id}"])}">'
        f"{escape(names[leg.deal_id])}</a>, {escape(book.party_name(leg.payer))} to "
        f"{escape(book.party_name(leg.payee))}: {leg.change}{_sums(leg._asdict())}</li>"
        for leg in moved.itertuples()
    ]
    entry = ElementTree.Element(f"{{{_ATOM}}}entry")
    host = urlsplit(imprint.site).hostname
    _add(entry, "id", f"tag:{host},{day:%Y-%m-%d}:the-tightrope/changes")
    _add(entry, "title", f"{units.day(day.date())}: {told}")
    _add(entry, "updated", _time(day))
    _add(entry, "link", rel="alternate", href=f"{imprint.site}/{PAGE}")
    _add(entry, "content", f"<ul>{''.join(lines)}</ul>", type="html")
    return entry


def _sums(leg: dict[str, float]) -> str:
    """The announced sum, before and after, where it is known and moved."""
    amounts = [leg[f"announced_{when}"] for when in ("before", "after")]
    texts = [units.usd_bn(one) if pd.notna(one) and one else "" for one in amounts]
    moved = [text for text in dict.fromkeys(texts) if text]
    return f", {' → '.join(moved)}" if moved else ""


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text
    return element


def _time(day: pd.Timestamp) -> str:
    """The day as Atom has times: its first moment, since sources name no hour."""
    return f"{day:%Y-%m-%d}T00:00:00Z"
