"""Pages that share a kernel know nothing of each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import nbformat
import pytest

from tightrope import dealbook, paths
from tightrope.charts import figure
from tightrope.publish import pages, run
from tightrope.publish.host import Host
from tightrope.publish.pages import Manuscript

from ..conftest import TINY
from .conftest import Cells, code, toy_cells

Write = Callable[[Cells], Manuscript]


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as running:
        yield running


def shown(manuscript: Manuscript, host: Host) -> str:
    """What the last cell of the toy page prints."""
    (page,) = pages.to_run(manuscript)
    ran = run.run_page(page, run.Edition(data=str(TINY)), dealbook.load(TINY), host)
    return "".join(output.get("text", "") for output in ran.cells[-1].outputs)


def test_a_page_does_not_see_the_names_of_the_page_before(manuscript: Write, host: Host) -> None:
    look = code('print("left" in globals(), "kept" in map(str, Out.values()))')
    shown(manuscript([*toy_cells(), code("left = 'kept'\nleft")]), host)
    assert shown(manuscript([*toy_cells(), look]), host) == "False False\n"


def test_what_the_page_before_asked_to_be_called_for_is_not_called(
    manuscript: Write, host: Host
) -> None:
    call = code(
        "from IPython import get_ipython\n"
        'get_ipython().events.register("post_execute", lambda: print("called"))'
    )
    assert "called" in shown(manuscript([*toy_cells(), call]), host)
    assert shown(manuscript([*toy_cells(), code('print("alone")')]), host) == "alone\n"


def test_pages_in_one_kernel_have_one_process(manuscript: Write, host: Host) -> None:
    which = code("import os\nprint(os.getpid())")
    first, second = (shown(manuscript([*toy_cells(), which]), host) for _ in range(2))
    assert first == second


@pytest.mark.matrix
def test_the_order_of_pages_changes_no_byte(book: dealbook.Dealbook) -> None:
    """All pages in one kernel, the last first: the build has two or more, in another order."""
    there = paths.ROOT / "_build" / "book" / "executed"
    differ = []
    with Host() as host:
        for page in reversed(pages.to_run(pages.OURS)):
            ran = without_pictures(run.run_page(page, run.Edition(), book, host))
            if ran != without_pictures(nbformat.read(there / f"{page.id}.ipynb", 4)):
                differ.append(page.id)
    assert differ == []


def without_pictures(notebook: nbformat.NotebookNode) -> str:
    """A notebook as text, without the pictures that the build draws when a page has run."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            bundle = output.get("data", {})
            if content := bundle.get(figure.MIMETYPE):
                bundle[figure.MIMETYPE] = json.loads(content)
                bundle[figure.MIMETYPE].pop("pictures", None)
    return str(json.dumps(notebook, sort_keys=True))
