"""The languages of the handouts: the words of their tables, and how amounts are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tightrope import units
from tightrope.course.cases import german
from tightrope.dealbook import Dealbook

_ENGLISH: Mapping[str, str] = {
    "announced": "announced",
    "binding": "signed",
    "paid": "known to be paid",
    "in": "To OpenAI",
    "out": "From OpenAI",
    "without_condition": "of it due without a condition",
    "on_condition": "of it due on a condition",
    "not_public": "of it on terms not public",
    "partner": "Partner",
    "others": "{} more partners",
    "straight_back": "Straight back, all partners",
    "any_route": "Back by any route",
    "round_announced": "Announced",
    "round_paid": "Known to be paid",
    "figure": "Figure",
    "amount": "Amount",
    "period": "For",
    "plan": "Free cash flow",
    "year": "Year",
    "plan_of": "Plan",
    "signed_bills": "Signed",
    "talked_bills": "Announced, not signed",
    "undated": "no year",
    "sources": "Sources",
    "change": "What happened",
    "payment": "Payment",
    "before": "Before",
    "after": "Now",
    "cash": "cash",
    "revenue": "revenue",
    "valuation": "price of all shares",
    "debt": "debt",
    "backlog": "orders not yet delivered",
    "backlog_share_openai": "share of OpenAI in them",
    "lease_commitments": "leases signed, not begun",
    "interest_cost": "interest",
    "free_cash_flow": "free cash flow",
    "later": "due after {}",
    "Q": "Q{} {}",
    "H": "H{} {}",
    "question": "Question",
    "yes": "yes",
    "no": "no",
}
_GERMAN: Mapping[str, str] = {
    "announced": "angekündigt",
    "binding": "unterschrieben",
    "paid": "nachweislich gezahlt",
    "in": "An OpenAI",
    "out": "Von OpenAI",
    "without_condition": "davon fällig ohne Bedingung",
    "on_condition": "davon fällig unter einer Bedingung",
    "not_public": "davon zu nicht öffentlichen Bedingungen",
    "partner": "Partner",
    "others": "{} weitere Partner",
    "straight_back": "Geradewegs zurück, alle Partner",
    "any_route": "Zurück auf irgendeinem Weg",
    "round_announced": "Angekündigt",
    "round_paid": "Nachweislich gezahlt",
    "figure": "Größe",
    "amount": "Betrag",
    "period": "Für",
    "plan": "Freier Cashflow",
    "year": "Jahr",
    "plan_of": "Plan",
    "signed_bills": "Unterschrieben",
    "talked_bills": "Angekündigt, nicht unterschrieben",
    "undated": "ohne Jahr",
    "sources": "Quellen",
    "change": "Was geschah",
    "payment": "Zahlung",
    "before": "Vorher",
    "after": "Jetzt",
    "cash": "Kassenbestand",
    "revenue": "Umsatz",
    "valuation": "Preis aller Aktien",
    "debt": "Schulden",
    "backlog": "Aufträge, noch nicht geliefert",
    "backlog_share_openai": "Anteil von OpenAI daran",
    "lease_commitments": "Mieten, unterschrieben, noch nicht begonnen",
    "interest_cost": "Zinsen",
    "free_cash_flow": "freier Cashflow",
    "later": "fällig nach {}",
    "Q": "{}. Quartal {}",
    "H": "{}. Halbjahr {}",
    "question": "Frage",
    "yes": "ja",
    "no": "nein",
}
_GERMAN_NAMES: Mapping[str, str] = {
    "softbank-coinvestors": "Mitinvestoren von SoftBank",
    "financial-investors": "Finanzanleger",
    "private-investors": "Privatanleger",
    "openai-builders": "Baufirmen",
    "stargate-venture": "Stargate",
}
"""Parties that are described and not named."""


@dataclass(frozen=True)
class Tongue:
    """One language: words by key, amounts as `units` writes them, days and pictures."""

    code: str
    words: Mapping[str, str]
    written: Callable[[str], str]
    day: Callable[[object], str]
    picture: Callable[[str], str]
    names: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.words[key]

    def name(self, book: Dealbook, party: str) -> str:
        """A party as readers of this language know it."""
        return self.names.get(party, book.party_name(party))

    def number(self, value: float) -> str:
        """A plain number, with this language's decimal sign."""
        english = f"{value:,g}"
        return english if self.code == "en" else german.number(english)

    def range(self, low: float, high: float) -> str:
        """A range in USD billion; a dash where both ends are nothing."""
        return "–" if high == 0 else self.written(units.usd_bn_range(low, high))


ENGLISH = Tongue("en", _ENGLISH, str, units.day, str, {})
GERMAN = Tongue("de", _GERMAN, german.written, german.day, german.picture, _GERMAN_NAMES)
