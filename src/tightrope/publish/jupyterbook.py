"""`python -m tightrope.publish.jupyterbook SOURCE OUT PARENT`: `jupyter-book build`, in parallel.

Jupyter Book's command has no option for jobs, its function has (executablebooks/jupyter-book
issue 1735). Warnings are errors, all pages are built anew, and references must resolve. It
ends when the process with the id PARENT does.
"""

import os
import sys

from jupyter_book.sphinx import build_sphinx

from tightrope.publish.orphans import end_with_parent


def main(source: str, out: str) -> int:
    """Build the book in `source` into `out`/html; 0 if there was no warning."""
    result = build_sphinx(
        source,
        f"{out}/html",
        path_config=f"{source}/_config.yml",
        doctreedir=f"{out}/.doctrees",
        noconfig=True,  # what _config.yml says is all there is
        confoverrides={"nitpicky": True, "latex_individualpages": False},
        force_all=True,
        freshenv=True,
        warningiserror=True,
        keep_going=True,
        quiet=True,
        jobs=os.cpu_count() or 1,
    )
    return result if isinstance(result, int) else 1


if __name__ == "__main__":
    _, given, wanted, parent = sys.argv
    end_with_parent(int(parent))
    sys.exit(main(given, wanted))
