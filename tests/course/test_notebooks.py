"""The labs as they are written, and as students get them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

from tightrope import paths
from tightrope.course import notebooks
from tightrope.course.notebooks import BLANK, SOLUTION, blanked, student

from .conftest import SOURCES, code

every_lab = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)


def test_there_are_eight() -> None:
    assert [source.stem[:2] for source in SOURCES] == [f"0{number}" for number in range(1, 9)]


def test_a_solution_becomes_a_blank_for_each_name_that_is_needed() -> None:
    text = "### BEGIN SOLUTION\nstep = 1\ntotal = step + 1\n### END SOLUTION\ncheck('1a', total)"
    assert blanked(text, {"total"}) == f"{BLANK}\ntotal = ...\ncheck('1a', total)"


def test_a_solution_in_a_function_becomes_one_that_returns_a_blank() -> None:
    text = "def two():\n    ### BEGIN SOLUTION\n    return 2\n    ### END SOLUTION\ntwo()"
    assert blanked(text, set()) == f"def two():\n    {BLANK}\n    return ...\ntwo()"


def test_a_marker_without_its_other_half_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "half.ipynb"
    cell = nbformat.v4.new_code_cell("### BEGIN SOLUTION\nsecret = 1")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), file)
    with pytest.raises(ValueError, match=r"half.ipynb, cell 1: .* come in pairs"):
        student(file)


@every_lab
def test_text_stands_before_each_cell_of_code(source: Path) -> None:
    kinds = [cell.cell_type for cell in student(source).cells]
    assert kinds[0] == "markdown"
    assert [place for place, kind in enumerate(kinds) if kinds[place - 1] == kind == "code"] == []


@every_lab
def test_a_cell_has_at_most_twelve_lines(source: Path) -> None:
    for notebook in (notebooks.solved(source), student(source)):
        for text in code(notebook):
            lines = [line for line in text.splitlines() if line and "SOLUTION" not in line]
            assert len(lines) <= 12, text


@every_lab
def test_it_needs_pandas_numpy_and_its_check_alone(source: Path) -> None:
    names = {
        name.partition(".")[0]
        for text in code(notebooks.solved(source))
        for node in ast.walk(ast.parse(text))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= {"pandas", "numpy", "check", "itertools"}


@every_lab
def test_its_text_is_plain_markdown_without_roles_or_links(source: Path) -> None:
    for cell in notebooks.solved(source).cells:
        if cell.cell_type == "markdown":
            assert re.findall(r"\{[a-z:]+\}`|\]\(|\[\[|:::|https?:", cell.source) == []


@every_lab
def test_each_part_that_is_asked_has_level_and_minutes(source: Path) -> None:
    asked = [cell for cell in student(source).cells if re.match(r"\*\*\d[a-z]\*\*", cell.source)]
    parts = notebooks.parts(source)
    assert [one.part for one in parts] == [f"{source.stem[1]}{letter}" for letter in "abcdef"]
    assert len(asked) == len(parts)
    # What is argued has no key, and everything else has one.
    assert [one.level == "argue" for one in parts] == [not one.has_key for one in parts]


@every_lab
def test_the_minutes_of_its_parts_fit_into_those_at_its_top(source: Path) -> None:
    text = "\n".join(cell.source for cell in student(source).cells)
    parts = sum(one.minutes for one in notebooks.parts(source))
    whole = int(re.findall(r"About (\d+) minutes", text)[0])
    assert parts <= whole <= parts + 15


@every_lab
def test_the_pages_that_it_names_are_in_the_book(source: Path) -> None:
    text = "\n".join(cell.source for cell in student(source).cells)
    named = re.findall(r"pages? (`[a-z-]+`(?: and `[a-z-]+`)?)", text)
    pages = {page for some in named for page in re.findall("`(.+?)`", some)}
    listed = {Path(one).name for one in re.findall(r"file: (\S+)", paths.TOC.read_text("utf-8"))}
    assert pages <= listed
    assert pages or source.stem.startswith("08")


@every_lab
def test_no_amount_of_the_web_is_typed_into_its_text(source: Path) -> None:
    for cell in notebooks.solved(source).cells:
        if cell.cell_type == "markdown":
            assert re.findall(r"\$ ?\d|\d ?%|\d+ (?:billion|bn)\b", cell.source) == []


@every_lab
def test_the_student_gets_blanks_and_no_word_for_the_instructor(source: Path) -> None:
    notebook = student(source)
    assert sum(BLANK in text for text in code(notebook)) >= 5
    assert not [cell for cell in notebook.cells if SOLUTION in cell.metadata.get("tags", [])]
