"""`python -m bench.build_table`: how long a build takes, after what was changed.

It works on a copy of the tree and prints a Markdown table; the figures stay in `_build`.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import nbformat
import yaml

from tightrope import paths
from tightrope.publish import pages, run

RECORD = paths.ROOT / "_build" / "bench-build.json"
ROUNDS = 3
NOTEBOOK = "core-deal.ipynb"
_LEFT_OUT = ("_build", ".git", ".venv", "__pycache__", ".*_cache", "*.egg-info")
_BUILD = ("--data=", "--as-of=", "--layer=announced", "--jobs=", "--out=_build/book")
MUST: dict[str, tuple[str, float, str]] = {
    "clean": ("`_build` removed, environment ready: the whole book", 30.0, "s"),
    "ratio": ("the same against a stock `jupyter-book build` of the same pages", 0.25, ""),
    "sentence": ("one sentence of one notebook changed", 4.0, "s"),
    "row": ("one row of `events.csv` changed", 25.0, "s"),
    "nothing": ("nothing changed", 0.3, "s"),
    "check": ("`make check`", 60.0, "s"),
}
"""What is measured, what it must not exceed, and its unit."""


class Tree:
    """A copy of the project in which builds can be timed."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "tightrope"
        shutil.copytree(paths.ROOT, self.root, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        (self.root / ".venv").symlink_to(sys.prefix)
        # The environment has another copy of the project; this one comes first. What is compiled
        # is kept, as by make.
        self._environment = os.environ | {"PYTHONPATH": str(self.root / "src")}
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def seconds(self, *command: str) -> float:
        """Wall-clock seconds of a command; raises CalledProcessError if it fails."""
        begun = time.perf_counter()
        subprocess.run(
            command, cwd=self.root, env=self._environment, check=True, stdout=subprocess.DEVNULL
        )
        return time.perf_counter() - begun

    def build(self) -> float:
        """Seconds of a build of the book."""
        return self.seconds(sys.executable, "-m", "tightrope.publish", *_BUILD)

    def clean(self) -> float:
        """Seconds of a build with nothing to go on from."""
        shutil.rmtree(self.root / "_build", ignore_errors=True)
        return self.build()

    def sentence(self, word: str) -> float:
        """Seconds of a build after a change of the text of one notebook."""
        file = self.root / "notebooks" / NOTEBOOK
        notebook = nbformat.read(file, as_version=4)
        text = [cell for cell in notebook.cells if cell.cell_type == "markdown"][-1]
        text.source += f"\n\nThis sentence is the {word}."
        nbformat.write(notebook, file)
        return self.build()

    def row(self, word: str) -> float:
        """Seconds of a build after a change of the last row of events.csv."""
        file = self.root / "data" / "events.csv"
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.reader(opened))
        rows[-1][rows[0].index("note")] += f" This is the {word}."
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows(rows)
        return self.build()

    def stock(self) -> float:
        """Seconds in which Jupyter Book's own command runs the same pages and builds the site.

        What the build writes by itself is taken from the book that stands.
        """
        source = self.root / "_build" / "stock"
        made = self.root / "_build" / "book" / "source"
        shutil.rmtree(source, ignore_errors=True)
        shutil.copytree(self.root / "book", source)
        for page in pages.GENERATED:
            shutil.copy(made / f"{page}.md", source / f"{page}.md")
        for page in pages.to_run(pages.OURS):
            target = source / f"{page.id}.ipynb"
            target.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(_with_parameters(page), target)
        shutil.copy(self.root / "_toc.yml", source)
        settings = yaml.safe_load((self.root / "_config.yml").read_text(encoding="utf-8"))
        settings["execute"] = {"execute_notebooks": "force", "timeout": -1}
        (source / "_config.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        command = Path(sys.executable).with_name("jupyter-book")
        return self.seconds(str(command), "build", "--quiet", str(source))


def _with_parameters(page: pages.Page) -> nbformat.NotebookNode:
    """The notebook of a page as one that needs no parameters put in."""
    notebook = nbformat.read(page.template, as_version=4)
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = run.with_values(cell.source, page.parameters)
    return notebook


def measured(tree: Tree) -> Iterator[tuple[str, list[float]]]:
    """Each name of `MUST` with the seconds of its rounds; a ratio is of the medians."""
    words = [f"{place} change" for place in ("first", "second", "third")]
    clean = [tree.clean() for _ in range(ROUNDS)]
    yield "clean", clean
    yield "nothing", [tree.build() for _ in range(ROUNDS)]
    yield "sentence", [tree.sentence(word) for word in words]
    yield "row", [tree.row(word) for word in words]
    yield "ratio", [median(clean) / tree.stock()]
    yield "check", [tree.seconds("make", "check") for _ in range(ROUNDS)]


def table(found: dict[str, list[float]]) -> str:
    """The medians as a Markdown table."""
    lines = ["| what was changed | today | must |", "|---|---|---|"]
    for name, (what, most, unit) in MUST.items():
        today = median(found[name])
        lines.append(f"| {what} | {today:.2g} {unit} | {most:g} {unit} |".replace("  |", " |"))
    return "\n".join(lines)


def loop_seconds() -> float:
    """Seconds of ten million additions in Python, the least of three: how fast this machine is."""
    return min(timeit.repeat("total += 1", "total = 0", repeat=3, number=10_000_000))


def main(make: Callable[[Path], Tree] = Tree) -> None:
    """Measure, print the table and keep the figures."""
    load, loop = os.getloadavg()[0], loop_seconds()
    with tempfile.TemporaryDirectory() as folder:
        found = dict(measured(make(Path(folder))))
    RECORD.parent.mkdir(exist_ok=True)
    record = {
        "cores": os.cpu_count(),
        "load_before": load,
        "loop_before": loop,
        "loop_after": loop_seconds(),
        "seconds": found,
    }
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(table(found))
    print(
        f"\nMedians, {os.cpu_count()} cores; load before: {load:.1f}; ten million additions take "
        f"{loop:.2f} s before and {record['loop_after']:.2f} s after. Written to {RECORD}"
    )


if __name__ == "__main__":
    main()
