"""A Sphinx extension: which pages to write again when only some of them were read again.

A page shows more than its own source: the titles of its neighbours, and what it refers to. Sphinx
writes the pages that it read, and knows nothing of the others. So where anything changed that one
page can see of another, all are written; where only a page's own text changed, that page is.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

_DOMAINS = ("std", "citation", "cite", "math", "index")
"""What pages refer to; the other domains describe programs, of which this book has none."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    before: list[str] = []

    def remember(app: Sphinx, env: BuildEnvironment, *_: object) -> list[str]:
        before[:] = [seen_by_others(env)]
        return []

    def compare(app: Sphinx, env: BuildEnvironment) -> list[str]:
        if [seen_by_others(env)] != before:
            return sorted(env.found_docs)
        # Of pages that it does not write, Sphinx's search forgets the index entries.
        return [name for name, entries in env.domaindata["index"]["entries"].items() if entries]

    app.connect("env-get-outdated", remember)
    app.connect("env-updated", compare)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def seen_by_others(env: BuildEnvironment) -> str:
    """All that one page can show of another, as a text that is the same where that is the same."""
    headings = {name: contents.pformat() for name, contents in env.tocs.items()}
    titles = {name: title.pformat() for name, title in env.titles.items()}
    domains = {name: env.domaindata.get(name, {}) for name in _DOMAINS}
    return _ordered([titles, headings, env.toctree_includes, domains])


def _ordered(value: object) -> str:
    """The value as text; in what order a dictionary was filled does not show."""
    if isinstance(value, dict):
        return "{" + ",".join(sorted(f"{key!r}:{_ordered(v)}" for key, v in value.items())) + "}"
    if isinstance(value, (set, frozenset)):
        return "{" + ",".join(sorted(map(_ordered, value))) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(_ordered, value)) + "]"
    return repr(value)
