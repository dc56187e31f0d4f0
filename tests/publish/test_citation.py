"""How a figure is cited."""

from __future__ import annotations

from pybtex.database import parse_string

from tightrope.publish.citation import bibtex
from tightrope.publish.imprint import Imprint

FIGURE = {
    "id": "gap",
    "title": "The gap & the plan: 5% more",
    "day": "8\N{NO-BREAK SPACE}October 2026",
}


def test_an_entry_can_be_read_back_with_what_a_citation_needs() -> None:
    text = bibtex(FIGURE, "chapters/runway", Imprint("A book", "The authors", "https://book.org"))
    (key, entry), *rest = parse_string(text, "bibtex").entries.items()
    assert rest == []
    assert key == "tightrope-gap"
    # As LaTeX has to read it.
    assert entry.fields["title"] == r"The gap \& the plan: 5\% more"
    assert entry.fields["year"] == "2026"
    assert entry.fields["note"] == "As known on 8 October 2026"
    assert entry.fields["howpublished"] == "Figure gap of A book"
    assert entry.fields["url"] == "https://book.org/chapters/runway.html#fig-gap"
    assert [str(person) for person in entry.persons["author"]] == ["{The authors}"]


def test_a_book_without_an_address_invents_none() -> None:
    assert "url" not in bibtex(FIGURE, "chapters/runway", Imprint("A book", "The authors"))
