"""`python -m tightrope.publish.jupyterbook SOURCE OUT PARENT`: `jupyter-book build`, in parallel.

Jupyter Book's command has no option for jobs, its function has (executablebooks/jupyter-book
issue 1735). Warnings are errors, and references must resolve. What an earlier build left in OUT
is kept where its source has no later date. It imports what it needs, which takes a second, and
begins when a line comes in: the frame of every page (`frame`). It ends when the process
with the id PARENT does.
"""

import importlib
import os
import sys
from pathlib import Path

from tightrope.environment import FRAME
from tightrope.publish.leave import at_once
from tightrope.publish.orphans import end_with_parent

_LATE = (
    "jupyter_book.sphinx",
    "latex2mathml.converter",
    "myst_nb.sphinx_ext",
    "myst_parser.sphinx_ext.main",
    "sphinx.cmd.build",
    "sphinx_design.extension",
    "sphinx_external_toc.events",
    "sphinxcontrib.bibtex",
    "sphinxcontrib.bibtex.style.referencing.author_year",
    "pybtex.database.input.bibtex",
    "pybtex.style.formatting.alpha",
    *(f"tightrope.publish.{name}" for name in ("find", "finish", "folds", "mathml", "neighbours")),
    *(f"tightrope.publish.{name}" for name in ("shared_link", "terms", "theme")),
)
"""What extensions, and the book's own ones, import only when they are set up."""


def get_ready() -> None:
    """Import all that is needed, and what Sphinx would import only when it has a book."""
    from jupyter_book.config import get_default_sphinx_config
    from sphinx.application import builtin_extensions

    extensions = get_default_sphinx_config()["extensions"]
    for name in (*_LATE, *builtin_extensions, *extensions):
        importlib.import_module(name)


def main(source: str, out: str) -> int:
    """Build the book in `source` as `out`/html, and as a reader gets it as `out`/finished.

    0 if there was no warning.
    """
    from jupyter_book.sphinx import build_sphinx
    from sphinx.errors import ExtensionError

    from tightrope.publish import commit
    from tightrope.publish.finish import finish
    from tightrope.publish.frame import Frame

    result = build_sphinx(
        source,
        f"{out}/html",
        path_config=f"{source}/_config.yml",
        doctreedir=f"{out}/.doctrees",
        noconfig=True,  # what _config.yml says is all there is
        confoverrides={"nitpicky": True, "latex_individualpages": False},
        warningiserror=True,
        keep_going=True,
        quiet=True,
        jobs=os.cpu_count() or 1,
    )
    if result != 0:
        return result if isinstance(result, int) else 1
    try:
        frame = Frame.of_this_build()
        marks = {commit.MARK: commit.words(frame.commit, frame.repository)}
        finish(Path(out, "html"), Path(out, "finished"), marks)
    except ExtensionError as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    _, given, wanted, parent = sys.argv
    importlib.import_module("tightrope.publish.uncollected")
    end_with_parent(int(parent))
    get_ready()
    if not (line := sys.stdin.readline()):
        sys.exit(1)
    os.environ[FRAME] = line.strip()
    at_once(main(given, wanted))
