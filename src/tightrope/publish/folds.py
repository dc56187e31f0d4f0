"""A Sphinx extension: what stands under certain headings is folded, and the heading stays.

A reader of a story meets its course and its code as two lines at the end; who wants them opens
them. The sections are found by their titles, so that a notebook taken away has plain headings.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

LEARN = "Learn"
FOLDED = {
    LEARN: "What to learn here",
    "Rebuild": "The answer in steps, in code",
}
"""What the line of a fold says, by the title of its section; that of "Learn" also says what of
exercises and solutions there is."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.connect("doctree-resolved", lambda app, page, name: fold(page))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _exercises(section: nodes.section) -> str:
    """What the line of "Learn" says of exercises; "" where there are none."""
    if not any(title.astext() == "Exercises" for title in section.findall(nodes.title)):
        return ""
    is_solved = any("Show the solution" in one.astext() for one in section.findall(nodes.raw))
    return ", and exercises with solutions" if is_solved else ", and exercises"


def fold(page: nodes.document) -> None:
    """Put what stands under the headings of `FOLDED` into a fold; nothing else changes."""
    for section in list(page.findall(nodes.section)):
        title = section.next_node(nodes.title)
        line = FOLDED.get(title.astext()) if title is not None and title.parent is section else None
        if line:
            line += _exercises(section) if line == FOLDED[LEARN] else ""
            opening = f'<details class="course"><summary>{line}</summary>'
            section.insert(1, nodes.raw("", opening, format="html"))
            section.append(nodes.raw("", "</details>", format="html"))
