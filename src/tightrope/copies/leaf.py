"""A page of the site as a part of one long document: what paper cannot use is left out, and every
id begins with the page's own, so that no two are the same."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

DROPPED = frozenset(
    {
        "headerlink",
        "screen-only",
        "figure-tools",
        "figure-table",
        "figure-narrow",
        "figure-chart",
        "figure-controls",
        "figure-line",
        "number-panel",
        "listing-filter",
        "visually-hidden",
        "expanded",
        "dollar-walk",
        "web-walk",
        "web-controls",
        "web-detail",
    }
)
"""Classes of what a click would show, or what is there once more for a narrow screen."""
_NO_PAPER = frozenset({"script", "noscript", "iframe", "button", "form", "template"})
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col", "area"})
_REFERS = frozenset({"aria-labelledby", "aria-describedby", "for", "headers"})
_URL = re.compile(r"url\(#([^)]+)\)")
_NAMED = re.compile(r"#([A-Za-z][\w-]*)")
_SHOW = re.compile(r'(<p class="collapsed admonition-title">)Show the (\w)')
"""On paper nothing is shown or hidden: "Show the solution" is "Solution" there."""
_LINK = re.compile("\x02(.*?)\x03", re.S)

Attributes = list[tuple[str, str | None]]
Links = Callable[[str, str], str]


def prefix(page: str) -> str:
    """The id of a page in the document: chapters/core-deal -> chapters-core-deal."""
    return page.replace("/", "-")


class Rewriter(HTMLParser):
    """Reads the article of one page; then `ids` holds what can be linked to, `html` the result.

    A link within the site becomes a mark that `with_links` replaces: where it leads is known once
    all pages were read.
    """

    def __init__(self, page: str, article: str) -> None:
        super().__init__(convert_charrefs=False)
        self.page = page
        self.ids: set[str] = set()
        self._out: list[str] = []
        self._skipped: list[str] = []
        self.feed(article)
        self.close()

    @property
    def html(self) -> str:
        """The article as it stands in the document, with marks for its links."""
        return _SHOW.sub(lambda match: match[1] + match[2].upper(), "".join(self._out))

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Rewrite a tag, or begin to leave out what stands in it."""
        if self._skipped or tag in _NO_PAPER or _is_dropped(attrs):
            if tag not in _VOID:
                self._skipped.append(tag)
            return
        self._out.append(self._tag(tag, attrs, ""))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Rewrite a tag that has no content."""
        if not self._skipped and not _is_dropped(attrs):
            self._out.append(self._tag(tag, attrs, "/"))

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened; what was left out ends here."""
        if not self._skipped:
            self._out.append(f"</{tag}>")
        elif tag in self._skipped:
            while self._skipped.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Text stays as it is written; a style of one picture names the picture's new id."""
        if self.cdata_elem == "style":
            data = _NAMED.sub(self._renamed, data)
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        """Entities stay as they are written."""
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Characters stay as they are written."""
        self._keep(f"&#{name};")

    def _renamed(self, match: re.Match[str]) -> str:
        return f"#{prefix(self.page)}--{match[1]}" if match[1] in self.ids else match[0]

    def _keep(self, text: str) -> None:
        if not self._skipped:
            self._out.append(text)

    def _tag(self, tag: str, attrs: Attributes, end: str) -> str:
        written = [self._attribute(tag, name, value or "") for name, value in _opened(tag, attrs)]
        return f"<{tag}{''.join(written)}{end}>"

    def _attribute(self, tag: str, name: str, value: str) -> str:
        mine = prefix(self.page)
        if name == "id":
            self.ids.add(value)
            value = f"{mine}--{value}"
        elif name in _REFERS:
            value = " ".join(f"{mine}--{one}" for one in value.split())
        elif name in ("href", "xlink:href") and not re.match(r"[a-z]+:", value):
            path, _, fragment = value.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path))
            target = target if path else f"{self.page}.html"
            return f" \x02{target}#{fragment}\x03"
        elif "url(#" in value:
            value = _URL.sub(rf"url(#{mine}--\1)", value)
        return f' {name}="{escape(value)}"'


def with_links(html: str, address: Links) -> str:
    """The document with its links: `address` says where a link within the site leads."""

    def written(match: re.Match[str]) -> str:
        path, _, fragment = match[1].partition("#")
        leads = address(path, fragment)
        return f'href="{escape(leads)}"' if leads else ""

    return _LINK.sub(written, html)


def _is_dropped(attrs: Attributes) -> bool:
    named = next((value or "" for name, value in attrs if name == "class"), "")
    return not DROPPED.isdisjoint(named.split())


def _opened(tag: str, attrs: Attributes) -> Attributes:
    """A fold stands open, for nobody can open it on paper; but for a long list of sources."""
    if tag != "details" or any("is-long" in (value or "") for _, value in attrs):
        return attrs
    return [*(one for one in attrs if one[0] != "open"), ("open", "")]
