"""Pages that the build adds below a page of the list: a list too long for one page, in parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_FENCE = "~" * 12


@dataclass(frozen=True)
class Section:
    """A piece of HTML, under a heading ("" for none) that addresses reach as `anchor`."""

    html: str
    heading: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Part:
    """One page: its id, its title as Markdown, and its sections."""

    page: str
    title: str
    sections: Sequence[Section]


def write(parts: Sequence[Part], below: str, source: Path) -> None:
    """Write the pages into the book's `source` and list them `below` that page in its `_toc.yml`.

    Where the list does not have that page, nothing is written.
    """
    toc = source / "_toc.yml"
    content = yaml.safe_load(toc.read_text(encoding="utf-8"))
    if not _list(content, below, [part.page for part in parts]):
        return
    toc.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    for part in parts:
        target = source / f"{part.page}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(markdown(part), encoding="utf-8")


def _list(node: Any, below: str, pages: Sequence[str]) -> bool:
    """Add the pages below one of a list of pages; whether it has that one."""
    if isinstance(node, list):
        return any(_list(item, below, pages) for item in node)
    if not isinstance(node, dict):
        return False
    if node.get("file") == below:
        if pages:
            node["sections"] = [*node.get("sections", []), *({"file": page} for page in pages)]
        return True
    return any(_list(node.get(key), below, pages) for key in ("parts", "chapters", "sections"))


def markdown(part: Part) -> str:
    """The page as Markdown."""
    texts = [f"# {part.title}", *map(_section, part.sections)]
    return "\n\n".join(texts) + "\n"


def _section(section: Section) -> str:
    target = f"({section.anchor})=\n" if section.anchor else ""
    heading = f"{target}## {section.heading}\n\n" if section.heading else ""
    return f"{heading}{_FENCE}{{raw}} html\n{section.html.strip()}\n{_FENCE}"
