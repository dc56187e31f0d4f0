"""The figure and the tables of the page of sources."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

import pandas as pd
from IPython.display import HTML

from tightrope import units
from tightrope.chapters import sources as chapter
from tightrope.charts.counts import counts
from tightrope.charts.figure import Figure
from tightrope.dealbook import Dealbook

KINDS = {
    "filing": "Filings and exhibits",
    "company": "Companies’ own releases",
    "press": "Newsrooms",
    "secondary": "Digests, reposts and summaries",
}
"""The kinds of documents, with the headings of their lists."""
_HEADS = ("Title", "Publisher, place of the copy, note", "Published; read", "What rests on it")


def grades(book: Dealbook) -> Figure:
    """Steps and figures by the quality of their evidence."""
    graded = chapter.graded(chapter.uses(book))
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


def documents(book: Dealbook) -> list[HTML]:
    """All documents, a table a kind: whose they are, since when, and what rests on each."""
    resting = dict(list(chapter.uses(book).groupby("source_id")))
    tables = []
    for kind, heading in KINDS.items():
        group = book.sources[book.sources.kind.eq(kind)].sort_values(
            "publisher", key=lambda names: names.str.casefold(), kind="stable"
        )
        rows = [
            _row(source, resting.get(source["source_id"])) for source in group.to_dict("records")
        ]
        if rows:
            tables.append(HTML(_table(f"{heading} ({len(rows)})", rows)))
    return tables


def _table(caption: str, rows: list[str]) -> str:
    name = escape(caption)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in _HEADS)
    return (
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{name}">'
        f'<table class="data-table sources-table"><caption>{name}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(source: dict[str, object], resting: pd.DataFrame | None) -> str:
    text = {name: escape(str(value)) for name, value in source.items()}
    host = urlsplit(str(source["url"])).hostname or ""
    how = "Read as an extract only. " if source["read_as"] == "extract" else ""
    said = f"{how}{text['note']}"
    note = f'<p class="source-note">{said}</p>' if said else ""
    return (
        f'<tr id="{text["source_id"]}"><th scope="row">'
        f'<a href="{text["url"]}" rel="noopener noreferrer">{text["title"]}</a></th>'
        f'<td>{text["publisher"]}<br><span class="source-host">{escape(host)}</span>{note}</td>'
        f"<td>{text['published_on']}; read by {source['accessed_on']:%Y-%m-%d}</td>"
        f"<td>{what_rests(resting)}</td></tr>"
    )


def what_rests(rows: pd.DataFrame | None) -> str:
    """How many rows of which table rest on a document, and which, as HTML; rows of `uses`."""
    if rows is None:
        return "nothing in this edition"
    numbers = rows.table.value_counts()
    parts = [
        f"{numbers[table]} {word}{'' if numbers[table] == 1 else 's'}"
        for table, word in chapter.WHAT.items()
        if table in numbers.index
    ]
    items = "".join(f"<li><code>{escape(row)}</code></li>" for row in rows.row)
    return f"<details><summary>{', '.join(parts)}</summary><ul>{items}</ul></details>"
