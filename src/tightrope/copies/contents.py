"""What a built site says of itself: its parts and pages, its title, its day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

_NAV = re.compile(r'<nav class="bd-links[^>]*>.*?</nav>', re.S)
_ENTRY = re.compile(
    r'<span class="caption-text">(?P<caption>.*?)</span>'
    r'|<a class="[^"]*reference internal" href="(?P<address>[^"]*)">(?P<title>.*?)</a>',
    re.S,
)
_ARTICLE = re.compile(r'<article class="bd-article">(.*)</article>', re.S)
_HEADLINE = re.compile(r"<h1>(.*?)</h1>", re.S)
_EDITION = re.compile(r'<p class="edition">(.*?)(?:<span class="screen-only">.*?)?</p>', re.S)
_ANNOUNCEMENT = re.compile(r'<div class="bd-header-announcement[^>]*>(.*?)</div>', re.S)
_BOOK = re.compile(r'<p class="title logo__title">(.*?)</p>', re.S)


@dataclass(frozen=True)
class Leaf:
    """A page of the site: its id, its title in the contents, and its `part` ("" if none)."""

    id: str
    title: str
    part: str
    html: str

    @property
    def article(self) -> str:
        """The HTML of what stands on the page, without the site around it."""
        found = _ARTICLE.search(self.html)
        return found[1] if found else ""

    @property
    def headline(self) -> str:
        """The page's first heading, as text."""
        found = _HEADLINE.search(self.article)
        return text_of(found[1]) if found else self.title


@dataclass(frozen=True)
class Site:
    """A built site; the first of its `leaves` is its first page, the others follow the contents."""

    folder: Path
    title: str
    edition: str
    """As known when, with which amounts: the line under the headlines."""
    announcement: str
    """What a special edition says above every page, "" for the book's own."""
    leaves: tuple[Leaf, ...]


def read(folder: Path) -> Site:
    """What the site in `folder` holds; raises ValueError where there is none."""
    first = folder / "index.html"
    if not first.is_file():
        raise ValueError(f"{folder} holds no built site; make book builds it")
    html = first.read_text(encoding="utf-8")
    nav = _NAV.search(html)
    title = _told(_BOOK, html)
    leaves, part = [Leaf("index", title, "", html)], ""
    for entry in _ENTRY.finditer(nav[0] if nav else ""):
        if entry["caption"] is not None:
            part = text_of(entry["caption"])
        elif entry["address"].endswith(".html"):
            page = folder / entry["address"]
            leaves.append(
                Leaf(
                    entry["address"].removesuffix(".html"),
                    text_of(entry["title"]),
                    part,
                    page.read_text(encoding="utf-8"),
                )
            )
    edition = next(filter(None, (_told(_EDITION, leaf.article) for leaf in leaves)), "")
    return Site(folder, title, edition, _told(_ANNOUNCEMENT, html), tuple(leaves))


def text_of(html: str) -> str:
    """A line of HTML as text, without the sign that links to a heading."""
    plain = re.sub(r'<a class="headerlink".*?</a>|<[^>]*>', "", html)
    return " ".join(unescape(plain).split())


def _told(pattern: re.Pattern[str], html: str) -> str:
    found = pattern.search(html)
    return text_of(found[1]) if found else ""
