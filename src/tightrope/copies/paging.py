"""The page numbers of the contents.

Chromium knows no `target-counter`: what page something begins on is read from a print. A first one
without ink, which takes a third of the time, tells the numbers; the second has them.
"""

from __future__ import annotations

import io
import re

from pypdf import PdfReader

BLANK = "000"
"""What stands for a number until it is known."""
_SLOT = re.compile(r'(<a class="page-number" href="#([^"]+)"[^>]*>)' + BLANK)
_DRAWING = re.compile(r"(<svg\b[^>]*>).*?</svg>", re.S)
_NO_INK = "<style>.whole-page { visibility: hidden; }</style>\n</head>"


def without_ink(html: str) -> str:
    """The document with everything in its place and little to draw."""
    empty = _DRAWING.sub(r"\1</svg>", html)
    return empty.replace("</head>", _NO_INK, 1)


def numbered(html: str, pages: dict[str, int]) -> str:
    """The document whose contents say on which page each place is; KeyError for one not printed."""
    return _SLOT.sub(lambda match: f"{match[1]}{pages[match[2]]}", html)


def pages_of(pdf: bytes) -> dict[str, int]:
    """The page of each place that a print names, the first page being 1.

    Raises PyPdfError for what is no print.
    """
    book = PdfReader(io.BytesIO(pdf))
    number = {page.indirect_reference: place for place, page in enumerate(book.pages, start=1)}
    named = book.named_destinations.items()
    return {name.removeprefix("/"): number[to.raw_get("/Page")] for name, to in named}
