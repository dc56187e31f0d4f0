"""Check a data package: its description, its schema, and a few rules for what that cannot say.

`python -m tightrope.validation FOLDER` prints every finding as
`file:line: column: what is wrong and what is allowed` and exits 1 if there is one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from tightrope import rules, schema_check
from tightrope.csvpackage import (
    newest_day,
    read_all,
    reading_ended,
    to_frames,
    undescribed,
)
from tightrope.descriptor import describe, focal, located
from tightrope.findings import DataError, Finding, quoted


def check(folder: Path | str) -> list[Finding]:
    """Everything that is wrong with the data package in `folder`, in order of file and line.

    Returns an empty list for a valid package; raises FileNotFoundError without datapackage.json.
    """
    return checked(Path(folder))[0]


def checked(folder: Path) -> tuple[list[Finding], int]:
    """What `check` finds, and the number of rows."""
    try:
        descriptor = describe(folder)
        raw = read_all(folder, descriptor)
    except DataError as error:
        return error.findings, 0
    findings = [finding for table in raw.values() for finding in table.findings]
    frames = to_frames(raw)
    findings += schema_check.findings(raw, frames, folder)
    missing = undescribed(raw)
    findings += missing
    if not missing and all(table.is_readable for table in raw.values()):
        findings += rules.check(frames)
        ended = reading_ended(descriptor, newest_day(frames))
        findings += [ended] if isinstance(ended, Finding) else []
        findings += _focal(folder, descriptor, frames["parties"])
    order = {table.resource["path"]: place for place, table in enumerate(raw.values())}
    ordered = sorted(
        set(findings),
        key=lambda f: (order.get(f.file, -1), f.line, f.column, f.message),
    )
    return ordered, sum(len(table.rows) for table in raw.values())


def _focal(folder: Path, descriptor: Mapping[str, Any], parties: pd.DataFrame) -> Iterator[Finding]:
    """A finding where the focal party of the description is none of the parties."""
    party = focal(descriptor)
    known = list(parties.party_id)
    if party and party not in known:
        close = get_close_matches(party, known, n=1)
        hint = f"did you mean {quoted(close[0])}? " if close else ""
        yield located(
            folder, ["focal"], f"{quoted(party)} is not known; {hint}use an id from parties.csv"
        )


def main(arguments: list[str]) -> int:
    """Print what `check` finds in the folder named first; 0 nothing, 1 something, 2 no data."""
    folder = Path(arguments[0])
    try:
        findings, rows = checked(folder)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} finding{'s' if len(findings) > 1 else ''} in {folder}")
        return 1
    print(f"{folder}: {rows} rows checked, nothing wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
