"""The page that says why the totals differ: every quantity, and what lies between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

import pandas as pd

from tightrope import units
from tightrope.charts.table import Markup, html_table
from tightrope.counting import ENDS
from tightrope.dealbook import Dealbook
from tightrope.publish.cards import Card, Cards
from tightrope.publish.homes import of_rows, stacked
from tightrope.publish.named import Named, marker
from tightrope.publish.page import Content
from tightrope.publish.pages import Page
from tightrope.quantities import DEFINITIONS, HEADLINES, Definition, Quantities, Quantity
from tightrope.quantities.bridges import Crossing, crossings
from tightrope.quantities.definition import NOT_YET, named
from tightrope.quantities.families import REST, families, family_of
from tightrope.quantities.view import View
from tightrope.templates import render

PAGE = "reference/why-the-totals-differ"
_FEW = 3


def compute(book: Dealbook) -> None:
    """Let the book compute what the page needs of it, which it remembers: no page has to run."""
    crossings(Named(book).quantities(), View.of(book, book.focal))


def write(
    stated: Mapping[Page, Mapping[str, Content]],
    titles: Mapping[Page, str],
    book: Dealbook,
    quantities: Quantities,
    source: Path,
) -> None:
    """Write the page into the book's `source`.

    `stated` are the facts of every page, among them the quantities that its text names.
    """
    crossed = crossings(quantities, View.of(book, book.focal))
    words = _Words(book, stated, titles)
    text = render(
        f"{PAGE}.md",
        pay=quantities["to_pay"],
        signed=quantities["to_pay_signed"],
        paid=quantities["paid_out"],
        on_condition=quantities["signed_on_condition"],
        terms_not_public=quantities["signed_terms_not_public"],
        without_condition=quantities["signed_without_condition"],
        focal=words.focal,
        headlines=_eight(quantities, words),
        sections=[
            _section(headline, family, quantities, crossed, words)
            for headline, family in families().items()
            if family
        ],
    )
    target = source / f"{PAGE}.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8")


class _Words:
    """How the page names and links legs, pages and the party in the middle."""

    def __init__(
        self,
        book: Dealbook,
        stated: Mapping[Page, Mapping[str, Content]],
        titles: Mapping[Page, str],
    ) -> None:
        self.focal = book.party_name(book.focal)
        self._homes = of_rows((page.id for page in stated), book)
        deals = book.deals.set_index("deal_id")["name"]
        self._legs = {
            leg.leg_id: _leg(deals[leg.deal_id], leg.instrument.replace("_", " "))
            for leg in book.legs.itertuples()
        }
        self._users: dict[str, list[Markup]] = {}
        for page, facts in stated.items():
            asked = (marker(key) for key in facts)
            for name in dict.fromkeys(one.name for one in asked if one):
                link = Markup(f'<a href="../{escape(page.id)}.html">{escape(titles[page])}</a>')
                self._users.setdefault(name, []).append(link)

    def title(self, name: str) -> str:
        """The name of a total as a heading."""
        return _capital(DEFINITIONS[name].about(self.focal).title)

    def total(self, name: str) -> Markup:
        """A total by its name, as a link to its place on the page."""
        return Markup(f'<a href="#{escape(name)}">{escape(self.title(name))}</a>')

    def leg(self, leg_id: str) -> Markup:
        """A leg by its deal and instrument, as a link where the site shows it."""
        name = escape(self._legs.get(leg_id, leg_id))
        home = self._homes.get(f"legs/{leg_id}")
        return Markup(f'<a href="{escape(home)}">{name}</a>' if home else name)

    def users(self, name: str) -> Markup:
        """The pages whose text names a quantity, an end of it, or one partner's part."""
        return _listed(self._users.get(name, []), "pages")


def _leg(deal: str, instrument: str) -> str:
    """A leg in words: its deal, and its instrument where the deal's name does not say it."""
    return deal if instrument in deal.lower() else f"{deal}, {instrument}"


def _eight(quantities: Quantities, words: _Words) -> Markup:
    frame = pd.DataFrame(
        [
            (words.total(name), quantities[name].at("stated"), quantities[name].at("range"))
            for name in HEADLINES
        ],
        columns=["total", "stated", "range"],
    )
    labels = {"total": "Total", "stated": "As stated", "range": "From low to high"}
    return html_table(frame, "The eight totals", labels, {"total": lambda cell: Markup(cell)})


def _section(
    headline: str,
    family: Sequence[Definition],
    quantities: Quantities,
    crossed: Sequence[Crossing],
    words: _Words,
) -> tuple[str, Markup, Markup | None]:
    """The title of a family of totals, its quantities, and the steps from them to other totals."""
    title = "Other quantities" if headline == REST else words.title(headline)
    cards = Cards([_card(quantities[one.name], words) for one in family], "")
    onward = [one for one in crossed if family_of(one.start.definition) == headline]
    steps = Cards([_step(one, words) for one in onward], "").html if onward else None
    return title, cards.html, steps


def _card(quantity: Quantity, words: _Words) -> Card:
    what = quantity.definition
    facts = {
        "Amount": _ends(quantity),
        "In it": what.counts,
        "Not in it": what.leaves_out,
        "Differs": what.differs,
        "Part of": Markup(", ".join(map(words.total, what.part_of))),
        "No sum yet": _listed([words.leg(leg) for leg in quantity.value.unknown], "payments"),
        "Used on": words.users(what.name),
    }
    heading = Markup(
        f"{escape(_capital(what.title))} <span><code>{escape(what.name)}</code></span>"
    )
    return Card(heading, what.meaning, facts, what.name)


def _ends(quantity: Quantity) -> str:
    if quantity.at("range") == NOT_YET:
        return NOT_YET
    low, stated, high = (quantity.at(end) for end in ENDS)
    if quantity.low == quantity.stated == quantity.high:
        return f"{stated} at all three ends"
    return f"low: {low}; stated: {stated}; high: {high}"


def _step(one: Crossing, words: _Words) -> Card:
    start, end = (words.total(each.definition.name) for each in (one.start, one.end))
    unit = one.start.definition.unit
    amounts = (
        f"{name}: {_apart(amount, unit)}" for name, amount in zip(ENDS, one.difference, strict=True)
    )
    legs = [Markup(f"{_apart(amount, unit)}: {words.leg(leg)}") for leg, amount in one.legs]
    facts = {"Difference": "; ".join(amounts), "Most of it": _listed(legs, "payments")}
    return Card(
        Markup(f"{start} → {end}"), f"Between them: {named(one.bridge.why, words.focal)}.", facts
    )


def _apart(amount: float, unit: str) -> str:
    """How much more or less it is on the other side; a share in points of a hundred."""
    if pd.isna(amount):
        return "open"
    if round(amount, 9) == 0:
        return "the same"
    size = (
        f"{units.number(100 * abs(amount))} points"
        if unit == "share"
        else units.written(abs(amount), unit)
    )
    return f"{size} {'more' if amount > 0 else 'less'}"


def _listed(links: Iterable[Markup], what: str) -> Markup:
    """Links one below the other, folded where there are many; "" for none."""
    given = list(links)
    if len(given) <= _FEW:
        return stacked(given) if given else Markup("")
    return Markup(f"<details><summary>{len(given)} {what}</summary>{stacked(given)}</details>")


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
