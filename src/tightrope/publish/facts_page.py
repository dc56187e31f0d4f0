"""The facts page and `facts.json`: every number of the text with its rows and sources."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from tightrope import units
from tightrope.dealbook import Dealbook
from tightrope.publish.homes import of_rows
from tightrope.publish.page import Content
from tightrope.publish.pages import Page

PAGE = "reference/facts"
FILE = "facts.json"
"""The same facts for programs, beside the pages."""
_HEAD = "".join(
    f'<th scope="col">{label}</th>' for label in ("In the text", "Key", "How", "Rows", "Sources")
)

_SHORT = 3
_MANY = 15


def write(
    stated: Mapping[Page, Mapping[str, Content]],
    titles: Mapping[Page, str],
    book: Dealbook,
    source: Path,
    beside: Path,
) -> None:
    """Write `reference/facts.md` into the book's `source` and `facts.json` `beside` the pages."""
    known = units.day(book.day.date())
    homes = of_rows((page.id for page in stated), book)
    cited = dict(zip(book.sources.source_id, book.sources.publisher, strict=True))
    sections = [
        _section(page, titles[page], by_key, book, homes, cited)
        for page, by_key in stated.items()
        if by_key
    ]
    text = (
        "# Every number and where it comes from\n\n"
        "Each amount in this book is computed from rows of the data and links to its line here. "
        f"A line names the rows, how they were combined, and the sources. As known on {known}.\n\n"
        '<p><a href="../facts.json" download>All facts as JSON</a></p>\n\n' + "\n".join(sections)
    )
    (source / PAGE).parent.mkdir(exist_ok=True)
    (source / f"{PAGE}.md").write_text(text, encoding="utf-8")
    everything = {
        f"{page.slug}.{key}": fact | {"sources": book.sources_of(fact["rows"])}
        for page, facts in stated.items()
        for key, fact in facts.items()
    }
    beside.mkdir(exist_ok=True)
    (beside / FILE).write_text(
        json.dumps(everything, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def _section(
    page: Page,
    title: str,
    facts: Mapping[str, Content],
    book: Dealbook,
    homes: Mapping[str, str],
    cited: Mapping[str, str],
) -> str:
    firsts: dict[tuple[str, ...], str] = {}
    for key, fact in facts.items():
        firsts.setdefault(tuple(fact["rows"]), key)
    rows = "".join(
        _row(page, fact, book, homes, cited, firsts[tuple(fact["rows"])]) for fact in facts.values()
    )
    name = f"Facts of the page “{title}”"
    return (
        f"## {title}\n\n"
        '<div class="table-scroll" role="region" tabindex="0" '
        f'aria-label="{escape(name)}"><table class="data-table facts-table">'
        f'<caption>Facts of the page <a href="../{page.id}.html">{escape(title)}</a></caption>'
        f"<thead><tr>{_HEAD}</tr></thead><tbody>{rows}</tbody></table></div>\n"
    )


def _row(
    page: Page,
    fact: Content,
    book: Dealbook,
    homes: Mapping[str, str],
    cited: Mapping[str, str],
    first: str,
) -> str:
    """A fact with its rows and sources; a long list that `first` has too stands only there."""
    rows = [
        f'<a href="{homes[row]}"><code>{escape(row)}</code></a>'
        if row in homes
        else f"<code>{escape(row)}</code>"
        for row in fact["rows"]
    ]
    sources = [
        f'<a href="sources.html#{source}">{escape(cited[source])}</a>'
        for source in book.sources_of(fact["rows"])
    ]
    if fact["key"] != first and len(rows) > _SHORT:
        there = f'<a href="#{page.slug}.{first}"><code>{first}</code></a>'
        behind = f"<td>the {len(rows)} rows of {there}</td><td>as there</td>"
    else:
        behind = f"<td>{_list(rows, 'rows')}</td><td>{_sources(sources)}</td>"
    return (
        f'<tr id="{page.slug}.{fact["key"]}"><th scope="row">{escape(fact["written"])}</th>'
        f"<td><code>{fact['key']}</code></td><td>{escape(fact['how'])}</td>{behind}</tr>"
    )


def _sources(links: Sequence[str]) -> str:
    """The sources, or how many: a sum over the whole web would list the whole bibliography."""
    if len(links) > _MANY:
        return f"{len(links)} sources: see the rows"
    return _list(links, "sources")


def _list(items: Sequence[str], what: str) -> str:
    """The items as a list, folded where it would be longer than what it explains."""
    listed = f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else "–"
    if len(items) <= _SHORT:
        return listed
    return f"<details><summary>{len(items)} {what}</summary>{listed}</details>"
