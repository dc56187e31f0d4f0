"""What is handed out to be marked: in the instructor's pack alone, each beside its key."""

from __future__ import annotations

import csv
from pathlib import Path

from tightrope.course import graded
from tightrope.validation import check

from .conftest import Files


def test_students_find_nothing_of_it_in_their_pack(given: Files) -> None:
    assert [name for name in given if name.startswith(graded.FOLDER)] == []


def test_each_sheet_and_the_planted_tables_have_their_key_beside_them(unpacked: Path) -> None:
    folder = unpacked / graded.FOLDER
    stems = [f"worksheet-seed-{seed}" for seed in graded.SHEETS]
    expected = {f"{stem}{end}.html" for stem in stems for end in ("", "-key")}
    copy = f"planted-seed-{graded.PLANTED}"
    assert {one.name for one in folder.iterdir()} == expected | {copy, f"{copy}-key.csv"}
    assert "key" not in " ".join(one.name for one in (folder / copy).iterdir())


def test_the_check_names_the_four_that_break_a_rule_in_the_copy_of_the_pack(unpacked: Path) -> None:
    folder = unpacked / graded.FOLDER / f"planted-seed-{graded.PLANTED}"
    with folder.with_name(f"{folder.name}-key.csv").open(encoding="utf-8-sig", newline="") as key:
        rows = [row for row in csv.DictReader(key) if row["found_by"] == "check"]
    expected = sorted((row["file"], int(row["line"])) for row in rows)
    assert len(expected) == 4
    assert sorted((one.file, one.line) for one in check(folder)) == expected
