"""What is handed out to be marked: worksheets and a copy of the data with planted errors.

Both are in the instructor's pack alone, beside their keys. Other seeds are drawn by the project.
"""

from __future__ import annotations

from pathlib import Path

from tightrope.course.planted import planted
from tightrope.course.worksheet import sheet
from tightrope.dealbook import Dealbook

SHEETS, PLANTED = (1, 2, 3), 7
"""The seeds of the pack. Everybody can read them here, so marked work takes another."""
FOLDER = "key/graded"


def files(_: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """Three worksheets and one copy of the data, each with its key; nothing without `key`."""
    if not key:
        return {}
    held = {}
    for made in map(sheet, SHEETS):
        held[f"{FOLDER}/worksheet-seed-{made.seed}.html"] = made.page().encode()
        held[f"{FOLDER}/worksheet-seed-{made.seed}-key.html"] = made.key().encode()
    copy = planted(data, PLANTED)
    folder = f"{FOLDER}/planted-seed-{PLANTED}"
    held |= {f"{folder}/{name}": content for name, content in copy.files.items()}
    return held | {f"{folder}-key.csv": copy.key()}
