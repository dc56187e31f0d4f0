"""Run notebooks with papermill: checked parameters, in parallel, only what has changed."""

from __future__ import annotations

import ast
import difflib
import json
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import nbformat

from tightrope import dealbook, paths, scenarios
from tightrope.publish import imports, pictures
from tightrope.publish.due import has_run, keys, mark, mark_of
from tightrope.publish.edition import Edition as Edition
from tightrope.publish.files import write_whole
from tightrope.publish.pages import Page

if TYPE_CHECKING:
    from tightrope.publish.host import Host

_FOR = "for-"
"""Tags of Markdown that belongs to the pages alone that are run with a value."""
CASE = "case"
"""The tag of cells for books about another web: the project's own book does not run them."""


class RunError(RuntimeError):
    """A notebook could not be run; the message says which, where and why."""


def parameters_of(template: Path) -> dict[str, object]:
    """The parameters of a notebook and their defaults, from the one cell tagged `parameters`.

    Raises `RunError` if there is no such cell, more than one, or a value that is not a plain
    str, int, float or bool.
    """
    return dict(_parameters(template, template.read_text(encoding="utf-8")))


@cache
def _parameters(template: Path, text: str) -> dict[str, object]:
    notebook = nbformat.reads(text, as_version=4)
    cells = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    if len(cells) != 1:
        raise RunError(f"{_name(template)}: must have one cell tagged parameters, has {len(cells)}")
    found: dict[str, object] = {}
    for line in ast.parse(cells[0].source).body:
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
            raise RunError(f"{_name(template)}: the parameters cell may only hold name = value")
        value = ast.literal_eval(line.value)
        if not isinstance(value, (str, int, float, bool)):
            raise RunError(
                f"{_name(template)}: parameter {line.targets[0].id} must be a plain value"
            )
        found[line.targets[0].id] = value
    return found


def check_parameters(
    template: Path, given: Mapping[str, object], book: dealbook.Dealbook
) -> dict[str, object]:
    """The notebook's parameters with `given` put in.

    Raises `RunError` for a name that the notebook does not have and for a value that is not
    valid, and says what is.
    """
    known = parameters_of(template)
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            raise RunError(
                f'{_name(template)}: there is no parameter "{name}"{hint} '
                f"It has: {', '.join(known)}"
            )
        if type(value) is not type(known[name]):
            raise RunError(
                f"{_name(template)}: parameter {name} must be "
                f"{type(known[name]).__name__}, not {value!r}"
            )
    chosen = known | dict(given)
    try:
        dealbook.check_layer(str(chosen.get("layer", "announced")))
        book.as_of(str(chosen.get("as_of", "")))
    except ValueError as error:
        raise RunError(f"{_name(template)}: {error}") from None
    parties = book.all_ids["parties"]
    valid = {"party": parties, "focal": ["", *parties], "scenario": scenarios.ids(book)}
    for name, ids in valid.items():
        if name in chosen and chosen[name] not in ids:
            what = "scenario" if name == "scenario" else "party"
            raise RunError(
                f'{_name(template)}: {name} must be a {what}, not "{chosen[name]}"; '
                f"valid are: {', '.join(ids)}"
            )
    return chosen


def run_page(
    page: Page, edition: Edition, book: dealbook.Dealbook, host: Host
) -> nbformat.NotebookNode:
    """The page's notebook, executed and clean; raises `RunError` with notebook, cell and message.

    `host` is the kernel that runs it. Clean means: no injected cell, no run times, no counters, so
    that two runs are the same bytes.
    """
    # Slow to import, and needed only where a page is run.
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    given = _given(page, edition)
    chosen = check_parameters(page.template, given, book)
    try:
        notebook = _executed(page.template, given, host)
    except PapermillExecutionError as error:
        raise RunError(
            f"{page.source}, cell {error.cell_index}: {error.ename}: {error.evalue}"
        ) from None
    except DeadKernelError:
        host.end()
        raise RunError(f"{page.source}: its kernel died (out of memory?)") from None
    except Exception as error:
        host.end()
        # Whatever it is, it happened to this page, and the others go on.
        raise RunError(f"{page.source}: {type(error).__name__}: {error}") from error
    return _cleaned(notebook, chosen)


def _without_case(template: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(template, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if CASE not in cell.metadata.get("tags", [])]
    return notebook


def _executed(template: Path, given: Mapping[str, object], host: Host) -> nbformat.NotebookNode:
    # Slow to import, and needed only where a page is run.
    import papermill

    from tightrope.publish.host import ENGINE

    return papermill.execute_notebook(
        _without_case(template),
        None,
        parameters=given,
        cwd=paths.ROOT,
        progress_bar=False,
        kernel_name="python3",
        engine_name=ENGINE,
        host=host,
    )


def _cleaned(
    notebook: nbformat.NotebookNode, parameters: Mapping[str, object]
) -> nbformat.NotebookNode:
    notebook.cells = [cell for cell in notebook.cells if _is_of(cell, parameters)]
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                output.pop("execution_count", None)
                if output.output_type == "execute_result":
                    output.output_type = "display_data"
        if "parameters" in tags:
            cell.source = with_values(cell.source, parameters)
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        }
    )
    return notebook


def _is_of(cell: nbformat.NotebookNode, parameters: Mapping[str, object]) -> bool:
    """Whether a cell is of a page with these parameters: `for-VALUE` is text of one page alone."""
    tags = cell.metadata.get("tags", [])
    wanted = {tag.removeprefix(_FOR) for tag in tags if tag.startswith(_FOR)}
    is_of = not wanted or bool(wanted & set(map(str, parameters.values())))
    return is_of and "injected-parameters" not in tags


def with_values(source: str, parameters: Mapping[str, object]) -> str:
    """The parameters cell with the values that were used, its comments kept."""
    lines = []
    for line in source.splitlines():
        name, _, rest = line.partition("=")
        comment = rest.partition("#")[2]
        if name.strip() in parameters:
            line = f"{name.strip()} = {json.dumps(parameters[name.strip()])}"
            line += f"  #{comment}" if comment else ""
        lines.append(line)
    return "\n".join(lines)


def run_all(
    pages: Sequence[Page],
    edition: Edition,
    book: dealbook.Dealbook,
    folder: Path,
    jobs: int,
    report: Callable[[str], None],
    toc: Path = paths.TOC,
    reached: Callable[[list[str], Path], list[Path]] = imports.reached,
    ran: Callable[[Page, int], None] = lambda page, left: None,
) -> None:
    """Run the pages whose code, data or parameters changed into `folder`.

    `keys` says what counts. They link to each other, so all run when the list of pages, `toc`, has
    changed. Where only a notebook's text changed, the page gets it around the results that are
    there. `jobs` kernels work side by side, on the longest notebooks first; `report` gets a line a
    page, and `ran` each page that has run, with how many have not yet. Raises `RunError` with the
    messages of all pages that failed; what ran well stays and is not run again.
    """

    def keep(page: Page, notebook: nbformat.NotebookNode) -> None:
        beside = mark_of(page, folder)
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        write_whole(folder / f"{page.id}.ipynb", nbformat.writes(notebook))
        write_whole(beside, mark(page, wanted[page]))

    wanted = keys(pages, edition, toc, reached=reached)
    due = [page for page in pages if not has_run(page, wanted[page], folder)]
    for page in pages:
        if page not in due and mark_of(page, folder).read_text() != mark(page, wanted[page]):
            target = folder / f"{page.id}.ipynb"
            before = nbformat.v4.reads(target.read_text(encoding="utf-8"))
            keep(page, _with_results(page, edition, before))
    # The longest first: at the end, when less is left than there are cores, none is waited for.
    due.sort(key=lambda page: page.template.stat().st_size, reverse=True)
    if not due:
        report(f"notebooks: all {len(pages)} as they were")
        return
    # Slow to import, and needed only where a page is run.
    from tightrope.publish.host import Host
    from tightrope.publish.kernels import use_warm_kernels

    use_warm_kernels()
    # What goes wrong is in the error, with the page; a line of the log names none.
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    waiting = deque(due)
    ended: SimpleQueue[tuple[Page, float | Exception]] = SimpleQueue()

    def work() -> None:
        with Host(toc) as host:
            while page := _next(waiting):
                begun = time.monotonic()
                try:
                    notebook = run_page(page, edition, book, host)
                    pictures.complete(notebook, mark_of(page, folder).with_suffix(".pictures"))
                    keep(page, notebook)
                    ended.put((page, time.monotonic() - begun))
                except Exception as error:
                    ended.put((page, error))

    faults = []
    with ThreadPoolExecutor(jobs) as pool:
        for _ in range(min(jobs, len(due))):
            pool.submit(work)
        try:
            for done in range(1, len(due) + 1):
                page, result = ended.get()
                if isinstance(result, RunError):
                    report(f"[{done:2d}/{len(due)}] {page.id} failed")
                    faults.append(str(result))
                elif isinstance(result, Exception):
                    raise result
                else:
                    report(f"[{done:2d}/{len(due)}] {page.id} {result:.1f} s")
                    ran(page, len(due) - done)
        except BaseException:
            waiting.clear()
            raise
    if faults:
        raise RunError("\n".join(sorted(faults)))


def _next(waiting: deque[Page]) -> Page | None:
    """The next page, if one is left; another thread may have been faster."""
    try:
        return waiting.popleft()
    except IndexError:
        return None


def _with_results(
    page: Page, edition: Edition, ran: nbformat.NotebookNode
) -> nbformat.NotebookNode:
    """The page's notebook as it is now with the results of `ran`, which has the same code."""
    notebook = _without_case(page.template)
    chosen = parameters_of(page.template) | _given(page, edition)
    outputs = (cell.outputs for cell in ran.cells if cell.cell_type == "code")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = next(outputs)
    return _cleaned(notebook, chosen)


def _given(page: Page, edition: Edition) -> dict[str, object]:
    """The values that a page gives the parameters of its notebook: its own and the edition's."""
    known = parameters_of(page.template)
    common: dict[str, object] = {
        "data": edition.data,
        "as_of": edition.as_of,
        "layer": edition.layer,
    }
    return {name: value for name, value in common.items() if name in known} | page.parameters


def _name(template: Path) -> str:
    return f"notebooks/{template.name}"
