"""The facts of the page of sources: how many rows and documents of which kind."""

from __future__ import annotations

from collections.abc import Iterable

from tightrope.chapters import sources as chapter
from tightrope.dealbook import Dealbook
from tightrope.publish.documents import uses
from tightrope.publish.facts import Facts


def state_grades(fact: Facts, book: Dealbook) -> None:
    """all documents, rows, those of each grade, and weak-share: what relays or computes."""
    graded = chapter.graded(uses(book))
    every = fact.on(_rows(book.sources.source_id))
    every.words("all", str(len(book.sources)), "number of documents")
    every.words("rows", str(len(graded)), "number of events and figures")
    for grade in chapter.GRADES:
        number = int(graded.confidence.eq(grade).sum())
        every.words(grade, str(number), f"events and figures whose evidence is graded {grade}")
    weak = float(graded.confidence.isin(chapter.WEAK).mean())
    how = "events and figures graded secondary or derived, of all"
    every("weak-share", round(100 * weak), "percent", how)


def state_documents(fact: Facts, book: Dealbook) -> None:
    """extracts and originals: the filings and releases, and those read in passages only."""
    strong = chapter.strong(book.sources)
    quoted = strong[strong.read_as.eq("extract")]
    none = _rows(book.sources.source_id)[:1]
    how = "filings and releases of which only passages in other texts were read"
    fact.words("extracts", str(len(quoted)), how, _rows(quoted.source_id) or none)
    how = "filings and companies' own texts among the documents"
    fact.words("originals", str(len(strong)), how, _rows(strong.source_id) or none)


def state_own_deals(fact: Facts, book: Dealbook, focal: str) -> None:
    """own-share: how much of what decides the deals of `focal` goes back to its first source."""
    steps = chapter.deciding_steps(book, focal)
    share = round(100 * float(steps.kind.isin(chapter.STRONG).mean())) if len(steps) else 0
    how = (
        f"steps that decide an amount of {book.party_name(focal)}'s own deals today and whose "
        "document is a filing or a company's own text, of all such steps"
    )
    rows = [f"events/{event}" for event in steps.event_id] or _rows(book.sources.source_id)[:1]
    fact("own-share", share, "percent", how, rows)


def state_reasons(fact: Facts, book: Dealbook) -> None:
    """reasons: on how many steps and figures the day had to be argued."""
    how = "events and figures with a reason for their day"
    rows = _rows(book.sources.source_id)
    fact.words("reasons", str(chapter.number_reasoned(book)), how, rows)


def state_read_until(fact: Facts, book: Dealbook) -> None:
    """read-until: the day until which public text was read."""
    how, day = "read_until in datapackage.json", book.read_until.date().isoformat()
    fact("read-until", day, "date", how, _rows(book.sources.source_id))


def _rows(ids: Iterable[str]) -> list[str]:
    return [f"sources/{source}" for source in ids]
