"""The cases in a pack: handouts to print and teaching notes for whoever teaches."""

from __future__ import annotations

from pathlib import Path

from tightrope.course.cases import handouts, notes
from tightrope.course.cases.tongue import GERMAN
from tightrope.dealbook import Dealbook

KEY = "key/cases"
FOLDERS = {"lucent-a": "cases"}
"""What stands in the students' pack as well: it neither tells what came nor holds a sum that a lab
asks for. All other handouts, in `KEY`, are given out on paper, stage by stage."""
_STEMS = {"openai": "case", "lucent": "lucent"}


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """Every handout as a page that prints, by path in the pack; with `key` a note beside each.

    Without `key` none of `KEY`. `data` is not read: all is in `book`, which has to be that
    of the newest day.
    """
    held: dict[str, str] = {}
    if key:
        german = handouts.handout(handouts.OPENAI, book, "A", GERMAN)
        held[f"{KEY}/kasus-a-de.html"] = german
    for case in (handouts.OPENAI, handouts.LUCENT):
        for stage in handouts.STAGES:
            name = f"{_STEMS[case.name]}-{stage.lower()}"
            folder = FOLDERS.get(name, KEY)
            if key or folder != KEY:
                held[f"{folder}/{name}.html"] = handouts.handout(case, book, stage)
            if key:
                held[f"{KEY}/{name}-note.html"] = notes.note(case, book, stage)
    return {path: text.encode() for path, text in held.items()}
