"""Which of the project's own modules a piece of code can run: those that it imports, and theirs."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path


def reached(pieces: Iterable[str], src: Path) -> list[Path]:
    """The files below `src` that the pieces of code can run, in order and each once.

    An import counts wherever it stands, in a function too. A piece that is not plain Python, as a
    cell with a magic command, may run any file.
    """
    found: set[Path] = set()
    due = [file for piece in pieces for file in _imported(piece, src)]
    while due:
        file = due.pop()
        if file not in found:
            found.add(file)
            due += _imported(file.read_text(encoding="utf-8"), src)
    return sorted(found)


@cache
def _imported(code: str, src: Path) -> tuple[Path, ...]:
    """The files that the imports of this code name, and those of the packages that they are in."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return tuple(src.rglob("*.py"))
    return tuple(file for name in _names(tree) for file in _files(name.split("."), src))


def _names(tree: ast.AST) -> Iterator[str]:
    """Every dotted name that is imported: of a module, or of something that a module has."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _files(parts: list[str], src: Path) -> Iterator[Path]:
    """The module of a dotted name, and the packages above it; none where it is not below `src`."""
    for length in range(1, len(parts) + 1):
        place = src.joinpath(*parts[:length])
        for file in (place / "__init__.py", place.with_suffix(".py")):
            if file.is_file():
                yield file
