"""How a figure of the book is cited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pybtex.database import BibliographyData, Entry
from pybtex.database.output.bibtex import Writer

from tightrope.publish.imprint import Imprint


def bibtex(content: Mapping[str, Any], page: str, imprint: Imprint) -> str:
    """The figure as a BibTeX entry, without an address where the book has none."""
    fields = {
        "author": f"{{{imprint.author}}}",
        "title": content["title"],
        "howpublished": f"Figure {content['id']} of {imprint.book}",
        "year": str(content["day"]).split()[-1],
        "note": f"As known on {content['day']}".replace("\N{NO-BREAK SPACE}", " "),
    }
    if imprint.site:
        fields["url"] = f"{imprint.site}/{page}.html#fig-{content['id']}"
    entry = Entry("misc", fields=fields)
    text = str(Writer().to_string(BibliographyData({f"tightrope-{content['id']}": entry})))
    # An address is no text: LaTeX reads it as it is.
    return text.replace(r".html\#", ".html#").strip()
