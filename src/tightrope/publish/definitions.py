"""The definitions of all quantities as a notebook shows them, variants folded under headlines."""

from __future__ import annotations

from html import escape

from tightrope.charts.table import Markup
from tightrope.dealbook import Dealbook
from tightrope.publish import totals_page
from tightrope.publish.cards import Card, Cards
from tightrope.publish.pages import of_this_book
from tightrope.quantities import DEFINITIONS, Definition
from tightrope.quantities.families import families

ANCHOR = "quantity-"
"""What stands before a quantity's name in the address of its definition."""


class Definitions:
    """What each quantity is, counts and leaves out, seen from `focal`: one card a quantity."""

    def __init__(self, book: Dealbook, focal: str = "") -> None:
        self._name = book.party_name(focal or book.focal)
        self._has_totals = totals_page.PAGE in of_this_book()
        self.html = "".join(map(self._family, families().values()))

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"{len(DEFINITIONS)} definitions"

    def _family(self, family: list[Definition]) -> str:
        """A headline, and folded below it what varies it or is a part of it."""
        leads = [one for one in family[:1] if not one.variant_of and one.name in families()]
        others = family[len(leads) :]
        opened = self._cards(leads) if leads else ""
        if not others:
            return opened
        words = f"{len(others)} variants and parts" if leads else f"{len(others)} other quantities"
        return f"{opened}<details><summary>{words}</summary>{self._cards(others)}</details>"

    def _cards(self, definitions: list[Definition]) -> str:
        return Cards([self._card(one) for one in definitions], "").html

    def _card(self, definition: Definition) -> Card:
        one = definition.about(self._name)
        heading = (
            f"{escape(one.title[:1].upper() + one.title[1:])} <span><code>{one.name}</code></span>"
        )
        wholes = (
            f'<a href="#{ANCHOR}{name}">{escape(DEFINITIONS[name].about(self._name).title)}</a>'
            for name in one.part_of
        )
        totals = (
            f'<a href="why-the-totals-differ.html#{one.name}">its amount, and how it differs</a>'
        )
        facts = {
            "Counts": one.counts,
            "Leaves out": one.leaves_out,
            "Part of": Markup(", ".join(wholes)),
            "See": Markup(totals if self._has_totals else ""),
        }
        return Card(Markup(heading), one.meaning, facts, f"{ANCHOR}{one.name}")
