"""A module imports only from those above it in the table of CONTRIBUTING.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tightrope.paths import ROOT

SRC = ROOT / "src" / "tightrope"
MODULES = sorted(path for path in SRC.rglob("*.py") if path != SRC / "__init__.py")


def table() -> dict[str, int]:
    """Where code belongs: every file and folder of the table, and its row from the top."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## Where code belongs")[2].partition("\n## ")[0]
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|$", section, re.MULTILINE)
    named = [
        (place, name) for place, cell in enumerate(rows) for name in re.findall("`(.+?)`", cell)
    ]
    return {name: place for place, name in named if name.endswith((".py", "/"))}


ROWS = table()


def home(path: Path) -> str:
    """The entry of the table that a file belongs to: itself, or the folder that it is in."""
    top = path.relative_to(SRC).parts
    return f"{top[0]}/" if len(top) > 1 else top[0]


def imported(path: Path) -> Iterator[tuple[int, Path]]:
    """The line and file of everything that a module imports from this project."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        within = ""
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: a relative import"
            within = f"{node.module}."
        for name in (within + alias.name for alias in node.names):
            first, *rest = name.split(".")
            if first == "tightrope" and rest:
                yield node.lineno, file_of(rest)


def file_of(parts: list[str]) -> Path:
    """The module of a dotted name, whose last part may be something that the module has."""
    for length in range(len(parts), 0, -1):
        path = SRC.joinpath(*parts[:length])
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if file.is_file():
                return file
    raise AssertionError(f"there is no module tightrope.{'.'.join(parts)}")


def test_every_module_has_its_place_in_the_table() -> None:
    assert {home(path) for path in MODULES} - set(ROWS) == set()


def test_everything_in_the_table_is_there() -> None:
    assert [name for name in ROWS if not (SRC / name).exists()] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_module_imports_only_from_above_it_or_its_own_folder(path: Path) -> None:
    own = home(path)
    below = [
        f"line {line}: {other.relative_to(SRC)}"
        for line, other in imported(path)
        if not (ROWS[home(other)] < ROWS[own] or (home(other) == own and own.endswith("/")))
    ]
    assert below == []
