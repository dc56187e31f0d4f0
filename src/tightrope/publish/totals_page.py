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
from tightrope.publish.named import marker
from tightrope.publish.page import Content
from tightrope.publish.pages import FOCAL, Page
from tightrope.quantities import DEFINITIONS, HEADLINES, Definition, Quantities, Quantity
from tightrope.quantities.bridges import Crossing, crossings
from tightrope.quantities.definition import NOT_YET
from tightrope.quantities.families import REST, families, family_of
from tightrope.quantities.view import View

PAGE = "reference/why-the-totals-differ"
_FEW = 3
_PARTS = ("signed_on_condition", "signed_terms_not_public", "signed_without_condition")
_READING = """## How to read it

Each total has three ends. **Low** is what is sure: the low end of every range, and of what only the
press reports no more than a contract has. **Stated** is what parties and contracts name, and the
low end where they name only a range. **High** is the most, reports included; it is open where one
sum of the total has no upper end. The ends of the gap are those of nine in ten runs of a model.

A difference is taken end by end, so it shows how far the two totals lie apart at that end. The
payments beside it are those that differ most, as stated. A total that is *part of* another is
nowhere larger. The rules behind all of this stand
<a href="methods.html#methods-counting">under the methods</a>."""


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
    view = View(book, FOCAL)
    crossed = crossings(quantities, view)
    words = _Words(book, stated, titles)
    parts = [
        "# Why the totals differ",
        _why(quantities),
        _eight(quantities),
        _READING,
        *(
            _section(headline, family, quantities, crossed, words)
            for headline, family in families().items()
            if family
        ),
    ]
    target = source / f"{PAGE}.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


class _Words:
    """How the page names and links legs, pages and the party in the middle."""

    def __init__(
        self,
        book: Dealbook,
        stated: Mapping[Page, Mapping[str, Content]],
        titles: Mapping[Page, str],
    ) -> None:
        self.focal = book.party_name(FOCAL)
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


def _why(quantities: Quantities) -> str:
    pay, signed, paid = (quantities[name] for name in ("to_pay", "to_pay_signed", "paid_out"))
    known = paid.written if paid.stated > 0 else "nothing"
    first = (
        f"There is more than one true answer to what OpenAI is to pay: {pay.written} if "
        f"everything announced is carried out, {signed.written} by contract, and {known} that it "
        "is known to have paid."
        if pay.stated > 0
        else "There can be more than one true answer to what OpenAI is to pay: what has been said, "
        "what a contract obliges it to, and what is known to be paid."
    )
    terms = (quantities[name] for name in _PARTS)
    behind = (
        " Of what is signed, {} is due on a condition, {} on terms that are not public, and {} "
        "without a condition.".format(*(one.written for one in terms))
        if signed.stated > 0
        else ""
    )
    return (
        f"{first}{behind}\n\nThe answer also depends on what is counted. Here no total holds loans "
        "or guarantees unless its name says so, and what only the press reports counts at the "
        "high end alone. Most sums are known only as a range. So each total has a low end that is "
        "sure, a stated value that parties and contracts name, and a high end, which is open "
        "where one of its sums has none."
    )


def _eight(quantities: Quantities) -> str:
    frame = pd.DataFrame(
        [
            (_link(name), quantities[name].at("stated"), quantities[name].at("range"))
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
) -> str:
    title = "Other quantities" if headline == REST else _capital(DEFINITIONS[headline].title)
    cards = Cards([_card(quantities[one.name], words) for one in family], "")
    onward = [one for one in crossed if family_of(one.start.definition) == headline]
    steps = Cards([_step(one, words) for one in onward], "")
    bridges = f"\n\n**From here to other totals**\n\n{steps.html}" if onward else ""
    return f"## {title}\n\n{cards.html}{bridges}"


def _card(quantity: Quantity, words: _Words) -> Card:
    what = quantity.definition
    facts = {
        "Amount": _ends(quantity),
        "In it": what.counts,
        "Not in it": what.leaves_out,
        "Differs": what.differs,
        "Part of": Markup(", ".join(_link(name) for name in what.part_of)),
        "No sum yet": _listed([words.leg(leg) for leg in quantity.value.unknown], "payments"),
        "Used on": words.users(what.name),
    }
    heading = Markup(
        f"{escape(_capital(what.title))} <span><code>{escape(what.name)}</code></span>"
    )
    return Card(heading, what.meaning.format(focal=words.focal), facts, what.name)


def _ends(quantity: Quantity) -> str:
    if quantity.at("range") == NOT_YET:
        return NOT_YET
    low, stated, high = (quantity.at(end) for end in ENDS)
    if quantity.low == quantity.stated == quantity.high:
        return f"{stated} at all three ends"
    return f"low: {low}; stated: {stated}; high: {high}"


def _step(one: Crossing, words: _Words) -> Card:
    start, end = (_link(each.definition.name) for each in (one.start, one.end))
    unit = one.start.definition.unit
    amounts = (
        f"{name}: {_apart(amount, unit)}" for name, amount in zip(ENDS, one.difference, strict=True)
    )
    legs = [Markup(f"{_apart(amount, unit)}: {words.leg(leg)}") for leg, amount in one.legs]
    facts = {"Difference": "; ".join(amounts), "Most of it": _listed(legs, "payments")}
    return Card(Markup(f"{start} → {end}"), f"Between them: {one.bridge.why}.", facts)


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


def _link(name: str) -> Markup:
    return Markup(f'<a href="#{escape(name)}">{escape(_capital(DEFINITIONS[name].title))}</a>')


def _listed(links: Iterable[Markup], what: str) -> Markup:
    """Links one below the other, folded where there are many; "" for none."""
    given = list(links)
    if len(given) <= _FEW:
        return stacked(given) if given else Markup("")
    return Markup(f"<details><summary>{len(given)} {what}</summary>{stacked(given)}</details>")


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
