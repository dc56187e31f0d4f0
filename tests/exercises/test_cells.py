"""A chapter's exercises as cells of its notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from tightrope.exercises import cells, read
from tightrope.exercises.record import Chapter

from .test_read import GOOD

MORE = GOOD.replace("    minutes: 3\n", "    minutes: 3\n    own: false\n").replace(
    "    minutes: 10\n", "    minutes: 10\n    known_from: 2026-02-27\n    row: events/toy\n"
)


@pytest.fixture
def chapter(tmp_path: Path) -> Chapter:
    (tmp_path / "toy.yml").write_text(MORE)
    return read.read(tmp_path / "toy.yml")


def notebook(*more: Any) -> Any:
    return nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Toy\n\n## Learn\n\nA goal."),
            *more,
            nbformat.v4.new_markdown_cell("## Rebuild"),
        ]
    )


def tags(cell: Any) -> list[str]:
    return list(cell.metadata.get("tags", []))


def test_they_stand_at_the_end_of_learn_quiz_first(chapter: Chapter) -> None:
    made = cells.into(notebook(), chapter, "../", {})
    assert [cell.source.split("\n")[0][:20] for cell in made.cells] == [
        "# Toy",
        "### Check yourself",
        '<form class="quiz-qu',
        '<script src="../_sta',
        "### Exercises",
        "**1.** *Recall, 3 mi",
        "So much, [[paid_in]]",
        "**2.** *Argue, 10 mi",
        "| 0, 1 or 2 marks fo",
        "## Rebuild",
    ]


def test_answers_are_tagged_as_solutions_and_as_what_their_exercise_is(chapter: Chapter) -> None:
    made = cells.into(notebook(), chapter, "../", {})
    assert tags(made.cells[6]) == ["solution"]
    assert tags(made.cells[7]) == ["own", "known-from-2026-02-27"]
    assert tags(made.cells[8]) == ["solution", "own", "known-from-2026-02-27"]


def test_without_this_books_deals_the_rest_is_numbered_anew(chapter: Chapter) -> None:
    made = cells.into(notebook(), chapter, "../", {}, own=False)
    assert not [cell for cell in made.cells if "own" in tags(cell) or "quiz" in tags(cell)]
    assert [c.source[:6] for c in made.cells if c.source.startswith("**")] == ["**1.**"]


def test_code_that_solves_one_comes_after_its_answer(chapter: Chapter) -> None:
    code = nbformat.v4.new_code_cell("1 + 1", metadata={"tags": ["solution", "solves-first"]})
    made = cells.into(notebook(code), chapter, "../", {})
    assert made.cells[7].source == "1 + 1"


def test_code_that_solves_one_is_known_when_its_exercise_is(chapter: Chapter) -> None:
    code = nbformat.v4.new_code_cell("1 + 1", metadata={"tags": ["solution", "solves-second"]})
    made = cells.into(notebook(code), chapter, "../", {})
    solving = next(cell for cell in made.cells if cell.cell_type == "code")
    assert tags(solving) == ["solution", "solves-second", "known-from-2026-02-27"]


def test_code_that_solves_none_is_refused(chapter: Chapter) -> None:
    code = nbformat.v4.new_code_cell("1 + 1", metadata={"tags": ["solution", "solves-third"]})
    with pytest.raises(ValueError, match="code solves no exercise of toy: third"):
        cells.into(notebook(code), chapter, "../", {})


def test_a_notebook_without_the_section_is_refused(chapter: Chapter) -> None:
    with pytest.raises(ValueError, match="no section"):
        cells.into(nbformat.v4.new_notebook(), chapter, "../", {})


def test_a_row_to_read_is_linked_where_the_site_has_it(chapter: Chapter) -> None:
    asked = cells.into(notebook(), chapter, "../", {"events/toy": "deals.html#toy"}).cells[7]
    assert '<a href="../deals.html#toy">' in asked.source
    assert "<a " not in cells.into(notebook(), chapter, "../", {}).cells[7].source


def test_a_question_is_one_piece_of_html_with_a_sentence_for_each_option(chapter: Chapter) -> None:
    html = cells.question(1, chapter.quiz[0])
    assert "\n\n" not in html
    assert html.count("<label>") == html.count("<li>") == 3
    assert html.count("data-right") == html.count("<strong>Right.</strong>") == 1


def test_a_number_in_a_question_is_no_link_and_its_text_is_no_markup(tmp_path: Path) -> None:
    text = GOOD.replace("{text: this,", '{text: "[[paid_in]] < [[=to_pay]]",')
    (tmp_path / "toy.yml").write_text(text)
    html = cells.question(1, read.read(tmp_path / "toy.yml").quiz[0])
    assert "[[=paid_in]] &lt; [[=to_pay]]" in html
