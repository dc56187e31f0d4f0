"""The notebook to take away: what it says, what it folds, and where its solutions are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from pybtex.database import BibliographyData

from tightrope.dealbook import Dealbook
from tightrope.publish.download import Download
from tightrope.publish.imprint import Imprint
from tightrope.publish.literature import Literature
from tightrope.publish.pages import Page
from tightrope.publish.run import Edition

from .conftest import PARAMETERS, Cells, code, markdown

TOY = Page("chapters/toy", Path("toy.ipynb"))
EXERCISES = [
    markdown("# Toy\n\nHow much?"),
    code(PARAMETERS, "parameters"),
    code("answer = 42", "plumbing", "own"),
    code("answer", "show"),
    code("print(answer)"),
    markdown("## Exercises\n\n**1.** Add one.", "own"),
    code("answer + 1", "solution"),
    markdown("**2.** Add two."),
    code("answer + 2", "solution", "own"),
    markdown("## More to read"),
]


def taken(
    book: Dealbook, cells: Cells, edition: Edition | None = None, **imprint: str
) -> list[Any]:
    taking = Download(Imprint("A book", **imprint), Literature(BibliographyData()))
    ran = nbformat.v4.new_notebook(cells=cells)
    now = edition or Edition()
    return list(taking.notebook(ran, TOY, {}, now.check(book), now).cells)


def opening(book: Dealbook, edition: Edition | None = None, **imprint: str) -> str:
    first = taken(book, EXERCISES, edition, **imprint)[0].source
    return str(first).replace("\N{NO-BREAK SPACE}", " ")


def test_the_first_cell_has_the_title_and_says_what_changing_a_parameter_does_not_change(
    tiny: Dealbook,
) -> None:
    title, line = opening(tiny, Edition(as_of="2022-12-31")).split("\n\n")[:2]
    assert title == "# Toy"
    assert line == (
        "*The sums in the sentences are those of 31 December 2022 and do not change when you "
        "change a parameter; run all cells and compare the figures and tables.*"
    )


def test_the_title_and_what_follows_it_are_there_once(tiny: Dealbook) -> None:
    sources = [cell.source for cell in taken(tiny, EXERCISES)]
    assert sources[1] == "How much?"
    assert sum("# Toy" in source for source in sources) == 1


def test_the_first_cell_names_what_it_needs_its_page_its_day_and_its_layer(tiny: Dealbook) -> None:
    said = opening(tiny, Edition(as_of="2022-12-31", layer="paid"))
    assert "it needs the project's Python package, `tightrope`, and its data" in said
    assert "Get a copy of the project. In its folder, `make book` sets up" in said
    assert "[chapters/toy](../../chapters/toy.html) of *A book*" in said
    assert "As known on 31 December 2022 · paid amounts." in said


def test_the_first_cell_names_the_repository_where_the_project_states_one(tiny: Dealbook) -> None:
    said = opening(tiny, repository="https://example.org/code")
    assert "Get a copy of the project from https://example.org/code. In its folder" in said


def test_links_are_absolute_where_the_site_has_an_address(tiny: Dealbook) -> None:
    said = opening(tiny, site="https://example.org/book")
    assert "[chapters/toy](https://example.org/book/chapters/toy.html)" in said
    assert "site's folder" not in said


def test_a_notebook_of_other_data_says_where_they_are_named(tiny: Dealbook) -> None:
    said = opening(tiny, Edition(data="data"))
    assert "Its data are those that the parameter `data` names." in said


def test_every_cell_keeps_its_tags(tiny: Dealbook) -> None:
    tags = {cell.source: cell.metadata.get("tags") for cell in taken(tiny, EXERCISES)}
    assert tags[PARAMETERS] == ["parameters"]
    assert tags["answer = 42"] == ["plumbing", "own"]
    assert tags["answer"] == ["show"]
    assert tags["answer + 2"] == ["solution", "own"]
    assert tags["## Exercises\n\n**1.** Add one."] == ["own"]


def test_code_is_folded_unless_a_reader_is_to_see_it(tiny: Dealbook) -> None:
    folded = [
        cell.source
        for cell in taken(tiny, EXERCISES)
        if cell.metadata.get("jupyter", {}).get("source_hidden")
    ]
    assert folded == ["answer = 42", "print(answer)", "answer + 1", "answer + 2"]


def test_solutions_stand_at_the_end_under_the_numbers_of_their_exercises(tiny: Dealbook) -> None:
    sources = [cell.source for cell in taken(tiny, EXERCISES)]
    assert sources[-8:] == [
        "## Exercises\n\n**1.** Add one.",
        "**2.** Add two.",
        "## More to read",
        "## Solutions",
        "### Solution 1",
        "answer + 1",
        "### Solution 2",
        "answer + 2",
    ]


def test_a_page_without_exercises_has_no_heading_for_solutions(tiny: Dealbook) -> None:
    sources = [cell.source for cell in taken(tiny, EXERCISES[:6])]
    assert "## Solutions" not in sources


def test_ids_are_in_order_so_that_two_builds_are_the_same(tiny: Dealbook) -> None:
    cells = taken(tiny, EXERCISES)
    assert [cell.id for cell in cells] == [f"cell-{number}" for number in range(len(cells))]
