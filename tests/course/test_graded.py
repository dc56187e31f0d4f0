"""What is handed out to be marked: in the instructor's pack alone, each beside its key."""

from __future__ import annotations

from pathlib import Path

from tightrope.course import graded

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
