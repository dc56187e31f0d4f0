"""A Sphinx extension: what a page says of itself where its address is shared or listed.

Title, description and, where the page has a picture for it, the picture: for search engines and
for messages. Addresses stay relative, since the site does not know where it will stand.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tightrope.addresses import SHARE_CARD

_LONGEST = 200
_SITE = "The Tightrope"
_LEADS = (
    r'<div class="[^"]*\bstandfirst\b[^"]*">\s*<p>(.*?)</p>',
    r'<div class="[^"]*\bquestion\b[^"]*">.*?</p>\s*<p>(.*?)</p>',
    r"<p>(.*?)</p>",
)
"""Where a page says what it is about: the first of these that it has."""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.connect("html-page-context", _say)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _say(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    body = context.get("body")
    if doctree is None or not body:
        return  # the search page, and the index of words
    has_card = (Path(app.srcdir).parent / "beside" / SHARE_CARD).is_file()
    home = str(app.config.html_baseurl).rstrip("/")
    address = f"{home}/{SHARE_CARD}" if home else SHARE_CARD
    picture = address if pagename == "index" and has_card else ""
    context["metatags"] = context.get("metatags", "") + tags(
        plain(str(context.get("title", ""))) or _SITE, described(body), picture
    )


def described(body: str) -> str:
    """What a page is about, in a sentence or two of its own; "" where it has no text."""
    for lead in _LEADS:
        found = re.search(lead, body, re.S)
        if found:
            return cut(plain(found[1]))
    return ""


def plain(html: str) -> str:
    """The words of a piece of HTML."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def cut(text: str) -> str:
    """The text up to the last sentence, else the last word, that fits."""
    if len(text) <= _LONGEST:
        return text
    kept = text[:_LONGEST]
    sentence = max(kept.rfind(f"{end} ") for end in ".?!")
    return kept[: sentence + 1] if sentence > 0 else f"{kept[: kept.rfind(' ')]} …"


def tags(title: str, description: str, picture: str) -> str:
    """The tags for the head of a page."""
    named = {"og:type": "article", "og:site_name": _SITE, "og:title": title}
    named |= {"og:description": description} if description else {}
    named |= {"og:image": picture, "twitter:card": "summary_large_image"} if picture else {}
    lines = [f'<meta property="{name}" content="{escape(text)}" />' for name, text in named.items()]
    if description:
        lines.insert(0, f'<meta name="description" content="{escape(description)}" />')
    return "\n".join(["", *lines, ""])
