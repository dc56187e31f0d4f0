"""The figure and the list of the page of sources."""

from __future__ import annotations

from IPython.display import HTML

from tightrope import units
from tightrope.chapters import sources as chapter
from tightrope.charts.counts import counts
from tightrope.charts.figure import Figure
from tightrope.dealbook import Dealbook
from tightrope.publish import documents as list_of_documents


def grades(book: Dealbook) -> Figure:
    """Steps and figures by the quality of their evidence."""
    graded = chapter.graded(list_of_documents.uses(book))
    table = chapter.by_grade(graded)
    table = table.assign(grade=table.confidence.map(chapter.GRADES))
    strong = int(table.rows[table.confidence.isin(chapter.STRONG)].sum())
    told = "; ".join(f"{row.grade}: {row.rows}" for row in table.itertuples())
    events = [f"events/{event}" for event in book.events.event_id]
    return Figure(
        id="sources-by-grade",
        title=f"{strong} of {len(graded)} rows rest on a filing or on a company’s own words",
        subtitle="Events and figures by the quality of their evidence, number of rows, "
        f"as known on {units.day(book.day.date())}",
        description=f"Bars. {told}.",
        draw=lambda width: counts(
            table.rename(columns={"rows": "count", "grade": "label"}), width, "rows"
        ),
        frame=table[["grade", "events", "financials", "rows"]],
        labels={
            "grade": "Evidence",
            "events": "Events",
            "financials": "Figures",
            "rows": "Together",
        },
        rows=[*events, *(f"financials/{one}" for one in book.financials.financial_id)],
        book=book,
        note="A derived row rests on a document too; the grade says that its amount was computed.",
    )


def documents(book: Dealbook) -> HTML:
    """All documents as a list that can be searched; each leads to what rests on it."""
    return HTML(list_of_documents.html(book))
