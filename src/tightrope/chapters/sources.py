"""What the book rests on: which rows rest on which document, and how good their evidence is."""

from __future__ import annotations

import pandas as pd

from tightrope import ledger
from tightrope.dealbook import Dealbook

GRADED = ("events", "financials")
"""The tables whose rows have a grade of evidence."""
GRADES = {
    "filing": "Filing",
    "company": "Company’s own words",
    "press": "Newsroom",
    "secondary": "Digest, repost or summary",
    "derived": "Our arithmetic",
}
"""The grades of evidence, the best first, as readers read them."""
STRONG = ("filing", "company")
WEAK = ("secondary", "derived")


def graded(uses: pd.DataFrame) -> pd.DataFrame:
    """The rows of `documents.uses` that have a grade: steps and figures."""
    return uses[uses.table.isin(GRADED)]


def by_grade(graded: pd.DataFrame) -> pd.DataFrame:
    """How many steps and figures have which grade: confidence, events, financials, rows (both)."""
    counts = pd.crosstab(graded.confidence, graded.table)
    counts = counts.reindex(index=list(GRADES), columns=list(GRADED), fill_value=0)
    counts = counts.rename_axis(columns=None).reset_index()
    return counts.assign(rows=counts.events + counts.financials)


def strong(sources: pd.DataFrame) -> pd.DataFrame:
    """The filings and companies' own texts among the documents."""
    return sources[sources.kind.isin(STRONG)]


def deciding_steps(book: Dealbook, focal: str) -> pd.DataFrame:
    """The steps that decide an amount of the deals of `focal` today.

    Columns: event_id, kind (of its document). A step that decides several amounts has several rows.
    """
    own = book.legs[book.legs.payer_id.eq(focal) | book.legs.payee_id.eq(focal)]
    deciding = ledger.deciding(book)
    steps = deciding[deciding.leg_id.isin(own.leg_id)].merge(
        book.events[["event_id", "source_id"]], on="event_id"
    )
    return steps.merge(book.sources[["source_id", "kind"]], on="source_id")[["event_id", "kind"]]


def number_reasoned(book: Dealbook) -> int:
    """How many steps and figures say why it is their day since when they were known."""
    return int(sum(getattr(book, table).known_on_reason.ne("").sum() for table in GRADED))
