"""Run notebooks with papermill: checked parameters, in parallel, only what has changed."""

from __future__ import annotations

import ast
import difflib
import hashlib
import json
import logging
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError

from tightrope import dealbook, paths, scenarios
from tightrope.publish import imports, kernels, pictures
from tightrope.publish.files import described, write_whole
from tightrope.publish.pages import Page, listed


class RunError(RuntimeError):
    """A notebook could not be run; the message says which, where and why."""


@dataclass(frozen=True)
class Edition:
    """What the reader chose: a data package, a day and a layer ("" is the book's own choice)."""

    data: str = ""
    as_of: str = ""
    layer: str = "announced"

    @property
    def is_default(self) -> bool:
        """Whether this is the book's own edition."""
        return self == Edition()

    def check(self, book: dealbook.Dealbook) -> dealbook.Dealbook:
        """The book as this edition sees it; raises ValueError that names the valid choices."""
        dealbook.check_layer(self.layer)
        return book.as_of(self.as_of)


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
    valid = {"party": parties, "focal": parties, "scenario": scenarios.ids(book)}
    for name, ids in valid.items():
        if name in chosen and chosen[name] not in ids:
            what = "scenario" if name == "scenario" else "party"
            raise RunError(
                f'{_name(template)}: {name} must be a {what}, not "{chosen[name]}"; '
                f"valid are: {', '.join(ids)}"
            )
    return chosen


def run_page(
    page: Page, edition: Edition, book: dealbook.Dealbook, toc: Path = paths.TOC
) -> nbformat.NotebookNode:
    """The page's notebook, executed and clean; raises `RunError` with notebook, cell and message.

    `toc` is the list of the pages that it can link to. Clean means: no injected cell, no run times,
    no counters, so that two runs are the same bytes.
    """
    known = parameters_of(page.template)
    common = {"data": edition.data, "as_of": edition.as_of, "layer": edition.layer}
    given = {name: value for name, value in common.items() if name in known} | page.parameters
    chosen = check_parameters(page.template, given, book)
    try:
        notebook = papermill.execute_notebook(
            page.template,
            None,
            parameters=given,
            cwd=paths.ROOT,
            progress_bar=False,
            kernel_name="python3",
            kernel_manager_class=kernels.manager(toc),
        )
    except PapermillExecutionError as error:
        raise RunError(
            f"{page.source}, cell {error.cell_index}: {error.ename}: {error.evalue}"
        ) from None
    except DeadKernelError:
        raise RunError(f"{page.source}: its kernel died (out of memory?)") from None
    except Exception as error:
        # Whatever it is, it happened to this page, and the others go on.
        raise RunError(f"{page.source}: {type(error).__name__}: {error}") from error
    return _cleaned(notebook, chosen)


def _cleaned(
    notebook: nbformat.NotebookNode, parameters: Mapping[str, object]
) -> nbformat.NotebookNode:
    notebook.cells = [
        cell
        for cell in notebook.cells
        if "injected-parameters" not in cell.metadata.get("tags", [])
    ]
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
            cell.source = _with_values(cell.source, parameters)
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        }
    )
    return notebook


def _with_values(source: str, parameters: Mapping[str, object]) -> str:
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


def keys(
    pages: Sequence[Page], edition: Edition, toc: Path = paths.TOC, root: Path = paths.ROOT
) -> dict[Page, str]:
    """For each page one word for all that its notebook's results depend on.

    That is the notebook with its parameters, the edition with its data, the list of pages, the
    modules of the project that the notebook imports, directly or not, those that run it, and the
    packages and the Python that it runs in. `root` is where lock file and modules are.
    """
    src = root / "src"
    runs_it = [src / "tightrope" / "publish" / name for name in ("run.py", "kernels.py")]
    # Optional columns of other packages are typed as in the project's own.
    data = [*described(paths.package(edition.data)), *described(paths.DATA)[:1]]
    common = f"{_digest([root / 'requirements.lock', *runs_it, *data])}{sys.version}{listed(toc)}"
    cells = {template: _code_of(template) for template in {page.template for page in pages}}
    code = {template: _digest(imports.reached(cells[template], src)) for template in cells}
    return {
        page: hashlib.sha256(
            f"{common}{edition}{page.template.read_text('utf-8')}{page.parameters}"
            f"{code[page.template]}".encode()
        ).hexdigest()
        for page in pages
    }


def _code_of(template: Path) -> list[str]:
    cells = json.loads(template.read_bytes())["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _digest(files: Sequence[Path]) -> str:
    sha = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        sha.update(f"{file.parent.name}/{file.name}\0{len(content)}\0".encode() + content)
    return sha.hexdigest()


def run_all(
    pages: Sequence[Page],
    edition: Edition,
    book: dealbook.Dealbook,
    folder: Path,
    jobs: int,
    report: Callable[[str], None],
    toc: Path = paths.TOC,
) -> None:
    """Run the pages whose notebook, data, code or parameters changed into `folder`.

    `keys` says what counts. They link to each other, so all run when the list of pages, `toc`, has
    changed. `jobs` kernels
    work side by side; `report` gets a line a page. Raises `RunError` with the messages of all
    pages that failed; what ran well stays and is not run again.
    """
    due = []
    for page, key in keys(pages, edition, toc).items():
        target = folder / f"{page.id}.ipynb"
        mark = folder / f"{page.id}.key"
        if not (target.is_file() and mark.is_file() and mark.read_text() == key):
            due.append((page, target, mark, key))
    if not due:
        report(f"notebooks: all {len(pages)} as they were")
        return
    kernels.use_warm_kernels()
    # What goes wrong is in the error, with the page; a line of the log names none.
    logging.getLogger("papermill").setLevel(logging.CRITICAL)

    def run_one(page: Page, target: Path, mark: Path, key: str) -> float:
        begun = time.monotonic()
        notebook = run_page(page, edition, book, toc)
        pictures.complete(notebook, mark.with_suffix(".pictures"))
        target.parent.mkdir(parents=True, exist_ok=True)
        mark.unlink(missing_ok=True)
        write_whole(target, nbformat.writes(notebook))
        write_whole(mark, key)
        return time.monotonic() - begun

    faults = []
    with ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(run_one, *work): work[0] for work in due}
        try:
            for done, future in enumerate(as_completed(running), 1):
                page = running[future]
                try:
                    report(f"[{done:2d}/{len(due)}] {page.id} {future.result():.1f} s")
                except RunError as error:
                    report(f"[{done:2d}/{len(due)}] {page.id} failed")
                    faults.append(str(error))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    if faults:
        raise RunError("\n".join(sorted(faults)))


def _name(template: Path) -> str:
    return f"notebooks/{template.name}"
