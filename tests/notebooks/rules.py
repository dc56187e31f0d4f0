"""What is wrong with a notebook's cells: each rule finds its faults, a line each."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from tightrope import dealbook
from tightrope.publish.pages import FOCAL

OWN = "own"
"""The tag of what speaks of the deals of this book alone: without it, a page fits any data."""
MOST_LINES, WIDEST, FEWEST_STEPS = 15, 100, 5
MEASURED = {
    "promise-and-cash",
    "how-circular",
    "whose-money",
    "when-money-moves",
    "runway",
    "who-breaks",
}
"""Chapters that compute an answer, and show it in steps."""
_UNREAD = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]*>", re.DOTALL)
"""Code and addresses in Markdown."""


def faults(path: Path) -> list[str]:
    """Everything that is wrong with the cells of a notebook, in its order."""
    cells = nbformat.read(path, as_version=4).cells
    found = [
        f"{path.stem}, cell {number}: {fault}"
        for number, cell in enumerate(cells, 1)
        for fault in of_cell(cell)
    ]
    steps = sum("show" in tags(cell) for cell in cells)
    if path.stem in MEASURED and steps < FEWEST_STEPS:
        found.append(f"{path.stem}: {steps} shown steps; {FEWEST_STEPS} are the fewest")
    return found


def of_cell(cell: Any) -> list[str]:
    """What is wrong with one cell."""
    if cell.cell_type == "markdown":
        return [] if OWN in tags(cell) else [f"names {one}, is not {OWN}" for one in firms(cell)]
    found = [
        *_too_large(cell.source),
        *_made_here(ast.parse(cell.source)),
        *_joined(cell.source),
    ]
    if "show" in tags(cell) and not _shows_a_value(cell.source):
        found.append("is shown, and ends in no value")
    if not {OWN, "parameters"} & set(tags(cell)):
        found += [f"holds {one}, is not {OWN}" for one in _deals_of_this_book(cell.source)]
    return found


def lines(path: Path) -> int:
    """How many lines of code a notebook has, without empty ones and without solutions."""
    return sum(
        bool(line.strip())
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code" and "solution" not in tags(cell)
        for line in cell.source.splitlines()
    )


def tags(cell: Any) -> list[str]:
    """The tags of a cell."""
    return list(cell.metadata.get("tags", []))


def firms(cell: Any) -> list[str]:
    """The parties other than the focal one that a Markdown cell names to its readers."""
    return _named(_UNREAD.sub(" ", cell.source))


def _too_large(source: str) -> Iterator[str]:
    written = source.splitlines()
    if len(written) > MOST_LINES:
        yield f"{len(written)} lines; {MOST_LINES} are the most"
    for line in written:
        if len(line) > WIDEST:
            yield f"a line of {len(line)} characters; {WIDEST} are the most"


def _made_here(tree: ast.Module) -> Iterator[str]:
    """Functions and classes, which belong in the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield f"defines {node.name}"
        is_kept = isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr)
        if is_kept and isinstance(node.value, ast.Lambda):
            yield "gives a lambda a name"


def _joined(source: str) -> Iterator[str]:
    """Two statements on one line; a semicolon in a text joins none."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.OP and token.string == ";":
            yield f"a semicolon in line {token.start[0]}"


def _shows_a_value(source: str) -> bool:
    """Whether the last statement puts something out: no assignment, no import."""
    *_, last = ast.parse(source).body
    kept = ast.Assign | ast.AnnAssign | ast.AugAssign
    return not isinstance(last, kept | ast.Import | ast.ImportFrom)


def _deals_of_this_book(source: str) -> list[str]:
    """Names of parties and ids of rows that a cell's texts hold."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = {node.value, *re.findall(r"'([^']+)'", node.value)}
            found += [*_named(node.value), *sorted(words & _ids())]
    return found


def _named(text: str) -> list[str]:
    return sorted(set(_names().findall(text)))


@cache
def _names() -> re.Pattern[str]:
    parties = dealbook.load().parties
    others = parties[parties.party_id.ne(FOCAL)]["name"]
    longest_first = sorted(map(re.escape, others), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")


@cache
def _ids() -> frozenset[str]:
    ids = dealbook.load().all_ids
    tables = ("parties", "deals", "legs", "claims", "financials", "events")
    return frozenset(one for table in tables for one in ids[table]) - {FOCAL}
