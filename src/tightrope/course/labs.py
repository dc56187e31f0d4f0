"""The labs of a pack: notebooks, checks and keys, and the data beside them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

from tightrope import paths
from tightrope.charts.table import READABLE
from tightrope.course import keys, notebooks, tables
from tightrope.course.answer import Answer
from tightrope.course.webs import LABS, WEBS
from tightrope.dealbook import Dealbook
from tightrope.publish import archive

ANSWERS, PLAN = "key/answers.csv", "key/labs.csv"
"""Where the instructor finds every answer, what it rests on and the typical mistakes; and the level
and minutes of each part."""


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """What a pack has of the labs, by path in it: the same bytes for the same data.

    `data` is the folder of the package that `book` was read from. With `key` the solved notebooks
    stand beside the others, where they find the same data, with `ANSWERS` and `PLAN`.
    """
    rows = archive.contents(data) | tables.of(book)
    answers = keys.answers(book)
    held = {
        **{name: (LABS / name).read_bytes() for name in ("START.md", "requirements.txt")},
        **{name: (paths.ROOT / name).read_bytes() for name in ("LICENSE", "LICENSE-DATA")},
        "labs/check.py": keys.CHECK.read_bytes(),
        f"labs/{keys.NAME}": keys.sealed(answers, stamp(rows)).encode(),
    }
    held |= {f"labs/data/{name}": content for name, content in rows.items()}
    held |= {f"labs/webs/{file.name}": file.read_bytes() for file in sorted(WEBS.glob("*.csv"))}
    for source in notebooks.sources():
        held[f"labs/{source.name}"] = notebooks.text(notebooks.student(source))
        if key:
            solved = notebooks.text(notebooks.solved(source))
            held[f"labs/{source.stem}-solved.ipynb"] = solved
    return held | ({ANSWERS: _answers(answers), PLAN: _plan()} if key else {})


def stamp(rows: dict[str, bytes]) -> str:
    """One short word for data, by their contents."""
    sha = hashlib.sha256()
    for name, content in sorted(rows.items()):
        sha.update(f"{name}\0{len(content)}\0".encode() + content)
    return sha.hexdigest()[:8]


def _answers(answers: tuple[Answer, ...]) -> bytes:
    rows: list[list[object]] = []
    for one in answers:
        within = one.grid if one.grid and one.near else ""
        rows.append([one.part, "answer", _plain(one.value), within, one.unit, one.source])
        for mistake in one.told:
            value = _plain(mistake.value)
            rows.append([one.part, "mistake", value, within, one.unit, mistake.words])
    return csv_of(["part", "kind", "value", "within", "unit", "text"], rows)


def _plan() -> bytes:
    rows = [
        [source.stem, *part] for source in notebooks.sources() for part in notebooks.parts(source)
    ]
    return csv_of(["lab", *notebooks.Part._fields], rows)


def csv_of(header: list[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A table as CSV, with the mark that spreadsheets need."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode(READABLE)


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.6g}"
