"""Which of the project's own files a piece of code can use: the modules that it imports, their
templates, and what these use in turn."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment
from jinja2.meta import find_referenced_templates

_TEMPLATES = Path("tightrope", "html")


def reached(pieces: Iterable[str], src: Path) -> list[Path]:
    """The files below `src` that the pieces of code can use, in order and each once.

    An import counts wherever it stands, in a function too, and so does the name of a template. A
    piece that is not plain Python, as a cell with a magic command, may use any file.
    """
    found: set[Path] = set()
    due = [file for piece in pieces for file in _used(piece, src)]
    while due:
        file = due.pop()
        if file not in found:
            found.add(file)
            text = file.read_text(encoding="utf-8")
            due += _used(text, src) if file.suffix == ".py" else _used_by_template(text, src)
    return sorted(found)


@cache
def _used(code: str, src: Path) -> tuple[Path, ...]:
    """The files that the imports of this code name, their packages', and the templates it names."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return (*src.rglob("*.py"), *(src / _TEMPLATES).rglob("*.html"))
    modules = (file for name in _names(tree) for file in _files(name.split("."), src))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return (*modules, *_templates((text for text in texts if isinstance(text, str)), src))


@cache
def _used_by_template(code: str, src: Path) -> tuple[Path, ...]:
    """The templates that a template includes, extends or imports."""
    named = find_referenced_templates(Environment().parse(code))
    return tuple(_templates((name for name in named if name), src))


def _templates(texts: Iterable[str], src: Path) -> Iterator[Path]:
    """The files of those texts that name a template."""
    for text in texts:
        if text.endswith(".html") and (src / _TEMPLATES / text).is_file():
            yield src / _TEMPLATES / text


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
