"""Templates hold no outputs, teach what they promise, and type no amount."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tightrope import paths
from tightrope.exercises import read as exercises
from tightrope.exercises.cells import SOLVES
from tightrope.publish import pages, run

TEMPLATES = sorted(paths.NOTEBOOKS.glob("*.ipynb"))
CHAPTERS = [page.template for page in pages.to_run(pages.OURS) if page.id.startswith("chapters/")]
STORY = paths.NOTEBOOKS / "follow-one-dollar.ipynb"
"""A short page of pictures, step by step: it ends with what a ceiling says, and sets no task."""
FIRST = [paths.NOTEBOOKS / "index.ipynb", *CHAPTERS]
"""The pages that open with what was found."""
LESSONS = [path for path in CHAPTERS if path != STORY]
WRITTEN = sorted(paths.BOOK.rglob("*.md"))
AMOUNT = re.compile(
    r"[$€£¥]\s?\d|\d\s?(%|per ?cent\b|bn\b|billion|million|trillion|tn\b|m\b(?!\w)|GW\b|gigawatts?\b)"
    r"|\b(one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)\s(billion|million|trillion)",
    re.IGNORECASE,
)


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def text_of(path: Path, without: str = "") -> str:
    """The Markdown of a notebook as one text that begins with a line end.

    Cells that have the tag `without` are left out.
    """
    told = (cell for cell in read(path).cells if without not in cell.metadata.get("tags", []))
    return "\n".join(["", *(cell.source for cell in told if cell.cell_type == "markdown")])


def names(source: str, kind: type[ast.expr_context]) -> set[str]:
    """The names that code reads (`ast.Load`) or gives a value to (`ast.Store`)."""
    return {
        node.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Name) and isinstance(node.ctx, kind)
    }


def prose(path: Path) -> list[str]:
    """The lines of a page that readers read: no code, no addresses."""
    if path.suffix == ".ipynb":
        text = "\n".join(c.source for c in read(path).cells if c.cell_type == "markdown")
    else:
        text = path.read_text(encoding="utf-8")
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]*>", " ", text, flags=re.DOTALL)
    return text.splitlines()


@pytest.mark.parametrize("path", [*TEMPLATES, *WRITTEN], ids=lambda path: path.stem)
def test_no_amount_is_typed_into_prose(path: Path) -> None:
    assert [line for line in prose(path) if AMOUNT.search(line)] == []


def test_the_search_for_typed_amounts_finds_them() -> None:
    for line in ("up to $100", "a stake of 27%", "13 billion dollars", "ten billion", "6 GW"):
        assert AMOUNT.search(line)
    for line in ("in 2025", "on 31 October 2025", "three contracts", "[[funded]] of it"):
        assert not AMOUNT.search(line)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
class TestEveryTemplate:
    def test_holds_no_outputs(self, path: Path) -> None:
        for cell in read(path).cells:
            if cell.cell_type == "code":
                assert cell.outputs == []
                assert cell.execution_count is None

    def test_has_the_common_parameters_each_with_a_help(self, path: Path) -> None:
        assert {"data", "as_of", "layer"} <= set(run.parameters_of(path))
        cell = next(c for c in read(path).cells if "parameters" in c.metadata.get("tags", []))
        assert all("  # " in line for line in cell.source.splitlines())


@pytest.mark.parametrize("path", FIRST, ids=lambda path: path.stem)
def test_such_a_page_opens_with_what_was_found_in_forty_words(path: Path) -> None:
    # A book about another web has leads of its own, which the package writes.
    cells = [cell for cell in read(path).cells if run.CASE not in cell.metadata.get("tags", [])]
    assert cells[0].source == "# [[=finding]]"
    lead = next(cell.source for cell in cells if "{div} standfirst" in cell.source)
    assert 10 < len(lead.split()[2:-1]) <= 40


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
class TestALesson:
    def test_ends_its_story_with_one_take_away(self, path: Path) -> None:
        # What a case says in the place of this book's own words is no second box on any page.
        story = text_of(path, without=run.CASE).partition("\n## Learn")[0]
        _, box = story.split(":class: key-points\n")
        assert "\n- " not in box.partition("\n:::")[0]

    def test_says_what_can_be_learnt_and_how_long_it_takes(self, path: Path) -> None:
        learn = text_of(path).partition("\n## Learn")[2].partition("\n## Rebuild")[0]
        goals = learn[learn.index(":class: objectives") :].split("\n:::")[0]
        assert goals.count("\n- ") >= 3
        assert re.search(r"minutes\.", learn)

    def test_solves_in_code_what_its_exercises_ask_for_in_code(self, path: Path) -> None:
        asked = exercises.read(paths.BOOK / exercises.FOLDER / f"{path.stem}.yml").exercises
        tags = [tag for cell in read(path).cells for tag in cell.metadata.get("tags", [])]
        solved = {tag.removeprefix(SOLVES) for tag in tags if tag.startswith(SOLVES)}
        assert solved == {one.id for one in asked if one.means == "code"}

    def test_states_the_answers_where_a_book_without_solutions_drops_them(self, path: Path) -> None:
        for cell in read(path).cells:
            if cell.cell_type == "code" and "chapters.answers import" in cell.source:
                quiz = "payments.added_rungs" in cell.source
                assert quiz or "solution" in cell.metadata["tags"]

    def test_shows_its_code_where_it_rebuilds_its_answer_and_nowhere_else(self, path: Path) -> None:
        before = True
        for cell in read(path).cells:
            before = before and "## Rebuild" not in cell.source
            assert not before or "show" not in cell.metadata.get("tags", []), cell.source


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
class TestEveryChapter:
    def test_no_cell_after_a_solution_touches_what_it_reads_or_makes(self, path: Path) -> None:
        """The download runs solutions last."""
        reads: set[str] = set()
        makes: set[str] = set()
        for cell in read(path).cells:
            if cell.cell_type != "code":
                continue
            if "solution" in cell.metadata.get("tags", []):
                reads |= names(cell.source, ast.Load)
                makes |= names(cell.source, ast.Store)
            else:
                assert not names(cell.source, ast.Load) & makes, cell.source
                assert not names(cell.source, ast.Store) & reads, cell.source
