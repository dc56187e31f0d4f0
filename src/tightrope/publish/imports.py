"""Which of the project's own modules a piece of code can run: those that it imports, and theirs."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

Names = dict[str, list[str] | None]
"""By the digest of a piece of code what it imports; None where it may import anything."""


def reached(pieces: Iterable[str], src: Path, known: Names | None = None) -> list[Path]:
    """The files below `src` that the pieces of code can run, in order and each once.

    An import counts wherever it stands, in a function too. A piece that is not plain Python, as a
    cell with a magic command, may run any file. `known` is what earlier calls found out, and is
    added to.
    """
    known = {} if known is None else known
    files = cache(lambda name: tuple(_files(name.split("."), src)))

    def imported(code: str) -> Iterator[Path]:
        names = _known_names(code, known)
        if names is None:
            return src.rglob("*.py")
        return (file for name in names for file in files(name))

    found: set[Path] = set()
    due = [file for piece in pieces for file in imported(piece)]
    while due:
        file = due.pop()
        if file not in found:
            found.add(file)
            due += imported(file.read_text(encoding="utf-8"))
    return sorted(found)


def _known_names(code: str, known: Names) -> list[str] | None:
    """The names that this code imports, each once; None where it is not plain Python."""
    word = hashlib.sha256(code.encode()).hexdigest()
    if word not in known:
        try:
            known[word] = sorted(set(_names(ast.parse(code))))
        except SyntaxError:
            known[word] = None
    return known[word]


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
