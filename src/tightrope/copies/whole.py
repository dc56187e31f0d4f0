"""The whole book as one HTML document, for a browser to print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from tightrope import templates
from tightrope.copies import hatching, paging
from tightrope.copies.contents import Leaf, Site
from tightrope.copies.leaf import Rewriter, prefix, with_links

LEFT_OUT = frozenset(
    {
        "reference/facts",
        "reference/sources",
        "reference/deal-catalogue",
        "reference/gallery",
        "reference/data-dictionary",
        "reference/audits",
    }
)
"""Lists to look things up in, and the figures once more: hundreds of pages that nobody prints."""
_SOURCES = "reference/sources/"
_PAPER = Path(__file__).with_name("paper.css")
_JOINED = ("theme.css", "tightrope.css")
"""The sheets of every page; any other belongs to the page that loads it."""
_SHEET = re.compile(r'<link rel="stylesheet"[^>]*href="[^"]*_static/([^"?]+)')
_SMALL = "font: 8pt Georgia, serif;"
_CARD = re.compile(r'<div class="source-card" id="([^"]+)">\s*<h2><a href="(https?:[^"]+)"')


@dataclass(frozen=True)
class Placed:
    """A page of the book where it stands in the document."""

    anchor: str
    title: str
    headline: str
    part: str
    html: Markup


def document(site: Site, author: str = "", address: str = "") -> str:
    """The book as one document; its sheets and pictures are those of the site's folder.

    Links between pages lead to places in it, those to a document of the sources to the document.
    What is only on the site is a link where `address` says where the site is, else text.
    """
    leaves = [leaf for leaf in site.leaves if leaf.id not in LEFT_OUT]
    read = {leaf.id: Rewriter(leaf.id, leaf.article) for leaf in leaves}
    documents = dict(_documents(site.folder))

    def leads(path: str, fragment: str) -> str:
        page = path.removesuffix(".html")
        if page in read:
            mark = f"--{fragment}" if fragment in read[page].ids else ""
            return f"#{prefix(page)}{mark}"
        at = f"#{fragment}" if fragment else ""
        return documents.get(path + at, f"{address}/{path}{at}" if address else "")

    placed = [
        Placed(
            prefix(leaf.id),
            "First page" if leaf.id == "index" else leaf.title,
            leaf.headline,
            leaf.part,
            Markup(hatching.drawn(with_links(read[leaf.id].html, leads))),
        )
        for leaf in leaves
    ]
    edition = site.edition[:1].lower() + site.edition[1:]
    return templates.render(
        "copies/whole.html",
        title=f"{site.title}, {edition}",
        book=site.title,
        headline=leaves[0].headline,
        edition=site.edition,
        announcement=site.announcement,
        author=author,
        left_out=_left_out(site, address),
        sheets=[(site.folder / "_static" / name).resolve().as_uri() for name in _JOINED],
        style=Markup(_style(site, leaves, read)),
        parts=[(part, list(of)) for part, of in groupby(placed, key=lambda one: one.part)],
        pages=placed,
        blank=paging.BLANK,
    )


def _left_out(site: Site, address: str) -> str:
    titles = [f"“{leaf.title}”" for leaf in site.leaves if leaf.id in LEFT_OUT]
    if not titles:
        return ""
    *first, last = titles
    told = f"{', '.join(first)} and {last}" if first else last
    return f"Only on the site{f' ({address})' if address else ''}: {told}."


def _documents(folder: Path) -> Iterator[tuple[str, str]]:
    """Where the documents of the sources are, by the address of their cards on the site."""
    for file in sorted((folder / _SOURCES).glob("*.html")):
        for mark, url in _CARD.findall(file.read_text(encoding="utf-8")):
            yield f"{_SOURCES}{file.name}#{mark}", url.replace("&amp;", "&")


def _style(site: Site, leaves: list[Leaf], read: dict[str, Rewriter]) -> str:
    """Paper's own rules, what stands in each page's margins, and the sheets of single pages."""
    foot = _quoted(f"{site.title} · {site.edition}")
    rules = [
        _PAPER.read_text(encoding="utf-8"),
        f"@page {{ @bottom-left {{ content: {foot}; {_SMALL} }} }}",
    ]
    for leaf in leaves:
        mark = prefix(leaf.id)
        rules += [
            f"@page {mark} {{ @top-left {{ content: {_quoted(leaf.title)}; {_SMALL} }} }}",
            f"#{mark} {{ page: {mark}; }}",
        ]
        for name in _SHEET.findall(leaf.html):
            if name not in _JOINED:
                text = (site.folder / "_static" / name).read_text(encoding="utf-8")
                rules.append(_only_in(mark, text, read[leaf.id].ids))
    return "\n".join(rules)


def _only_in(mark: str, sheet: str, ids: set[str]) -> str:
    """A sheet that counts within one page alone, whose ids have become others."""
    named = re.compile(r"#([A-Za-z][\w-]*)")
    sheet = named.sub(lambda m: f"#{mark}--{m[1]}" if m[1] in ids else m[0], sheet)
    sheet = sheet.replace('html[data-theme="light"]', ":scope")
    return f"@scope (#{mark}) {{\n{sheet}\n}}"


def _quoted(text: str) -> str:
    """Text as a string of CSS."""
    return json.dumps(text, ensure_ascii=False).replace("<", "\\3c ")
