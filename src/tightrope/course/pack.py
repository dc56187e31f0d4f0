"""The pack to hand out as one zip, for students or with the key for whoever teaches.

python -m tightrope.course.pack [--key 1] --out FOLDER
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tightrope import paths
from tightrope.course import deck, graded, guide, labs, quizzes, quizzes_de, sheets, workbook
from tightrope.course.cases import files as cases
from tightrope.dealbook import Dealbook, load
from tightrope.publish import archive
from tightrope.publish.files import write_whole

MOST_BYTES = 5_000_000
"""What a learning platform takes without asking, and a phone loads in a lecture hall."""
Content = Callable[[Dealbook, Path, bool], dict[str, bytes]]
"""Files by path in the pack, of a book, the folder of its data, and whether the key is in it."""
CONTENTS: tuple[Content, ...] = (
    labs.files,
    workbook.files,
    sheets.files,
    deck.files,
    cases.files,
    quizzes.files,
    quizzes_de.files,
    guide.files,
    graded.files,
)
"""What a pack is made of. Each has its own folders, and for the key `key/`; what is not a lab goes
to `cases/`, `sheets/`, `workbook/` or `quizzes/`."""


def files(book: Dealbook, data: Path, key: bool = False) -> dict[str, bytes]:
    """Every file of a pack by its path in it.

    Raises ValueError for a path that two of `CONTENTS` write, and for a pack that is too large.
    """
    held: dict[str, bytes] = {}
    for content in CONTENTS:
        more = content(book, data, key)
        if twice := sorted(held.keys() & more.keys()):
            raise ValueError(f"written twice in the pack: {', '.join(twice)}")
        held |= more
    size = sum(map(len, held.values()))
    if size > MOST_BYTES:
        raise ValueError(f"the pack has {size:,} bytes; {MOST_BYTES:,} are allowed")
    return held


def name(book: Dealbook, data: Path, key: bool = False) -> str:
    """The pack's name without its ending: the newest day of its data, and their contents."""
    stamp = labs.stamp(archive.contents(data))
    return f"tightrope-course-{book.day:%Y-%m-%d}-{stamp}{'-key' if key else ''}"


def zipped(book: Dealbook, data: Path, key: bool = False) -> bytes:
    """The pack as one zip; the same bytes for the same data and labs."""
    return archive.packed(files(book, data, key), name(book, data, key))


def main(arguments: list[str]) -> int:
    """Write the pack of data that the check finds nothing wrong with; 1 if it does."""
    parser = argparse.ArgumentParser(prog="make course", description="Write the course pack.")
    parser.add_argument("--key", choices=["", "1"], default="", help="1: with all answers")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write it to")
    chosen = parser.parse_args(arguments)
    from tightrope.validation import check  # slow to import

    if findings := check(paths.DATA):
        print(*findings, "\nnot written; put the data right first", sep="\n", file=sys.stderr)
        return 1
    book, key = load(), bool(chosen.key)
    content = zipped(book, paths.DATA, key)
    chosen.out.mkdir(parents=True, exist_ok=True)
    pack = chosen.out / f"{name(book, paths.DATA, key)}.zip"
    write_whole(pack, content)
    print(f"{pack}: {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
