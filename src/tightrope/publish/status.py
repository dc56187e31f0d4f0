"""The status page: what the book was built from, how it is tested, and what nobody has tried."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

import pandas as pd

from tightrope import paths, units
from tightrope.charts.table import Markup, html_table
from tightrope.dealbook import KEYS, Dealbook
from tightrope.publish.pages import Manuscript, listed
from tightrope.templates import render

PAGE = "reference/status"
BENCHMARK = "reference/benchmark.csv"
"""What `make bench` leaves in the book's folder."""
_KINDS = {
    "data": "The deal data: schema, keys, sources, totals of the ladder",
    "unit": "Each function by itself, against published values and other solvers",
    "notebooks": "The notebooks: parameters, other days and layers, no amount typed into prose",
    "publish": "The build: the same bytes twice, and the last good site stays whatever fails",
    "site": "The finished pages in a browser: accessible, offline, on a phone, without JavaScript",
}


def tests(folder: Path = paths.ROOT / "tests") -> list[Path]:
    """The files whose tests the page counts."""
    return sorted(folder.glob("*/test_*.py"))


def write(
    manuscript: Manuscript,
    book: Dealbook,
    figures: int,
    facts: int,
    source: Path,
    folder: Path = paths.ROOT / "tests",
    counted: Sequence[Sequence[str | int]] | None = None,
) -> None:
    """Write `reference/status.md` into the book's `source`; `figures` and `facts` are counts.

    `counted` is what `count` says of the tests in `folder`, where it is known already.
    Nothing on it depends on when or where the book is built: two builds are the same bytes.
    """
    text = render(
        f"{PAGE}.md",
        day=units.day(book.day.date()),
        pages=len(listed(manuscript.toc)),
        figures=figures,
        facts=facts,
        rows=_rows(book),
        tests=_tests(count(folder) if counted is None else counted),
        benchmark=_benchmark(manuscript.book / BENCHMARK),
    )
    (source / PAGE).parent.mkdir(exist_ok=True)
    (source / f"{PAGE}.md").write_text(text, encoding="utf-8")


def _rows(book: Dealbook) -> Markup:
    frame = pd.DataFrame(
        [(f"{name}.csv", len(getattr(book, name)), len(book.all_ids[name])) for name in KEYS],
        columns=["table", "known", "all"],
    )
    labels = {"table": "Table", "known": "Rows known on that day", "all": "Rows in all"}
    return html_table(frame, "Rows by table", labels, {"known": _count, "all": _count})


def count(folder: Path = paths.ROOT / "tests") -> list[tuple[str, int, int]]:
    """By kind of test, a folder of `folder`: its name, how many there are, how many search."""
    found = []
    for kind, files in groupby(tests(folder), lambda file: file.parent.name):
        counts = [_in(file.read_text(encoding="utf-8")) for file in files]
        found.append((kind, sum(own for own, _ in counts), sum(given for _, given in counts)))
    return found


def _tests(counted: Sequence[Sequence[str | int]]) -> Markup:
    found = [
        (_KINDS.get(str(kind), kind), own, searching, f"tests/{kind}")
        for kind, own, searching in counted
    ]
    columns = ["what", "tests", "searching", "place"]
    frame = pd.DataFrame(found, columns=columns)
    total = ("Together", frame.tests.sum(), frame.searching.sum(), "")
    frame = pd.concat([frame, pd.DataFrame([total], columns=columns)], ignore_index=True)
    labels = {
        "what": "What is tested",
        "tests": "Tests",
        "searching": "Searching",
        "place": "Where",
    }
    return html_table(frame, "Tests by kind", labels)


@cache
def _in(code: str) -> tuple[int, int]:
    """How many tests a file has where pytest looks, which is in no function; how many search."""
    tree = ast.parse(code)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    own = [
        node
        for node in (*tree.body, *(inner for one in classes for inner in one.body))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return len(own), sum(any("given" in _name(d) for d in test.decorator_list) for test in own)


def _name(decorator: ast.expr) -> str:
    return ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)


def _benchmark(file: Path) -> dict[str, str] | None:
    """The table that `make bench` left, its days and machines; None where it has not been run."""
    if not file.is_file():
        return None
    rows = pd.read_csv(file)
    sizes = sorted(rows.payments.unique())
    table = rows.pivot(index=["problem", "solver"], columns="payments", values="seconds")
    growth = rows.dropna(subset="growth").sort_values("payments")
    table["growth"] = growth.groupby(["problem", "solver"]).growth.last()
    order = rows[["problem", "solver"]].drop_duplicates()
    frame = order.merge(table.reset_index(), on=["problem", "solver"])
    frame["problem"] = frame.problem + ", " + frame.solver
    frame.columns = frame.columns.map(str)
    labels = {"problem": "Problem, solver"} | {f"{n}": f"{n:,}" for n in sizes}
    writers = dict.fromkeys((f"{n}" for n in sizes), _seconds)
    return {
        "table": html_table(
            frame,
            "Processor seconds, by number of payments",
            labels | {"growth": "Growth"},
            writers | {"growth": lambda value: "–" if pd.isna(value) else f"{value:.2f}"},
        ),
        "days": " and ".join(sorted(rows.measured_on.unique())),
        "machines": "; ".join(sorted(rows.machine.unique())),
    }


def _count(value: object) -> str:
    return f"{value:,}"


def _seconds(value: object) -> str:
    seconds = float(str(value))
    return "–" if pd.isna(seconds) else f"{seconds:.3f}" if seconds < 1 else f"{seconds:.1f}"
