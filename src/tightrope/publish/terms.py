"""A Sphinx extension: the first use of a term in a chapter leads to its meaning.

Terms are those of the glossary. Words of every day that the book uses in a sense of its own stay
plain, or every second sentence would have a link; so do headings, links, tables and figures. What
a term means stands in a file beside the pages, for a script to show in place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

GLOSSARY = "reference/glossary"
FILE = "terms.js"
"""What the terms mean, beside the pages: a script, since a page on a disk may not read data."""
_WITH_TERMS = "chapters/"
_EVERYDAY = frozenset(
    (
        "announced",
        "as of",
        "assumption",
        "billion",
        "bound",
        "compute",
        "cut",
        "default",
        "derived",
        "estimated",
        "external",
        "honoured",
        "layer",
        "leg",
        "paid",
        "range",
        "run",
        "scenario",
        "terms",
    )
)
_LEFT_ALONE = (
    nodes.title,
    nodes.reference,
    nodes.literal,
    nodes.table,
    nodes.raw,
    nodes.math,
    addnodes.pending_xref,
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.connect("doctree-resolved", _lead)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def lead(page: nodes.document, terms: Mapping[str, str]) -> None:
    """Link the first use of each term, the plural and a capital included, to its address."""
    left = dict(terms)
    for text in list(page.findall(nodes.Text)):
        if left and _is_prose(text):
            parts = list(_parts(text.astext(), left))
            if len(parts) > 1:
                text.parent.replace(text, parts)


def _parts(text: str, left: dict[str, str]) -> Iterator[nodes.Node]:
    """The text with links; a term that got its link is taken out of `left`."""
    while left and (found := _pattern(left).search(text)):
        word = found[0]
        term = next(one for one in left if one.lower() == found["term"].lower())
        if found.start():
            yield nodes.Text(text[: found.start()])
        yield nodes.reference("", word, refuri=left.pop(term), internal=True, classes=["term"])
        text = text[found.end() :]
    if text:
        yield nodes.Text(text)


def _pattern(terms: Mapping[str, str]) -> re.Pattern[str]:
    longest = sorted(map(re.escape, terms), key=len, reverse=True)
    return re.compile(rf"(?<![\w’-])(?P<term>{'|'.join(longest)})s?(?![\w-])", re.IGNORECASE)


def _is_prose(node: nodes.Node) -> bool:
    in_paragraph = False
    while node.parent is not None:
        node = node.parent
        if isinstance(node, _LEFT_ALONE):
            return False
        in_paragraph = in_paragraph or isinstance(node, nodes.paragraph)
    return in_paragraph


def known(env: BuildEnvironment) -> dict[str, str]:
    """The anchors of the terms that get links, by the term."""
    named = {
        name: anchor
        for (kind, name), (page, anchor) in env.domaindata["std"]["objects"].items()
        if kind == "term" and page == GLOSSARY
    }
    return {name: anchor for name, anchor in named.items() if name not in _EVERYDAY}


def _lead(app: Sphinx, page: nodes.document, name: str) -> None:
    if name.startswith(_WITH_TERMS) and app.builder.format == "html":
        there = app.builder.get_relative_uri(name, GLOSSARY)
        lead(page, {term: f"{there}#{anchor}" for term, anchor in known(app.env).items()})


def meanings(glossary: nodes.document) -> dict[str, str]:
    """What each term of a glossary means, by its anchor, without the example."""
    found = {}
    for item in glossary.findall(nodes.definition_list_item):
        meaning = " ".join(item.next_node(nodes.definition).astext().split())
        for term in item.findall(nodes.term):
            found[term["ids"][0]] = meaning.partition(" Example:")[0]
    return found


def _write(app: Sphinx, exception: Exception | None) -> None:
    if not exception and GLOSSARY in app.env.found_docs and app.builder.format == "html":
        text = json.dumps(meanings(app.env.get_doctree(GLOSSARY)), ensure_ascii=False)
        Path(app.outdir, FILE).write_text(f"tightropeTerms({text});\n", encoding="utf-8")
