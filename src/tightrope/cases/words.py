"""The words of a page for another web: its own party in the middle, no link into nothing."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Container

_NAME = re.compile(r"\bOpenAI\b")
_LINK = re.compile(r"\[((?:[^\[\]]|\[\[[^\]]*\]\])*)\]\(([^()\s]+)\)")
_SENTENCE = re.compile(
    r"(?:(?<=\n)|(?<=^)|(?<=[.!?] )|(?<=- ))"
    r"(?:It helps to have read |It helps to know [^.\[]*|Helpful: )?"
    r"\[(?:[^\[\]]|\[\[[^\]]*\]\])*\]\((?P<address>[^()\s]+)\)"
    r"(?:\]\([^()\s]+\)|[^.!?\n*])*(?:[.!?](?= |\*|\n|$)|(?=\n|\*|$))"
)
"""A sentence that begins with a link, or only says what it helps to have read."""
_EXAMPLE = re.compile(r"\s+\*Example:\*.*?(?=\n  \*German:\*|\Z)", re.DOTALL)
_ENTRY = re.compile(r"\n\n(?=\S)")


def about(text: str, name: str) -> str:
    """Markdown with the party in the middle of a case in the place of this book's own."""
    return _NAME.sub(lambda _: name, text)


def code_about(source: str, name: str) -> str:
    """Code whose texts name the party: what would end a text is written as Python writes it."""
    return _NAME.sub(
        lambda _: json.dumps(name, ensure_ascii=False)[1:-1].replace("'", "\\'"), source
    )


def linked(text: str, here: str, pages: Container[str]) -> str:
    """Markdown of the page `here` in which only links to `pages` are left; others keep the words.

    A sentence that begins with a link to a page that is not there would speak of nothing, and is
    left out. Links to other sites, into the page itself and to files stay as they are.
    """

    def is_dead(address: str) -> bool:
        path = address.partition("#")[0]
        stem, ending = posixpath.splitext(path)
        if ":" in path or ending not in (".ipynb", ".md", ".html"):
            return False
        return posixpath.normpath(posixpath.join(posixpath.dirname(here), stem)) not in pages

    kept = _SENTENCE.sub(lambda one: "" if is_dead(one["address"]) else one[0], text)
    kept = _LINK.sub(lambda one: one[1] if is_dead(one[2]) else one[0], kept)
    return re.sub(r"(?m)^- *\n|(?<=\S) +(?=\n|\*$)", "", kept)


def glossary(text: str, firms: Container[str]) -> str:
    """A glossary without its examples, which are of this book's deals, and without their words.

    An entry of which a word names one of `firms` is left out.
    """
    entries = [_EXAMPLE.sub("", entry) for entry in _ENTRY.split(text)]
    closing = "\n:::\n" if text.rstrip().endswith(":::") else "\n"
    kept = [entry for entry in entries if not any(word in firms for word in _words(entry))]
    joined = "\n\n".join(one.rstrip() for one in kept).replace(", each with one example", "")
    return joined if joined.rstrip().endswith(":::") else f"{joined}{closing}"


def _words(entry: str) -> list[str]:
    return re.findall(r"\w+", entry)
