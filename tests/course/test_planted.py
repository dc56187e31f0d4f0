"""The audit lab: eight errors in a copy of the data, four of which only a source reveals."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tightrope import paths
from tightrope.course import planted
from tightrope.course.plantings import BY_CHECK, BY_SOURCE
from tightrope.publish import archive
from tightrope.validation import check

from ..sharing import write

SEED = 7


@pytest.fixture(scope="module")
def made() -> planted.Planted:
    return planted.planted(paths.DATA, SEED)


@pytest.fixture(scope="module")
def key(made: planted.Planted) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.key().decode("utf-8-sig"))))


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_check_finds_four_errors_and_nothing_else(
    made: planted.Planted, key: list[dict[str, str]], tmp_path: Path
) -> None:
    write(made.files, tmp_path)
    found = {(one.file, str(one.line)) for one in check(tmp_path)}
    assert len(check(tmp_path)) == len(found) == 4
    assert found == {(row["file"], row["line"]) for row in key if row["found_by"] == "check"}


def test_four_of_the_four_kinds_are_left_to_the_sources(
    made: planted.Planted, key: list[dict[str, str]]
) -> None:
    assert [error.planting for error in made.errors[:4]] == list(BY_SOURCE)
    assert [row["found_by"] for row in key].count("source") == 4
    assert all(error.planting in BY_CHECK for error in made.errors[4:])
    # A bond with two errors would say where the second is.
    assert len({error.leg for error in made.errors}) == 8


def test_with_the_errors_taken_out_the_copy_is_the_data(made: planted.Planted) -> None:
    right = archive.files(paths.DATA)
    for table, name in planted.KEYS.items():
        rows = {row[name]: row for row in rows_of(made.files[f"{table}.csv"])}
        for error in made.errors:
            if error.planting.table != table:
                continue
            if error.planting.adds_a_row:
                del rows[error.row]
            else:
                rows[error.row] |= error.before
        renamed = {
            f"events/{error.row}": f"events/{error.before['event_id']}"
            for error in made.errors
            if "event_id" in error.before
        }
        for row in rows.values():
            cited = row.get("derived_from", "").split()
            if cited:
                row["derived_from"] = " ".join(renamed.get(one, one) for one in cited)
            if row.get("note") == planted.NOTE_LEFT_OUT:
                del row["note"]
        before = [
            {column: cell for column, cell in row.items() if column in now}
            for row, now in zip(rows_of(right[f"{table}.csv"]), rows.values(), strict=True)
        ]
        assert before == list(rows.values())
    others = right.keys() - {"events.csv", "legs.csv"}
    assert [name for name in others if planted.KEYS.get(name[:-4]) or name not in made.files] == []


def test_the_key_says_what_is_right_and_where_that_stands(key: list[dict[str, str]]) -> None:
    assert [row["number"] for row in key] == [str(number) for number in range(1, 9)]
    for row in key:
        assert row["right"] not in ("", row["planted"]), row["error"]
        assert row["url"].startswith("http")


@pytest.mark.matrix
def test_one_seed_plants_the_same_and_another_seed_something_else(made: planted.Planted) -> None:
    again, other = (planted.planted(paths.DATA, seed) for seed in (SEED, SEED + 1))
    assert again == made
    rows = {error.row for error in made.errors}
    assert len(rows & {error.row for error in other.errors}) < 4


def test_students_get_a_folder_without_the_key(
    made: planted.Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planted, "planted", lambda *_: made)
    assert planted.main(["--seed", "7", "--out", str(tmp_path)]) == 0
    assert {one.name for one in tmp_path.iterdir()} == {
        "planted-seed-7",
        "planted-seed-7-key.csv",
    }
    text = "\n".join(
        one.read_text(encoding="utf-8-sig") for one in (tmp_path / "planted-seed-7").iterdir()
    )
    told = [part for error in made.errors for part in (error.planting.done, error.planting.shown)]
    assert [sentence for sentence in told if sentence in text] == []


def test_a_seed_that_is_no_number_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert planted.main(["--seed", "x", "--out", str(tmp_path)]) == 2
    assert 'SEED must be a whole number of at least 0, not "x"' in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
