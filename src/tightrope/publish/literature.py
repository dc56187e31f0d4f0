"""Works cited, where no Sphinx is at hand: by author and year, and as a list.

Both read as on the page: the same styles, author and year in a sentence, "alpha" in the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pybtex.backends.markdown import Backend
from pybtex.database import BibliographyData, parse_file
from pybtex.style.formatting.alpha import Style

from tightrope.publish.pages import Manuscript

FILE = "references.bib"
_NEEDLESS_ESCAPE = re.compile(r"\\([.()-])")
"""pybtex escapes what Markdown reads as text anyhow."""


class Literature:
    """The works of a BibTeX file."""

    def __init__(self, works: BibliographyData) -> None:
        self._works = works

    @classmethod
    def of(cls, manuscript: Manuscript) -> Literature:
        """The literature of a book."""
        return cls(parse_file(manuscript.book / FILE, "bibtex"))

    def in_sentence(self, keys: Sequence[str]) -> str:
        """Works, by author, as a part of the sentence: "Ford and Fulkerson [1956]".

        Raises KeyError for a work that the file does not have.
        """
        return ", ".join(sorted(f"{self._authors(key)} [{self._year(key)}]" for key in keys))

    def in_brackets(self, keys: Sequence[str]) -> str:
        """Works beside the sentence: "[Ford and Fulkerson, 1956]"; raises as `in_sentence`."""
        return f"[{', '.join(sorted(f'{self._authors(key)}, {self._year(key)}' for key in keys))}]"

    def listed(self, keys: Sequence[str]) -> str:
        """The works as a Markdown list, by author and year; raises as `in_sentence`."""
        chosen = BibliographyData({key: self._works.entries[key] for key in keys})
        texts = [entry.text.render(Backend()) for entry in Style().format_bibliography(chosen)]
        lines = [_NEEDLESS_ESCAPE.sub(r"\1", " ".join(text.split())) for text in texts]
        return "\n".join(f"- {line}" for line in lines)

    def _authors(self, key: str) -> str:
        names = [_last_name(person) for person in self._works.entries[key].persons["author"]]
        return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)

    def _year(self, key: str) -> str:
        return str(self._works.entries[key].fields["year"])


def _last_name(person: Any) -> str:
    return " ".join(map(str, [*person.rich_prelast_names, *person.rich_last_names]))
