"""One papermill run: parameters are checked, failures name their cell, nothing runs twice."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tightrope import dealbook, paths
from tightrope.publish import due, pages, run
from tightrope.publish.host import Host
from tightrope.publish.pages import Manuscript

from ..conftest import TINY
from .conftest import Cells, code, markdown, toy_cells

PARTNER = pages.OURS.notebooks / "partner.ipynb"
Write = Callable[[Cells], Manuscript]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"layr": "paid"},
            'there is no parameter "layr"; did you mean "layer"? It has: party, data, as_of, layer',
        ),
        ({"layer": "bindng"}, 'layer must be one of announced, binding, paid, not "bindng"'),
        ({"as_of": "2025-13-40"}, 'as_of must be a date as YYYY-MM-DD, not "2025-13-40"'),
        ({"as_of": "1990-01-01"}, "before the first event"),
        ({"party": "orcle"}, 'party must be a party, not "orcle"; valid are: openai, microsoft'),
        ({"layer": 3}, "parameter layer must be str, not 3"),
    ],
)
def test_a_bad_parameter_is_an_error_that_names_the_valid_choices(
    book: dealbook.Dealbook, given: dict[str, object], message: str
) -> None:
    with pytest.raises(run.RunError) as error:
        run.check_parameters(PARTNER, given, book)
    assert str(error.value).startswith("notebooks/partner.ipynb: ")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([code("a = 1")], "must have one cell tagged parameters, has 0"),
        ([code("a = 1", "parameters"), code("b = 1", "parameters")], "has 2"),
        ([code("a = [1]", "parameters")], "parameter a must be a plain value"),
        ([code("import os", "parameters")], "may only hold name = value"),
    ],
)
def test_a_template_has_one_cell_of_plain_parameters(
    manuscript: Write, cells: Cells, message: str
) -> None:
    with pytest.raises(run.RunError, match=message):
        run.parameters_of(manuscript(cells).notebooks / "toy.ipynb")


def run_toy(written: Manuscript, folder: Path, **choice: str) -> list[str]:
    said: list[str] = []
    edition = run.Edition(data=str(TINY), **choice)
    run.run_all(pages.to_run(written), edition, dealbook.load(TINY), folder, 1, said.append)
    return said


def test_a_cell_that_raises_stops_with_notebook_cell_and_message(
    manuscript: Write, tmp_path: Path
) -> None:
    cells = [*toy_cells(), code("1 / 0")]
    with pytest.raises(run.RunError) as error:
        run_toy(manuscript(cells), tmp_path / "executed")
    assert str(error.value) == (
        "notebooks/toy.ipynb (page chapters/toy), cell 8: ZeroDivisionError: division by zero"
    )


def test_what_has_not_changed_is_not_run_again(manuscript: Write, tmp_path: Path) -> None:
    written = manuscript(toy_cells())
    run_toy(written, tmp_path)
    made = (tmp_path / "chapters" / "toy.ipynb").stat().st_mtime_ns
    assert run_toy(written, tmp_path) == ["notebooks: all 1 as they were"]
    assert (tmp_path / "chapters" / "toy.ipynb").stat().st_mtime_ns == made


def test_the_longest_notebooks_run_first(manuscript: Write, tmp_path: Path) -> None:
    written = manuscript(toy_cells())
    short, long = (written.notebooks / f"{name}.ipynb" for name in ("toy", "long"))
    shutil.copy(short, long)
    notebook = nbformat.read(long, as_version=4)
    notebook.cells.append(markdown("word " * 1000))
    nbformat.write(notebook, long)
    ready = [pages.Page("chapters/toy", short), pages.Page("chapters/long", long)]
    ran: list[str] = []
    run.run_all(
        ready,
        run.Edition(data=str(TINY)),
        dealbook.load(TINY),
        tmp_path / "out",
        1,
        lambda line: None,
        ran=lambda page, left: ran.append(page.id),
    )
    assert ran == ["chapters/long", "chapters/toy"]


def test_another_layer_is_another_run(manuscript: Write, tmp_path: Path) -> None:
    written = manuscript(toy_cells())
    run_toy(written, tmp_path)
    assert "chapters/toy" in run_toy(written, tmp_path, layer="paid")[0]


def test_what_a_cell_prints_in_pieces_is_one_output(manuscript: Write, tmp_path: Path) -> None:
    pieces = "for word in ('one', 'two'):\n    print(word, flush=True)"
    run_toy(manuscript([*toy_cells(), code(pieces)]), tmp_path)
    notebook = nbformat.read(tmp_path / "chapters" / "toy.ipynb", as_version=4)
    assert [output.text for output in notebook.cells[-1].outputs] == ["one\ntwo\n"]


def test_a_kernel_of_the_build_spends_no_time_on_a_debugger(
    manuscript: Write, tmp_path: Path
) -> None:
    run_toy(manuscript([*toy_cells(), code("import sys; sys.modules['debugpy']")]), tmp_path)
    notebook = nbformat.read(tmp_path / "chapters" / "toy.ipynb", as_version=4)
    assert notebook.cells[-1].outputs == []


def test_an_executed_notebook_holds_no_trace_of_the_run(manuscript: Write, tmp_path: Path) -> None:
    run_toy(manuscript(toy_cells()), tmp_path, layer="paid")
    notebook = nbformat.read(tmp_path / "chapters" / "toy.ipynb", as_version=4)
    assert [c.metadata.get("tags") for c in notebook.cells].count(["injected-parameters"]) == 0
    assert all(c.execution_count is None for c in notebook.cells if c.cell_type == "code")
    assert "papermill" not in notebook.metadata
    source = next(c.source for c in notebook.cells if c.metadata.get("tags") == ["parameters"])
    assert 'layer = "paid"  # announced, binding or paid' in source


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the modules and the lock file, to be changed."""
    copied = tmp_path / "root"
    shutil.copytree(paths.ROOT / "src", copied / "src", ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(paths.ROOT / "requirements.lock", copied)
    return copied


def add(text: str, file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def key(written: Manuscript, data: Path = TINY, root: Path = paths.ROOT, **edition: str) -> str:
    """What the results of the toy page depend on, in one word."""
    chosen = run.Edition(data=str(data), **edition)
    (only,) = due.keys(pages.to_run(written), chosen, written.toc, root).values()
    return only


def test_text_for_one_value_is_on_the_page_of_that_value_alone(
    manuscript: Write, book: dealbook.Dealbook
) -> None:
    written = [markdown("Ours.", "for-oracle"), markdown("Theirs.", "for-amd"), markdown("All.")]
    template = manuscript([code('party = "oracle"', "parameters"), *written]).notebooks
    page = pages.Page("partners/amd", template / "toy.ipynb", {"party": "amd"})
    with Host() as host:
        cells = run.run_page(page, run.Edition(), book, host).cells
    assert [cell.source for cell in cells if cell.cell_type == "markdown"] == ["Theirs.", "All."]


def test_results_depend_on_the_data(manuscript: Write, package: Path) -> None:
    written = manuscript(toy_cells())
    before = key(written, package)
    add("\n", package / "events.csv")
    assert key(written, package) != before


def test_results_do_not_depend_on_what_lies_beside_the_data(
    manuscript: Write, package: Path
) -> None:
    written = manuscript(toy_cells())
    before = key(written, package)
    (package / "events.csv.bak").write_text("a copy of an editor")
    assert key(written, package) == before


def test_new_data_run_the_page_again(manuscript: Write, package: Path, tmp_path: Path) -> None:
    written = manuscript(toy_cells())

    def ran() -> str:
        said: list[str] = []
        edition = run.Edition(data=str(package))
        run.run_all(
            pages.to_run(written), edition, dealbook.load(package), tmp_path / "out", 1, said.append
        )
        return said[0]

    assert "chapters/toy" in ran()
    add("\n", package / "parties.csv")
    assert "chapters/toy" in ran()
    assert "as they were" in ran()


@pytest.mark.parametrize(
    "module",
    [
        "dealbook.py",  # the notebook imports it
        "__init__.py",  # the package that this is in
        "ledger.py",  # what it imports does so
        "validation.py",  # the same within a function
        "charts/bake.py",  # draws its figure
        "charts/pixels.py",  # draws other figures
        "publish/run.py",  # runs the notebook
        "publish/kernels.py",  # and starts its kernel
    ],
)
def test_results_depend_on_the_modules_that_the_notebook_can_run(
    manuscript: Write, root: Path, module: str
) -> None:
    written = manuscript(toy_cells())
    before = key(written, root=root)
    add("# changed\n", root / "src" / "tightrope" / module)
    assert key(written, root=root) != before


@pytest.mark.parametrize("module", ["charts/web/stack.py", "publish/theme.py", "stress.py"])
def test_results_do_not_depend_on_other_modules(manuscript: Write, root: Path, module: str) -> None:
    written = manuscript(toy_cells())
    before = key(written, root=root)
    add("# changed\n", root / "src" / "tightrope" / module)
    assert key(written, root=root) == before


def test_a_cell_with_a_magic_command_may_run_any_module(manuscript: Write, root: Path) -> None:
    written = manuscript([*toy_cells(), code("%precision 2")])
    before = key(written, root=root)
    add("# changed\n", root / "src" / "tightrope" / "stress.py")
    assert key(written, root=root) != before


def test_results_depend_on_the_versions_of_packages(manuscript: Write, root: Path) -> None:
    written = manuscript(toy_cells())
    before = key(written, root=root)
    add("# changed\n", root / "requirements.lock")
    assert key(written, root=root) != before


def test_results_depend_on_the_python_that_runs(
    manuscript: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = manuscript(toy_cells())
    before = key(written)
    monkeypatch.setattr(sys, "version", "another")
    assert key(written) != before


@pytest.mark.parametrize("changed", [{"as_of": "2022-12-31"}, {"layer": "paid"}])
def test_results_depend_on_the_edition(manuscript: Write, changed: dict[str, str]) -> None:
    written = manuscript(toy_cells())
    assert key(written, **changed) != key(written)


def test_results_depend_on_the_code_and_on_the_list_of_pages(manuscript: Write) -> None:
    written = manuscript(toy_cells())
    before = key(written)
    template, listing = written.notebooks / "toy.ipynb", written.toc.read_text()
    written.toc.write_text(listing + "  - file: reference/data-dictionary\n")
    assert key(written) != before
    written.toc.write_text(listing)
    assert key(written) == before
    template.write_text(template.read_text().replace("print(1 + 1)", "print(1 + 2)"))
    assert key(written) != before


def test_results_do_not_depend_on_the_text_around_the_code(manuscript: Write) -> None:
    written = manuscript(toy_cells())
    before = key(written)
    template = written.notebooks / "toy.ipynb"
    template.write_text(template.read_text().replace("It was replaced.", "It was not."))
    assert key(written) == before


def test_results_depend_on_which_cell_has_the_parameters(manuscript: Write) -> None:
    tags = (("parameters",), ()), ((), ("parameters",))
    one, other = (
        key(manuscript([code("layer = 1", *first), code("layer = 1", *second)]))
        for first, second in tags
    )
    assert one != other


EARLIER = {"as_of": "2022-12-31"}
CHANGES: dict[str, Callable[[Cells], Cells]] = {
    "another sentence": lambda cells: [*cells[:4], markdown("It was not."), *cells[5:]],
    "a cell more": lambda cells: [*cells[:4], markdown("More."), *cells[4:]],
    "a cell less": lambda cells: [*cells[:4], *cells[5:]],
    "another tag": lambda cells: [*cells[:6], code(cells[6].source, "show")],
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_notebook_with_other_text_is_as_if_it_had_been_run_again(
    manuscript: Write, tmp_path: Path, change: str
) -> None:
    cells = toy_cells()
    run_toy(manuscript(cells), tmp_path / "one", **EARLIER)
    # Cells have random ids: the same objects in both, so that only the change differs.
    changed = manuscript(CHANGES[change](cells))
    assert run_toy(changed, tmp_path / "one", **EARLIER) == ["notebooks: all 1 as they were"]
    assert "chapters/toy" in run_toy(changed, tmp_path / "two", **EARLIER)[0]
    one, two = (tmp_path / name / "chapters" / "toy.ipynb" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_text_that_is_changed_back_is_changed_back(manuscript: Write, tmp_path: Path) -> None:
    cells = toy_cells()
    run_toy(manuscript(cells), tmp_path)
    made = (tmp_path / "chapters" / "toy.ipynb").read_bytes()
    run_toy(manuscript(CHANGES["another sentence"](cells)), tmp_path)
    run_toy(manuscript(cells), tmp_path)
    assert (tmp_path / "chapters" / "toy.ipynb").read_bytes() == made


def test_pages_of_one_notebook_depend_on_their_parameters() -> None:
    found = due.keys(pages.to_run(pages.OURS), run.Edition())
    assert len(set(found.values())) == len(found)
