"""The cases in a pack: handouts for everybody, teaching notes for whoever teaches."""

from __future__ import annotations

from pathlib import Path

from tightrope.course.cases import handouts, notes
from tightrope.course.cases.tongue import GERMAN
from tightrope.dealbook import Dealbook

FOLDER, KEY = "cases", "key/cases"
_STEMS = {"openai": "case", "lucent": "lucent"}


def files(book: Dealbook, data: Path, key: bool) -> dict[str, bytes]:
    """Every handout as a page that prints, by path in the pack; with `key` a note beside each.

    `data` is not read: all is in `book`, which has to be that of the newest day.
    """
    held = {f"{FOLDER}/kasus-a-de.html": handouts.handout(handouts.OPENAI, book, "A", GERMAN)}
    for case in (handouts.OPENAI, handouts.LUCENT):
        for stage in handouts.STAGES:
            name = f"{_STEMS[case.name]}-{stage.lower()}"
            held[f"{FOLDER}/{name}.html"] = handouts.handout(case, book, stage)
            if key:
                held[f"{KEY}/{name}-note.html"] = notes.note(case, book, stage)
    return {path: text.encode() for path, text in held.items()}
