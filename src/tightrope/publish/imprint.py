"""What a book says of itself: its name, its address, and where its source can be had."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import yaml

from tightrope.publish.pages import Manuscript

ALLOWED = (
    "an address that begins with http:// or https://, names a host and has no ? or #, "
    "such as https://example.org/book, or nothing"
)
_PLAIN = re.compile(r"[A-Za-z0-9:/.~_%+@-]+")
"""What an address is made of that needs no quotes, in a page or in a shell."""


class SettingError(ValueError):
    """A setting of `_config.yml` is not what it can be; the message says where and what is."""


LICENCE = "text and data CC BY 4.0"
"""How a book may be used, its code apart, unless its settings say otherwise."""


@dataclass(frozen=True)
class Imprint:
    """A book's name and author, where it and its source are ("" if not stated), and its licence."""

    book: str
    author: str = ""
    site: str = ""
    repository: str = ""
    licence: str = LICENCE

    @classmethod
    def of(cls, manuscript: Manuscript) -> Imprint:
        """The imprint of a book: `title`, `author` and the like, as its settings have them.

        `licence` is no setting of Jupyter Book's: the manuscript of a case states it.

        Raises `SettingError` where `site_url` or `repository_url` is no address.
        """
        text = manuscript.config.read_text(encoding="utf-8")
        settings = dict(yaml.safe_load(text))
        addresses: dict[str, str] = {}
        for name in ("site_url", "repository_url"):
            value = settings.get(name)
            if value is None:
                value = ""
            if not _is_address(value):
                place = f"{manuscript.config.name}:{_line(text, name)}"
                raise SettingError(f'{place}: {name}: "{value}" is not allowed; write {ALLOWED}')
            addresses[name] = str(value).rstrip("/")
        licence = str(settings.get("licence") or LICENCE)
        return cls(
            str(settings["title"]),
            str(settings.get("author") or ""),
            addresses["site_url"],
            addresses["repository_url"],
            licence,
        )

    @property
    def left_out(self) -> str:
        """What pages do without because an address is not stated, as a line; "" if all is."""
        without = []
        if not self.site:
            without.append("site_url: no absolute tags, no pictures for messages, no feed")
        if not self.repository:
            without.append("repository_url: no clone lines, no link to the commit")
        return f"left out without {'; without '.join(without)}" if without else ""


def _is_address(value: object) -> bool:
    if value == "":
        return True
    if not isinstance(value, str) or not _PLAIN.fullmatch(value):
        return False
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _line(text: str, name: str) -> int:
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if line.startswith(name)), 1)
