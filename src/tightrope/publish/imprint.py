"""What a book says of itself: its name, its address, and where its source can be had."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tightrope import paths
from tightrope.publish.pages import Manuscript


@dataclass(frozen=True)
class Imprint:
    """A book's name and author, and where it and its source are, "" where that is not stated."""

    book: str
    author: str = ""
    site: str = ""
    repository: str = ""

    @classmethod
    def of(cls, manuscript: Manuscript, citation: Path = paths.CITATION) -> Imprint:
        """The imprint of a book: `title`, `author` and `html: baseurl:` of its settings.

        The repository is `repository-code` of `citation`.
        """
        settings = _read(manuscript.config)
        site = str((settings.get("html") or {}).get("baseurl") or "")
        repository = str(_read(citation).get("repository-code") or "")
        return cls(
            str(settings["title"]), str(settings.get("author") or ""), site.rstrip("/"), repository
        )


def _read(file: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))
