"""Which of the project's own files a piece of code can use: the modules that it imports, their
templates, and what these use in turn. Nothing heavy is imported here."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypedDict

_TEMPLATES = Path("tightrope", "html")
_TEMPLATE = re.compile(r"""([^"'\s]+\.html)["']""")
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""What of a statement holds statements."""


class Used(TypedDict):
    """The modules and the templates that a piece names, each once."""

    modules: list[str]
    templates: list[str]


Known = dict[str, Used | None]
"""By the digest of a piece what it names; None where it may use anything."""


class Reach:
    """What pieces of code can use of the files below `src`, as these are when first asked about.

    An import counts wherever it stands, in a function too, and so does the name of a template. A
    piece that is not plain Python, as a cell with a magic command, may use any file. `known` is
    what earlier times found out, and is added to.
    """

    def __init__(self, src: Path, known: Known | None = None) -> None:
        self._src = src
        self._known = {} if known is None else known
        self._files = cache(lambda name: tuple(_files(name.split("."), src)))
        self._of_file = cache(
            lambda file: self._used(file.read_text(encoding="utf-8"), file.suffix == ".py")
        )

    def of(self, pieces: Iterable[str]) -> list[Path]:
        """The files that the pieces can use, in order and each once."""
        found: set[Path] = set()
        due = [file for piece in pieces for file in self._used(piece, is_code=True)]
        while due:
            file = due.pop()
            if file not in found:
                found.add(file)
                due += self._of_file(file)
        return sorted(found)

    def _used(self, text: str, is_code: bool) -> list[Path]:
        word = hashlib.sha256(f"{is_code}{text}".encode()).hexdigest()
        if word not in self._known:
            self._known[word] = _named(text) if is_code else _named_by_template(text)
        named = self._known[word]
        templates = self._src / _TEMPLATES
        if named is None:
            return [*self._src.rglob("*.py"), *templates.rglob("*.html")]
        modules = [file for name in named["modules"] for file in self._files(name)]
        return modules + [
            templates / name for name in named["templates"] if (templates / name).is_file()
        ]


def reached(pieces: Iterable[str], src: Path) -> list[Path]:
    """`Reach` of these pieces alone."""
    return Reach(src).of(pieces)


@cache
def _named(code: str) -> Used | None:
    """What a piece of Python names; None where it is not plain Python."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return None
    return {"modules": sorted(set(_names(tree))), "templates": sorted(set(_TEMPLATE.findall(code)))}


def _named_by_template(code: str) -> Used:
    """What a template includes, extends or imports."""
    from jinja2 import Environment  # slow to import, and known for most templates
    from jinja2.meta import find_referenced_templates

    named = find_referenced_templates(Environment().parse(code))
    return {"modules": [], "templates": sorted({name for name in named if name})}


def _names(tree: ast.Module) -> Iterator[str]:
    """Every dotted name that is imported: of a module, or of something that a module has."""
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    """All statements and what they are in, but no expression, of which a module has ten times as
    many: no import stands in one."""
    yield tree
    for field in _BLOCKS:
        for node in getattr(tree, field, ()):
            yield from _statements(node)


def _files(parts: list[str], src: Path) -> Iterator[Path]:
    """The module of a dotted name, and the packages above it; none where it is not below `src`."""
    for length in range(1, len(parts) + 1):
        place = src.joinpath(*parts[:length])
        for file in (place / "__init__.py", place.with_suffix(".py")):
            if file.is_file():
                yield file
