"""The labs of a pack: notebooks, checks and keys, and the data beside them."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

from tightrope.course import keys, notebooks, tables
from tightrope.course.answer import Answer
from tightrope.course.webs import LABS, WEBS
from tightrope.dealbook import Dealbook
from tightrope.publish import archive

ANSWERS = "key/labs.csv"
"""Where the instructor finds every answer, what it rests on, and the typical mistakes."""


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """What a pack has of the labs, by path in it: the same bytes for the same data.

    `data` is the folder of the package that `book` was read from. With `key` the solved notebooks
    stand beside the others, where they find the same data, and `ANSWERS` has what they find.
    """
    rows = archive.contents(data) | tables.of(book)
    answers = keys.answers(book)
    held = {
        "START.md": (LABS / "START.md").read_bytes(),
        "requirements.txt": (LABS / "requirements.txt").read_bytes(),
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
    return held | ({ANSWERS: _table(answers)} if key else {})


def stamp(rows: dict[str, bytes]) -> str:
    """One short word for data, by their contents."""
    sha = hashlib.sha256()
    for name, content in sorted(rows.items()):
        sha.update(f"{name}\0{len(content)}\0".encode() + content)
    return sha.hexdigest()[:8]


def _table(answers: tuple[Answer, ...]) -> bytes:
    """The answers and the mistakes as CSV, with the mark that spreadsheets need."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["part", "kind", "value", "within", "unit", "text"])
    for one in answers:
        within = one.grid if one.grid and one.near else ""
        writer.writerow([one.part, "answer", _plain(one.value), within, one.unit, one.source])
        for mistake in one.told:
            row = [one.part, "mistake", _plain(mistake.value), within, one.unit, mistake.words]
            writer.writerow(row)
    return text.getvalue().encode("utf-8-sig")


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.6g}"
