"""The words of a page for another web: its own party in the middle, no link into nothing."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Container

_NAME = re.compile(r"\bOpenAI\b")
_LINK = re.compile(r"\[((?:[^\[\]]|\[\[[^\]]*\]\])*)\]\(([^()\s]+)\)")
_EXAMPLE = re.compile(r"[ \n]+\*Example:\*(?:.|\n(?!\n|\S))*")


def about(text: str, name: str) -> str:
    """Markdown with the party in the middle of a case in the place of this book's own."""
    return _NAME.sub(lambda _: name, text)


def code_about(source: str, name: str) -> str:
    """Code whose texts name the party: what would end a text is written as Python writes it."""
    return _NAME.sub(lambda _: json.dumps(name, ensure_ascii=False)[1:-1].replace("'", "\\'"), source)


def linked(text: str, here: str, pages: Container[str]) -> str:
    """Markdown of the page `here` in which only links to `pages` are left; others keep the words.

    Links to other sites, into the page itself and to files stay as they are.
    """

    def kept(match: re.Match[str]) -> str:
        words, address = match.groups()
        path, _, _ = address.partition("#")
        stem, ending = posixpath.splitext(path)
        if ":" in path or ending not in (".ipynb", ".md", ".html"):
            return match[0]
        page = posixpath.normpath(posixpath.join(posixpath.dirname(here), stem))
        return match[0] if page in pages else words

    return _LINK.sub(kept, text)


def without_examples(glossary: str) -> str:
    """A glossary without the examples that end its entries: they are of this book's deals."""
    return _EXAMPLE.sub("", glossary)
