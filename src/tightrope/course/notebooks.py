"""The labs as notebooks: solved as they are written, and with blanks as students get them.

A lab is written once, with its solutions between `BEGIN` and `END`, as nbgrader and otter read it.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

from tightrope.course.webs import LABS

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
BLANK = "# Write your code here."
SOLUTION = "solution"
"""The tag of text that only the instructor gets."""
_BLOCK = re.compile(rf"^( *){BEGIN}\n(.*?)^ *{END}$", re.M | re.S)

LEVELS = ("recall", "compute", "argue", "extend")
_ASKED = re.compile(rf"\*\*(\d[a-z])\*\* \(({'|'.join(LEVELS)}), (\d+) minutes(, no key)?\)\. ")


def sources() -> list[Path]:
    """The labs as they are written, in their order."""
    return sorted(LABS.glob("*.ipynb"))


def solved(source: Path) -> Any:
    """A lab with all of its solutions; raises ValueError for a marker without its other half."""
    notebook = nbformat.read(source, as_version=4)
    for number, cell in enumerate(notebook.cells, 1):
        pairs = len(_BLOCK.findall(cell.source))
        if not cell.source.count(BEGIN) == cell.source.count(END) == pairs:
            raise ValueError(f"{source.name}, cell {number}: {BEGIN} and {END} come in pairs")
    return notebook


def student(source: Path) -> Any:
    """A lab with a blank for each solution, and without the text that explains one."""
    notebook = solved(source)
    notebook.cells = [
        cell for cell in notebook.cells if SOLUTION not in cell.metadata.get("tags", [])
    ]
    for place, cell in enumerate(notebook.cells):
        cell.id = str(place)
        if cell.cell_type == "code":
            asked = notebook.cells[place - 1].source if place else ""
            rest = [later for later in notebook.cells[place:] if later.cell_type == "code"]
            seen = {name for later in rest for name in _loaded(_shown(later.source))}
            cell.source = blanked(cell.source, seen | set(re.findall(r"`(\w+)`", asked)))
    return notebook


def blanked(code: str, wanted: set[str]) -> str:
    """Code with a blank for each solution: what it returns, or `wanted` names that it defines."""

    def blank(found: re.Match[str]) -> str:
        indent, body = found.groups()
        defined = [name for name in _assigned(textwrap.dedent(body)) if name in wanted]
        left = ["return ..."] if indent else [f"{name} = ..." for name in defined]
        return "\n".join(f"{indent}{line}" for line in (BLANK, *left))

    return _BLOCK.sub(blank, code)


def hidden(source: Path) -> Iterator[str]:
    """Every line of code and every sentence of a lab that students must not get, stripped.

    A line that the lab shows elsewhere as well is none of them.
    """
    shown: set[str] = set()
    kept: list[str] = []
    for cell in solved(source).cells:
        if SOLUTION in cell.metadata.get("tags", []):
            kept += re.split(r"(?<=[.?!:])\s+", cell.source)
        elif cell.cell_type == "code":
            for _, body in _BLOCK.findall(cell.source):
                kept += body.splitlines()
            shown |= {line.strip() for line in _shown(cell.source).splitlines()}
    yield from (line.strip() for line in kept if line.strip() and line.strip() not in shown)


class Part(NamedTuple):
    """What a lab asks for under one number, and for how long a student may sit over it."""

    part: str
    level: str
    minutes: int
    has_key: bool


def parts(source: Path) -> list[Part]:
    """The parts of a lab in their order, as its own text announces them."""
    asked = (_ASKED.match(cell.source) for cell in student(source).cells)
    return [Part(one[1], one[2], int(one[3]), not one[4]) for one in asked if one]


def text(notebook: Any) -> bytes:
    """A notebook as a file; the same bytes for the same notebook."""
    written: str = nbformat.writes(notebook)
    return f"{written}\n".encode()


def _shown(code: str) -> str:
    """Code without its solutions; `pass` keeps it whole."""
    return _BLOCK.sub(lambda found: f"{found[1]}pass", code)


def _loaded(code: str) -> set[str]:
    return {
        node.id
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _assigned(code: str) -> dict[str, None]:
    """The names that code defines, in their order."""
    return {
        node.id: None
        for statement in ast.parse(code).body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
