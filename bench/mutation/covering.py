"""Which of the fast tests run which lines, the quickest first."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

from coverage import CoverageData

FAST = ("tests/unit", "tests/data")
_IMPORT = ""
"""Who ran a line that no test ran: the import of its module."""
_MOST_SECONDS = 40.0
"""So long do the tests of one mutant take at most; what the rest might find counts as not found."""


def measure(modules: Sequence[str], folder: Path) -> None:
    """Run the fast tests once, and keep in `folder` what each has run and how long it took."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "coverage.ini"
    settings.write_text(f"[run]\nsource_pkgs = {','.join(modules)}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "bench.mutation.watch", *FAST]
    command += ["--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report="]
    given = {"COVERAGE_FILE": str(folder / "coverage.db"), "SECONDS_FILE": str(folder / "seconds")}
    subprocess.run(command, check=True, env={**os.environ, **given})


def is_measured(folder: Path) -> bool:
    """Whether `measure` has been here."""
    return (folder / "coverage.db").exists() and (folder / "seconds").exists()


class Covering:
    """The tests that `measure` has found, by module and line."""

    def __init__(self, folder: Path) -> None:
        self._data = CoverageData(str(folder / "coverage.db"))
        self._data.read()
        self.seconds: dict[str, float] = json.loads((folder / "seconds").read_text("utf-8"))
        self._lines: dict[Path, dict[int, list[str]]] = {}
        self._of_file: dict[str, set[str]] = defaultdict(set)
        for test in self.seconds:
            self._of_file[_file(test)].add(test)

    def tests(self, path: Path, line: int) -> list[str]:
        """The tests that run the statement of this line, the quickest first.

        What a module runs when it is imported no test runs as its own: it is all of those that
        run anything in a function of the module. Behind them come those that may well need the
        line: what a fixture of a file or a cache keeps, only the first to ask for it has run.
        """
        by_line = self._of_module(path)
        inside, statement = _statement(_tree(path), line)
        ran = {context for one in statement for context in by_line.get(one, ())}
        if not inside or ran == {_IMPORT}:
            ran = {context for contexts in by_line.values() for context in contexts}
        direct = {context.partition("|")[0] for context in ran - {_IMPORT}}
        others = set(self._of_file.get(f"test_{path.stem}.py", ()))
        for context in ran:
            if context.endswith("|setup"):
                others |= self._of_file[_file(context)]

        def order(test: str) -> tuple[bool, float, str]:
            return test not in direct, self.seconds.get(test, 0.0), test

        in_order = sorted(direct | others, key=order)
        spent = accumulate(self.seconds.get(test, 0.0) for test in in_order)
        both = zip(in_order, spent, strict=True)
        return [test for test, so_far in both if so_far <= _MOST_SECONDS]

    def _of_module(self, path: Path) -> dict[int, list[str]]:
        if path not in self._lines:
            self._lines[path] = self._data.contexts_by_lineno(str(path.resolve()))
        return self._lines[path]


def _file(test: str) -> str:
    """The name of its file."""
    return test.split("::")[0].rpartition("/")[2]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _statement(tree: ast.Module, line: int) -> tuple[bool, range]:
    """Whether a function's body holds this line, and the lines of its innermost statement.

    Of a statement that holds others these are the lines of its head.
    """
    inside, lines = False, range(line, line + 1)
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or line):
            body = getattr(node, "body", None)
            end = body[0].lineno - 1 if body else node.end_lineno or line
            if line <= end:
                lines = range(node.lineno, end + 1)
            elif isinstance(node, ast.FunctionDef):
                inside = True
    return inside, lines
