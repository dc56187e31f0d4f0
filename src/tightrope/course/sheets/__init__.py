"""The sheets on paper, in English and in German: one printed page each, and the key."""

from __future__ import annotations

from pathlib import Path

from tightrope.course import german
from tightrope.course.sheets import exercises
from tightrope.course.sheets.words import LANGUAGES, Language
from tightrope.dealbook import Dealbook
from tightrope.templates import render

SHEETS = {
    "card-sort": ("sheets", "card_sort"),
    "hundred-dollars": ("sheets", "hundred"),
    "evidence-cards": ("key", "evidence"),
    "exit-ticket": ("sheets", "ticket"),
}
"""The folder and the template of each sheet, by its name in a pack. In `key` stands what only the
instructor has, to print: its sums are what the labs ask for."""


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """The sheets by their paths in a pack; with `key` the answers in each language too."""
    held = {}
    for language in LANGUAGES:
        for name, (folder, template) in SHEETS.items():
            if key or folder != "key":
                page = _page(book, language, template)
                held[f"{folder}/{language.folder}{name}.html"] = page.encode()
        if key:
            page = _page(book, language, "key")
            held[f"key/sheets-{language.code}.html"] = page.encode()
    return held


def _page(book: Dealbook, language: Language, template: str) -> str:
    """A sheet with what its template asks for; a German one has passed the guard."""
    is_german = language.code == "de"
    cards, webs = exercises.cards(book, language), exercises.hundreds(language)
    ask = exercises.ticket(book, language)
    asked: dict[str, dict[str, object]] = {
        "card_sort": {"cards": cards, "rungs": language.rungs.values()},
        "hundred": {"webs": webs},
        "evidence": {"cards": exercises.evidence(book, language)},
        "ticket": {"ask": ask},
        "key": {"cards": cards, "webs": webs, "ask": ask},
    }
    when = language.day(book.day.date())
    page = render(
        f"course/{template}.html",
        **asked[template],
        lang=language.code,
        t=lambda english, deutsch: deutsch if is_german else english,
        foot=f"Stand: {when} · Text und Daten: CC BY 4.0"
        if is_german
        else f"as known on {when} · text and data: CC BY 4.0",
    )
    return german.guarded(page) if is_german else page
