"""A Sphinx extension: the list of contents beside every page, the parts of `_toc.yml`."""

from __future__ import annotations

from typing import Any, NamedTuple

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


class Entry(NamedTuple):
    """A page, and its title as text."""

    id: str
    title: str


class Part(NamedTuple):
    """A part of the book; a book may have pages that stand in none, whose caption is ""."""

    caption: str
    pages: tuple[Entry, ...]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx: the templates of every page have `contents`."""
    known: list[Part] = []

    def give(app: Sphinx, page: str, template: str, context: dict[str, Any], _: object) -> None:
        known.extend([] if known else parts(app.env))
        context["contents"] = known

    # Before the theme looks which of its templates would stay empty.
    app.connect("html-page-context", give, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def parts(env: BuildEnvironment) -> list[Part]:
    """The parts in their order; where `_toc.yml` gives a page no title, its own is taken."""
    root = env.get_doctree(env.config.root_doc)
    return [
        Part(
            toctree.get("caption") or "",
            tuple(
                Entry(page, title or env.titles[page].astext())
                for title, page in toctree["entries"]
                if page in env.titles
            ),
        )
        for toctree in root.findall(addnodes.toctree)
    ]
