"""How to get the source, on the page about building: where the settings say where it is."""

from __future__ import annotations

from pathlib import Path

from tightrope.publish.imprint import Imprint

PAGE = "reference/rebuild"
MARK = "% clone\n"
"""A comment in the page's text that gives way to the lines; left alone it shows nothing."""


def write(imprint: Imprint, source: Path) -> None:
    """Write the lines into the page of the book's `source`, if both are there."""
    file = source / f"{PAGE}.md"
    if not imprint.repository or not file.is_file():
        return
    address = imprint.repository
    folder = address.rpartition("/")[2].removesuffix(".git")
    lines = f"```sh\ngit clone {address}\ncd {folder}\n```\n"
    file.write_text(file.read_text(encoding="utf-8").replace(MARK, lines), encoding="utf-8")
