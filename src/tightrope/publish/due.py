"""Which pages have to be run: what their results depend on. Nothing heavy is imported here.

Contents decide, never dates.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

from tightrope import paths
from tightrope.publish import imports
from tightrope.publish.edition import Edition
from tightrope.publish.files import digest
from tightrope.publish.kept import key_of, of_data
from tightrope.publish.pages import Page, listed


def keys(
    pages: Sequence[Page],
    edition: Edition,
    toc: Path = paths.TOC,
    root: Path = paths.ROOT,
    reached: Callable[[list[str], Path], list[Path]] = imports.reached,
) -> dict[Page, str]:
    """For each page one word for all that its notebook's results depend on.

    That is the notebook's code with its parameters, the edition with its data, the list of pages,
    the modules of the project that the notebook imports, directly or not, those that run it, and
    the packages and the Python that it runs in. Its text is no part of it: code cannot see it.
    `root` is where lock file and modules are; `reached` is asked for the modules.
    """
    src = root / "src"
    runs_it = [
        src / "tightrope" / "publish" / f"{name}.py"
        for name in ("run", "kernels", "warm", "pictures")
    ]
    makers = digest([root / "requirements.lock", *runs_it])
    common = [makers, of_data(paths.package(edition.data)), asdict(edition), listed(toc)]
    cells = {template: _code_of(template) for template in {page.template for page in pages}}
    contents = cache(lambda file: digest([file]))
    code = {
        template: [contents(file) for file in reached([source for source, _ in own], src)]
        for template, own in cells.items()
    }
    return {
        page: key_of(common, cells[page.template], code[page.template], page.parameters)
        for page in pages
    }


def _code_of(template: Path) -> list[tuple[str, bool]]:
    """The code of each cell, and whether it holds the parameters."""
    return [
        ("".join(cell["source"]), "parameters" in cell["metadata"].get("tags", []))
        for cell in json.loads(template.read_bytes())["cells"]
        if cell["cell_type"] == "code"
    ]


def mark_of(page: Page, folder: Path) -> Path:
    """The file beside an executed notebook in `folder` that says what it was made from."""
    return folder / f"{page.id}.key"


def mark(page: Page, key: str) -> str:
    """What that file says: the key of the results, and the notebook around them."""
    return f"{key}\n{digest([page.template])}"


def has_run(page: Page, key: str, folder: Path) -> bool:
    """Whether the results of this key are in `folder`, within whatever text."""
    beside = mark_of(page, folder)
    is_there = (folder / f"{page.id}.ipynb").is_file() and beside.is_file()
    return is_there and beside.read_text().partition("\n")[0] == key
