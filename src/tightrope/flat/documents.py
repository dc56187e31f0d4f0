"""What the cell of a source says of a document: its address, or its words, and its kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from tightrope.flat.parties import known_as

_ADDRESS = re.compile(r"https?://[^\s|]+", re.IGNORECASE)
_BARE = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
NOWHERE = "https://no-address.invalid"
"""Stands for the address of a document that the table names in words: the schema needs one, and
no address under `.invalid` ever leads anywhere (RFC 6761)."""
_FILING = re.compile(
    r"\b(10-?[kq]|8-?k|20-?f|6-?k|s-?1|f-?1|def ?14a|prospectus|annual report|quarterly report|"
    r"filing|exhibit|indenture|court|docket)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(press release|release|company|blog|newsroom|investor relations|announcement|website)\b",
    re.IGNORECASE,
)
_NEWSROOMS = [
    "apnews",
    "axios",
    "barrons",
    "bbc",
    "bloomberg",
    "businessinsider",
    "cnbc",
    "cnn",
    "economist",
    "fortune",
    "forbes",
    "ft",
    "guardian",
    "handelsblatt",
    "latimes",
    "marketwatch",
    "nikkei",
    "npr",
    "nytimes",
    "reuters",
    "techcrunch",
    "theguardian",
    "theinformation",
    "theregister",
    "theverge",
    "time",
    "washingtonpost",
    "wired",
    "wsj",
]
_NEWS = re.compile(
    r"\b(reuters|bloomberg|financial times|wall street journal|new york times|associated press|"
    r"the information|newspaper|journal|times|news|post|\w*herald)\b",
    re.IGNORECASE,
)


class Document(NamedTuple):
    """A document as `sources.csv` has it, apart from its days."""

    kind: str
    publisher: str
    title: str
    url: str
    note: str
    why: str
    """Why it is of this kind."""
    others: tuple[str, ...] = ()
    """Further addresses in the same cell."""

    @property
    def key(self) -> str:
        """One word for the document: its address as browsers open it."""
        return re.sub(r"^https?://", "", self.url, flags=re.IGNORECASE).removesuffix("/")


_NOTE = "Named in a table that relays it; the document itself was not opened."


def read(cell: str, parties: Iterable[str], given: str = "") -> Document:
    """The document that a cell names; `parties` are the names of those who may speak in it.

    `given` is its kind, where the table says it.
    """
    document = _read(cell, parties)
    return document._replace(kind=given, why="the table says so") if given else document


def _read(cell: str, parties: Iterable[str]) -> Document:
    addresses = [one.rstrip(".,;)") for one in _ADDRESS.findall(cell)]
    if not addresses and _BARE.fullmatch(cell):
        addresses = [f"https://{cell}"]
    words = " ".join(_ADDRESS.sub(" ", cell).replace("|", " ").split()).strip(" ,;:–-")
    if not addresses:
        kind, why = _kind("", cell, parties)
        url = f"{NOWHERE}/{quote(known_as(cell))}"
        note = f"{_NOTE} The table gives no address: the one here leads nowhere."
        publisher = re.split(r"[,:;–]", cell)[0].strip() or cell
        return Document(kind, publisher, cell, url, note, why)
    url = addresses[0]
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    kind, why = _kind(host, words, parties)
    title = words if words and not _BARE.fullmatch(cell) else ""
    shown = re.sub(r"^https?://(www\.)?", "", url).rstrip("/")
    return Document(kind, host, title or shown, url, _NOTE, why, tuple(addresses[1:]))


def _kind(host: str, words: str, parties: Iterable[str]) -> tuple[str, str]:
    if host.endswith("sec.gov") or _FILING.search(words):
        return "filing", "its address or its words name a filing"
    if set(host.split(".")[:-1]) & set(_NEWSROOMS):
        return "press", "its address is that of a newsroom"
    if any(_is_of(host, name) for name in parties):
        return "company", "its address is that of a party"
    if _COMPANY.search(words):
        return "company", "its words say that a company published it"
    if _NEWS.search(words):
        return "press", "its words name a newsroom"
    return "secondary", "nothing shows who published it"


def side(document: Document, payer: str, payee: str) -> str:
    """Whose own address the document has, payer or payee; "" if it is that of neither."""
    host = (urlsplit(document.url).hostname or "").removeprefix("www.")
    sides = {"payer": payer, "payee": payee}
    return next((side for side, name in sides.items() if _is_of(host, name)), "")


def _is_of(host: str, party: str) -> bool:
    """Whether a host is that of a party, such as blogs.example.com or aboutexample.com."""
    plain = re.sub(r"[^a-z0-9]", "", known_as(party))
    labels = host.split(".")[:-1]
    return plain != "" and any(plain in (label, label.removeprefix("about")) for label in labels)
