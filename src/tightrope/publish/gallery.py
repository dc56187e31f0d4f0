"""The page with all figures of the book, small, each a link to where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tightrope.publish.page import Content
from tightrope.publish.pages import Page
from tightrope.templates import render
from tightrope.units import number_of

PAGE = "reference/gallery"
_TEXT = """# All figures

{count}, by page. Each leads to the figure itself, with its numbers as a table, its sources, and
what can be taken away: picture, data, citation, and code to embed it elsewhere.

{html}
"""


def write(
    figures: Mapping[Page, Sequence[Content]], titles: Mapping[Page, str], source: Path
) -> None:
    """Write `PAGE` into the book's `source`; `titles` are those of the pages."""
    shown = [(page, titles[page], found) for page, found in figures.items() if found]
    count = number_of(sum(len(found) for _, _, found in shown), "figure")
    html = render("gallery.html", pages=shown)
    target = source / f"{PAGE}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_TEXT.format(count=count, html=html), encoding="utf-8")
