"""One executed notebook as a page of the book."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

import nbformat

from tightrope import addresses, units
from tightrope.charts import figure
from tightrope.dealbook import Dealbook
from tightrope.publish import exercised, facts
from tightrope.publish.citation import bibtex
from tightrope.publish.edition import LAYERS, Edition
from tightrope.publish.imprint import Imprint
from tightrope.publish.pages import Page
from tightrope.templates import render

Content = dict[str, Any]
"""What a figure or a fact says of itself, as plain data."""
_NO_HEADER = "<th></th>"
"""What pandas writes above the numbers of the rows: a header that a screen reader finds empty."""
_THE_SOLUTION = "the solution"
_KNOWN_FROM = "known-from-"
_WHEN = "when-"


def outputs_of(cell: Any, mimetype: str) -> list[Any]:
    """The contents of one kind that a cell put out."""
    return [
        json.loads(output.data[mimetype])
        for output in cell.get("outputs", [])
        if mimetype in output.get("data", {})
    ]


def as_known(notebook: Any, stated: Mapping[str, Content], book: Dealbook) -> Any:
    """The notebook without the cells that this edition has no use for.

    `known-from-DATE` drops a cell before that day; `when-KEY` drops it where the fact is empty.
    """
    kept = copy.deepcopy(notebook)
    kept.cells = [cell for cell in kept.cells if is_shown(cell, stated, book)]
    return kept


def is_shown(cell: Any, stated: Mapping[str, Content], book: Dealbook) -> bool:
    """Whether this edition has a use for the cell; see `as_known`."""
    today = f"{book.day:%Y-%m-%d}"
    return all(day <= today for day in _tagged(cell, _KNOWN_FROM)) and all(
        stated[key]["value"] for key in facts_asked(cell)
    )


def facts_asked(cell: Any) -> list[str]:
    """The facts that decide whether a cell is shown."""
    return _tagged(cell, _WHEN)


def _tagged(cell: Any, prefix: str) -> list[str]:
    tags = cell.metadata.get("tags", [])
    return [tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)]


def title_of(notebook: Any, stated: Mapping[str, Content]) -> str:
    """The heading of the page, in words."""
    first = next(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return facts.fill(first.splitlines()[0].lstrip("# "), dict(stated), None)


def shown(
    notebook: Any,
    page: Page,
    stated: Mapping[str, Content],
    book: Dealbook,
    edition: Edition,
    imprint: Imprint,
) -> Any:
    """The notebook as the book shows it: numbers as links, figures as twins."""
    cells: list[Any] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = _folded(cell.source) if exercised.is_solution(cell) else cell.source
            cells.append(_prose(text, page, stated))
        elif cell.cell_type == "code":
            cells += _code(cell, page, imprint)
        if len(cells) == 1 and page.root:
            cells.append(_edition_line(page, book, edition))
    if not page.root:
        # The first page begins with what was found.
        cells.append(_edition_line(page, book, edition))
    return notebook_of(cells, notebook.metadata)


def _folded(text: str) -> str:
    """Markdown in the fold that a solution in code has, as Sphinx leaves it between its HTML."""
    opening = render("fold.html", what=_THE_SOLUTION)
    return f"{opening}\n\n{text}\n\n</details>"


def _prose(text: str, page: Page, stated: Mapping[str, Content]) -> Any:
    def link(key: str) -> str:
        return f"{page.root}{addresses.of_fact(page.id, key)}"

    return cell_of("markdown", facts.fill(text, dict(stated), link))


def _code(cell: Any, page: Page, imprint: Imprint) -> list[Any]:
    """A code cell as the page shows it: what it makes, and its code where a reader is to see it."""
    tags = set(cell.metadata.get("tags", []))
    outputs = [output for raw in cell.outputs for output in _output(raw, page, imprint)]
    if tags & {"parameters", "plumbing"} or not (outputs or tags & {"show", "solution"}):
        return []
    if "show" in tags:
        return [_code_cell(cell.source, outputs)]
    if "solution" in tags:
        return [_code_cell(cell.source, outputs, "hide-cell", f"{_THE_SOLUTION} in code")]
    return [_code_cell(cell.source, outputs, "remove-input")]


def _code_cell(source: str, outputs: list[Any], tag: str = "", what: str = "") -> Any:
    cell = cell_of("code", source, execution_count=None, outputs=outputs)
    if tag:
        cell.metadata["tags"] = [tag]
    if what:
        prompts = {"code_prompt_show": f"Show {what}", "code_prompt_hide": f"Hide {what}"}
        cell.metadata["mystnb"] = nbformat.from_dict(prompts)
    return cell


def _output(raw: Any, page: Page, imprint: Imprint) -> list[Any]:
    data = raw.get("data", {})
    if facts.MIMETYPE in data:
        return []
    if figure.MIMETYPE in data:
        content = json.loads(data[figure.MIMETYPE])
        cited = bibtex(content, page.id, imprint)
        html = figure.twin(content, content["pictures"], page.root, cited)
        data = {"text/html": html}
        return [nbformat.from_dict({"output_type": "display_data", "metadata": {}, "data": data})]
    if (html := data.get("text/html")) and _NO_HEADER in html:
        raw = copy.deepcopy(raw)
        raw["data"]["text/html"] = html.replace(_NO_HEADER, "<td></td>")
    return [raw]


def ran_with(page: Page, book: Dealbook, edition: Edition) -> str:
    """The day, the layer and the parameters of a page, in words."""
    parts = [
        f"As known on {units.day(book.day.date())}",
        LAYERS[edition.layer],
        *(f"{name}: {value}" for name, value in page.parameters.items()),
    ]
    return " · ".join(parts)


def _edition_line(page: Page, book: Dealbook, edition: Edition) -> Any:
    """Below the title: what this page was run with, and its notebook to take away."""
    address = f"{page.root}notebooks/{page.id}.ipynb"
    link = f'<a href="{address}" download>Download this page as a notebook</a>'
    line = f'{ran_with(page, book, edition)}<span class="screen-only"> · {link}</span>'
    return cell_of("markdown", f'<p class="edition">{line}</p>')


def cell_of(kind: str, source: str, **more: Any) -> Any:
    """A cell that nothing has checked: a notebook is checked as a whole when it is written."""
    return nbformat.from_dict({"cell_type": kind, "metadata": {}, "source": source} | more)


def notebook_of(cells: list[Any], metadata: Any) -> Any:
    """Cells as a notebook whose ids are the same in every build."""
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    notebook = nbformat.v4.new_notebook(metadata=copy.deepcopy(metadata))
    notebook.cells = cells
    return notebook
