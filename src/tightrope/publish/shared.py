"""The files that only a site with an address has: pictures for messages, and the feed."""

from __future__ import annotations

import base64
import inspect
from collections.abc import Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path

from tightrope import addresses
from tightrope.dealbook import Dealbook
from tightrope.publish import feed, share_card
from tightrope.publish.imprint import Imprint
from tightrope.publish.kept import Kept, key_of


def write(
    kept: Kept,
    common: str,
    book: Dealbook,
    imprint: Imprint,
    titles: Mapping[str, str],
    pictures: Mapping[str, str],
    aside: Path,
) -> None:
    """Write the cards of the pages in `titles` and the feed to `aside`; nothing without an address.

    `titles` are by page, and so are `pictures`, the first figures (SVG text) of those that have
    one. What was drawn before of the same headline and figure is taken from `kept`; so is the feed
    of the same data, for which `common` stands.
    """
    if not imprint.site:
        return
    for page, title in titles.items():
        picture = pictures.get(page, "")
        drawn = key_of(title, picture, inspect.getsource(share_card), version("vl-convert-python"))
        name = addresses.card_of(page)
        text = kept.once(f"cards/{page}", drawn, partial(_drawn, title, picture))
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        (aside / name).write_bytes(base64.b64decode(text))
    said = kept.once("feed", key_of(common, imprint.site), lambda: feed.atom(book, imprint))
    (aside / addresses.FEED).write_text(said, encoding="utf-8")


def _drawn(title: str, picture: str) -> str:
    return base64.b64encode(share_card.png(title, picture)).decode()
