"""The packs: what is in them, what is not, and the same bytes each time."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tightrope import paths
from tightrope.course import labs, notebooks, pack, tables
from tightrope.course.answer import Answer
from tightrope.dealbook import Dealbook
from tightrope.publish import archive

from .conftest import SOURCES, Files

ALLOWED = ("labs", "cases", "sheets", "workbook", "quizzes")
"""Folders of the student's pack."""


def text_of(name: str, content: bytes) -> str:
    """What a reader sees; of a notebook all cells, of a zip or a workbook all that is inside."""
    if name.endswith((".zip", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            return "\n".join(text_of(one, held.read(one)) for one in held.namelist())
    text = content.decode("utf-8-sig")
    if not name.endswith(".ipynb"):
        return text
    return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])


def test_it_has_the_labs_what_they_need_and_how_to_begin(given: Files) -> None:
    named = {name.replace("labs/data/", "labs/") for name in given}
    needed = {"START.md", "requirements.txt", "labs/check.py", "labs/keys.json"}
    tables = {"flows", "web", "payments", "plan", "bills", "legs", "events", "scenarios"}
    needed |= {f"labs/{source.name}" for source in SOURCES}
    assert needed | {f"labs/{table}.csv" for table in tables} <= named
    at_top = {name for name in given if "/" not in name}
    assert at_top == {"START.md", "requirements.txt", "LICENSE", "LICENSE-DATA"}
    assert {name.partition("/")[0] for name in given} - at_top <= set(ALLOWED)


def test_it_asks_for_three_packages(given: Files) -> None:
    lines = given["requirements.txt"].decode().split()
    assert [re.split("[>=]", line)[0] for line in lines] == ["jupyterlab", "numpy", "pandas"]


def test_no_line_or_sentence_of_a_solution_is_in_any_file_of_the_student(given: Files) -> None:
    texts = {name: text_of(name, content) for name, content in given.items()}
    secrets = [line for source in SOURCES for line in notebooks.hidden(source) if len(line) > 9]
    assert len(secrets) > 150
    assert [(name, line) for name, text in texts.items() for line in secrets if line in text] == []


def test_no_file_of_the_student_has_a_sentence_about_a_mistake(
    given: Files, answers: dict[str, Answer]
) -> None:
    everything = "\n".join(text_of(name, content) for name, content in given.items())
    words = {mistake.words for one in answers.values() for mistake in one.mistakes}
    assert [sentence for sentence in words if sentence in everything] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_no_lab_states_a_number_that_it_asks_for(
    given: Files, answers: dict[str, Answer], source: Path
) -> None:
    shown = {
        float(number)
        for name in (f"labs/{source.name}", "START.md")
        for number in re.findall(r"\d+(?:\.\d+)?", text_of(name, given[name]))
    }
    own = [one for part, one in answers.items() if part[0] == source.stem[1]]
    # One digit stands everywhere; a number of two or more digits would be the answer.
    numbers = [one.value for one in own if not isinstance(one.value, str) and one.value >= 10]
    assert [value for value in numbers if any(abs(value - one) < 0.06 for one in shown)] == []


def test_the_student_has_no_output_no_key_and_no_solved_lab(given: Files) -> None:
    assert [name for name in given if name.startswith("key/") or "solved" in name] == []
    assert b'"outputs": []' in given["labs/01-rungs.ipynb"]
    assert not any(b'"output_type"' in content for content in given.values())


def test_the_instructor_has_all_that_students_have_and_the_answers(
    given: Files, unpacked: Path, answers: dict[str, Answer]
) -> None:
    for name, content in given.items():
        assert (unpacked / name).read_bytes() == content, name
    rows = (unpacked / labs.ANSWERS).read_text(encoding="utf-8-sig").splitlines()
    assert sum(",answer," in row for row in rows) == len(answers)
    assert len(list((unpacked / "labs").glob("*-solved.ipynb"))) == len(SOURCES)
    plan = (unpacked / labs.PLAN).read_text(encoding="utf-8-sig").splitlines()
    assert plan[:2] == ["lab,part,level,minutes,has_key", "01-rungs,1a,recall,5,True"]
    assert len(plan) == 1 + 6 * len(SOURCES)


def test_how_to_begin_names_every_column_of_the_tables_that_the_book_makes(
    given: Files, book: Dealbook
) -> None:
    told = given["START.md"].decode()
    for name, content in tables.of(book).items():
        columns = content.decode().partition("\n")[0].split(",")
        words = {re.sub("_(low|high)$", "", column) for column in columns} - {"low", "high"}
        row = next(line for line in told.splitlines() if line.startswith(f"| `{name}`"))
        assert [word for word in words if f"`{word}`" not in row] == []


def test_the_same_data_give_the_same_bytes_in_one_small_zip(
    book: Dealbook, given: Files, tmp_path: Path
) -> None:
    name = pack.name(book, paths.DATA)
    assert re.fullmatch(rf"tightrope-course-{book.day:%Y-%m-%d}-[0-9a-f]{{8}}", name)
    # Another process, in which sets and dictionaries have another order.
    command = [sys.executable, "-m", "tightrope.course.pack", "--out", str(tmp_path)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "1"})
    content = (tmp_path / f"{name}.zip").read_bytes()
    assert content == archive.packed(given, name)
    assert len(content) <= pack.MOST_BYTES
    held = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert {one.filename for one in held} == {f"{name}/{file}" for file in given}
    assert {one.date_time for one in held} == {(1980, 1, 1, 0, 0, 0)}


def test_two_contents_may_not_write_one_file(
    book: Dealbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one(*_: object) -> Files:
        return {"sheets/a.html": b""}

    monkeypatch.setattr(pack, "CONTENTS", (one, one))
    with pytest.raises(ValueError, match=r"written twice in the pack: sheets/a.html"):
        pack.files(book, paths.DATA)


def test_a_pack_that_no_platform_takes_is_refused(
    book: Dealbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "CONTENTS", (lambda *_: {"a": bytes(pack.MOST_BYTES + 1)},))
    with pytest.raises(ValueError, match="the pack has 5,000,001 bytes; 5,000,000 are allowed"):
        pack.files(book, paths.DATA)
