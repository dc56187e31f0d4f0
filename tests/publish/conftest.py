"""A small manuscript: one page that a notebook makes, one by hand, and the facts page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest

from tightrope import paths
from tightrope.publish.pages import Manuscript

PARAMETERS = """data = ""  # folder of the data package
as_of = ""  # day whose knowledge counts
layer = "announced"  # announced, binding or paid"""
BODY = """from tightrope import dealbook
from tightrope.publish.facts import Facts
book = dealbook.load(data).as_of(as_of)
Facts(book).legs("stake", ["stake-cash"], layer)"""
FIGURE = """import altair as alt
from tightrope.charts.figure import Figure
from tightrope.charts.table import Table
parties = book.parties.assign(amount_usd_bn=1.0)
def draw(width):
    return alt.Chart(parties).mark_bar().encode(x="amount_usd_bn:Q", y="name:N").properties(width=width - 120)
labels = {"name": "Party", "amount_usd_bn": "Amount"}
display(Table(parties, "Parties", labels))
Figure(id="toy", title="One each", subtitle="USD billion", description="Equal bars.", draw=draw,
       frame=parties, labels=labels, rows=["legs/stake-cash"], book=book)"""
SCENARIO = """from tightrope import dealbook, scenarios
from tightrope.charts.table import Markup, Table
from tightrope.publish.facts import Facts
book = dealbook.load(data).as_of(as_of)
own = scenarios.assumptions(book, scenario)
rows = [f"scenarios/{row}" for row in own.assumption_id[own.is_own]]
second = float(scenarios.scenario(book, scenario).budget()["revenue"].iloc[1])
Facts(book).state("second", second, "usd_bn", rows, "revenue of the second year")
shown = own.assign(name=[Markup(f'<span id="{one}">{one}</span>') for one in own.parameter])
Table(shown, "Assumptions", {"name": "Assumption"}, {"name": lambda cell: cell})"""
Cells = list[nbformat.NotebookNode]


def markdown(text: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": list(tags)})


def code(text: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(text, metadata={"tags": list(tags)})


def toy_cells() -> Cells:
    return [
        markdown("# Toy\n\n:::{admonition} The question\n:class: question\nHow much?\n:::"),
        code(PARAMETERS, "parameters"),
        code(BODY, "plumbing"),
        markdown("The stake is [[stake]]."),
        markdown("It was replaced.", "known-from-2023-02-01"),
        code(FIGURE),
        code("print(1 + 1)", "solution"),
    ]


def write_notebook(path: Path, cells: Cells) -> None:
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, path)


def write_manuscript(folder: Path, cells: Cells) -> Manuscript:
    """A manuscript in this folder whose page `chapters/toy` has these cells."""
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    (folder / "book" / "reference").mkdir(parents=True, exist_ok=True)
    (folder / "book" / "_static").mkdir(exist_ok=True)
    for asset in (
        *paths.STATIC.glob("*.js"),
        *paths.STATIC.glob("*.css"),
        paths.STATIC / "favicon.svg",
    ):
        (folder / "book" / "_static" / asset.name).write_bytes(asset.read_bytes())
    (folder / "book" / "references.bib").write_text("")  # _config.yml names it
    (folder / "book" / "index.md").write_text("# A book\n\n[The toy](chapters/toy.ipynb)\n")
    (folder / "book" / "reference" / "sources.md").write_text("# Sources\n")
    toc = "format: jb-book\nroot: index\nchapters:\n"
    toc += "".join(
        f"  - file: {p}\n" for p in ("chapters/toy", "reference/sources", "reference/facts")
    )
    (folder / "_toc.yml").write_text(toc)
    write_notebook(folder / "notebooks" / "toy.ipynb", cells)
    return Manuscript(folder / "_toc.yml", paths.CONFIG, folder / "notebooks", folder / "book")


def write_manuscript_with_scenarios(folder: Path) -> Manuscript:
    """The same with the page of a scenario, `scenarios/as-planned`, after that of the toy."""
    written = write_manuscript(folder, toy_cells())
    cells = [
        markdown("# A scenario"),
        code(f'scenario = "as-planned"\n{PARAMETERS}', "parameters"),
        code(SCENARIO),
        markdown("In the second year revenue is [[second]]."),
    ]
    write_notebook(written.notebooks / "scenario.ipynb", cells)
    toy = "  - file: chapters/toy\n"
    listing = written.toc.read_text()
    written.toc.write_text(listing.replace(toy, f"{toy}  - file: scenarios/as-planned\n"))
    return written


@pytest.fixture(scope="session", autouse=True)
def _packages_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Copies of damaged packages belong to the tests, not to what was built."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "PACKAGES", tmp_path_factory.mktemp("packages"))
        yield


@pytest.fixture
def manuscript(tmp_path: Path) -> Callable[[Cells], Manuscript]:
    """Write a manuscript whose page `chapters/toy` has these cells."""
    return lambda cells: write_manuscript(tmp_path / "manuscript", cells)
