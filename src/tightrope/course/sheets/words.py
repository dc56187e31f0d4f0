"""The words of the sheets in English and in German: one text by key, the same keys in both."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tightrope import units
from tightrope.course.sheets import german


@dataclass(frozen=True)
class Language:
    """How one language writes sums, days, rungs and the parts of a sheet."""

    code: str
    folder: str
    """Where its sheets stand among the others; "" for no folder of their own."""
    written: Callable[[str], str]
    """What `units` wrote, in this language."""
    day: Callable[[datetime.date], str]
    rungs: Mapping[str, str]
    """By `status` of an event."""
    instruments: Mapping[str, str]
    said: Mapping[str, str]
    """By `stated_by` of an event."""
    parties: Mapping[str, str]
    """Names of invented firms, and of parties that are no firm."""


ENGLISH = Language(
    "en",
    "",
    str,
    units.day,
    {
        "reported": "reported by others",
        "letter_of_intent": "letter of intent",
        "announced": "announced by a party",
        "binding": "signed",
        "paid": "paid",
        "cancelled": "called off",
    },
    {
        "equity": "shares",
        "compute": "computing power",
        "chips": "chips",
        "revenue_share": "share of revenue",
    },
    {"payer": "the payer", "payee": "the payee", "both": "both", "third_party": "others"},
    {"lab": "lab", "maker": "chip maker", "cloud": "cloud", "fund": "fund", "users": "customers"},
)
GERMAN = Language(
    "de",
    "de/",
    german.written,
    german.day,
    {
        "reported": "von anderen berichtet",
        "letter_of_intent": "Absichtserklärung",
        "announced": "von einer Seite angekündigt",
        "binding": "unterschrieben",
        "paid": "gezahlt",
        "cancelled": "aufgegeben",
    },
    {
        "equity": "Anteile",
        "compute": "Rechenleistung",
        "chips": "Chips",
        "revenue_share": "Umsatzbeteiligung",
    },
    {
        "payer": "der Zahler",
        "payee": "der Empfänger",
        "both": "beide",
        "third_party": "andere",
    },
    {
        "lab": "Labor",
        "maker": "Chiphersteller",
        "cloud": "Cloud",
        "fund": "Fonds",
        "users": "Kunden",
    },
)
LANGUAGES = (ENGLISH, GERMAN)

EVIDENCE_DE = {
    "to_pay": (
        "Was OpenAI zahlen soll",
        "alles, was eine Seite angekündigt hat oder ein Vertrag enthält; was unterschrieben und "
        "was schon gezahlt ist, ist darin",
        "Darlehen und Bürgschaften; was nur die Presse meldet",
    ),
    "to_come_in": (
        "Was hereinkommen soll",
        "Anteile, Optionsscheine und Leistungen, die Partner gezahlt, unterschrieben oder "
        "angekündigt haben",
        "Darlehen und Bürgschaften; was Kunden zahlen; was nur die Presse meldet",
    ),
    "paid_in": (
        "Was eingezahlt ist",
        "Geld, Gutschriften und Anteile, die bei OpenAI angekommen sind",
        "Darlehen und Bürgschaften; was Kunden zahlen",
    ),
    "paid_out": (
        "Was OpenAI gezahlt hat",
        "Geld, das von OpenAI zu den Partnern dieses Buches geflossen ist",
        "Darlehen und Bürgschaften; was gebucht und noch geschuldet ist; alle anderen Ausgaben",
    ),
    "round_trip": (
        "Der Hin- und Rückweg",
        "Partner für Partner die kleinere Seite: was er in OpenAI steckt oder was OpenAI ihm zahlt",
        "Darlehen und Bürgschaften; Geld, das über Dritte zurückkommt; wann gezahlt wird",
    ),
    "back_by_any_route": (
        "Was auf irgendeinem Weg zurückkommen kann",
        "das meiste, das von OpenAI ausgehen und entlang der Zahlungen zurückkehren kann "
        "(ein maximaler Fluss)",
        "Darlehen und Bürgschaften; was Kunden zahlen; wann gezahlt wird",
    ),
    "external_share": (
        "Der Anteil von außen",
        "vom Geld für Anteile an OpenAI der Teil von Parteien, denen OpenAI nichts zahlt",
        "Darlehen, Bürgschaften, Optionsscheine, Leistungen; was Kunden zahlen",
    ),
    "gap": (
        "Die Lücke",
        "was am Ende des schlechtesten Jahres bis 2030 an Kasse fehlt, wenn OpenAI seinen eigenen "
        "Plan ausführt und jeden Vertrag mit bekannter Summe bezahlt",
        "alles, wofür niemand eine Quelle genannt hat",
    ),
}
"""Title, what it counts and what it leaves out, by quantity: what its definition says, shorter."""
