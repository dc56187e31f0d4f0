"""What a build keeps for the next: by contents, and the same as if it had been found out anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tightrope import paths
from tightrope.publish import imports
from tightrope.publish.kept import Kept, key_of, of_data


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "kept")


def test_an_answer_is_kept_for_its_key_alone(kept: Kept) -> None:
    assert kept.once("rows", "one", lambda: 1) == 1
    assert kept.once("rows", "one", lambda: 2) == 1
    assert kept.once("rows", "two", lambda: 2) == 2
    # The newest is what stays: a build goes on from the one before.
    assert kept.once("rows", "one", lambda: 3) == 3


def test_answers_of_other_names_do_not_meet(kept: Kept) -> None:
    kept.once("pages/one", "key", lambda: "one")
    assert kept.once("pages/two", "key", lambda: "two") == "two"


def test_what_was_just_found_is_as_what_was_kept(kept: Kept) -> None:
    found = kept.once("facts", "key", lambda: {"rows": ("legs/a", "legs/b")})
    assert found == {"rows": ["legs/a", "legs/b"]} == kept.once("facts", "key", dict)


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '["key"]', '{"key": 1}'])
def test_a_damaged_answer_is_none(kept: Kept, tmp_path: Path, damage: str) -> None:
    kept.once("rows", "key", lambda: 1)
    (tmp_path / "kept" / "rows.json").write_text(damage)
    assert kept.once("rows", "key", lambda: 2) == 2


def test_files_are_written_again_as_they_were_byte_for_byte(kept: Kept, tmp_path: Path) -> None:
    file = tmp_path / "site" / "a.csv"
    file.parent.mkdir()
    content = "\ufeffa,b\r\n1,–\n".encode()
    kept.files("table", "key", [file], lambda: file.write_bytes(content) and None)
    file.unlink()
    file.parent.rmdir()

    def never() -> None:
        raise AssertionError("it is kept")

    kept.files("table", "key", [file], never)
    assert file.read_bytes() == content


def test_a_key_depends_on_every_part_and_on_the_python(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {key_of("a", "b"), key_of("ab"), key_of("a", "c"), key_of(["a", "b"]), key_of("b", "a")}
    monkeypatch.setattr("sys.version", "another")
    assert len(keys | {key_of("a", "b")}) == 6


def test_a_key_does_not_depend_on_the_order_of_a_dictionary() -> None:
    assert key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})


def test_data_are_their_contents(package: Path) -> None:
    before = of_data(package)
    (package / "notes.txt").write_text("beside")
    assert of_data(package) == before
    parties = package / "parties.csv"
    parties.write_text(parties.read_text() + "\n")
    assert of_data(package) != before


def test_modules_that_were_found_once_are_found_again(kept: Kept, tmp_path: Path) -> None:
    src = paths.ROOT / "src"
    piece = "from tightrope.chapters import core_deal"
    anew = imports.reached([piece], src)
    assert kept.reached([piece], src) == anew == kept.reached([piece], src)
    (known,) = json.loads((tmp_path / "kept" / "imports.json").read_text())[1:]
    assert len(known) >= len(anew)


def test_the_next_build_reads_a_module_with_another_import_anew(kept: Kept, tmp_path: Path) -> None:
    src = tmp_path / "src"
    src.mkdir()
    (src / "one.py").write_text("")
    (src / "two.py").write_text("")
    assert [file.name for file in kept.reached(["import one"], src)] == ["one.py"]
    (src / "one.py").write_text("import two\n")
    after = Kept(tmp_path / "kept").reached(["import one"], src)
    assert [file.name for file in after] == ["one.py", "two.py"]


def test_a_piece_that_is_no_plain_python_reaches_everything_also_when_it_was_kept(
    kept: Kept, tmp_path: Path
) -> None:
    src = tmp_path / "src"
    src.mkdir()
    (src / "one.py").write_text("")
    for _ in range(2):
        assert [file.name for file in kept.reached(["%precision 2"], src)] == ["one.py"]
