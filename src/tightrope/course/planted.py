"""A copy of the data with eight planted errors, for a course; the key is a file of its own.

python -m tightrope.course.planted --seed N --out FOLDER
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tightrope import paths
from tightrope.charts.table import READABLE
from tightrope.course.plantings import BY_CHECK, BY_SOURCE, Planting
from tightrope.course.seeds import whole
from tightrope.findings import Finding
from tightrope.publish import archive
from tightrope.publish.files import swap, write_whole
from tightrope.templates import render
from tightrope.validation import check

KINDS = 4
"""How many errors of each sort are planted."""
KEYS = {"events": "event_id", "legs": "leg_id"}
NOTE_LEFT_OUT = "Left out here: read the source."
"""Stands for the note of a step that was not computed: it would give the errors away."""
_KEY = ["number", "file", "line", "row", "columns", "planted", "right", "found_by", "error"]
_KEY += ["shown_by", "publisher", "title", "url"]


@dataclass(frozen=True)
class Error:
    """One planted error: its kind, and the row (by the name it has now) with what was changed."""

    planting: Planting
    row: str
    leg: str
    source: str
    before: dict[str, str]
    after: dict[str, str]


@dataclass(frozen=True)
class Planted:
    """The files of the copy, as students get them, and what was planted, by source first."""

    files: dict[str, bytes]
    errors: tuple[Error, ...]

    def key(self) -> bytes:
        """The key as CSV, in the order of files and lines."""
        sources = {row["source_id"]: row for row in _rows(self.files["sources.csv"])}
        rows = []
        for error in self.errors:
            file = f"{error.planting.table}.csv"
            source = sources[error.source]
            row = [file, self.line(error), error.row, *(_said(error, side) for side in range(3))]
            row += ["check" if error.planting in BY_CHECK else "source"]
            row += [error.planting.done, error.planting.shown]
            rows.append([*row, *(source[name] for name in ("publisher", "title", "url"))])
        rows.sort(key=lambda row: (row[0], row[1]))
        text = io.StringIO()
        numbered = [[number, *row] for number, row in enumerate(rows, 1)]
        csv.writer(text, lineterminator="\n").writerows([_KEY, *numbered])
        return text.getvalue().encode(READABLE)

    def line(self, error: Error) -> int:
        """The line of an error's row in its file."""
        table, name = error.planting.table, KEYS[error.planting.table]
        reader = csv.DictReader(
            io.StringIO(self.files[f"{table}.csv"].decode(READABLE), newline="")
        )
        return next(reader.line_num for row in reader if row[name] == error.row)


def _said(error: Error, side: int) -> str:
    """The changed columns, what stands there now, or what is right."""
    names = [name for name in error.after if error.after[name] != error.before.get(name, "")]
    if side and error.planting.adds_a_row:
        return ("the row", "no such row")[side - 1]
    cells = (
        names,
        [error.after[name] for name in names],
        [error.before.get(name) for name in names],
    )
    return "; ".join(cell or "(empty)" for cell in cells[side])


def planted(data: Path, seed: int) -> Planted:
    """The package in `data` with eight errors; the same seed plants the same into the same data.

    An error that only a source reveals leaves the check with nothing to find; one for the check
    makes it find exactly one thing more, in its row. No two errors share a leg. Raises ValueError
    where the data have no row for a kind, or have findings already.
    """
    files = archive.files(data)
    chance = np.random.default_rng(seed)
    drawn = [BY_CHECK[place] for place in sorted(chance.permutation(len(BY_CHECK))[:KINDS])]
    files["events.csv"] = _text([_bare(row) for row in _rows(files["events.csv"])])
    errors: list[Error] = []
    with tempfile.TemporaryDirectory() as folder:
        found = _checked(Path(folder), files)
        if found:
            raise ValueError(f"the data are wrong before anything is planted: {found[0]}")
        for planting in (*BY_SOURCE, *drawn):
            error, files, found = _one(
                planting, Planted(files, tuple(errors)), found, folder, chance
            )
            errors.append(error)
    readme = render("course/planted.md", note=NOTE_LEFT_OUT)
    return Planted(files | {"README.md": readme.encode()}, tuple(errors))


def _one(
    planting: Planting,
    so_far: Planted,
    found: list[Finding],
    folder: str,
    chance: np.random.Generator,
) -> tuple[Error, dict[str, bytes], list[Finding]]:
    """The first row, in an order of chance, into which the error can be planted."""
    file = f"{planting.table}.csv"
    rows = _rows(so_far.files[file])
    used = {error.leg for error in so_far.errors}
    for place in map(int, chance.permutation(len(rows))):
        row = rows[place]
        change = planting.change(row)
        if change is None or row["leg_id"] in used or row.get("confidence") == "derived":
            continue
        files = so_far.files | {file: _text(_changed(planting, rows, place, change))}
        files = _renamed(files, row, change, planting)
        error = _error(planting, row, change, so_far.files)
        now = _checked(Path(folder), files)
        if _as_meant(planting, Planted(files, ()), error, found, now):
            return error, files, now
    raise ValueError(f"no row of {file} can take the error “{planting.name}”")


def _changed(
    planting: Planting, rows: list[dict[str, str]], place: int, change: dict[str, str]
) -> list[dict[str, str]]:
    kept = rows[: place + 1] if planting.adds_a_row else rows[:place]
    return [*kept, rows[place] | change, *rows[place + 1 :]]


def _renamed(
    files: dict[str, bytes], row: dict[str, str], change: dict[str, str], planting: Planting
) -> dict[str, bytes]:
    """A step of another name is cited by that name."""
    if planting.adds_a_row or "event_id" not in change:
        return files
    old, new = (f"events/{one['event_id']}".encode() for one in (row, change))
    return {name: content.replace(old, new) for name, content in files.items()}


def _error(
    planting: Planting, row: dict[str, str], change: dict[str, str], files: dict[str, bytes]
) -> Error:
    source = row.get("source_id") or next(
        step["source_id"] for step in _rows(files["events.csv"]) if step["leg_id"] == row["leg_id"]
    )
    key = KEYS[planting.table]
    before = {} if planting.adds_a_row else {name: row[name] for name in change}
    return Error(planting, (row | change)[key], row["leg_id"], source, before, change)


def _as_meant(
    planting: Planting, planted: Planted, error: Error, before: list[Finding], now: list[Finding]
) -> bool:
    if planting not in BY_CHECK:
        return not now
    more = [finding for finding in now if finding not in before]
    where = (f"{planting.table}.csv", planted.line(error))
    return len(now) == len(before) + 1 and [(one.file, one.line) for one in more] == [where]


def _bare(row: dict[str, str]) -> dict[str, str]:
    return row if row["confidence"] == "derived" else row | {"note": NOTE_LEFT_OUT}


def _checked(folder: Path, files: dict[str, bytes]) -> list[Finding]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return check(folder)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(READABLE), newline="")))


def _text(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(READABLE)


def main(arguments: list[str]) -> int:
    """Write the copy and, beside it, the key; 2 with the reason if they cannot be made."""
    parser = argparse.ArgumentParser(prog="make planted", description="Plant eight errors.")
    parser.add_argument("--seed", default="7", help="the same seed plants the same errors")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    chosen = parser.parse_args(arguments)
    try:
        seed = whole("SEED", chosen.seed)
        made = planted(paths.DATA, seed)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    folder = chosen.out / f"planted-seed-{seed}"
    new = folder.with_name(f"{folder.name}.unfinished")
    new.mkdir(parents=True, exist_ok=True)
    for name, content in made.files.items():
        (new / name).write_bytes(content)
    swap(new, folder)
    key = folder.with_name(f"{folder.name}-key.csv")
    write_whole(key, made.key())
    print(f"for students: {folder}", f"the key:      {key}", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
