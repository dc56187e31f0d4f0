"""The lines that clone the source, on the page about building."""

from __future__ import annotations

from pathlib import Path

from tightrope import paths
from tightrope.publish import clone
from tightrope.publish.imprint import Imprint

PAGE = f"# Rebuild\n\n{clone.MARK}\nMore.\n"


def written(folder: Path, repository: str) -> str:
    file = folder / f"{clone.PAGE}.md"
    file.parent.mkdir()
    file.write_text(PAGE)
    clone.write(Imprint("B", repository=repository), folder)
    return file.read_text()


def test_they_stand_on_the_page_where_the_repository_has_an_address(tmp_path: Path) -> None:
    text = written(tmp_path, "https://example.org/us/book.git")
    assert "```sh\ngit clone https://example.org/us/book.git\ncd book\n```\n" in text


def test_without_an_address_they_are_left_out(tmp_path: Path) -> None:
    assert written(tmp_path, "") == PAGE


def test_a_book_without_the_page_does_without_them(tmp_path: Path) -> None:
    clone.write(Imprint("B", repository="https://example.org/book"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_page_of_this_book_has_a_place_for_them() -> None:
    assert clone.MARK in (paths.BOOK / f"{clone.PAGE}.md").read_text(encoding="utf-8")
