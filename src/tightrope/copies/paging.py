"""The page numbers of the contents.

Chromium knows no `target-counter`: what page something begins on is read from a print. A first one
without ink, which takes half as long, tells the numbers; the second has them.
"""

from __future__ import annotations

import re

BLANK = "000"
"""What stands for a number until it is known."""
_SLOT = re.compile(r'(<a class="page-number" href="#([^"]+)"[^>]*>)' + BLANK)
_DRAWING = re.compile(r"(<svg\b[^>]*>).*?</svg>", re.S)
_NO_INK = "<style>.whole-page { visibility: hidden; }</style>\n</head>"
_CATALOG = re.compile(rb"<</Type /Catalog\s.*?>>\s*endobj", re.S)
_CHILD = re.compile(rb"(\d+) 0 R")
_PLACE = re.compile(rb"/([^\s\[/]+) \[(\d+) 0 R ")


def without_ink(html: str) -> str:
    """The document with everything in its place and little to draw."""
    empty = _DRAWING.sub(r"\1</svg>", html)
    return empty.replace("</head>", _NO_INK, 1)


def numbered(html: str, pages: dict[str, int]) -> str:
    """The document whose contents say on which page each place is; KeyError for one not printed."""
    return _SLOT.sub(lambda match: f"{match[1]}{pages[match[2]]}", html)


def pages_of(pdf: bytes) -> dict[str, int]:
    """The page of each place that a print names, the first page being 1.

    It reads the plain objects that Chromium writes; ValueError where it finds others.
    """
    catalog = _CATALOG.search(pdf)
    if not catalog:
        raise ValueError("the print has no catalog that can be read")
    order = {page: number for number, page in enumerate(_leaves(pdf, catalog[0]), start=1)}
    named = _object(pdf, _reference(catalog[0], b"Dests"))
    return {name.decode("ascii"): order[page] for name, page in _PLACE.findall(named)}


def _leaves(pdf: bytes, catalog: bytes) -> list[bytes]:
    """The pages in their order: the leaves of a tree whose other nodes say how many they hold."""
    nodes = {
        match[1]: _CHILD.findall(match[2])
        for match in re.finditer(rb"\n(\d+) 0 obj\s+<</Type /Pages\s[^\[]*?/Kids \[([^\]]*)\]", pdf)
    }

    def below(node: bytes) -> list[bytes]:
        return [leaf for one in nodes[node] for leaf in below(one)] if node in nodes else [node]

    return below(_reference(catalog, b"Pages"))


def _reference(of: bytes, name: bytes) -> bytes:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", of)
    if not found:
        raise ValueError(f"the print has no {name.decode()} that can be read")
    return found[1]


def _object(pdf: bytes, number: bytes) -> bytes:
    start = pdf.index(b"\n" + number + b" 0 obj")
    return pdf[start : pdf.index(b"endobj", start)]
