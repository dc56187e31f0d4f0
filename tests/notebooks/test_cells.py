"""A notebook reads as an argument: short cells, no plumbing, and this book's deals set apart."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tightrope import dealbook, paths, scenarios
from tightrope.exercises import cells, read
from tightrope.publish import named, pages, run
from tightrope.publish.host import Host

from ..conftest import TINY
from . import rules

TEMPLATES = sorted(paths.NOTEBOOKS.glob("*.ipynb"))
MOST_LINES_IN_ALL = 2_500


def on_the_toy_web() -> list[pages.Page]:
    """The pages, without those about a party or a scenario that the toy web lacks."""
    toy = dealbook.load(TINY)
    valid = {"party": set(toy.all_ids["parties"]), "scenario": set(scenarios.ids(toy))}
    return [
        page
        for page in pages.to_run(pages.OURS)
        if all(value in valid[name] for name, value in page.parameters.items())
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_notebook_keeps_the_rules_for_cells(path: Path) -> None:
    assert rules.faults(path) == []


def test_all_notebooks_together_are_short() -> None:
    assert sum(map(rules.lines, TEMPLATES)) <= MOST_LINES_IN_ALL


class TestWithoutWhatIsOwn:
    """A page without the cells about this book's deals is one about any deals."""

    @pytest.mark.parametrize("page", on_the_toy_web(), ids=lambda page: page.id)
    def test_a_page_runs_on_the_toy_web_and_its_facts_match_its_text(
        self, page: pages.Page, tiny: dealbook.Dealbook, host: Host, tmp_path: Path
    ) -> None:
        notebook = nbformat.read(page.template, as_version=4)
        if file := read.chapter_of(page.id, paths.BOOK):
            notebook = cells.into(notebook, read.read(file), page.root, rows={}, own=False)
        notebook.cells = [cell for cell in notebook.cells if rules.OWN not in rules.tags(cell)]
        for cell in notebook.cells:
            # What stands in the place of what is left out belongs to such a page.
            cell.metadata["tags"] = [tag for tag in rules.tags(cell) if tag != run.CASE]
        bare = tmp_path / page.template.name
        nbformat.write(notebook, bare)
        ran = run.run_page(replace(page, template=bare), run.Edition(data=str(TINY)), tiny, host)
        stated = named.Named(tiny).all_facts(ran, page.parameters)
        assert sorted(stated) == sorted(named.asked_by(ran))


def a_cell(source: str, *tags: str) -> Any:
    return new_code_cell(source, metadata={"tags": list(tags)})


class TestTheRules:
    @pytest.mark.parametrize(
        ("source", "fault"),
        [
            ("\n".join(["1"] * 16), "16 lines; 15 are the most"),
            (f"x = '{'a' * 95}'", "a line of 101 characters; 100 are the most"),
            ("def double(x):\n    return 2 * x", "defines double"),
            ("class Web:\n    pass", "defines Web"),
            ("double = lambda x: 2 * x", "gives a lambda a name"),
            ("x = 1; x", "a semicolon in line 1"),
            ("'What Nvidia gives'", "holds Nvidia, is not own"),
            ("legs.query(\"payer == 'amd'\")", "holds amd, is not own"),
            ("legs.loc['oracle-compute']", "holds oracle-compute, is not own"),
        ],
    )
    def test_find_a_fault_in_code(self, source: str, fault: str) -> None:
        assert rules.of_cell(a_cell(source)) == [fault]

    @pytest.mark.parametrize(
        "source",
        [
            "\n".join(["1"] * 15),
            f"x = '{'a' * 94}'",
            "x = 'one; two'  # three; four",
            "sorted(legs, key=lambda leg: leg.payer)",
            "view = book.seen_from('openai')",
            "'What OpenAI pays'",
        ],
    )
    def test_let_pass_what_is_as_it_should_be(self, source: str) -> None:
        assert rules.of_cell(a_cell(source)) == []

    @pytest.mark.parametrize("source", ["x = 1", "x: int = 1", "x = 1\nx += 1", "import numpy"])
    def test_want_a_value_at_the_end_of_what_is_shown(self, source: str) -> None:
        assert rules.of_cell(a_cell(source, "show")) == ["is shown, and ends in no value"]
        assert rules.of_cell(a_cell(source)) == []
        assert rules.of_cell(a_cell(f"{source}\nprint(1)", "show")) == []

    def test_let_parameters_and_what_is_own_name_a_firm(self) -> None:
        assert rules.of_cell(a_cell("party = 'amd'", "parameters")) == []
        assert rules.of_cell(a_cell("fact.legs('chips', ['amd-gpus'], layer)", "own")) == []

    def test_find_a_firm_in_prose(self) -> None:
        cell = new_markdown_cell("OpenAI buys from AMD, and SoftBank’s co-investors pay.")
        assert rules.of_cell(cell) == [
            "names AMD, is not own",
            "names SoftBank’s co-investors, is not own",
        ]
        cell.metadata["tags"] = ["own"]
        assert rules.of_cell(cell) == []

    def test_find_no_firm_in_an_address_or_a_longer_word(self) -> None:
        cell = new_markdown_cell("[A cloud](AMD.html) of Metadata, `Oracle`, OpenAI")
        assert rules.of_cell(cell) == []

    def test_want_five_steps_where_something_is_measured(self, tmp_path: Path) -> None:
        path, cells = tmp_path / "runway.ipynb", [a_cell("1", "show") for _ in range(5)]
        nbformat.write(new_notebook(cells=cells[:4]), path)
        assert rules.faults(path) == ["runway: 4 shown steps; 5 are the fewest"]
        nbformat.write(new_notebook(cells=cells), path)
        assert rules.faults(path) == []
        other = shutil.copy(path, tmp_path / "methods.ipynb")
        assert rules.faults(Path(other)) == []

    def test_count_lines_without_empty_ones_and_solutions(self, tmp_path: Path) -> None:
        cells = [a_cell("1\n\n2"), a_cell("3", "solution"), new_markdown_cell("4")]
        nbformat.write(new_notebook(cells=cells), tmp_path / "x.ipynb")
        assert rules.lines(tmp_path / "x.ipynb") == 2
