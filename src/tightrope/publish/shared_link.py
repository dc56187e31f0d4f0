"""A Sphinx extension: what a page says of itself where its address is shared or listed.

Title and description, for search engines and messages. Where the settings say where the site will
stand, also the page's address, its picture and the feed: all three are of use as whole addresses
only. A part of a long list has the picture of its list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tightrope import addresses
from tightrope.publish import share_card

_LONGEST = 200
_SITE = "The Tightrope"
_FEED = (
    '<link rel="alternate" type="application/atom+xml" title="What changed" href="{address}" />\n'
)
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
    title = plain(str(context.get("title", ""))) or _SITE
    said = tags(title, described(body))
    if home := str(app.config.html_baseurl).rstrip("/"):
        beside = Path(app.srcdir).parent / "beside"
        pages = (pagename, *(parent.as_posix() for parent in Path(pagename).parents))
        cards = (addresses.card_of(page) for page in pages)
        card = next((name for name in cards if (beside / name).is_file()), "")
        said += absolute_tags(str(context["pageurl"]), f"{home}/{card}" if card else "")
        if (beside / addresses.FEED).is_file():
            feed = context["pathto"](addresses.FEED, True)
            said += _FEED.format(address=escape(feed))
    context["metatags"] = context.get("metatags", "") + said


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


def tags(title: str, description: str) -> str:
    """The tags for the head of a page that need no address."""
    named = {"og:type": "article", "og:site_name": _SITE, "og:title": title}
    named |= {"og:description": description} if description else {}
    said = f'<meta name="description" content="{escape(description)}" />\n' if description else ""
    return f"\n{said}{_properties(named)}"


def absolute_tags(address: str, picture: str) -> str:
    """The tags with the page's own address and that of its picture, "" where it has none."""
    named = {"og:url": address}
    if picture:
        size = {"og:image:width": share_card.WIDTH, "og:image:height": share_card.HEIGHT}
        named |= {"og:image": picture} | {name: str(pixels) for name, pixels in size.items()}
    card = "summary_large_image" if picture else "summary"
    return f'{_properties(named)}<meta name="twitter:card" content="{card}" />\n'


def _properties(named: Mapping[str, str]) -> str:
    return "".join(
        f'<meta property="{name}" content="{escape(text)}" />\n' for name, text in named.items()
    )
