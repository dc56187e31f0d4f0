"""The book's Markdown as any notebook shows it: no directive, no role, no link of Sphinx's own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from tightrope.publish.literature import Literature

_DOLLAR = "<span>&#36;</span>"
"""A dollar that no notebook takes for a formula: JupyterLab does not read a backslash before it."""
_NO_PROSE = r"`[^`]*`|^:::\{math\}$.*?^:::$|\]\([^)]*\)|<[a-z/][^>]*>"
_LABEL = re.compile(r"^\(([a-z0-9-]+)\)=\n(?:#+ +(.*))?", re.M)
_CITATION = re.compile(r"\{cite:([tp])\}`([^`]*)`")
_BIBLIOGRAPHY = re.compile(r"^```\{bibliography\}\n```$", re.M)
_LINK = re.compile(r'(?<=\]\()(?![a-z]+:)[^)\s]+(?=\))|(?<=href=")(?![a-z]+:)[^"]+(?=")')


@dataclass(frozen=True)
class Place:
    """Where a text stands: `page` is the page's id, `root` the way from the text to the site's."""

    page: str
    root: str
    headings: Mapping[str, str]
    """The headings of the page by their labels."""

    def address(self, target: str) -> str:
        """Where a link of the page leads that is no address of its own."""
        path, _, label = target.partition("#")
        if not path and label in self.headings:
            return f"#{quote(self.headings[label].replace(' ', '-'), safe=',')}"
        to = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path))
        to = re.sub(r"\.(ipynb|md)$", ".html", to) if path else f"{self.page}.html"
        return f"{self.root}{to}{f'#{label}' if label else ''}"


def headings(texts: Iterable[str]) -> dict[str, str]:
    """The headings that have a label, by it: `(label)=` stands in the line above."""
    return {label: title for text in texts for label, title in _LABEL.findall(text) if title}


def cited(texts: Iterable[str]) -> list[str]:
    """The works that texts cite, each once."""
    found = [key for text in texts for _, keys in _CITATION.findall(text) for key in _split(keys)]
    return list(dict.fromkeys(found))


def plain(text: str, place: Place, literature: Literature, works: Iterable[str] = ()) -> str:
    """MyST as Markdown: formulas in dollars, works by author and year, links from `place`.

    Of a box its title and its content stay. `works` are what a bibliography lists. Raises
    KeyError for a work that `literature` does not have.
    """
    text = _with_dollars(text)
    text = _LINK.sub(lambda match: place.address(match[0]), text)
    text = _LABEL.sub(lambda match: match[0].partition("\n")[2], text)
    text = _CITATION.sub(partial(_written, literature=literature), text)
    text = _BIBLIOGRAPHY.sub(lambda _: literature.listed(list(works)), text)
    return _without_boxes(_with_formulas(text)).strip()


def _with_dollars(text: str) -> str:
    kept = re.compile(rf"({_NO_PROSE})|\$", re.M | re.S)
    return kept.sub(lambda match: match[1] or _DOLLAR, text)


def _written(match: re.Match[str], literature: Literature) -> str:
    keys = _split(match[2])
    return literature.in_sentence(keys) if match[1] == "t" else literature.in_brackets(keys)


def _split(keys: str) -> list[str]:
    return [key.strip() for key in keys.split(",")]


def _with_formulas(text: str) -> str:
    text = re.sub(r"\{math\}`([^`]*)`", r"$\1$", text)
    return re.sub(r"^:{3,}\{math\}\n(.*?)\n:{3,}$", r"$$\n\1\n$$", text, flags=re.M | re.S)


def _without_boxes(text: str) -> str:
    text = re.sub(r"^:{3,}\{[a-z-]+\} *(\S.*)$", r"**\1**\n", text, flags=re.M)
    text = re.sub(r"^:{3,}.*$\n?", "", text, flags=re.M)
    return re.sub(r"^:[a-z-]+:.*$\n?", "", text, flags=re.M)
