"""The numbers in the sentences of the default edition, as they were last accepted.

python -m tests.golden.facts FACTS_JSON

writes `facts.csv` beside this file from the built `facts.json`: one line a fact, in order of page
and key, so that a diff shows which numbers a change moves. `make golden` builds first.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping
from pathlib import Path

GOLDEN = Path(__file__).with_name("facts.csv")
HEADER = ("fact", "written")
NONE = "(none)"


def built(facts_json: Path) -> dict[str, str]:
    """Every fact of a built edition as it is written in sentences, by page and key."""
    facts = json.loads(facts_json.read_text(encoding="utf-8"))
    return {key: fact["written"] for key, fact in sorted(facts.items())}


def accepted(file: Path = GOLDEN) -> dict[str, str]:
    """The facts of `file`, in its order."""
    with file.open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines)
    return dict(rows)


def accept(facts: Mapping[str, str], file: Path = GOLDEN) -> None:
    """Write the facts, one line each."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(facts.items())


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """What moved, as `key: before → after`, in order of key."""
    return [
        f"{key}: {before.get(key, NONE)} → {after.get(key, NONE)}"
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    ]


def main(facts_json: str) -> None:
    """Accept the built facts, and say what that changes."""
    facts = built(Path(facts_json))
    moved = changes(accepted() if GOLDEN.is_file() else {}, facts)
    accept(facts)
    print("\n".join([*moved, f"{len(moved)} of {len(facts)} facts are new, gone or other"]))


if __name__ == "__main__":
    main(sys.argv[1])
